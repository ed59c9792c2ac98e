namespace JobMatch.Flows.Tests;

/// <summary>Erasing somebody, the process dying at every call of a port in turn.</summary>
public class ErasureFlowTests
{
    private const string Id = "person-0";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dying_at_any_call_leaves_nobody_half_erased(bool after)
    {
        var calls = (await Erased(0, after)).Calls;
        Assert.InRange(calls, 15, 60);
        for (var at = 1; at <= calls; at++)
            await Erased(at, after);
    }

    [Fact]
    public async Task An_edit_that_comes_in_between_is_erased_too_and_one_that_comes_later_finds_nobody()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var world = Town.New(Town.Everybody);
            await world.Interleave(seed, () => world.Erase.Run(Id, default), () => world.OptOut.Stop(Id, world.Now, default), () => world.Erase.Run(Id, default));
            Assert.Null(await Find(world));
            await world.Settle();
            Assert.Null(await Find(world));
            Assert.False(await world.OptOut.Stop(Id, world.Now, default));
        }
    }

    [Fact]
    public async Task Whoever_is_erased_while_texts_wait_is_not_texted()
    {
        var world = Town.New([World.Fate.Delivered, World.Fate.Delivered]);
        await world.Announce.Run("fair", null, default);
        await world.Step(Queues.Work);
        var waiting = world.Messages.First(message => message.State == Matching.MessageState.Created);
        var person = world.Person($"person-{Convert.ToInt32(waiting.Id.Subject[..2], 16)}");
        await world.Erase.Run(person.Id, default);
        await world.Settle();
        Assert.DoesNotContain(world.Took, text => text.Phone == person.Phone);
        Assert.Equal(Reasons.Erased, world.Messages.Single(message => message.Id == waiting.Id).Reason);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_file_brings_somebody_back_only_with_a_consent_that_is_younger_than_the_erasure(int days, bool refused)
    {
        var world = Town.New(Town.Everybody);
        var named = world.Person(Id) with { Consent = new(Town.Today.AddDays(days), null, null, null) };
        await world.Erase.Run(Id, default);
        world.Now += TimeSpan.FromDays(2);
        var put = await world.PutSeeker.Run(named, null, imported: true, default);
        Assert.Equal(refused, put is Put<SeekerFile>.Erased);
        Assert.Equal(refused, await Find(world) is null);
    }

    private static Task<Stored<SeekerFile>?> Find(ISeekers world) => world.Find(Id, default);

    private static async Task<World> Erased(int at, bool after)
    {
        var world = Town.New(Town.Everybody);
        var subject = world.Person(Id).Facts.Id;
        ErasureReceipt? receipt = null;
        (world.DieAt, world.DieAfter) = (at, after);
        await world.Survives(async () => receipt = await world.Erase.Run(Id, default));
        // Whoever got no answer asks again.
        if (receipt is null)
            receipt = await world.Erase.Run(Id, default);
        Assert.Equal(receipt!.Number, (await world.Erase.Run(Id, default))!.Number);
        Assert.Null(await Find(world));
        await world.Settle();
        Assert.Null(await Find(world));
        Assert.Contains((subject, false), world.Walks);
        Assert.Contains((subject, true), world.Walks);
        var last = await world.Erase.Run(Id, default);
        Assert.Equal((receipt.Number, receipt.At, true), (last!.Number, last.At, last.Complete));
        return world;
    }
}
