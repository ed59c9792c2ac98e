using System.Diagnostics;
using System.Text.Json;
using JobMatch.Adapters.Storage;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Tests.Hosting;

/// <summary>The private Azurite: what it has acknowledged outlives whoever started it, and nothing of it stays behind.</summary>
public sealed class LocalStorageTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("jobmatch-storage-").FullName;

    [Fact]
    public async Task What_was_written_is_there_at_the_next_start()
    {
        await using (var storage = await LocalStorage.StartAsync(folder))
            await Write(storage.ConnectionString, "row");

        await using (var storage = await LocalStorage.StartAsync(folder))
            await AssertWritten(storage.ConnectionString, "row");
    }

    [Fact]
    public async Task In_memory_nothing_is_kept_and_no_file_is_written()
    {
        var before = Directory.GetFileSystemEntries(Environment.CurrentDirectory);
        await using (var storage = await LocalStorage.StartAsync(null))
            await Write(storage.ConnectionString, "row");

        Assert.Equal(before, Directory.GetFileSystemEntries(Environment.CurrentDirectory));
    }

    [Fact]
    public async Task Two_run_beside_each_other_and_each_ends_with_its_own_owner()
    {
        var first = await LocalStorage.StartAsync(null);
        await using var second = await LocalStorage.StartAsync(null);

        await first.DisposeAsync().AsTask().WaitAsync(Patience);

        await Write(second.ConnectionString, "row");
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using (OneTry.AtMost(Patience))
                await Write(first.ConnectionString, "row");
        });
    }

    [Fact]
    public async Task A_SIGKILL_of_the_owner_and_of_its_whole_process_group_loses_nothing_and_leaves_no_orphan()
    {
        using var owner = await Owner.Start(folder);
        await Write(owner.ConnectionString, "row");

        await owner.KillGroup();

        // At once, as a service that is started again would do: it waits until the one before has saved.
        await using var storage = await LocalStorage.StartAsync(folder);
        await AssertWritten(storage.ConnectionString, "row");
        // It lets its files go a moment before it ends.
        for (var tries = 0; Alive(owner.Azurite) && tries < 1000; tries++)
            await Task.Delay(10);
        Assert.False(Alive(owner.Azurite), "the first Azurite is an orphan");
    }

    [Fact]
    public async Task Ctrl_C_in_the_owners_terminal_does_not_end_it()
    {
        using var owner = await Owner.Start(folder);

        await owner.SignalGroup("INT");

        await Task.Delay(300);
        Assert.True(Alive(owner.Azurite));
        await Write(owner.ConnectionString, "row");
    }

    [Fact]
    public async Task A_polite_SIGTERM_saves_too()
    {
        using var owner = await Owner.Start(folder);
        await Write(owner.ConnectionString, "row");

        await Owner.Signal("TERM", owner.Azurite);
        await Until(() => !Alive(owner.Azurite));

        await using var storage = await LocalStorage.StartAsync(folder);
        await AssertWritten(storage.ConnectionString, "row");
    }

    [Fact]
    public async Task A_folder_left_by_a_crash_of_the_machine_can_be_used_again()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "azurite.pid"), Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture));

        await using var storage = await LocalStorage.StartAsync(folder);

        await Write(storage.ConnectionString, "row");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => LocalStorage.StartAsync(file));

        Assert.StartsWith("The local storage did not start.", refused.Message, StringComparison.Ordinal);
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task Write(string connectionString, string row)
    {
        var table = new TableClient(connectionString, "table");
        await table.CreateIfNotExistsAsync();
        await table.UpsertEntityAsync(new TableEntity("p", row) { ["Text"] = "王小明" });
        var queue = new QueueClient(connectionString, "queue");
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync(row);
    }

    private static async Task AssertWritten(string connectionString, string row)
    {
        Assert.Equal("王小明", (await new TableClient(connectionString, "table").GetEntityAsync<TableEntity>("p", row)).Value.GetString("Text"));
        Assert.Equal(row, Assert.Single((await new QueueClient(connectionString, "queue").ReceiveMessagesAsync(32)).Value).MessageText);
    }

    private static bool Alive(int process) => Directory.Exists($"/proc/{process}");

    private static async Task Until(Func<bool> done)
    {
        for (var started = Stopwatch.GetTimestamp(); !done(); await Task.Delay(20))
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "it took too long");
    }

    /// <summary>A process in a group of its own that starts Azurite as the service does, and can be killed.</summary>
    private sealed class Owner : IDisposable
    {
        // The sleeper holds the other end of Azurite's standard input and, like the service, survives Ctrl+C.
        private const string Program = "trap '' INT; sleep 300 | node \"$0\" \"$1\" \"$2\"";

        private readonly Process process;

        private Owner(Process process, JsonElement ready)
        {
            this.process = process;
            Azurite = ready.GetProperty("pid").GetInt32();
            ConnectionString = StorageEndpoints.Emulator(ready.GetProperty("queue").GetInt32(), ready.GetProperty("table").GetInt32());
        }

        public int Azurite { get; }
        public string ConnectionString { get; }

        public static async Task<Owner> Start(string folder)
        {
            var script = Path.Combine(AppContext.BaseDirectory, "Hosting", "azurite.mjs");
            var start = new ProcessStartInfo("setsid", ["sh", "-c", Program, script, LocalStorage.FindAzurite(), folder]) { RedirectStandardOutput = true };
            var process = Process.Start(start)!;
            using var ready = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync())!);
            return new(process, ready.RootElement);
        }

        public static async Task Signal(string name, int target)
        {
            using var kill = Process.Start("kill", ["-s", name, "--", $"{target}"]);
            await kill.WaitForExitAsync();
        }

        public Task SignalGroup(string name) => Signal(name, -process.Id);

        public async Task KillGroup()
        {
            await SignalGroup("KILL");
            await process.WaitForExitAsync();
        }

        public void Dispose()
        {
            if (!process.HasExited)
                Signal("KILL", -process.Id).Wait(); // Azurite ends by itself
            process.Dispose();
            for (var tries = 0; Alive(Azurite) && tries < 1000; tries++)
                Thread.Sleep(20);
        }
    }
}
