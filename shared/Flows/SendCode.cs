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
/// the person asks again.
/// </summary>
public sealed class SendCode(ICodes codes, WhoIsBehind behind, ISmsGateway gateway, IWork work, TimeProvider time)
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
        await codes.Save(code with { ClaimedAt = time.GetUtcNow() }, stored.ETag, cancel);
        var outcome = await gateway.Send(new("code-" + Secret.New(), code.Phone, TextOf(number, code.Language), new("code", code.Language, [new("code", number)])), cancel);
        Meters.Codes.Add(1, new KeyValuePair<string, object?>("outcome", outcome.GetType().Name));
        if (outcome is Sent.Later later)
        {
            await codes.Change(due.Request, now => now with { ClaimedAt = null }, cancel);
            await work.Put(Queues.SendCode, due.ToBody(), later.After ?? Wait, cancel);
            return;
        }
        await codes.Change(due.Request, now => now with { Code = null }, cancel);
    }

    /// <summary>Says nothing about what the service is for: others may look at the phone.</summary>
    internal static string TextOf(string number, Language language) => language == Language.English
        ? $"Your code is {number}. It is valid for 10 minutes. Tell nobody."
        : $"您的验证码是 {number}，10 分钟内有效，请勿告诉他人。";
}
