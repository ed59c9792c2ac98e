using Xunit.Abstractions;
using static JobMatch.Matching.Tests.Pairs;

namespace JobMatch.Matching.Tests;

/// <summary>Every count against change it, judge again by the readable rules, subtract.</summary>
public class NearMissTests(ITestOutputHelper output)
{
    private const int Cases = 1_000;

    private readonly Numbering numbering = new(Codes);

    private static bool WouldSuit(Seeker seeker, Position position) => Policy.VerdictOf(seeker, position, Today, Codes) <= Verdict.SuitsIfArranged;

    private static bool Asks(Seeker seeker, Position position) => Policy.VerdictOf(seeker, position, Today, Codes) == Verdict.AskFirst;

    private static Position With(Position position, string code, Answer answer) =>
        position with { Accommodations = new Dictionary<string, StatedAnswer>(position.Accommodations) { [code] = new(answer, Today) } };

    [Fact]
    public void What_an_offer_opens_to_how_many_is_what_judging_everybody_again_and_subtracting_gives()
    {
        var opened = 0;
        foreach (var (position, people) in Crowds.Around(Cases, people: 10, seed: 61))
        {
            var found = NearMisses.Of(position, Today, numbering, new SeekerShard(numbering, people.Select(x => (x, 0))).Columns).Offers;
            var suiting = people.Count(x => WouldSuit(x, position));
            var offers = Codes.Accommodations.Where(x => Policy.AnswerOf(position, x.Code, Today) != Answer.Offered && !(x.OnSite && position.Place == Place.Remote));
            Assert.Equal(offers.Select(x => new Effect(new(ChangeKind.Offer, x.Code), people.Count(one => WouldSuit(one, With(position, x.Code, Answer.Offered))) - suiting)), found);
            opened += found.Any(x => x.Count > 0) ? 1 : 0;
        }
        output.WriteLine($"{opened} of {Cases} positions would open to somebody with one offer more");
        Assert.InRange(opened, Cases / 10, Cases);
    }

    [Fact]
    public void A_question_settles_exactly_those_who_are_asked_about_now_and_not_whatever_the_answer()
    {
        var settled = new Dictionary<ChangeKind, int>();
        var random = new Random(62);
        foreach (var (position, people) in Crowds.Around(Cases, people: 10, seed: 63))
        {
            var asked = people.Where(x => Asks(x, position)).ToList();
            var found = NearMisses.Of(position, Today, numbering, new SeekerShard(numbering, people.Select(x => (x, 0))).Columns).Questions;
            // None is left out that would settle somebody: so the best five of these are the best five of all.
            foreach (var question in Changes.Questions(Codes).Where(x => IsOpen(position, x)).Except(found.Select(x => x.Change)))
                Assert.DoesNotContain(asked, x => !EveryAnswer(position, question, random).Any(answered => Asks(x, answered)));
            foreach (var (question, count) in found)
            {
                var answers = EveryAnswer(position, question, random).ToList();
                Assert.Equal((question, asked.Count(x => !answers.Exists(answered => Asks(x, answered)))), (question, count));
                settled[question.Kind] = settled.GetValueOrDefault(question.Kind) + count;
            }
        }
        foreach (var (kind, count) in settled)
            output.WriteLine($"{kind,-13} settles {count}");
        Assert.All(new[] { ChangeKind.Pay, ChangeKind.Shifts, ChangeKind.Lodging, ChangeKind.Demand, ChangeKind.Exposure, ChangeKind.Accommodation }, x => Assert.True(settled[x] > 20, $"{x}: {settled[x]}"));
    }

    // More than the engine tries: sets of shifts, amounts between the extremes, each period.
    private static IEnumerable<Position> EveryAnswer(Position position, Change question, Random random) => question.Kind switch
    {
        ChangeKind.Pay => new[] { 0, 1, 1000, 2999, 3000, 5000, 10_000_000 }.SelectMany(yuan =>
            new[] { new Pay(yuan, null, PayPeriod.Month, false), new(yuan, yuan, PayPeriod.Piece, true), new(null, yuan, PayPeriod.Day, false) }.Select(pay => position with { Pay = pay })),
        ChangeKind.Shifts => Enumerable.Range(1, 1023).Where(set => int.IsPow2(set) || random.Next(40) == 0)
            .Select(set => position with { Shifts = [.. Enum.GetValues<Shift>().Where(x => (set >> (int)x & 1) == 1)] }),
        ChangeKind.Lodging => Enum.GetValues<Lodging>().Select(x => position with { Lodging = x }),
        ChangeKind.Demand => Enumerable.Range(0, 4).Select(x => position with { Demands = new Dictionary<Axis, int>(position.Demands) { [CodeLists.Parse<Axis>(question.About!)!.Value] = x } }),
        ChangeKind.Exposure => new[] { true, false }.Select(x => position with { Exposures = new Dictionary<Exposure, bool>(position.Exposures) { [CodeLists.Parse<Exposure>(question.About!)!.Value] = x } }),
        _ => Enum.GetValues<Answer>().Select(x => With(position, question.About!, x)),
    };

    [Fact]
    public void What_opens_more_positions_to_a_seeker_is_what_judging_them_all_again_and_subtracting_gives()
    {
        var opened = new Dictionary<ChangeKind, int>();
        var random = new Random(64);
        foreach (var (seeker, positions) in Crowds.Near(Cases, positions: 8, seed: 65))
        {
            var found = NearMisses.Of(seeker, numbering, new PositionShard(numbering, Today, positions.Select(x => (x, 0))).Columns);
            var now = positions.Count(x => WouldSuit(seeker, x));
            Assert.Equal(
                Best(Changes.Questions(Codes).Select(question => new Effect(question, positions.Count(x => WouldSuit(seeker, x) || IsOpen(x, question) && EveryAnswer(x, question, random).Any(y => WouldSuit(seeker, y))) - now))),
                found.Questions);
            Assert.Equal(Best(OwnAnswers(seeker).Select(x => new Effect(x.Change, x.Answers.Max(then => positions.Count(y => WouldSuit(then, y))) - now))), found.Answers);
            Assert.Equal(Best(Courses(seeker).Select(x => new Effect(x.Change, positions.Count(y => WouldSuit(x.Then, y)) - now))), found.Courses);
            foreach (var (change, count) in found.Questions.Concat(found.Answers).Concat(found.Courses))
                opened[change.Kind] = opened.GetValueOrDefault(change.Kind) + count;
        }
        foreach (var (kind, count) in opened)
            output.WriteLine($"{kind,-13} opens {count}");
        Assert.All(Enum.GetValues<ChangeKind>().Where(x => x != ChangeKind.Offer), x => Assert.True(opened.GetValueOrDefault(x) >= 5, $"{x}: {opened.GetValueOrDefault(x)}"));

        static IEnumerable<Effect> Best(IEnumerable<Effect> effects) => effects.Where(x => x.Count > 0).OrderByDescending(x => x.Count);
    }

    private static bool IsOpen(Position position, Change question) => question.Kind switch
    {
        ChangeKind.Pay => Judge(Anna with { MinPayMonthly = 1 }, position).Row("M10").Result == Result.Ask,
        ChangeKind.Shifts => position.Shifts is null,
        ChangeKind.Lodging => position.Lodging is null,
        ChangeKind.Demand => !position.Demands.ContainsKey(CodeLists.Parse<Axis>(question.About!)!.Value),
        ChangeKind.Exposure => !position.Exposures.ContainsKey(CodeLists.Parse<Exposure>(question.About!)!.Value),
        _ => Policy.AnswerOf(position, question.About!, Today) is null,
    };

    // Every answer that the form takes, or as good as.
    private static IEnumerable<(Change Change, IEnumerable<Seeker> Answers)> OwnAnswers(Seeker seeker)
    {
        foreach (var axis in Enum.GetValues<Axis>().Where(x => !seeker.Capacity.ContainsKey(x)))
            yield return (new(ChangeKind.Capacity, CodeLists.CodeOf(axis)), Enumerable.Range(0, 4).Select(level => seeker with { Capacity = new Dictionary<Axis, int>(seeker.Capacity) { [axis] = level } }));
        foreach (var one in Codes.Accommodations.Where(x => !seeker.Needs.ContainsKey(x.Code)))
            yield return (new(ChangeKind.Mark, one.Code), Enum.GetValues<Mark>().Select(mark => seeker with { Needs = new Dictionary<string, Mark>(seeker.Needs) { [one.Code] = mark } }));
        var skills = Codes.Skills.ToLookup(x => x.Kind == SkillKind.Licence, x => x.Code);
        if (seeker.Skills is null)
            yield return (new(ChangeKind.Skills), [seeker with { Skills = [] }, seeker with { Skills = [.. skills[false].Take(20)] }, seeker with { Skills = [.. skills[false]] }]);
        if (seeker.Licences is null)
            yield return (new(ChangeKind.Licences), [seeker with { Licences = [] }, seeker with { Licences = [.. skills[true].Take(3)] }, seeker with { Licences = [.. skills[true]] }]);
        if (seeker.Education is null)
            yield return (new(ChangeKind.Education), Enum.GetValues<Education>().Select(x => seeker with { Education = x }));
        if (seeker.CommuteMinutes is null)
            yield return (new(ChangeKind.Commute), new[] { 15, 30, 45, 60, 90, 120 }.Select(x => seeker with { CommuteMinutes = x }));
        if (seeker.Lodging is null)
            yield return (new(ChangeKind.Bed), Enum.GetValues<LodgingWish>().Select(x => seeker with { Lodging = x }));
    }

    private static IEnumerable<(Change Change, Seeker Then)> Courses(Seeker seeker)
    {
        foreach (var skill in Codes.Skills)
            if (skill.Kind == SkillKind.Licence)
            {
                if (seeker.Licences is { } papers && !papers.Concat(seeker.Skills ?? []).Contains(skill.Code))
                    yield return (new(ChangeKind.Licence, skill.Code), seeker with { Licences = [.. papers, skill.Code] });
            }
            else if (seeker.Skills is { } skills && !skills.Contains(skill.Code))
                yield return (new(ChangeKind.Skill, skill.Code), seeker with { Skills = [.. skills, skill.Code] });
        if (seeker.Education is { } has && has != Education.Doctor)
            yield return (new(ChangeKind.Schooling, CodeLists.CodeOf(has + 1)), seeker with { Education = has + 1 });
    }

    [Fact]
    public void A_need_is_unmet_where_nothing_suits_and_something_would_if_every_position_offered_it()
    {
        var (without, unmet) = (0, 0);
        foreach (var (seeker, positions) in Crowds.Near(Cases, positions: 3, seed: 65))
            foreach (var need in NearMisses.Needs(seeker, numbering, new PositionShard(numbering, Today, positions.Select(x => (x, 0))).Columns))
            {
                Assert.True(seeker.Needs.ContainsKey(need.Accommodation));
                Assert.Equal(!positions.Exists(x => WouldSuit(seeker, x)), need.Without);
                Assert.Equal(need.Without && positions.Exists(x => WouldSuit(seeker, With(x, need.Accommodation, Answer.Offered))), need.Unmet);
                without += need.Without ? 1 : 0;
                unmet += need.Unmet ? 1 : 0;
            }
        output.WriteLine($"{without} marks of people without a position, {unmet} unmet needs");
        Assert.InRange(unmet, 50, without - 50);
    }

    private PositionColumns Only(Position position) => new PositionShard(numbering, Today, [(position, 0)]).Columns;

    [Theory]
    [InlineData(null, true)]
    [InlineData(Shift.Night, true)]
    [InlineData(Shift.Night, false, "NO_NIGHT_SHIFT")]
    [InlineData(Shift.Day, true, "NO_NIGHT_SHIFT")]
    public void Stated_shifts_open_a_position_where_one_is_left_that_need_not_be_avoided(Shift? left, bool opens, params string[] musts)
    {
        var avoided = Enum.GetValues<Shift>().Where(x => left is null ? x == Shift.Night : x != left && !(left == Shift.Night && x == Shift.ThreeShift)).ToDictionary(x => x, _ => Avoidance.MustAvoid);
        var seeker = Anna with { AvoidShifts = avoided, Needs = Musts(["STEP_FREE", .. musts]) };
        Assert.Equal(opens, NearMisses.Of(seeker, numbering, Only(Inspector with { Shifts = null })).Questions.Contains(new(new(ChangeKind.Shifts), 1)));
    }

    [Fact]
    public void Stated_shifts_open_nothing_to_who_must_avoid_them_all() =>
        Assert.Empty(NearMisses.Of(Anna with { AvoidShifts = Enum.GetValues<Shift>().ToDictionary(x => x, _ => Avoidance.MustAvoid) }, numbering, Only(Inspector with { Shifts = null })).Questions);

    [Theory]
    [InlineData(Place.OnSite, true)]
    [InlineData(Place.Remote, false)]
    public void What_helps_on_site_only_is_no_unmet_need_where_all_work_is_remote(Place place, bool unmet)
    {
        var seeker = Anna with { Capacity = Level(Axis.Lifting, 0), Needs = Marks(Mark.Helps, "LIFT_HELP"), Places = null };
        var position = Inspector with { Place = place, Demands = Level(Axis.Lifting, 3), Accommodations = Answers(("LIFT_HELP", Answer.NotPossible)) };
        Assert.Equal([new Need("LIFT_HELP", Without: true, unmet)], NearMisses.Needs(seeker, numbering, Only(position)));
    }

    [Fact]
    public void Every_change_is_said_to_whom_it_concerns_in_both_languages()
    {
        var theirs = Changes.Questions(Codes).Concat(Codes.Accommodations.Select(x => new Change(ChangeKind.Offer, x.Code)));
        var own = Changes.Unstated(new() { Id = "s", District = "500103" }, Codes)
            .Concat(Changes.Courses(new() { Id = "s", District = "500103", Skills = [], Licences = [] }, Codes))
            .Concat(Enum.GetValues<Education>().Select(x => new Change(ChangeKind.Schooling, CodeLists.CodeOf(x))));
        Assert.Equal(Enum.GetValues<ChangeKind>(), theirs.Concat(own).Select(x => x.Kind).Distinct().Order());
        foreach (var audience in Enum.GetValues<Audience>())
            foreach (var language in Enum.GetValues<Language>())
            {
                var told = theirs.Concat(own).Where(x => audience switch { Audience.Employer => !own.Contains(x), Audience.Seeker => x.Kind != ChangeKind.Offer, _ => true }).ToList();
                var texts = told.Select(x => ChangeSentences.For(x, audience, language, Codes)).ToList();
                Assert.Equal(texts.Count, texts.Distinct().Count());
                Assert.All(texts, x => Assert.True(x.Length > 5 && !x.Contains('{') && !x.Contains("“”", StringComparison.Ordinal) && (language == Language.English || x.Length <= Sentences.LongestZh), x));
            }
        Assert.Throws<ArgumentException>(() => ChangeSentences.For(new(ChangeKind.Capacity, "SEEING"), Audience.Employer, Language.English, Codes));
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(4, null, null)]
    [InlineData(5, 5, 5)]
    [InlineData(9, 9, 5)]
    [InlineData(10, 10, 10)]
    public void A_count_below_five_is_not_told_and_steps_are_of_five(int count, int? told, int? inSteps)
    {
        Assert.Equal(told, SmallCount.Guarded(count, inSteps: false).Number);
        Assert.Equal(inSteps, SmallCount.Guarded(count, inSteps: true).Number);
    }
}
