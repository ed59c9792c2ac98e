using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>What staff find on site counts for all of the employer's positions until it expires.</summary>
public class SiteVisitTests
{
    private readonly World world = new();
    private readonly Visits visits = new();

    [Fact]
    public async Task The_latest_visit_counts_for_the_positions_that_are_there_and_those_that_come_until_it_expires()
    {
        await Enrol();
        await Post("s1");
        Assert.IsType<SiteVisited.Done>(await Enter(Visit("v1", Town.Today.AddDays(-3), passed: true)));
        await world.Settle();
        await Post("s2");
        Assert.Equal([(true, 4), (true, 4)], (await Checks("s1", "s2")).Select(x => (x!.Value.Passed, Trust("s1"))));

        // What was found later and entered first counts; the same one entered again changes nothing.
        Assert.IsType<SiteVisited.Done>(await Enter(Visit("v2", Town.Today.AddDays(-1), passed: false)));
        Assert.IsType<SiteVisited.Done>(await Enter(Visit("v0", Town.Today.AddDays(-9), passed: true)));
        Assert.IsType<SiteVisited.Done>(await Enter(Visit("v2", Town.Today.AddDays(-1), passed: false)));
        await world.Settle();
        Assert.Equal(["v2", "v1", "v0"], (await visits.Of("firm", default)).Select(x => x.Id));
        Assert.All(await Checks("s1", "s2"), check => Assert.False(check!.Value.Passed));
        Assert.Equal(0, Trust("s1"));

        Assert.IsType<SiteVisited.Done>(await Enter(Visit("v3", Town.Today, passed: true)));
        await world.Settle();
        Assert.Equal(4, Trust("s2"));
        world.Now += TimeSpan.FromDays(92);
        Assert.Equal(0, Trust("s2"));
        Assert.Equal(1, await new ListSiteVisits(world, visits, world, world).Due(default));
    }

    [Theory]
    [InlineData(SiteAspect.WayIn, "STEP_FREE", null, null, true)]
    [InlineData(SiteAspect.WayIn, "GUIDE_DOG", null, null, true)]
    [InlineData(SiteAspect.WayIn, "SIGN_INTERPRETER", Axis.Hearing, null, false)]
    [InlineData(SiteAspect.WayIn, null, Axis.StandingWalking, null, true)]
    [InlineData(SiteAspect.Toilet, "ACCESSIBLE_TOILET", null, null, true)]
    [InlineData(SiteAspect.Toilet, "STEP_FREE", null, null, false)]
    [InlineData(SiteAspect.Lodging, null, null, LodgingWish.Needed, true)]
    [InlineData(SiteAspect.Lodging, null, null, LodgingWish.Accepted, false)]
    [InlineData(SiteAspect.Demands, null, Axis.Hearing, null, true)]
    [InlineData(SiteAspect.Demands, null, Axis.Seeing, null, false)]
    public void A_person_is_told_of_what_bears_on_what_they_need_and_of_nothing_at_home(SiteAspect aspect, string? need, Axis? limited, LodgingWish? lodging, bool told)
    {
        var seeker = new Seeker
        {
            Id = "s",
            District = "500103",
            Lodging = lodging,
            Needs = need is null ? new Dictionary<string, Mark>() : new Dictionary<string, Mark> { [need] = Mark.Must },
            Capacity = limited is { } axis ? new Dictionary<Axis, int> { [axis] = 1 } : new Dictionary<Axis, int>(),
        };
        var position = Town.Position("p", "产品检验员", "PRODUCT_INSPECTOR").Facts with { Demands = new Dictionary<Axis, int> { [Axis.Hearing] = 2, [Axis.Seeing] = 0 } };
        var visit = Visit("v", Town.Today, passed: true) with { Found = Enum.GetValues<SiteAspect>().ToDictionary(x => x, x => new SiteFound(x == aspect ? SiteFinding.Good : SiteFinding.NotSeen)) };
        Assert.Equal(told ? [aspect] : [], visit.BearingOn(seeker, position).Select(x => x.Aspect));
        Assert.Empty(visit.BearingOn(seeker, position with { Place = Place.Remote }));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_its_field_and_nothing_is_kept()
    {
        await Enrol();
        await Post("s1");
        await world.PutPosition.Run(Town.Position("other", "洗碗工", "DISHWASHER") with { Employer = "another" }, null, default);
        var good = Visit("v1", Town.Today, passed: true);
        foreach (var (wrong, field) in new[]
        {
            (good with { On = Town.Today.AddDays(1) }, "on"),
            (good with { On = Town.Today.AddYears(-1).AddDays(-1), ExpiresOn = Town.Today }, "on"),
            (good with { ExpiresOn = good.On.AddMonths(SiteVisit.LongestMonths).AddDays(1) }, "expiresOn"),
            (good with { ExpiresOn = good.On.AddDays(-1) }, "expiresOn"),
            (good with { Position = "other" }, "position"),
            (good with { Position = "nowhere" }, "position"),
            (good with { Found = new Dictionary<SiteAspect, SiteFound> { [SiteAspect.Toilet] = new(SiteFinding.NotSeen) } }, "found.WayIn"),
            (good with { Found = new Dictionary<SiteAspect, SiteFound> { [SiteAspect.Toilet] = new(SiteFinding.Problem) } }, "words.Toilet"),
            (good with { Found = new Dictionary<SiteAspect, SiteFound> { [SiteAspect.Toilet] = new(SiteFinding.Good, new string('长', SiteVisit.LongestWords + 1)) } }, "words.Toilet"),
        })
            Assert.Equal([field], Assert.IsType<SiteVisited.Refused>(await Enter(wrong)).Faults.Select(x => x.Field));
        Assert.IsType<SiteVisited.NotFound>(await Enter(good with { Employer = "nobody" }));
        Assert.Empty(await visits.Of("firm", default));
        Assert.IsType<SiteVisited.Done>(await Enter(good with { Position = "s1" }));
    }

    private static SiteVisit Visit(string id, DateOnly on, bool passed) => new(
        id, "firm", null, on, Town.Today.AddMonths(3), passed, new Dictionary<SiteAspect, SiteFound> { [SiteAspect.WayIn] = new(SiteFinding.Good, "侧门有坡道") }, "staff-1", default);

    private Task<SiteVisited> Enter(SiteVisit visit) => new RecordSiteVisit(world, world, visits, world.PutEmployer, world).Run(visit, default);

    private Task<Put<Employer>> Enrol() => world.PutEmployer.Run(new() { Id = "firm", Name = "山城电商", Approved = true }, null, default);

    private Task<Put<PositionFile>> Post(string id) => world.PutPosition.Run(Town.Position(id, "包装工", "PACKER") with { Employer = "firm" }, null, default);

    private async Task<IReadOnlyList<SiteCheck?>> Checks(params string[] ids)
    {
        List<SiteCheck?> found = [];
        foreach (var id in ids)
            found.Add((await ((IPositions)world).Find(id, default))!.Value.Value.Facts.SiteCheck);
        return found;
    }

    // Points of trust that anybody's match with it has.
    private int Trust(string id)
    {
        var position = ((IPositions)world).Find(id, default).Result!.Value.Value.Facts;
        var plus = Policy.Judge(Town.Person(0).Facts, position, People.DayOf(world.Now), CodeLists.Default).Pluses.Single(x => x.Plus == "P7");
        return plus.Tenths / 10;
    }

    private sealed class Visits : ISiteVisits
    {
        private readonly List<SiteVisit> all = [];

        public Task Add(SiteVisit visit, CancellationToken cancel)
        {
            if (all.All(x => x.Id != visit.Id))
                all.Add(visit);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<SiteVisit>> Of(string employer, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<SiteVisit>>([.. all.Where(x => x.Employer == employer).OrderByDescending(x => x.On).ThenByDescending(x => x.At)]);

        public Task<IReadOnlyList<string>> Visited(CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([.. all.Select(x => x.Employer).Distinct()]);
    }
}
