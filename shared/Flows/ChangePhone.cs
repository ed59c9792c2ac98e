namespace JobMatch.Flows;

/// <summary>Gives a person another phone, once a code to it was entered. The old one finds them no more.</summary>
public sealed class ChangePhone(Sessions sessions, ICodes codes, PutSeeker put, TimeProvider time)
{
    /// <summary>Only who signed in lately may: a browser that was left open is not the person.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(30);

    /// <param name="ticket">What the right code was answered with; it opens no session afterwards.</param>
    /// <returns>False where the ticket does not count, or there is no such person.</returns>
    public async Task<bool> Run(string seeker, string request, string ticket, CancellationToken cancel)
    {
        if (await sessions.PhoneOf(request, ticket, cancel) is not { } phone)
            return false;
        if (await codes.Change(request, code => code.Admits(ticket, time.GetUtcNow()) ? code with { Closed = true } : null, cancel) is null)
            return false;
        return await put.Change(seeker, file => file.Phone == phone ? file : file with { Phone = phone }, cancel) is not null;
    }
}
