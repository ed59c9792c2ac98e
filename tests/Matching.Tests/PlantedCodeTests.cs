using System.Diagnostics;
using System.Text.RegularExpressions;

namespace JobMatch.Matching.Tests;

/// <summary>The engine can neither read a file nor a clock: planted in a copy, both fail the build.</summary>
public sealed partial class PlantedCodeTests : IDisposable
{
    private readonly string copy = Directory.CreateTempSubdirectory("planted-").FullName;

    public void Dispose() => Directory.Delete(copy, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData("System.IO.File.ReadAllText(\"x\") + System.DateTime.UtcNow.ToString()")]
    public void The_build_fails_exactly_where_the_engine_would_leave_its_own_world(string? planted)
    {
        CopyEngine();
        if (planted is not null)
            File.WriteAllText(Path.Combine(copy, "shared", "Matching", "Planted.cs"),
                $$"""
                namespace JobMatch.Matching;

                internal static class Planted
                {
                    public static string Read() => {{planted}};
                }

                """);
        var (code, output) = Build();
        if (planted is null)
            Assert.True(code == 0, output);
        else
        {
            Assert.NotEqual(0, code);
            Assert.Equal(2, Banned().Matches(output).Select(x => x.Groups[1].Value).Distinct().Count());
            Assert.DoesNotContain("error CS", output, StringComparison.Ordinal);
        }
    }

    private void CopyEngine()
    {
        var root = Root();
        var engine = Path.Combine(root, "shared", "Matching");
        foreach (var file in Directory.GetFiles(engine).Concat(Directory.GetFiles(Path.Combine(engine, "Engine"))))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        foreach (var name in new[] { ".editorconfig", "BannedSymbols.txt", "Directory.Build.props", "Directory.Packages.props", "global.json" })
            File.Copy(Path.Combine(root, name), Path.Combine(copy, name));
        if (File.Exists(Path.Combine(root, "NuGet.config")))
            File.Copy(Path.Combine(root, "NuGet.config"), Path.Combine(copy, "NuGet.config"));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "JobMatch.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder.FullName;
    }

    private (int Code, string Output) Build()
    {
        // No build servers: nothing of this may outlive the test.
        var start = new ProcessStartInfo("dotnet", ["build", "shared/Matching", "-nologo", "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = copy,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the test host was started with is not for a build of its own.
        foreach (var name in start.Environment.Keys.Where(x => x.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var build = Process.Start(start)!;
        var errors = build.StandardError.ReadToEndAsync();
        var output = build.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        build.WaitForExit();
        return (build.ExitCode, output);
    }

    // The column tells the two apart.
    [GeneratedRegex(@"\(\d+,(\d+)\): error RS0030")]
    private static partial Regex Banned();
}
