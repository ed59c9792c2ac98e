using System.Globalization;
using JobMatch.Matching;

namespace JobMatch.Population;

/// <summary>
/// A made-up nation: some 340 cities on a map of their own, big ones and small ones, each with its districts. Everybody is
/// drawn as in <see cref="Populace"/>; only where people live and work differs, so that a nation is the sum of its cities.
/// </summary>
/// <param name="seed">Any number; it draws the map too.</param>
public sealed class Nation(ulong seed, DateOnly today)
{
    public const int CityCount = 340;

    private readonly City[] cities = [.. Enumerable.Range(0, CityCount).Select(number => City.Draw(seed, today, number))];

    /// <summary>The code lists with the nation's districts in place of Chongqing's.</summary>
    public CodeLists Codes => field ??= new(Accommodation.All, Occupation.All, Skill.All, [.. cities.SelectMany(city => city.Populace.Districts).Select(settled => settled.District)]);

    public DateOnly Today => today;

    /// <summary>
    /// <paramref name="count"/> people as a stream, city by city and in each district by district: rows of a district stand
    /// together. Each city has its share, so more people are more of each and not only more at the end.
    /// </summary>
    public IEnumerable<Seeker> Seekers(int count) => ByCity(count).SelectMany(people => people);

    /// <summary>The same people, one stream for each city; the streams may be read at the same time.</summary>
    public IEnumerable<IEnumerable<Seeker>> ByCity(int count)
    {
        var weights = cities.Sum(city => (long)city.People);
        var (sum, from) = (0L, 0);
        foreach (var city in cities)
        {
            sum += city.People;
            var (first, to) = (from, (int)(count * sum / weights));
            yield return city.Populace.ByDistrict(first, to - first);
            from = to;
        }
    }

    /// <summary>The person of a number from 0 among <paramref name="count"/>.</summary>
    public Seeker Seeker(int index, int count)
    {
        var weights = cities.Sum(city => (long)city.People);
        var sum = 0L;
        return cities.First(city => index < (int)(count * (sum += city.People) / weights)).Populace.Seeker(index);
    }

    /// <summary>One position somewhere; cities with more jobs have more of them.</summary>
    public Position Position(int index)
    {
        var dice = new Dice(seed, Dice.Stream.City, -1 - index);
        var city = cities[dice.Weighted(jobs)];
        var position = city.Populace.Position(index);
        return position.Place == Place.Remote ? city.Choosy.Position(index) : position;
    }

    private readonly int[] jobs = [.. Enumerable.Range(0, CityCount).Select(number => City.Jobs(number))];

    private sealed record City(int People, Populace Populace)
    {
        /// <summary>Whoever posts to a whole nation can choose, and asks for more: with most, of a hundred pairs about 5 survive.</summary>
        public Populace Choosy { get; } = new(Populace.Seed, Populace.Today) { Districts = Populace.Districts, Strictness = 125 };

        /// <summary>By rank, as cities are: the first has about forty times as many people as the last.</summary>
        private static int Size(int rank) => 1_000_000 / (rank + 8);

        // Work gathers in big cities more than people do.
        public static int Jobs(int rank) => (int)Math.Pow(Size(rank), 1.25) / 100;

        public static City Draw(ulong seed, DateOnly today, int rank)
        {
            var dice = new Dice(seed, Dice.Stream.City, rank);
            // Degrees in hundredths: a map of 25 by 30, on which the next city is some 150 km away.
            var (north, east) = (2100 + dice.Below(2500), 9800 + dice.Below(3000));
            var districts = Enumerable.Range(0, dice.Between(5, 12)).Select(number => District(dice, rank, number, north, east)).ToList();
            var shares = districts.Select(district => (district, Share: dice.Between(2, 10))).ToList();
            return new(Size(rank), new(seed, today) { Districts = [.. shares.Select(x => new Settled(x.district, x.Share, x.Share * (x.district.Zone == "CENTRAL" ? 4 : 1)))] });
        }

        private static District District(Dice dice, int rank, int number, int north, int east)
        {
            var reach = number < 3 ? 8 : 45; // hundredths of a degree, about as many kilometres
            var name = (rank + 1).ToString("D3", CultureInfo.InvariantCulture) + "-" + (number + 1).ToString(CultureInfo.InvariantCulture);
            return new(
                ((1000 + rank) * 100 + number + 1).ToString(CultureInfo.InvariantCulture), new("District " + name, name + "区"), name, number < 3 ? "CENTRAL" : "OUTER",
                (north + dice.Between(-reach, reach)) / 100.0, (east + dice.Between(-reach, reach)) / 100.0, []);
        }
    }
}
