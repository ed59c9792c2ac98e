using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using JobMatch.Fixtures;

namespace JobMatch.Load;

/// <summary>
/// Texts that are all taken, and then a receipt for each, posted at an even pace whether or not the ones before were
/// answered: waits are counted from the moment at which a receipt was due to leave.
/// </summary>
public static class ReceiptsBench
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMilliseconds(100), ApplyWithin = TimeSpan.FromMinutes(2);

    // Until the pages of texts have been looked through once, as some seconds after they were taken.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(45);

    /// <param name="perPush">Receipts in one callback; 1 is the hardest.</param>
    /// <param name="over">In which time all are posted.</param>
    /// <param name="save">Whether to keep the figures in tests/Bench/results/receipts.md.</param>
    /// <returns>What did not hold; empty = all did.</returns>
    public static async Task<IReadOnlyList<string>> Run(int receipts, int perPush, TimeSpan over, bool save, TimeSpan atMost, Action<string> say)
    {
        await using var stage = await Stage.Start(new() { People = receipts, Sandbox = [("weather", "lose=1")], Service = ["--JobMatch:Messages:ReceiptAfter=06:00:00"] });
        await stage.Furnish();
        var watch = Stopwatch.StartNew();
        await stage.Announce();
        if (!await Stage.Until(async () => (await stage.States()).Count(message => message.Value == "accepted") == receipts, atMost, TimeSpan.FromSeconds(5)))
            return ["Not all texts were taken in time; nothing was measured."];
        var sending = watch.Elapsed;
        await Task.Delay(Rest);

        var bodies = stage.Lines().Where(line => line.What == "took").Chunk(perPush).Select(Body).ToList();
        var (waits, others) = (new ConcurrentBag<double>(), new ConcurrentBag<string>());
        using var http = new HttpClient { BaseAddress = stage.Address, Timeout = TimeSpan.FromSeconds(30) };
        watch.Restart();
        List<Task> posts = [];
        for (var n = 0; n < bodies.Count; n++)
        {
            var due = over * n / bodies.Count;
            if (due - watch.Elapsed is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            var body = bodies[n];
            posts.Add(Task.Run(async () =>
            {
                var answer = await Post(http, body);
                waits.Add((watch.Elapsed - due).TotalMilliseconds);
                if (answer is not null)
                    others.Add(answer);
            }));
        }
        await Task.WhenAll(posts);
        var posted = watch.Elapsed;
        var applied = await Stage.Until(async () => (await stage.States()).All(message => message.Value == "delivered"), ApplyWithin, TimeSpan.FromSeconds(5));
        var after = watch.Elapsed - posted;

        List<double> sorted = [.. waits.Order()];
        double At(double share) => ReceiptsBench.At(sorted, share);
        string[] table =
        [
            $"| receipts | in one callback | posted in | answered | p50 | p90 | p99 | longest | all applied, after the last |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
            string.Create(CultureInfo.InvariantCulture, $"| {receipts} | {perPush} | {posted.TotalSeconds:0.0} s | {sorted.Count - others.Count} of {bodies.Count} | {At(0.5):0} ms | {At(0.9):0} ms | {At(0.99):0} ms | {sorted[^1]:0} ms | {(applied ? $"{after.TotalSeconds:0} s" : "not within 2 min")} |"),
        ];
        say(string.Create(CultureInfo.InvariantCulture, $"{receipts} texts were taken in {sending.TotalSeconds:0} s"));
        foreach (var line in table)
            say(line);
        if (save)
            await File.WriteAllLinesAsync(Path.Combine(Root(), "tests", "Bench", "results", "receipts.md"), [.. Head(receipts, perPush, over), .. table]);
        List<string> faults = [];
        if (!others.IsEmpty)
            faults.Add($"{others.Count} were not answered as received: {string.Join(", ", others.Distinct().Take(5))}");
        if (At(0.99) > AnswerWithin.TotalMilliseconds)
            faults.Add($"p99 was {At(0.99):0} ms, more than 100 ms.");
        if (!applied)
            faults.Add("Not all were applied within two minutes of the last.");
        return faults;
    }

    /// <summary>What this share of them is below; NaN of none.</summary>
    internal static double At(IEnumerable<double> waits, double share)
    {
        List<double> sorted = [.. waits.Order()];
        return sorted.Count == 0 ? double.NaN : sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }

    private static byte[] Body(LedgerLine[] texts) => JsonSerializer.SerializeToUtf8Bytes(texts.Select(text => new
    {
        phone_number = text.Phone[3..],
        send_time = text.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        report_time = text.At.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        success = true,
        err_code = "DELIVERED",
        err_msg = "ok",
        sms_size = "1",
        biz_id = text.Id,
        out_id = text.OutId,
    }));

    /// <returns>Null where it was answered as received.</returns>
    private static async Task<string?> Post(HttpClient http, byte[] body)
    {
        try
        {
            using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json", "utf-8") } };
            using var answer = await http.PostAsync(new Uri($"/callbacks/sandbox/{Stage.Token}/report", UriKind.Relative), content);
            var said = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
            return answer.StatusCode == HttpStatusCode.OK && said.StartsWith("{\"code\":0", StringComparison.Ordinal) ? null : $"{(int)answer.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return e.GetType().Name;
        }
    }

    private static IEnumerable<string> Head(int receipts, int perPush, TimeSpan over) =>
    [
        "# Receipts in a minute",
        $"`dotnet run -c Debug --project tests/Load -- receipts --receipts {receipts} --per-push {perPush} --seconds {over.TotalSeconds:0} --save`",
        "",
        string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC. Storage (Azurite in memory, its slowest searches mended in `functions/Hosting/azurite.mjs`), sandbox, service and client share the machine. Waits are those of the client, from the moment at which a receipt was due to leave."),
        "",
    ];

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "JobMatch.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("Run it from the sources.");
        return folder.FullName;
    }
}
