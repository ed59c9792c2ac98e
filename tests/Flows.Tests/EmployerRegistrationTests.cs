using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>An organisation that registers itself is held until staff approve it, and its positions with it.</summary>
public class EmployerRegistrationTests
{
    private const string Code = "91350100M000100Y43";

    private static Employer Wanted(string id = "org-a") => new() { Id = id, Name = "山城餐饮", CreditCode = Code, Contacts = [new("李经理", "+8613800000003", null)] };

    private static RegisterEmployer Register(World world) => new(world, world.PutEmployer, world);

    private static async Task<Employer> Registered(World world, string id = "org-a") => (await Register(world).Run(Wanted(id), default)).Value!;

    private static Task<Put<Employer>> Decide(World world, Employer seen, bool approve, string? reason = null) =>
        new DecideEmployer(world.PutEmployer, world).Run(seen.Id, approve, reason, "staff-1", seen.Version, default);

    private static async Task<Position> Post(World world, string id, string employer = "org-a") =>
        (await world.PutPosition.Run(Town.Position(id, "洗碗工", "DISHWASHER") with { Employer = employer }, null, default)).Value!.Facts;

    private static async Task<PositionFile> Stored(World world, string id) => (await ((IPositions)world).Find(id, default))!.Value.Value;

    [Fact]
    public async Task What_a_held_employer_posts_is_a_draft_that_suits_nobody_and_opens_with_the_approval()
    {
        var world = new World();
        var registered = await Registered(world);
        Assert.True(registered is { IsHeld: true, IsAwaiting: true, Approved: false });
        var anybody = Town.Person(0);
        Assert.Equal(Verdict.DoesNotSuit, Policy.Judge(anybody.Facts, await Post(world, "d1"), Town.Today, CodeLists.Default).Verdict);
        world.Now += TimeSpan.FromDays(2);
        var decided = (await Decide(world, registered, approve: true)).Value!;
        await world.Settle();
        var opened = await Stored(world, "d1");
        Assert.True(opened is { Draft: false, Facts.Closed: false });
        Assert.Equal(Town.Today.AddDays(2), opened.Facts.FirstPut); // New is what the public has not seen before.
        Assert.NotEqual(Verdict.DoesNotSuit, Policy.Judge(anybody.Facts, opened.Facts, Town.Today, CodeLists.Default).Verdict);
        Assert.Equal(("staff-1", true, world.GetUtcNow()), (decided.Registration!.Decision!.By, decided.Registration.Decision.Approved, decided.Registration.Decision.At));
        Assert.False((await Post(world, "d2")).Closed);
    }

    [Fact]
    public async Task An_employer_that_nobody_registered_or_staff_entered_posts_at_once()
    {
        var world = new World();
        Assert.False((await Post(world, "p", "unknown")).Closed);
        await world.PutEmployer.Run(Wanted("entered"), null, default);
        Assert.False((await Post(world, "q", "entered")).Closed);
    }

    [Fact]
    public async Task Approving_by_the_records_own_put_opens_the_drafts_as_well()
    {
        var world = new World();
        await Registered(world);
        await Post(world, "d1");
        await world.PutEmployer.Run(Wanted() with { Approved = true }, null, default);
        await world.Settle();
        Assert.False((await Stored(world, "d1")).Draft);
    }

    [Fact]
    public async Task A_refused_employer_reads_why_and_goes_back_to_staff_once_it_has_changed_something()
    {
        var world = new World();
        var registered = await Registered(world);
        await Post(world, "d1");
        var refused = (await Decide(world, registered, approve: false, "名称与执照不符")).Value!;
        await world.Settle();
        Assert.True(refused is { IsHeld: true, IsAwaiting: false, Registration.Decision.Reason: "名称与执照不符" });
        Assert.True((await Stored(world, "d1")).Draft);
        Assert.Empty(await Register(world).Awaiting(default));
        var again = (await Register(world).Change("org-a", Wanted() with { Name = "山城餐饮有限公司" }, refused.Version, default)).Value!;
        Assert.True(again.IsAwaiting);
        Assert.Equal(["org-a"], (await Register(world).Awaiting(default)).Select(x => x.Id));
    }

    [Fact]
    public async Task A_decision_upon_what_has_changed_meanwhile_is_not_taken_and_a_second_one_changes_nothing()
    {
        var world = new World();
        var registered = await Registered(world);
        await Register(world).Change("org-a", Wanted() with { Name = "别的名字" }, registered.Version, default);
        Assert.IsType<Put<Employer>.Stale>(await Decide(world, registered, approve: true));
        var now = (await ((IEmployers)world).Find("org-a", default))!.Value.Value;
        await Decide(world, now, approve: true);
        var approved = (await ((IEmployers)world).Find("org-a", default))!.Value.Value;
        Assert.IsType<Put<Employer>.Unchanged>(await Decide(world, approved, approve: false, "no"));
    }

    [Fact]
    public async Task An_approved_employer_changes_its_contacts_and_nothing_that_was_checked()
    {
        var world = new World();
        var approved = (await Decide(world, await Registered(world), approve: true)).Value!;
        var said = new Employer { Id = "org-a", Name = "别的名字", CreditCode = null, Contacts = [new("新人", "+8613800000009", null)] };
        var now = (await Register(world).Change("org-a", said, approved.Version, default)).Value!;
        Assert.Equal(("山城餐饮", Code, true, "新人"), (now.Name, now.CreditCode, now.Approved, now.Contacts[0].Name));
    }

    [Fact]
    public async Task A_code_that_is_registered_already_gets_the_same_answer_and_staff_see_both()
    {
        var world = new World();
        var first = await Register(world).Run(Wanted(), default);
        var second = await Register(world).Run(Wanted("org-b"), default);
        Assert.Equal(first.GetType(), second.GetType());
        Assert.Equal(["org-a"], (await Register(world).Namesakes(second.Value!, default)).Select(x => x.Id));
    }

    [Fact]
    public async Task Registering_twice_with_one_sign_in_is_once()
    {
        var world = new World();
        await Registered(world);
        world.Now += TimeSpan.FromMinutes(1);
        Assert.IsType<Put<Employer>.Unchanged>(await Register(world).Run(Wanted() with { Name = "另一个" }, default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dying_at_any_call_of_an_approval_leaves_no_draft_behind(bool after)
    {
        for (var at = 1; at <= 60; at++)
        {
            var world = new World();
            var registered = await Registered(world);
            await Post(world, "d1");
            await Post(world, "d2");
            (world.DieAt, world.DieAfter) = (at, after);
            // Who got no answer asks again.
            while ((await ((IEmployers)world).Find("org-a", default))!.Value.Value.IsHeld)
                await world.Survives(() => Decide(world, registered, approve: true));
            await world.Settle();
            Assert.False((await Stored(world, "d1")).Draft, $"d1 is a draft. Died {world.DiedAt}");
            Assert.False((await Stored(world, "d2")).Draft, $"d2 is a draft. Died {world.DiedAt}");
        }
    }

    [Fact]
    public async Task Whoever_posts_while_the_approval_is_under_way_is_not_left_behind_as_a_draft()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var world = new World();
            var registered = await Registered(world);
            await world.Interleave(seed, () => Post(world, "d1"), async () =>
            {
                await Decide(world, registered, approve: true);
                await new PublishPositions(world, world, world.PutPosition, world, world).Run(new(WorkKind.PublishPositions, "org-a", 2), default);
            });
            await world.Settle();
            Assert.False((await Stored(world, "d1")).Draft, $"Seed {seed}");
        }
    }
}
