using JobMatch.Matching;
using Xunit.Abstractions;

namespace JobMatch.Population.Tests;

public sealed class NationTests(ITestOutputHelper output)
{
    private static readonly Nation Nation = new(1, Sample.GeneratedOn);

    [Fact]
    public void Rows_of_a_district_stand_together_and_nobody_occurs_twice()
    {
        var people = Nation.Seekers(40_000).ToList();
        Assert.Equal(40_000, people.Count);
        Assert.Equal(40_000, people.DistinctBy(person => person.Id).Count());
        Assert.Equal(people.Select(person => person.District), people.Select(person => person.District).Order(StringComparer.Ordinal));
        Assert.All(people, person => Assert.NotNull(Nation.Codes.FindDistrict(person.District)));
        Assert.Equal(Nation.CityCount, people.DistinctBy(person => person.District[..4]).Count());
    }

    [Fact]
    public void Big_cities_are_some_forty_times_as_big_as_small_ones()
    {
        var sizes = Nation.Seekers(40_000).GroupBy(person => person.District[..4]).Select(city => city.Count()).ToList();
        Assert.InRange(sizes.Max() / sizes.Min(), 30, 60);
    }

    [Fact]
    public void Work_at_a_place_is_for_few_of_a_nation_and_work_from_home_for_some()
    {
        var people = Nation.Seekers(10_000).ToList();
        var positions = Enumerable.Range(0, 1_500).Select(Nation.Position).ToList();
        Assert.InRange(Survive(position => position.Place != Place.Remote && position.Lodging is not (Lodging.Free or Lodging.Paid)), 0.1, 0.3);
        Assert.InRange(Survive(position => position.Place == Place.Remote), 3, 7);

        // What half of such positions have, in percent: a few have many more, and the mean would tell of them.
        double Survive(Func<Position, bool> kind)
        {
            var shares = positions.Where(kind).Take(100).AsParallel()
                .Select(position => 100.0 * people.Count(person => Policy.VerdictOf(person, position, Sample.GeneratedOn, Nation.Codes) != Verdict.DoesNotSuit) / people.Count).Order().ToList();
            output.WriteLine($"{shares[shares.Count / 2]:F2} % of {shares.Count} positions");
            return shares[shares.Count / 2];
        }
    }

    [Fact]
    public void Traps_stay_as_they_are_and_each_catches_what_it_says()
    {
        var traps = Trap.All(Sample.GeneratedOn);
        Assert.Equal(traps.Count, traps.Select(trap => trap.Name).Distinct().Count());
        Assert.Equal(0, Split.Of(traps[0].Seekers, traps[0].Positions, Sample.GeneratedOn).Survive);
        Assert.Equal(100, Split.Of(traps[1].Seekers, traps[1].Positions, Sample.GeneratedOn).Pairs(Verdict.Suits));
        Assert.All(traps[2].Seekers, person => Assert.Equal(CodeLists.Default.Accommodations.Count, person.Needs.Count));
        Assert.All(traps.Skip(1), trap => Assert.True(Split.Of(trap.Seekers, trap.Positions, Sample.GeneratedOn).Survive > 0, trap.Name));
    }
}
