using static JobMatch.Matching.Tests.Pairs;

namespace JobMatch.Matching.Tests;

/// <summary>The engine works in memory that it has: neither a pair nor a question takes any, once the same was asked before.</summary>
public class AllocationTests
{
    private readonly Numbering numbering = new(Codes);
    private readonly PackedSeeker[] seekers;
    private readonly PackedPosition[] positions;
    private readonly SeekerColumns people;
    private readonly PositionColumns jobs;
    private readonly Ranking[] best = new Ranking[10];
    private readonly RuleCode[] rules = new RuleCode[RuleCode.Most];
    private readonly VerdictSets sets = new();

    public AllocationTests()
    {
        var pairs = RandomPairs.Take(1_100, seed: 31).ToList();
        seekers = [.. pairs.Select(x => numbering.Pack(x.Seeker))];
        positions = [.. pairs.Select(x => numbering.Pack(x.Position, Today))];
        people = SeekerShard.OfPacked(numbering, seekers.Select((x, i) => (x, i % 4))).Columns;
        jobs = PositionShard.OfPacked(numbering, Today, positions.Select((x, i) => (x, i % 4))).Columns;
    }

    [Fact]
    public void One_seeker_after_the_other_asks_all_positions_and_why() => Assert.Equal(0, Allocated(() =>
    {
        var found = 0;
        foreach (var seeker in seekers)
        {
            jobs.Judge(seeker, sets, tags: 1);
            jobs.Best(seeker, best, out var filled);
            foreach (var one in best.AsSpan(0, filled))
                found += jobs.Reasons(seeker, one.Row, rules);
            found += jobs.WouldSuit(seeker);
        }
        return found;
    }));

    [Fact]
    public void One_position_after_the_other_asks_all_seekers() => Assert.Equal(0, Allocated(() =>
    {
        var found = 0;
        foreach (var position in positions)
        {
            people.Judge(position, sets);
            people.Best(position, best, out var filled, tags: 1);
            foreach (var one in best.AsSpan(0, filled))
                found += people.Tenths(one.Row, position);
        }
        return found;
    }));

    [Fact]
    public void Everybody_asks_everybody()
    {
        var all = new BestOfAll(best.Length);
        Assert.Equal(0, Allocated(() =>
        {
            var found = 0;
            all.Run(people, jobs);
            for (var row = 0; row < people.Rows; row++)
                found += all.OfSeeker(row, best);
            for (var row = 0; row < jobs.Rows; row++)
                found += all.OfPosition(row, best);
            return found;
        }));
    }

    /// <summary>Bytes that the work takes on this thread, done once more after it was done before.</summary>
    private static long Allocated(Func<int> work)
    {
        Assert.True(work() > 0, "Nothing was found, so that nothing was tried.");
        work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
