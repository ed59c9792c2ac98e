using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace JobMatch.Sandbox;

/// <summary>One thing that happened to one text or reply.</summary>
/// <param name="Id">The vendor's id of the text (its receipts' biz_id), or of the reply (its sequence_id).</param>
/// <param name="What">took, delivered, refused, doubled, delayed, lost, reply.</param>
/// <param name="Code">For refused: the vendor's code; for a reply: the number that was written to.</param>
public sealed record Line(
    DateTimeOffset At, string Id, string Phone, string Text, string What, string? OutId = null, string? Sign = null, string? Code = null);

/// <summary>
/// What this vendor did, one JSON object a line, never changed. A line is on the disk before anybody is told of it: many
/// callers share one flush.
/// </summary>
public sealed class Ledger : IAsyncDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Channel<(byte[] Bytes, TaskCompletionSource Done)> queue =
        Channel.CreateUnbounded<(byte[], TaskCompletionSource)>(new() { SingleReader = true });
    private readonly FileStream file;
    private readonly TimeSpan slowness;
    private readonly Task writing;
    private long length;

    /// <param name="path">Made where it does not exist, continued where it does.</param>
    /// <param name="slowness">How much slower than it is the disk shall be: an answer that does not wait for it is then found out.</param>
    public Ledger(string path, TimeSpan slowness)
    {
        this.slowness = slowness;
        file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        Before = Read(file);
        length = file.Length;
        writing = Task.Run(Write);
    }

    /// <summary>What stood in the file when it was opened.</summary>
    public IReadOnlyList<Line> Before { get; }

    /// <summary>Adds lines, in this order and next to each other; done when they are on the disk.</summary>
    public Task Add(params IReadOnlyList<Line> lines)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        byte[] bytes = [.. lines.SelectMany(line => JsonSerializer.SerializeToUtf8Bytes(line, Json).Append((byte)'\n'))];
        return queue.Writer.TryWrite((bytes, done)) ? done.Task : throw new IOException("The ledger can no longer be written.");
    }

    /// <summary>Done when everything that was added before is on the disk.</summary>
    public Task Settle() => Add();

    /// <summary>Copies the file as it stands, whole lines only.</summary>
    public async Task CopyTo(Stream to, CancellationToken cancel)
    {
        await Settle();
        var left = Interlocked.Read(ref length);
        await using var from = new FileStream(file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var buffer = new byte[64 * 1024];
        while (left > 0 && await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancel) is > 0 and var read)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            left -= read;
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await writing;
        await file.DisposeAsync();
    }

    // A kill may have torn the last line; nobody was told of that one.
    private static List<Line> Read(FileStream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        var all = reader.ReadToEnd();
        var whole = all[..(all.LastIndexOf('\n') + 1)];
        file.SetLength(System.Text.Encoding.UTF8.GetByteCount(whole));
        file.Seek(0, SeekOrigin.End);
        return [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Line>(line, Json)!)];
    }

    private async Task Write()
    {
        var waiting = new List<TaskCompletionSource>();
        var bytes = new MemoryStream();
        while (await queue.Reader.WaitToReadAsync())
        {
            while (bytes.Length < 1 << 20 && queue.Reader.TryRead(out var next))
            {
                bytes.Write(next.Bytes);
                waiting.Add(next.Done);
            }
            try
            {
                if (bytes.Length > 0)
                {
                    await Task.Delay(slowness);
                    file.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
                    file.Flush(flushToDisk: true);
                    Interlocked.Exchange(ref length, file.Position);
                }
                waiting.ForEach(done => done.SetResult());
            }
            catch (IOException e)
            {
                queue.Writer.TryComplete(e);
                waiting.ForEach(done => done.SetException(e));
                throw;
            }
            waiting.Clear();
            bytes.SetLength(0);
        }
    }
}
