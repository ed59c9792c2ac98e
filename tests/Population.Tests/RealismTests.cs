using JobMatch.Matching;
using Xunit.Abstractions;

namespace JobMatch.Population.Tests;

public sealed class RealismTests(ITestOutputHelper output)
{
    private static readonly Lazy<Split> Whole = new(() => Split.Of([.. Sample.Matched.Select(person => person.Facts)], Sample.Positions, Sample.GeneratedOn));

    [Fact]
    public void Most_people_have_a_position_and_a_few_have_none_yet()
    {
        output.WriteLine(Whole.Value.ToString());
        Assert.InRange(Whole.Value.Best(Verdict.DoesNotSuit), 2, 10);
        Assert.InRange(Whole.Value.Survive, 4, 6.5);
    }

    [Fact]
    public void Open_questions_prevail_and_the_best_matches_hold_all_three_verdicts()
    {
        var split = Whole.Value;
        Assert.True(split.Pairs(Verdict.AskFirst) > 10 * split.Pairs(Verdict.Suits));
        Assert.InRange(split.With(Verdict.Suits), 10, 40);
        Assert.InRange(split.With(Verdict.SuitsIfArranged), 6, 40);
        Assert.InRange(split.Tops(Verdict.Suits) + split.Tops(Verdict.SuitsIfArranged), 5, 40);
    }

    [Theory]
    [InlineData("M2")]
    [InlineData("M3")]
    [InlineData("M4")]
    [InlineData("M5")]
    [InlineData("M6")]
    [InlineData("M7")]
    [InlineData("M8")]
    [InlineData("M9")]
    [InlineData("M10")]
    public void No_filter_decides_alone(string rule) => Assert.InRange(Whole.Value.Passes(rule), 38, 75);

    [Fact]
    public void The_samples_readme_shows_what_is_measured()
    {
        var readme = File.ReadAllText(Path.Combine(Sample.Folder, "..", "README.md"));
        var split = Whole.Value;
        Assert.Contains(FormattableString.Invariant($"Of the {split.People} people"), readme, StringComparison.Ordinal);
        foreach (var verdict in new[] { Verdict.Suits, Verdict.SuitsIfArranged, Verdict.AskFirst })
            Assert.Contains(FormattableString.Invariant($"| {split.Pairs(verdict):F2} % | {split.Tops(verdict):F1} % | {split.Best(verdict):F1} % | {split.With(verdict):F1} % |"), readme, StringComparison.Ordinal);
        foreach (var rule in new[] { "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10" })
            Assert.Matches(FormattableString.Invariant($@"\| {rule} \w+ \| {split.Applies(rule):F1} % \| {split.Passes(rule):F1} % \|"), readme);
    }

    [Fact]
    public void Postings_and_people_say_as_little_as_in_life()
    {
        var sparse = Sample.Positions.Count(position => position.Demands.Count <= 3 && position.Accommodations.Count <= 2);
        var quiet = Enumerable.Range(0, 1000).Count(index => Sample.Populace.Seeker(index).Capacity.Count < 4);
        output.WriteLine($"{sparse} of 600 positions state three axes and two accommodations or fewer, {quiet} of 1000 seekers fewer than four axes");
        Assert.InRange(sparse, 360, 480);
        Assert.InRange(quiet, 300, 450);
    }

    [Fact]
    public void Consent_is_usual_and_never_of_everybody()
    {
        var people = Enumerable.Range(0, 1000).Select(Sample.Populace.Person).ToList();
        Assert.InRange(people.Count(person => person.Consent.Matching is not null), 950, 990);
        Assert.InRange(people.Count(person => person.Consent.Sms is not null), 850, 950);
        Assert.InRange(people.Count(person => person.Consent.Employers is not null), 500, 700);
        Assert.InRange(people.Count(person => person.Consent.Statistics is not null), 500, 750);
        Assert.All(people, person => Assert.True(new[] { person.Consent.Matching, person.Consent.Sms, person.Consent.Employers, person.Consent.Statistics }.All(day => day is null || day < Sample.GeneratedOn)));
    }

    [Fact]
    public void A_set_that_is_hard_to_filter_comes_from_the_same_draw()
    {
        var hard = new Populace(1, Sample.GeneratedOn) { Strictness = 50, Districts = [.. Settled.Chongqing.Where(place => place.District.Zone == "CENTRAL")] };
        var split = Split.Of([.. hard.Seekers(200)], [.. hard.Positions(300).Select(hard.AsPosted)], Sample.GeneratedOn);
        output.WriteLine(split.ToString());
        Assert.InRange(split.Survive, 25, 40);
    }
}
