using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace JobMatch.Fixtures;

/// <summary>The service as a process of its own, as an operator starts it: over real HTTP, killed without warning where a test says so.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);

    private readonly Process shell;
    private readonly int pid;
    private readonly StringBuilder log;

    // All services of a test's process are one build, and say the same of themselves.
    private static OpenApiValidator? contract;

    private ServiceProcess(Process shell, int pid, Uri address, StringBuilder log) => (this.shell, this.pid, Address, this.log) = (shell, pid, address, log);

    public Uri Address { get; }

    /// <summary>Everything it wrote to standard output and error so far.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    /// <summary>Starts it in Development on a free port and waits until it can serve.</summary>
    /// <param name="storage">A connection string; null = an Azurite of its own.</param>
    /// <param name="sandbox">Null = a sandbox of its own.</param>
    /// <param name="data">Where keys and its own storage's files are kept; null = nowhere.</param>
    /// <param name="arguments">Further ones, as <c>--JobMatch:QueueLease=00:00:05</c>.</param>
    /// <exception cref="InvalidOperationException">It ended before it was ready; with what it said.</exception>
    public static async Task<ServiceProcess> Start(string? storage, SandboxProcess? sandbox, string? data, params string[] arguments)
    {
        // The shell waits for its standard input to close, which is also the end of the test's process, however that comes.
        const string script = "\"$@\" </dev/null & p=$!; echo \"pid $p\"; cat >/dev/null; kill -KILL $p 2>/dev/null";
        string[] service = ["dotnet", Path.Combine(AppContext.BaseDirectory, "JobMatch.Functions.dll"), "--urls", "http://127.0.0.1:0", "--data", data ?? "memory"];
        var start = new ProcessStartInfo("/bin/sh", ["-c", script, "sh", .. service, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["AzureWebJobsStorage"] = storage ?? "";
        if (sandbox is not null)
            (start.Environment["Sandbox__Address"], start.Environment["Sandbox__Secret"]) = (sandbox.Address.ToString(), sandbox.Secret);
        var shell = Process.Start(start)!;
        var log = new StringBuilder();
        var (pid, address) = (new TaskCompletionSource<int>(), new TaskCompletionSource<Uri>());
        void Read(object _, DataReceivedEventArgs e)
        {
            if (e.Data is not { } line)
                return;
            lock (log)
                log.AppendLine(line);
            if (line.StartsWith("pid ", StringComparison.Ordinal))
                pid.TrySetResult(int.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture));
            const string listening = "Now listening on: ";
            if (line.IndexOf(listening, StringComparison.Ordinal) is >= 0 and var at)
                address.TrySetResult(new(line[(at + listening.Length)..].Trim()));
        }
        shell.OutputDataReceived += Read;
        shell.ErrorDataReceived += Read;
        shell.BeginOutputReadLine();
        shell.BeginErrorReadLine();
        try
        {
            var running = await pid.Task.WaitAsync(StartTimeout);
            var service1 = new ServiceProcess(shell, running, await Until(address.Task, running), log);
            await service1.Ready();
            return service1;
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            shell.StandardInput.Close();
            lock (log)
                throw new InvalidOperationException($"The service did not start: {e.Message}\n{log}", e);
        }
    }

    /// <summary>The document of what it answers to, read once.</summary>
    public async Task<OpenApiValidator> Contract() => contract ??= await ReadContract();

    /// <summary>
    /// A client that calls with one of Development's keys, such as <c>demo-staff</c>; null = without one. What passes through it
    /// is held against <see cref="Contract"/>. The caller disposes it.
    /// </summary>
    public HttpClient Client(string? key)
    {
        var http = new HttpClient(new ContractHandler(Contract)) { BaseAddress = Address };
        if (key is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{key}.demo-secret");
        return http;
    }

    private async Task<OpenApiValidator> ReadContract()
    {
        using var http = new HttpClient { BaseAddress = Address };
        return new(JsonNode.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!.AsObject());
    }

    /// <summary>SIGKILL: no line of its code runs any more.</summary>
    public async Task Kill()
    {
        Signal("KILL");
        await Gone();
    }

    /// <summary>SIGTERM, and waits for it to end.</summary>
    public async Task Stop()
    {
        Signal("TERM");
        await Gone();
    }

    public async ValueTask DisposeAsync()
    {
        Signal("TERM");
        await Gone();
        shell.Dispose();
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"kill -{signal} {pid} 2>/dev/null"]))!;
        kill.WaitForExit();
    }

    // The shell is its parent: it is gone when the system no longer knows it, or knows it only as a zombie.
    private async Task Gone()
    {
        var patience = Stopwatch.StartNew();
        while (Alive(pid) && patience.Elapsed < TimeSpan.FromSeconds(60))
            await Task.Delay(20);
        if (!shell.HasExited)
        {
            shell.StandardInput.Close();
            await shell.WaitForExitAsync();
        }
    }

    private static bool Alive(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<Uri> Until(Task<Uri> address, int pid)
    {
        var patience = Stopwatch.StartNew();
        while (!address.IsCompleted)
        {
            if (!Alive(pid))
                throw new InvalidOperationException("it ended.");
            if (patience.Elapsed > StartTimeout)
                throw new TimeoutException("it does not listen.");
            await Task.WhenAny(address, Task.Delay(50));
        }
        return await address;
    }

    private async Task Ready()
    {
        using var http = new HttpClient { BaseAddress = Address };
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
            }
            if (!Alive(pid))
                throw new InvalidOperationException("it ended.");
            if (patience.Elapsed > StartTimeout)
                throw new TimeoutException("it is not ready.");
            await Task.Delay(50);
        }
    }
}
