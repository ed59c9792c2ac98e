using JobMatch.Bench.Peers;
using JobMatch.Matching;
using JobMatch.Population;

namespace JobMatch.Bench.Tests;

/// <summary>All that is measured side by side gives the same rows: ids, verdicts, scores and their order. Nothing is timed here.</summary>
public sealed class EqualityTests
{
    public static TheoryData<string> Worlds => [.. Sets.Keys];

    private static readonly Dictionary<string, Func<World>> Sets = new()
    {
        ["city"] = () => World.City(300, 200),
        ["hard to filter"] = () => World.Hard(150, 120),
    };

    static EqualityTests()
    {
        foreach (var trap in Trap.All(World.Day))
            Sets.Add(trap.Name, () => World.Of(trap));
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void The_engine_gives_what_plain_objects_give(string name)
    {
        var world = Sets[name]();
        var (flat, engine) = (new Flat(world), new Engine(world));
        var linq = new LinqPeer(flat);
        foreach (var top in new[] { Engine.Top, 100_000 })
        {
            var best = new Ranking[top];
            for (var i = 0; i < world.Positions.Length; i++)
                Assert.Equal(linq.BestPeople(flat.Positions[i], top), engine.BestPeople(i, best));
            for (var i = 0; i < world.Seekers.Length; i++)
                Assert.Equal(linq.BestPositions(flat.Seekers[i], top), engine.BestPositions(i, best));
        }
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void The_simple_policy_on_columns_gives_what_it_gives_in_LINQ(string name)
    {
        var world = Sets[name]();
        var simple = new SimplePolicy(world, new Flat(world), Engine.Top);
        simple.BothWays();
        var (expected, found) = (simple.Plainly(), simple.Found());
        Assert.Equal(expected.People, found.People);
        Assert.Equal(expected.Positions, found.Positions);
    }

    [Theory]
    [MemberData(nameof(Worlds))]
    public void Plain_objects_give_what_the_readable_policy_gives(string name)
    {
        var world = Sets[name]();
        var flat = new Flat(world);
        var linq = new LinqPeer(flat);
        var readable = new Readable(world);
        for (var i = 0; i < world.Positions.Length; i++)
            Assert.Equal(readable.BestPeople(i), linq.BestPeople(flat.Positions[i], int.MaxValue));
        for (var i = 0; i < world.Seekers.Length; i++)
            Assert.Equal(readable.BestPositions(i), linq.BestPositions(flat.Seekers[i], int.MaxValue));
    }
}
