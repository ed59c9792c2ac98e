using JobMatch.Adapters.Gateways;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Tests.Gateways;

/// <summary>The templates that docs/deploy.md tells operators to have approved carry the texts that the service writes.</summary>
public sealed class DeployTemplatesTests
{
    // So much that no form gives way to a shorter one.
    private const int Room = -1_000;

    /// <summary>Row and column of each cell.</summary>
    private static readonly VendorTemplates Templates = Read();

    private static readonly RecruitmentEvent Fair = new()
    {
        Id = "fair",
        Title = "春季招聘会",
        Kind = EventKind.JobFair,
        District = "500103",
        Address = "解放碑步行街1号",
        StartsAt = new(2027, 3, 1, 9, 0, 0, TimeSpan.FromHours(8)),
        EndsAt = new(2027, 3, 1, 16, 0, 0, TimeSpan.FromHours(8)),
    };

    private static readonly FollowUpSeries Work = new() { Id = "a-b", Subject = "a", Of = FollowUpOf.Placement, StartedOn = new(2027, 3, 1) };

    [Fact]
    public void Every_text_has_its_template()
    {
        var texts = new TextTemplates(CodeLists.Default);
        NamedPosition[] named = [new("p", "产品检验员", "PRODUCT_INSPECTOR", Verdict.Suits, 700, [])];
        HashSet<string> used = [];
        foreach (var (column, voice) in new[] { new Voice(Language.Chinese, false), new(Language.Chinese, true), new(Language.English, false), new(Language.English, true) }.Index())
            foreach (var (row, text) in new[]
                {
                    ("invitation", texts.Invitation(Fair, named, voice, Room)), ("invitation", texts.Invitation(Fair, [], voice, Room)), ("change", texts.Changed(Fair, EventNews.Time | EventNews.Place, voice, Room)),
                    ("cancellation", texts.Cancelled(Fair, voice, Room)), ("reminder", texts.Reminder(Fair, 12, voice, Room)), ("digest", texts.Digest(named, voice, Room)), ("more", texts.More(Fair, named, voice, Room)),
                    ("which one", TextTemplates.Clarify([new(Fair, null, null), new(Fair, null, "王小明")], voice, Room)), ("stopped", TextTemplates.Stopped(false, voice)), ("stopped, and a no", TextTemplates.Stopped(true, voice)),
                    ("resumed", TextTemplates.Resumed(voice)), ("late yes", texts.Place(TextKind.Confirmed, Fair, voice, Room)), ("full", texts.Place(TextKind.Filled, Fair, voice, Room)),
                    ("which one, work among them", TextTemplates.Clarify([new(Fair, null, null), new(null, Work, "王小明")], voice, Room)), ("follow-up", TextTemplates.FollowUp(Work, 1, voice)),
                    ("follow-up, a firm", TextTemplates.FollowUp(Work with { Of = FollowUpOf.Founding }, 12, voice)),
                    ("booked", texts.Place(TextKind.Booked, Fair, voice, Room)), ("none left", texts.Place(TextKind.NoneLeft, Fair, voice, Room)),
                })
            {
                var found = Templates.Find(text);
                Assert.True(found?.Code == $"{row} {column}", $"{text}: {found?.Code}, not {row} {column}");
                used.Add(found!.Value.Code);
            }
        foreach (var (column, language) in new[] { (0, Language.Chinese), (2, Language.English) })
        {
            var found = Templates.Find(SendCode.TextOf("012345", language));
            Assert.Equal($"sign-in code {column}", found?.Code);
            used.Add(found!.Value.Code);
        }
        Assert.Empty(Templates.Keys.Except(used));
    }

    private static VendorTemplates Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "docs", "deploy.md")))
            folder = folder.Parent;
        var templates = new VendorTemplates();
        foreach (var line in File.ReadLines(Path.Combine(folder.FullName, "docs", "deploy.md")).SkipWhile(line => !line.StartsWith("| Text |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')))
        {
            var cells = line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray();
            foreach (var (column, cell) in cells[1..].Index())
                if (cell.StartsWith('`'))
                    templates.Add($"{cells[0]} {column}", cell.Trim('`'));
        }
        return templates;
    }
}
