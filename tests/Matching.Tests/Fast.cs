namespace JobMatch.Matching.Tests;

/// <summary>Asks the engine, both ways, and gives what it says in ids.</summary>
internal static class Fast
{
    /// <summary>One for all: what is asked later finds numbers past those that are kept.</summary>
    public static readonly Numbering Numbering = new(Pairs.Codes);

    public static SeekerColumns People(IEnumerable<Seeker> people) => new SeekerShard(Numbering, people.Select(x => (x, 0))).Columns;

    public static PositionColumns Jobs(IEnumerable<Position> jobs) => new PositionShard(Numbering, Pairs.Today, jobs.Select(x => (x, 0))).Columns;

    public static Dictionary<string, int> Rows(SeekerColumns people) => Enumerable.Range(0, people.Rows).Where(people.IsLive).ToDictionary(people.IdAt);

    public static Dictionary<string, int> Rows(PositionColumns jobs) => Enumerable.Range(0, jobs.Rows).Where(jobs.IsLive).ToDictionary(jobs.IdAt);

    /// <summary>Everybody's verdict and score, by row.</summary>
    public static List<(string Id, Verdict Verdict, int Tenths)> All(SeekerColumns people, Position position) => All(people, Numbering.Pack(position, Pairs.Today));

    public static List<(string Id, Verdict Verdict, int Tenths)> All(PositionColumns jobs, Seeker seeker) => All(jobs, Numbering.Pack(seeker));

    public static List<(string Id, Verdict Verdict, int Tenths)> All(SeekerColumns people, PackedPosition packed)
    {
        var sets = new VerdictSets();
        people.Judge(packed, sets);
        return [.. Rows(people).Select(x => (x.Key, At(sets, x.Value), people.Tenths(x.Value, packed)))];
    }

    public static List<(string Id, Verdict Verdict, int Tenths)> All(PositionColumns jobs, PackedSeeker packed)
    {
        var sets = new VerdictSets();
        jobs.Judge(packed, sets);
        return [.. Rows(jobs).Select(x => (x.Key, At(sets, x.Value), jobs.Tenths(x.Value, packed)))];
    }

    public static Verdict VerdictAt(SeekerColumns people, int row, Position position)
    {
        var sets = new VerdictSets();
        people.Judge(Numbering.Pack(position, Pairs.Today), sets);
        return At(sets, row);
    }

    public static Verdict VerdictAt(PositionColumns jobs, int row, Seeker seeker)
    {
        var sets = new VerdictSets();
        jobs.Judge(Numbering.Pack(seeker), sets);
        return At(sets, row);
    }

    public static List<(string Id, Verdict Verdict, int Tenths)> Best(SeekerColumns people, Position position, int top = 10)
    {
        var best = new Ranking[top];
        people.Best(Numbering.Pack(position, Pairs.Today), best, out var filled);
        return [.. best[..filled].Select(x => (people.IdAt(x.Row), x.Verdict, x.Tenths))];
    }

    public static List<(string Id, Verdict Verdict, int Tenths)> Best(PositionColumns jobs, Seeker seeker, int top = 10)
    {
        var best = new Ranking[top];
        jobs.Best(Numbering.Pack(seeker), best, out var filled);
        return [.. best[..filled].Select(x => (jobs.IdAt(x.Row), x.Verdict, x.Tenths))];
    }

    private static Verdict At(VerdictSets sets, int row) =>
        Enumerable.Range(0, 3).Select(x => (Verdict)x).Where(x => (sets.Of(x)[row / 64] >> row % 64 & 1) != 0).SingleOrDefault(Verdict.DoesNotSuit);
}
