using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>A small town: one fair, two positions, one person for each way in which a text can fare.</summary>
internal static class Town
{
    public static readonly DateOnly Today = new(2027, 2, 20);

    public static readonly World.Fate[] Everybody = Enum.GetValues<World.Fate>();

    public static World New(IEnumerable<World.Fate> people, bool claimsHold = true, SendSettings? settings = null, bool clockJumps = false)
    {
        var world = settings is null ? new World { ClaimsHold = claimsHold, ClockJumps = clockJumps } : new World { ClaimsHold = claimsHold, ClockJumps = clockJumps, Settings = settings };
        world.Put(Fair());
        foreach (var position in new[] { Position("p1", "产品检验员", "PRODUCT_INSPECTOR"), Position("p2", "网络主播", "LIVE_HOST_SALES") })
        {
            world.Put(position);
            world.Tie(position.Id);
        }
        foreach (var (fate, i) in people.Select((fate, i) => (fate, i)))
        {
            var person = Person(i);
            world.Put(person);
            world.Fates[person.Phone!] = fate;
        }
        return world;
    }

    public static RecruitmentEvent Fair() => new()
    {
        Id = "fair",
        Title = "春季招聘会",
        Kind = EventKind.JobFair,
        District = "500103",
        Address = "解放碑步行街1号",
        StartsAt = World.FairStarts,
        EndsAt = World.FairStarts.AddHours(7),
        Version = 1,
    };

    public static PositionFile Position(string id, string title, string occupation) => new()
    {
        Employer = "e1",
        Version = 1,
        Facts = new()
        {
            Id = id,
            Title = title,
            Occupation = occupation,
            District = "500103",
            ClosesOn = Today.AddDays(60),
            FirstPut = Today,
            Pay = new(3500, 4500, PayPeriod.Month, true),
        },
    };

    public static SeekerFile Person(int i) => new()
    {
        Id = $"person-{i}",
        Version = 1,
        Facts = new() { Id = Subject(i), District = "500103" },
        Phone = Phone(i),
        Consent = new(Today, Today, null, null),
    };

    /// <summary>Announces as one and the same member of staff.</summary>
    public static Task<Announced> Run(this AnnounceEvent flow, string id, int? budget, CancellationToken cancel) => flow.Run(id, budget, "staff-1", cancel);

    public static string Subject(int i) => $"{i:x2}aa0123456789abcdef0123456789ab";

    public static string Phone(int i) => $"+86199000{i:00000}";
}
