using System.Reflection;

namespace JobMatch.Matching.Tests;

public class CodeListTests
{
    private static readonly CodeLists Codes = CodeLists.Default;

    [Fact]
    public void The_lists_are_as_long_as_agreed()
    {
        Assert.Equal(13, AxisText.All.Count);
        Assert.Equal(45, Codes.Accommodations.Count);
        Assert.Equal((39, 2), (Codes.Districts.Count, Codes.Districts.Count(x => x.Merged)));
        Assert.InRange(Codes.Occupations.Count, 70, 200);
        Assert.InRange(Codes.Skills.Count, 100, 400);
    }

    [Fact]
    public void Every_code_is_upper_case_and_stands_once()
    {
        var lists = new[] { Codes.Accommodations.Select(x => x.Code), Codes.Occupations.Select(x => x.Code), Codes.Skills.Select(x => x.Code) };
        Assert.All(lists.SelectMany(x => x), x => Assert.True(CodeLists.IsCode(x), x));
        Assert.All(lists, x => Assert.Equal(x.Count(), x.Distinct().Count()));
        Assert.Equal(Enumerable.Range(1, 45), Codes.Accommodations.Select(x => x.Sort));
    }

    [Fact]
    public void Exposures_and_shifts_share_no_code_because_avoid_takes_both() =>
        Assert.Empty(CodeLists.CodesOf<Exposure>().Intersect(CodeLists.CodesOf<Shift>()));

    [Fact]
    public void A_code_that_stands_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => new CodeLists([.. Accommodation.All, Accommodation.All[0]], Occupation.All, Skill.All, District.All));

    [Fact]
    public void One_accommodation_more_than_fits_is_refused_clearly()
    {
        var most = Enumerable.Range(1, CodeLists.MaxAccommodations).Select(x => Accommodation.All[0] with { Code = $"A{x}", Sort = x }).ToList();
        Assert.Equal(CodeLists.MaxAccommodations, new CodeLists(most, [], [], []).Accommodations.Count);
        var refused = Assert.Throws<ArgumentException>(() => new CodeLists([.. most, Accommodation.All[0]], [], [], []));
        Assert.StartsWith("65 accommodations; at most 64 fit", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bridge_leads_upwards_on_the_scale() =>
        Assert.All(Codes.Accommodations.SelectMany(x => x.Bridges), x => Assert.True(x.From is >= 0 and < 3 && x.To > x.From && x.To <= 3, x.ToString()));

    [Fact]
    public void No_accommodation_bridges_an_axis_twice() =>
        Assert.All(Codes.Accommodations, x => Assert.Equal(x.Bridges.Length, x.Bridges.Select(y => y.Axis).Distinct().Count()));

    [Fact]
    public void Every_axis_has_words_for_each_level_in_both_languages_and_its_own_place()
    {
        Assert.Equal(Enum.GetValues<Axis>(), AxisText.All.Select(x => x.Axis));
        Assert.All(AxisText.All, x =>
        {
            Assert.Equal(CodeLists.CodeOf(x.Axis), x.Code);
            Assert.Equal((4, 4), (x.Seeker.Length, x.Position.Length));
            Assert.All(x.Seeker.Concat(x.Position).Append(x.Label), IsSaid);
        });
    }

    [Fact]
    public void Every_member_of_every_closed_list_has_a_label_in_both_languages()
    {
        Type[] closed =
        [
            typeof(Axis), typeof(Exposure), typeof(Shift), typeof(Rest), typeof(Place), typeof(Contract), typeof(PayPeriod), typeof(Board), typeof(Lodging),
            typeof(LodgingWish), typeof(Education), typeof(Mark), typeof(Avoidance), typeof(Answer), typeof(Verdict), typeof(Result),
        ];
        var labelOf = typeof(CodeLists).GetMethod(nameof(CodeLists.LabelOf))!;
        foreach (var list in closed)
            foreach (var member in Enum.GetValues(list))
                IsSaid((Label)labelOf.MakeGenericMethod(list).Invoke(null, [member])!);
    }

    [Fact]
    public void Codes_of_closed_lists_are_read_back_as_written()
    {
        foreach (var shift in Enum.GetValues<Shift>())
            Assert.Equal(shift, CodeLists.Parse<Shift>(CodeLists.CodeOf(shift)));
        Assert.Equal("BRIGHT_FLASHING_LIGHT", CodeLists.CodeOf(Exposure.BrightFlashingLight));
        Assert.Null(CodeLists.Parse<Shift>("night"));
    }

    [Fact]
    public void Every_entry_of_the_long_lists_is_said_in_both_languages()
    {
        Assert.All(Codes.Accommodations, x => IsSaid(x.Label));
        Assert.All(Codes.Occupations, x => IsSaid(x.Label));
        Assert.All(Codes.Skills, x => IsSaid(x.Label));
        Assert.All(Codes.Districts, x => IsSaid(x.Label));
        Assert.All(Codes.Occupations, x => Assert.Matches("^[0-9]{4}$", x.Isco08));
    }

    [Fact]
    public void No_word_means_two_occupations_or_two_skills()
    {
        Assert.All(Words(Codes.Occupations.Select(x => (x.Code, x.Label, x.SynonymsEn, x.SynonymsZh))), x => Assert.Single(x.Distinct()));
        Assert.All(Words(Codes.Skills.Select(x => (x.Code, x.Label, x.SynonymsEn, x.SynonymsZh))), x => Assert.Single(x.Distinct()));
    }

    [Fact]
    public void A_merged_district_names_successors_that_exist() =>
        Assert.All(Codes.Districts.SelectMany(x => x.ReplacedBy), x => Assert.False(Codes.FindDistrict(x)!.Merged));

    [Fact]
    public void An_accommodation_that_somebody_adds_is_judged_in_its_place()
    {
        var added = new Accommodation("TEST_HELP", 0, "TASK", new("Help", "帮助"), [new(Axis.FineHands, 0, 3)], [Exposure.Heights], false, Stage.Job, false);
        var codes = new CodeLists([.. Accommodation.All, added], Occupation.All, Skill.All, District.All);
        var seeker = Pairs.Anna with { Capacity = Pairs.Level(Axis.FineHands, 0), Needs = Pairs.Musts("TEST_HELP", "STEP_FREE") };
        var position = Pairs.Inspector with { Demands = Pairs.Level(Axis.FineHands, 3), Accommodations = Pairs.Answers(("TEST_HELP", Answer.Offered), ("STEP_FREE", Answer.Offered)) };
        var match = Policy.Judge(seeker, position, Pairs.Today, codes);
        Assert.Equal("TEST_HELP", match.Row("M3", "FINE_HANDS").By);
        Assert.Equal(["TEST_HELP", "STEP_FREE"], match.Rules.Where(x => x.Rule == "M4").Select(x => x.About!));
    }

    [Fact]
    public void The_engine_refers_to_nothing_but_the_base_class_library() =>
        Assert.All(typeof(Policy).Assembly.GetReferencedAssemblies(), x => Assert.StartsWith("System.", x.Name, StringComparison.Ordinal));

    [Fact]
    public void The_types_cannot_hold_what_the_engine_must_not_know()
    {
        string[] unknowable =
        [
            "Name", "Phone", "Email", "Contact", "Certificate", "Category", "Grade", "Gender", "Sex", "Age", "Birth", "Birthday", "Born", "Diagnosis", "Disability", "Disabled", "Impairment",
            "Illness", "Ethnicity", "Nationality", "Consent", "Statistics",
        ];
        var held = new[] { typeof(Seeker), typeof(Position), typeof(Match), typeof(Pair), typeof(RuleRow), typeof(PlusRow), typeof(StatedAnswer), typeof(Decline) }
            .SelectMany(x => x.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(y => y.Name != "EqualityContract"));
        Assert.All(held, x => Assert.Empty(SplitWords(x.Name).Intersect(unknowable)));
    }

    private static IEnumerable<string> SplitWords(string name) => System.Text.RegularExpressions.Regex.Matches(name, "[A-Z][a-z]*").Select(x => x.Value);

    private static IEnumerable<IGrouping<string, string>> Words(IEnumerable<(string Code, Label Label, string[] En, string[] Zh)> entries) =>
        from x in entries from word in x.En.Concat(x.Zh).Append(x.Label.En).Append(x.Label.Zh) group x.Code by TextCloseness.Fold(word);

    private static void IsSaid(Label label)
    {
        Assert.False(string.IsNullOrWhiteSpace(label.En));
        Assert.Contains(label.Zh, TextCloseness.IsHan);
    }
}
