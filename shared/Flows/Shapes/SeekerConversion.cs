using System.Text.RegularExpressions;
using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>A seeker's shape as what is stored, and back.</summary>
public static partial class SeekerConversion
{
    /// <summary>How a language tag looks, as a regular expression of ECMA-262.</summary>
    public const string LanguageForm = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$";

    /// <summary>
    /// The file as the shape says it. What only the service knows (the subject id, version, opt-out, declines, times) is left
    /// for <see cref="PutSeeker"/> to fill in.
    /// </summary>
    /// <param name="id">Chosen by the caller; checked by <see cref="CallerId"/>.</param>
    /// <param name="today">Asia/Shanghai.</param>
    public static Reading<SeekerFile> ToFile(this SeekerShape shape, string id, DateOnly today, CodeLists lists)
    {
        var found = new Findings(lists, today);
        found.Say(CallerId.Check(id));
        var contact = Contact(shape.Contact);
        var phone = found.Phone(shape.Phone, "phone");
        if (shape.Phone is null && contact.Helper is null)
            found.Say(Faults.Required("phone", "Give a phone, or a contact.helper who can be reached.", "请填写手机号，或填写可联系的帮助人（contact.helper）。"));
        return found.With(new SeekerFile
        {
            Id = id,
            Facts = Facts(shape, found),
            Name = shape.Name,
            Phone = phone,
            Language = LanguageOf(shape.Language, found),
            Contact = contact,
            HoursPerDay = shape.Work?.HoursPerDay,
            Certificate = shape.Certificate is { Category: { } category, Grade: { } grade } ? new(category, grade) : null,
            Consent = Consent(shape.Consent, found),
        });
    }

    /// <summary>What was put, as stored.</summary>
    public static SeekerShape ToShape(this SeekerFile file) => new()
    {
        Name = file.Name,
        Phone = file.Phone,
        Language = file.Language,
        District = file.Facts.District,
        Capacity = NullIfEmpty(file.Facts.Capacity.ToDictionary(x => CodeLists.CodeOf(x.Key), x => x.Value)),
        Needs = NullIfEmpty(file.Facts.Needs),
        Avoid = NullIfEmpty(file.Facts.AvoidShifts.Select(x => (Code: CodeLists.CodeOf(x.Key), x.Value))
            .Concat(file.Facts.AvoidExposures.Select(x => (Code: CodeLists.CodeOf(x.Key), x.Value))).ToDictionary(x => x.Code, x => x.Value)),
        Skills = file.Facts.Skills,
        Occupations = file.Facts.Occupations,
        Education = file.Facts.Education,
        Licences = file.Facts.Licences,
        Work = NullIfNothing(new SeekerWorkShape
        {
            Contracts = file.Facts.Contracts,
            Places = file.Facts.Places,
            MinPayMonthly = file.Facts.MinPayMonthly,
            HoursPerWeek = file.Facts.HoursPerWeek is { } hours ? new() { Min = hours.Min, Max = hours.Max } : null,
            HoursPerDay = file.HoursPerDay,
            CommuteMinutes = file.Facts.CommuteMinutes,
            Lodging = file.Facts.Lodging,
        }),
        Contact = NullIfNothing(new ContactShape
        {
            Prefer = file.Contact.Prefer is { } prefer ? CodeLists.Parse<ContactWay>(prefer) : null,
            Helper = file.Contact.Helper,
        }),
        Certificate = file.Certificate is { } certificate ? new() { Category = certificate.Category, Grade = certificate.Grade } : null,
        Consent = new()
        {
            Matching = file.Consent.Matching,
            Sms = file.Consent.Sms,
            Employers = file.Consent.Employers,
            Statistics = file.Consent.Statistics,
        },
    };

    internal static IReadOnlyDictionary<string, T>? NullIfEmpty<T>(IReadOnlyDictionary<string, T> map) => map.Count == 0 ? null : map;

    internal static T? NullIfNothing<T>(T shape) where T : class, new() => shape.Equals(new T()) ? null : shape;

    private static Seeker Facts(SeekerShape shape, Findings found) => new()
    {
        Id = "",
        District = found.District(shape.District, "district") ?? "",
        Capacity = found.Levels(shape.Capacity, "capacity"),
        Needs = found.ByAccommodation(shape.Needs, "needs", (mark, _) => mark),
        AvoidExposures = Avoid<Exposure>(shape.Avoid, found),
        AvoidShifts = Avoid<Shift>(shape.Avoid, null),
        Skills = found.Skills(shape.Skills, "skills"),
        Occupations = found.Occupations(shape.Occupations, "occupations"),
        Education = shape.Education,
        Licences = found.Licences(shape.Licences, "licences"),
        Contracts = shape.Work?.Contracts?.Distinct().ToArray(),
        Places = shape.Work?.Places?.Distinct().ToArray(),
        MinPayMonthly = shape.Work?.MinPayMonthly,
        HoursPerWeek = Hours(shape.Work?.HoursPerWeek, found),
        CommuteMinutes = shape.Work?.CommuteMinutes,
        Lodging = shape.Work?.Lodging,
    };

    // A key is a shift or an exposure; what is neither is said once, where exposures are read.
    private static Dictionary<T, Avoidance> Avoid<T>(IReadOnlyDictionary<string, Avoidance>? map, Findings? found) where T : struct, Enum
    {
        var avoid = new Dictionary<T, Avoidance>();
        foreach (var (code, avoidance) in map ?? new Dictionary<string, Avoidance>())
            if (CodeLists.Parse<T>(code) is { } member)
                avoid[member] = avoidance;
            else if (CodeLists.Parse<Shift>(code) is null && CodeLists.Parse<Exposure>(code) is null)
                found?.Say(Faults.UnknownCode($"avoid.{code}", [.. CodeLists.CodesOf<Shift>(), .. CodeLists.CodesOf<Exposure>()]));
        return avoid;
    }

    private static HoursWish? Hours(HoursShape? hours, Findings found)
    {
        if (hours is null)
            return null;
        if (hours.Max < hours.Min)
            found.Say(Faults.OutOfRange("work.hoursPerWeek.max", "max is below min. Give at least min hours, or leave max out.", "上限低于下限。请填写不低于下限的小时数，或不填上限。"));
        return new(hours.Min, hours.Max);
    }

    private static ContactWish Contact(ContactShape? contact) => new(
        contact?.Prefer is { } prefer ? CodeLists.CodeOf(prefer) : null,
        contact?.Helper is { } helper ? PhoneNumber.Parse(helper) ?? helper : null);

    private static string LanguageOf(string? tag, Findings found)
    {
        if (tag is null)
            return "zh-CN";
        if (!Bcp47().IsMatch(tag))
            found.Say(Faults.UnknownCode("language", "Use a language tag such as zh-CN or en.", "请使用语言标签，例如 zh-CN 或 en。"));
        return tag;
    }

    private static Consents Consent(ConsentShape? consent, Findings found) => new(
        found.Past(consent?.Matching, "consent.matching"),
        found.Past(consent?.Sms, "consent.sms"),
        found.Past(consent?.Employers, "consent.employers"),
        found.Past(consent?.Statistics, "consent.statistics"));

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\z")]
    private static partial Regex Bcp47();
}
