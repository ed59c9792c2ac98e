using System.ComponentModel.DataAnnotations;
using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>A person who looks for work. Absent and null mean "not stated", an empty list means "none". A phone or a helper is needed.</summary>
public sealed record SeekerShape
{
    /// <summary>At most 100 characters. Kept encrypted, shown to no employer before the person agrees.</summary>
    [MaxLength(Limits.Name)]
    public string? Name { get; init; }

    /// <summary>E.164; 11 digits of a mainland mobile, spaces and dashes are taken too. Needed unless there is a helper.</summary>
    public string? Phone { get; init; }

    /// <summary>A BCP 47 tag, zh-CN where not stated; texts and pages follow it.</summary>
    [MaxLength(Limits.Tag)]
    public string? Language { get; init; }

    /// <summary>A GB/T 2260 code. A merged district is taken as its successor where there is one.</summary>
    [Required]
    public string? District { get; init; }

    /// <summary>Axis → 0-3, as accommodated with the person's own aids.</summary>
    public IReadOnlyDictionary<string, int>? Capacity { get; init; }

    /// <summary>Accommodation → must or helps.</summary>
    public IReadOnlyDictionary<string, Mark>? Needs { get; init; }

    /// <summary>Shift or exposure → mustAvoid or ratherNot.</summary>
    public IReadOnlyDictionary<string, Avoidance>? Avoid { get; init; }

    /// <summary>Codes, or free text of at most 60 characters each; at most 50. What is written in capitals only is a code and must exist.</summary>
    [MaxLength(Limits.Entries)]
    public IReadOnlyList<string>? Skills { get; init; }

    /// <summary>Occupations wished for: codes, or free text of at most 60 characters each; at most 50.</summary>
    [MaxLength(Limits.Entries)]
    public IReadOnlyList<string>? Occupations { get; init; }

    public Education? Education { get; init; }

    /// <summary>Codes of skills of kind LICENCE; at most 50.</summary>
    [MaxLength(Limits.Entries)]
    public IReadOnlyList<string>? Licences { get; init; }

    public SeekerWorkShape? Work { get; init; }

    public ContactShape? Contact { get; init; }

    public CertificateShape? Certificate { get; init; }

    /// <summary>Needed; may be empty, which is consent to nothing.</summary>
    [Required]
    public ConsentShape? Consent { get; init; }
}

/// <summary>What work a person would take.</summary>
public sealed record SeekerWorkShape
{
    /// <summary>Absent or empty: no restriction.</summary>
    [MaxLength(Limits.Entries)]
    public IReadOnlyList<Contract>? Contracts { get; init; }

    /// <summary>Absent or empty: no restriction. ON_SITE also allows HYBRID.</summary>
    [MaxLength(Limits.Entries)]
    public IReadOnlyList<Place>? Places { get; init; }

    /// <summary>Whole yuan a month, 0-10,000,000; 0 is no floor.</summary>
    [Range(0, Limits.Yuan)]
    public int? MinPayMonthly { get; init; }

    public HoursShape? HoursPerWeek { get; init; }

    /// <summary>1-24: how many hours a day are good for the person. Rooms are not booked for longer; 8 where not stated.</summary>
    [Range(1, 24)]
    public int? HoursPerDay { get; init; }

    /// <summary>One way, 1-600 minutes; 60 where not stated.</summary>
    [Range(1, 600)]
    public int? CommuteMinutes { get; init; }

    public LodgingWish? Lodging { get; init; }
}

/// <summary>Hours a week; a missing min is 0, a missing max no limit.</summary>
public sealed record HoursShape
{
    /// <summary>0-168.</summary>
    [Range(0, Limits.HoursAWeek)]
    public int? Min { get; init; }

    /// <summary>1-168, not below min.</summary>
    [Range(1, Limits.HoursAWeek)]
    public int? Max { get; init; }
}

/// <summary>How a person can be reached.</summary>
public sealed record ContactShape
{
    public ContactWay? Prefer { get; init; }

    /// <summary>Who can be reached in the person's stead: a phone, or free words of at most 100 characters.</summary>
    [MaxLength(Limits.Name)]
    public string? Helper { get; init; }
}

/// <summary>How a person wants to be reached.</summary>
public enum ContactWay { SmsText, AppText, Phone, ViaStaff, ViaFamily }

/// <summary>Evidence for benefits, kept apart and encrypted; never an input to a match. GB/T 26341-2010.</summary>
public sealed record CertificateShape
{
    /// <summary>1-7.</summary>
    [Required, Range(1, 7)]
    public int? Category { get; init; }

    /// <summary>1-4, 1 the heaviest.</summary>
    [Required, Range(1, 4)]
    public int? Grade { get; init; }
}

/// <summary>Consent per purpose, with the day it was given, not in the future; absent = not given.</summary>
public sealed record ConsentShape
{
    /// <summary>Without it a person is stored but never matched.</summary>
    public DateOnly? Matching { get; init; }

    /// <summary>Without it a person is never texted.</summary>
    public DateOnly? Sms { get; init; }

    /// <summary>Without it a person is in no candidate list until they say that they are interested.</summary>
    public DateOnly? Employers { get; init; }

    /// <summary>With it the certificate counts in group shares.</summary>
    public DateOnly? Statistics { get; init; }
}
