using System.Buffers.Text;
using System.Security.Cryptography;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What asking for a code gives. Whether anybody is known behind the phone is not in it.</summary>
public abstract record Asked
{
    private Asked() { }

    /// <param name="Request">For the asker's browser to hold, and to enter the code with.</param>
    public sealed record OnItsWay(string Request) : Asked;

    public sealed record Limited(TimeSpan After) : Asked;

    /// <summary>A country to which no codes are sent: texts abroad are how money is drawn from services like this.</summary>
    public sealed record NotServed : Asked;
}

/// <summary>
/// Asks for a code. It does not look who is behind the phone, so that known and unknown phones get the same answer in the
/// same time; that is found out when the code is sent.
/// </summary>
public sealed class AskForCode(ICodes codes, IKeyedHash hash, IWork work, TimeProvider time, SignInLimits limits)
{
    /// <param name="phone">E.164.</param>
    /// <param name="address">The caller's network address.</param>
    /// <param name="evenIfUnknown">Also to a phone behind which nobody is known: for registering.</param>
    public async Task<Asked> Run(string phone, string address, bool evenIfUnknown, Language language, CancellationToken cancel)
    {
        if (!phone.StartsWith("+86", StringComparison.Ordinal))
            return new Asked.NotServed();
        if (await Reserve(phone, address, cancel) is { } wait)
            return new Asked.Limited(wait);
        var request = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var number = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
        var code = new SignInCode
        {
            Request = request,
            Phone = phone,
            Code = number,
            CodeHash = await hash.Of("code", $"{request}|{number}", cancel),
            AskedAt = time.GetUtcNow(),
            EvenIfUnknown = evenIfUnknown,
            Language = language,
        };
        var message = await work.Commit(Queues.SendCode, new CodeDue(request).ToBody(), () => codes.Save(code, null, cancel), cancel);
        await work.Show(message, cancel);
        return new Asked.OnItsWay(request);
    }

    private async Task<TimeSpan?> Reserve(string phone, string address, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        (string Who, Func<Asks, TimeSpan?> Wait)[] counts =
        [
            ("phone|" + await hash.Of("asks-phone", phone, cancel), asks => SignInLimits.Wait(asks.Lately, limits.Phone, now)),
            ("address|" + await hash.Of("asks-address", address, cancel), asks => SignInLimits.Wait(asks.Lately, limits.Address, now)),
            ($"day|{People.DayOf(now):yyyy-MM-dd}", asks => asks.Total < limits.ADay ? null : UntilTomorrow(now)),
        ];
        foreach (var (who, wait) in counts)
            if (await codes.Count(who, wait, now, cancel) is { } limited)
                return limited;
        return null;
    }

    private static TimeSpan UntilTomorrow(DateTimeOffset now) =>
        new DateTimeOffset(People.DayOf(now).AddDays(1), TimeOnly.MinValue, People.Offset) - now;
}
