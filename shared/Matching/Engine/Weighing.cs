namespace JobMatch.Matching;

/// <summary>
/// The points of P1 … P9 in tenths from packed facts, as the readable pluses give them: the same exact fractions, with what
/// depends on few values worked out beforehand. One for each row of dated weights.
/// </summary>
internal sealed class Weighing
{
    private readonly int[] weights;
    private readonly int[] closeness = new int[126];
    private readonly int[] known = new int[14];
    private readonly int[] helpful;
    private readonly short[][] skills;

    // Halves of 0 … 2 × marked, for each number of marked things that the table holds.
    private const int Marked = 40;

    public Weighing(IReadOnlyList<int> dated)
    {
        weights = [.. dated];
        for (var i = 0; i < closeness.Length; i++)
            closeness[i] = Tenths(1, i, 125);
        for (var i = 0; i < known.Length; i++)
            known[i] = Tenths(2, i, 13);
        skills = [.. Enumerable.Range(0, 32).Select(SkillPoints)];
        helpful = new int[Marked * 2 * Marked];
        for (var marked = 1; marked < Marked; marked++)
            for (var halves = 0; halves <= 2 * marked; halves++)
                helpful[marked * 2 * Marked + halves] = Tenths(5, halves, 2 * marked);
        (NoWish, NothingMarked, NoFloor, HoursUnsaid) = (Tenths(1, 1, 2), Tenths(5, 1, 2), Tenths(4, 1, 2), Tenths(7, 1, 2));
        (NoWay, HoursFull) = (Tenths(3, 1, 1), Tenths(7, 1, 1));
        (MostHelp, MostHelpAndHours) = (10 * weights[5], 10 * (weights[5] + weights[7]));
    }

    public int NothingMarked { get; }

    private int NoFloor { get; }

    private int HoursUnsaid { get; }

    private int HoursFull { get; }

    private int NoWay { get; }

    /// <summary>Tenths of a point, half up; <paramref name="plus"/> counts from 0 for P1.</summary>
    public int Tenths(int plus, long numerator, long denominator) => (int)((20L * weights[plus] * numerator + denominator) / (2 * denominator));

    /// <summary>By how many are held: none to all of them.</summary>
    public short[] Skills(int listed) => listed < skills.Length ? skills[listed] : SkillPoints(listed);

    /// <param name="close">125ths.</param>
    public int Wish(int close) => closeness[close];

    public int NoWish { get; }

    /// <summary>The most that what helps gives.</summary>
    public int MostHelp { get; }

    /// <summary>The most that what helps and the hours give together.</summary>
    public int MostHelpAndHours { get; }

    public int Known(int both) => known[both];

    /// <summary>P3 by the axes on which both have spoken.</summary>
    public ReadOnlySpan<int> KnownPoints => known;

    /// <param name="minutes">The slow way; NaN where it is on no map.</param>
    public int Way(bool near, double minutes, int limit) =>
        near ? NoWay : double.IsNaN(minutes) ? 0 : (int)Math.Floor(Math.Max(0, 1 - minutes / (2.0 * limit)) * weights[3] * 10 + 0.5);

    /// <param name="floor">0 is none.</param>
    /// <param name="denominator">0 where the pay cannot be computed.</param>
    public int Pay(int floor, long numerator, long denominator)
    {
        if (floor == 0)
            return NoFloor;
        if (denominator == 0)
            return 0;
        var whole = floor * denominator;
        var over = numerator - whole;
        return over <= 0 ? 0 : over >= whole ? 10 * weights[4] : Tenths(4, over, whole);
    }

    public int Helpful(int halves, int marked) =>
        marked == 0 ? NothingMarked : marked < Marked ? helpful[marked * 2 * Marked + halves] : Tenths(5, halves, 2 * marked);

    /// <param name="least">−1 where nothing is wished.</param>
    /// <param name="most">−1 is no limit.</param>
    /// <param name="worked">−1 where not stated.</param>
    public int Hours(int least, int most, int worked) =>
        least < 0 || worked < 0 ? HoursUnsaid : worked < least ? Tenths(7, worked, least) : most >= 0 && worked > most ? HoursUnsaid : HoursFull;

    private short[] SkillPoints(int listed) => listed == 0 ? [(short)Tenths(0, 3, 10)] : [.. Enumerable.Range(0, listed + 1).Select(held => (short)Tenths(0, held, listed))];
}
