using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>What an employer says of somebody it knows by an alias, and what it may count.</summary>
public class AnswerCandidateTests
{
    private readonly World world = new();

    public AnswerCandidateTests()
    {
        world.Put(Town.Position("p1", "产品检验员", "PRODUCT_INSPECTOR"));
        world.Put(Town.Position("p2", "网络主播", "LIVE_HOST_SALES"));
        world.Put(Town.Position("q1", "包装工", "PACKER") with { Employer = "e2" });
        for (var i = 0; i < 3; i++)
            world.Put(Town.Person(i) with { Consent = new(Town.Today, Town.Today, i < 2 ? Town.Today : null, null) });
    }

    private PutSeeker Put => new(world, world, world, world, world, world);

    private FindCandidates Find => new(world, world, world, new Aliases(), CodeLists.Default, world);

    private AnswerCandidate Flow => new(world, world, world, new Aliases(), Put, world);

    private ExpressInterest Express => new(world, world, world, Find, Put, world);

    private async Task<string[]> Listed(string position = "p1", string employer = "e1") =>
        [.. (await Find.Run(position, employer, settle: false, 10, default))!.Items.Select(x => x.Alias).Order(StringComparer.Ordinal)];

    private static string Alias(int i, string employer = "e1") => $"{employer}:{Town.Subject(i)}";

    [Fact]
    public async Task Who_is_declined_is_in_no_list_for_six_months_or_until_it_is_undone_and_only_for_that_position()
    {
        Assert.True(await Flow.Decline("p1", "e1", Alias(0), declined: true, default));
        Assert.Equal([Alias(1)], await Listed());
        Assert.Equal([Alias(0), Alias(1)], await Listed("p2"));
        var declined = Assert.Single(await Find.Declined(world.PositionOf("p1"), default));
        Assert.Equal((Alias(0), Town.Today, Town.Today.AddMonths(6)), (declined.Alias, declined.On, declined.Until));
        Assert.Equal(Verdict.DoesNotSuit, Policy.Judge(world.Person("person-0").Facts, world.PositionOf("p1").Facts, Town.Today, CodeLists.Default).Verdict);

        Assert.True(await Flow.Decline("p1", "e1", Alias(0), declined: false, default));
        Assert.Equal([Alias(0), Alias(1)], await Listed());
        Assert.Empty(await Find.Declined(world.PositionOf("p1"), default));
        Assert.Null(world.Person("person-0").Facts.DeclinedBy);

        await Flow.Decline("p1", "e1", Alias(0), declined: true, default);
        world.Put(world.PositionOf("p1") with { Facts = world.PositionOf("p1").Facts with { ClosesOn = Town.Today.AddYears(1) } });
        world.Now += Town.Today.AddMonths(6).ToDateTime(TimeOnly.MinValue) - Town.Today.ToDateTime(TimeOnly.MinValue);
        Assert.Equal([Alias(0), Alias(1)], await Listed());
    }

    [Fact]
    public async Task Who_was_declined_still_sees_what_they_told_that_employer_and_takes_it_back()
    {
        Assert.True(await Express.Say("person-0", "p1", default));
        Assert.True(await Express.Release("person-0", "p1", default));
        Assert.NotNull((await Express.View("person-0", "p1", settle: false, default))!.Seen);
        await Flow.Decline("p1", "e1", Alias(0), declined: true, default);
        var view = (await Express.View("person-0", "p1", settle: false, default))!;
        Assert.Equal((null, false, Town.Today, world.Now), (view.Seen, view.Listed, view.Since, view.Released));
        // It opens nothing again: who never said anything learns nothing, and nobody says it anew.
        Assert.False(await Express.Say("person-0", "p1", default));
        await Flow.Decline("p1", "e1", Alias(1), declined: true, default);
        Assert.Null(await Express.View("person-1", "p1", settle: false, default));

        await Express.Revoke("person-0", "p1", default);
        view = (await Express.View("person-0", "p1", settle: false, default))!;
        Assert.Equal((null, Town.Today, null), (view.Seen, view.Since, view.Released));
        await Express.Undo("person-0", "p1", default);
        Assert.Null(await Express.View("person-0", "p1", settle: false, default));
    }

    [Fact]
    public async Task Declining_or_asking_twice_is_once()
    {
        await Flow.Decline("p1", "e1", Alias(0), declined: true, default);
        var version = world.Person("person-0").Version;
        await Flow.Decline("p1", "e1", Alias(0), declined: true, default);
        Assert.Equal(version, world.Person("person-0").Version);
        await Flow.Seek("p1", "e1", Alias(1), interested: true, default);
        version = world.Person("person-1").Version;
        await Flow.Seek("p1", "e1", Alias(1), interested: true, default);
        Assert.Equal(version, world.Person("person-1").Version);
    }

    [Theory]
    [InlineData("q1", "e1", 0)] // another employer's position
    [InlineData("none", "e1", 0)]
    [InlineData("p1", "e1", 2)] // not shown to employers
    [InlineData("p1", "e1", 9)] // nobody
    public async Task Nobody_else_can_be_answered(string position, string employer, int person)
    {
        Assert.False(await Flow.Decline(position, employer, Alias(person), declined: true, default));
        Assert.False(await Flow.Seek(position, employer, Alias(person), interested: true, default));
    }

    [Fact]
    public async Task An_alias_of_one_employer_is_nobody_at_another() => Assert.False(await Flow.Seek("q1", "e2", Alias(0), interested: true, default));

    [Fact]
    public async Task An_employers_interest_is_seen_by_the_person_who_may_answer_it_with_their_name()
    {
        Assert.False(await Express.Release("person-0", "p1", default)); // nobody is interested yet
        await Flow.Seek("p1", "e1", Alias(0), interested: true, default);
        Assert.Equal(["p1"], (await new FindMatches(world, world, world).Interests("person-0", default)).Employers.Keys);
        var view = (await Express.View("person-0", "p1", settle: false, default))!;
        Assert.Equal((Town.Today, null, null), (view.Sought!.Value, view.Since, view.Released));
        Assert.True(await Express.Release("person-0", "p1", default));
        var seen = (await Find.Run("p1", "e1", settle: false, 10, default))!.Items.Single(x => x.Alias == Alias(0));
        Assert.True(seen is { Sought: true, Interested: true, Released: not null });
        // What is taken back by the employer ends nothing that the person gave.
        await Flow.Seek("p1", "e1", Alias(0), interested: false, default);
        Assert.NotNull(world.Person("person-0").ReleasedTo("e1"));
    }

    [Fact]
    public async Task What_was_said_outlasts_a_new_record_of_the_person()
    {
        await Flow.Decline("p1", "e1", Alias(0), declined: true, default);
        await Flow.Seek("p2", "e1", Alias(0), interested: true, default);
        await Put.Run(Town.Person(0) with { Name = "新名字", Consent = new(Town.Today, Town.Today, Town.Today, null) }, null, imported: true, default);
        Assert.Equal(["p1"], world.Person("person-0").Facts.DeclinedBy!.Keys);
        Assert.Equal(["p2"], world.Person("person-0").SoughtBy.Keys);
    }

    [Fact]
    public async Task A_count_leaves_out_who_is_interested_in_another_position_only()
    {
        await Express.Say("person-2", "q1", default);
        Assert.Equal((2, 2), await Counted("p1", "e1"));
        Assert.Equal((3, 3), await Counted("q1", "e2"));
        // However few are shown, the count is the same.
        Assert.Equal((1, 2), await Counted("p1", "e1", top: 1));
        await Express.Say("person-2", "p1", default);
        Assert.Equal((3, 3), await Counted("p1", "e1"));
    }

    private async Task<(int Shown, int Total)> Counted(string position, string employer, int top = 10)
    {
        var found = (await Find.Run(position, employer, settle: false, top, default))!;
        return (found.Items.Count, found.Total);
    }

    private sealed class Aliases : IAliases
    {
        public Task<string> For(string employer, string subject, CancellationToken cancel) => Task.FromResult($"{employer}:{subject}");
    }
}
