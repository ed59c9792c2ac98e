using System.Text;
using System.Text.Json;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;

namespace JobMatch.Adapters.Tests.Secrets;

/// <summary>The checker itself: it must find what is there, or it proves nothing.</summary>
public sealed class CanaryTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private readonly Canary canary = Canary.New();

    public static TheoryData<string> Disguises => ["plain", "json", "escaped", "url", "html", "hex", "base64", "base64 inside", "base64url inside", "bytes", "utf-16 bytes"];

    [Theory]
    [MemberData(nameof(Disguises))]
    public async Task A_name_a_phone_and_words_are_found_in_a_cell_in_any_disguise(string disguise)
    {
        var table = await storage.NewTable();
        foreach (var (what, secret) in ((string, string)[])[("name", canary.Name), ("phone", canary.Phone), ("free text", canary.FreeText), ("helper", canary.Helper), ("reply", canary.Reply)])
        {
            await table.UpsertEntityAsync(new TableEntity("p", "r") { ["Cell"] = Disguised(secret, disguise) }, TableUpdateMode.Replace);
            var found = await canary.FindIn(storage.Tables, storage.Queues, table.Name);
            Assert.Contains(found, line => line.StartsWith(what, StringComparison.Ordinal) && line.EndsWith("p · r, Cell", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task It_looks_into_keys_queues_poison_queues_and_logs()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(new TableEntity("p", canary.Phone));
        var queue = await storage.NewQueue();
        await queue.SendMessageAsync(JsonSerializer.Serialize(new { canary.Name }));
        var poison = storage.Queues.GetQueueClient(queue.Name + "-poison");
        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync(canary.FreeText);

        Assert.Contains("RowKey", Assert.Single(await canary.FindIn(storage.Tables, storage.Queues, table.Name), line => line.Contains("RowKey", StringComparison.Ordinal)), StringComparison.Ordinal);
        var inQueues = await canary.FindIn(storage.Tables, storage.Queues, queue.Name);
        Assert.Contains(inQueues, line => line.StartsWith("name", StringComparison.Ordinal));
        Assert.Contains(inQueues, line => line.Contains("-poison", StringComparison.Ordinal));
        Assert.NotEmpty(canary.FindIn($"sent to {canary.Phone}", "the log"));
        Assert.NotEmpty(canary.FindIn("""{"Category":7,"Grade":4}""", "the log"));
    }

    [Fact]
    public async Task It_finds_nothing_where_nothing_is()
    {
        var table = await storage.NewTable();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Cell"] = Canary.New().Name, ["Bytes"] = Encoding.UTF8.GetBytes(Canary.New().Phone) });
        Assert.Empty(await canary.FindIn(storage.Tables, storage.Queues, table.Name));
        Assert.Empty(canary.FindIn("PUT /api/seekers/{id} 201 12 ms", "the log"));
    }

    private static object Disguised(string secret, string disguise) => disguise switch
    {
        "plain" => $"a {secret} b",
        "json" => JsonSerializer.Serialize(new { secret }),
        "escaped" => string.Concat(secret.Select(letter => $"\\u{(int)letter:X4}")),
        "url" => "q=" + Uri.EscapeDataString(secret),
        "html" => string.Concat(secret.Select(letter => $"&#x{(int)letter:X};")),
        "hex" => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret)),
        "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
        "base64 inside" => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"x\":\"{secret}\",\"y\":1}}")),
        "base64url inside" => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{{\"xy\":\"{secret}\",\"z\":1}}")),
        "bytes" => Encoding.UTF8.GetBytes($"<{secret}>"),
        _ => Encoding.Unicode.GetBytes($"<{secret}>"),
    };
}
