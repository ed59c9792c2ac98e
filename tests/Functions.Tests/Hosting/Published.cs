using System.Diagnostics;

namespace JobMatch.Functions.Tests.Hosting;

/// <summary>The service as a process of its own.</summary>
internal static class Published
{
    /// <summary>The program as it was built for these tests.</summary>
    public static string Built => Path.Combine(AppContext.BaseDirectory, "JobMatch.Functions.dll");

    /// <summary>Runs the program until it ends by itself; gives its exit code and what it wrote to standard error.</summary>
    public static async Task<(int Exit, string Error)> Run(string program, params (string Name, string Value)[] environment)
    {
        using var folder = new Folder();
        using var process = Start(program, folder.Path, environment);
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var error = await process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Starts the program in a folder; one that ends in .dll through `dotnet`.</summary>
    public static Process Start(string program, string folder, params (string Name, string Value)[] environment)
    {
        var start = program.EndsWith(".dll", StringComparison.Ordinal) ? new ProcessStartInfo("dotnet", [program]) : new ProcessStartInfo(program);
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
