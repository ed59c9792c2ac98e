using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace JobMatch.Functions.Hosting;

/// <summary>The third reader of <see cref="Triggers"/>: the function.json files that `dotnet publish` writes beside the program.</summary>
public static partial class FunctionFiles
{
    private const string Flag = "--write-functions";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The folder named after <c>--write-functions</c>, or null. A program that is asked writes the files and ends, before it starts anything.</summary>
    /// <exception cref="ArgumentException">The flag without a folder.</exception>
    public static string? AskedFor(string[] args) => Array.IndexOf(args, Flag) switch
    {
        < 0 => null,
        var at when at + 1 < args.Length => args[at + 1],
        _ => throw new ArgumentException($"{Flag} needs the folder to write to."),
    };

    /// <summary>Writes one folder per function, and removes those of functions that are no longer declared.</summary>
    public static void Write(Triggers triggers, string folder)
    {
        var functions = All(triggers).ToDictionary(function => function.Name);
        foreach (var old in Directory.EnumerateDirectories(folder).Where(path => IsFunctionFolder(path) && !functions.ContainsKey(Path.GetFileName(path))))
            Directory.Delete(old, recursive: true);
        foreach (var (name, function) in functions)
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            File.WriteAllText(Path.Combine(folder, name, "function.json"), JsonSerializer.Serialize(new { function.Bindings }, Json) + "\n");
        }
    }

    internal static IEnumerable<Function> All(Triggers triggers) =>
        triggers.HttpTriggers.GroupBy(trigger => trigger.Segment, StringComparer.OrdinalIgnoreCase).Select(Http)
            .Concat(triggers.QueueTriggers.Select(Queue))
            .Concat(triggers.TimerTriggers.Select(Timer));

    /// <summary>A function per first path segment; the prefix keeps its name apart from queues and timers.</summary>
    internal static string HttpName(string segment) =>
        segment == "" ? "http-root" : "http-" + NotInNames().Replace(segment, "-").Trim('-');

    private static Function Http(IGrouping<string, HttpTrigger> group) => new(HttpName(group.Key),
        new Binding("httpTrigger", "in", "req") { AuthLevel = "anonymous", Methods = Methods(group), Route = Route(group) },
        new Binding("http", "out", "res"));

    private static Function Queue(QueueTrigger trigger) => new(trigger.Queue,
        new Binding("queueTrigger", "in", Binding.Item) { QueueName = trigger.Queue, Connection = "AzureWebJobsStorage" });

    private static Function Timer(TimerTrigger trigger) => new(trigger.Name,
        new Binding("timerTrigger", "in", Binding.Timer) { Schedule = trigger.Schedule, RunOnStartup = false, UseMonitor = true });

    // The host answers 404 to a method that no function lists; HEAD goes wherever GET goes.
    private static string[] Methods(IEnumerable<HttpTrigger> group) =>
        [.. group.SelectMany(t => t.Method == "GET" ? ["get", "head"] : new[] { t.Method.ToLowerInvariant() }).Distinct().Order(StringComparer.Ordinal)];

    private static string Route(IGrouping<string, HttpTrigger> group) =>
        group.Key == "" ? "{root:maxlength(0)?}"
        : group.All(trigger => trigger.Pattern.PathSegments.Count == 1) ? group.Key
        : group.Key + "/{*rest}";

    private static bool IsFunctionFolder(string path) =>
        Directory.GetFileSystemEntries(path) is [var only] && Path.GetFileName(only) == "function.json";

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotInNames();

    internal sealed record Function(string Name, params Binding[] Bindings);

    internal sealed record Binding(string Type, string Direction, string Name)
    {
        public const string Item = "item";
        public const string Timer = "timer";

        public string? AuthLevel { get; init; }
        public string[]? Methods { get; init; }
        public string? Route { get; init; }
        public string? QueueName { get; init; }
        public string? Connection { get; init; }
        public string? Schedule { get; init; }
        public bool? RunOnStartup { get; init; }
        public bool? UseMonitor { get; init; }
    }
}
