using System.Globalization;

namespace JobMatch.Flows.Tests;

/// <summary>
/// Store, queues, gateway and clock in memory. A process can be made to die at any call of a port, before or after the call
/// had its effect, and two processes can be made to take turns at every call.
/// </summary>
internal sealed partial class World : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2027, 2, 20, 10, 0, 0, People.Offset);
    public static readonly DateTimeOffset FairStarts = new(2027, 3, 1, 9, 0, 0, People.Offset);

    private readonly Dictionary<string, (object Value, int Version)> rows = new(StringComparer.Ordinal);
    private readonly AsyncLocal<Process?> process = new();
    private int versions;

    public DateTimeOffset Now { get; set; } = Start;

    /// <summary>Putting again what may lie in a poison queue comes a day later, so that tests see what rests on that net.</summary>
    public SendSettings Settings { get; init; } = new()
    {
        AtOnce = 1,
        AskAfter = TimeSpan.FromSeconds(5),
        ClaimToWire = TimeSpan.FromSeconds(2),
        ReceiptAfter = TimeSpan.FromSeconds(20),
        PutAgainAfter = TimeSpan.FromDays(1),
    };

    /// <summary>False takes the claim out: nobody is kept from calling the gateway by another's claim.</summary>
    public bool ClaimsHold { get; init; } = true;

    /// <summary>While processes take turns, time passes at any turn: some wait for longer than others ask.</summary>
    public bool ClockJumps { get; init; }

    /// <summary>Told before each call of a port, by its name.</summary>
    public Action<string>? Before { get; set; }

    public int Calls { get; private set; }

    /// <summary>The call, from 1, at which whoever makes it dies; 0 = nobody dies.</summary>
    public int DieAt { get; set; }

    public bool DieAfter { get; set; }

    public string? DiedAt { get; private set; }

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();

    /// <summary>One process: what it does from here on is its own, and ends when it dies.</summary>
    public async Task<bool> Survives(Func<Task> run, Func<Task>? turn = null)
    {
        var mine = new Process(turn);
        process.Value = mine;
        try
        {
            await run();
            return true;
        }
        catch (Killed)
        {
            return false;
        }
        finally
        {
            process.Value = null;
        }
    }

    /// <summary>
    /// Runs processes that take turns at every call of a port, in an order that the seed decides. Each must make one call
    /// at a time.
    /// </summary>
    public async Task<bool[]> Interleave(int seed, params Func<Task>[] runs)
    {
        var random = new Random(seed);
        var turns = runs.Select(_ => new Turn()).ToArray();
        var tasks = runs.Select((run, i) => Task.Run(() => Survives(run, turns[i].Wait))).ToArray();
        while (true)
        {
            for (var i = 0; i < tasks.Length; i++)
                await Task.WhenAny(turns[i].Waiting, tasks[i]);
            var able = Enumerable.Range(0, tasks.Length).Where(i => turns[i].Waiting.IsCompleted && !tasks[i].IsCompleted).ToArray();
            if (able.Length == 0)
                return await Task.WhenAll(tasks);
            if (ClockJumps && random.Next(12) == 0)
                Now += TimeSpan.FromSeconds(random.Next(1, 16));
            turns[able[random.Next(able.Length)]].Go();
        }
    }

    internal async Task<T> Call<T>(string what, Func<T> effect)
    {
        if (process.Value is { } mine)
        {
            // What has looked at the clock and calls the gateway is not kept waiting in between: that a process sleeps just
            // there for longer than AskAfter is the one thing the flows cannot survive.
            if (!mine.Calls(what))
                await mine.Step();
            if (mine.Dead)
                throw new Killed();
            Calls++;
            Before?.Invoke(what);
            var dies = Calls == DieAt;
            if (dies)
                DiedAt = $"{(DieAfter ? "after" : "before")} call {Calls}, {what}";
            if (dies && !DieAfter)
                throw mine.Die();
            var result = effect();
            if (dies)
                throw mine.Die();
            return result;
        }
        return effect();
    }

    private Task<bool> Call(string what, Action effect) => Call(what, () =>
    {
        effect();
        return true;
    });

    private Stored<T>? Get<T>(string key) => rows.TryGetValue(key, out var row) ? new((T)row.Value, row.Version.ToString(CultureInfo.InvariantCulture)) : null;

    private IEnumerable<Stored<T>> All<T>(string prefix) =>
        rows.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(key => Get<T>(key)!.Value);

    /// <param name="etag">Null = must not exist.</param>
    private string Set(string key, object value, string? etag)
    {
        if (Get<object>(key)?.ETag != etag)
            throw new ConflictException(key);
        return Set(key, value);
    }

    private string Set(string key, object value)
    {
        rows[key] = (value, ++versions);
        return versions.ToString(CultureInfo.InvariantCulture);
    }

    private bool Insert(string key, object value) => rows.TryAdd(key, (value, ++versions));

    /// <summary>No flow may catch it: it stands for the process being gone.</summary>
    internal sealed class Killed : OperationCanceledException;

    private sealed class Process(Func<Task>? turn)
    {
        public bool Dead { get; private set; }

        public Task Step() => turn?.Invoke() ?? Task.CompletedTask;

        public bool Calls(string what) => turn is not null && what == "gateway.Send";

        public Killed Die()
        {
            Dead = true;
            return new();
        }
    }

    private sealed class Turn
    {
        private TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waiting => waiting.Task;

        public async Task Wait()
        {
            var mine = go;
            waiting.SetResult();
            await mine.Task;
        }

        public void Go()
        {
            waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var old = go;
            go = new(TaskCreationOptions.RunContinuationsAsynchronously);
            old.SetResult();
        }
    }
}
