using System.ComponentModel.DataAnnotations;
using System.Globalization;
using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>A room or equipment that a base lends.</summary>
public record ResourceShape
{
    [Required]
    public ResourceKind? Kind { get; init; }

    /// <summary>At most 100 characters.</summary>
    [Required, MaxLength(Limits.Title)]
    public string? Title { get; init; }

    /// <summary>The base, by an id of the caller's.</summary>
    [Required]
    public string? Base { get; init; }

    /// <summary>How many of it there are, 1-100; 1 where not stated, and of a room.</summary>
    [Range(1, 100)]
    public int? Units { get; init; }

    /// <summary>Each day, China time, such as 09:00; 08:00 where not stated.</summary>
    public string? Opens { get; init; }

    /// <summary>Such as 22:00, which stands where it is not stated; after it opens.</summary>
    public string? Closes { get; init; }

    /// <summary>Of a room: accommodation → an answer, bare or with its day.</summary>
    public IReadOnlyDictionary<string, AccommodationShape>? Accommodations { get; init; }
}

/// <summary>Somebody's time with a room or equipment.</summary>
public record BookingShape
{
    /// <summary>A room's or equipment's id.</summary>
    [Required]
    public string? Resource { get; init; }

    /// <summary>A seeker's id.</summary>
    [Required]
    public string? Seeker { get; init; }

    /// <summary>With a zone, on a quarter of an hour.</summary>
    [Required]
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>With a zone, on a quarter of an hour; the same day for a room, within 14 days for equipment.</summary>
    [Required]
    public DateTimeOffset? EndsAt { get; init; }
}

/// <summary>A time that is asked for.</summary>
public sealed record WantedBooking(string Id, string Resource, string Seeker, Interval When);

/// <summary>Bookings' shapes as what is stored, and back.</summary>
public static class BookingConversion
{
    public static Reading<Resource> ToResource(this ResourceShape shape, string id, DateOnly today, CodeLists lists)
    {
        var found = new Findings(lists, today);
        found.Say(CallerId.Check(id));
        found.Say(shape.Base is null ? null : CallerId.Check(shape.Base, "base"));
        if (shape is { Kind: ResourceKind.Room, Units: > 1 })
            found.Say(Faults.OutOfRange("units", 1, 1));
        var (opens, closes) = (Time(shape.Opens, "opens", new(8, 0), found), Time(shape.Closes, "closes", new(22, 0), found));
        if (closes <= opens)
            found.Say(Faults.OutOfRange("closes", "It must close after it opens.", "关闭时间必须晚于开放时间。"));
        return found.With(new Resource(id, shape.Kind ?? default, shape.Title ?? "", shape.Base ?? "", shape.Units ?? 1, opens, closes, found.Answers(shape.Accommodations, "accommodations")));
    }

    public static ResourceShape ToShape(this Resource resource) => new()
    {
        Kind = resource.Kind,
        Title = resource.Title,
        Base = resource.Base,
        Units = resource.Units,
        Opens = Written(resource.Opens),
        Closes = Written(resource.Closes),
        Accommodations = PositionConversion.ToShape(resource.Accommodations),
    };

    public static Reading<WantedBooking> ToWanted(this BookingShape shape, string id)
    {
        var found = new Findings(CodeLists.Default, default);
        found.Say(CallerId.Check(id));
        if (shape.EndsAt <= shape.StartsAt)
            found.Say(Faults.OutOfRange("endsAt", "The end must be after the start.", "结束时间必须晚于开始时间。"));
        return found.With(new WantedBooking(id, shape.Resource ?? "", shape.Seeker ?? "", new(shape.StartsAt ?? default, shape.EndsAt ?? default)));
    }

    private static TimeOnly Time(string? text, string field, TimeOnly otherwise, Findings found)
    {
        if (text is null)
            return otherwise;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return time;
        found.Say(Faults.BadDate(field, "Use a time such as 09:00.", "请填写时间，例如 09:00。"));
        return otherwise;
    }

    private static string Written(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
