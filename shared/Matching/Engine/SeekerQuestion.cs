using System.Numerics;
using System.Runtime.InteropServices;

namespace JobMatch.Matching;

/// <summary>
/// What a position asks of a block of seekers, plane by plane: which planes rule a row out, leave a question, or wait for an
/// arrangement. Made anew in the same memory for each position.
/// </summary>
internal sealed class SeekerQuestion
{
    private readonly List<int> notMet = new(128), ask = new(256), arranged = new(64), all = new(512);
    private readonly List<(int Skill, int Unstated)> skills = new(16);
    private readonly List<Gap> gaps = new(13);
    private readonly List<Able> able = new(128);

    public PackedPosition Position { get; private set; } = null!;

    public Way[] Ways { get; private set; } = [];

    public ReadOnlySpan<int> NotMet => CollectionsMarshal.AsSpan(notMet);

    public ReadOnlySpan<int> Ask => CollectionsMarshal.AsSpan(ask);

    public ReadOnlySpan<int> Arranged => CollectionsMarshal.AsSpan(arranged);

    /// <summary>Required skills and licences, each with the plane that says that the seeker's list is not stated.</summary>
    public ReadOnlySpan<(int Skill, int Unstated)> Skills => CollectionsMarshal.AsSpan(skills);

    public ReadOnlySpan<Gap> Gaps => CollectionsMarshal.AsSpan(gaps);

    /// <summary>Every plane that is asked, but for those of numbers.</summary>
    public ReadOnlySpan<int> All => CollectionsMarshal.AsSpan(all);

    public ReadOnlySpan<Able> Able => CollectionsMarshal.AsSpan(able);

    public SeekerQuestion Of(PackedPosition position, SeekerLayout layout, Numbering numbering)
    {
        Position = position;
        Ways = numbering.WaysTo(position.District);
        notMet.Clear();
        ask.Clear();
        arranged.Clear();
        skills.Clear();
        gaps.Clear();
        able.Clear();
        AskAxes(position, layout, numbering);
        AskNeeds(position, numbering);
        AskSurroundings(position);
        AskPapers(position, layout);
        if (!position.Remote)
            notMet.Add(SeekerLayout.Refuses(position.Place));
        if (position.Contract >= 0)
            notMet.Add(SeekerLayout.Refuses((Contract)position.Contract));
        Gather();
        return this;
    }

    private void AskAxes(PackedPosition position, SeekerLayout layout, Numbering numbering)
    {
        var bridging = position.Bridging(numbering);
        // What most people leave unsaid comes first: few are left without a question after it.
        for (var axis = 0; axis < numbering.Bridges.Length; axis++)
            if (position.DemandOn(axis) > 0)
                ask.Add(SeekerLayout.NoCapacity(axis));
        for (var axis = 0; axis < numbering.Bridges.Length; axis++)
        {
            var demand = position.DemandOn(axis);
            if (demand < 0)
                ask.Add(SeekerLayout.Below(axis, 2));
            if (demand <= 0)
                continue;
            var least = demand;
            foreach (var bridge in numbering.Bridges[axis])
                if ((bridging >> bridge.Bit & 1) != 0 && bridge.To >= demand)
                    least = Math.Min(least, bridge.From);
            if (least > 0)
                notMet.Add(SeekerLayout.Below(axis, least));
            if (least == demand)
                continue;
            var from = able.Count;
            // What staff must check is a question whatever is answered, and what nobody marked is one too: neither closes the gap by itself.
            var answered = (position.Offered | position.OnRequest) & bridging & ~numbering.StaffCheck;
            foreach (var bridge in numbering.Bridges[axis])
                if ((answered >> bridge.Bit & 1) != 0 && bridge.To >= demand && bridge.From < demand)
                    able.Add(new(layout.Marked(bridge.Bit), bridge.From > least ? SeekerLayout.Below(axis, bridge.From) : -1, (position.Offered >> bridge.Bit & 1) != 0));
            gaps.Add(new(SeekerLayout.Below(axis, demand), least > 0 ? SeekerLayout.Below(axis, least) : -1, from, able.Count));
        }
    }

    private void AskNeeds(PackedPosition position, Numbering numbering)
    {
        var scope = position.Remote ? ~numbering.OnSite : ulong.MaxValue;
        var all = numbering.Codes.Accommodations.Count == 64 ? ulong.MaxValue : (1UL << numbering.Codes.Accommodations.Count) - 1;
        Add(notMet, SeekerLayout.Must(0), position.NotPossible & scope);
        Add(arranged, SeekerLayout.Must(0), position.OnRequest & scope);
        Add(ask, SeekerLayout.Must(0), all & scope & ~(position.Offered | position.OnRequest | position.NotPossible));
    }

    private void AskSurroundings(PackedPosition position)
    {
        Add(notMet, SeekerLayout.Avoids(Exposure.Noise), (uint)position.ExposuresThere);
        Add(ask, SeekerLayout.Avoids(Exposure.Noise), (uint)position.ExposuresOpen);
        if (position.ShiftsStated)
            Add(notMet, SeekerLayout.Avoids(Shift.Day), (uint)position.ShiftsHeld);
        else
            Add(ask, SeekerLayout.Avoids(Shift.Day), (1UL << Policy.Shifts.Length) - 1);
    }

    private void AskPapers(PackedPosition position, SeekerLayout layout)
    {
        if (position.EducationMin > 0)
            notMet.Add(SeekerLayout.EducationBelow(position.EducationMin));
        if (position.EducationMin >= 0)
            ask.Add(SeekerLayout.NoEducation);
        foreach (var licence in position.RequiredLicences)
            skills.Add((layout.Skill(licence), SeekerLayout.NoLicences));
        foreach (var skill in position.RequiredSkills)
            skills.Add((layout.Skill(skill), SeekerLayout.NoSkills));
    }

    private void Gather()
    {
        all.Clear();
        all.AddRange(notMet);
        all.AddRange(ask);
        all.AddRange(arranged);
        foreach (var (skill, _) in skills)
            all.Add(skill);
        foreach (var bridge in able)
            all.Add(bridge.Marked);
    }

    private static void Add(List<int> planes, int first, ulong bits)
    {
        for (; bits != 0; bits &= bits - 1)
            planes.Add(first + BitOperations.TrailingZeroCount(bits));
    }
}

/// <summary>A demand that some seekers fall short of and could close: who is below the demand, yet not below what can be bridged.</summary>
/// <param name="NotBelow">−1 where nobody is too low.</param>
/// <param name="From">The first of <see cref="SeekerQuestion.Able"/> that belong to it, up to but without <paramref name="To"/>.</param>
internal readonly record struct Gap(int Below, int NotBelow, int From, int To);

/// <summary>Who can use an accommodation that closes the gap.</summary>
internal readonly record struct Able(int Marked, int NotBelow, bool Offered);
