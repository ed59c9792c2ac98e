using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>One sign-in on its way: asked for, sent, entered, closed. It is bound to the request that asked.</summary>
public sealed record SignInCode
{
    public static readonly TimeSpan Lives = TimeSpan.FromMinutes(10);
    public const int MostTries = 5;

    /// <summary>Random, 128 bits: the asker's browser holds it, and nobody else.</summary>
    public required string Request { get; init; }

    /// <summary>E.164; sealed at rest.</summary>
    public required string Phone { get; init; }

    /// <summary>What is still to be sent; sealed at rest, and gone once it was sent.</summary>
    public string? Code { get; init; }

    /// <summary>A keyed hash over request and code: a million codes would be tried in no time without the key.</summary>
    public required string CodeHash { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Also sent to a phone behind which nobody is known yet: for registering.</summary>
    public bool EvenIfUnknown { get; init; }

    public Language Language { get; init; }

    /// <summary>Somebody is sending it; a claim is given back only where the gateway surely took nothing.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>How often a wrong code was entered.</summary>
    public int Tries { get; init; }

    public DateTimeOffset? EnteredAt { get; init; }

    /// <summary>SHA-256 of the ticket that the right code was answered with.</summary>
    public string? TicketHash { get; init; }

    /// <summary>
    /// The one person whom it lets in, by subject id: staff knew them and gave them a code, which says nothing about who holds
    /// the phone. Null: whoever is behind the phone.
    /// </summary>
    public string? Only { get; init; }

    /// <summary>Who, by subject id, was shown to be themselves after a long silence.</summary>
    public IReadOnlyList<string> Proven { get; init; } = [];

    /// <summary>A session was opened with it; it opens no second one.</summary>
    public bool Closed { get; init; }

    /// <summary>Another try counts.</summary>
    public bool MayBeEntered(DateTimeOffset now) => EnteredAt is null && Tries < MostTries && now < AskedAt + Lives;

    /// <summary>A session may be opened with this ticket.</summary>
    public bool Admits(string ticket, DateTimeOffset now) =>
        !Closed && now < EnteredAt + Lives && TicketHash is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(TicketHash), Encoding.ASCII.GetBytes(Secret.Hash(ticket)));

    /// <summary>Without phone and code.</summary>
    public override string ToString() => "sign-in code";
}

/// <summary>Who can be signed in behind a phone.</summary>
/// <param name="Id">A seeker's subject id, or an employer's id.</param>
/// <param name="Name">To choose by, where several share a phone: shown only to who entered the code; null where the person gave none.</param>
/// <param name="Helper">By which helper of theirs, where the phone is a helper's; null = it is their own.</param>
public sealed record Who(Role Role, string Id, string? Name, string? Helper = null)
{
    /// <summary>Without the name.</summary>
    public override string ToString() => $"{Role} {Id}";
}

/// <summary>Random secrets that people's browsers hold.</summary>
public static class Secret
{
    /// <summary>256 random bits, base64url.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of it, base64url: SHA-256 is enough where the secret itself cannot be guessed.</summary>
    public static string Hash(string secret) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>How many codes may be asked for; each list is (how many, in how long).</summary>
public sealed record SignInLimits
{
    public IReadOnlyList<(int Most, TimeSpan In)> Phone { get; init; } = [(1, TimeSpan.FromSeconds(60)), (5, TimeSpan.FromHours(1)), (10, TimeSpan.FromDays(1))];

    /// <summary>Generous: a whole fair may sit behind one address.</summary>
    public IReadOnlyList<(int Most, TimeSpan In)> Address { get; init; } = [(30, TimeSpan.FromMinutes(10)), (300, TimeSpan.FromDays(1))];

    /// <summary>For all together in one day, so that nobody can spend the federation's money without end.</summary>
    public int ADay { get; init; } = 5_000;

    /// <summary>Who has not signed in for this long is asked one thing more than the code.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromDays(180);

    /// <summary>How long to wait before another one may be asked for; null = now.</summary>
    public static TimeSpan? Wait(IReadOnlyList<DateTimeOffset> earlier, IReadOnlyList<(int Most, TimeSpan In)> limits, DateTimeOffset now)
    {
        var waits = limits
            .Select(limit => (limit, within: earlier.Where(at => at > now - limit.In).Order().ToList()))
            .Where(x => x.within.Count >= x.limit.Most)
            .Select(x => x.within[^x.limit.Most] + x.limit.In - now)
            .ToList();
        return waits.Count == 0 ? null : waits.Max();
    }
}

/// <summary>What was asked for by one phone or address (when, of the last day), or by everybody (how often, on one day).</summary>
public sealed record Asks(IReadOnlyList<DateTimeOffset> Lately, int Total)
{
    public static readonly Asks None = new([], 0);
}

/// <summary>Keeps sign-ins on their way, and counts them.</summary>
public interface ICodes
{
    Task<Stored<SignInCode>?> Find(string request, CancellationToken cancel);

    /// <param name="etag">Null: it must not exist yet.</param>
    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task Save(SignInCode code, string? etag, CancellationToken cancel);

    /// <param name="who">A keyed hash of a phone or an address, or a day.</param>
    Task<Stored<Asks>?> Asked(string who, CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task SaveAsked(string who, Asks asks, string? etag, CancellationToken cancel);
}

/// <summary>Hashes under a key that storage does not hold in the clear, for what could be guessed: phones, codes, addresses.</summary>
public interface IKeyedHash
{
    /// <param name="what">What the value is, so that one value in two roles gives two hashes.</param>
    /// <returns>Base64url.</returns>
    ValueTask<string> Of(string what, string value, CancellationToken cancel);
}

/// <summary>Finds employers by their contacts' phones.</summary>
public interface IContacts
{
    /// <summary>Ids of employers who may have a contact with this phone (E.164); the employer's own record decides.</summary>
    Task<IReadOnlyList<string>> MayBelongTo(string phone, CancellationToken cancel);
}

/// <summary>Says who can be signed in behind a phone.</summary>
public sealed class WhoIsBehind(ISeekers seekers, IEmployers employers, IContacts contacts)
{
    public async Task<IReadOnlyList<Who>> Run(string phone, CancellationToken cancel)
    {
        var found = new List<Who>();
        foreach (var id in await seekers.ByPhone(phone, cancel))
            if (await seekers.Find(id, cancel) is { } seeker && seeker.Value.Phone == phone)
                found.Add(new(Role.Seeker, seeker.Value.Facts.Id, seeker.Value.Name));
        foreach (var id in await seekers.HelpedBy(phone, cancel))
            if (await seekers.Find(id, cancel) is { } helped && helped.Value.Own.Helpers.FirstOrDefault(helper => helper.Until is null && helper.Phone == phone) is { } helper)
                found.Add(new(Role.Seeker, helped.Value.Facts.Id, helped.Value.Name, helper.Id));
        foreach (var id in await contacts.MayBelongTo(phone, cancel))
            if (await employers.Find(id, cancel) is { } employer && employer.Value.Contacts.Any(contact => contact.Phone == phone))
                found.Add(new(Role.Employer, id, employer.Value.Name));
        return found;
    }
}

internal static class CodeChanges
{
    private const int Tries = 8, CountTries = 4;

    /// <summary>Counts one more that is asked for, before it is made: a crash in between counts too much, never too little.</summary>
    /// <param name="who">A keyed hash of whoever asks or is asked about, or a day.</param>
    /// <returns>How long to wait, where it is over the limit and was not counted.</returns>
    public static async Task<TimeSpan?> Count(this ICodes codes, string who, Func<Asks, TimeSpan?> wait, DateTimeOffset now, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < CountTries; attempt++)
        {
            var stored = await codes.Asked(who, cancel);
            var asks = stored?.Value ?? Asks.None;
            if (wait(asks) is { } limited)
                return limited;
            var lately = who.StartsWith("day|", StringComparison.Ordinal) ? [] : asks.Lately.Where(at => at > now.AddDays(-1)).Append(now).ToList();
            try
            {
                await codes.SaveAsked(who, new Asks(lately, asks.Total + 1), stored?.ETag, cancel);
                return null;
            }
            catch (ConflictException)
            {
            }
        }
        return TimeSpan.FromSeconds(2); // so many at once that none gets through is itself over the limit
    }

    /// <summary>Reads, changes and writes until nobody else wrote in between; null where there is none or <paramref name="change"/> gives none.</summary>
    /// <exception cref="ConflictException">Eight races lost in a row.</exception>
    public static async Task<SignInCode?> Change(this ICodes codes, string request, Func<SignInCode, SignInCode?> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await codes.Find(request, cancel) is not { } stored || change(stored.Value) is not { } next)
                return null;
            try
            {
                await codes.Save(next, stored.ETag, cancel);
                return next;
            }
            catch (ConflictException) when (attempt < Tries)
            {
            }
        }
    }
}
