using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>Who reads which counts of near misses, and that nobody is read from them.</summary>
public class NearMissFlowTests
{
    private const string Employer = "e1";
    private static readonly string[] Asked = ["SIGN_INTERPRETER", "STEP_FREE", "FLEX_HOURS", "LARGE_PRINT", "REST_BREAKS", "PART_TIME"];

    private readonly World world = new();

    private FindPositionNearMisses Flow => new(world, world, world);

    private async Task<PositionGaps> Read(string? employer, bool settle) => (await Flow.Run("job", employer, settle, default))!;

    private async Task Post(Position facts) =>
        await new PutPosition(world, world, world, world, world).Run(new PositionFile { Employer = Employer, Facts = facts }, null, default);

    private Position Job => Town.Position("job", "产品检验员", "PRODUCT_INSPECTOR").Facts with { ClosesOn = world.Today().AddDays(300), HoursPerWeek = 40, Lodging = Lodging.None, Shifts = [Shift.Day] };

    private void Person(int i, Func<Seeker, Seeker> facts, bool shown = true) =>
        world.Put(Town.Person(i) with { Facts = facts(Town.Person(i).Facts), Consent = new(Town.Today, Town.Today, shown ? Town.Today : null, null) });

    /// <summary>People who each lack one thing or another here.</summary>
    private void Crowd(int people)
    {
        var random = new Random(5);
        for (var i = 0; i < people; i++)
            Person(i, x => x with
            {
                Capacity = Enum.GetValues<Axis>().Where(_ => random.Next(5) == 0).ToDictionary(axis => axis, _ => random.Next(4)),
                Needs = Asked.Where(_ => random.Next(4) == 0).ToDictionary(code => code, _ => (Mark)random.Next(2)),
                HoursPerWeek = random.Next(4) == 0 ? new(null, random.Next(20, 45)) : null,
                MinPayMonthly = random.Next(3) == 0 ? random.Next(25, 60) * 100 : null,
                AvoidShifts = random.Next(5) == 0 ? new Dictionary<Shift, Avoidance> { [(Shift)random.Next(3)] = Avoidance.MustAvoid } : new Dictionary<Shift, Avoidance>(),
            });
    }

    /// <summary>One thing said otherwise than now, whatever an employer can say.</summary>
    private static IEnumerable<Position> Toggled(Position job, DateOnly today)
    {
        foreach (var axis in Enum.GetValues<Axis>())
            foreach (var level in (int[])[0, 1, 2, 3])
                yield return job with { Demands = new Dictionary<Axis, int>(job.Demands) { [axis] = level } };
        foreach (var code in Asked)
            foreach (var answer in Enum.GetValues<Answer>())
                yield return job with { Accommodations = new Dictionary<string, StatedAnswer>(job.Accommodations) { [code] = new(answer, today) } };
        foreach (var shift in Enum.GetValues<Shift>())
            yield return job with { Shifts = [shift] };
        foreach (var yuan in (int[])[2500, 3000, 3100, 4000, 6000])
            yield return job with { Pay = new(yuan, yuan, PayPeriod.Month, true) };
        foreach (var hours in (int[])[20, 25, 30, 35, 44])
            yield return job with { HoursPerWeek = hours };
        yield return job with { Place = Place.Remote };
    }

    [Fact]
    public async Task An_employer_reads_counts_from_five_up_of_people_who_agreed_to_be_shown_and_staff_all_of_them()
    {
        for (var i = 0; i < 9; i++)
            Person(i, x => x with { Needs = new Dictionary<string, Mark> { [i < 5 ? "SIGN_INTERPRETER" : "STEP_FREE"] = Mark.Must } }, shown: i != 8);
        Person(9, x => x with { Needs = new Dictionary<string, Mark> { ["SIGN_INTERPRETER"] = Mark.Must } }, shown: false);
        await Post(Job);

        var employer = await Read(Employer, settle: false);
        Assert.Equal((5, "SIGN_INTERPRETER"), (employer.Offers[0].Count.Number, employer.Offers[0].Change.About));
        Assert.All(employer.Offers.Skip(1), x => Assert.Null(x.Count.Number));
        // Where nothing is told the list's own order says nothing either.
        Assert.Equal(CodeLists.Default.Accommodations.Select(x => x.Code).Where(x => x is not ("SIGN_INTERPRETER" or "NO_NIGHT_SHIFT")), employer.Offers.Skip(1).Select(x => x.Change.About));
        Assert.Equal(new Change(ChangeKind.Accommodation, "SIGN_INTERPRETER"), employer.Questions[0].Change);

        var staff = await Read(null, settle: true);
        Assert.Equal([("SIGN_INTERPRETER", 6), ("STEP_FREE", 4)], staff.Offers.Take(2).Select(x => (x.Change.About!, x.Count.Number!.Value)));
        Assert.Equal([6, 4, 0, 0, 0], staff.Questions.Select(x => x.Count.Number!.Value));
        Assert.Null(await Flow.Run("job", "e2", false, default));
        Assert.Null(await Flow.Run("none", null, false, default));
    }

    [Fact]
    public async Task Unmet_need_by_district_and_accommodation_is_what_judging_everybody_again_and_counting_gives()
    {
        var random = new Random(7);
        var (cases, unmet) = (0, 0);
        while (cases < 1_000)
        {
            var town = new World();
            var people = Enumerable.Range(0, 80).Select(i => Town.Person(i) with
            {
                Facts = Town.Person(i).Facts with
                {
                    District = ((string[])["500103", "500108", "500106", "500113", "500104"])[random.Next(5)],
                    Needs = Asked.Where(_ => random.Next(5) == 0).ToDictionary(code => code, _ => (Mark)random.Next(2)),
                    Capacity = Enum.GetValues<Axis>().Where(_ => random.Next(12) == 0).ToDictionary(axis => axis, _ => random.Next(4)),
                    MinPayMonthly = random.Next(3) == 0 ? random.Next(35, 60) * 100 : null,
                },
            }).ToList();
            var jobs = Enumerable.Range(0, 3).Select(i => Job with
            {
                Id = $"job-{i}",
                Demands = Enum.GetValues<Axis>().ToDictionary(axis => axis, _ => random.Next(8) / 7),
                Accommodations = Asked.ToDictionary(code => code, _ => new StatedAnswer(random.Next(6) == 0 ? Answer.OnRequest : Answer.NotPossible, Town.Today)),
            }).ToList();
            foreach (var person in people)
                town.Put(person);
            foreach (var job in jobs)
                town.Put(new PositionFile { Employer = Employer, Version = 1, Facts = job });
            bool Suits(Seeker person, Func<Position, Position> then) => jobs.Exists(job => Policy.VerdictOf(person, then(job), Town.Today, CodeLists.Default) <= Verdict.SuitsIfArranged);
            var expected =
                from person in people.Select(x => x.Facts)
                from code in person.Needs.Keys
                let without = !Suits(person, job => job)
                let would = Suits(person, job => job with { Accommodations = new Dictionary<string, StatedAnswer>(job.Accommodations) { [code] = new(Answer.Offered, Town.Today) } })
                group (Without: without, Unmet: without && would) by (person.District, code) into all
                select new UnmetNeed(all.Key.District, all.Key.code, all.Count(), all.Count(x => x.Without), all.Count(x => x.Unmet));
            var counted = await new CountUnmetNeed(town, town).Run(null, default);
            Assert.Equal(expected.ToHashSet(), counted.ToHashSet());
            Assert.Equal(counted.Where(x => x.District == "500106"), await new CountUnmetNeed(town, town).Run("500106", default));
            Assert.Equal(counted.OrderByDescending(x => x.Unmet).ThenByDescending(x => x.Without).Select(x => (x.Unmet, x.Without)), counted.Select(x => (x.Unmet, x.Without)));
            cases += counted.Count;
            unmet += counted.Count(x => x.Unmet > 0);
        }
        Assert.True(unmet > cases / 10, $"{unmet} of {cases} counts are of anybody.");
    }

    [Fact]
    public async Task Toggling_answers_changes_no_number_on_the_same_day_but_for_staff()
    {
        Crowd(200);
        await Post(Job);
        world.Now += TimeSpan.FromDays(1);
        var before = (await Read(Employer, settle: true)).Offers.ToDictionary(x => x.Change, x => x.Count);
        var seen = new HashSet<string>();
        var staff = new HashSet<string>();
        foreach (var toggled in Toggled(Job, world.Today()))
        {
            await Post(toggled);
            var now = await Read(Employer, settle: true);
            Assert.True(now.Pending);
            seen.UnionWith(now.Offers.Select(x => $"{x.Change} {before[x.Change]} {x.Count}"));
            staff.UnionWith((await Read(null, settle: true)).Offers.Select(x => $"{x.Change} {x.Count}"));
        }
        Assert.Equal(before.Count, seen.Count);
        Assert.All(before, x => Assert.Contains($"{x.Key} {x.Value} {x.Value}", seen));
        Assert.InRange(staff.Count, seen.Count + 20, int.MaxValue);
        // What was answered today is not asked again, although it counts from tomorrow only.
        await Post(Job with { Accommodations = new Dictionary<string, StatedAnswer> { ["STEP_FREE"] = new(Answer.Offered, world.Today()) } });
        Assert.DoesNotContain((await Read(Employer, settle: true)).Offers, x => x.Change.About == "STEP_FREE");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // the attack works where nothing stands against it
    public async Task Who_changes_one_answer_a_day_and_subtracts_reads_nobody(bool guarded)
    {
        Crowd(200);
        var reads = new Dictionary<string, HashSet<int>>();
        foreach (var (day, toggled) in new[] { Job }.Concat(Toggled(Job, world.Today())).Index())
        {
            await Post(toggled);
            world.Now += TimeSpan.FromDays(1);
            var gaps = await Read(Employer, guarded);
            foreach (var gap in gaps.Offers.Concat(gaps.Questions))
                (reads.TryGetValue(gap.Change.ToString(), out var known) ? known : reads[gap.Change.ToString()] = []).Add(gap.Count.Number ?? 0);
        }
        var apart = reads.Values.SelectMany(counts => counts.Order().Zip(counts.Order().Skip(1), (a, b) => b - a)).ToList();
        Assert.NotEmpty(apart);
        Assert.Equal(guarded, apart.TrueForAll(x => x >= SmallCount.Least));
        Assert.Equal(!guarded, apart.Contains(1));
    }
}
