using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using JobMatch.Matching;

namespace JobMatch.Population;

/// <summary>How many of each kind a folder of samples holds.</summary>
public sealed record SampleSize(int Seekers, int Fairs);

/// <summary>
/// Writes a folder of samples: a line of JSON for each record, as the public contract shapes it, with its id beside the
/// body's members. The same draw gives the same bytes.
/// </summary>
/// <param name="programmes">What the programmes offer and did; null = nothing of them.</param>
public sealed class SampleWriter(Populace populace, SampleSize size, IProgrammeLines? programmes = null)
{
    private static readonly JsonWriterOptions Lines = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every file by name, drawn as it is read.</summary>
    public IReadOnlyDictionary<string, IEnumerable<byte[]>> Files()
    {
        var positions = size.Fairs * populace.PositionsPerFair;
        var files = new Dictionary<string, IEnumerable<byte[]>>
        {
            ["employers.ndjson"] = populace.Firms(size.Fairs).Select(firm => Line(json => Write(json, firm))),
            ["positions.ndjson"] = Enumerable.Range(0, positions).Select(index => Line(json => Write(json, populace.Vacancy(index)))),
            ["seekers.ndjson"] = Enumerable.Range(0, size.Seekers).Select(index => Line(json => Write(json, populace.Person(index)))),
            ["events.ndjson"] = populace.Fairs(size.Fairs).Select(fair => Line(json => Write(json, fair))),
            ["event-positions.ndjson"] = populace.Fairs(size.Fairs).SelectMany(Ties),
            ["manifest.json"] = [Line(Manifest)],
        };
        foreach (var (file, lines) in Programmes)
            files[file] = lines.Select(Line);
        return files;
    }

    /// <summary>Writes every file into <paramref name="folder"/>, which is made where it is missing.</summary>
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, lines) in Files())
        {
            using var file = File.Create(Path.Combine(folder, name));
            foreach (var line in lines)
                file.Write(line);
        }
    }

    private IReadOnlyDictionary<string, IEnumerable<Action<Utf8JsonWriter>>> Programmes => programmes?.Files ?? new Dictionary<string, IEnumerable<Action<Utf8JsonWriter>>>();

    private static byte[] Line(Action<Utf8JsonWriter> members)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Lines))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        line.WriteByte((byte)'\n');
        return line.ToArray();
    }

    private void Manifest(Utf8JsonWriter json)
    {
        json.WriteString("generatedOn", Day(populace.Today));
        json.WriteBoolean("shiftDates", true);
        json.WriteNumber("seed", populace.Seed);
        json.WriteNumber("employers", size.Fairs * Populace.FirmsPerFair);
        json.WriteNumber("positions", size.Fairs * populace.PositionsPerFair);
        json.WriteNumber("seekers", size.Seekers);
        json.WriteNumber("events", size.Fairs);
        json.WriteNumber("eventPositions", size.Fairs * populace.PositionsPerFair);
        foreach (var (file, lines) in Programmes)
            json.WriteNumber(Path.GetFileNameWithoutExtension(file), lines.Count());
    }

    private static void Write(Utf8JsonWriter json, Firm firm)
    {
        json.WriteString("id", firm.Id);
        json.WriteString("name", firm.Name);
        json.WriteString("creditCode", firm.CreditCode);
        json.WriteStartArray("contacts");
        foreach (var contact in firm.Contacts)
        {
            json.WriteStartObject();
            json.WriteString("name", contact.Name);
            json.WriteString("phone", contact.Phone);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteBoolean("approved", true);
    }

    private static IEnumerable<byte[]> Ties(Fair fair) => fair.Positions.Select(position => Line(json =>
    {
        json.WriteString("event", fair.Id);
        json.WriteString("position", position);
    }));

    private void Write(Utf8JsonWriter json, Fair fair)
    {
        json.WriteString("id", fair.Id);
        json.WriteString("title", fair.Title);
        Text(json, "shortTitle", fair.ShortTitle);
        json.WriteString("kind", fair.Kind);
        Text(json, "district", fair.District);
        Text(json, "address", fair.Address);
        Text(json, "online", fair.Online);
        json.WriteBoolean("openToEmployers", fair.OpenToEmployers);
        json.WriteString("startsAt", fair.StartsAt.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        json.WriteString("endsAt", fair.EndsAt.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        json.WriteNumber("capacity", fair.Capacity);
        Answers(json, fair.Accommodations);
        Number(json, "interpreterSlots", fair.InterpreterSlots);
    }

    private void Write(Utf8JsonWriter json, Vacancy vacancy)
    {
        var facts = vacancy.Facts;
        json.WriteString("id", facts.Id);
        json.WriteString("employer", vacancy.Employer);
        json.WriteString("title", facts.Title);
        json.WriteString("description", vacancy.Description);
        Text(json, "occupation", facts.Occupation);
        Text(json, "district", facts.District);
        Text(json, "address", vacancy.Address);
        json.WriteNumber("openings", facts.Openings);
        Levels(json, "demands", facts.Demands);
        Answers(json, facts.Accommodations);
        Map(json, "exposures", facts.Exposures, CodeLists.CodeOf, there => there ? "yes" : "no");
        List(json, "skillsRequired", facts.SkillsRequired);
        List(json, "skillsOptional", facts.SkillsOptional);
        Text(json, "educationMin", Camel(facts.EducationMin));
        List(json, "licences", facts.Licences);
        json.WriteStartObject("work");
        Text(json, "contract", Code(facts.Contract));
        Text(json, "place", Code<Place>(facts.Place));
        List(json, "shifts", facts.Shifts?.Select(CodeLists.CodeOf));
        Text(json, "rest", Code(facts.Rest));
        Number(json, "hoursPerWeek", facts.HoursPerWeek);
        Write(json, facts.Pay);
        json.WriteEndObject();
        Text(json, "board", Code(facts.Board));
        Text(json, "lodging", Code(facts.Lodging));
        Number(json, "probationMonths", facts.ProbationMonths);
        json.WriteString("closesOn", Day(facts.ClosesOn));
    }

    private static void Write(Utf8JsonWriter json, Pay? pay)
    {
        if (pay is null)
            return;
        json.WriteStartObject("pay");
        Number(json, "min", pay.Min);
        Number(json, "max", pay.Max);
        json.WriteString("per", CodeLists.CodeOf(pay.Per));
        json.WriteBoolean("guaranteed", pay.Guaranteed);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Person person)
    {
        var facts = person.Facts;
        json.WriteString("id", facts.Id);
        json.WriteString("name", person.Name);
        Text(json, "phone", person.Phone);
        json.WriteString("language", person.Language);
        json.WriteString("district", facts.District);
        Levels(json, "capacity", facts.Capacity);
        Map(json, "needs", facts.Needs, code => code, mark => Camel<Mark>(mark)!);
        var avoid = facts.AvoidShifts.Select(x => (Code: CodeLists.CodeOf(x.Key), x.Value)).Concat(facts.AvoidExposures.Select(x => (Code: CodeLists.CodeOf(x.Key), x.Value)));
        Map(json, "avoid", avoid.ToDictionary(x => x.Code, x => x.Value), code => code, word => Camel<Avoidance>(word)!);
        List(json, "skills", facts.Skills);
        List(json, "occupations", facts.Occupations);
        Text(json, "education", Camel(facts.Education));
        List(json, "licences", facts.Licences);
        Work(json, facts);
        json.WriteStartObject("contact");
        Text(json, "prefer", person.Prefer);
        Text(json, "helper", person.Helper);
        json.WriteEndObject();
        Write(json, person.Certificate);
        Write(json, person.Consent);
    }

    private static void Work(Utf8JsonWriter json, Seeker facts)
    {
        json.WriteStartObject("work");
        List(json, "contracts", facts.Contracts?.Select(CodeLists.CodeOf));
        List(json, "places", facts.Places?.Select(CodeLists.CodeOf));
        Number(json, "minPayMonthly", facts.MinPayMonthly);
        if (facts.HoursPerWeek is { } hours)
        {
            json.WriteStartObject("hoursPerWeek");
            Number(json, "min", hours.Min);
            Number(json, "max", hours.Max);
            json.WriteEndObject();
        }
        Number(json, "commuteMinutes", facts.CommuteMinutes);
        Text(json, "lodging", Camel(facts.Lodging));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Evidence? certificate)
    {
        if (certificate is null)
            return;
        json.WriteStartObject("certificate");
        json.WriteNumber("category", certificate.Category);
        json.WriteNumber("grade", certificate.Grade);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Agreed consent)
    {
        json.WriteStartObject("consent");
        foreach (var (purpose, day) in new[] { ("matching", consent.Matching), ("sms", consent.Sms), ("employers", consent.Employers), ("statistics", consent.Statistics) })
            Text(json, purpose, day is { } given ? Day(given) : null);
        json.WriteEndObject();
    }

    private static void Levels(Utf8JsonWriter json, string name, IReadOnlyDictionary<Axis, int> levels)
    {
        if (levels.Count == 0)
            return;
        json.WriteStartObject(name);
        foreach (var (axis, level) in levels)
            json.WriteNumber(CodeLists.CodeOf(axis), level);
        json.WriteEndObject();
    }

    /// <summary>A bare answer is one that is dated by its PUT; the others say their day and who confirmed it.</summary>
    private void Answers(Utf8JsonWriter json, IReadOnlyDictionary<string, StatedAnswer> answers)
    {
        if (answers.Count == 0)
            return;
        json.WriteStartObject("accommodations");
        foreach (var (code, stated) in answers)
            if (stated == new StatedAnswer(stated.Answer, populace.Today))
                json.WriteString(code, Camel<Answer>(stated.Answer));
            else
                Write(json, code, stated);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, string code, StatedAnswer stated)
    {
        json.WriteStartObject(code);
        json.WriteString("answer", Camel<Answer>(stated.Answer));
        Text(json, "date", stated.On == populace.Today ? null : Day(stated.On));
        Text(json, "by", stated.By);
        Text(json, "reason", stated.Reason);
        json.WriteEndObject();
    }

    private static void Map<TKey, TValue>(Utf8JsonWriter json, string name, IReadOnlyDictionary<TKey, TValue> map, Func<TKey, string> key, Func<TValue, string> value)
    {
        if (map.Count == 0)
            return;
        json.WriteStartObject(name);
        foreach (var (k, v) in map)
            json.WriteString(key(k), value(v));
        json.WriteEndObject();
    }

    /// <summary>Absent is "not stated"; an empty list is "none".</summary>
    private static void List(Utf8JsonWriter json, string name, IEnumerable<string>? list)
    {
        if (list is null)
            return;
        json.WriteStartArray(name);
        foreach (var entry in list)
            json.WriteStringValue(entry);
        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }

    private static void Number(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Code<T>(T? member) where T : struct, Enum => member is { } value ? CodeLists.CodeOf(value) : null;

    private static string? Camel<T>(T? member) where T : struct, Enum => member is { } value ? JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) : null;
}
