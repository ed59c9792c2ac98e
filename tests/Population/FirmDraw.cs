using System.Globalization;
using JobMatch.Matching;

namespace JobMatch.Population;

/// <summary>How much a posting says about the work and about what can be arranged.</summary>
internal enum Detail { Little, Some, Full }

/// <summary>One firm: what it does, where it sits, how it fills in forms.</summary>
internal sealed class FirmDraw
{
    private readonly Dice dice;
    private readonly int index;

    public FirmDraw(Populace populace, int index)
    {
        this.index = index;
        dice = populace.Dice(Dice.Stream.Firm, index);
        Sector = Ways.OfTwenty[index % 20];
        Habit = (index * 7 % Populace.FirmsPerFair) switch { < 18 => Detail.Little, < 20 => Detail.Some, _ => Detail.Full };
        Seat = populace.Seat(dice);
        Checked = dice.Chance(45) ? new SiteCheck(dice.Chance(88), populace.Today.AddDays(dice.Between(-60, 300))) : null;
    }

    public Sector Sector { get; }

    public Detail Habit { get; }

    public District Seat { get; }

    public SiteCheck? Checked { get; }

    // The first two are those whose keys every Development start has.
    public string Id => index switch
    {
        0 => "demo-employer",
        1 => "demo-employer-2",
        _ => "E" + (index + 1).ToString("D4", CultureInfo.InvariantCulture),
    };

    public Firm Firm() =>
        new(Id, Names.Firm(dice, dice.OneOf(Ways.Of(Sector).Nouns)), CreditCode.Of(dice), [.. Enumerable.Range(0, dice.Chance(30) ? 2 : 1).Select(Contact)]);

    private FirmContact Contact(int number) =>
        new(Names.Person(dice), "+86" + (19980000000L + index * 2 + number).ToString(CultureInfo.InvariantCulture));
}
