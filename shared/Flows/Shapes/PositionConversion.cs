using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>A position's shape as what is stored, and back.</summary>
public static class PositionConversion
{
    /// <summary>
    /// The file as the shape says it, first put today. What only the service knows (version, signed, closed, site check,
    /// declines, the day of the first PUT of a known position) is left for <see cref="PutPosition"/> to fill in.
    /// </summary>
    /// <param name="today">Asia/Shanghai; a bare answer is of this day.</param>
    public static Reading<PositionFile> ToFile(this PositionShape shape, string id, string employer, DateOnly today, CodeLists lists)
    {
        var found = new Findings(lists, today);
        found.Say(CallerId.Check(id));
        var facts = Facts(shape, id, found);
        if (shape.District is null && facts.Place != Place.Remote)
            found.Say(Faults.Required("district", "Give the district, or work.place REMOTE.", "请填写区县；居家（远程）岗位请把 work.place 写为 REMOTE。"));
        return found.With(new PositionFile { Employer = employer, Facts = facts, Description = shape.Description, Address = shape.Address });
    }

    /// <summary>What was put, as stored; answers are objects with their day.</summary>
    public static PositionShape ToShape(this PositionFile file) => new()
    {
        Title = file.Facts.Title,
        Description = file.Description,
        Occupation = file.Facts.Occupation,
        District = file.Facts.District,
        Address = file.Address,
        Openings = file.Facts.Openings,
        Demands = SeekerConversion.NullIfEmpty(file.Facts.Demands.ToDictionary(x => CodeLists.CodeOf(x.Key), x => x.Value)),
        Accommodations = ToShape(file.Facts.Accommodations),
        Exposures = SeekerConversion.NullIfEmpty(file.Facts.Exposures.ToDictionary(x => CodeLists.CodeOf(x.Key), x => x.Value ? YesNo.Yes : YesNo.No)),
        SkillsRequired = file.Facts.SkillsRequired,
        SkillsOptional = file.Facts.SkillsOptional,
        EducationMin = file.Facts.EducationMin,
        Licences = file.Facts.Licences,
        Work = new()
        {
            Contract = file.Facts.Contract,
            Place = file.Facts.Place,
            Shifts = file.Facts.Shifts,
            Rest = file.Facts.Rest,
            HoursPerWeek = file.Facts.HoursPerWeek,
            Pay = file.Facts.Pay is { } pay ? new() { Min = pay.Min, Max = pay.Max, Per = pay.Per, Guaranteed = pay.Guaranteed } : null,
        },
        Board = file.Facts.Board,
        Lodging = file.Facts.Lodging,
        ProbationMonths = file.Facts.ProbationMonths,
        ClosesOn = file.Facts.ClosesOn,
    };

    internal static IReadOnlyDictionary<string, AccommodationShape>? ToShape(IReadOnlyDictionary<string, StatedAnswer> answers) =>
        SeekerConversion.NullIfEmpty(answers.ToDictionary(x => x.Key, x => new AccommodationShape { Answer = x.Value.Answer, Date = x.Value.On, By = x.Value.By, Reason = x.Value.Reason }));

    private static Position Facts(PositionShape shape, string id, Findings found) => new()
    {
        Id = id,
        Title = shape.Title ?? "",
        Occupation = found.Occupation(shape.Occupation, "occupation"),
        District = found.District(shape.District, "district"),
        Openings = shape.Openings ?? 1,
        ClosesOn = shape.ClosesOn ?? default,
        FirstPut = found.Today,
        Demands = found.Levels(shape.Demands, "demands"),
        Accommodations = found.Answers(shape.Accommodations, "accommodations"),
        Exposures = Exposures(shape.Exposures, found),
        SkillsRequired = found.Skills(shape.SkillsRequired, "skillsRequired") ?? [],
        SkillsOptional = found.Skills(shape.SkillsOptional, "skillsOptional") ?? [],
        EducationMin = shape.EducationMin,
        Licences = found.Licences(shape.Licences, "licences") ?? [],
        Contract = shape.Work?.Contract,
        Place = shape.Work?.Place ?? Place.OnSite,
        Shifts = Shifts(shape.Work?.Shifts, found),
        Rest = shape.Work?.Rest,
        HoursPerWeek = shape.Work?.HoursPerWeek,
        Pay = PayOf(shape.Work?.Pay, found),
        Board = shape.Board,
        Lodging = shape.Lodging,
        ProbationMonths = shape.ProbationMonths,
    };

    private static Dictionary<Exposure, bool> Exposures(IReadOnlyDictionary<string, YesNo>? map, Findings found)
    {
        var exposures = new Dictionary<Exposure, bool>();
        foreach (var (code, yesNo) in map ?? new Dictionary<string, YesNo>())
            if (CodeLists.Parse<Exposure>(code) is { } exposure)
                exposures[exposure] = yesNo == YesNo.Yes;
            else
                found.Say(Faults.UnknownCode($"exposures.{code}", CodeLists.CodesOf<Exposure>()));
        return exposures;
    }

    private static Shift[]? Shifts(IReadOnlyList<Shift>? shifts, Findings found)
    {
        if (shifts is { Count: 0 })
            found.Say(Faults.OutOfRange("work.shifts", "Name at least one shift, or leave the field out.", "请至少填写一种班次，或不填此项。"));
        return shifts?.Distinct().ToArray();
    }

    private static Pay? PayOf(PayShape? pay, Findings found)
    {
        if (pay is null)
            return null;
        if (pay.Max < pay.Min)
            found.Say(Faults.OutOfRange("work.pay.max", "max is below min. Give at least min, or leave max out.", "上限低于下限。请填写不低于下限的金额，或不填上限。"));
        return new(pay.Min, pay.Max, pay.Per ?? default, pay.Guaranteed ?? false);
    }
}
