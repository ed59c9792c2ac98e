using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using JobMatch.Planted;

// dotnet run --project tests/Planted [-- <id> …]: all bugs, or those named. Ends with 1 where one is not caught.
var bugs = args.Length == 0 ? Bug.All : [.. Bug.All.Where(x => args.Contains(x.Id))];
var answers = new ConcurrentDictionary<string, IReadOnlyList<string>>();
// Two at a time, each in a copy of its own.
await Task.WhenAll(bugs.Index().GroupBy(x => x.Index % 2, x => x.Item).Select(share => Task.Run(() =>
{
    using var copy = new Copy();
    copy.Build("tests/Matching.Tests");
    if (copy.Failed(Copy.Quick) is { Count: > 0 } already)
        throw new InvalidOperationException($"Without a bug these fail already: {string.Join(", ", already)}");
    foreach (var bug in share)
    {
        answers[bug.Id] = copy.With(bug, () => copy.Failed(bug.InEngine ? Copy.QuickEngine : Copy.QuickPolicy) is { Count: > 0 } quick ? quick : copy.Failed(Copy.All));
        Console.WriteLine($"{bug.Id} {(answers[bug.Id] is { Count: > 0 } failed ? $"caught by {failed[0]} and {failed.Count - 1} more" : "SURVIVES")}: {bug.What}");
    }
})));
var survivors = bugs.Where(x => answers[x.Id].Count == 0).Select(x => x.Id).ToList();
if (bugs.Length == Bug.All.Length)
    File.WriteAllText(Path.Combine(Copy.Root, "tests", "Bench", "results", "planted.md"), $"""
        # Planted bugs
        `dotnet run --project tests/Planted`, {TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}. Each is put into a copy of `shared/Matching`, one at a time; the copy is built and `tests/Matching.Tests` is asked: first a few of its tests, and all of them only where those say nothing. {bugs.Length - survivors.Count} of {bugs.Length} are caught.

        | Id | File | Planted | Caught by | and more of those few |
        |---|---|---|---|---|
        {string.Join('\n', bugs.Select(x => $"| {x.Id} | {x.File} | {x.What} | {answers[x.Id].FirstOrDefault("**nothing**")} | {Math.Max(0, answers[x.Id].Count - 1)} |"))}

        """);
Console.WriteLine(survivors.Count == 0 ? $"{bugs.Length} of {bugs.Length} caught" : $"Not caught: {string.Join(", ", survivors)}");
return survivors.Count == 0 ? 0 : 1;

/// <summary>The engine, the policy and their tests in a folder of their own, gone afterwards.</summary>
internal sealed partial class Copy : IDisposable
{
    public const string QuickPolicy = "FullyQualifiedName~MustTests|FullyQualifiedName~PlusTests|FullyQualifiedName~PropertyTests.Equal_ones|FullyQualifiedName~PropertyTests.Lists_run";
    public const string QuickEngine = "FullyQualifiedName~EngineTests.After_a_thousand|FullyQualifiedName~EngineTests.What_is_past|FullyQualifiedName~EngineTests.All_at_once";
    public const string Quick = $"{QuickPolicy}|{QuickEngine}";
    public const string All = "FullyQualifiedName~PropertyTests|FullyQualifiedName~EngineTests|FullyQualifiedName~NearMissTests|FullyQualifiedName~SentencesTests";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private readonly string folder = Directory.CreateTempSubdirectory("planted-bugs-").FullName;

    public Copy()
    {
        foreach (var name in new[] { ".editorconfig", "BannedSymbols.txt", "Directory.Build.props", "Directory.Packages.props", "global.json", "JobMatch.sln" })
            File.Copy(Path.Combine(Root, name), Path.Combine(folder, name));
        foreach (var project in new[] { "shared/Matching", "tests/Matching.Tests" })
            foreach (var file in Directory.GetFiles(Path.Combine(Root, project), "*", SearchOption.AllDirectories))
            {
                var path = Path.GetRelativePath(Root, file);
                if (path.Split(Path.DirectorySeparatorChar).Any(x => x is "bin" or "obj"))
                    continue;
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
                File.Copy(file, Path.Combine(folder, path));
            }
    }

    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>What comes out with a bug planted; afterwards it is gone again.</summary>
    /// <exception cref="InvalidOperationException">The text to replace does not stand exactly once, or the result does not build.</exception>
    public T With<T>(Bug bug, Func<T> ask)
    {
        var path = Path.Combine(folder, "shared", "Matching", bug.File);
        var right = File.ReadAllText(path);
        if (right.Split(bug.Text).Length != 2)
            throw new InvalidOperationException($"{bug.Id} can no longer be planted: the text does not stand exactly once in {bug.File}.");
        File.WriteAllText(path, right.Replace(bug.Text, bug.Wrong, StringComparison.Ordinal));
        try
        {
            Build("shared/Matching");
            // No member changes, so the tests that were built with the right one run with this one.
            File.Copy(Path.Combine(folder, "shared/Matching/bin/Release/net10.0/JobMatch.Matching.dll"), Path.Combine(Tests, "JobMatch.Matching.dll"), overwrite: true);
            return ask();
        }
        finally
        {
            File.WriteAllText(path, right);
        }
    }

    public void Build(string project)
    {
        var (code, said) = Run("build", project, "-c", "Release", "-v", "q", "-nologo", "-nodeReuse:false", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false");
        if (code != 0)
            throw new InvalidOperationException($"{project} does not build: {said}");
    }

    /// <summary>The tests that fail; one that never ends fails too.</summary>
    public IReadOnlyList<string> Failed(string filter)
    {
        var (code, said) = Run("test", Path.Combine(Tests, "JobMatch.Matching.Tests.dll"), "--filter", filter, "--logger", "console;verbosity=normal", "--nologo");
        var failed = FailedTest().Matches(said).Select(x => x.Groups[1].Value).Distinct().ToList();
        return code == 0 ? [] : failed.Count > 0 ? failed : [code == Endless ? "time: it never ended" : throw new InvalidOperationException($"The tests did not run: {said}")];
    }

    private const int Endless = -1;

    private string Tests => Path.Combine(folder, "tests/Matching.Tests/bin/Release/net10.0");

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "JobMatch.sln")) ? folder : Find(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new InvalidOperationException("Run it from the sources."));

    private (int Code, string Said) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(x => x.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (process.WaitForExit(Patience))
            return (process.ExitCode, output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult());
        process.Kill(entireProcessTree: true);
        return (Endless, "");
    }

    [GeneratedRegex(@"^\s*Failed JobMatch\.Matching\.Tests\.(\S[^\[]*?) \[", RegexOptions.Multiline)]
    private static partial Regex FailedTest();
}
