namespace JobMatch.Flows.Shapes;

/// <summary>How much a field takes: characters (code points), entries, or units. The same numbers stand in the OpenAPI document.</summary>
public static class Limits
{
    public const int Name = 100;
    public const int Title = 100;

    /// <summary>A text message has room for little more.</summary>
    public const int ShortTitle = 30;
    public const int Tag = 35;

    /// <summary>An occupation or a skill in the person's own words.</summary>
    public const int FreeText = 60;
    public const int Reason = 200;
    public const int Address = 200;
    public const int Link = 300;
    public const int Description = 4_000;

    /// <summary>Of any list.</summary>
    public const int Entries = 50;

    /// <summary>Members of any map from codes; more than every list has.</summary>
    public const int Members = 200;

    /// <summary>Whole yuan, per any period.</summary>
    public const int Yuan = 10_000_000;
    public const int HoursAWeek = 168;

    /// <summary>Messages of an announcement with a budget; more are a city's, which is told as a whole.</summary>
    public const int Budget = 20_000;

    /// <summary>Bytes of one shape as JSON.</summary>
    public const int Bytes = 256 * 1024;

    /// <summary>Errors told at once; more help nobody.</summary>
    public const int Errors = 100;
}
