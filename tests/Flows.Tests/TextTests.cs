using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

public class TextTests
{
    private const int Signature = 12;
    private static readonly TextTemplates Texts = new(CodeLists.Default);

    private static readonly Voice Zh = new(Language.Chinese, false), En = new(Language.English, false);

    private static readonly Voice[] Voices = [Zh, En, Zh with { EasyRead = true }, En with { EasyRead = true }];

    private static NamedPosition Named(string title, string? occupation = "PRODUCT_INSPECTOR") => new("p", title, occupation, Verdict.Suits, 700, []);

    private static string Say(RecruitmentEvent fair, params NamedPosition[] named) => Texts.Invitation(fair, named, Zh, Signature);

    [Fact]
    public void An_invitation_says_when_where_which_jobs_and_how_to_answer() => Assert.Equal(
        "春季招聘会：3月1日周一09:00，渝中区解放碑步行街1号。适合您的岗位：产品检验员、网络主播。回复1来，2不来，3联系我，4更多，T退订。",
        Say(Town.Fair(), Named("产品检验员"), Named("网络主播")));

    [Fact]
    public void In_English_a_Chinese_title_gives_way_to_the_occupations_label() => Assert.Equal(
        "Spring fair: Mon 1 Mar 09:00, 1 Jiefangbei, Yuzhong District. For you: " + CodeLists.Default.FindOccupation("PRODUCT_INSPECTOR")!.Label.En + "; Show host. Reply 1 coming, 2 not, 3 contact me, 4 more, T stop.",
        Texts.Invitation(Town.Fair() with { Title = "Spring fair", Address = "1 Jiefangbei" }, [Named("产品检验员"), Named("Show host", null)], En, -1_000));

    [Fact]
    public void The_short_title_stands_for_one_that_names_disability() =>
        Assert.StartsWith("春季专场：", Say(Town.Fair() with { Title = "残疾人专场招聘会", ShortTitle = "春季专场" }, Named("产品检验员")), StringComparison.Ordinal);

    [Theory]
    [InlineData("残疾人专岗")]
    [InlineData("详见 www.example.com")]
    [InlineData("检验员 联系13800000000")]
    public void A_job_title_that_outs_or_leads_away_gives_way_to_the_occupations_label(string title)
    {
        var text = Say(Town.Fair(), Named(title));
        Assert.DoesNotContain(title, text, StringComparison.Ordinal);
        Assert.Contains(CodeLists.Default.FindOccupation("PRODUCT_INSPECTOR")!.Label.Zh, text, StringComparison.Ordinal);
        Assert.Contains("有适合您的岗位", Say(Town.Fair(), Named(title, null)), StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_outs_or_leads_away_whatever_the_event_says()
    {
        foreach (var bad in new[] { "残疾人专场", "聋人招聘会", "见 https://a.cn/x", "电话02312345678", "wheelchair users' fair" })
            foreach (var voice in Voices)
            {
                var text = Texts.Invitation(Town.Fair() with { Title = bad, Address = bad }, [Named(bad, null), Named(bad)], voice, Signature);
                Assert.False(Outs.Names(text), text);
                Assert.False(TextTemplates.Leads(text), text);
            }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    public void Parts_are_counted_as_carriers_count(int length, int parts) => Assert.Equal(parts, TextTemplates.Parts(length));

    [Fact]
    public void A_text_is_shortened_to_two_parts_whatever_its_names()
    {
        foreach (var length in Enumerable.Range(1, 80))
            foreach (var voice in Voices)
            {
                var name = string.Concat(Enumerable.Repeat(voice.Language == Language.English ? "n" : "名", length));
                var text = Texts.Invitation(Town.Fair() with { Title = name, Address = name }, [Named(name, null), Named("另" + name, null)], voice, Signature);
                Assert.True(TextTemplates.Parts(text.Length + Signature) <= 2, $"{text.Length}: {text}");
                Assert.Contains("1", text, StringComparison.Ordinal);
            }
    }

    [Fact]
    public void A_letter_outside_the_basic_plane_is_not_cut_in_two()
    {
        var name = "十二个字以内的名称是𬭳" + new string('长', 70);
        Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(Say(Town.Fair() with { Title = name, Address = name }, Named(name, null)))));
    }

    [Fact]
    public void An_online_fair_is_held_online() =>
        Assert.Contains("网上举行", Say(Town.Fair() with { Kind = EventKind.OnlineFair, District = null, Address = null, Online = "https://example.cn/fair" }, Named("产品检验员")), StringComparison.Ordinal);

    [Fact]
    public void Easy_read_says_the_same_in_short_sentences_to_who_marks_it()
    {
        var person = Town.Person(0) with { Facts = Town.Person(0).Facts with { Needs = new Dictionary<string, Mark> { ["EASY_READ"] = Mark.Helps } } };
        Assert.Equal(
            "春季招聘会。时间：3月1日周一09:00。地点：渝中区解放碑步行街1号。有工作适合您：产品检验员。您来吗？来，回复1。不来，回复2。要我们联系您，回复3。想知道更多，回复4。不要短信，回复T。",
            Texts.Invitation(Town.Fair(), [Named("产品检验员")], Voice.Of(person), Signature));
        Assert.False(Voice.Of(Town.Person(0)).EasyRead);
    }

    private static readonly FollowUpSeries Work = new() { Id = "a-b", Subject = "a", Of = FollowUpOf.Placement, StartedOn = new(2027, 12, 31) };

    [Fact]
    public void Every_kind_of_text_in_every_voice_is_two_parts_at_most_and_outs_nobody_whatever_the_names()
    {
        foreach (var title in new[] { "春季招聘会", "残疾人专场", new string('长', 100), "Spring fair" })
            foreach (var voice in Voices)
            {
                var fair = Town.Fair() with { Title = title, Address = title };
                var named = new[] { Named(title, null), Named("聋人岗位"), Named("第三个岗位", null) with { District = "500243", Pay = new(3500, 4500, PayPeriod.Month, true) } };
                var all = new[]
                {
                    Texts.Invitation(fair, named, voice, Signature), Texts.Reminder(fair, 1234, voice, Signature), Texts.More(fair, named, voice, Signature), Texts.Digest(named, voice, Signature), Texts.Place(TextKind.Confirmed, fair, voice, Signature),
                    TextTemplates.Clarify([.. Enumerable.Repeat(new TextTemplates.Asked(fair, null, "聋人小王"), 26)], voice, Signature), TextTemplates.Stopped(true, voice), TextTemplates.Stopped(false, voice), TextTemplates.Resumed(voice),
                    TextTemplates.Clarify([.. Enumerable.Repeat(new TextTemplates.Asked(null, Work, "聋人小王"), 26)], voice, Signature),
                    TextTemplates.FollowUp(Work, 12, voice), TextTemplates.FollowUp(Work with { Of = FollowUpOf.Founding }, 12, voice),
                };
                Assert.All(all, text =>
                {
                    Assert.False(Outs.Names(text) || TextTemplates.Leads(text), text);
                    Assert.True(TextTemplates.Parts(text.Length + Signature) <= 2, text);
                });
            }
    }
}
