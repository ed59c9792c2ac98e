namespace JobMatch.Flows.Tests;

public class OutcomeTests
{
    private static async Task<World> AtTheFair(int people = 4)
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, people));
        world.Answers[Town.Phone(0)] = "1";
        await world.AnnounceAndSettle();
        for (var i = 0; i < people; i++)
            Assert.Equal(i + 1, (await world.RegisterGuest.Run("fair", $"person-{i}", attended: false, default))!.Number);
        return world;
    }

    private static Task<FunnelCounts?> Funnel(World world) => new Funnel(world, world, world, world).Run("fair", default);

    private static async Task Enter(World world, OutcomeStage stage, ClosingReason? reason = null, bool undo = false, params int[] numbers) =>
        Assert.Equal(numbers.Length, Assert.IsType<Noted.Done>(await world.RecordOutcomes.Run("fair", "p1", stage, reason, numbers, undo, null, default)).Guests);

    [Fact]
    public async Task Checking_in_twice_counts_once_and_a_mistyped_number_can_be_taken_back()
    {
        var world = await AtTheFair();
        for (var time = 0; time < 2; time++)
            Assert.Equal(2, Assert.IsType<Noted.Done>(await world.CheckIn.Run("fair", [1, 2, 2, 1], false, default)).Guests);
        Assert.Equal(2, (await Funnel(world))!.Attended);
        Assert.IsType<Noted.Done>(await world.CheckIn.Run("fair", [2], undo: true, default));
        Assert.Equal(1, (await Funnel(world))!.Attended);
        var refused = Assert.IsType<Noted.Refused>(await world.CheckIn.Run("fair", [3, 99], false, default));
        Assert.Contains("99", Assert.Single(refused.Faults).Message.Zh, StringComparison.Ordinal);
        Assert.Equal(1, (await Funnel(world))!.Attended);
        Assert.IsType<Noted.NotFound>(await world.CheckIn.Run("no-such", [1], false, default));
    }

    [Fact]
    public async Task The_funnel_counts_people_by_what_records_say()
    {
        var world = await AtTheFair();
        await world.CheckIn.Run("fair", [1, 2, 3], false, default);
        await Enter(world, OutcomeStage.Applied, null, false, 1, 2, 3);
        await Enter(world, OutcomeStage.Interviewed, null, false, 1, 2, 3);
        await Enter(world, OutcomeStage.Intention, null, false, 1, 2);
        await Enter(world, OutcomeStage.Offered, null, false, 1);
        await Enter(world, OutcomeStage.Signed, null, false, 1);
        await Enter(world, OutcomeStage.Started, null, false, 1);
        for (var time = 0; time < 2; time++)
            await Enter(world, OutcomeStage.Closed, ClosingReason.TooFar, false, 3);
        var counts = (await Funnel(world))!;
        Assert.Equal(new FunnelCounts(4, 4, 0, 0, 0, 1, 1, 0, Registered: 4, Attended: 3, Applied: 3, Interviewed: 3, Intention: 2, Offered: 1, Signed: 1, Started: 1, Closed: 1), counts);
        Assert.Equal(counts, await new TotalFunnel(world, new(world, world, world, world)).Run(People.DayOf(World.FairStarts), People.DayOf(World.FairStarts), default));
        Assert.Equal(0, (await new TotalFunnel(world, new(world, world, world, world)).Run(Town.Today, Town.Today, default)).Invited);
    }

    [Fact]
    public async Task A_contract_takes_one_opening_however_often_it_is_entered()
    {
        var world = await AtTheFair();
        for (var time = 0; time < 2; time++)
            await Enter(world, OutcomeStage.Signed, null, false, 1);
        Assert.Equal(1, (await ((IPositions)world).Find("p1", default))!.Value.Value.Facts.Signed);
        await Enter(world, OutcomeStage.Signed, null, undo: true, 1);
        Assert.Equal(0, (await ((IPositions)world).Find("p1", default))!.Value.Value.Facts.Signed);
        Assert.Empty(world.GuestOf(Town.Subject(0))!.Steps);
    }

    [Fact]
    public async Task An_end_has_exactly_one_reason_and_nothing_else_has_one()
    {
        var world = await AtTheFair();
        Assert.Equal("reason", Assert.Single(Assert.IsType<Noted.Refused>(await world.RecordOutcomes.Run("fair", "p1", OutcomeStage.Closed, null, [1], false, null, default)).Faults).Field);
        Assert.Equal("reason", Assert.Single(Assert.IsType<Noted.Refused>(await world.RecordOutcomes.Run("fair", "p1", OutcomeStage.Signed, ClosingReason.NoShow, [1], false, null, default)).Faults).Field);
        Assert.Equal("position", Assert.Single(Assert.IsType<Noted.Refused>(await world.RecordOutcomes.Run("fair", "p9", OutcomeStage.Signed, null, [1], false, null, default)).Faults).Field);
        Assert.Equal("numbers", Assert.Single(Assert.IsType<Noted.Refused>(await world.RecordOutcomes.Run("fair", "p1", OutcomeStage.Signed, null, [], false, null, default)).Faults).Field);
        await Enter(world, OutcomeStage.Closed, ClosingReason.NoShow, false, 1);
        await Enter(world, OutcomeStage.Closed, ClosingReason.FoundOtherWork, false, 1);
        Assert.Equal(ClosingReason.FoundOtherWork, Assert.Single(world.GuestOf(Town.Subject(0))!.Steps).Reason);
    }

    [Fact]
    public async Task Numbers_given_by_two_desks_at_once_are_each_one_persons()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, 6));
            string[] all = [.. Enumerable.Range(0, 6).Select(Town.Subject)];
            Assert.All(await world.Interleave(seed, () => new GuestNumbers(world).Give("fair", all[..4], default), () => new GuestNumbers(world).Give("fair", all[2..], default)), Assert.True);
            var given = await ((IGuests)world).Numbers("fair", default);
            Assert.All(all, subject => Assert.Equal(subject, given[world.GuestOf(subject)!.Number!.Value]));
        }
    }

    [Fact]
    public void Every_stage_and_reason_has_its_labels()
    {
        var all = Enum.GetValues<OutcomeStage>().Select(OutcomeLabels.Of).Concat(Enum.GetValues<ClosingReason>().Select(OutcomeLabels.Of)).ToList();
        Assert.Equal(all.Count, all.Select(label => label.Zh).Distinct().Count());
        Assert.Equal(all.Count, all.Select(label => label.En).Distinct().Count());
    }
}
