using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>The people's clock: days are Asia/Shanghai, which has kept +08:00 without daylight saving since 1991.</summary>
public static class People
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateTimeOffset Now(this TimeProvider time) => time.GetUtcNow().ToOffset(Offset);

    public static DateOnly Today(this TimeProvider time) => DayOf(time.GetUtcNow());

    public static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);

    /// <summary>The first day of a day's month.</summary>
    public static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);

    /// <summary>The first moment of a day.</summary>
    public static DateTimeOffset Begins(this DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    /// <summary>May be matched: stored, but never matched without consent.</summary>
    public static bool MayBeMatched(this SeekerFile file) => file.Consent.Matching is not null;

    /// <summary>May be texted about positions and events (sign-in codes have their own rule).</summary>
    public static bool MayBeTexted(this SeekerFile file) =>
        file.Consent is { Matching: not null, Sms: not null } && file.OptedOutAt is null && file.Phone is not null;

    public static Language LanguageOf(string tag) => tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? Language.English : Language.Chinese;
}
