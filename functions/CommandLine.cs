using System.CommandLine;

namespace JobMatch.Functions;

/// <summary>What the program is started with. Anything else on the command line is a setting, as in <c>--JobMatch:QueueLease 00:00:30</c>.</summary>
/// <param name="Demo">Load sample data and show the main job.</param>
/// <param name="Sample">The folder to load; null = the one that comes with the program.</param>
/// <param name="Data">Where the private storage keeps its files; null = nowhere, in memory.</param>
/// <param name="Urls">Where to serve; null = as configured, else http://127.0.0.1:7071.</param>
/// <param name="Settings">The remaining arguments, for configuration.</param>
internal sealed record CommandLine(bool Demo, string? Sample, string? Data, string? Urls, string[] Settings)
{
    public const string DefaultUrl = "http://127.0.0.1:7071";
    private const string DefaultData = ".data";

    /// <returns>Null where the arguments only asked for help, or are wrong: then <paramref name="exitCode"/> is to be returned.</returns>
    public static CommandLine? Parse(string[] args, out int exitCode)
    {
        Option<bool> demo = new("--demo") { Description = "Load sample data, match it and say what was found." };
        Option<string?> sample = new("--sample") { Description = "The folder of sample data to load (with --demo; default: the Chongqing sample)." };
        Option<string?> data = new("--data") { Description = $"Where the private storage keeps its files (default: {DefaultData}); 'memory' keeps nothing." };
        Option<string?> urls = new("--urls") { Description = $"Where to serve (default: {DefaultUrl})." };
        var root = new RootCommand("JobMatch: matches job seekers with disabilities to positions and tells them in time. For operators: issue-key, revoke-key, rewrap-keys (each with --help).") { demo, sample, data, urls };
        root.TreatUnmatchedTokensAsErrors = false;
        var parsed = root.Parse(args);
        exitCode = parsed.Invoke();
        if (parsed.Action is not null)
            return null;
        var place = parsed.GetValue(data) ?? DefaultData;
        return new(
            parsed.GetValue(demo) || parsed.GetValue(sample) is not null, parsed.GetValue(sample), place == "memory" ? null : place,
            parsed.GetValue(urls), [.. parsed.UnmatchedTokens]);
    }
}
