using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace JobMatch.Flows.Tests;

/// <summary>What is served is computed by the fast engine, and a metric says so; the readable rules only explain what it found.</summary>
public class EngineServesTests
{
    private sealed class Aliases : IAliases
    {
        public Task<string> For(string employer, string subject, CancellationToken cancel) => Task.FromResult("A-1");
    }

    [Fact]
    public async Task Every_question_names_the_engine_that_answered()
    {
        var world = Town.New([World.Fate.Delivered]);
        var person = Town.Person(0).Id;
        // Other tests ask at the same time; a counter calls back where it is counted.
        var mine = new AsyncLocal<bool> { Value = true };
        var asked = new ConcurrentQueue<(string? Kind, string? Engine)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Name == "jobmatch.engine.questions") listener.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var said = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString());
            if (mine.Value)
                asked.Enqueue((said["kind"], said["engine"]));
        });
        listener.Start();

        await new FindMatches(world, world, world).Run(person, 10, default);
        await new FindCandidates(world, world, world, new Aliases(), Matching.CodeLists.Default, world).Run("p1", "e1", settle: false, 10, default);
        await new FindSeekerNearMisses(world, world, world).Run(person, default);
        await new FindPositionNearMisses(world, world, world).Run("p1", "e1", settle: false, default);
        await new FindInvitees(world, world, world, world, world).Run([Town.Fair()], null, null, default);
        await new CountUnmetNeed(world, world).Run(null, default);
        await new WhyNothing(world, world, world).Run(person, default);

        Assert.Equal(["matches", "candidates", "near-misses", "near-misses", "audience", "unmet-need", "why-nothing"], asked.Select(x => x.Kind));
        Assert.All(asked, x => Assert.Equal("columns", x.Engine));
    }

    [Fact]
    public void Why_nothing_counts_what_the_readable_rules_give()
    {
        var numbering = new Matching.Numbering(Matching.CodeLists.Default);
        var facts = Town.Position("p", "产品检验员", "PRODUCT_INSPECTOR").Facts;
        var positions = Enumerable.Range(0, 60).Select(i => facts with
        {
            Id = $"p{i}",
            District = i % 2 == 0 ? "500103" : "500243",
            Pay = new(1_000 * (i % 5), null, Matching.PayPeriod.Month, true),
            Contract = i % 3 == 0 ? Matching.Contract.Dispatch : null,
            Closed = i % 7 == 0,
        }).ToList();
        var seeker = Town.Person(0).Facts with { MinPayMonthly = 2_500, Contracts = [Matching.Contract.FixedTerm], CommuteMinutes = 30 };
        var shard = new Matching.PositionShard(numbering, Town.Today, positions.Select(x => (x, 0)));
        var broken = positions.Select(x => Matching.Policy.Judge(seeker, x, Town.Today, numbering.Codes).Rules.Where(row => row.Result == Matching.Result.NotMet).Select(row => row.Rule).Distinct().ToList()).ToList();
        var expected = broken.SelectMany(x => x).Distinct().ToDictionary(rule => rule, rule => (broken.Count(x => x.Contains(rule)), broken.Count(x => x.Count == 1 && x[0] == rule)));
        var counted = WhyNothing.Count(numbering.Pack(seeker), shard.Columns);
        Assert.True(expected.Count >= 4, "Too few rules exclude anything.");
        Assert.Equal(expected, counted.ToDictionary(x => x.Rule, x => (x.Positions, x.Alone)));
        Assert.Equal(counted.OrderByDescending(x => x.Alone).ThenByDescending(x => x.Positions), counted);
    }
}
