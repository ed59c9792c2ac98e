using System.Text.Json;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What the queue of codes carries.</summary>
public sealed record CodeDue(string Request)
{
    public string ToBody() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <exception cref="JsonException">The body names no request.</exception>
    public static CodeDue Parse(string body) =>
        JsonSerializer.Deserialize<CodeDue>(body, JsonSerializerOptions.Web) is { Request: not null } due ? due : throw new JsonException("A code is named by its request.");
}

/// <summary>
/// Sends a code: at most once, since it is claimed first. Where the process dies between claim and send no code comes, and
/// the person asks again. A pause of all channels does not hold codes, which answer what somebody asks for right now; a
/// gateway that is paused itself gets none, and a code waits for another as long as it is valid.
/// </summary>
public sealed class SendCode(ICodes codes, WhoIsBehind behind, GatewayShares shares, IWork work, TimeProvider time)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    public async Task Run(CodeDue due, CancellationToken cancel)
    {
        if (await codes.Find(due.Request, cancel) is not { Value: { Code: { } number, ClaimedAt: null } code } stored || !code.MayBeEntered(time.GetUtcNow()))
            return; // sent before, too late, or the process that asked died before it wrote
        if (!code.EvenIfUnknown && (await behind.Run(code.Phone, cancel)).Count == 0)
        {
            await codes.Save(code with { Code = null }, stored.ETag, cancel);
            return;
        }
        if (shares.Next(await shares.Read(cancel)) is not { } gateway)
        {
            await work.Put(Queues.SendCode, due.ToBody(), Wait, cancel);
            return;
        }
        var begun = time.GetUtcNow();
        await codes.Save(code with { ClaimedAt = begun }, stored.ETag, cancel);
        var outcome = await gateway.Send(new("code-" + Secret.New(), code.Phone, TextOf(number, code.Language)), cancel);
        shares.Count(gateway.Name, outcome, time.GetUtcNow() - begun);
        Meters.Codes.Add(1, new KeyValuePair<string, object?>("outcome", outcome.GetType().Name));
        if (outcome is Sent.AccountRefused refused)
            await shares.Refused(gateway.Name, refused.Code, cancel);
        if (outcome is Sent.Later or Sent.AccountRefused)
        {
            await codes.Change(due.Request, now => now with { ClaimedAt = null }, cancel);
            await work.Put(Queues.SendCode, due.ToBody(), (outcome as Sent.Later)?.After ?? Wait, cancel);
            return;
        }
        await codes.Change(due.Request, now => now with { Code = null }, cancel);
    }

    /// <summary>Says nothing about what the service is for: others may look at the phone.</summary>
    public static string TextOf(string number, Language language) => language == Language.English
        ? $"Your code is {number}. It is valid for 10 minutes. Tell nobody."
        : $"您的验证码是 {number}，10 分钟内有效，请勿告诉他人。";
}
