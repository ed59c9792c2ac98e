using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace JobMatch.Matching.Tests;

/// <summary>A pair drawn by chance. What fails is told with the facts that it takes to fail, and no others.</summary>
/// <param name="Roll">For what a property draws on top.</param>
internal sealed record Case(int Roll, Seeker Seeker, Position Position)
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>As <see cref="RandomPairs"/> draws them.</summary>
    public static Case Of(int roll)
    {
        var (seeker, position) = RandomPairs.Take(1, roll).Single();
        return new(roll, seeker, position);
    }

    /// <summary>A property holds for ten thousand cases from a seed, the same on every run; their split is printed and held to.</summary>
    public static void Hold(ITestOutputHelper output, ulong seed, Action<Case, Match> holds)
    {
        var split = new Split();
        var all = Arb.From(Gen.Choose(0, int.MaxValue).Select(Of), one => Less(one.Seeker).Select(x => one with { Seeker = x }).Concat(Less(one.Position).Select(x => one with { Position = x })));
        Prop.ForAll(all, one =>
        {
            var match = Pairs.Judge(one.Seeker, one.Position);
            holds(one, match);
            split.Count(match);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(10_000).WithReplay(FSharpOption<Replay>.Some(new(new(seed), FSharpOption<int>.None))));
        split.Print(output);
    }

    public override string ToString() => JsonSerializer.Serialize(new { Roll, Seeker, Position }, Readable);

    // The same with one fact left out.
    private static IEnumerable<Seeker> Less(Seeker seeker) =>
    [
        .. Without(seeker.Capacity).Select(x => seeker with { Capacity = x }),
        .. Without(seeker.Needs).Select(x => seeker with { Needs = x }),
        .. Without(seeker.AvoidExposures).Select(x => seeker with { AvoidExposures = x }),
        .. Without(seeker.AvoidShifts).Select(x => seeker with { AvoidShifts = x }),
        .. Without(seeker.Declines).Select(x => seeker with { Declines = x }),
        .. Without(seeker.DeclinedBy ?? new Dictionary<string, Decline>()).Select(x => seeker with { DeclinedBy = x }),
        .. Without(seeker.Skills).Select(x => seeker with { Skills = x }),
        .. Without(seeker.Occupations).Select(x => seeker with { Occupations = x }),
        .. Without(seeker.Licences).Select(x => seeker with { Licences = x }),
        .. Without(seeker.Contracts).Select(x => seeker with { Contracts = x }),
        .. Without(seeker.Places).Select(x => seeker with { Places = x }),
        .. Unsaid(seeker.Education, seeker with { Education = null }),
        .. Unsaid(seeker.MinPayMonthly, seeker with { MinPayMonthly = null }),
        .. Unsaid(seeker.HoursPerWeek, seeker with { HoursPerWeek = null }),
        .. Unsaid(seeker.CommuteMinutes, seeker with { CommuteMinutes = null }),
        .. Unsaid(seeker.Lodging, seeker with { Lodging = null }),
    ];

    private static IEnumerable<Position> Less(Position position) =>
    [
        .. Without(position.Demands).Select(x => position with { Demands = x }),
        .. Without(position.Accommodations).Select(x => position with { Accommodations = x }),
        .. Without(position.Exposures).Select(x => position with { Exposures = x }),
        .. Without(position.Declines).Select(x => position with { Declines = x }),
        .. Without(position.SkillsRequired).Select(x => position with { SkillsRequired = x ?? [] }),
        .. Without(position.SkillsOptional).Select(x => position with { SkillsOptional = x ?? [] }),
        .. Without(position.Licences).Select(x => position with { Licences = x ?? [] }),
        .. Without(position.Shifts).Select(x => position with { Shifts = x }),
        .. Unsaid(position.Occupation, position with { Occupation = null }),
        .. Unsaid(position.EducationMin, position with { EducationMin = null }),
        .. Unsaid(position.Contract, position with { Contract = null }),
        .. Unsaid(position.HoursPerWeek, position with { HoursPerWeek = null }),
        .. Unsaid(position.Pay, position with { Pay = null }),
        .. Unsaid(position.Lodging, position with { Lodging = null }),
        .. Unsaid(position.SiteCheck, position with { SiteCheck = null }),
    ];

    private static IEnumerable<Dictionary<TKey, TValue>> Without<TKey, TValue>(IReadOnlyDictionary<TKey, TValue> said) where TKey : notnull =>
        said.Keys.Select(left => said.Where(x => !x.Key.Equals(left)).ToDictionary());

    private static IEnumerable<List<T>?> Without<T>(IReadOnlyList<T>? said) =>
        said is null ? [] : said.Select((_, left) => said.Where((_, i) => i != left).ToList()).Append(null).Where(x => x is null || x.Count < said.Count);

    private static IEnumerable<T> Unsaid<T>(object? said, T without) => said is null ? [] : [without];
}
