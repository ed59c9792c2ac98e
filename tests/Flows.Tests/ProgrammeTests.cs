using System.Text.Json;
using System.Text.Json.Nodes;
using JobMatch.Flows.Imports;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>What programmes did, from shape and sheet to the figures.</summary>
public sealed class ProgrammeTests
{
    private static readonly DateOnly Today = Town.Today;

    private static ProgrammeKind Kind(string code) => ProgrammeKind.Find(code)!;

    private static Reading<ProgrammeRecord> Read(string kind, string json) =>
        ShapeReader.Read<ProgrammeRecordShape>(JsonNode.Parse(json)!.AsObject()).Then(shape => shape.ToRecord(Kind(kind), "r-1", Today));

    private static ProgrammeRecord Entry(string seeker = "person-0") => Read(ProgrammeKind.ContestEntry, $$"""
        { "participant": "{{seeker}}", "partOf": "contest-1", "steps": [ { "step": "ROUND", "on": "2027-02-02", "amounts": { "salesYuan": 100 } }, { "step": "ENTERED", "on": "2027-02-01" } ] }
        """).Value!;

    [Theory]
    [InlineData(ProgrammeKind.ContestEntry, """{ "partOf": "c", "steps": [] }""", "participant required")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "p", "steps": [] }""", "partOf required")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "p", "partOf": "c" }""", "steps required")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "13900000000", "partOf": "c", "steps": [] }""", "participant badId")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "p", "partOf": "c", "title": "x", "steps": [] }""", "title conflict")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "p", "partOf": "c", "steps": [ { "step": "HELD", "on": "2027-01-01" } ] }""", "steps[0].step unknownCode")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "p", "partOf": "c", "steps": [ { "step": "ROUND", "on": "2027-02-22" } ] }""", "steps[0].on badDate")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "p", "partOf": "c", "steps": [ { "step": "ROUND", "on": "2027-01-01", "ref": "x" } ] }""", "steps[0].ref conflict")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "p", "partOf": "c", "steps": [ { "step": "ROUND", "on": "2027-01-01", "amounts": { "salesYuan": -1 } } ] }""", "steps[0].amounts.salesYuan outOfRange")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "p", "partOf": "c", "steps": [ { "step": "ROUND", "on": "2027-01-01", "amounts": { "staff": 1 } } ] }""", "steps[0].amounts.staff unknownCode")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "p", "partOf": "c", "steps": [ { "step": "ENTERED", "on": "2027-01-01", "amounts": { "salesYuan": 1 } } ] }""", "steps[0].amounts.salesYuan conflict")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "p", "partOf": "c", "steps": [ { "step": "ENTERED", "on": "2027-01-01" }, { "step": "ENTERED", "on": "2027-01-02" } ] }""", "steps[1] duplicate")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "p", "partOf": "c", "steps": [ { "step": "ROUND", "on": "2027-01-01" }, { "step": "ROUND", "on": "2027-01-02" } ] }""", "")]
    [InlineData(ProgrammeKind.ContestEntry, """{ "participant": "p", "partOf": "c", "steps": [], "outcome": "PASSED" }""", "outcome unknownCode")]
    [InlineData(ProgrammeKind.BaseEvent, """{ "title": "x", "steps": [] }""", "type required")]
    [InlineData(ProgrammeKind.BaseEvent, """{ "title": "x", "type": "PARTY", "steps": [] }""", "type unknownCode")]
    [InlineData(ProgrammeKind.BaseEvent, """{ "title": "x", "type": "CLOUD_EXPO", "participant": "p", "steps": [] }""", "participant conflict")]
    [InlineData(ProgrammeKind.BaseEvent, """{ "title": "x", "type": "CLOUD_EXPO", "steps": [ { "step": "PLANNED", "on": "2027-12-01" } ] }""", "")]
    [InlineData(ProgrammeKind.BaseEvent, """{ "title": "x", "type": "CLOUD_EXPO", "steps": [], "outcome": "PASSED" }""", "outcome conflict")]
    public void A_record_is_held_against_the_definition_of_its_kind(string kind, string json, string faults) =>
        Assert.Equal(faults, string.Join(", ", Read(kind, json).Errors.Select(x => $"{x.Field} {x.Code}")));

    [Fact]
    public async Task A_record_names_a_person_by_subject_and_nobody_who_is_not_registered()
    {
        var world = Town.New([World.Fate.Delivered]);
        var flow = world.PutRecord;
        var put = Assert.IsType<Put<ProgrammeFile>.Created>(await flow.Run(Entry(), null, default));
        Assert.Equal(Town.Subject(0), put.Now.Facts.Participant);
        Assert.Equal(["ENTERED", "ROUND"], put.Now.Facts.Steps.Select(x => x.Step));
        Assert.IsType<Put<ProgrammeFile>.Unchanged>(await flow.Run(Entry(), null, default));
        Assert.Null(await flow.Run(Entry("nobody"), null, default));
        Assert.IsType<Put<ProgrammeFile>.Stale>(await flow.Run(Entry() with { Outcome = "TOOK_PART" }, 9, default));
        var list = new ListProgrammeRecords(world, world, world);
        Assert.Equal("person-0", (await list.One(ProgrammeKind.ContestEntry, "r-1", default))!.Person!.Id);

        // What became of them afterwards stands beside it, and of nobody else.
        var later = Read(ProgrammeKind.FlexibleEngagement, """{ "participant": "person-0", "type": "BROADCAST", "steps": [ { "step": "STARTED", "on": "2027-02-01" } ] }""").Value!;
        await flow.Run(later, null, default);
        await flow.Run(later with { Id = "r-2", Participant = null }, null, default);
        Assert.Equal([(ProgrammeKind.FlexibleEngagement, later.Id)], (await list.Beside(put.Now.Facts, default)).Select(x => (x.Kind, x.Id)));
        Assert.Empty(await list.Placements(put.Now.Facts, default));
    }

    [Fact]
    public async Task Steps_noted_by_two_desks_at_once_are_both_there()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var world = Town.New([World.Fate.Delivered]);
            var flow = world.PutRecord;
            await flow.Run(Entry(), null, default);
            Assert.All(await world.Interleave(seed, () => Note("ROUND", 3), () => Note("ROUND", 4)), Assert.True);
            Assert.Equal(4, (await ((IProgrammes)world).Find(ProgrammeKind.ContestEntry, "r-1", default))!.Value.Value.Facts.Steps.Count);

            Task Note(string step, int day) => flow.Step(ProgrammeKind.ContestEntry, "r-1", new(step, new(2027, 2, day)), false, default);
        }
    }

    [Fact]
    public async Task A_step_that_was_a_mistake_is_taken_back_and_so_is_an_end()
    {
        var world = Town.New([World.Fate.Delivered]);
        var flow = world.PutRecord;
        await flow.Run(Entry(), null, default);
        await flow.Step(ProgrammeKind.ContestEntry, "r-1", new("ROUND", new(2027, 2, 2)), undo: true, default);
        await flow.End(ProgrammeKind.ContestEntry, "r-1", "WITHDREW", default);
        var now = await flow.End(ProgrammeKind.ContestEntry, "r-1", null, default);
        Assert.Equal(("ENTERED", (string?)null), (Assert.Single(now!.Facts.Steps).Step, now.Facts.Outcome));
        Assert.Null(await flow.Step(ProgrammeKind.ContestEntry, "r-9", new("ROUND", Today), false, default));
        Assert.Null(await ((IProgrammes)world).Find(ProgrammeKind.ContestEntry, "r-9", default));
    }

    [Fact]
    public async Task Figures_count_people_events_and_work_as_they_are_held()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, 3));
        await world.AnnounceAndSettle();
        await world.RegisterGuest.Run("fair", "person-0", attended: true, default);
        await world.RegisterGuest.Run("fair", "person-1", attended: true, default);
        foreach (var stage in (OutcomeStage[])[OutcomeStage.Signed, OutcomeStage.Started, OutcomeStage.Started])
            await world.RecordOutcomes.Run("fair", "p1", stage, null, [1], false, null, default);
        await world.RecordOutcomes.Run("fair", "p1", OutcomeStage.Signed, null, [2], false, null, default);
        var flow = new CountFigures(world, world, world, world, world, world);
        Assert.Equal((3, 0, 0, 1), await Held(default));
        world.Now = World.FairStarts.AddDays(1);
        Assert.Equal((3, 1, (await ((IEvents)world).Positions("fair", default)).Count, 1), await Held(default));
        Assert.Equal(0, (await Held(new(Today.AddDays(30), null))).Jobs);
        world.Put(world.Fair with { Status = EventStatus.Cancelled });
        Assert.Equal((3, 0, 0, 1), await Held(default));

        async Task<(int Users, int Held, decimal Positions, int Jobs)> Held(Period period)
        {
            var counts = (await flow.Run(period, default)).ToDictionary(x => x.Figure.Key, x => x.Value);
            return ((int)counts["users"], (int)counts["eventsHeld"], counts["positionsPerEvent"], (int)counts["jobsGained"]);
        }
    }

    [Fact]
    public async Task New_users_are_those_of_this_month_on_the_peoples_clock()
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, 2));
        world.Put(world.Person("person-0") with { FirstPut = new(2027, 1, 31, 15, 59, 59, TimeSpan.Zero) });
        world.Put(world.Person("person-1") with { FirstPut = new(2027, 1, 31, 16, 0, 0, TimeSpan.Zero) });
        var figures = await new CountFigures(world, world, world, world, world, world).Run(default, default);
        Assert.Equal(1, figures.Single(x => x.Figure.Key == "newUsersThisMonth").Value);
        Assert.Equal([("2027-02", 1m), ("2027-01", 1m)], figures.Single(x => x.Figure.Key == "users").Parts.Select(x => (x.Code, x.Value)));
    }

    [Fact]
    public void A_sheet_has_a_column_for_each_step_and_amount_and_every_word_of_every_kind_is_taken()
    {
        foreach (var kind in ProgrammeKind.All)
            foreach (var chinese in (bool[])[true, false])
            {
                string T(Label label) => chinese ? label.Zh : label.En;
                List<(string Header, string Cell)> cells = [(chinese ? "编号" : "Reference", "a-1")];
                if (kind.Participant != ParticipantRule.None) cells.Add((chinese ? "人员编号" : "Person", "person-0"));
                if (kind.Title is { } title) cells.Add((T(title), "示例"));
                if (kind.PartOf is { } part) cells.Add((T(part), "part-1"));
                if (kind.Types is [var type, ..]) cells.Add((chinese ? "类型" : "Type", T(type.Label)));
                if (kind.Outcomes is [var outcome, ..]) cells.Add((chinese ? "结果" : "Outcome", T(outcome.Label)));
                foreach (var step in kind.Steps)
                {
                    cells.Add((T(step.Label), "2027年1月5日"));
                    if (step.Ref is { } to) cells.Add(($"{step.Label.En}: {to.En}", "ref-1"));
                    cells.AddRange(step.Amounts.Select(word => (chinese ? $"{step.Label.Zh}：{word.Label.Zh}" : $"{step.Label.En}: {word.Label.En}", "12")));
                }
                var row = Assert.Single(Import.Programmes(new([.. cells.Select(x => x.Header)], [new SheetRow.Cells(2, [.. cells.Select(x => x.Cell)])]), kind, Today));
                Assert.Empty(row.Errors.Select(x => $"{kind.Code} {x.Field} {x.Column} {x.Message.En}"));
                Assert.Equal(kind.Steps.Count, row.Value!.Steps.Count);
                Assert.All(row.Value.Steps, step => Assert.Equal(kind.FindStep(step.Step)!.Amounts.Count, step.Amounts?.Count ?? 0));
                Assert.All(row.Value.Steps, step => Assert.Equal(new(2027, 1, 5), step.On));
            }
    }

    [Fact]
    public void What_is_wrong_with_a_row_names_its_column()
    {
        var sheet = new Sheet.Table(["编号", "人员编号", "比赛编号", "已报名", "参加一轮比赛：销售额（元）"], [new SheetRow.Cells(2, ["a", "person-0", "c-1", "下周", "很多"]), new SheetRow.Cells(3, ["a", "person-0", "c-1", "2027-01-01", ""])]);
        var rows = Import.Programmes(sheet, Kind(ProgrammeKind.ContestEntry), Today).ToList();
        Assert.Contains(rows[0].Errors, x => x is { Code: "badDate", Column: "已报名" });
        Assert.Contains(rows[0].Errors, x => x is { Code: "wrongType", Column: "参加一轮比赛：销售额（元）" });
        Assert.Equal("duplicate", rows[1].Errors[0].Code);
    }

    [Fact]
    public void What_is_stored_is_what_was_said()
    {
        var record = Entry();
        Assert.Equal(Written.Of(record), Written.Of(Written.Read<ProgrammeRecord>(Written.Of(record))));
        var back = ShapeReader.Read<ProgrammeRecordShape>(JsonSerializer.SerializeToElement(record.ToShape("person-0"), ShapeJson.Options)).Then(shape => shape.ToRecord(Kind(record.Kind), "r-1", Today));
        Assert.Empty(back.Errors);
        Assert.Equal(Written.Of(record), Written.Of(back.Value));
    }
}
