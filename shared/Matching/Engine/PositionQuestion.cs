using System.Numerics;
using System.Runtime.InteropServices;

namespace JobMatch.Matching;

/// <summary>What a seeker asks of a block of positions, plane by plane. Made anew in the same memory for each seeker.</summary>
internal sealed class PositionQuestion
{
    private readonly List<int> notMet = new(64), ask = new(64);
    private readonly List<AskedNeed> needs = new(64);
    private readonly List<AskedGap> gaps = new(13);
    private readonly List<Closing> closing = new(128);
    private readonly List<Opened> opened = [];

    public PackedSeeker Seeker { get; private set; } = null!;

    public PackedAssumption Assuming { get; private set; } = PackedAssumption.None;

    public ReadOnlySpan<int> NotMet => CollectionsMarshal.AsSpan(notMet);

    public ReadOnlySpan<int> Ask => CollectionsMarshal.AsSpan(ask);

    public ReadOnlySpan<AskedNeed> Needs => CollectionsMarshal.AsSpan(needs);

    public ReadOnlySpan<AskedGap> Gaps => CollectionsMarshal.AsSpan(gaps);

    public ReadOnlySpan<Closing> Closing => CollectionsMarshal.AsSpan(closing);

    /// <summary>Under an assumption: planes that rule a row out only where it does not help.</summary>
    public ReadOnlySpan<Opened> Opened => CollectionsMarshal.AsSpan(opened);

    public PositionQuestion Of(PackedSeeker seeker, PositionLayout layout, Numbering numbering, PackedAssumption? assumption = null)
    {
        var assuming = assumption ?? PackedAssumption.None;
        (Seeker, Assuming) = (seeker, assuming);
        notMet.Clear();
        ask.Clear();
        needs.Clear();
        gaps.Clear();
        closing.Clear();
        opened.Clear();
        for (var axis = 0; axis < numbering.Bridges.Length; axis++)
            AskAxis(axis, seeker, layout, numbering);
        for (var musts = seeker.Musts; musts != 0; musts &= musts - 1)
        {
            var bit = BitOperations.TrailingZeroCount(musts);
            needs.Add(new(PositionLayout.Offered(bit), layout.OnRequest(bit), layout.NotPossible(bit), numbering.IsOnSite(bit), assuming.Takes(bit)));
        }
        Add(notMet, PositionLayout.Has(Exposure.Noise), seeker.AvoidedExposures);
        Add(ask, PositionLayout.MayHave(Exposure.Noise), assuming.Exposure < 0 ? seeker.AvoidedExposures : seeker.AvoidedExposures & ~(1 << assuming.Exposure));
        Add(notMet, PositionLayout.Has(Shift.Day), seeker.AvoidedShifts);
        if (seeker.AvoidedShifts != 0 && !assuming.Shifts)
            ask.Add(PositionLayout.ShiftsUnsaid);
        if (seeker.Education < 0)
            ask.Add(PositionLayout.AsksSchooling);
        else if (seeker.Education < 8)
            notMet.Add(PositionLayout.Education(seeker.Education + 1));
        Add(notMet, PositionLayout.Of(Contract.OpenEnded), seeker.RefusedContracts & (1 << 11) - 1);
        Add(notMet, PositionLayout.Of(Place.OnSite), seeker.RefusedPlaces & ~(1 << (int)Place.Remote));
        return this;
    }

    private void AskAxis(int axis, PackedSeeker seeker, PositionLayout layout, Numbering numbering)
    {
        var capacity = seeker.CapacityOn(axis);
        if (capacity < 0)
            ask.Add(PositionLayout.Demand(axis, 1));
        if (capacity is 0 or 1 && axis != Assuming.Axis)
            ask.Add(PositionLayout.NoDemand(axis));
        if (capacity is < 0 or 3)
            return;
        var (from, closed) = (closing.Count, -1);
        var usable = seeker.Marked & ~numbering.StaffCheck;
        foreach (var bridge in numbering.Bridges[axis])
            if ((usable >> bridge.Bit & 1) != 0 && bridge.From <= capacity && bridge.To > capacity)
            {
                closing.Add(new(PositionLayout.Offered(bridge.Bit), layout.OnRequest(bridge.Bit), Above(axis, bridge.To), numbering.IsOnSite(bridge.Bit), Assuming.Takes(bridge.Bit)));
                if (Assuming.Takes(bridge.Bit) == Taken.Everywhere)
                    closed = Math.Max(closed, bridge.To);
            }
        if (closed < 0)
            notMet.Add(PositionLayout.Fail(axis, capacity));
        else
            opened.Add(new(PositionLayout.Fail(axis, capacity), Above(axis, closed), numbering.IsOnSite(Assuming.Offered)));
        if (closing.Count == from)
            ask.Add(PositionLayout.Short(axis, capacity));
        else
            gaps.Add(new(PositionLayout.Short(axis, capacity), from, closing.Count));
    }

    private static int Above(int axis, int demand) => demand < 3 ? PositionLayout.Demand(axis, demand + 1) : -1;

    private static void Add(List<int> planes, int first, int bits)
    {
        for (; bits != 0; bits &= bits - 1)
            planes.Add(first + BitOperations.TrailingZeroCount((uint)bits));
    }
}

/// <summary>An accommodation marked must, by its three answers.</summary>
internal readonly record struct AskedNeed(int Offered, int OnRequest, int NotPossible, bool OnSite, Taken Taken);

/// <summary>A shortfall that something can close.</summary>
/// <param name="From">The first of <see cref="PositionQuestion.Closing"/> that belong to it, up to but without <paramref name="To"/>.</param>
internal readonly record struct AskedGap(int Short, int From, int To);

/// <summary>An accommodation that this seeker can use.</summary>
/// <param name="TooMuch">A demand that it does not close; −1 where it closes each.</param>
internal readonly record struct Closing(int Offered, int OnRequest, int TooMuch, bool OnSite, Taken Taken);

/// <summary>A demand that nothing there can close, unless what is assumed does.</summary>
/// <param name="TooMuch">A demand that it does not close; −1 where it closes each.</param>
internal readonly record struct Opened(int Fail, int TooMuch, bool OnSite);
