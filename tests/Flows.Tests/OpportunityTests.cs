using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>Places, waiting lists, and what passing a course opens.</summary>
public sealed class OpportunityTests
{
    private static Opportunity Course(int places = 2, params string[] required) => new()
    {
        Kind = CourseRun.Name,
        Facts = new() { Id = "course", Title = "直播课", District = "500103", ClosesOn = Town.Today.AddDays(5), FirstPut = Town.Today, Openings = places, SkillsRequired = required },
        Skills = ["LIVE_HOSTING"],
    };

    private static async Task<World> With(Opportunity course, int people = 4)
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, people));
        Assert.IsType<Put<OpportunityFile>.Created>(await new PutOpportunity(world).Run(course, null, default));
        return world;
    }

    private static TakePlace Places(World world) => new(world, world, OpportunityKinds.Default, CodeLists.Default, world);

    private static Task<PlaceTaken?> Take(World world, int person) => Places(world).Run(CourseRun.Name, "course", $"person-{person}", default);

    [Fact]
    public async Task Places_go_in_the_order_of_asking_and_whoever_leaves_makes_room()
    {
        var world = await With(Course());
        foreach (var (person, holds, number) in new[] { (0, true, 1), (1, true, 2), (2, false, 1), (3, false, 2), (0, true, 1) })
            Assert.Equal(new(holds, number), await Take(world, person));
        await Places(world).Leave(CourseRun.Name, "course", "person-0", default);
        Assert.Equal(new(true, 2), await Take(world, 2));
        Assert.Equal(new(false, 1), await Take(world, 3));
        Assert.Equal(new(false, 2), await Take(world, 0));
        Assert.Null(await Places(world).Run(CourseRun.Name, "no-course", "person-0", default));
        Assert.Null(await Places(world).Run(CourseRun.Name, "course", "nobody", default));
    }

    [Fact]
    public async Task Nobody_gets_a_place_in_what_does_not_suit_them()
    {
        var world = await With(Course(2, "PACKING"));
        world.Put(world.Person("person-0") with { Facts = world.Person("person-0").Facts with { Skills = [] } });
        Assert.Null(await Take(world, 0));
        world.Put(world.Person("person-0") with { Facts = world.Person("person-0").Facts with { Skills = ["PACKING"] } });
        Assert.NotNull(await Take(world, 0));
    }

    [Fact]
    public async Task Four_at_once_for_two_places_have_two_and_two_wait_in_every_order()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var world = await With(Course());
            var taken = new PlaceTaken?[4];
            Assert.All(await world.Interleave(seed, [.. Enumerable.Range(0, 4).Select(i => (Func<Task>)(async () => taken[i] = await Take(world, i)))]), Assert.True);
            Assert.Equal(4, taken.Distinct().Count());
            Assert.Equal(2, taken.Count(x => x!.Holds));
        }
    }

    [Fact]
    public async Task A_missing_skill_names_a_course_with_a_free_place_and_passing_it_changes_the_verdict()
    {
        var world = await With(Course(1));
        var job = Town.Position("host", "主播", "LIVE_HOST_SALES");
        world.Put(job with { Facts = job.Facts with { SkillsRequired = ["LIVE_HOSTING"] } });
        world.Put(world.Person("person-0") with { Facts = world.Person("person-0").Facts with { Skills = ["PACKING"] } });
        Assert.Equal(Verdict.DoesNotSuit, await VerdictOf());
        Assert.Contains(new Change(ChangeKind.Skill, "LIVE_HOSTING"), (await new FindSeekerNearMisses(world, world, world).Run("person-0", default))!.Courses.Select(x => x.Change));
        var find = new FindOpportunities(world, world, world, OpportunityKinds.Default, world);
        Assert.Equal("course", Assert.Single((await find.Courses(default))["LIVE_HOSTING"]).Id);
        Assert.Equal("course", Assert.Single((await find.Run("person-0", 10, default))!.Items).Opportunity.Id);
        Assert.True((await Take(world, 0))!.Holds);
        // Full: nobody is sent there any more.
        Assert.Empty((await find.Courses(default))["LIVE_HOSTING"]);

        var records = world.PutRecord;
        await records.Run(new() { Kind = ProgrammeKind.CourseAttendance, Id = "a", Participant = "person-0", PartOf = "course", Type = "LIVESTREAM", Steps = [new("ATTENDED", Town.Today)] }, null, default);
        await records.End(ProgrammeKind.CourseAttendance, "a", "NOT_PASSED", default);
        Assert.Equal(Verdict.DoesNotSuit, await VerdictOf());
        await records.End(ProgrammeKind.CourseAttendance, "a", "PASSED", default);
        Assert.NotEqual(Verdict.DoesNotSuit, await VerdictOf());
        Assert.Equal(["PACKING", "LIVE_HOSTING"], world.Person("person-0").Facts.Skills!);
        var version = world.Person("person-0").Version;
        await records.End(ProgrammeKind.CourseAttendance, "a", "PASSED", default);
        Assert.Equal(version, world.Person("person-0").Version);

        async Task<Verdict> VerdictOf() => Policy.VerdictOf((await ((ISeekers)world).Find("person-0", default))!.Value.Value.Facts, job.Facts with { SkillsRequired = ["LIVE_HOSTING"] }, Town.Today, CodeLists.Default);
    }

    [Fact]
    public async Task Whoever_dies_between_the_record_and_the_skill_leaves_a_record_that_makes_it_good()
    {
        for (var call = 1; ; call++)
        {
            var world = await With(Course());
            var record = new ProgrammeRecord { Kind = ProgrammeKind.CourseAttendance, Id = "a", Participant = "person-0", PartOf = "course", Type = "CITY", Steps = [new("ATTENDED", Town.Today)], Outcome = "PASSED" };
            world.DieAt = call;
            if (await world.Survives(() => world.PutRecord.Run(record, null, default)))
            {
                Assert.True(call > 5);
                return;
            }
            world.DieAt = 0;
            await world.PutRecord.Run(record, null, default);
            Assert.Contains("LIVE_HOSTING", world.Person("person-0").Facts.Skills!);
        }
    }
}
