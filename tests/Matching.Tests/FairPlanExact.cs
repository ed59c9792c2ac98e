namespace JobMatch.Matching.Tests;

/// <summary>
/// The best plan of a small case, by trying every plan that could still beat the best so far; written from the definition and
/// sharing nothing with the planner.
/// </summary>
internal sealed class FairPlanExact(FairCase of)
{
    private readonly FairEdge[][][] messages = [.. Enumerable.Range(0, of.People.Length).Select(person => of.Edges
        .Where(edge => edge.Person == person && edge.Verdict != Verdict.DoesNotSuit).GroupBy(edge => edge.Event).OrderBy(x => x.Key).Select(x => x.ToArray()).ToArray())];
    private readonly int[] promised = new int[of.Positions.Length];
    private readonly double[] freeAt = new double[of.Positions.Length];
    private readonly int[] told = new int[of.People.Length];
    private readonly HashSet<(int Person, int Position)> named = [];
    private double[][] comers = [];
    private int[] most = [];
    private int sent;

    /// <summary>The most meetings that any plan has which keeps the limits; null where none keeps the four-fifths rule.</summary>
    public double? Best { get; private set; }

    public FairPlanExact Solve()
    {
        comers = [.. of.Positions.Select(position => Enumerable.Range(0, of.Policy.Talks(position.Openings)).Select(k => Poisson(position.Expected, k)).ToArray())];
        most = [.. of.Positions.Select((position, j) => Most(position, j))];
        for (var j = 0; j < comers.Length; j++)
            freeAt[j] = comers[j].Sum();
        Try(0, 0, 0);
        return this;
    }

    private double Chance(FairEdge edge) => of.Policy.Chance(edge.Verdict, edge.Tenths);

    private int Most(FairPosition position, int j)
    {
        var candidates = messages.SelectMany(x => x).SelectMany(x => x).Where(edge => edge.Position == j).Select(Chance).OrderDescending().ToArray();
        var room = of.Policy.Talks(position.Openings) - position.Expected;
        return Enumerable.Range(0, candidates.Length + 1).Last(n => n == 0 || candidates.Take(n).Sum() <= room + 1e-12);
    }

    private static double Poisson(double mean, int k) => Math.Exp(-mean) * Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * mean / i);

    private void Try(int person, int message, double sum)
    {
        if (person == of.People.Length)
        {
            if ((Best is null || sum > Best) && IsFair())
                Best = sum;
            return;
        }
        if (Best is { } best && sum + Hope(person, message) <= best + 1e-12)
            return;
        if (message == messages[person].Length)
        {
            Try(person + 1, 0, sum);
            return;
        }
        if (of.Budget is null || (sent < of.Budget && told[person] + of.People[person].Picked < of.Policy.MostEvents))
        {
            (told[person], sent) = (told[person] + 1, sent + 1);
            Name(person, message, 0, of.Policy.MostNamed, sum);
            (told[person], sent) = (told[person] - 1, sent - 1);
        }
        if (of.Budget is not null)
            Try(person, message + 1, sum);
    }

    // Every set of names that fits, and then the next message.
    private void Name(int person, int message, int from, int left, double sum)
    {
        Try(person, message + 1, sum);
        if (left == 0)
            return;
        for (var i = from; i < messages[person][message].Length; i++)
        {
            var edge = messages[person][message][i];
            var j = edge.Position;
            if (promised[j] == most[j] || named.Contains((person, j)))
                continue;
            var (before, free) = (comers[j], freeAt[j]);
            comers[j] = [.. before.Select((p, k) => p * (1 - Chance(edge)) + (k == 0 ? 0 : before[k - 1] * Chance(edge)))];
            freeAt[j] = comers[j].Sum();
            promised[j]++;
            named.Add((person, j));
            Name(person, message, i + 1, left - 1, sum + Chance(edge) * free);
            named.Remove((person, j));
            promised[j]--;
            (comers[j], freeAt[j]) = (before, free);
        }
    }

    // No plan of what is left gains more: as if every seat stayed as free as it is now.
    private double Hope(int person, int message)
    {
        var gains = Enumerable.Range(person, of.People.Length - person)
            .SelectMany(p => messages[p].Skip(p == person ? message : 0))
            .Select(edges => edges.Select(edge => Chance(edge) * freeAt[edge.Position]).OrderDescending().Take(of.Policy.MostNamed).Sum());
        return of.Budget is { } budget ? gains.OrderDescending().Take(budget - sent).Sum() : gains.Sum();
    }

    private bool IsFair()
    {
        if (of.Budget is null)
            return true;
        var shares = Enumerable.Range(0, of.People.Length).Where(p => of.People[p].Told || messages[p].Length > 0).GroupBy(p => of.People[p].Group)
            .Select(group => (Told: group.Count(p => of.People[p].Told || told[p] > 0), Of: group.Count())).ToList();
        return shares.Count == 0 || (shares.Any(x => x.Told > 0) && shares.All(low => shares.All(high => 5 * low.Told * high.Of >= 4 * high.Told * low.Of)));
    }
}

/// <summary>One question to the planner.</summary>
internal sealed record FairCase(FairPerson[] People, FairPosition[] Positions, FairEdge[] Edges, int? Budget, FairPlanPolicy Policy)
{
    public FairPlan Plan() => FairPlan.Of(People, Positions, Edges, Budget, Policy);

    /// <summary>A small one, for every kind of limit now and then the one that binds.</summary>
    public static FairCase Small(int seed)
    {
        var random = new Random(seed);
        var (people, positions, events) = (random.Next(3, 7), random.Next(2, 5), random.Next(1, 4));
        var (chance, density) = (0.1 + 0.6 * random.NextDouble(), 0.3 + 0.5 * random.NextDouble());
        var policy = new FairPlanPolicy(default, chance, chance * 0.7, chance * 0.4, 0.3, random.Next(1, 3), 3, random.Next(1, 3), random.Next(1, 3));
        int? budget = random.Next(4) == 0 ? null : random.Next(1, people + 2);
        var home = Enumerable.Range(0, positions).Select(_ => random.Next(events)).ToArray();
        return new(
            [.. Enumerable.Range(0, people).Select(_ => new FairPerson(random.Next(random.Next(1, 4)), random.Next(6) == 0 ? 1 : 0, random.Next(10) == 0))],
            [.. Enumerable.Range(0, positions).Select(_ => new FairPosition(random.Next(1, 3), random.Next(5) == 0 ? random.NextDouble() : 0))],
            [.. (from person in Enumerable.Range(0, people)
                 from position in Enumerable.Range(0, positions)
                 from at in random.Next(4) == 0 ? [home[position], (home[position] + 1) % events] : new[] { home[position] }
                 where random.NextDouble() < density
                 select new FairEdge(person, at, position, (Verdict)random.Next(4), random.Next(1001))).DistinctBy(edge => (edge.Person, edge.Event, edge.Position))],
            budget, policy);
    }
}
