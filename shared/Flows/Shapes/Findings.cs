using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>What conversions check alike, and the errors so far. <paramref name="today"/> is the day in Asia/Shanghai.</summary>
internal sealed class Findings(CodeLists lists, DateOnly today)
{
    public List<FieldError> Errors { get; } = [];

    public DateOnly Today => today;

    public Reading<T> With<T>(T value) where T : class => new(value, Errors);

    public void Say(FieldError? error)
    {
        if (error is not null)
            Errors.Add(error);
    }

    public string? Phone(string? text, string field)
    {
        if (text is null)
            return null;
        var phone = PhoneNumber.Parse(text);
        if (phone is null)
            Say(Faults.BadPhone(field));
        return phone;
    }

    /// <summary>A current district. A merged one with one successor is taken as that.</summary>
    public string? District(string? code, string field)
    {
        if (code is null)
            return null;
        if (lists.FindDistrict(code) is not { } district)
        {
            Say(Faults.UnknownCode(field, "Unknown district. Use a GB/T 2260 code of six digits, such as 500103.", "未知区县。请使用六位行政区划代码，例如 500103。"));
            return null;
        }
        if (district.ReplacedBy is [var successor])
            return successor;
        if (!district.Merged)
            return district.Code;
        Say(Faults.MergedDistrict(field, [.. district.ReplacedBy.Select(lists.FindDistrict).OfType<District>()]));
        return null;
    }

    /// <summary>Axis → 0-3.</summary>
    public Dictionary<Axis, int> Levels(IReadOnlyDictionary<string, int>? map, string field)
    {
        var levels = new Dictionary<Axis, int>();
        foreach (var (code, level) in map ?? new Dictionary<string, int>())
            if (CodeLists.Parse<Axis>(code) is not { } axis)
                Say(Faults.UnknownCode($"{field}.{code}", CodeLists.CodesOf<Axis>()));
            else if (level is < 0 or > 3)
                Say(Faults.OutOfRange($"{field}.{code}", 0, 3));
            else
                levels[axis] = level;
        return levels;
    }

    /// <summary>Accommodation → what <paramref name="of"/> makes of its value.</summary>
    public Dictionary<string, TTo> ByAccommodation<TFrom, TTo>(IReadOnlyDictionary<string, TFrom>? map, string field, Func<TFrom, string, TTo> of)
    {
        var known = new Dictionary<string, TTo>();
        foreach (var (code, value) in map ?? new Dictionary<string, TFrom>())
            if (lists.FindAccommodation(code) is null)
                Say(UnknownAmong($"{field}.{code}", code, "accommodation", "便利措施", lists.Accommodations.Select(x => x.Code)));
            else
                known[code] = of(value, $"{field}.{code}");
        return known;
    }

    /// <summary>Answers; one without a day is of today.</summary>
    public Dictionary<string, StatedAnswer> Answers(IReadOnlyDictionary<string, AccommodationShape>? map, string field) =>
        ByAccommodation(map, field, (shape, path) =>
            new StatedAnswer(shape.Answer ?? default, Past(shape.Date, $"{path}.date") ?? today, shape.By, shape.Reason));

    /// <summary>Codes or free text: what is in capitals is a code and must exist; each thing once.</summary>
    public IReadOnlyList<string>? Entries(IReadOnlyList<string>? entries, string field, string en, string zh, Func<string, bool> exists, IEnumerable<string> known)
    {
        foreach (var (i, entry) in (entries ?? []).Index())
            Entry(entry, $"{field}[{i}]", en, zh, exists, known);
        return entries is null ? null : [.. entries.Distinct()];
    }

    public string? Entry(string? entry, string field, string en, string zh, Func<string, bool> exists, IEnumerable<string> known)
    {
        if (entry is not null && CodeLists.IsCode(entry) && !exists(entry))
            Say(UnknownAmong(field, entry, en, zh, known, "; free text is not written in capitals only", "；自由填写的内容请不要全部用大写字母"));
        else if (entry is not null && CleanText.Length(entry) > Limits.FreeText)
            Say(Faults.TooLong(field, Limits.FreeText));
        return entry;
    }

    public IReadOnlyList<string>? Skills(IReadOnlyList<string>? entries, string field) =>
        Entries(entries, field, "skill", "技能", x => lists.FindSkill(x) is not null, lists.Skills.Select(x => x.Code));

    public IReadOnlyList<string>? Occupations(IReadOnlyList<string>? entries, string field) =>
        Entries(entries, field, "occupation", "职业", x => lists.FindOccupation(x) is not null, lists.Occupations.Select(x => x.Code));

    public string? Occupation(string? entry, string field) =>
        Entry(entry, field, "occupation", "职业", x => lists.FindOccupation(x) is not null, lists.Occupations.Select(x => x.Code));

    public IReadOnlyList<string>? Licences(IReadOnlyList<string>? codes, string field)
    {
        var licences = lists.Skills.Where(x => x.Kind == SkillKind.Licence).Select(x => x.Code);
        foreach (var (i, code) in (codes ?? []).Index())
            if (lists.FindSkill(code) is not { Kind: SkillKind.Licence })
                Say(Faults.UnknownCode($"{field}[{i}]", licences));
        return codes is null ? null : [.. codes.Distinct()];
    }

    /// <summary>A day that is not in the future; one day more is let pass, for callers in other zones.</summary>
    public DateOnly? Past(DateOnly? date, string field)
    {
        if (date > today.AddDays(1))
            Say(Faults.BadDate(field, "This day has not come yet. Use the day on which it was given.", "日期不能晚于今天，请填写实际日期。"));
        return date;
    }

    private static FieldError UnknownAmong(string field, string code, string en, string zh, IEnumerable<string> known, string alsoEn = "", string alsoZh = "") =>
        Nearest.To(code, known) is { } meant
            ? Faults.UnknownCode(field, $"Unknown {en}. Did you mean {meant}? GET /api/codes lists all{alsoEn}.", $"未知{zh}代码。是不是 {meant}？全部代码见 /api/codes{alsoZh}。")
            : Faults.UnknownCode(field, $"Unknown {en}. GET /api/codes lists all{alsoEn}.", $"未知{zh}代码。全部代码见 /api/codes{alsoZh}。");
}
