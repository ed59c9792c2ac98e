using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>What the public finds, and what it does not.</summary>
public class SearchPositionsTests
{
    private readonly World world = new();
    private readonly Register register = new();
    private readonly SearchPositions flow;

    public SearchPositionsTests() => flow = new(world, world, register, CodeLists.Default, world);

    private async Task Post(string id, string title, string occupation = "PACKER", string employer = "e1", Func<Position, Position>? with = null)
    {
        var facts = Town.Position(id, title, occupation).Facts;
        await new PutPosition(world, world, world, world, world).Run(new PositionFile { Employer = employer, Facts = with is null ? facts : with(facts) }, null, default);
    }

    private async Task<string[]> Found(string words = "", string? district = null, string? accommodation = null, int page = 1) =>
        [.. (await flow.Run(new(words, district, accommodation), page, default)).Items.Select(x => x.File.Id)];

    [Fact]
    public async Task Words_are_looked_for_in_titles_and_occupations_in_both_languages_whatever_their_width()
    {
        await Post("a", "夜班包装");
        await Post("b", "质检", "PRODUCT_INSPECTOR");
        Assert.Equal(["a"], await Found("包装"));
        Assert.Equal(["b"], await Found("ＩＮＳＰＥＣＴＯＲ"));
        Assert.Equal(["a"], await Found("包装 夜班"));
        Assert.Empty(await Found("包装 质检"));
    }

    [Fact]
    public async Task A_district_lets_in_work_from_home_and_an_accommodation_only_who_arranges_it()
    {
        static Position Says(Position x, Answer answer) => x with { Accommodations = new Dictionary<string, StatedAnswer> { ["STEP_FREE"] = new(answer, Town.Today) } };
        await Post("there", "岗位", with: x => Says(x, Answer.OnRequest));
        await Post("elsewhere", "岗位", with: x => Says(x, Answer.NotPossible) with { District = "500107" });
        await Post("home", "岗位", with: x => x with { Place = Place.Remote, District = null });
        Assert.Equal(["home", "there"], await Found(district: "500103"));
        Assert.Equal(["there"], await Found(accommodation: "STEP_FREE"));
    }

    [Fact]
    public async Task What_cannot_be_applied_for_is_neither_listed_nor_shown_nor_in_the_map()
    {
        await Post("open", "岗位");
        await Post("closed", "岗位");
        await new PutPosition(world, world, world, world, world).Close("closed", "e1", default);
        await Post("over", "岗位", with: x => x with { ClosesOn = Town.Today });
        await Post("unknown", "岗位", employer: "nobody-approved");
        Assert.Equal(["open", "over"], await Found());
        world.Now += TimeSpan.FromDays(1);
        Assert.Equal(["open"], await Found());
        Assert.Equal(["open"], (await flow.All(default)).Select(x => x.Id));
        foreach (var id in (string[])["closed", "over", "unknown", "none"])
            Assert.Null(await flow.Find(id, default));
        Assert.Equal("单位 e1", (await flow.Find("open", default))!.Employer.Name);

        // Who is no longer approved is gone within a minute.
        register.Approved = false;
        world.Now += TimeSpan.FromMinutes(2);
        Assert.Empty(await Found());
    }

    [Fact]
    public async Task A_changed_position_is_found_as_it_is_now_and_pages_hold_twenty()
    {
        for (var i = 0; i < 21; i++)
            await Post($"p{i:00}", "岗位");
        Assert.Equal(20, (await Found()).Length);
        Assert.Equal(["p20"], await Found(page: 2));
        await Post("p20", "送货");
        Assert.Equal(["p20"], await Found("送货"));
        Assert.Empty(await Found(page: 3));
    }

    private sealed class Register : IEmployers
    {
        public bool Approved { get; set; } = true;

        public Task<Stored<Employer>?> Find(string id, CancellationToken cancel) =>
            Task.FromResult<Stored<Employer>?>(new(new() { Id = id, Name = $"单位 {id}", Approved = Approved && id == "e1" }, "1"));

        public Task<IReadOnlyList<string>> MayAwait(CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> MayHaveCode(string creditCode, CancellationToken cancel) => throw new NotSupportedException();

        public Task<string> Save(Employer employer, string? etag, CancellationToken cancel) => throw new NotSupportedException();
    }
}
