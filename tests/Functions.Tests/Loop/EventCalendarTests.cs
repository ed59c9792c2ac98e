using System.Text;
using System.Text.Json.Nodes;
using JobMatch.Flows;
using JobMatch.Functions.Pages;
using JobMatch.Matching;

namespace JobMatch.Functions.Tests.Loop;

public class EventCalendarTests
{
    private static readonly Uri Page = new("https://jobs.example.org/events/e-1");

    private static RecruitmentEvent Fair => new()
    {
        Id = "e-1",
        Title = "残疾人专场招聘会</script>",
        ShortTitle = "春季招聘会, 第一场; 上午\\下午",
        Kind = EventKind.JobFair,
        District = "500103",
        StartsAt = new(2027, 3, 1, 9, 0, 0, People.Offset),
        EndsAt = new(2027, 3, 1, 16, 0, 0, People.Offset),
        ChangedAt = new(2027, 2, 1, 0, 0, 0, TimeSpan.Zero),
        Version = 7,
    };

    [Fact]
    public void A_calendar_file_is_escaped_folded_at_75_octets_and_in_utc()
    {
        var ics = EventCalendar.Ics(Fair, Page, new string('长', 60));
        Assert.EndsWith("END:VCALENDAR\r\n", ics, StringComparison.Ordinal);
        Assert.All(ics.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        var unfolded = ics.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
        Assert.Contains(@"SUMMARY:春季招聘会\, 第一场\; 上午\\下午", unfolded);
        Assert.Contains("LOCATION:" + new string('长', 60), unfolded);
        foreach (var line in (string[])["UID:e-1@jobs.example.org", "DTSTART:20270301T010000Z", "DTEND:20270301T080000Z", "DTSTAMP:20270201T000000Z", "SEQUENCE:7", "STATUS:CONFIRMED"])
            Assert.Contains(line, unfolded);
        Assert.Contains("STATUS:CANCELLED", EventCalendar.Ics(Fair with { Status = EventStatus.Cancelled }, Page, "x"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_search_engines_read_cannot_end_its_script_and_says_how_it_is_attended()
    {
        var text = EventCalendar.JsonLd(Fair, Page, "渝中区", Language.Chinese);
        Assert.DoesNotContain("</", text, StringComparison.Ordinal);
        var ld = JsonNode.Parse(text)!;
        Assert.Equal(Fair.Title, (string)ld["name"]!);
        Assert.Equal(("https://schema.org/OfflineEventAttendanceMode", "渝中区"), ((string)ld["eventAttendanceMode"]!, (string)ld["location"]!["address"]!));
        var online = JsonNode.Parse(EventCalendar.JsonLd(Fair with { Kind = EventKind.OnlineFair, Online = "https://example.org/live" }, Page, "", Language.English))!;
        Assert.Equal(("https://schema.org/OnlineEventAttendanceMode", "https://example.org/live"), ((string)online["eventAttendanceMode"]!, (string)online["location"]!["url"]!));
    }
}
