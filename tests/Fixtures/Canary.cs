using System.Security.Cryptography;
using System.Text;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Fixtures;

/// <summary>
/// A person whose name, phone, certificate and words are found nowhere else, and a search of everything that is kept or
/// written for any of them, in the forms in which text hides: plain, base64 at every alignment, URL-encoded, \u-escaped, hex.
/// </summary>
public sealed class Canary
{
    private readonly List<(string What, string Where, string[] Forms)> sought = [];

    private Canary(string mark, string phone)
    {
        Name = Seek("name", $"金丝雀{mark}");
        Phone = phone;
        Seek("phone", phone[3..]);
        Helper = Seek("helper", $"姨妈{mark}转");
        FreeText = Seek("free text", $"会修{mark}钟表");
        Reply = Seek("reply", $"我想去{mark}");
        Seek("certificate", "\"category\":7");
        Seek("certificate", "\"grade\":4");
    }

    public string Name { get; }

    /// <summary>E.164; its national part is what is sought.</summary>
    public string Phone { get; }

    public string Helper { get; }

    /// <summary>At most 60 characters, for a skill or a wished occupation.</summary>
    public string FreeText { get; }

    /// <summary>The rarest class and grade; sought as members of JSON, since a digit alone says nothing.</summary>
    public Certificate Certificate { get; } = new(7, 4);

    /// <summary>What the person texts back.</summary>
    public string Reply { get; }

    /// <summary>A new person with marks that no other run and no other test uses.</summary>
    /// <param name="phone">E.164, for one of the sandbox's magic numbers; null: a random one.</param>
    public static Canary New(string? phone = null)
    {
        const string rare = "鷇驎麤龘靐齉爩鱻灪麷";
        return new(new string(RandomNumberGenerator.GetItems<char>(rare, 4)), phone ?? "+86138" + RandomNumberGenerator.GetString("0123456789", 8));
    }

    /// <summary>Looks for more than the person's own data, such as a text that was sent or a sign-in code.</summary>
    public string Seek(string what, string secret)
    {
        sought.Add((what, secret, [.. FormsOf(secret).Distinct()]));
        return secret;
    }

    /// <summary>What of the person stands in a text, and in which form; empty where nothing does.</summary>
    public IReadOnlyList<string> FindIn(string text, string where) =>
    [
        .. from one in sought
           from form in one.Forms
           where text.Contains(form, StringComparison.OrdinalIgnoreCase)
           select $"{one.What} as {form} in {where}",
    ];

    /// <summary>Everything found in all tables (every cell of every row, keys included) and all queues (poison queues included) of an account.</summary>
    /// <param name="prefix">Only tables and queues whose names begin so, where other tests share the account.</param>
    /// <exception cref="InvalidOperationException">A queue holds more messages than can be seen without taking them.</exception>
    public async Task<IReadOnlyList<string>> FindIn(TableServiceClient tables, QueueServiceClient queues, string prefix = "")
    {
        var found = new List<string>();
        await foreach (var table in tables.QueryAsync())
        {
            if (!table.Name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>())
                foreach (var (name, value) in row)
                    found.AddRange(FindIn(Text(value), $"table {table.Name}, {row.PartitionKey} · {row.RowKey}, {name}"));
        }
        await foreach (var queue in queues.GetQueuesAsync())
        {
            if (!queue.Name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var seen = (await queues.GetQueueClient(queue.Name).PeekMessagesAsync(32)).Value;
            if (seen.Length == 32) throw new InvalidOperationException($"The queue {queue.Name} is too full to look through; wait until it is empty.");
            foreach (var message in seen)
                found.AddRange(FindIn(message.MessageText, $"queue {queue.Name}, a message"));
        }
        return found;
    }

    private static string Text(object? value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes) + "\n" + Convert.ToBase64String(bytes) + "\n" + Convert.ToHexString(bytes),
        BinaryData data => Text(data.ToArray()),
        _ => value?.ToString() ?? "",
    };

    private static IEnumerable<string> FormsOf(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return string.Concat(secret.Select(letter => $"\\u{(int)letter:x4}"));
        yield return string.Concat(secret.Select(letter => $"&#{(int)letter};"));
        yield return string.Concat(secret.Select(letter => $"&#x{(int)letter:x};"));
        foreach (var bytes in (byte[][])[Encoding.UTF8.GetBytes(secret), Encoding.Unicode.GetBytes(secret)])
        {
            yield return Convert.ToHexString(bytes);
            foreach (var form in InBase64(bytes)) yield return form;
        }
    }

    // Inside a longer text base64 depends on where the secret begins: three alignments, of each the part that no neighbour changes.
    private static IEnumerable<string> InBase64(byte[] bytes)
    {
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var from = before == 0 ? 0 : 4;
            var to = (before + bytes.Length) / 3 * 4;
            if (to - from < 8) continue;
            yield return text[from..to];
            yield return text[from..to].Replace('+', '-').Replace('/', '_');
        }
    }
}
