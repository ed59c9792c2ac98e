namespace JobMatch.Matching.Tests;

public class QuietHoursTests
{
    [Theory]
    [InlineData("22:00", "08:00", "2027-02-20T21:59:59", null)]
    [InlineData("22:00", "08:00", "2027-02-20T22:00:00", "2027-02-21T08:00:00")]
    [InlineData("22:00", "08:00", "2027-02-28T23:30:00", "2027-03-01T08:00:00")]
    [InlineData("22:00", "08:00", "2027-02-20T07:59:59", "2027-02-20T08:00:00")]
    [InlineData("22:00", "08:00", "2027-02-20T08:00:00", null)]
    [InlineData("12:00", "14:00", "2027-02-20T13:00:00", "2027-02-20T14:00:00")]
    [InlineData("12:00", "14:00", "2027-02-20T14:00:00", null)]
    [InlineData("00:00", "00:00", "2027-02-20T00:00:00", null)]
    public void Quiet_reigns_from_its_start_until_its_end(string from, string to, string at, string? end)
    {
        var quiet = new QuietHours(Time(from), Time(to));
        Assert.Equal(end is null ? (DateTime?)null : Moment(end), quiet.EndAfter(Moment(at)));
    }

    private static TimeOnly Time(string text) => TimeOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTime Moment(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
