using System.Text.RegularExpressions;
using static JobMatch.Matching.Tests.Pairs;

namespace JobMatch.Matching.Tests;

public partial class SentencesTests
{
    /// <summary>Every rule with the results that the policy can give it.</summary>
    internal static readonly (string Rule, Result Result, Whom? Whom)[] Possible =
    [
        .. new[] { "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11" }.SelectMany(x => new (string, Result, Whom?)[] { (x, Result.Met, null), (x, Result.NotMet, null) }),
        .. new[] { "M3", "M4", "M9" }.Select(x => (x, Result.MetIfArranged, (Whom?)null)),
        .. new[] { "M2", "M3", "M4", "M5", "M9", "M10" }.Select(x => (x, Result.Ask, (Whom?)Whom.Employer)),
        .. new[] { "M2", "M3", "M6", "M7" }.Select(x => (x, Result.Ask, (Whom?)Whom.You)),
    ];

    [Fact]
    public void Every_rule_and_result_has_a_sentence_for_everyone_and_no_other_has_one()
    {
        var worded = Wordings.All.Where(x => x.Result is not null).Select(x => (x.Id, x.Result!.Value, x.Whom)).Distinct();
        Assert.Equal(Possible.Order(), worded.Order());
        Assert.Equal(Policy.Pluses.Select(x => x.Id), Wordings.All.Where(x => x.Result is null).Select(x => x.Id).Distinct());
    }

    [Fact]
    public void No_two_reasons_share_a_text()
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            var texts = from x in Wordings.All
                        from audience in Enum.GetValues<Audience>()
                        group (x.Id, x.Result, x.Whom, audience) by x.To(audience).In(language);
            Assert.All(texts, x => Assert.True(x.Distinct().Count() == 1, $"{x.Key} is said for {string.Join(" and ", x.Distinct())}"));
        }
    }

    [Fact]
    public void No_Chinese_sentence_is_longer_than_forty_characters_whatever_the_labels()
    {
        foreach (var wording in Wordings.All)
            foreach (var audience in Enum.GetValues<Audience>())
            {
                var text = Fact().Replace(wording.To(audience).Zh, x => Longest(x.Groups[1].Value, wording.Id));
                Assert.True(text.Length <= Sentences.LongestZh, $"{wording.Id} {wording.Result} {wording.Why} {audience}: {text.Length} {text}");
            }
    }

    [Fact]
    public void What_the_employer_reads_names_nothing_that_the_person_can_do_avoids_earns_or_where_they_live()
    {
        string[] secret = ["can", "avoid", "floor", "max", "min", "limit", "home", "slow", "fast", "has", "known", "marked", "percent"];
        Assert.All(Wordings.All, x =>
        {
            foreach (var language in Enum.GetValues<Language>())
                Assert.DoesNotContain(Fact().Matches(x.Employer.In(language)).Select(y => y.Groups[1].Value), secret.Contains);
        });
    }

    [Fact]
    public void What_the_employer_reads_of_an_axis_tells_no_capacities_apart()
    {
        var texts = new HashSet<string>();
        foreach (var level in new int?[] { null, 0, 1 })
        {
            var seeker = Anna with { Capacity = level is null ? new Dictionary<Axis, int>() : new Dictionary<Axis, int> { [Axis.FineHands] = level.Value } };
            var match = Judge(seeker, Inspector with { Demands = new Dictionary<Axis, int> { [Axis.FineHands] = 2 } });
            var row = match.Row("M3", "FINE_HANDS");
            Assert.Equal(new(Result.Ask, Whom.You), new Ruling(row.Result, row.Whom));
            texts.Add(Sentences.For(row, match, Audience.Employer, Language.English, Codes));
        }
        Assert.Single(texts);
    }

    [Fact]
    public void Every_row_and_plus_of_three_thousand_pairs_is_said_in_full_to_everyone()
    {
        foreach (var (seeker, position) in RandomPairs.Take(3_000, seed: 7))
        {
            var match = Judge(seeker, position);
            foreach (var audience in Enum.GetValues<Audience>())
                foreach (var language in Enum.GetValues<Language>())
                {
                    foreach (var row in match.Rules)
                        Check(Sentences.For(row, match, audience, language, Codes), language);
                    foreach (var plus in match.Pluses)
                        Check(Sentences.For(plus, match, audience, language, Codes), language);
                }
        }

        static void Check(string text, Language language)
        {
            // Once for all: a million assertions take longer than a million sentences.
            var broken = text.Contains('{') || text.Contains("“”", StringComparison.Ordinal) || text.Contains("  ", StringComparison.Ordinal) || text.Contains(": .", StringComparison.Ordinal);
            if (broken || text.Length < 5 || language == Language.Chinese && text.Length > Sentences.LongestZh)
                Assert.Fail(text);
        }
    }

    [Fact]
    public void A_sentence_names_what_the_job_asks_what_the_seeker_said_and_what_to_do()
    {
        var seeker = Anna with { Capacity = new Dictionary<Axis, int> { [Axis.Hearing] = 1 }, Needs = new Dictionary<string, Mark> { ["SIGN_INTERPRETER"] = Mark.Helps } };
        var position = Inspector with { Accommodations = new Dictionary<string, StatedAnswer> { ["SIGN_INTERPRETER"] = new(Answer.OnRequest, Today) } };
        var match = Judge(seeker, position);
        var row = match.Row("M3", "HEARING");
        Assert.Equal("岗位要求面对面听懂交谈，您能听到大声音，提出后会安排“手语翻译”。", Sentences.For(row, match, Audience.Seeker, Language.Chinese, Codes));
        Assert.Equal(
            "The job asks: short talk face to face, spoken instructions. You said: “I hear loud sounds, or a few words face to face”. If you ask, a sign language interpreter will be arranged.",
            Sentences.For(row, match, Audience.Seeker, Language.English, Codes));
        Assert.Equal("岗位要求面对面听懂交谈；请按承诺安排“手语翻译”。", Sentences.For(row, match, Audience.Employer, Language.Chinese, Codes));
    }

    [Fact]
    public void An_accommodation_that_somebody_adds_is_said_too()
    {
        var added = new Accommodation("HAMMOCK", 46, "TIME", new("A hammock under the trees", "树荫下可以午睡的大吊床（两人）"), [], [], false, Stage.Job, false);
        var codes = new CodeLists([.. Accommodation.All, added], Occupation.All, Skill.All, District.All);
        var match = Policy.Judge(Anna with { Needs = new Dictionary<string, Mark> { ["HAMMOCK"] = Mark.Must } }, Inspector, Today, codes);
        var text = Sentences.For(match.Row("M4", "HAMMOCK"), match, Audience.Seeker, Language.Chinese, codes);
        Assert.Equal("您必须有“树荫下可以午睡的…”，单位没说；可以不留名地问。", text);
    }

    [Fact]
    public void Every_accommodation_that_we_ship_has_a_short_form() =>
        Assert.Equal(Codes.Accommodations.Select(x => x.Code).Order(), ShortForms.Accommodations.Keys.Order());

    [Fact]
    public void Every_verdict_is_said() =>
        Assert.Equal(8, Enum.GetValues<Verdict>().SelectMany(x => new[] { Sentences.Verdict(x, Language.Chinese), Sentences.Verdict(x, Language.English) }).Distinct().Count());

    // Numbers as wide as life makes them: pay and floors of seven figures, four-figure minutes.
    private static string Longest(string fact, string id) => fact switch
    {
        "closes" or "until" or "expires" or "posted" => "2026年12月31日",
        "openings" or "left" => "1000",
        "place" => Widest(Enum.GetValues<Place>().Select(x => CodeLists.LabelOf(x).Zh)),
        "lodging" => Widest(Enum.GetValues<Lodging>().Select(x => CodeLists.LabelOf(x).Zh)),
        "there" or "home" => Widest(Codes.Districts.Select(x => x.ShortZh)),
        "slow" or "fast" => "1000",
        "limit" or "hours" or "max" or "min" => "168",
        "axis" => Widest(AxisText.All.Select(x => x.Label.Zh)),
        "asks" => Widest(AxisText.All.SelectMany(x => Enumerable.Range(0, 4).Select(level => ShortForms.Demand(x.Axis, level, Language.Chinese)))),
        "can" => Widest(AxisText.All.SelectMany(x => Enumerable.Range(0, 4).Select(level => ShortForms.Capacity(x.Axis, level, Language.Chinese)))),
        "by" or "need" => Widest(Codes.Accommodations.Select(x => ShortForms.Accommodation(x.Code, Codes, Language.Chinese))),
        "avoid" => Widest(Enum.GetValues<Exposure>().Select(x => CodeLists.LabelOf(x).Zh).Concat(Enum.GetValues<Shift>().Select(x => CodeLists.LabelOf(x).Zh))),
        "shifts" => "弹性时间、直播时段等",
        "paper" or "skill" => Widest(Codes.Skills.Select(x => ShortForms.Clip(x.Label.Zh, Language.Chinese))),
        "job" => new string('长', 12),
        "least" or "has" => Widest(Enum.GetValues<Education>().Select(x => CodeLists.LabelOf(x).Zh)),
        "contract" => Widest(Enum.GetValues<Contract>().Select(x => CodeLists.LabelOf(x).Zh)),
        "pay" or "floor" => "1000000",
        "listed" or "held" or "known" or "said" or "marked" => "20",
        "percent" => "100",
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, id),
    };

    private static string Widest(IEnumerable<string> texts) => texts.MaxBy(x => x.Length)!;

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Fact();
}
