namespace JobMatch.Matching.Tests;

/// <summary>What each figure counts, at the boundary of its definition.</summary>
public sealed class FigureTests
{
    private static readonly DateOnly Day = new(2027, 2, 20);
    private static readonly PlatformCounts Nothing = new(new Dictionary<DateOnly, int>(), new(2026, 11, 1), 0, 0, 0);

    private static ProgrammeRecord Record(string kind, string id, string? person = null, string? partOf = null, string? type = null, string? outcome = null, params DatedStep[] steps) =>
        new() { Kind = kind, Id = id, Participant = person, PartOf = partOf, Type = type, Outcome = outcome, Steps = ProgrammeRecord.Ordered(steps) };

    private static DatedStep Step(string step, int after = 0, params (string Word, int Number)[] amounts) =>
        new(step, Day.AddDays(after), null, amounts.Length == 0 ? null : amounts.ToDictionary(x => x.Word, x => x.Number));

    private static Dictionary<string, decimal> Count(IReadOnlyList<ProgrammeRecord> records, Period period = default) =>
        Figure.Count(records, Nothing, period).ToDictionary(x => x.Figure.Key, x => x.Value);

    private static ProgrammeRecord Attended(string id, string person, string run, string type, params int[] days) =>
        Record(ProgrammeKind.CourseAttendance, id, person, run, type, null, [Step("ENROLLED"), .. days.Select(day => Step("ATTENDED", day))]);

    /// <summary>A record of this kind and type in which every step was taken, with every amount, about somebody new.</summary>
    private static ProgrammeRecord Full(ProgrammeKind kind, string? type, string id) => new()
    {
        Kind = kind.Code,
        Id = id,
        Participant = kind.Participant == ParticipantRule.None ? null : "person-" + id,
        PartOf = kind.PartOf is null ? null : "part-" + id,
        Type = type,
        Steps = [.. kind.Steps.Where(step => step.Code is not ("WITHDRAWN" or "MARK_ENDED")).Select(step => new DatedStep(step.Code, Day, null, step.Amounts.ToDictionary(word => word.Code, _ => 7)))],
    };

    public static TheoryData<string, string?> KindsAndTypes()
    {
        var data = new TheoryData<string, string?>();
        foreach (var kind in ProgrammeKind.All)
            foreach (var type in kind.Types.Count == 0 ? [null] : kind.Types.Select(x => (string?)x.Code))
                data.Add(kind.Code, type);
        return data;
    }

    [Theory]
    [MemberData(nameof(KindsAndTypes))]
    public void A_record_more_moves_just_the_figures_whose_definition_names_it(string code, string? type)
    {
        var kind = ProgrammeKind.Find(code)!;
        // There is one of everything already.
        var before = ProgrammeKind.All.SelectMany(x => x.Types.Count == 0 ? [Full(x, null, x.Code)] : x.Types.Select(t => Full(x, t.Code, x.Code + t.Code))).ToList();
        var (was, now) = (Count(before), Count([.. before, Full(kind, type, "new")]));
        foreach (var figure in Figure.All)
        {
            var names = figure.Counting is { } counting && counting.Kind == code && (counting.Type is null || counting.Type == type);
            Assert.True(names == (was[figure.Key] != now[figure.Key]), $"{figure.Key}: {was[figure.Key]} → {now[figure.Key]}");
        }
    }

    [Fact]
    public void Every_definition_names_the_records_that_it_counts_in_both_languages_and_no_others()
    {
        foreach (var figure in Figure.All)
            foreach (var kind in ProgrammeKind.All)
            {
                var counts = figure.Counting?.Kind == kind.Code;
                Assert.True(counts == figure.Definition.Zh.Contains(kind.Label.Zh, StringComparison.Ordinal), $"{figure.Key} {kind.Label.Zh}");
                Assert.True(counts == figure.Definition.En.Contains(kind.Label.En, StringComparison.OrdinalIgnoreCase), $"{figure.Key} {kind.Label.En}");
            }
    }

    [Fact]
    public void Every_step_outcome_and_type_that_a_figure_names_is_its_kinds()
    {
        foreach (var counting in Figure.All.Select(x => x.Counting).OfType<Counting>())
        {
            var kind = ProgrammeKind.Find(counting.Kind)!;
            var step = kind.FindStep(counting.Step);
            Assert.NotNull(step);
            Assert.True(counting.Amount is null || step.Amounts.Any(word => word.Code == counting.Amount));
            Assert.True(counting.Type is null || kind.Types.Any(word => word.Code == counting.Type));
            Assert.All(counting.Except, word => Assert.True(kind.FindStep(word) is not null || kind.Outcomes.Any(x => x.Code == word), word));
        }
        Assert.Equal(Figure.All.Count, Figure.All.DistinctBy(x => x.Key).Count());
    }

    [Fact]
    public void Somebody_trained_twice_in_one_run_is_one_trainee_and_in_two_runs_two()
    {
        var once = Count([Attended("a", "p", "run-1", "CITY", 1)]);
        Assert.Equal((1, 1, 1), (once["cityCourseRuns"], once["cityTrained"], once["peopleTrained"]));
        Assert.Equal(once, Count([Attended("a", "p", "run-1", "CITY", 1, 2, 3)]));
        Assert.Equal(once, Count([Attended("a", "p", "run-1", "CITY", 1), Attended("b", "p", "run-1", "CITY", 2)]));
        var twice = Count([Attended("a", "p", "run-1", "CITY", 1), Attended("b", "p", "run-2", "CITY", 2)]);
        Assert.Equal((2, 2, 1), (twice["cityCourseRuns"], twice["cityTrained"], twice["peopleTrained"]));
        var others = Count([Attended("a", "p", "run-1", "CITY", 1), Attended("b", "q", "run-1", "CITY", 2)]);
        Assert.Equal((1, 2, 2), (others["cityCourseRuns"], others["cityTrained"], others["peopleTrained"]));
    }

    [Fact]
    public void Whoever_enrolled_and_did_not_come_was_not_trained()
    {
        var counts = Count([Attended("a", "p", "run-1", "CITY")]);
        Assert.Equal((0, 0), (counts["cityCourseRuns"], counts["cityTrained"]));
    }

    [Fact]
    public void Somebody_trained_to_livestream_twice_counts_once_and_a_course_of_the_city_is_none()
    {
        Assert.Equal(1, Count([Attended("a", "p", "run-1", "LIVESTREAM", 1), Attended("b", "p", "run-2", "LIVESTREAM", 2)])["livestreamTrained"]);
        Assert.Equal(0, Count([Attended("a", "p", "run-1", "CITY", 1)])["livestreamTrained"]);
    }

    [Theory]
    [InlineData(null, 1, 1, 9)]
    [InlineData("MOVED_OUT", 1, 1, 0)]
    [InlineData("CLOSED_DOWN", 1, 0, 0)]
    public void A_firm_counts_as_hosted_for_ever_and_as_alive_until_it_closes_down(string? outcome, int hosted, int alive, int staff)
    {
        var counts = Count([Record(ProgrammeKind.Incubation, "f", outcome: outcome, steps: [Step("APPLIED"), Step("MOVED_IN", 1), Step("HEADCOUNT", 2, ("staff", 9), ("staffDisabled", 4))])]);
        Assert.Equal((hosted, alive, staff), (counts["firmsHosted"], counts["firmsAlive"], counts["baseStaff"]));
    }

    [Fact]
    public void A_firm_that_only_applied_is_not_hosted() =>
        Assert.Equal(0, Count([Record(ProgrammeKind.Incubation, "f", steps: Step("APPLIED"))])["firmsHosted"]);

    [Fact]
    public void Of_several_headcounts_the_latest_that_states_a_number_counts_in_whatever_order_they_were_noted()
    {
        var counts = Count([Record(ProgrammeKind.Incubation, "f", steps: [Step("HEADCOUNT", 9, ("staff", 5)), Step("HEADCOUNT", 1, ("staff", 8), ("staffDisabled", 3))])]);
        Assert.Equal((5, 3), (counts["baseStaff"], counts["baseStaffDisabled"]));
    }

    [Fact]
    public void Planned_and_cancelled_events_and_sessions_are_not_counted()
    {
        var counts = Count([
            Record(ProgrammeKind.BaseEvent, "a", type: "CLOUD_EXPO", steps: Step("PLANNED")), Record(ProgrammeKind.BaseEvent, "b", type: "CLOUD_EXPO", steps: [Step("PLANNED"), Step("CANCELLED")]),
            Record(ProgrammeKind.BaseEvent, "c", type: "CLOUD_EXPO", steps: Step("HELD")), Record(ProgrammeKind.LivestreamSession, "d", type: "OWN_ACCOUNT", steps: Step("PLANNED")),
        ]);
        Assert.Equal((1, 0), (counts["baseEvents"], counts["broadcasts"]));
    }

    [Theory]
    [InlineData("NATIONAL", false, 1)]
    [InlineData("NATIONAL", true, 0)]
    [InlineData("CITY", false, 0)]
    public void A_training_base_counts_while_it_is_accredited_at_national_level(string type, bool withdrawn, int counted) =>
        Assert.Equal(counted, Count([Record(ProgrammeKind.TrainingBase, "t", type: type, steps: withdrawn ? [Step("ACCREDITED"), Step("WITHDRAWN", 1)] : [Step("ACCREDITED")])])["trainingBases"]);

    [Fact]
    public void A_contest_counts_who_took_part_and_all_that_was_sold()
    {
        var counts = Count([
            Record(ProgrammeKind.ContestEntry, "a", "p", "c-1", steps: [Step("ENTERED"), Step("ROUND", 1, ("salesYuan", 100)), Step("ROUND", 2, ("salesYuan", 50))]),
            Record(ProgrammeKind.ContestEntry, "b", "p", "c-2", steps: [Step("ENTERED"), Step("ROUND", 1)]),
            Record(ProgrammeKind.ContestEntry, "c", "q", "c-1", outcome: "WITHDREW", steps: Step("ENTERED")),
        ]);
        Assert.Equal((2, 150), (counts["contestParticipants"], counts["contestSalesYuan"]));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 5, 0)]
    [InlineData(-5, -1, 0)]
    [InlineData(-5, 5, 1)]
    public void Only_steps_on_days_of_the_period_count_both_ends_included(int from, int to, int counted) =>
        Assert.Equal(counted, Count([Record(ProgrammeKind.FlexibleEngagement, "a", steps: Step("STARTED"))], new(Day.AddDays(from), Day.AddDays(to)))["flexibleEngagements"]);

    [Fact]
    public void What_the_service_holds_is_told_as_it_is_and_the_mean_to_one_decimal()
    {
        var counts = Figure.Count([], new(new Dictionary<DateOnly, int> { [new(2026, 10, 1)] = 8, [new(2026, 11, 1)] = 2 }, new(2026, 11, 1), 3, 1000, 4)).ToDictionary(x => x.Figure.Key, x => x.Value);
        Assert.Equal((10, 2, 3, 333.3m, 4), (counts["users"], counts["newUsersThisMonth"], counts["eventsHeld"], counts["positionsPerEvent"], counts["jobsGained"]));
        Assert.Equal(0, Figure.Count([], Nothing).Single(x => x.Figure.Key == "positionsPerEvent").Value);
    }

    [Fact]
    public void Users_are_told_apart_by_month_the_newest_first_and_a_month_without_anybody_in_its_place()
    {
        var users = Figure.Count([], Nothing with { UsersByMonth = new Dictionary<DateOnly, int> { [new(2026, 11, 1)] = 2, [new(2027, 2, 1)] = 3 } }).Single(x => x.Figure.Key == "users");
        Assert.Equal([("2027-02", 3m), ("2027-01", 0m), ("2026-12", 0m), ("2026-11", 2m)], users.Parts.Select(x => (x.Code, x.Value)));
        Assert.Equal(users.Value, users.Parts.Sum(x => x.Value));
    }

    [Fact]
    public void Parts_add_up_and_the_largest_stands_first()
    {
        var figure = Figure.Count([.. Enumerable.Range(0, 5).Select(i => Record(ProgrammeKind.BaseEvent, $"e{i}", type: i < 3 ? "CLOUD_EXPO" : "RESOURCE_MEETING", steps: Step("HELD")))], Nothing).Single(x => x.Figure.Key == "baseEvents");
        Assert.Equal([("CLOUD_EXPO", 3m), ("RESOURCE_MEETING", 2m)], figure.Parts.Select(x => (x.Code, x.Value)));
        Assert.Equal(figure.Value, figure.Parts.Sum(x => x.Value));
    }

    [Theory]
    [InlineData("2022-01-01", 2022)]
    [InlineData("2024-12-31", 2022)]
    [InlineData("2025-01-01", 2025)]
    [InlineData("2030-01-01", 2025)]
    public void Jobs_are_counted_for_the_plan_that_today_is_in(string today, int from) =>
        Assert.Equal(from, PlanPeriods.Of(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture)).From!.Value.Year);

    [Theory]
    [InlineData(100, 0, 0, GoodsLevel.Enough, 100)]
    [InlineData(100, 0, 79, GoodsLevel.Enough, 21)]
    [InlineData(100, 0, 80, GoodsLevel.Tight, 20)]
    [InlineData(100, 0, 100, GoodsLevel.Tight, 0)]
    [InlineData(100, 0, 101, GoodsLevel.Short, -1)]
    [InlineData(50, 50, 79, GoodsLevel.Enough, 21)]
    [InlineData(0, 0, 0, GoodsLevel.Enough, 0)]
    [InlineData(0, 0, 1, GoodsLevel.Short, -1)]
    public void A_room_warns_from_four_fifths_of_its_goods_on_before_orders_must_be_cancelled(int ready, int promised, int ordered, GoodsLevel level, int left)
    {
        var room = Record(ProgrammeKind.VillageRoom, "r", steps: [Step("GOODS", -1, ("units", ready)), Step("GOODS", 1, ("units", promised)), Step("ORDERS", 0, ("units", ordered + 5)), Step("ORDERS_CANCELLED", 0, ("units", 5))]);
        var goods = VillageGoods.Of(room, Day);
        Assert.Equal((new VillageGoods(ready, promised, ordered), level, left), (goods, goods.Level, goods.Left));
    }

    [Fact]
    public void A_step_noted_twice_is_once_and_of_one_that_happens_once_the_last_word_stands()
    {
        var record = Record(ProgrammeKind.ContestEntry, "a", "p", "c").With(Step("ROUND", 2, ("salesYuan", 5))).With(Step("ROUND", 2, ("salesYuan", 7))).With(Step("ENTERED", 1)).With(Step("ENTERED", 0)).With(Step("ROUND", 1));
        Assert.Equal([("ENTERED", 0, 0), ("ROUND", 1, 0), ("ROUND", 2, 7)], record.Steps.Select(x => (x.Step, x.On.DayNumber - Day.DayNumber, x.Amount("salesYuan"))));
        Assert.Equal(2, record.Without(Step("ROUND", 2)).Steps.Count);
        Assert.Equal(record.Steps, record.Without(Step("ROUND", 5)).Steps);
    }

    [Fact]
    public void Every_kind_step_and_word_has_a_code_and_labels_of_its_own()
    {
        Assert.Equal(ProgrammeKind.All.Count, ProgrammeKind.All.DistinctBy(x => x.Label.Zh).DistinctBy(x => x.Label.En).DistinctBy(x => x.Code).Count());
        foreach (var kind in ProgrammeKind.All)
            foreach (var words in (IEnumerable<(string, Label)>[])[kind.Steps.Select(x => (x.Code, x.Label)), kind.Types.Select(x => (x.Code, x.Label)), kind.Outcomes.Select(x => (x.Code, x.Label))])
            {
                Assert.All(words, x => Assert.Matches("^[A-Z][A-Z_]*$", x.Item1));
                Assert.All(words, x => Assert.True(x.Item2.En.Length > 0 && x.Item2.Zh.Length > 0));
                Assert.Equal(words.Count(), words.Select(x => x.Item1).Distinct().Count());
                Assert.Equal(words.Count(), words.Select(x => x.Item2.Zh).Distinct().Count());
            }
    }
}
