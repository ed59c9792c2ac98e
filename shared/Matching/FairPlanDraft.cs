namespace JobMatch.Matching;

/// <summary>A plan in the making.</summary>
internal sealed class FairDraft
{
    private readonly FairChoices choices;
    private readonly int? budget;
    private readonly int[] seats, left, picked, reached;
    private readonly double[] comers, free, gains;
    private readonly FairOption[]?[] named;
    private readonly FairOption[] best;
    private int filled, sent, keptBack;

    /// <param name="budget">Null tells everybody.</param>
    public FairDraft(FairChoices choices, int? budget)
    {
        (this.choices, this.budget) = (choices, budget);
        var positions = choices.Talks.Length;
        (seats, left, free) = (new int[positions + 1], [.. choices.MostPeople], new double[positions]);
        for (var position = 0; position < positions; position++)
            seats[position + 1] = seats[position] + choices.Talks[position];
        comers = new double[seats[positions]];
        for (var position = 0; position < positions; position++)
            free[position] = choices.FillComers(position, Comers(position));
        (picked, reached) = (new int[choices.People.Count], [.. choices.Groups.Select(group => group.Told)]);
        (named, best, gains) = (new FairOption[]?[choices.Messages.Length], new FairOption[choices.Policy.MostNamed], new double[choices.Policy.MostNamed]);
    }

    /// <summary>The expected number of meetings so far.</summary>
    public double Meetings { get; private set; }

    /// <summary>People by group.</summary>
    public IReadOnlyList<int> Reached => reached;

    /// <summary>Sends the message that gains most, again and again, until none may be sent or gains anything.</summary>
    public void Take(FairLimits limits)
    {
        KeepBack(limits);
        var queue = new PriorityQueue<int, Rank>();
        for (var message = 0; message < named.Length; message++)
            if (named[message] is null && Best(message) is > 0 and var gain)
                queue.Enqueue(message, new(gain, choices.People[choices.Messages[message].Person].Picked, choices.OptionsOf(message).Length, message));
        while (queue.TryDequeue(out var message, out var rank))
        {
            // Gains only fall, and what may not be sent now may not be sent later either.
            if (!MayBeSent(message, limits) || Best(message) is not (> 0 and var gain))
                continue;
            var now = rank with { Gain = gain };
            if (queue.TryPeek(out _, out var next) && next.CompareTo(now) < 0)
                queue.Enqueue(message, now);
            else
                Send(message, limits);
        }
    }

    /// <summary>
    /// Tells who is left without naming a position: everybody without a budget, else as many as it allows, the least reached
    /// group first and in it whoever has the likeliest position.
    /// </summary>
    public void TellTheRest(FairLimits limits)
    {
        KeepBack(limits);
        filled = 0;
        var waiting = Enumerable.Range(0, named.Length).Where(message => named[message] is null && (budget is null || IsNew(choices.Messages[message].Person)))
            .OrderByDescending(message => choices.OptionsOf(message)[0].Chance).ThenBy(message => message)
            .GroupBy(message => choices.GroupOf(choices.Messages[message].Person))
            .Select(messages => (Group: messages.Key, Messages: new Queue<int>(messages))).OrderBy(x => x.Group).ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.MinBy(x => (double)reached[x.Group] / choices.Groups[x.Group].Considered);
            if (!next.Messages.TryDequeue(out var message))
                waiting.Remove(next);
            else if ((budget is null || IsNew(choices.Messages[message].Person)) && MayBeSent(message, limits))
                Send(message, limits);
        }
    }

    public FairPlan Plan(FairObstacle? obstacle)
    {
        var expected = new double[left.Length];
        List<FairMessage> messages = new(sent);
        for (var message = 0; message < named.Length; message++)
        {
            if (named[message] is not { } options)
                continue;
            Array.Sort(options);
            foreach (var option in options)
                expected[option.Position] += option.Chance;
            messages.Add(new(choices.Messages[message].Person, choices.Messages[message].Event, [.. options.Select(option => option.Position)]));
        }
        return new(messages, Meetings, expected, [.. choices.Groups.Select((group, g) => new GroupShare(group.Number, group.Considered, reached[g])).OrderBy(x => x.Group)], obstacle);
    }

    private Span<double> Comers(int position) => comers.AsSpan(seats[position]..seats[position + 1]);

    private bool IsNew(int person) => picked[person] == 0 && !choices.People[person].Told;

    // Messages that groups below their least share still need.
    private void KeepBack(FairLimits limits) => keptBack = Enumerable.Range(0, reached.Length).Sum(group => Math.Max(0, limits.LeastOf(group) - reached[group]));

    private bool MayBeSent(int message, FairLimits limits)
    {
        var person = choices.Messages[message].Person;
        var group = choices.GroupOf(person);
        var room = sent + keptBack < budget;
        return HasMore(message) && (budget is null
            || (picked[person] + choices.People[person].Picked < choices.Policy.MostEvents
                && (IsNew(person) ? reached[group] < limits.LeastOf(group) || (room && reached[group] < limits.MostOf(group)) : room)));
    }

    // Whoever is told of an event meets all its positions there: another is worth a text only for what it alone has.
    private bool HasMore(int message)
    {
        var person = choices.Messages[message].Person;
        if (picked[person] == 0)
            return true;
        foreach (ref readonly var option in choices.OptionsOf(message))
            if (!MeetsElsewhere(person, option.Position))
                return true;
        return false;
    }

    private bool MeetsElsewhere(int person, int position)
    {
        for (var message = choices.MessagesOf[person]; message < choices.MessagesOf[person + 1]; message++)
            if (named[message] is not null)
                foreach (ref readonly var option in choices.OptionsOf(message))
                    if (option.Position == position)
                        return true;
        return false;
    }

    /// <summary>Puts the best options of a message into <see cref="best"/>; gives what naming them would gain.</summary>
    private double Best(int message)
    {
        filled = 0;
        foreach (ref readonly var option in choices.OptionsOf(message))
        {
            // The likeliest come first, and none gains more than its chance.
            if (filled == best.Length && option.Chance < gains[^1])
                break;
            if (left[option.Position] == 0 || IsNamed(choices.Messages[message].Person, option.Position))
                continue;
            var gain = option.Chance * free[option.Position];
            var at = filled;
            while (at > 0 && (gains[at - 1] < gain || (gains[at - 1] == gain && best[at - 1].Position > option.Position)))
                at--;
            if (at == best.Length || gain <= 0)
                continue;
            filled = Math.Min(filled + 1, best.Length);
            for (var i = filled - 1; i > at; i--)
                (best[i], gains[i]) = (best[i - 1], gains[i - 1]);
            (best[at], gains[at]) = (option, gain);
        }
        var sum = 0.0;
        for (var i = 0; i < filled; i++)
            sum += gains[i];
        return sum;
    }

    private bool IsNamed(int person, int position)
    {
        for (var message = choices.MessagesOf[person]; message < choices.MessagesOf[person + 1]; message++)
            foreach (var option in named[message] ?? [])
                if (option.Position == position)
                    return true;
        return false;
    }

    // With what Best has found for it, or nothing.
    private void Send(int message, FairLimits limits)
    {
        var person = choices.Messages[message].Person;
        var group = choices.GroupOf(person);
        if (IsNew(person) && reached[group]++ < limits.LeastOf(group))
            keptBack--;
        picked[person]++;
        sent++;
        named[message] = best[..filled];
        foreach (var option in named[message]!)
            Name(option);
    }

    private void Name(FairOption option)
    {
        var (position, chance) = (option.Position, option.Chance);
        var probabilities = Comers(position);
        Meetings += chance * free[position];
        free[position] = Math.Max(0, free[position] - chance * probabilities[^1]);
        left[position]--;
        for (var k = probabilities.Length - 1; k > 0; k--)
            probabilities[k] += chance * (probabilities[k - 1] - probabilities[k]);
        probabilities[0] -= chance * probabilities[0];
    }

    /// <summary>The greatest gain first; of equal ones whoever was picked less, then whoever has fewer positions, then the row.</summary>
    private readonly record struct Rank(double Gain, int Picked, int Positions, int Message) : IComparable<Rank>
    {
        public int CompareTo(Rank other) =>
            Gain != other.Gain ? other.Gain.CompareTo(Gain)
            : Picked != other.Picked ? Picked.CompareTo(other.Picked)
            : Positions != other.Positions ? Positions.CompareTo(other.Positions)
            : Message.CompareTo(other.Message);
    }
}
