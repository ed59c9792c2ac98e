using System.CommandLine;
using JobMatch.Load;

var people = new Option<int>("--people") { Description = "How many people are texted.", DefaultValueFactory = _ => 10_000 };
var kills = new Option<int>("--kills") { Description = "How often the service is killed.", DefaultValueFactory = _ => 50 };
var seed = new Option<int>("--seed") { Description = "Decides which texts fare how, and when is killed.", DefaultValueFactory = _ => 1 };
var minutes = new Option<int>("--minutes") { Description = "It ends after so long, whatever happens.", DefaultValueFactory = _ => 40 };
var fails = new Option<bool>("--storage-fails") { Description = "Storage answers 503 for 30 seconds once, and drops answers of writes that it has done." };
var halfLife = new Option<double>("--half-life") { Description = "After how many seconds what a gateway did counts half; 10 in the service.", DefaultValueFactory = _ => 10 };
var receipts = new Option<int>("--receipts") { Description = "How many receipts are posted.", DefaultValueFactory = _ => 10_000 };
var perPush = new Option<int>("--per-push") { Description = "How many stand in one callback.", DefaultValueFactory = _ => 1 };
var seconds = new Option<int>("--seconds") { Description = "In which time all are posted; for how long pages are read at least.", DefaultValueFactory = _ => 60 };
var save = new Option<bool>("--save") { Description = "Keeps the figures in tests/Bench/results, under the command's name." };

var kill = new Command("kills", "One announcement through a sandbox that refuses, delays, doubles, loses and shuffles, while the service is killed.") { people, kills, seed, fails, minutes };
kill.SetAction((x, _) => Ends(KillDriver.Run(new()
{
    People = x.GetValue(people),
    Kills = x.GetValue(kills),
    Seed = x.GetValue(seed),
    StorageFails = x.GetValue(fails),
    AtMost = TimeSpan.FromMinutes(x.GetValue(minutes)),
}, Console.WriteLine)));
var two = new Command("two", "Two gateways, of which the second takes texts and drops the answers for a while.") { people, halfLife, minutes };
two.SetAction((x, _) => Ends(TwoGatewaysDriver.Run(x.GetValue(people), TimeSpan.FromSeconds(x.GetValue(halfLife)), TimeSpan.FromMinutes(x.GetValue(minutes)), Console.WriteLine)));
var codes = new Command("codes", "Sign-in codes while an announcement is going out.") { people, minutes };
codes.SetAction((x, _) => Ends(CodesDriver.Run(x.GetValue(people), TimeSpan.FromMinutes(x.GetValue(minutes)), Console.WriteLine)));
var bench = new Command("receipts", "Receipts posted at an even pace: how soon they are answered and applied.") { receipts, perPush, seconds, save, minutes };
bench.SetAction((x, _) => Ends(ReceiptsBench.Run(
    x.GetValue(receipts), x.GetValue(perPush), TimeSpan.FromSeconds(x.GetValue(seconds)), x.GetValue(save), TimeSpan.FromMinutes(x.GetValue(minutes)), Console.WriteLine)));
var readers = new Option<int>("--people") { Description = "How many people are texted meanwhile.", DefaultValueFactory = _ => 1_000 };
var pages = new Command("pages", "Twenty people at pages at once while an announcement goes out: how long each page takes.") { readers, seconds, save };
pages.SetAction((x, _) => Ends(PagesBench.Run(x.GetValue(readers), TimeSpan.FromSeconds(x.GetValue(seconds)), x.GetValue(save), Console.WriteLine)));

var root = new RootCommand("Drives the whole service by force, on this machine alone; each command prints its figures and ends with 0 where all held.") { kill, two, codes, bench, pages };
return await root.Parse(args).InvokeAsync();

static async Task<int> Ends(Task<IReadOnlyList<string>> run)
{
    var faults = await run;
    foreach (var fault in faults)
        Console.WriteLine($"FAILED: {fault}");
    Console.WriteLine(faults.Count == 0 ? "All held." : $"{faults.Count} did not hold.");
    return faults.Count == 0 ? 0 : 1;
}
