using JobMatch.Flows;

namespace JobMatch.Population.Tests;

public sealed class PopulaceTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Fact]
    public void Everybody_is_drawn_by_number_alone_whatever_else_is_drawn_and_in_whatever_order()
    {
        var one = new Populace(7, Today);
        var other = new Populace(7, Today);
        var stream = one.Seekers(500).Select(Written.Of).ToList();
        Assert.Equal(stream[499], Written.Of(other.Seeker(499)));
        Assert.Equal(stream[3], Written.Of(other.Seeker(3)));
        Assert.Equal(stream, Enumerable.Range(0, 500).AsParallel().AsOrdered().Select(other.Seeker).Select(Written.Of));
        Assert.Equal(one.Positions(900).Select(Written.Of).Last(), Written.Of(other.Position(899)));
    }

    [Fact]
    public void The_facts_that_are_benched_are_the_facts_that_are_written()
    {
        var populace = new Populace(3, Today);
        foreach (var index in Enumerable.Range(0, 300))
            Assert.Equal(Written.Of(populace.Seeker(index)), Written.Of(populace.Person(index).Facts));
    }

    [Fact]
    public void Another_seed_draws_other_people()
    {
        var (one, other) = (new Populace(1, Today).Seekers(200).Select(Written.Of), new Populace(2, Today).Seekers(200).Select(Written.Of));
        Assert.True(one.Zip(other).Count(pair => pair.First == pair.Second) < 5);
    }

    [Fact]
    public void A_later_day_moves_every_date_and_nothing_else()
    {
        var (then, now) = (new Populace(1, Today), new Populace(1, Today.AddDays(100)));
        foreach (var (early, late) in then.Positions(100).Zip(now.Positions(100)))
        {
            Assert.Equal(early.ClosesOn.AddDays(100), late.ClosesOn);
            Assert.Equal(early.Demands, late.Demands);
            Assert.Equal(early.Accommodations.Select(x => (x.Key, x.Value.Answer, x.Value.On.AddDays(100))), late.Accommodations.Select(x => (x.Key, x.Value.Answer, x.Value.On)));
        }
    }

    [Fact]
    public void A_nation_is_drawn_as_a_stream_from_anywhere_in_it()
    {
        var populace = new Populace(1, Today);
        Assert.Equal("S000010", populace.Seekers(int.MaxValue).ElementAt(9).Id);
        Assert.Equal("S18000000", populace.Seeker(17_999_999).Id);
        Assert.All(Enumerable.Range(17_999_000, 100).Select(index => populace.Person(index).Phone).OfType<string>(), phone => Assert.Matches(@"^\+86199\d{8}$", phone));
    }
}
