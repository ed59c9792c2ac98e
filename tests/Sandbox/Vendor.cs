using System.Collections.Immutable;
using System.Security.Cryptography;

namespace JobMatch.Sandbox;

/// <summary>A text that was taken or refused, or a reply: its first line in the ledger, and what came after.</summary>
public sealed class Message(Line first, Kind kind)
{
    public Line First { get; } = first;
    public Kind Kind { get; } = kind;
    public ImmutableList<string> Happened { get; private set; } = [first.What];

    /// <summary>What the vendor says when asked about a text: taken, delivered, failed.</summary>
    public string State { get; private set; } = first.What == "took" ? "taken" : first.What;
    public string? Code { get; private set; } = first.Code;
    public DateTimeOffset? ReportedAt { get; private set; }

    public int Parts => Vendor.Parts(First.Sign is null ? First.Text : $"【{First.Sign}】{First.Text}");

    public void Note(Line line)
    {
        Happened = Happened.Add(line.What);
        if (line.What is "delivered" or "refused")
            (State, Code, ReportedAt) = (line.What == "delivered" ? "delivered" : "failed", line.Code ?? "DELIVERED", line.At);
    }
}

/// <summary>
/// What the vendor knows: texts and replies by phone, texts by the caller's id. It dedupes nothing, so that a text that is
/// sent twice is seen twice. Memory leads and the ledger follows; an answer waits for both.
/// </summary>
public sealed class Vendor(Ledger ledger, Courier courier, Func<Settings> settings, TimeProvider time)
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    private readonly Lock gate = new();
    private readonly Dictionary<string, List<Message>> phones = [];
    private readonly Dictionary<string, List<Message>> byOutId = [];
    private readonly HashSet<string> throttled = [];

    /// <summary>As carriers count: one part up to 70 UTF-16 units, above that 67 a part.</summary>
    public static int Parts(string text) => text.Length <= 70 ? 1 : (text.Length + 66) / 67;

    public static DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(Zone);

    /// <summary>What will become of a text; null: throttled, it is not taken now.</summary>
    public Kind? Weigh(string phone, string text, string outId)
    {
        var kind = Kind.Of(phone) ?? settings().Weather.Of(phone, text);
        if (kind.Fate == Fate.Throttled)
            return null;
        if (kind.Fate != Fate.ThrottledOnce)
            return kind;
        lock (gate)
            return throttled.Add($"{phone}|{outId}") ? null : kind;
    }

    public async Task Refuse(string phone, string text, string outId, string? sign, Kind kind)
    {
        var refused = Line("refused", phone, text, outId, sign, kind.Code);
        Keep(new(refused, kind));
        await ledger.Add(refused);
    }

    /// <summary>Takes a text. Its receipt follows by itself, except for an early one, which this waits for.</summary>
    public async Task<Message> Take(string phone, string text, string outId, string? sign, Kind kind)
    {
        var took = Line("took", phone, text, outId, sign);
        Line[] more = kind.Fate switch
        {
            Fate.Lost => [took with { What = "lost" }],
            Fate.Late => [took with { What = "delayed" }],
            _ => [],
        };
        var message = new Message(took, kind);
        foreach (var line in more)
            message.Note(line);
        Keep(message);
        await ledger.Add([took, .. more]);
        if (kind.Fate == Fate.Early)
            await courier.BringNow(new Receipt(message, Again: false));
        else if (kind.Fate != Fate.Lost)
            courier.Bring(new Receipt(message, Again: false), kind.Fate == Fate.Late ? settings().Late : settings().Receipt, settings().Weather.Shuffle);
        return message;
    }

    /// <summary>A person answers.</summary>
    /// <param name="to">The number that they write to.</param>
    public async Task<Message> Answer(string phone, string text, string to)
    {
        var reply = new Message(Line("reply", phone, text, outId: null, sign: null, to), Kind.Delivered);
        Keep(reply);
        await ledger.Add(reply.First);
        courier.Bring(new Reply(reply), TimeSpan.Zero, scatter: false);
        return reply;
    }

    /// <summary>Texts that were taken under a caller's id, oldest first.</summary>
    public IReadOnlyList<Message> ByOutId(string outId)
    {
        lock (gate)
            return byOutId.TryGetValue(outId, out var found) ? [.. found] : [];
    }

    /// <summary>Texts and replies of a phone, newest first.</summary>
    public IReadOnlyList<Message> Of(string phone)
    {
        lock (gate)
            return phones.TryGetValue(phone, out var all) ? [.. Enumerable.Reverse(all)] : [];
    }

    /// <summary>Phones whose number holds these digits, in order, with how many texts and replies.</summary>
    public IReadOnlyList<(string Phone, int Messages)> Phones(string digits)
    {
        lock (gate)
            return [.. phones.Where(phone => phone.Key.Contains(digits, StringComparison.Ordinal)).Select(phone => (phone.Key, phone.Value.Count)).Order()];
    }

    /// <summary>Continues from what the ledger says: what was under way is brought again, and may so come twice.</summary>
    public void Continue(IEnumerable<Line> before)
    {
        var all = new Dictionary<string, Message>();
        foreach (var line in before)
            if (all.TryGetValue(line.Id, out var message))
                message.Note(line);
            else
                Keep(all[line.Id] = new(line, Kind.Of(line.Phone) ?? Kind.Delivered));
        foreach (var message in all.Values)
            courier.BringAgain(message);
    }

    private void Keep(Message message)
    {
        lock (gate)
        {
            Listed(phones, message.First.Phone).Add(message);
            if (message.First is { What: "took", OutId: { } outId })
                Listed(byOutId, outId).Add(message);
        }
    }

    private static List<Message> Listed(Dictionary<string, List<Message>> lists, string key) =>
        lists.TryGetValue(key, out var list) ? list : lists[key] = [];

    // Ids look as the vendor's own do: digits, a caret, a number.
    private Line Line(string what, string phone, string text, string? outId, string? sign, string? code = null) =>
        new(Local(time.GetUtcNow()), $"{RandomNumberGenerator.GetString("0123456789", 18)}^0", phone, text, what, outId, sign, code);
}
