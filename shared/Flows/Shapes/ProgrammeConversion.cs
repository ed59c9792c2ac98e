using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>A programme record's shape as what is stored, and back: held against the definition of its kind.</summary>
public static class ProgrammeConversion
{
    private const int MostOfAnAmount = 1_000_000_000;

    /// <summary>The record as the shape says it; its participant is still a seeker's id.</summary>
    /// <param name="today">Asia/Shanghai; only what is planned lies after it.</param>
    public static Reading<ProgrammeRecord> ToRecord(this ProgrammeRecordShape shape, ProgrammeKind kind, string id, DateOnly today)
    {
        var found = new Findings(CodeLists.Default, today);
        found.Say(CallerId.Check(id));
        Member(shape.Participant, kind.Participant == ParticipantRule.Required, kind.Participant != ParticipantRule.None, "participant", isId: true, found);
        Member(shape.Title, kind.Title is not null, kind.Title is not null, "title", isId: false, found);
        Member(shape.PartOf, kind.PartOf is not null, kind.PartOf is not null, "partOf", isId: true, found);
        Member(shape.At, false, kind.At, "at", isId: true, found);
        Member(shape.Type, kind.Types.Count > 0, kind.Types.Count > 0, "type", isId: false, found);
        if (kind.Types.Count > 0)
            Word(shape.Type, kind.Types, "type", found);
        Word(shape.Outcome, kind.Outcomes, "outcome", found);
        var steps = (shape.Steps ?? []).Index().Select(x => Step(x.Item, kind, $"steps[{x.Index}].", found)).OfType<DatedStep>().ToList();
        foreach (var (at, step) in steps.Index())
            if (steps.Take(at).Any(earlier => kind.FindStep(step.Step)!.Many ? earlier.IsSame(step) : earlier.Step == step.Step))
                found.Say(Faults.Duplicate($"steps[{at}]", "This step stands twice. Give it once, or another day where it may happen more than once.", "该步骤重复。请只保留一处；可多次发生的步骤请填写不同日期。"));
        return found.With(new ProgrammeRecord
        {
            Kind = kind.Code,
            Id = id,
            Participant = shape.Participant,
            Title = shape.Title,
            PartOf = shape.PartOf,
            At = shape.At,
            Type = shape.Type,
            Steps = ProgrammeRecord.Ordered(steps),
            Outcome = shape.Outcome,
        });
    }

    /// <summary>One step that is noted by itself.</summary>
    public static Reading<DatedStep> ToStep(this ProgrammeStepShape shape, ProgrammeKind kind, DateOnly today)
    {
        var found = new Findings(CodeLists.Default, today);
        return found.With(Step(shape, kind, "", found) ?? new("", today));
    }

    /// <summary>What was put, as stored.</summary>
    /// <param name="participant">The seeker's id; null where nobody is named or they were erased.</param>
    public static ProgrammeRecordShape ToShape(this ProgrammeRecord record, string? participant) => new()
    {
        Participant = participant,
        Title = record.Title,
        PartOf = record.PartOf,
        At = record.At,
        Type = record.Type,
        Steps = [.. record.Steps.Select(step => new ProgrammeStepShape { Step = step.Step, On = step.On, Ref = step.Ref, Amounts = step.Amounts })],
        Outcome = record.Outcome,
    };

    private static DatedStep? Step(ProgrammeStepShape shape, ProgrammeKind kind, string at, Findings found)
    {
        if (shape.Step is null || shape.On is not { } on)
            return null;
        if (kind.FindStep(shape.Step) is not { } step)
        {
            found.Say(Faults.UnknownCode(at + "step", kind.Steps.Select(x => x.Code)));
            return null;
        }
        if (!step.Ahead)
            found.Past(on, at + "on");
        Member(shape.Ref, false, step.Ref is not null, at + "ref", isId: true, found);
        foreach (var (word, number) in shape.Amounts ?? new Dictionary<string, int>())
            if (step.Amounts.All(x => x.Code != word))
                found.Say(step.Amounts.Count == 0
                    ? Faults.Conflict($"{at}amounts.{word}", "This step has no amounts. Leave it out.", "该步骤没有数量，请删去。")
                    : Faults.UnknownCode($"{at}amounts.{word}", step.Amounts.Select(x => x.Code)));
            else if (number is < 0 or > MostOfAnAmount)
                found.Say(Faults.OutOfRange($"{at}amounts.{word}", 0, MostOfAnAmount));
        return new(step.Code, on, shape.Ref, shape.Amounts is { Count: > 0 } ? new SortedDictionary<string, int>(shape.Amounts.ToDictionary(), StringComparer.Ordinal) : null);
    }

    private static void Member(string? said, bool needed, bool known, string field, bool isId, Findings found)
    {
        if (said is null && needed)
            found.Say(Faults.Required(field));
        else if (said is not null && !known)
            found.Say(Faults.Conflict(field, "Records of this kind do not have it. Leave it out.", "这类记录没有该字段，请删去。"));
        else if (said is not null && isId)
            found.Say(CallerId.Check(said, field));
    }

    private static void Word(string? said, IReadOnlyList<ProgrammeWord> words, string field, Findings found)
    {
        if (said is not null && words.All(word => word.Code != said))
            found.Say(words.Count == 0
                ? Faults.Conflict(field, "Records of this kind do not have it. Leave it out.", "这类记录没有该字段，请删去。")
                : Faults.UnknownCode(field, words.Select(word => word.Code)));
    }
}
