using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace JobMatch.Flows;

/// <summary>What asking for a desk code gives.</summary>
public abstract record DeskCode
{
    private DeskCode() { }

    /// <param name="Number">Six digits, for telling the person; kept nowhere.</param>
    public sealed record Issued(string Number, DateTimeOffset Until) : DeskCode
    {
        /// <summary>Without the code.</summary>
        public override string ToString() => "a desk code";
    }

    public sealed record Limited(TimeSpan After) : DeskCode;

    /// <summary>Nobody signs in without a number to say who they are: staff act for them instead.</summary>
    public sealed record NoPhone : DeskCode;

    public sealed record NotFound : DeskCode;
}

/// <summary>
/// Gives staff a sign-in code to tell somebody whom they know, at the desk or in a call, where no text arrives. The person enters
/// their number and then this code in place of the texted one. It lets in that person alone, though others share the phone; how
/// long it lives, how often it may be tried and asked for are as with texted ones.
/// </summary>
public sealed class IssueDeskCode(ISeekers seekers, ICodes codes, IKeyedHash hash, TimeProvider time, SignInLimits limits)
{
    /// <param name="staff">Who asks, by a name-less id.</param>
    /// <exception cref="ConflictException">Another one is made for the same phone at this moment.</exception>
    public async Task<DeskCode> Run(string subject, string staff, CancellationToken cancel)
    {
        if (await seekers.BySubject(subject, cancel) is not { } person)
            return new DeskCode.NotFound();
        if (person.Value.Phone is not { } phone)
            return new DeskCode.NoPhone();
        var now = time.GetUtcNow();
        if (await codes.Count("desk|" + await hash.Of("asks-desk", phone, cancel), asks => SignInLimits.Wait(asks.Lately, limits.Phone, now), now, cancel) is { } often)
            return new DeskCode.Limited(often);
        if (await codes.Count("staff|" + await hash.Of("asks-staff", staff, cancel), asks => SignInLimits.Wait(asks.Lately, limits.Address, now), now, cancel) is { } many)
            return new DeskCode.Limited(many);
        var request = await RequestOf(hash, phone, cancel);
        var number = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var earlier = await codes.Find(request, cancel);
        await codes.Save(new()
        {
            Request = request,
            Phone = phone,
            CodeHash = await hash.Of("code", $"{request}|{number}", cancel),
            AskedAt = now,
            // No text is due.
            ClaimedAt = now,
            Only = subject,
        }, earlier?.ETag, cancel);
        return new DeskCode.Issued(number, now + SignInCode.Lives);
    }

    /// <summary>Under which request a phone's desk code is kept: one at a time, the latest.</summary>
    internal static async Task<string> RequestOf(IKeyedHash hash, string phone, CancellationToken cancel) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(await hash.Of("desk code", phone, cancel))).AsSpan(0, 16));
}
