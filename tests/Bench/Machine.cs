using System.Diagnostics;
using System.Runtime.InteropServices;

namespace JobMatch.Bench;

/// <summary>Where it runs: what stands at the head of each table.</summary>
internal static class Machine
{
    /// <summary>The folder of the sources.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The lines at the head of a table: how to run it again, machine, day, commit, versions.</summary>
    public static IEnumerable<string> Head(string command, params IEnumerable<string> versions) =>
    [
        $"`dotnet run -c Release --project tests/Bench -- {command}`",
        "",
        $"{Cpu}, {Environment.ProcessorCount} cores; {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC; commit {Commit}; {RuntimeInformation.FrameworkDescription}"
            + string.Concat(versions.Select(x => "; " + x)) + $"; load before the start {Load}",
    ];

    /// <summary>What a command prints; null where it cannot be run or fails.</summary>
    public static string? Say(string command, string[] arguments, string? folder = null)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = folder ?? Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var said = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? said : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public static bool Succeeds(string command, string[] arguments, string? folder = null) => Say(command, arguments, folder) is not null;

    private static readonly string Load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Cpu => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(x => x.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? "unknown CPU" : "unknown CPU";

    private static string Commit =>
        Say("git", ["rev-parse", "--short", "HEAD"]) + (Say("git", ["status", "--porcelain", "--untracked-files=no", "--", ".", ":!tests/Bench/results"]) is { Length: > 0 } ? " with changes" : "");

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "JobMatch.sln")) ? folder : Find(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new InvalidOperationException("Run it from the sources."));
}

/// <summary>A folder of its own that is gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("jobmatch-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
