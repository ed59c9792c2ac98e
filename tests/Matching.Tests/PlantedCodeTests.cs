using System.Diagnostics;
using System.Text.RegularExpressions;

namespace JobMatch.Matching.Tests;

/// <summary>The engine can neither read a file nor a clock: planted in a copy, both fail the build.</summary>
public sealed partial class PlantedCodeTests : IDisposable
{
    private readonly string copy = Directory.CreateTempSubdirectory("planted-").FullName;

    public void Dispose() => Directory.Delete(copy, recursive: true);

    [Fact]
    public void The_build_fails_exactly_where_the_engine_would_leave_its_own_world()
    {
        CopyEngine();
        File.WriteAllText(Path.Combine(copy, "shared", "Matching", "Planted.cs"),
            """
            namespace JobMatch.Matching;

            internal static class Planted
            {
                public static string Read() => System.IO.File.ReadAllText("x") + System.DateTime.UtcNow.ToString();
            }

            """);
        var (code, output) = Build();
        Assert.NotEqual(0, code);
        // One of each, told apart by their columns, and nothing else that an error is said of.
        var said = Errors().Matches(output).Select(x => (File: x.Groups[1].Value, Column: x.Groups[2].Value, Code: x.Groups[3].Value)).Distinct().ToList();
        Assert.Equal([("Planted.cs", "RS0030"), ("Planted.cs", "RS0030")], said.Select(x => (x.File, x.Code)));
    }

    private void CopyEngine()
    {
        var root = Root();
        var engine = Path.Combine(root, "shared", "Matching");
        foreach (var file in Directory.GetFiles(engine, "*", SearchOption.AllDirectories).Where(file => Path.GetRelativePath(engine, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj")))
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

    [GeneratedRegex(@"([^/\\]+)\(\d+,(\d+)\): error (\w+)")]
    private static partial Regex Errors();
}
