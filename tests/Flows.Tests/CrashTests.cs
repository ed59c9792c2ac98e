using System.Text.Json;
using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>
/// From announce to "she is coming", the process dying at every call of a port in turn. What counts is read from the
/// gateway's ledger and from what the vendor was told, not from our own state alone.
/// </summary>
public class CrashTests
{
    private static World NewWorld()
    {
        var world = Town.New(Town.Everybody);
        world.Answers[Town.Phone(0)] = "１";
        world.Answers[Town.Phone(8)] = " t ";
        return world;
    }

    [Fact]
    public async Task Dying_before_any_call_texts_nobody_twice_and_loses_nothing() => await DieEverywhere(after: false);

    [Fact]
    public async Task Dying_after_any_call_texts_nobody_twice_and_loses_nothing() => await DieEverywhere(after: true);

    private static async Task DieEverywhere(bool after)
    {
        var calls = await CallsWithoutDeath();
        Assert.InRange(calls, 200, 2_000);
        for (var at = 1; at <= calls; at++)
        {
            var world = NewWorld();
            (world.DieAt, world.DieAfter) = (at, after);
            await world.AnnounceAndSettle(() => Resume(world));
            AssertAllIsWell(world);
            Assert.True(world.MostTries <= 3, $"A message was tried {world.MostTries} times. Died {world.DiedAt}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Dying_many_times_texts_nobody_twice_and_loses_nothing(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 40; run++)
        {
            var world = NewWorld();
            world.DieAt = random.Next(1, 30);
            await world.AnnounceAndSettle(async () =>
            {
                // Not for ever: a run that needs more calls than a process lives would never end.
                if (world.DieAt < world.Calls && world.Calls < 3_000)
                    (world.DieAt, world.DieAfter) = (world.Calls + random.Next(1, 40), random.Next(2) == 0);
                await Resume(world);
            });
            AssertAllIsWell(world);
        }
    }

    [Fact]
    public async Task Two_consumers_of_one_page_taking_turns_at_every_call_text_nobody_twice()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var world = NewWorld();
            await world.AnnounceAndSettle(async () =>
            {
                await Resume(world);
                await world.SeveralConsumers(seed);
            });
            AssertAllIsWell(world);
        }
    }

    [Fact]
    public async Task Two_consumers_of_which_one_dies_text_nobody_twice()
    {
        var random = new Random(7);
        for (var seed = 0; seed < 120; seed++)
        {
            var world = NewWorld();
            (world.DieAt, world.DieAfter) = (random.Next(10, 400), random.Next(2) == 0);
            await world.AnnounceAndSettle(async () =>
            {
                await Resume(world);
                await world.SeveralConsumers(seed);
            });
            // One may end a page while the other dies over its rest: then putting again is what helps.
            AssertAllIsWell(world, mayRestOnPutAgain: true);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Consumers_that_die_and_sleep_while_others_ask_text_nobody_twice(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 30; run++)
        {
            var world = Town.New(Town.Everybody, clockJumps: true);
            world.Answers[Town.Phone(0)] = "1";
            world.Answers[Town.Phone(8)] = "T";
            await world.AnnounceAndSettle(async () =>
            {
                if (world.DieAt < world.Calls && world.Calls < 1_500)
                    (world.DieAt, world.DieAfter) = (world.Calls + random.Next(5, 120), random.Next(2) == 0);
                await Resume(world);
                await world.SeveralConsumers(random.Next(), consumers: 3);
            });
            // Two may end a page while the third dies over its rest: then putting again is what helps.
            AssertAllIsWell(world, mayRestOnPutAgain: true);
        }
    }

    [Fact]
    public async Task Without_the_claim_two_consumers_do_text_somebody_twice()
    {
        var doubled = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var world = Town.New([World.Fate.Delivered, World.Fate.Doubled, World.Fate.Delivered], claimsHold: false);
            await world.AnnounceAndSettle(async () =>
            {
                await Resume(world);
                await world.SeveralConsumers(seed);
            });
            doubled += world.Took.GroupBy(text => text.Phone).Count(texts => texts.Count() > 1);
        }
        Assert.True(doubled > 0, "The claim seems to hold nothing: without it nobody was texted twice either.");
    }

    [Fact]
    public async Task A_whole_run_with_eight_calls_at_once_ends_the_same()
    {
        var world = Town.New(Enumerable.Range(0, 300).Select(i => Town.Everybody[i % Town.Everybody.Length]).Where(fate => fate != World.Fate.AccountRefusedOnce));
        await world.AnnounceAndSettle();
        AssertFates(world);
        Assert.Equal(world.Messages.Count, world.Messages.Select(message => message.Id.Subject).Distinct().Count());
    }

    private static async Task<int> CallsWithoutDeath()
    {
        var world = NewWorld();
        await world.AnnounceAndSettle(() => Resume(world));
        AssertAllIsWell(world);
        return world.Calls;
    }

    // Staff let a channel go on that the account's refusal had paused.
    private static Task Resume(World world) => ((IChannels)world).Resume("world", default);

    private static void AssertAllIsWell(World world, bool mayRestOnPutAgain = false)
    {
        AssertFates(world, mayRestOnPutAgain);
        Assert.Equal(EventStatus.Announced, world.Fair.Status);
        Assert.Equal(GuestAnswer.Coming, world.GuestOf(Town.Subject(0))?.Answer);
        Assert.NotNull(world.Person("person-8").OptedOutAt);
        Assert.Empty(world.Quarantined);
        Assert.Empty(world.Tasks);
    }

    private static void AssertFates(World world, bool mayRestOnPutAgain = false)
    {
        var twice = world.Took.GroupBy(text => text.Phone).Where(texts => texts.Count() > 1).Select(texts => $"{texts.Key} ({world.Fates[texts.Key]})");
        Assert.True(!twice.Any(), $"Texted twice: {string.Join(", ", twice)}. Died {world.DiedAt}");
        Assert.Equal(world.Fates.Count, world.Messages.Count);
        foreach (var message in world.Messages)
        {
            var phone = world.Fates.Keys.ElementAt(Convert.ToInt32(message.Id.Subject[..message.Id.Subject.IndexOf("aa0123", StringComparison.Ordinal)], 16));
            var state = world.Fates[phone] is World.Fate.Refused or World.Fate.Undeliverable ? MessageState.Failed : MessageState.Delivered;
            Assert.True(state == message.State, $"{world.Fates[phone]}: {message.State}, not {state}. Died {world.DiedAt}");
            Assert.Equal(world.Fates[phone] == World.Fate.Refused ? 0 : 1, world.Took.Count(text => text.Phone == phone));
            Assert.NotNull(world.GuestOf(message.Id.Subject)?.Invitation);
            Assert.True(mayRestOnPutAgain || message.History[^1].At < World.Start + world.Settings.PutAgainAfter, $"{world.Fates[phone]} waited to be put again. Died {world.DiedAt}");
        }
        foreach (var (_, body) in world.Acknowledged.Where(push => push.Kind == CallbackKind.Report))
            Assert.All(JsonSerializer.Deserialize<GatewayReport[]>(body)!, report => Assert.Contains(world.Messages, message => message.State == (report.Delivered ? MessageState.Delivered : MessageState.Failed) && message.VendorId == report.VendorId));
    }
}
