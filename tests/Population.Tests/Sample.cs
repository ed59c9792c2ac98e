using System.Text.Json;

namespace JobMatch.Population.Tests;

/// <summary>The committed folder and the draw that it was written from.</summary>
public static class Sample
{
    public static readonly DateOnly GeneratedOn = new(2026, 11, 22);

    public static readonly Populace Populace = new(seed: 1, GeneratedOn);

    public static readonly SampleWriter Writer = new(Populace, new SampleSize(Seekers: 1000, Fairs: 2), new ProgrammeDraw(Populace));

    public static readonly string Folder = Path.Combine(Root(AppContext.BaseDirectory), "samples", "chongqing");

    /// <summary>People who consented to matching.</summary>
    public static readonly IReadOnlyList<Person> Matched = [.. Enumerable.Range(0, 1000).Select(Populace.Person).Where(person => person.Consent.Matching is not null)];

    /// <summary>Positions as a service holds them that loaded the sample today.</summary>
    public static readonly IReadOnlyList<JobMatch.Matching.Position> Positions = [.. Populace.Positions(600).Select(Populace.AsPosted)];

    public static IEnumerable<JsonElement> Lines(string file) =>
        File.ReadLines(Path.Combine(Folder, file)).Select(line => JsonDocument.Parse(line).RootElement);

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "JobMatch.sln")) ? folder : Root(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!);
}
