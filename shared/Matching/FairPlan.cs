namespace JobMatch.Matching;

/// <summary>One thing that a person could be told.</summary>
/// <param name="Person">A row of the people.</param>
/// <param name="Event">Any number from 0; events of one day.</param>
/// <param name="Position">A row of the positions. One position may be at several events.</param>
/// <param name="Verdict">What does not suit is left out.</param>
/// <param name="Tenths">The score, 0-1000.</param>
public readonly record struct FairEdge(int Person, int Event, int Position, Verdict Verdict, int Tenths);

/// <summary>A person as a plan knows them.</summary>
/// <param name="Group">An opaque number: equal numbers are one group, whoever that is. "Unknown" is a group like any other.</param>
/// <param name="Picked">Other events of the day that the person has been picked for.</param>
/// <param name="Told">Told of these events before: counts as reached. What was told then is not among the edges.</param>
public readonly record struct FairPerson(int Group, int Picked = 0, bool Told = false);

/// <summary>A position as a plan knows it.</summary>
/// <param name="Openings">Those that are left.</param>
/// <param name="Expected">How many people are expected already, from plans that stand.</param>
public readonly record struct FairPosition(int Openings, double Expected = 0);

/// <summary>A text: one person, one event.</summary>
/// <param name="Named">Rows of positions, the likeliest first; empty where all that suit the person have been promised to enough people.</param>
public sealed record FairMessage(int Person, int Event, IReadOnlyList<int> Named);

/// <summary>How far a plan reaches a group.</summary>
/// <param name="Considered">People of the group who have at least one position.</param>
/// <param name="Told">Those of them who are told of at least one event.</param>
public readonly record struct GroupShare(int Group, int Considered, int Told)
{
    /// <summary>0-1.</summary>
    public double Share => (double)Told / Considered;
}

/// <summary>Why no plan under the budget keeps the four-fifths rule.</summary>
public enum FairObstacle
{
    /// <summary>So few messages, or so small a group, that no whole numbers of people keep it.</summary>
    WholePeople,

    /// <summary>Too many people of a group have been picked for as many events of the day as one may be.</summary>
    PickedEnough,

    /// <summary>Those who were told before are spread so unevenly that the messages do not make up for it.</summary>
    ToldBefore,
}

/// <summary>
/// Who is told about which of a day's events and which positions, so that the expected number of suitable meetings is high,
/// no position is promised to more people than it can see, and every group of seekers is reached. A function of plain
/// numbers: it knows nobody, and the same numbers give the same plan in whatever order they come.
/// </summary>
/// <remarks>
/// <para><b>What is counted.</b> Each person comes to each position that is named to them with the chance of
/// <see cref="FairPlanPolicy.Chance"/>, independently of other people; a position sees at most its talks. The meetings are
/// the expectation of min(who comes, talks), summed over positions: exactly, from the distribution of how many come. One
/// more name gains its chance times the probability that a seat is free, which only falls: the sum is monotone and
/// submodular.</para>
/// <para><b>What limits.</b> A text names at most MostNamed positions, none twice to one person. A position is named to at
/// most n people, n the most whose n likeliest candidates together are expected to need no more than its talks: so no
/// choice promises it to more than it can see. Under a budget: that many messages, at most MostEvents a person and day,
/// and the four-fifths rule over groups, lowest share of the considered who are told at least 0.8 of the highest (29 CFR
/// 1607.4 D). Without one, everybody is told of every event with a position for them, and the limits choose only the names.
/// A text may name nothing; it does where all is promised. Whoever is told of an event meets all its positions there, so that
/// a text of another event needs a position which none of the person's other texts' events has.</para>
/// <para><b>Method.</b> Greedy by message, the one with the greatest gain first, evaluated lazily (Minoux 1978); of equal
/// ones who was picked less, then who has fewer positions. If the shares come out uneven, it is done again for levels t of the highest
/// share, each group held between ⌈0.8 t⌉ and ⌊t⌋ of its people, with messages kept back for groups still below: a level's
/// plans are downward closed, as in fair submodular maximisation (El Halabi and others 2020). The best level is taken. Where
/// none is possible, small groups are given up first until the rule holds among the others, and the plan says why. What is
/// left of the budget tells people without naming, the least reached group first.</para>
/// <para><b>Bound.</b> A message stands in the way of at most MostNamed others at its positions and MostEvents others of its
/// person or group, so its choices form a p-extendible system with p = MostNamed + MostEvents, on which greedy reaches at
/// least 1/(p + 1) of the best (Calinescu and others 2011): a fifth with the row of 2026-11-01. It is against the best plan
/// of all where up to <see cref="AllLevels"/> levels exist, else against the best of the <see cref="SomeLevels"/> tried. Tests
/// print how close it comes on small cases that are solved exactly.</para>
/// </remarks>
/// <param name="Messages">By person and event.</param>
/// <param name="Meetings">The expected number of suitable meetings that this plan adds.</param>
/// <param name="Expected">By position: how many of those whom this plan names it to are expected to come.</param>
/// <param name="Groups">Groups with somebody to consider, by number.</param>
/// <param name="Obstacle">Why the four-fifths rule is not kept; null where it is.</param>
public sealed record FairPlan(
    IReadOnlyList<FairMessage> Messages, double Meetings, IReadOnlyList<double> Expected, IReadOnlyList<GroupShare> Groups, FairObstacle? Obstacle)
{
    /// <summary>Up to so many levels of the highest share all are tried.</summary>
    public const int AllLevels = 32;

    /// <summary>Of more levels so many are tried, evenly spread over those that let as many people be reached as a plan without groups.</summary>
    public const int SomeLevels = 8;

    /// <summary>Whether the lowest share reached is at least four fifths of the highest.</summary>
    public bool Kept => Obstacle is null;

    /// <summary>Makes the plan.</summary>
    /// <param name="edges">Each (person, event, position) at most once.</param>
    /// <param name="budget">How many messages there are; null tells everybody.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative budget, or an edge that names no row.</exception>
    public static FairPlan Of(IReadOnlyList<FairPerson> people, IReadOnlyList<FairPosition> positions, ReadOnlySpan<FairEdge> edges, int? budget, FairPlanPolicy policy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(budget ?? 0, nameof(budget));
        var choices = new FairChoices(people, positions, edges, policy);
        var free = Draft(FairLimits.None);
        if (budget is null || choices.IsFair(free.Reached))
            return free.Plan(null);
        var (levels, obstacle) = FairLimits.Of(choices.Groups, budget.Value, free.Reached.Sum());
        return levels.Select(Draft).MaxBy(draft => draft.Meetings)!.Plan(obstacle);

        FairDraft Draft(FairLimits limits)
        {
            var draft = new FairDraft(choices, budget);
            draft.Take(limits);
            draft.TellTheRest(limits);
            return draft;
        }
    }
}
