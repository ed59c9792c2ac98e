using static JobMatch.Matching.Tests.Pairs;

namespace JobMatch.Matching.Tests;

/// <summary>Each must at its edges: one pair that suits, one thing changed.</summary>
public class MustTests
{
    [Fact]
    public void The_pair_that_every_test_starts_from_suits()
    {
        var match = Judge();
        Assert.Equal(Verdict.Suits, match.Verdict);
        Assert.All(match.Rules, row => Assert.Equal(Result.Met, row.Result));
        // 25 + 25 + 15·2/13 = 2.3 + 10 + 10·1/2 + 5·1/2 + 0 + 3 + 3
        Assert.Equal([250, 250, 23, 100, 50, 25, 0, 30, 30], match.Pluses.Select(x => x.Tenths));
        Assert.Equal(758, match.Tenths);
    }

    [Fact]
    public void Rows_stand_in_the_order_of_the_rules_and_of_the_code_lists()
    {
        var seeker = Anna with
        {
            Needs = Musts("REST_BREAKS", "CAPTIONS", "STEP_FREE"),
            AvoidExposures = new Dictionary<Exposure, Avoidance> { [Exposure.Outdoors] = Avoidance.MustAvoid, [Exposure.Noise] = Avoidance.MustAvoid },
            AvoidShifts = new Dictionary<Shift, Avoidance> { [Shift.OnCall] = Avoidance.MustAvoid, [Shift.Night] = Avoidance.MustAvoid },
        };
        var position = Inspector with { SkillsRequired = ["VISUAL_INSPECTION", "TYPING"], Licences = ["DRIVING_LICENCE_C", "FOOD_SAFETY"] };
        Assert.Equal(
            ["M1", "M2", .. AxisText.All.Select(x => "M3 " + x.Code), "M4 CAPTIONS", "M4 STEP_FREE", "M4 REST_BREAKS", "M5 NOISE", "M5 OUTDOORS", "M5 NIGHT", "M5 ON_CALL",
                "M6 FOOD_SAFETY", "M6 DRIVING_LICENCE_C", "M6", "M7 TYPING", "M7 VISUAL_INSPECTION", "M8", "M9", "M10", "M11"],
            Judge(seeker, position).Rules.Select(x => x.About is null ? x.Rule : $"{x.Rule} {x.About}"));
    }

    [Fact]
    public void Of_two_who_have_said_nothing_only_what_is_always_known_is_shown()
    {
        var match = Judge(new() { Id = "s", District = "500103" }, new() { Id = "p", Title = "普工", District = "500103", ClosesOn = Today, FirstPut = Today });
        Assert.Equal(Verdict.Suits, match.Verdict);
        Assert.Equal(["M1", "M2"], match.Rules.Where(x => x.Stated).Select(x => x.Rule));
    }

    // M1

    [Theory]
    [InlineData(-1, false)] // ended yesterday
    [InlineData(0, true)] // ends today
    public void M1_a_job_is_open_up_to_and_on_its_last_day(int days, bool open) =>
        IsMet("M1", null, open, position: Inspector with { ClosesOn = Today.AddDays(days) });

    [Theory]
    [InlineData(3, 2, true)]
    [InlineData(3, 3, false)]
    [InlineData(3, 4, false)]
    [InlineData(0, 0, false)]
    public void M1_a_job_is_open_while_openings_are_left(int openings, int signed, bool open) =>
        IsMet("M1", null, open, position: Inspector with { Openings = openings, Signed = signed });

    [Fact]
    public void M1_a_closed_job_is_not_open() => IsMet("M1", null, false, position: Inspector with { Closed = true });

    // M2

    [Fact]
    public void M2_remote_work_is_in_reach_whatever_else_was_said() =>
        OnlyBreaks(null, Anna with { Places = [Place.OnSite], Lodging = LodgingWish.Needed, District = "500240" }, Inspector with { Place = Place.Remote, District = null });

    [Theory]
    [InlineData(Place.OnSite, Place.OnSite, true)]
    [InlineData(Place.OnSite, Place.Hybrid, true)]
    [InlineData(Place.OnSite, Place.Base, false)]
    [InlineData(Place.OnSite, Place.Mobile, false)]
    [InlineData(Place.Remote, Place.Hybrid, false)]
    [InlineData(Place.Hybrid, Place.OnSite, false)]
    [InlineData(Place.Hybrid, Place.Hybrid, true)]
    public void M2_the_place_is_one_that_the_seeker_takes(Place taken, Place place, bool met) =>
        IsMet("M2", null, met, Anna with { Places = [taken] }, Inspector with { Place = place });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void M2_no_places_or_an_empty_list_restrict_nothing(bool empty) =>
        IsMet("M2", null, true, Anna with { Places = empty ? [] : null }, Inspector with { Place = Place.Base });

    [Theory]
    [InlineData(LodgingWish.Needed, Lodging.Free, Result.Met, null)]
    [InlineData(LodgingWish.Needed, Lodging.Paid, Result.Met, null)]
    [InlineData(LodgingWish.Needed, Lodging.None, Result.NotMet, null)]
    [InlineData(LodgingWish.Needed, Lodging.Allowance, Result.NotMet, null)]
    [InlineData(LodgingWish.Needed, null, Result.Ask, Whom.Employer)]
    [InlineData(LodgingWish.Accepted, Lodging.Free, Result.Met, null)]
    [InlineData(LodgingWish.Accepted, Lodging.Paid, Result.Met, null)]
    [InlineData(LodgingWish.Accepted, Lodging.None, Result.NotMet, null)]
    [InlineData(LodgingWish.Accepted, Lodging.Allowance, Result.NotMet, null)]
    [InlineData(LodgingWish.Accepted, null, Result.NotMet, null)]
    [InlineData(LodgingWish.No, Lodging.Free, Result.NotMet, null)]
    [InlineData(null, Lodging.Free, Result.NotMet, null)]
    public void M2_a_bed_brings_a_far_job_into_reach(LodgingWish? wish, Lodging? lodging, Result result, Whom? whom) =>
        Comes(result, whom, null, "M2", null, Anna with { District = Chengkou, Lodging = wish }, Inspector with { Lodging = lodging });

    [Fact]
    public void M2_who_needs_lodging_needs_it_in_the_same_district_too() =>
        Comes(Result.NotMet, null, null, "M2", null, Anna with { Lodging = LodgingWish.Needed }, Inspector with { Lodging = Lodging.None });

    [Fact]
    public void M2_the_same_district_is_in_reach_however_short_the_commute() => IsMet("M2", null, true, Anna with { CommuteMinutes = 1 });

    // 渝中 29.55, 106.57 to 沙坪坝 29.54, 106.46: 10.70 km, so 64.9 minutes at the slowest and 8.03 at the fastest.
    [Theory]
    [InlineData(8, Result.NotMet, null)]
    [InlineData(9, Result.Ask, Whom.You)]
    [InlineData(64, Result.Ask, Whom.You)]
    [InlineData(65, Result.Met, null)]
    [InlineData(null, Result.Ask, Whom.You)] // 60 where not stated
    public void M2_the_way_is_bounded_not_guessed(int? limit, Result result, Whom? whom) =>
        Comes(result, whom, null, "M2", null, Anna with { CommuteMinutes = limit }, Inspector with { District = "500106" });

    [Theory]
    [InlineData(59, Result.NotMet)]
    [InlineData(60, Result.Met)]
    public void M2_and_P4_take_known_minutes_in_place_of_bounds(int limit, Result result)
    {
        var codes = Codes.With(new Dictionary<(string, string), int> { [("500103", "500102")] = 60 });
        var match = Policy.Judge(Anna with { CommuteMinutes = limit }, Inspector with { District = "500102" }, Today, codes);
        Assert.Equal(result, match.Row("M2").Result);
        Assert.Equal(1 - 60 / (2.0 * limit), match.Plus("P4").Value);
        Assert.Equal(Result.NotMet, Judge(Anna with { CommuteMinutes = limit }, Inspector with { District = "500102" }).Row("M2").Result);
    }

    [Theory]
    [InlineData("999999", "500103")]
    [InlineData("500103", "999999")]
    [InlineData("500103", null)]
    public void M2_a_district_outside_the_list_is_asked_about(string home, string? there) =>
        Comes(Result.Ask, Whom.You, null, "M2", null, Anna with { District = home }, Inspector with { District = there });

    // M3

    [Fact]
    public void M3_is_the_table_of_the_page()
    {
        // FINE_HANDS: nothing that staff check, and no range reaches a demand of 3, so that a shortfall shows each of its answers.
        string[,] table =
        {
            // demand:  not stated  0      1      2      3          capacity:
            { "met", "met", "you", "you", "you" }, //               not stated
            { "employer", "met", "short", "short", "short" }, //    0
            { "employer", "met", "met", "short", "short" }, //      1
            { "met", "met", "met", "met", "short" }, //             2
            { "met", "met", "met", "met", "met" }, //               3
        };
        for (var can = -1; can <= 3; can++)
            for (var asks = -1; asks <= 3; asks++)
            {
                var row = Judge(Anna with { Capacity = Level(Axis.FineHands, can) }, Inspector with { Demands = Level(Axis.FineHands, asks) }).Row("M3", "FINE_HANDS");
                var expected = table[can + 1, asks + 1] switch
                {
                    "met" => Ruling.Met,
                    "you" => Ruling.AskYou,
                    "employer" => Ruling.AskEmployer,
                    // Nothing is marked: ALT_INPUT 0-2 would have to be asked, and nothing reaches 3.
                    _ => asks == 3 ? Ruling.NotMet : Ruling.AskYou with { By = "ALT_INPUT" },
                };
                Assert.Equal((can, asks, expected), (can, asks, new Ruling(row.Result, row.Whom, row.By)));
                Assert.Equal(can >= 0 || asks >= 0, row.Stated);
            }
    }

    [Fact]
    public void M3_every_axis_is_judged_alike()
    {
        foreach (var axis in AxisText.All)
        {
            Comes(Result.Met, null, null, "M3", axis.Code, Anna with { Capacity = Level(axis.Axis, 3) }, Inspector with { Demands = Level(axis.Axis, 3) });
            Comes(Result.Ask, Whom.You, null, "M3", axis.Code, Anna with { Capacity = Level(axis.Axis, -1) }, Inspector with { Demands = Level(axis.Axis, 1) });
            Comes(Result.Ask, Whom.Employer, null, "M3", axis.Code, Anna with { Capacity = Level(axis.Axis, 1) }, Inspector with { Demands = Level(axis.Axis, -1) });
        }
    }

    [Theory]
    [InlineData(Answer.Offered, Result.Met, null)]
    [InlineData(Answer.OnRequest, Result.MetIfArranged, null)]
    [InlineData(null, Result.Ask, Whom.Employer)]
    public void M3_a_marked_bridge_counts_as_it_is_answered(Answer? answer, Result result, Whom? whom)
    {
        foreach (var mark in Enum.GetValues<Mark>())
            Comes(result, whom, "ALT_INPUT", "M3", "FINE_HANDS", OneHanded(0) with { Needs = Marks(mark, "ALT_INPUT") }, Fine(2, ("ALT_INPUT", answer)));
    }

    [Fact]
    public void M3_a_marked_bridge_that_is_not_possible_is_none() =>
        Comes(Result.NotMet, null, null, "M3", "FINE_HANDS", OneHanded(0) with { Needs = Marks(Mark.Helps, "ALT_INPUT") }, Fine(2, ("ALT_INPUT", Answer.NotPossible)));

    [Theory]
    [InlineData(Answer.Offered, Result.Ask)]
    [InlineData(Answer.OnRequest, Result.Ask)]
    [InlineData(null, Result.Ask)]
    [InlineData(Answer.NotPossible, Result.NotMet)]
    public void M3_a_bridge_that_the_seeker_did_not_mark_is_asked_of_them(Answer? answer, Result result) =>
        Comes(result, result == Result.Ask ? Whom.You : null, result == Result.Ask ? "ALT_INPUT" : null, "M3", "FINE_HANDS", OneHanded(0), Fine(2, ("ALT_INPUT", answer)));

    [Theory]
    [InlineData(0, 2, true)]
    [InlineData(1, 2, true)]
    [InlineData(0, 3, false)]
    [InlineData(2, 3, false)]
    public void M3_a_bridge_reaches_only_its_range(int can, int asks, bool reaches) =>
        Comes(reaches ? Result.Met : Result.NotMet, null, reaches ? "ALT_INPUT" : null, "M3", "FINE_HANDS",
            OneHanded(can) with { Needs = Marks(Mark.Helps, "ALT_INPUT") }, Fine(asks, ("ALT_INPUT", Answer.Offered), ("ONE_HAND_TOOLS", Answer.NotPossible)));

    [Fact]
    public void M3_a_bridge_does_not_start_below_its_range() => // ONE_HAND_TOOLS 1-2, the other not possible
        Comes(Result.NotMet, null, null, "M3", "FINE_HANDS",
            OneHanded(0) with { Needs = Marks(Mark.Must, "ONE_HAND_TOOLS") }, Fine(1, ("ONE_HAND_TOOLS", Answer.Offered), ("ALT_INPUT", Answer.NotPossible)));

    [Fact]
    public void M3_bridges_do_not_add_up() => // 0-2 by one and 1-3 by the other make no 0-3
        Comes(Result.NotMet, null, null, "M3", "FOCUS_PACE",
            Anna with { Capacity = Level(Axis.FocusPace, 0), Needs = Marks(Mark.Helps, "OWN_PACE", "JOB_COACH") },
            Inspector with { Demands = Level(Axis.FocusPace, 3), Accommodations = Answers(("OWN_PACE", Answer.Offered), ("JOB_COACH", Answer.Offered)) });

    [Theory]
    [InlineData(Answer.Offered)]
    [InlineData(Answer.OnRequest)]
    [InlineData(null)]
    public void M3_what_staff_check_is_asked_of_the_employer_even_where_offered(Answer? answer)
    {
        foreach (var needs in new[] { Marks(Mark.Must), Marks(Mark.Helps, "JOB_COACH"), Marks(Mark.Must, "JOB_COACH") })
            Comes(Result.Ask, Whom.Employer, "JOB_COACH", "M3", "LEARNING",
                Anna with { Capacity = Level(Axis.Learning, 0), Needs = needs },
                Inspector with { Demands = Level(Axis.Learning, 2), Accommodations = Answers(("JOB_COACH", answer)) });
    }

    [Fact]
    public void M3_what_staff_check_and_is_not_possible_is_no_bridge() =>
        Comes(Result.NotMet, null, null, "M3", "LEARNING",
            Anna with { Capacity = Level(Axis.Learning, 0), Needs = Marks(Mark.Helps, "JOB_COACH") },
            Inspector with { Demands = Level(Axis.Learning, 2), Accommodations = Answers(("JOB_COACH", Answer.NotPossible)) });

    [Fact]
    public void M3_what_helps_only_in_the_selection_is_no_bridge() => // INTERVIEW_ADJUST has PEOPLE 0-2
        Comes(Result.NotMet, null, null, "M3", "PEOPLE",
            Anna with { Capacity = Level(Axis.People, 0), Needs = Marks(Mark.Must, "INTERVIEW_ADJUST") },
            Inspector with { Demands = Level(Axis.People, 2), Accommodations = Answers(("INTERVIEW_ADJUST", Answer.Offered), ("TASK_SWAP", Answer.NotPossible), ("JOB_COACH", Answer.NotPossible)) });

    [Fact]
    public void M3_what_is_on_site_is_no_bridge_from_home() // LARGE_PRINT is, LIGHT_ADJUST is not
    {
        var seeker = Anna with { Capacity = Level(Axis.Seeing, 1), Needs = Marks(Mark.Helps, "LIGHT_ADJUST") };
        var position = Inspector with { Demands = Level(Axis.Seeing, 2), Accommodations = Answers([("LIGHT_ADJUST", Answer.Offered), .. NoneOf(Axis.Seeing, "LIGHT_ADJUST")]) };
        Comes(Result.Met, null, "LIGHT_ADJUST", "M3", "SEEING", seeker, position);
        Comes(Result.NotMet, null, null, "M3", "SEEING", seeker, position with { Place = Place.Remote });
    }

    [Fact]
    public void M3_the_way_plays_no_part_from_home()
    {
        var (seeker, position) = (Anna with { Capacity = Level(Axis.Travel, 0) }, Inspector with { Demands = Level(Axis.Travel, 3), Place = Place.Remote });
        Assert.DoesNotContain(Judge(seeker, position).Rules, x => x.About == "TRAVEL");
        Assert.Equal(Result.NotMet, Judge(seeker, position with { Place = Place.OnSite }).Row("M3", "TRAVEL").Result);
    }

    [Fact]
    public void M3_the_best_of_several_bridges_counts() // LEARNING 1-2: EASY_READ 11, GRADUAL_START 29, WRITTEN_STEPS 30, SHOWN_TRAINING 31, FIXED_ROUTINE 32, JOB_COACH 35 (staff), MENTOR 36
    {
        var best = new (Answer? Easy, Answer? Gradual, Answer? Written, Result, Whom?, string By)[]
        {
            (Answer.OnRequest, Answer.NotPossible, Answer.Offered, Result.Met, null, "WRITTEN_STEPS"),
            (Answer.NotPossible, null, Answer.OnRequest, Result.MetIfArranged, null, "WRITTEN_STEPS"),
            (Answer.NotPossible, Answer.NotPossible, null, Result.Ask, Whom.Employer, "WRITTEN_STEPS"),
            (Answer.NotPossible, Answer.NotPossible, Answer.NotPossible, Result.Ask, Whom.Employer, "JOB_COACH"),
        };
        foreach (var (easy, gradual, written, result, whom, by) in best)
            Comes(result, whom, by, "M3", "LEARNING",
                Anna with { Capacity = Level(Axis.Learning, 1), Needs = Marks(Mark.Helps, "EASY_READ", "GRADUAL_START", "WRITTEN_STEPS") },
                Inspector with { Demands = Level(Axis.Learning, 2), Accommodations = Answers(("EASY_READ", easy), ("GRADUAL_START", gradual), ("WRITTEN_STEPS", written)) });
    }

    [Theory]
    [InlineData("HELPS", "HELPS", "EASY_READ")] // equal marks: the lower sort
    [InlineData("HELPS", "MUST", "WRITTEN_STEPS")]
    [InlineData("MUST", "HELPS", "EASY_READ")]
    [InlineData("MUST", "MUST", "EASY_READ")]
    public void M3_of_equal_bridges_a_must_stands_before_helps_and_then_the_list_decides(string easy, string written, string by) =>
        Comes(Result.Met, null, by, "M3", "LEARNING",
            Anna with
            {
                Capacity = Level(Axis.Learning, 1),
                Needs = new Dictionary<string, Mark> { ["EASY_READ"] = CodeLists.Parse<Mark>(easy)!.Value, ["WRITTEN_STEPS"] = CodeLists.Parse<Mark>(written)!.Value },
            },
            Inspector with { Demands = Level(Axis.Learning, 2), Accommodations = Answers(("EASY_READ", Answer.Offered), ("WRITTEN_STEPS", Answer.Offered)) });

    [Fact]
    public void M3_asking_the_employer_about_a_mark_stands_before_staff_checks_by_the_mark() => // EQUIPMENT_LOAN 23 (staff) sorts before WRITTEN_STEPS 30
        Comes(Result.Ask, Whom.Employer, "WRITTEN_STEPS", "M3", "HEARING",
            Anna with { Capacity = Level(Axis.Hearing, 1), Needs = Marks(Mark.Helps, "WRITTEN_STEPS") },
            Inspector with { Demands = Level(Axis.Hearing, 2), Accommodations = Answers() });

    [Fact]
    public void M3_working_partly_from_home_offers_work_from_home_whatever_was_stated() =>
        Comes(Result.Met, null, "REMOTE_WORK", "M3", "TRAVEL",
            Anna with { Capacity = Level(Axis.Travel, 0), Needs = Marks(Mark.Helps, "REMOTE_WORK") },
            Inspector with { Demands = Level(Axis.Travel, 2), Place = Place.Hybrid, Accommodations = Answers(("REMOTE_WORK", Answer.NotPossible)) });

    // M4

    [Theory]
    [InlineData(Answer.Offered, Result.Met, null)]
    [InlineData(Answer.OnRequest, Result.MetIfArranged, null)]
    [InlineData(null, Result.Ask, Whom.Employer)]
    [InlineData(Answer.NotPossible, Result.NotMet, null)]
    public void M4_every_need_marked_must_counts_as_it_is_answered(Answer? answer, Result result, Whom? whom)
    {
        foreach (var need in Codes.Accommodations)
            Comes(result, whom, null, "M4", need.Code, Anna with { Needs = Marks(Mark.Must, need.Code) }, Inspector with { Shifts = [Shift.Night], Accommodations = Answers((need.Code, answer)) });
    }

    [Fact]
    public void M4_a_need_that_only_helps_is_no_must() =>
        Assert.DoesNotContain(Judge(Anna with { Needs = Marks(Mark.Helps, "STEP_FREE") }).Rules, x => x.Rule == "M4");

    [Fact]
    public void M4_needs_at_the_workplace_play_no_part_from_home_and_others_do()
    {
        foreach (var need in Codes.Accommodations.Where(x => x.Code != "REMOTE_WORK"))
        {
            var rows = Judge(Anna with { Needs = Marks(Mark.Must, need.Code) }, Inspector with { Place = Place.Remote, Shifts = null, Accommodations = Answers((need.Code, Answer.NotPossible)) }).Rules;
            Assert.Equal(need.OnSite ? [] : [Result.NotMet], rows.Where(x => x.Rule == "M4").Select(x => x.Result));
        }
    }

    [Theory]
    [InlineData(Place.Remote, Result.Met)]
    [InlineData(Place.Hybrid, Result.Met)]
    [InlineData(Place.OnSite, Result.NotMet)]
    [InlineData(Place.Mobile, Result.NotMet)]
    [InlineData(Place.Base, Result.NotMet)]
    public void M4_work_from_home_follows_from_the_place(Place place, Result result) =>
        Comes(result, null, null, "M4", "REMOTE_WORK", Anna with { Needs = Marks(Mark.Must, "REMOTE_WORK"), Places = null }, Inspector with { Place = place, Accommodations = Answers(("REMOTE_WORK", Answer.NotPossible)) });

    [Theory]
    [InlineData(Answer.NotPossible, Result.Met, Shift.Day)]
    [InlineData(Answer.NotPossible, Result.Met, Shift.TwoShift, Shift.Evening)]
    [InlineData(Answer.NotPossible, Result.NotMet, Shift.Day, Shift.Night)]
    [InlineData(Answer.NotPossible, Result.NotMet, Shift.ThreeShift)]
    [InlineData(Answer.OnRequest, Result.MetIfArranged, Shift.ThreeShift)]
    [InlineData(Answer.OnRequest, Result.MetIfArranged)] // shifts not stated
    public void M4_no_night_shift_follows_from_stated_shifts(Answer answer, Result result, params Shift[] shifts) =>
        Comes(result, null, null, "M4", "NO_NIGHT_SHIFT",
            Anna with { Needs = Marks(Mark.Must, "NO_NIGHT_SHIFT"), AvoidShifts = new Dictionary<Shift, Avoidance>() },
            Inspector with { Shifts = shifts.Length == 0 ? null : shifts, Accommodations = Answers(("NO_NIGHT_SHIFT", answer)) });

    [Theory]
    [InlineData("2025-11-22", Result.Met)] // twelve months to the day
    [InlineData("2025-11-21", Result.Ask)]
    [InlineData("2027-05-01", Result.Met)]
    [InlineData("9999-12-31", Result.Met)]
    public void M4_an_answer_counts_for_twelve_months(string on, Result result) =>
        Comes(result, result == Result.Ask ? Whom.Employer : null, null, "M4", "STEP_FREE",
            position: Inspector with { Accommodations = new Dictionary<string, StatedAnswer> { ["STEP_FREE"] = new(Answer.Offered, DateOnly.Parse(on, null)) } });

    [Theory]
    [InlineData("2025-02-28", true)] // from 29 February to the last of February
    [InlineData("2025-03-01", false)]
    public void M4_an_answer_of_a_leap_day_counts_until_the_end_of_february(string today, bool counts) =>
        Assert.Equal(counts ? Answer.Offered : null,
            Policy.AnswerOf(Inspector with { Accommodations = new Dictionary<string, StatedAnswer> { ["STEP_FREE"] = new(Answer.Offered, new(2024, 2, 29)) } }, "STEP_FREE", DateOnly.Parse(today, null)));

    [Fact]
    public void M4_an_answer_that_follows_does_not_age() =>
        Assert.Equal(Answer.Offered, Policy.AnswerOf(
            Inspector with { Place = Place.Hybrid, Accommodations = new Dictionary<string, StatedAnswer> { ["REMOTE_WORK"] = new(Answer.OnRequest, new(2020, 1, 1)) } }, "REMOTE_WORK", Today));

    // M5

    [Fact]
    public void M5_is_judged_alike_for_every_exposure()
    {
        foreach (var exposure in Enum.GetValues<Exposure>())
        {
            var (code, seeker) = (CodeLists.CodeOf(exposure), Anna with { AvoidExposures = Avoids(exposure, Avoidance.MustAvoid) });
            Comes(Result.Met, null, null, "M5", code, seeker, Inspector with { Exposures = There(exposure, false) });
            Comes(Result.Ask, Whom.Employer, null, "M5", code, seeker, Inspector with { Exposures = new Dictionary<Exposure, bool>() });
            Comes(Result.NotMet, null, null, "M5", code, seeker, Inspector with { Exposures = There(exposure, true) });
            Assert.DoesNotContain(Judge(seeker, Inspector with { Exposures = There(exposure, true), Place = Place.Remote }).Rules, x => x.About == code);
            Assert.DoesNotContain(Judge(Anna with { AvoidExposures = Avoids(exposure, Avoidance.RatherNot) }, Inspector with { Exposures = There(exposure, true) }).Rules, x => x.About == code);
        }
    }

    [Fact]
    public void M5_what_relieves_is_asked_about_only_where_offered_and_relieving()
    {
        foreach (var exposure in Enum.GetValues<Exposure>())
            foreach (var help in Codes.Accommodations)
                foreach (var answer in new Answer?[] { Answer.Offered, Answer.OnRequest, null, Answer.NotPossible })
                {
                    var relieved = answer == Answer.Offered && help.Relieves.Contains(exposure);
                    Comes(relieved ? Result.Ask : Result.NotMet, relieved ? Whom.Employer : null, relieved ? help.Code : null, "M5", CodeLists.CodeOf(exposure),
                        Anna with { AvoidExposures = Avoids(exposure, Avoidance.MustAvoid) },
                        Inspector with { Exposures = There(exposure, true), Accommodations = Answers((help.Code, answer)) });
                }
    }

    [Fact]
    public void M5_working_partly_from_home_relieves_noise() =>
        Comes(Result.Ask, Whom.Employer, "REMOTE_WORK", "M5", "NOISE", position: Inspector with { Place = Place.Hybrid, Exposures = There(Exposure.Noise, true) });

    [Fact]
    public void M5_a_shift_is_in_those_that_hold_it()
    {
        var holding = new Dictionary<Shift, Shift[]>
        {
            [Shift.Night] = [Shift.Night, Shift.ThreeShift],
            [Shift.Evening] = [Shift.Evening, Shift.TwoShift, Shift.ThreeShift],
        };
        foreach (var avoided in Enum.GetValues<Shift>())
            foreach (var stated in Enum.GetValues<Shift>())
            {
                var seeker = Anna with { AvoidShifts = new Dictionary<Shift, Avoidance> { [avoided] = Avoidance.MustAvoid } };
                var among = holding.GetValueOrDefault(avoided, [avoided]).Contains(stated);
                Comes(among ? Result.NotMet : Result.Met, null, null, "M5", CodeLists.CodeOf(avoided), seeker, Inspector with { Shifts = [stated] });
                Comes(Result.Ask, Whom.Employer, null, "M5", CodeLists.CodeOf(avoided), seeker, Inspector with { Shifts = null });
            }
    }

    [Fact]
    public void M5_shifts_matter_from_home_too() =>
        Comes(Result.NotMet, null, null, "M5", "NIGHT", position: Inspector with { Place = Place.Remote, Shifts = [Shift.Day, Shift.Night] });

    // M6

    [Fact]
    public void M6_schooling_is_enough_from_the_level_asked_for()
    {
        foreach (var has in Enum.GetValues<Education>())
            foreach (var least in Enum.GetValues<Education>())
                IsMet("M6", null, has >= least, Anna with { Education = has }, Inspector with { EducationMin = least });
    }

    [Theory]
    [InlineData(null, Education.Senior, Result.Ask)]
    [InlineData(null, null, Result.Met)]
    [InlineData(Education.None, null, Result.Met)]
    public void M6_schooling_not_stated_is_asked_where_it_is_asked_for(Education? has, Education? least, Result result) =>
        Comes(result, result == Result.Ask ? Whom.You : null, null, "M6", null, Anna with { Education = has }, Inspector with { EducationMin = least });

    [Theory]
    [InlineData("FOOD_SAFETY", null, Result.Met)]
    [InlineData("", "FOOD_SAFETY", Result.Met)] // from the skills
    [InlineData(null, "FOOD_SAFETY", Result.Met)]
    [InlineData("", null, Result.NotMet)]
    [InlineData("", "", Result.NotMet)]
    [InlineData(null, "", Result.Ask)]
    [InlineData(null, null, Result.Ask)]
    public void M6_a_licence_is_held_from_licences_or_skills(string? licences, string? skills, Result result) =>
        Comes(result, result == Result.Ask ? Whom.You : null, null, "M6", "FOOD_SAFETY", Anna with { Licences = Listed(licences), Skills = Listed(skills) });

    // M7

    [Theory]
    [InlineData("VISUAL_INSPECTION", Result.Met)]
    [InlineData("TYPING", Result.NotMet)]
    [InlineData("", Result.NotMet)]
    [InlineData(null, Result.Ask)]
    public void M7_a_coded_skill_must_be_held(string? skills, Result result) =>
        Comes(result, result == Result.Ask ? Whom.You : null, null, "M7", "VISUAL_INSPECTION", Anna with { Skills = Listed(skills) });

    [Fact]
    public void M7_free_text_never_filters() =>
        Assert.DoesNotContain(Judge(position: Inspector with { SkillsRequired = ["会看图纸"] }).Rules, x => x.Rule == "M7");

    [Fact]
    public void M7_optional_skills_never_filter() => OnlyBreaks(null, position: Inspector with { SkillsOptional = ["TYPING"] });

    // M8

    [Fact]
    public void M8_the_contract_is_one_that_the_seeker_takes()
    {
        foreach (var contract in Enum.GetValues<Contract>())
        {
            IsMet("M8", null, contract is Contract.OpenEnded or Contract.FixedTerm, position: Inspector with { Contract = contract });
            IsMet("M8", null, true, Anna with { Contracts = [] }, Inspector with { Contract = contract });
            IsMet("M8", null, true, Anna with { Contracts = null }, Inspector with { Contract = contract });
        }
        IsMet("M8", null, true, position: Inspector with { Contract = null });
    }

    // M9

    [Theory]
    [InlineData(40, 40, null, Result.Met, null, null)]
    [InlineData(41, 40, Answer.Offered, Result.Met, null, "PART_TIME")]
    [InlineData(41, 40, Answer.OnRequest, Result.MetIfArranged, null, "PART_TIME")]
    [InlineData(41, 40, null, Result.Ask, Whom.Employer, "PART_TIME")]
    [InlineData(41, 40, Answer.NotPossible, Result.NotMet, null, null)]
    [InlineData(null, 40, Answer.NotPossible, Result.Met, null, null)]
    [InlineData(41, null, Answer.NotPossible, Result.Met, null, null)]
    public void M9_hours_over_the_most_need_a_shorter_week(int? hours, int? max, Answer? partTime, Result result, Whom? whom, string? by) =>
        Comes(result, whom, by, "M9", null, Anna with { HoursPerWeek = new(20, max) },
            Inspector with { HoursPerWeek = hours, Accommodations = Answers(("PART_TIME", partTime), ("STEP_FREE", Answer.Offered)) });

    [Fact]
    public void M9_hours_below_the_wish_are_no_must() => OnlyBreaks(null, position: Inspector with { HoursPerWeek = 1 });

    // M10

    [Theory]
    [InlineData(3000, PayPeriod.Month, null, 3000, true)]
    [InlineData(3000, PayPeriod.Month, null, 3001, false)]
    [InlineData(36000, PayPeriod.Year, null, 3000, true)]
    [InlineData(35999, PayPeriod.Year, null, 3000, false)] // compared with 12 × floor, never 35999/12 rounded
    [InlineData(693, PayPeriod.Week, null, 3000, true)] // 3000.69
    [InlineData(693, PayPeriod.Week, null, 3001, false)]
    [InlineData(100, PayPeriod.Week, null, 433, true)]
    [InlineData(100, PayPeriod.Week, null, 434, false)]
    [InlineData(4, PayPeriod.Day, null, 87, true)]
    [InlineData(4, PayPeriod.Day, null, 88, false)]
    [InlineData(138, PayPeriod.Day, null, 3001, true)] // 3001.5
    [InlineData(138, PayPeriod.Day, null, 3002, false)]
    [InlineData(25, PayPeriod.Hour, 40, 4330, true)]
    [InlineData(25, PayPeriod.Hour, 40, 4331, false)]
    [InlineData(25, PayPeriod.Hour, null, 4330, true)] // 40 hours where not stated
    [InlineData(25, PayPeriod.Hour, null, 4331, false)]
    [InlineData(25, PayPeriod.Hour, 20, 2165, true)]
    [InlineData(25, PayPeriod.Hour, 20, 2166, false)]
    public void M10_pay_of_every_period_is_compared_exactly(int upper, PayPeriod per, int? hours, int floor, bool met) =>
        IsMet("M10", null, met, Anna with { MinPayMonthly = floor }, Inspector with { HoursPerWeek = hours, Pay = new(1, upper, per, false) });

    [Theory]
    [InlineData(PayPeriod.Piece)]
    [InlineData(PayPeriod.Task)]
    [InlineData(PayPeriod.Broadcast)]
    [InlineData(PayPeriod.Commission)]
    public void M10_other_periods_count_only_what_is_guaranteed_and_then_as_a_month(PayPeriod per)
    {
        IsMet("M10", null, true, position: Inspector with { Pay = new(3000, null, per, true) });
        IsMet("M10", null, false, position: Inspector with { Pay = new(2999, null, per, true) });
        Comes(Result.Ask, Whom.Employer, null, "M10", null, position: Inspector with { Pay = new(9000, 9000, per, false) });
    }

    [Fact]
    public void M10_the_upper_figure_counts_else_the_lower()
    {
        IsMet("M10", null, true, position: Inspector with { Pay = new(1000, 3000, PayPeriod.Month, false) });
        IsMet("M10", null, true, position: Inspector with { Pay = new(3000, null, PayPeriod.Month, false) });
        IsMet("M10", null, false, position: Inspector with { Pay = new(2999, null, PayPeriod.Month, false) });
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public void M10_without_a_floor_any_pay_will_do(int? floor)
    {
        IsMet("M10", null, true, Anna with { MinPayMonthly = floor }, Inspector with { Pay = null });
        IsMet("M10", null, true, Anna with { MinPayMonthly = floor }, Inspector with { Pay = new(1, 1, PayPeriod.Month, false) });
    }

    [Fact]
    public void M10_pay_not_stated_is_asked_where_there_is_a_floor()
    {
        Comes(Result.Ask, Whom.Employer, null, "M10", null, position: Inspector with { Pay = null });
        Comes(Result.Ask, Whom.Employer, null, "M10", null, position: Inspector with { Pay = new(null, null, PayPeriod.Month, true) });
    }

    [Fact]
    public void M10_no_pay_is_too_large_to_compare()
    {
        var match = Judge(Anna with { MinPayMonthly = int.MaxValue }, Inspector with { Pay = new(null, int.MaxValue, PayPeriod.Hour, false), HoursPerWeek = 168 });
        Assert.Equal((Result.Met, 100), (match.Row("M10").Result, match.Plus("P5").Tenths));
    }

    // M11

    [Theory]
    [InlineData("2026-05-22", true)] // six months to the day: over
    [InlineData("2026-05-23", false)]
    [InlineData("2026-11-22", false)]
    [InlineData("9999-12-31", false)]
    public void M11_a_decline_of_either_side_counts_for_six_months(string on, bool met)
    {
        var decline = new Decline(DateOnly.Parse(on, null), false);
        IsMet("M11", null, met, Anna with { Declines = new Dictionary<string, Decline> { [Inspector.Id] = decline } });
        IsMet("M11", null, met, position: Inspector with { Declines = new Dictionary<string, Decline> { [Anna.Id] = decline } });
        IsMet("M11", null, met, Anna with { DeclinedBy = new Dictionary<string, Decline> { [Inspector.Id] = decline } });
    }

    [Theory]
    [InlineData("2027-02-27", false)]
    [InlineData("2027-02-28", true)] // from 31 August to the last of February
    public void M11_six_months_end_with_the_month(string today, bool met)
    {
        var seeker = Anna with { Declines = new Dictionary<string, Decline> { [Inspector.Id] = new(new(2026, 8, 31), false) } };
        Assert.Equal(met ? Result.Met : Result.NotMet, Policy.Judge(seeker, Inspector, DateOnly.Parse(today, null), Codes).Row("M11").Result);
    }

    [Theory]
    [InlineData(true, Place.Remote, true)]
    [InlineData(true, Place.OnSite, false)]
    [InlineData(false, Place.Remote, false)]
    public void M11_too_far_does_not_count_from_home(bool tooFar, Place place, bool met) =>
        IsMet("M11", null, met, Anna with { Declines = new Dictionary<string, Decline> { [Inspector.Id] = new(Today, tooFar) } }, Inspector with { Place = place });

    [Fact]
    public void M11_a_decline_of_another_job_or_person_is_nothing() =>
        IsMet("M11", null, true, Anna with { Declines = new Dictionary<string, Decline> { ["p-other"] = new(Today, false) } },
            Inspector with { Declines = new Dictionary<string, Decline> { ["s-other"] = new(Today, false) } });

    // Verdict

    [Fact]
    public void The_verdict_is_the_worst_of_the_musts()
    {
        var needs = Anna with { Needs = Marks(Mark.Must, "STEP_FREE", "CAPTIONS") };
        foreach (var a in new Answer?[] { Answer.Offered, Answer.OnRequest, null, Answer.NotPossible })
            foreach (var b in new Answer?[] { Answer.Offered, Answer.OnRequest, null, Answer.NotPossible })
                Assert.Equal((Verdict)Math.Max(Worth(a), Worth(b)), Judge(needs, Inspector with { Accommodations = Answers(("STEP_FREE", a), ("CAPTIONS", b)) }).Verdict);

        static int Worth(Answer? answer) => answer switch { Answer.Offered => 0, Answer.OnRequest => 1, null => 2, _ => 3 };
    }

    [Fact]
    public void No_must_is_ever_traded_against_points()
    {
        var best = Inspector with { Pay = new(90000, 90000, PayPeriod.Month, true), SiteCheck = new(true, Today), Accommodations = Answers(("STEP_FREE", Answer.NotPossible)) };
        Assert.Equal(Verdict.DoesNotSuit, Judge(position: best).Verdict);
        Assert.True(Judge(position: best).Tenths > Judge().Tenths);
    }

    private const string Chengkou = "500229";

    private static Seeker OneHanded(int can) => Anna with { Capacity = Level(Axis.FineHands, can), Needs = Marks(Mark.Must) };

    private static Position Fine(int asks, params (string, Answer?)[] answers) => Inspector with { Demands = Level(Axis.FineHands, asks), Accommodations = Answers(answers) };

    private static (string, Answer?)[] NoneOf(Axis axis, string but) =>
        [.. Codes.Accommodations.Where(x => x.Code != but && x.Bridges.Any(y => y.Axis == axis)).Select(x => (x.Code, (Answer?)Answer.NotPossible))];

    private static Dictionary<Exposure, Avoidance> Avoids(Exposure exposure, Avoidance word) => new() { [exposure] = word };

    private static Dictionary<Exposure, bool> There(Exposure exposure, bool there) => new() { [exposure] = there };

    private static string[]? Listed(string? entries) => entries switch { null => null, "" => [], _ => [entries] };
}
