using System.ComponentModel.DataAnnotations;
using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>What a person can take up beside a position. It says as a position does where it is, what it asks and what it offers; its openings are places.</summary>
public record OpportunityShape : PositionShape
{
    public OpportunityShape() { }

    internal OpportunityShape(PositionShape shape) : base(shape) { }

    /// <summary>Its first day.</summary>
    public DateOnly? StartsOn { get; init; }

    /// <summary>What a course teaches, or what it is about: codes of skills, at most 50; only for kinds that have such.</summary>
    [MaxLength(Limits.Entries)]
    public IReadOnlyList<string>? Skills { get; init; }

    /// <summary>Whole numbers from 0 by the kind's own words.</summary>
    public IReadOnlyDictionary<string, int>? Details { get; init; }
}

/// <summary>An opportunity's shape as what is stored, and back.</summary>
public static class OpportunityConversion
{
    private const int MostOfADetail = 10_000_000;

    public static Reading<Opportunity> ToOpportunity(this OpportunityShape shape, OpportunityKind kind, string id, DateOnly today, CodeLists lists)
    {
        var found = new Findings(lists, today);
        var skills = found.Skills(shape.Skills, "skills") ?? [];
        foreach (var (i, skill) in skills.Index())
            if (kind.Skills is null)
                found.Say(Faults.Conflict($"skills[{i}]", "This kind has no skills of its own. Leave them out.", "这类机会没有该字段，请删去。"));
            else if (!CodeLists.IsCode(skill))
                found.Say(Faults.UnknownCode($"skills[{i}]", "Name a skill by its code. GET /api/skills finds one.", "请填写技能代码，可用 /api/skills 查找。"));
        foreach (var (word, number) in shape.Details ?? new Dictionary<string, int>())
            if (kind.Details.All(x => x.Code != word))
                found.Say(Faults.UnknownCode($"details.{word}", kind.Details.Select(x => x.Code)));
            else if (number is < 0 or > MostOfADetail)
                found.Say(Faults.OutOfRange($"details.{word}", 0, MostOfADetail));
        return new Reading<OpportunityShape>(shape, found.Errors).Then(x => x.ToFile(id, "opportunity", today, lists)).Then(file => new Reading<Opportunity>(new()
        {
            Kind = kind.Code,
            Facts = file.Facts,
            StartsOn = shape.StartsOn,
            Skills = skills,
            Details = new SortedDictionary<string, int>((shape.Details ?? new Dictionary<string, int>()).ToDictionary(), StringComparer.Ordinal),
        }, []));
    }

    /// <summary>What was put, as stored; answers are objects with their day.</summary>
    public static OpportunityShape ToShape(this Opportunity x) => new(new PositionFile { Employer = "", Facts = x.Facts }.ToShape())
    {
        StartsOn = x.StartsOn,
        Skills = x.Skills.Count == 0 ? null : x.Skills,
        Details = x.Details.Count == 0 ? null : x.Details,
    };
}
