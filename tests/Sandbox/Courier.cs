using System.Globalization;
using System.Net;
using System.Text.Json;

namespace JobMatch.Sandbox;

/// <summary>One entry of a callback.</summary>
public abstract record Parcel(string Path, string Key)
{
    public abstract object Body { get; }

    protected static string Number(string phone) => phone.StartsWith("+86", StringComparison.Ordinal) ? phone[3..] : phone[1..];
    protected static string Stamp(DateTimeOffset at) => Vendor.Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

/// <param name="Again">The second of a doubled receipt.</param>
public sealed record Receipt(Message Message, bool Again) : Parcel("report", Again ? $"{Message.First.Id}+" : Message.First.Id)
{
    public override object Body => new
    {
        phone_number = Number(Message.First.Phone),
        send_time = Stamp(Message.First.At),
        report_time = Stamp(Message.ReportedAt ?? Message.First.At),
        success = Message.State == "delivered",
        err_code = Message.Code,
        err_msg = Message.State == "delivered" ? "用户接收成功" : "用户接收失败",
        sms_size = Message.Parts.ToString(CultureInfo.InvariantCulture),
        biz_id = Message.First.Id,
        out_id = Message.First.OutId,
    };
}

public sealed record Reply(Message Message) : Parcel("reply", Message.First.Id)
{
    public override object Body => new
    {
        phone_number = Number(Message.First.Phone),
        content = Message.First.Text,
        send_time = Stamp(Message.First.At),
        dest_code = Message.First.Code,
        sequence_id = Message.First.Id,
    };
}

/// <summary>
/// Brings receipts and replies to the service, several in one call, and again where they are not answered as they should be.
/// What was answered is noted beside the ledger, so that a restart brings only the rest.
/// </summary>
public sealed class Courier : IAsyncDisposable
{
    private const int Lines = 8;

    private readonly PriorityQueue<(Parcel Parcel, int Tries), DateTimeOffset> waiting = new();
    private readonly Lock gate = new();
    private readonly SemaphoreSlim changed = new(0);
    private readonly SemaphoreSlim lines = new(Lines);
    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly HashSet<string> answered;
    private readonly StreamWriter answers;
    private readonly Ledger ledger;
    private readonly Func<Settings> settings;
    private readonly TimeProvider time;
    private readonly Random random;
    private Task? running;

    /// <param name="answersFile">What was answered, from earlier runs too.</param>
    public Courier(Ledger ledger, FileStream answersFile, Func<Settings> settings, TimeProvider time)
    {
        (this.ledger, this.settings, this.time) = (ledger, settings, time);
        random = new(settings().Weather.Seed);
        using var reader = new StreamReader(answersFile, leaveOpen: true);
        answered = [.. reader.ReadToEnd().Split('\n')];
        answers = new(answersFile) { AutoFlush = true };
    }

    public void Start() => running = Task.Run(Run);

    /// <param name="scatter">A random while later, so that receipts lose their order.</param>
    public void Bring(Parcel parcel, TimeSpan after, bool scatter)
    {
        if (!answered.Contains(parcel.Key))
            Wait(parcel, 0, scatter ? after + settings().Spread * random.NextDouble() : after);
    }

    /// <summary>Brings a receipt before this returns; where that fails it is tried again later.</summary>
    public async Task BringNow(Receipt receipt)
    {
        await Happen([receipt]);
        await Push([receipt], 0);
    }

    /// <summary>After a restart: whatever of a message was not answered.</summary>
    public void BringAgain(Message message)
    {
        if (message.State == "reply")
            Bring(new Reply(message), TimeSpan.Zero, scatter: false);
        else if (message.Happened[0] != "took" || message.Happened.Contains("lost"))
            return;
        else if (!answered.Contains(message.First.Id))
            Bring(new Receipt(message, Again: false), message.Kind.Fate == Fate.Late ? settings().Late : settings().Receipt, scatter: false);
        else if (message.Kind.Fate == Fate.Doubled || message.Happened.Contains("doubled"))
            Bring(new Receipt(message, Again: true), settings().Receipt, scatter: false);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await (running ?? Task.CompletedTask);
        for (var i = 0; i < Lines; i++)
            await lines.WaitAsync();
        http.Dispose();
        await answers.DisposeAsync();
    }

    private void Wait(Parcel parcel, int tries, TimeSpan after)
    {
        lock (gate)
            waiting.Enqueue((parcel, tries), time.GetUtcNow() + after);
        changed.Release();
    }

    private void WaitAll(Parcel[] batch, int tries, TimeSpan after)
    {
        foreach (var parcel in batch)
            Wait(parcel, tries, after);
    }

    private async Task Run()
    {
        try
        {
            while (true)
            {
                var (due, next) = Due();
                if (due.Count == 0)
                {
                    await changed.WaitAsync(next, stop.Token);
                    continue;
                }
                await Happen([.. due.Where(item => item.Tries == 0).Select(item => item.Parcel).OfType<Receipt>()]);
                var parcels = due.Where(item => item.Parcel is not Receipt { Message.Kind.Fate: Fate.Swallowed });
                foreach (var group in parcels.GroupBy(item => (item.Parcel.Path, item.Tries)))
                    foreach (var batch in group.Select(item => item.Parcel).Chunk(settings().Batch))
                    {
                        await lines.WaitAsync(stop.Token);
                        _ = Push(batch, group.Key.Tries).ContinueWith(_ => lines.Release(), TaskScheduler.Default);
                    }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private (List<(Parcel Parcel, int Tries)> Due, TimeSpan Next) Due()
    {
        var due = new List<(Parcel, int)>();
        lock (gate)
        {
            var now = time.GetUtcNow();
            while (waiting.TryPeek(out var item, out var at))
            {
                if (at > now)
                    return (due, at - now);
                due.Add(item);
                waiting.Dequeue();
            }
        }
        return (due, Timeout.InfiniteTimeSpan);
    }

    // The ledger first: what stands there as delivered has reached the handset, whether or not the service hears of it.
    private async Task Happen(IReadOnlyList<Receipt> receipts)
    {
        var now = Vendor.Local(time.GetUtcNow());
        var happened = receipts
            .SelectMany(Happens, (receipt, what) => (receipt.Message, Line: receipt.Message.First with { At = now, What = what, Code = what == "refused" ? receipt.Message.Kind.Code : null }))
            .ToList();
        foreach (var (message, line) in happened)
            message.Note(line);
        await ledger.Add([.. happened.Select(one => one.Line)]);
        foreach (var receipt in receipts.Where(receipt => !receipt.Again && receipt.Message.Kind.Fate == Fate.Doubled))
            Bring(new Receipt(receipt.Message, Again: true), settings().Receipt, scatter: true);
    }

    private static string[] Happens(Receipt receipt) => receipt switch
    {
        { Again: true } => receipt.Message.Happened.Contains("doubled") ? [] : ["doubled"],
        { Message.State: not "taken" } => [],
        { Message.Kind.Fate: Fate.Unreachable } => ["refused"],
        { Message.Kind.Fate: Fate.Swallowed } => ["delivered", "lost"],
        _ => ["delivered"],
    };

    private async Task Push(Parcel[] batch, int tries)
    {
        var now = settings();
        if (now.Callback is null)
            WaitAll(batch, Math.Max(1, tries), TimeSpan.FromSeconds(0.5));
        else if (await Answered(new($"{now.Callback}/{batch[0].Path}"), batch))
            lock (answers)
                answers.Write(string.Concat(batch.Select(parcel => $"{parcel.Key}\n")));
        else if (tries < now.Retry.Count)
            WaitAll(batch, tries + 1, now.Retry[tries]);
    }

    private async Task<bool> Answered(Uri address, Parcel[] batch)
    {
        try
        {
            using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(batch.Select(parcel => parcel.Body), Ledger.Json));
            content.Headers.ContentType = new("application/json", "utf-8");
            using var answer = await http.PostAsync(address, content, stop.Token);
            using var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync(stop.Token));
            return answer.StatusCode == HttpStatusCode.OK && body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var zero) && zero == 0;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException or IOException)
        {
            return false;
        }
    }
}
