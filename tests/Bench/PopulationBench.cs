using System.CommandLine;
using System.Globalization;
using JobMatch.Matching;
using JobMatch.Population;

namespace JobMatch.Bench;

/// <summary>How life-like the data is that everything else is measured on.</summary>
internal static class PopulationBench
{
    public static Command Command()
    {
        var command = new Command("population", "What the readable policy makes of the generated city, of the set that is hard to filter, and of the nation.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        var city = new Populace(1, World.Day);
        Console.WriteLine("## City\n" + Split.Of([.. city.Seekers(1000)], [.. city.Positions(600)], World.Day));
        var hard = World.HardToFilter;
        Console.WriteLine("## Hard to filter\n" + Split.Of([.. hard.Seekers(500)], [.. hard.Positions(300)], World.Day));
        var nation = new Nation(1, World.Day);
        var people = nation.Seekers(20_000).ToList();
        var positions = Enumerable.Range(0, 3_000).Select(nation.Position).ToList();
        Console.WriteLine("## Nation");
        Share("on-site, no bed", positions.Where(x => x.Place != Place.Remote && x.Lodging is not (Lodging.Free or Lodging.Paid)));
        Share("on-site, with a bed", positions.Where(x => x.Place != Place.Remote && x.Lodging is Lodging.Free or Lodging.Paid));
        Share("remote", positions.Where(x => x.Place == Place.Remote));

        void Share(string kind, IEnumerable<Position> some)
        {
            var taken = some.Take(200).ToList();
            var survive = taken.AsParallel()
                .Select(position => 100.0 * people.Count(seeker => Policy.VerdictOf(seeker, position, World.Day, nation.Codes) != Verdict.DoesNotSuit) / people.Count).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}: {survive.Average():F3} % of the pairs survive; half of the positions have {survive[survive.Count / 2]:F3} % or more"));
        }
    }
}
