using JobMatch.Bench.Peers;
using JobMatch.Population;

namespace JobMatch.Bench.Tests;

/// <summary>What the databases are asked gives the rows that the engine gives. Those that are not installed are left out, and the bench says how to have them.</summary>
public sealed class DatabaseTests
{
    [Fact]
    public void Both_ways_over_a_city_a_hard_set_and_every_trap()
    {
        using var duck = Peer.OrSaid(() => DuckDb.Start(threads: 2));
        using var postgres = Peer.OrSaid(() => Postgres.Start(threads: 2));
        foreach (var world in (IEnumerable<World>)[World.City(300, 200), World.Hard(150, 120), .. Trap.All(World.Day).Select(World.Of)])
        {
            var (flat, engine) = (new Flat(world), new Engine(world));
            engine.BothWays();
            var (found, tables) = (engine.Found(), new Tables(flat));
            duck?.Load(tables);
            postgres?.Load(tables);
            if (duck is not null)
                Assert.Null(found.DifferenceTo(Lists.Of(duck.BothWays().Rows, flat)));
            if (postgres is not null)
                Assert.Null(found.DifferenceTo(Lists.Of(postgres.BothWays(every: 1).Rows, flat)));
        }
        if (duck is not null)
            Assert.Contains("seekers", duck.PlanBothWays(), StringComparison.Ordinal);
        if (postgres is not null)
            Assert.Contains("on seekers", postgres.PlanBothWays(every: 10), StringComparison.Ordinal);
    }

    [Fact]
    public void One_position_against_a_small_nation()
    {
        using var nation = new NationPeers(World.Nation(5_000), threads: 2);
        Assert.Null(nation.Difference());
        foreach (var asked in nation.Asked)
        {
            if (nation.Duck is { } duck)
                Assert.Contains("seekers", duck.Plan(nation.DuckSql(asked)), StringComparison.Ordinal);
            if (nation.Postgres is { } postgres)
                Assert.Contains("on seekers", postgres.Plan(nation.PostgresSql(asked)), StringComparison.Ordinal);
        }
        Assert.Equal(["on-site", "remote"], nation.Asked.Where(x => x.IsTimed).Select(x => x.Kind));
    }
}
