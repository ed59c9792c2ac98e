using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JobMatch.Functions.Demo;

/// <summary>
/// A folder of sample data, read line by line: NDJSON of the public shapes with their ids beside the body's members. Where
/// its <c>manifest.json</c> says so, dates are moved by the days since it was generated, so that a committed folder never
/// goes stale.
/// </summary>
public sealed class SampleFiles
{
    private readonly string folder;
    private readonly int days;

    /// <param name="today">Asia/Shanghai.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">The manifest is not what <see cref="SampleManifest"/> reads.</exception>
    public SampleFiles(string folder, DateOnly today)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder} to load samples from.");
        this.folder = folder;
        Manifest = SampleManifest.Read(Path.Combine(folder, "manifest.json"));
        days = Manifest is { ShiftDates: true, GeneratedOn: { } on } ? today.DayNumber - on.DayNumber : 0;
    }

    public SampleManifest Manifest { get; }

    /// <summary>Bodies of <c>PUT /api/employers/{id}</c> with <c>id</c>.</summary>
    public IEnumerable<JsonObject> Employers => Read("employers.ndjson");

    /// <summary>Bodies of <c>PUT /api/positions/{id}</c> with <c>id</c> and <c>employer</c>.</summary>
    public IEnumerable<JsonObject> Positions => Read("positions.ndjson");

    /// <summary>Bodies of <c>PUT /api/seekers/{id}</c> with <c>id</c>.</summary>
    public IEnumerable<JsonObject> Seekers => Read("seekers.ndjson");

    /// <summary>Bodies of <c>PUT /api/events/{id}</c> with <c>id</c>.</summary>
    public IEnumerable<JsonObject> Events => Read("events.ndjson");

    /// <summary><c>event</c> and <c>position</c>: what is announced where.</summary>
    public IEnumerable<JsonObject> EventPositions => Read("event-positions.ndjson");

    /// <summary>Bodies of <c>PUT /api/opportunities/{kind}/{id}</c> with <c>kind</c> and <c>id</c>.</summary>
    public IEnumerable<JsonObject> Opportunities => Read("opportunities.ndjson");

    /// <summary><c>kind</c>, <c>opportunity</c> and <c>seeker</c>: who asks for a place.</summary>
    public IEnumerable<JsonObject> Places => Read("places.ndjson");

    /// <summary>Bodies of <c>PUT /api/resources/{id}</c> with <c>id</c>.</summary>
    public IEnumerable<JsonObject> Resources => Read("resources.ndjson");

    /// <summary>Bodies of <c>PUT /api/bookings/{id}</c> with <c>id</c>.</summary>
    public IEnumerable<JsonObject> Bookings => Read("bookings.ndjson");

    /// <summary>Bodies of <c>PUT /api/programmes/{kind}/records/{id}</c> with <c>kind</c> and <c>id</c>.</summary>
    public IEnumerable<JsonObject> Programmes => Read("programmes.ndjson");

    /// <exception cref="InvalidDataException">A line is no JSON object; the message names file and line, never what stands there.</exception>
    private IEnumerable<JsonObject> Read(string file)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
            yield break;
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length > 0)
                yield return SampleDates.Shift(Parse(line) ?? throw new InvalidDataException($"{file}, line {number}: not a JSON object."), days);
        }
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a folder of samples says about itself; a folder without one holds its dates as they are meant.</summary>
/// <param name="GeneratedOn">The day as of which its dates were written.</param>
/// <param name="ShiftDates">True where its dates are relative to that day.</param>
public sealed record SampleManifest(DateOnly? GeneratedOn, bool ShiftDates)
{
    internal static SampleManifest Read(string path)
    {
        if (!File.Exists(path))
            return new SampleManifest(null, false);
        try
        {
            return JsonSerializer.Deserialize<SampleManifest>(File.ReadAllText(path), JsonSerializerOptions.Web) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new InvalidDataException("manifest.json should say generatedOn (a date such as 2026-11-22) and shiftDates (true or false).");
        }
    }
}

/// <summary>Moves the dates of a sample.</summary>
public static class SampleDates
{
    private const string Time = "yyyy-MM-ddTHH:mm:sszzz";

    /// <summary>
    /// A copy of a line with its dates moved: <c>closesOn</c>, <c>startsOn</c>, <c>startsAt</c>, <c>endsAt</c>, each <c>consent</c>, each
    /// <c>accommodations.*.date</c> and each step's <c>on</c>. Clock time and zone stay. What is no date stays as it is, for the reader to refuse.
    /// </summary>
    public static JsonObject Shift(JsonObject line, int days)
    {
        var moved = (JsonObject)line.DeepClone();
        Move(moved, "closesOn", days);
        Move(moved, "startsOn", days);
        MoveTime(moved, "startsAt", days);
        MoveTime(moved, "endsAt", days);
        if (moved["consent"] is JsonObject consent)
            foreach (var purpose in consent.Select(x => x.Key).ToList())
                Move(consent, purpose, days);
        if (moved["accommodations"] is JsonObject accommodations)
            foreach (var answer in accommodations.Select(x => x.Value).OfType<JsonObject>())
                Move(answer, "date", days);
        if (moved["steps"] is JsonArray steps)
            foreach (var step in steps.OfType<JsonObject>())
                Move(step, "on", days);
        return moved;
    }

    private static void Move(JsonObject of, string member, int days)
    {
        if (Text(of[member]) is { } text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            of[member] = day.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static void MoveTime(JsonObject of, string member, int days)
    {
        if (Text(of[member]) is { } text && DateTimeOffset.TryParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            of[member] = time.AddDays(days).ToString(Time, CultureInfo.InvariantCulture);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
