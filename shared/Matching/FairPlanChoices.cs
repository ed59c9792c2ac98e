namespace JobMatch.Matching;

/// <summary>A message that could be sent: its person and event, and which options it has.</summary>
internal readonly record struct FairChoice(int Person, int Event, int From, int To);

/// <summary>A position that a message could name, with the chance that the person comes to it.</summary>
internal readonly record struct FairOption(int Event, int Position, double Chance) : IComparable<FairOption>
{
    /// <summary>By event; the likeliest first, equal ones by row.</summary>
    public int CompareTo(FairOption other) =>
        Event != other.Event ? Event.CompareTo(other.Event)
        : Chance != other.Chance ? other.Chance.CompareTo(Chance)
        : Position.CompareTo(other.Position);
}

/// <summary>A group in a plan.</summary>
/// <param name="Considered">Its people with a position, or told before.</param>
/// <param name="Told">Told before.</param>
/// <param name="Open">Not told before, and picked for fewer events of the day than one may be.</param>
internal readonly record struct FairGroup(int Number, int Considered, int Told, int Open);

/// <summary>What a plan chooses from. Made once, read by every draft.</summary>
internal sealed class FairChoices
{
    private readonly FairOption[] options;
    private readonly double[] expected;
    private readonly int[] groupOf;

    public FairChoices(IReadOnlyList<FairPerson> people, IReadOnlyList<FairPosition> positions, ReadOnlySpan<FairEdge> edges, FairPlanPolicy policy)
    {
        (People, Policy) = (people, policy);
        expected = [.. positions.Select(position => position.Expected)];
        Talks = [.. positions.Select(position => policy.Talks(position.Openings))];
        options = ByPerson(edges, people.Count, positions.Count, policy, out var first);
        (Messages, MessagesOf) = MessagesIn(first);
        MostPeople = Most(options, positions.Count);
        (Groups, groupOf) = GroupsOf(people);
    }

    public IReadOnlyList<FairPerson> People { get; }

    public FairPlanPolicy Policy { get; }

    /// <summary>By person, then event.</summary>
    public FairChoice[] Messages { get; }

    /// <summary>Where each person's messages begin, and the end.</summary>
    public int[] MessagesOf { get; }

    /// <summary>By position: how many people it can see.</summary>
    public int[] Talks { get; }

    /// <summary>By position: how many people it may be named to.</summary>
    public int[] MostPeople { get; }

    public IReadOnlyList<FairGroup> Groups { get; }

    public int GroupOf(int person) => groupOf[person];

    public ReadOnlySpan<FairOption> OptionsOf(int message) => options.AsSpan(Messages[message].From..Messages[message].To);

    /// <summary>Whether the lowest share is at least four fifths of the highest.</summary>
    /// <param name="reached">By group.</param>
    public bool IsFair(IReadOnlyList<int> reached)
    {
        var (low, high) = (0, 0);
        for (var g = 1; g < Groups.Count; g++)
        {
            if ((long)reached[g] * Groups[low].Considered < (long)reached[low] * Groups[g].Considered)
                low = g;
            if ((long)reached[g] * Groups[high].Considered > (long)reached[high] * Groups[g].Considered)
                high = g;
        }
        return Groups.Count == 0 || 5L * reached[low] * Groups[high].Considered >= 4L * reached[high] * Groups[low].Considered;
    }

    /// <summary>
    /// How many come to a position because of plans that stand: the probabilities of 0, 1 … one fewer than it can see. Of
    /// those plans only the sum is known, so Poisson's distribution stands for many small chances.
    /// </summary>
    /// <returns>Their sum: the probability that one more is seen.</returns>
    public double FillComers(int position, Span<double> probabilities)
    {
        var (of, sum) = (Math.Exp(-expected[position]), 0.0);
        for (var k = 0; k < probabilities.Length; k++)
        {
            sum += probabilities[k] = of;
            of *= expected[position] / (k + 1);
        }
        return Math.Min(1, sum);
    }

    private static FairOption[] ByPerson(ReadOnlySpan<FairEdge> edges, int people, int positions, FairPlanPolicy policy, out int[] first)
    {
        first = new int[people + 1];
        foreach (ref readonly var edge in edges)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)edge.Person, (uint)people, nameof(edges));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)edge.Position, (uint)positions, nameof(edges));
            if (edge.Verdict != Verdict.DoesNotSuit)
                first[edge.Person + 1]++;
        }
        for (var person = 0; person < people; person++)
            first[person + 1] += first[person];
        var options = new FairOption[first[people]];
        var next = first.AsSpan(0, people).ToArray();
        foreach (ref readonly var edge in edges)
            if (edge.Verdict != Verdict.DoesNotSuit)
                options[next[edge.Person]++] = new(edge.Event, edge.Position, policy.Chance(edge.Verdict, edge.Tenths));
        for (var person = 0; person < people; person++)
            options.AsSpan(first[person]..first[person + 1]).Sort();
        return options;
    }

    private (FairChoice[] Messages, int[] Of) MessagesIn(int[] first)
    {
        List<FairChoice> messages = new(People.Count);
        var of = new int[first.Length];
        for (var person = 0; person < People.Count; person++)
        {
            of[person] = messages.Count;
            for (var from = first[person]; from < first[person + 1];)
            {
                var to = from + 1;
                while (to < first[person + 1] && options[to].Event == options[from].Event)
                    to++;
                messages.Add(new(person, options[from].Event, from, to));
                from = to;
            }
        }
        of[^1] = messages.Count;
        return ([.. messages], of);
    }

    // As many as its likeliest candidates are together expected to need no more than its talks.
    private int[] Most(FairOption[] all, int positions)
    {
        var first = new int[positions + 1];
        foreach (ref readonly var option in all.AsSpan())
            first[option.Position + 1]++;
        for (var position = 0; position < positions; position++)
            first[position + 1] += first[position];
        var chances = new double[all.Length];
        var next = first.AsSpan(0, positions).ToArray();
        foreach (ref readonly var option in all.AsSpan())
            chances[next[option.Position]++] = -option.Chance;
        var most = new int[positions];
        for (var position = 0; position < positions; position++)
        {
            var candidates = chances.AsSpan(first[position]..first[position + 1]);
            candidates.Sort();
            var room = Talks[position] - expected[position];
            while (most[position] < candidates.Length && (room += candidates[most[position]]) >= 0)
                most[position]++;
        }
        return most;
    }

    // In the order of their first people, so that what a group is called decides nothing.
    private (IReadOnlyList<FairGroup> Groups, int[] Of) GroupsOf(IReadOnlyList<FairPerson> people)
    {
        List<FairGroup> groups = [];
        var rows = new Dictionary<int, int>();
        var of = new int[people.Count];
        for (var row = 0; row < people.Count; row++)
        {
            var person = people[row];
            if (!person.Told && MessagesOf[row] == MessagesOf[row + 1])
                continue;
            if (!rows.TryGetValue(person.Group, out var g))
            {
                rows[person.Group] = g = groups.Count;
                groups.Add(new(person.Group, 0, 0, 0));
            }
            of[row] = g;
            groups[g] = new(
                person.Group, groups[g].Considered + 1, groups[g].Told + (person.Told ? 1 : 0),
                groups[g].Open + (!person.Told && person.Picked < Policy.MostEvents ? 1 : 0));
        }
        return (groups, of);
    }
}
