using JobMatch.Matching;

namespace JobMatch.Population;

/// <summary>
/// Everybody and everything in a made-up city, drawn from a seed: the same seed, day and settings give the same people and
/// postings on every machine, each by its number alone, so that a million can be drawn as a stream and in any order. What
/// is written as JSON and what is handed to the engine come from the same draw.
/// </summary>
/// <param name="seed">Any number.</param>
/// <param name="today">The day as of which it is drawn: closings lie after it, consents and answers before it.</param>
public sealed class Populace(ulong seed, DateOnly today)
{
    /// <summary>A fair's block: its own positions and the firms that post them.</summary>
    internal const int FirmsPerFair = 30;

    private readonly IReadOnlyList<Settled> districts = Settled.Chongqing;
    private readonly int[] people = [.. Settled.Chongqing.Select(place => place.People)];
    private readonly int[] jobs = [.. Settled.Chongqing.Select(place => place.Jobs)];

    public ulong Seed => seed;

    public DateOnly Today => today;

    /// <summary>
    /// Of a hundred things that could shut a pair out (a pay floor, a required skill, a contract, a time to avoid …), how many
    /// are said. At 100 about 5 % of a city's pairs survive; at 30, with central districts only, the filters hardly help.
    /// </summary>
    public int Strictness { get; init; } = 100;

    /// <summary>How many positions are announced at a fair; 37 or more, so that every district occurs at each.</summary>
    public int PositionsPerFair { get; init; } = 300;

    /// <summary>Where people live and jobs are; Chongqing's current districts unless another city is set.</summary>
    public IReadOnlyList<Settled> Districts
    {
        get => districts;
        init => (districts, people, jobs) = (value, [.. value.Select(place => place.People)], [.. value.Select(place => place.Jobs)]);
    }

    /// <summary>The facts of seekers 0 … <paramref name="count"/> − 1, as a stream.</summary>
    public IEnumerable<Seeker> Seekers(int count) => Enumerable.Range(0, count).Select(Seeker);

    /// <summary>The facts of one seeker; equal to those of <see cref="Person"/>. May be called from many threads.</summary>
    public Seeker Seeker(int index) => new SeekerDraw(this, index).Facts();

    /// <summary>The facts of some seekers by district, then by number. Homes are drawn first, so that a million need not be kept to be sorted.</summary>
    public IEnumerable<Seeker> ByDistrict(int first, int count) =>
        Enumerable.Range(first, count).Select(index => (Home: new SeekerDraw(this, index).Home().Code, index)).OrderBy(x => x.Home, StringComparer.Ordinal).Select(x => Seeker(x.index));

    public Person Person(int index) => new SeekerDraw(this, index).Person();

    /// <summary>The facts of positions 0 … <paramref name="count"/> − 1, as a stream.</summary>
    public IEnumerable<Position> Positions(int count) => Enumerable.Range(0, count).Select(Position);

    /// <summary>
    /// The facts of one position. Unlike its JSON, which cannot say so, it has been posted some days ago and may have a site
    /// check; see <see cref="AsPosted"/>.
    /// </summary>
    public Position Position(int index) => Vacancy(index).Facts;

    public Vacancy Vacancy(int index) => new PositionDraw(this, index).Vacancy();

    /// <summary>A position as a service holds it that was told of it today: what its JSON cannot say is taken away.</summary>
    public Position AsPosted(Position position) => position with { FirstPut = today, SiteCheck = null };

    /// <summary>Firms of the first <paramref name="fairs"/> fairs.</summary>
    public IEnumerable<Firm> Firms(int fairs) => Enumerable.Range(0, fairs * FirmsPerFair).Select(index => new FirmDraw(this, index).Firm());

    /// <summary>
    /// The fairs. Each announces its own positions but for the last few, and the next one's first few, so that some are
    /// announced at two and some at none.
    /// </summary>
    public IEnumerable<Fair> Fairs(int fairs) => Enumerable.Range(0, fairs).Select(index => new FairDraw(this, index, fairs).Fair());

    internal Dice Dice(Dice.Stream stream, int index) => new(seed, stream, index);

    /// <summary>Chance of something that could shut a pair out.</summary>
    internal bool Strict(Dice dice, int percent) => dice.Below(10_000) < percent * Strictness;

    /// <summary>Where somebody lives: among a thousand people, each district has at least one.</summary>
    internal District Home(Dice dice, int index) =>
        districts[index % 1_000 is var place && place < districts.Count ? place : dice.Weighted(people)].District;

    /// <summary>Where a firm sits.</summary>
    internal District Seat(Dice dice) => districts[dice.Weighted(jobs)].District;

    /// <summary>Where the work is: a fair's first positions name each district once.</summary>
    internal District Workplace(Dice dice, int index, District seat)
    {
        var place = index % PositionsPerFair;
        return place < districts.Count ? districts[place].District : dice.Chance(82) ? seat : Seat(dice);
    }
}
