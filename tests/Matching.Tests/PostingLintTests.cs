using Xunit.Abstractions;

namespace JobMatch.Matching.Tests;

/// <summary>
/// The lint against phrases as postings have them (postings.tsv), which were written down before the list and are not changed to
/// suit it. Whoever adds a pattern because of a phrase here makes the figures say less: write new phrases then.
/// </summary>
public class PostingLintTests(ITestOutputHelper output)
{
    private static readonly (bool Bars, string Text)[] Phrases =
    [
        .. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "postings.tsv")).Where(line => line.Contains('\t', StringComparison.Ordinal))
            .Select(line => line.Split('\t')).Select(cells => (cells[0] == "bars", cells[1])),
    ];

    [Fact]
    public void Phrases_that_bar_people_are_found_and_innocent_ones_pass()
    {
        Assert.True(Phrases.Count(x => x.Bars) >= 100 && Phrases.Count(x => !x.Bars) >= 100);
        var (missed, wrong) = (Phrases.Where(x => x.Bars && PostingLint.Of(x.Text).Count == 0).ToList(), Phrases.Where(x => !x.Bars && PostingLint.Of(x.Text).Count > 0).ToList());
        double found = Phrases.Count(x => x.Bars) - missed.Count;
        var (precision, recall) = (found / (found + wrong.Count), found / Phrases.Count(x => x.Bars));
        output.WriteLine($"precision {precision:P1}, recall {recall:P1} over {Phrases.Length} phrases, list of {PostingLint.Version}");
        foreach (var (_, text) in missed)
            output.WriteLine($"missed: {text}");
        foreach (var (_, text) in wrong)
            output.WriteLine($"innocent: {text}: {string.Join(" ", PostingLint.Of(text).Select(x => $"{x.Rule.Id} {x.Words}"))}");
        Assert.True(precision >= 0.95, $"precision {precision:P1}");
        Assert.True(recall >= 0.9, $"recall {recall:P1}");
    }

    [Theory]
    [InlineData("四肢健全", "L2", LintSeverity.Blocks)]
    [InlineData("无残疾", "L1", LintSeverity.Blocks)]
    [InlineData("谢绝残疾人", "L1", LintSeverity.Blocks)]
    [InlineData("五官端正", "L5", LintSeverity.Warns)]
    [InlineData("身体健康", "L3", LintSeverity.Warns)]
    [InlineData("未婚优先", "L8", LintSeverity.Warns)]
    [InlineData("限本地户口", "L9", LintSeverity.Warns)]
    [InlineData("healthy body", "L3", LintSeverity.Warns)]
    public void Each_kind_has_its_rule(string text, string rule, LintSeverity severity) =>
        Assert.Contains(PostingLint.Of(text), x => (x.Rule.Id, x.Rule.Severity) == (rule, severity));

    [Theory]
    [InlineData("五官 端正")]
    [InlineData("四·肢·健·全")]
    [InlineData("Ａｂｌｅ－ｂｏｄｉｅｄ")]
    [InlineData("包装工，四肢健全，男女不限")]
    public void Blanks_wide_letters_and_neighbours_hide_nothing(string text) => Assert.NotEmpty(PostingLint.Of(text));

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("健康证")]
    [InlineData("残疾人优先")]
    [InlineData("健康食品")]
    [InlineData("户籍、婚育状况不作要求")]
    public void What_bars_nobody_passes(string? text) => Assert.Empty(PostingLint.Of(text));

    [Fact]
    public void Every_rule_says_why_and_what_to_write_in_both_languages() => Assert.All(PostingLint.Rules, rule =>
    {
        Assert.All((Label[])[rule.Why, rule.Instead], label => Assert.True(label.En.Length > 10 && label.Zh.Length > 5));
        Assert.NotNull(rule.Chinese);
        Assert.NotNull(rule.English);
    });

    [Fact]
    public void No_text_takes_long()
    {
        // Patterns that go back and forth would need minutes for this.
        var text = string.Concat(Enumerable.Repeat("无身体健康残不要五官", 400));
        PostingLint.Of(text);
        PostingLint.Of(new string('无', 4_000));
        PostingLint.Of(new string('a', 4_000));
    }
}
