using System.Security.Cryptography;
using System.Text;

namespace JobMatch.Flows;

/// <summary>What entering a code gives.</summary>
public abstract record Entered
{
    private Entered() { }

    /// <param name="Ticket">Opens one session, within ten minutes.</param>
    /// <param name="Who">Empty where nobody is registered with this phone.</param>
    /// <param name="AtDesk">Staff gave it to the one in <paramref name="Who"/>: it says nothing about who holds the phone, and registers nobody.</param>
    public sealed record Right(string Ticket, IReadOnlyList<Who> Who, bool AtDesk = false) : Entered;

    /// <param name="Left">How many tries are left; at least 1.</param>
    public sealed record Wrong(int Left) : Entered;

    /// <summary>Too late, used, tried too often, or never asked for: which, the caller is not told.</summary>
    public sealed record AskAgain : Entered;
}

/// <summary>Checks the code that somebody typed.</summary>
public sealed class EnterCode(ICodes codes, IKeyedHash hash, WhoIsBehind behind, TimeProvider time)
{
    /// <param name="typed">As typed: blanks, hyphens and full-width digits are understood.</param>
    /// <exception cref="ConflictException">Tried many times at once.</exception>
    public async Task<Entered> Run(string request, string typed, CancellationToken cancel)
    {
        var given = Encoding.ASCII.GetBytes(await hash.Of("code", $"{request}|{Digits(typed)}", cancel));
        var ticket = Secret.New();
        var right = false;
        // The answer is given only after the try was written, so that no number of tries at once makes more than five.
        var after = await codes.Change(request, code =>
        {
            right = CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(code.CodeHash));
            return !code.MayBeEntered(time.GetUtcNow()) ? null
                : right ? code with { EnteredAt = time.GetUtcNow(), TicketHash = Secret.Hash(ticket), Code = null }
                : code with { Tries = code.Tries + 1 };
        }, cancel);
        if (after is not null && !right && await AtDesk(after.Phone, typed, cancel) is { } only)
            return await codes.Change(request, code => code.EnteredAt is null && time.GetUtcNow() < code.AskedAt + SignInCode.Lives
                ? code with { EnteredAt = time.GetUtcNow(), TicketHash = Secret.Hash(ticket), Code = null, Only = only } : null, cancel) is null
                ? new Entered.AskAgain()
                : new Entered.Right(ticket, [.. (await behind.Run(after.Phone, cancel)).Where(who => who.Id == only)], AtDesk: true);
        return after switch
        {
            null => new Entered.AskAgain(),
            _ when right => new Entered.Right(ticket, await behind.Run(after.Phone, cancel)),
            { Tries: >= SignInCode.MostTries } => new Entered.AskAgain(),
            _ => new Entered.Wrong(SignInCode.MostTries - after.Tries),
        };
    }

    // Whom a code that staff gave out for this phone lets in; it counts once, and five wrong ones end it as well.
    private async Task<string?> AtDesk(string phone, string typed, CancellationToken cancel)
    {
        var request = await IssueDeskCode.RequestOf(hash, phone, cancel);
        var given = Encoding.ASCII.GetBytes(await hash.Of("code", $"{request}|{Digits(typed)}", cancel));
        var right = false;
        var after = await codes.Change(request, code =>
        {
            right = CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(code.CodeHash));
            return !code.MayBeEntered(time.GetUtcNow()) ? null
                : right ? code with { EnteredAt = time.GetUtcNow(), Closed = true }
                : code with { Tries = code.Tries + 1 };
        }, cancel);
        return right ? after?.Only : null;
    }

    internal static string Digits(string typed) => string.Concat(typed
        .Where(c => !char.IsWhiteSpace(c) && c is not '-')
        .Take(20)
        .Select(c => c is >= '０' and <= '９' ? (char)(c - '０' + '0') : c));
}
