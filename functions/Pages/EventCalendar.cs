using System.Globalization;
using System.Text;
using System.Text.Json;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>An event for calendars (RFC 5545) and for search engines (schema.org).</summary>
public static class EventCalendar
{
    private const int LineOctets = 75;

    /// <summary>The event as an .ics file. Its name is the one that texts use: a calendar shows on a phone.</summary>
    /// <param name="page">The event's public page.</param>
    public static string Ics(RecruitmentEvent fair, Uri page, string place)
    {
        string[] lines =
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//JobMatch//Events//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            $"UID:{fair.Id}@{page.Host}",
            $"DTSTAMP:{Utc(fair.ChangedAt)}",
            $"LAST-MODIFIED:{Utc(fair.ChangedAt)}",
            // Every change raises the version, so that a calendar takes a moved or cancelled event for the later one.
            $"SEQUENCE:{fair.Version}",
            $"STATUS:{(fair.Status == EventStatus.Cancelled ? "CANCELLED" : "CONFIRMED")}",
            $"DTSTART:{Utc(fair.StartsAt)}",
            $"DTEND:{Utc(fair.EndsAt)}",
            $"SUMMARY:{Escape(fair.ShortTitle ?? fair.Title)}",
            $"LOCATION:{Escape(place)}",
            $"URL:{page.AbsoluteUri}",
            "END:VEVENT", "END:VCALENDAR",
        ];
        return string.Concat(lines.Select(line => Fold(line) + "\r\n"));
    }

    /// <summary>The event as schema.org's Event, safe to stand inside a script element.</summary>
    public static string JsonLd(RecruitmentEvent fair, Uri page, string place, Language language)
    {
        Dictionary<string, object?> hall = new() { ["@type"] = "Place", ["name"] = place, ["address"] = place };
        Dictionary<string, object?> room = new() { ["@type"] = "VirtualLocation", ["url"] = fair.Online is { } online && Uri.TryCreate(online, UriKind.Absolute, out var link) ? link.AbsoluteUri : page.AbsoluteUri };
        var attendance = fair.IsOnline ? "Online" : fair.Online is null ? "Offline" : "Mixed";
        return JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Event",
            ["name"] = fair.Title,
            ["startDate"] = Local(fair.StartsAt),
            ["endDate"] = Local(fair.EndsAt),
            ["eventStatus"] = "https://schema.org/" + (fair.Status == EventStatus.Cancelled ? "EventCancelled" : "EventScheduled"),
            ["eventAttendanceMode"] = $"https://schema.org/{attendance}EventAttendanceMode",
            ["location"] = attendance switch { "Online" => room, "Offline" => hall, _ => new[] { hall, room } },
            ["url"] = page.AbsoluteUri,
            ["inLanguage"] = language.Tag(),
            ["isAccessibleForFree"] = true,
            ["maximumAttendeeCapacity"] = fair.Capacity,
            ["organizer"] = new Dictionary<string, object?> { ["@type"] = "Organization", ["name"] = language == Language.English ? "Disabled persons' federation" : "残疾人联合会" },
        }.Where(x => x.Value is not null).ToDictionary());
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Local(DateTimeOffset at) => at.ToOffset(People.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(";", @"\;", StringComparison.Ordinal).Replace(",", @"\,", StringComparison.Ordinal).ReplaceLineEndings(@"\n");

    /// <summary>Lines of at most 75 octets; what goes on begins with a blank. Never inside a character.</summary>
    private static string Fold(string line)
    {
        var folded = new StringBuilder();
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                folded.Append("\r\n ");
                octets = 1;
            }
            folded.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        return folded.ToString();
    }
}
