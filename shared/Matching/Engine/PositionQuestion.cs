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

    public PackedSeeker Seeker { get; private set; } = null!;

    public ReadOnlySpan<int> NotMet => CollectionsMarshal.AsSpan(notMet);

    public ReadOnlySpan<int> Ask => CollectionsMarshal.AsSpan(ask);

    public ReadOnlySpan<AskedNeed> Needs => CollectionsMarshal.AsSpan(needs);

    public ReadOnlySpan<AskedGap> Gaps => CollectionsMarshal.AsSpan(gaps);

    public ReadOnlySpan<Closing> Closing => CollectionsMarshal.AsSpan(closing);

    public PositionQuestion Of(PackedSeeker seeker, PositionLayout layout, Numbering numbering)
    {
        Seeker = seeker;
        notMet.Clear();
        ask.Clear();
        needs.Clear();
        gaps.Clear();
        closing.Clear();
        for (var axis = 0; axis < numbering.Bridges.Length; axis++)
            AskAxis(axis, seeker, layout, numbering);
        for (var musts = seeker.Musts; musts != 0; musts &= musts - 1)
        {
            var bit = BitOperations.TrailingZeroCount(musts);
            needs.Add(new(PositionLayout.Offered(bit), layout.OnRequest(bit), layout.NotPossible(bit), (numbering.OnSite >> bit & 1) != 0));
        }
        Add(notMet, PositionLayout.Has(Exposure.Noise), seeker.AvoidedExposures);
        Add(ask, PositionLayout.MayHave(Exposure.Noise), seeker.AvoidedExposures);
        Add(notMet, PositionLayout.Has(Shift.Day), seeker.AvoidedShifts);
        if (seeker.AvoidedShifts != 0)
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
        if (capacity is 0 or 1)
            ask.Add(PositionLayout.NoDemand(axis));
        if (capacity is < 0 or 3)
            return;
        notMet.Add(PositionLayout.Fail(axis, capacity));
        var from = closing.Count;
        var usable = seeker.Marked & ~numbering.StaffCheck;
        foreach (var bridge in numbering.Bridges[axis])
            if ((usable >> bridge.Bit & 1) != 0 && bridge.From <= capacity && bridge.To > capacity)
                closing.Add(new(PositionLayout.Offered(bridge.Bit), layout.OnRequest(bridge.Bit), bridge.To < 3 ? PositionLayout.Demand(axis, bridge.To + 1) : -1, (numbering.OnSite >> bridge.Bit & 1) != 0));
        if (closing.Count == from)
            ask.Add(PositionLayout.Short(axis, capacity));
        else
            gaps.Add(new(PositionLayout.Short(axis, capacity), from, closing.Count));
    }

    private static void Add(List<int> planes, int first, int bits)
    {
        for (; bits != 0; bits &= bits - 1)
            planes.Add(first + BitOperations.TrailingZeroCount((uint)bits));
    }
}

/// <summary>An accommodation marked must, by its three answers.</summary>
internal readonly record struct AskedNeed(int Offered, int OnRequest, int NotPossible, bool OnSite);

/// <summary>A shortfall that something can close.</summary>
/// <param name="From">The first of <see cref="PositionQuestion.Closing"/> that belong to it, up to but without <paramref name="To"/>.</param>
internal readonly record struct AskedGap(int Short, int From, int To);

/// <summary>An accommodation that this seeker can use.</summary>
/// <param name="TooMuch">A demand that it does not close; −1 where it closes each.</param>
internal readonly record struct Closing(int Offered, int OnRequest, int TooMuch, bool OnSite);
