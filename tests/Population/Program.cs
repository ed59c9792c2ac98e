using System.Globalization;
using JobMatch.Population;

const string Usage = "dotnet run --project tests/Population -- --out <folder> [--seekers 1000] [--events 2] [--positions-per-event 300] [--seed 1] [--articles yes | --programmes yes] --today 2026-11-22";

var said = new Dictionary<string, string>();
for (var i = 0; i + 1 < args.Length; i += 2)
    said[args[i]] = args[i + 1];
int Number(string name, int otherwise) => said.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

if (args.Length % 2 == 1 || !said.TryGetValue("--out", out var folder) || !said.TryGetValue("--today", out var day))
{
    Console.Error.WriteLine(Usage);
    return 2;
}

var populace = new Populace((ulong)Number("--seed", 1), DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)) { PositionsPerFair = Number("--positions-per-event", 300) };
new SampleWriter(populace, new SampleSize(Number("--seekers", 1000), Number("--events", 2)), said.ContainsKey("--articles") ? new ArticleDraw(populace) : said.ContainsKey("--programmes") ? new ProgrammeDraw(populace) : null).Write(folder);
foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
    Console.WriteLine($"{Path.GetFileName(file)} {new FileInfo(file).Length:N0} bytes");

var positions = populace.Positions(Number("--events", 2) * populace.PositionsPerFair).Select(populace.AsPosted).ToList();
var people = Enumerable.Range(0, Math.Min(1000, Number("--seekers", 1000))).Select(populace.Person).Where(person => person.Consent.Matching is not null).Select(person => person.Facts).ToList();
Console.WriteLine(Split.Of(people, positions, populace.Today));
return 0;
