using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>Every code list with both labels, and search as you type. Public.</summary>
public static class Codes
{
    private const int MostFound = 20;

    public static void MapCodes(this Triggers triggers)
    {
        triggers.Http("GET", "/api/codes", "codes.read", All)
            .Describe(x => x.WithSummary("Every code list with its labels in Chinese and English.").Produces<CodesAnswer>());
        triggers.Http("GET", "/api/occupations", "codes.read", Occupations)
            .Describe(x => x.WithSummary("Occupations that begin with, hold or come close to what was typed.").Produces<ListAnswer<CodeAnswer>>());
        triggers.Http("GET", "/api/skills", "codes.read", Skills)
            .Describe(x => x.WithSummary("Skills that begin with, hold or come close to what was typed.").Produces<ListAnswer<CodeAnswer>>());
    }

    private static CodesAnswer All(CodeLists codes) => new(CodeLists.Version, new Dictionary<string, IReadOnlyList<CodeAnswer>>
    {
        ["axes"] = Closed<Axis>(),
        ["accommodations"] = [.. codes.Accommodations.Select(x => CodeAnswer.Of(x.Code, x.Label))],
        ["exposures"] = Closed<Exposure>(),
        ["shifts"] = Closed<Shift>(),
        ["rests"] = Closed<Rest>(),
        ["places"] = Closed<Place>(),
        ["contracts"] = Closed<Contract>(),
        ["payPeriods"] = Closed<PayPeriod>(),
        ["boards"] = Closed<Board>(),
        ["lodgings"] = Closed<Lodging>(),
        ["occupations"] = [.. codes.Occupations.Select(x => CodeAnswer.Of(x.Code, x.Label))],
        ["skills"] = [.. codes.Skills.Select(x => CodeAnswer.Of(x.Code, x.Label))],
        ["licences"] = [.. codes.Skills.Where(x => x.Kind == SkillKind.Licence).Select(x => CodeAnswer.Of(x.Code, x.Label))],
        ["districts"] = [.. codes.Districts.Select(x => CodeAnswer.Of(x.Code, x.Label) with { ReplacedBy = x.Merged ? x.ReplacedBy : null })],
    });

    private static ListAnswer<CodeAnswer> Occupations(HttpContext context, CodeLists codes, string? q)
    {
        var found = CodeSearch.Occupations(codes, Shortened(q), Languages.Of(context), MostFound);
        return new([.. found.Select(x => CodeAnswer.Of(x.Code, x.Label))], found.Count);
    }

    private static ListAnswer<CodeAnswer> Skills(HttpContext context, CodeLists codes, string? q)
    {
        var found = CodeSearch.Skills(codes, Shortened(q), Languages.Of(context), MostFound);
        return new([.. found.Select(x => CodeAnswer.Of(x.Code, x.Label))], found.Count);
    }

    // Free text is at most 60 characters; what is typed beyond that finds nothing more.
    private static string Shortened(string? q) => q is null ? "" : q.Length > 60 ? q[..60] : q;

    private static CodeAnswer[] Closed<T>() where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(x => CodeAnswer.Of(CodeLists.CodeOf(x), CodeLists.LabelOf(x)))];
}

/// <param name="Version">The day the lists were last changed.</param>
/// <param name="Lists">List name → its members in order.</param>
public sealed record CodesAnswer(string Version, IReadOnlyDictionary<string, IReadOnlyList<CodeAnswer>> Lists);

/// <param name="ReplacedBy">Successors of a merged district; null elsewhere.</param>
public sealed record CodeAnswer(string Code, string LabelEn, string LabelZh, IReadOnlyList<string>? ReplacedBy = null)
{
    internal static CodeAnswer Of(string code, Label label) => new(code, label.En, label.Zh);
}
