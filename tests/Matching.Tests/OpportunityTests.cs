namespace JobMatch.Matching.Tests;

/// <summary>Each kind's own must and plus at their boundary, and that a kind more needs nothing but itself.</summary>
public sealed class OpportunityTests
{
    private static readonly DateOnly Today = new(2027, 2, 20);

    private static Seeker Person(params string[]? skills) => new() { Id = "s", District = "500103", Skills = skills };

    private static Opportunity Of(string kind, string[]? skills = null, params (string Word, int Number)[] details) => new()
    {
        Kind = kind,
        Facts = new() { Id = "o", Title = "x", District = "500103", ClosesOn = Today.AddDays(5), FirstPut = Today, Openings = 2 },
        Skills = skills ?? [],
        Details = details.ToDictionary(x => x.Word, x => x.Number),
    };

    private static OpportunityMatch Judge(Seeker seeker, Opportunity opportunity) => OpportunityKinds.Default.Judge(seeker, opportunity, Today, CodeLists.Default);

    private static (Result Result, Whom? Whom, int Points) Own(Seeker seeker, Opportunity opportunity)
    {
        var match = Judge(seeker, opportunity);
        return (match.Own.Result, match.Own.Whom, match.OwnPlus.Tenths);
    }

    [Fact]
    public void A_course_must_teach_something_new_and_the_more_the_better()
    {
        var course = Of(CourseRun.Name, ["LIVE_HOSTING", "SEWING_MACHINE"]);
        Assert.Equal((Result.Met, null, 100), Own(Person([]), course));
        Assert.Equal((Result.Met, null, 50), Own(Person("LIVE_HOSTING"), course));
        Assert.Equal((Result.NotMet, null, 0), Own(Person("LIVE_HOSTING", "SEWING_MACHINE"), course));
        Assert.Equal((Result.Ask, Whom.You, 100), Own(Person(null), course));
        Assert.Equal(Verdict.DoesNotSuit, Judge(Person("LIVE_HOSTING", "SEWING_MACHINE"), course).Verdict);
    }

    [Fact]
    public void A_courses_prerequisites_are_the_policys_and_a_full_one_is_not_open()
    {
        var course = Of(CourseRun.Name, ["LIVE_HOSTING"]) is var plain ? plain with { Facts = plain.Facts with { SkillsRequired = ["PACKING"] } } : null!;
        Assert.Equal(Verdict.DoesNotSuit, Judge(Person([]), course).Verdict);
        Assert.NotEqual(Verdict.DoesNotSuit, Judge(Person("PACKING"), course).Verdict);
        Assert.Equal(Verdict.DoesNotSuit, Judge(Person("PACKING"), course with { Facts = course.Facts with { Signed = 2 } }).Verdict);
        Assert.False((course with { Facts = course.Facts with { Signed = 2 } }).HasPlaces(Today));
        Assert.True(course.HasPlaces(Today.AddDays(5)));
        Assert.False(course.HasPlaces(Today.AddDays(6)));
    }

    [Theory]
    [InlineData(10, 10, 1, Result.Met)]
    [InlineData(10, 11, 1, Result.NotMet)]
    [InlineData(10, 20, 2, Result.Met)]
    [InlineData(10, 21, 2, Result.NotMet)]
    [InlineData(10, null, 1, Result.Ask)]
    [InlineData(null, 60, 1, Result.Met)]
    public void An_assignment_takes_no_more_hours_than_are_wanted_in_a_week(int? most, int? hours, int weeks, Result result)
    {
        var one = Of("FLEXIBLE_ASSIGNMENT", null, hours is { } stated ? [("hours", stated), ("weeks", weeks)] : [("weeks", weeks)]);
        Assert.Equal(result, Own(Person(null) with { HoursPerWeek = most is null ? null : new(null, most) }, one).Result);
    }

    [Theory]
    [InlineData(10, 0, 0)]
    [InlineData(10, 150, 50)]
    [InlineData(10, 300, 100)]
    [InlineData(10, 900, 100)]
    public void An_assignments_points_are_its_pay_by_the_hour(int hours, int paid, int points) =>
        Assert.Equal(points, Own(Person(null), Of("FLEXIBLE_ASSIGNMENT", null, ("hours", hours), ("paidYuan", paid))).Points);

    [Theory]
    [InlineData(0, 30, Result.Met)]
    [InlineData(0, 31, Result.NotMet)]
    [InlineData(1, 60, Result.Met)]
    [InlineData(1, 61, Result.NotMet)]
    [InlineData(2, 120, Result.Met)]
    [InlineData(2, 121, Result.NotMet)]
    [InlineData(3, 600, Result.Met)]
    [InlineData(null, 30, Result.Met)]
    [InlineData(null, 31, Result.Ask)]
    [InlineData(2, null, Result.Ask)]
    public void Time_on_air_is_no_longer_than_endurance_bears(int? endurance, int? minutes, Result result)
    {
        var seeker = Person("LIVE_HOSTING") with { Capacity = endurance is { } level ? new Dictionary<Axis, int> { [Axis.Endurance] = level } : new Dictionary<Axis, int>() };
        var own = Own(seeker, Of("LIVESTREAM_SLOT", null, minutes is { } stated ? [("minutes", stated)] : []));
        Assert.Equal((result, 100), (own.Result, own.Points));
        Assert.Equal(0, Own(Person([]), Of("LIVESTREAM_SLOT", null, ("minutes", 30))).Points);
    }

    [Fact]
    public void A_contest_asks_for_something_of_what_it_is_about()
    {
        var contest = Of("CONTEST", ["LIVE_HOSTING", "SEWING_MACHINE"]);
        Assert.Equal((Result.Met, null, 50), Own(Person("LIVE_HOSTING"), contest));
        Assert.Equal((Result.NotMet, null, 0), Own(Person([]), contest));
        Assert.Equal((Result.Ask, Whom.You, 0), Own(Person(null), contest));
        Assert.Equal(Result.Met, Own(Person([]), Of("CONTEST")).Result);
    }

    [Fact]
    public void A_place_for_a_firm_is_for_those_who_would_work_for_themselves()
    {
        var place = Of("INCUBATION_PLACE");
        Assert.Equal((Result.Met, null, 0), Own(Person(null), place));
        Assert.Equal((Result.Met, null, 100), Own(Person(null) with { Contracts = [Contract.SelfEmployed, Contract.PartTime] }, place));
        Assert.Equal((Result.NotMet, null, 0), Own(Person(null) with { Contracts = [Contract.PartTime] }, place));
    }

    [Fact]
    public void A_position_is_judged_by_the_whole_policy_and_by_its_openings()
    {
        var position = Of("POSITION");
        var match = Judge(Person(null), position);
        var plain = Policy.Judge(Person(null), position.Facts, Today, CodeLists.Default);
        Assert.Equal((plain.Verdict, plain.Tenths + 20), (match.Verdict, match.Tenths));
        Assert.Equal((Result.NotMet, null, 0), Own(Person(null), position with { Facts = position.Facts with { Signed = 2 } }));
    }

    [Fact]
    public void What_the_policy_says_of_places_and_needs_holds_for_every_kind_and_points_add_up()
    {
        var seeker = Person("LIVE_HOSTING") with { Needs = new Dictionary<string, Mark> { ["STEP_FREE"] = Mark.Must } };
        foreach (var kind in OpportunityKinds.Default.All)
        {
            var one = Of(kind.Code, null, ("minutes", 30), ("hours", 1));
            Assert.NotEqual(Verdict.DoesNotSuit, Judge(seeker, one).Verdict);
            var without = one with { Facts = one.Facts with { Accommodations = new Dictionary<string, StatedAnswer> { ["STEP_FREE"] = new(Answer.NotPossible, Today) } } };
            Assert.Equal(Verdict.DoesNotSuit, Judge(seeker, without).Verdict);
            var match = Judge(seeker, one);
            Assert.Equal(match.Match.Pluses.Sum(row => row.Tenths), match.Tenths);
            // A course is no job, and what it is called makes no sentence longer.
            Assert.Equal(kind is PostedPosition, kind.Noun is null);
            Assert.True(kind.Noun is null or { Zh.Length: 2 });
            foreach (var audience in Enum.GetValues<Audience>().Where(_ => kind.Noun is not null))
                foreach (var judged in (OpportunityMatch[])[match, Judge(seeker, without)])
                {
                    Assert.All(judged.Match.Rules, row => Assert.DoesNotContain("岗位", judged.Say(row, audience, Language.Chinese, CodeLists.Default), StringComparison.Ordinal));
                    Assert.All(judged.Match.Rules, row => Assert.DoesNotMatch(@"\b(job|posting|employer)s?\b", judged.Say(row, audience, Language.English, CodeLists.Default)));
                    Assert.All(judged.Match.Pluses, row => Assert.DoesNotContain("岗位", judged.Say(row, audience, Language.Chinese, CodeLists.Default), StringComparison.Ordinal));
                }
            Assert.All(kind.Rules, id => Assert.True(Policy.Musts.Any(x => x.Id == id) || Policy.Pluses.Any(x => x.Id == id)));
        }
    }

    [Fact]
    public void Every_kind_says_every_result_to_every_audience_in_both_languages_in_few_words()
    {
        foreach (var kind in OpportunityKinds.Default.All)
            foreach (var voices in (Voices[])[kind.MustSays(Ruling.Met), kind.MustSays(Ruling.NotMet), kind.MustSays(Ruling.AskYou), kind.MustSays(Ruling.AskEmployer), kind.PlusSays])
                foreach (var audience in Enum.GetValues<Audience>())
                {
                    Assert.InRange(voices.To(audience).Zh.Length, 1, Sentences.LongestZh);
                    Assert.NotEmpty(voices.To(audience).En);
                    // Organisers and staff do not read "you" for the person.
                    Assert.True(audience == Audience.Seeker || !voices.To(audience).Zh.Contains('您'));
                }
        Assert.Equal(OpportunityKinds.Default.All.Count, OpportunityKinds.Default.All.DistinctBy(x => x.Code).DistinctBy(x => x.Label.Zh).Count());
    }
}
