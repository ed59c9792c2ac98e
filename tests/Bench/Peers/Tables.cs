using System.Globalization;
using System.Numerics;
using System.Text;
using JobMatch.Matching;

namespace JobMatch.Bench.Peers;

/// <summary>
/// The same facts as rows for databases, the way a strong administrator lays them out: what one side alone decides is a
/// column, what both sides decide together is two masks that must not meet, and gaps, closeness and ways are looked up.
/// Written as CSV, which both databases load fastest; a list is written as its database reads it.
/// </summary>
internal sealed class Tables(Flat flat)
{
    private const int Axes = 13, Levels = 3;

    private readonly Policies policies = new(flat.World);
    private readonly Asked asked = new(flat);

    /// <summary>Name, columns with types as both databases know them, and rows.</summary>
    public IEnumerable<(string Name, string Columns, IEnumerable<string> Rows)> All(Func<IEnumerable<long>, string> list) =>
    [
        ("seekers", SeekerColumns, flat.Seekers.Select(Seeker)),
        ("positions", PositionColumns, flat.Positions.Where(x => x.Open).Select(x => Position(x, list))),
        ("ways", "way INTEGER, home SMALLINT, work SMALLINT, fast INTEGER, slow INTEGER, exact DOUBLE PRECISION", Ways()),
        ("closeness", "wish INTEGER, tenths SMALLINT", flat.Close.SelectMany((row, title) => CloseTo(title).Select((tenths, wish) => Line(title * (row.Length + 2) + wish, tenths)))),
        ("declines", "seeker INTEGER, position INTEGER", flat.Declines.Select(x => Line(flat.Seekers[x.Seeker].Rank, flat.Positions[x.Position].Rank))),
    ];

    /// <summary>A position's facts by name, as they stand in a statement about it alone.</summary>
    public IReadOnlyDictionary<string, string> Facts(FlatPosition x, Func<IEnumerable<long>, string> list)
    {
        var names = PositionColumns.Split(", ").Select(column => column.Split(' ')[0]);
        var facts = names.Zip(Position(x, list).Split('|')).ToDictionary(fact => fact.First, fact => fact.Second);
        var longest = flat.Seekers.Max(seeker => seeker.Commute);
        var near = x.Remote || x.District < 0 ? [] : flat.Ways.Index().Where(way => way.Item[x.District].Fast <= longest).Select(way => way.Index + 1);
        facts.Add("near", string.Join(", ", near.Append(0)));
        facts.Add("declined", string.Join(", ", flat.Declines.Where(pair => flat.Positions[pair.Position] == x).Select(pair => flat.Seekers[pair.Seeker].Rank).Append(-1)));
        facts.Add("close", list(CloseTo(x.Title).Select(tenths => (long)tenths)));
        return facts;
    }

    // Of each title's closenesses the first is that of a wish that is not there, the last that of having none at all.
    private IEnumerable<int> CloseTo(int title) => flat.Close[title].Select(x => Tenths(1, x, 125)).Prepend(0).Append(Tenths(1, 1, 2));

    private static readonly string SeekerColumns =
        "rank INTEGER, id TEXT, home SMALLINT, twice DOUBLE PRECISION, reach INTEGER, bed BOOLEAN, floor BIGINT, hours_max BIGINT, hours_min BIGINT, hours_wished BOOLEAN, "
        + "needs BIGINT, traits BIGINT, axes BIGINT, lacks0 BIGINT, lacks1 BIGINT, unknown0 BIGINT, unknown1 BIGINT, "
        + "marked BIGINT, helps BIGINT, has0 BIGINT, has1 BIGINT, has2 BIGINT, has3 BIGINT, known INTEGER, wish1 INTEGER, wish2 INTEGER, wish3 INTEGER, "
        + "rather_not INTEGER, rather_not_shifts INTEGER, rather INTEGER, " + string.Join(", ", Enumerable.Range(0, Axes).Select(x => $"c{x} SMALLINT"));

    private static readonly string PositionColumns =
        "rank INTEGER, id TEXT, work SMALLINT, way INTEGER, bed BOOLEAN, pay_top BIGINT, pay BIGINT, pay_of BIGINT, no_hours BIGINT, ask_hours BIGINT, arrange_hours BIGINT, hours BIGINT, "
        + "no_needs BIGINT, ask_needs BIGINT, arrange_needs BIGINT, no_traits BIGINT, ask_traits BIGINT, no_axes BIGINT, ask_axes BIGINT, asked0 BIGINT, asked1 BIGINT, "
        + "listed0 BIGINT, listed1 BIGINT, listed2 BIGINT, listed3 BIGINT, listed BIGINT, known INTEGER, scope BIGINT, offered BIGINT, on_request BIGINT, bearable INTEGER, absent INTEGER, "
        + "wish INTEGER, fixed SMALLINT, " + string.Join(", ", Enumerable.Range(0, Axes).Select(x => $"d{x} SMALLINT")) + ", met BIGINT[], arranged BIGINT[]";

    private string Seeker(FlatSeeker x)
    {
        if (x.Wishes.Length > 3)
            throw new InvalidOperationException($"{x.Wishes.Length} wishes; the peers' tables have columns for three.");
        var (lacks, unknown) = asked.Of(x);
        int Wish(int i) => i < x.Wishes.Length ? x.Wishes[i] + 1 : x.Wishes.Length == 0 ? flat.Wishes.Length + 1 : 0;
        return Line(
            [x.Rank, x.Id, Home(x), 2 * x.Commute, x.Lodging == LodgingWish.Needed ? int.MaxValue : x.Commute, x.Lodging is LodgingWish.Needed or LodgingWish.Accepted, x.Floor, x.HoursMax, x.HoursMin, x.HoursWished,
            (long)x.Musts, Traits(x), AxisBits(x), (long)lacks.A, (long)lacks.B, (long)unknown.A, (long)unknown.B,
            (long)(x.Musts | x.Helps), (long)x.Helps, (long)x.Close.A, (long)x.Close.B, (long)x.Close.C, (long)x.Close.D, Known(x.Capacity), Wish(0), Wish(1), Wish(2),
            x.RatherNot, x.RatherNotShifts, BitOperations.PopCount((uint)x.RatherNot) + BitOperations.PopCount((uint)x.RatherNotShifts), .. x.Capacity.Select(level => (object)(level < 0 ? 3 : level))]);
    }

    private string Position(FlatPosition x, Func<IEnumerable<long>, string> list)
    {
        var asks = asked.Of(x);
        var partTime = Policies.PartTime(x);
        var hours = x.Hours ?? 0;
        var open = x.Scope & ~(x.Offered | x.OnRequest | x.NotPossible);
        return Line(
            [x.Rank, x.Id, Work(x), Work(x) * (flat.Ways.Length + 1), x.HasBed, x.PayNumerator < 0 ? int.MaxValue : (int)Math.Min(int.MaxValue, x.PayNumerator / x.PayDenominator), x.PayNumerator, x.PayDenominator,
            partTime == Answer.NotPossible ? hours : 0, partTime is null ? hours : 0, partTime == Answer.OnRequest ? hours : 0, x.Hours ?? -1,
            (long)(x.NotPossible & x.Scope), (long)open, (long)(x.OnRequest & x.Scope), NoTraits(x), AskTraits(x), NoAxes(x), AskAxes(x), (long)asks.A, (long)asks.B,
            (long)x.Listed.A, (long)x.Listed.B, (long)x.Listed.C, (long)x.Listed.D, x.Listed.Size, Known(x.Demands), (long)x.Scope, (long)(x.Offered & x.Scope), (long)(x.OnRequest & x.Scope),
            x.Remote ? ~0 : x.ExposuresSaid & (~x.ExposuresThere | x.ExposuresRelieved), x.Shifts is { } shifts ? ~shifts : 0,
            x.Title * (flat.Wishes.Length + 2), Tenths(6, x.Checked ? 1 : 0, 1) + Tenths(8, x.FreshDays, 60), .. Enumerable.Range(0, Axes).Select(axis => (object)Demand(x, axis)),
            list(Gaps(x, x.Offered)), list(Gaps(x, x.OnRequest))]);
    }

    // Homes from 1, so that 0 is on no map; workplaces from 2, so that 0 is on no map and 1 is everybody's home.
    private static int Home(FlatSeeker x) => x.District + 1;

    private static int Work(FlatPosition x) => x.Remote ? 1 : x.District < 0 ? 0 : x.District + 2;

    /// <summary>Every way from a home that occurs to a workplace that occurs.</summary>
    private IEnumerable<string> Ways()
    {
        var (homes, works) = (flat.Seekers.Select(Home).Distinct().Order().ToList(), flat.Positions.Select(Work).Distinct().Order().ToList());
        return from work in works
               from home in homes
               let way = work == 1 ? default : home == 0 || work == 0 ? new(int.MaxValue, 0, 1e18) : flat.Ways[home - 1][work - 2]
               select Line(work * (flat.Ways.Length + 1) + home, home, work, way.Fast, way.Slow, way.Exact.ToString("R", CultureInfo.InvariantCulture));
    }

    // Shifts from bit 0, exposures from 10, contracts from 21, places from 32, schooling below 1 … 8 from 37, schooling unsaid 45, a bed needed 46, any floor 47.
    private static long Traits(FlatSeeker x) =>
        (long)x.MustAvoidShifts | (long)x.MustAvoid << 10 | (x.Contracts == 0 ? 0 : (long)(~x.Contracts & 0x7ff) << 21) | (x.Places == 0 ? 0 : (long)(~x.Places & 0x1f) << 32)
        | (x.Education is { } has ? (0xffL << (int)has & 0xff) << 37 : 1L << 45) | (x.Lodging == LodgingWish.Needed ? 1L << 46 : 0) | (x.Floor > 0 ? 1L << 47 : 0);

    private static long NoTraits(FlatPosition x) =>
        (long)(x.Shifts ?? 0) | (x.Remote ? 0 : (long)(x.ExposuresThere & ~x.ExposuresRelieved) << 10) | (x.Contract is { } contract ? 1L << 21 + (int)contract : 0)
        | (x.Remote ? 0 : 1L << 32 + (int)x.Place) | (x.Education is { } least and > Education.None ? 1L << 36 + (int)least : 0) | (!x.Remote && x.Lodging is not null && !x.HasBed ? 1L << 46 : 0);

    private static long AskTraits(FlatPosition x) =>
        (x.Shifts is null ? 0x3ffL : 0) | (x.Remote ? 0 : (long)((~x.ExposuresSaid | x.ExposuresThere & x.ExposuresRelieved) & 0x7ff) << 10)
        | (x.Education is not null ? 1L << 45 : 0) | (!x.Remote && x.Lodging is null ? 1L << 46 : 0) | (x.PayNumerator < 0 ? 1L << 47 : 0);

    // Three bits an axis: capacity below 1, 2, 3; and from 39 one an axis: not stated.
    private static long AxisBits(FlatSeeker x)
    {
        var bits = 0L;
        for (var axis = 0; axis < Axes; axis++)
            bits |= x.Capacity[axis] < 0 ? 1L << 39 + axis : (7L << x.Capacity[axis] & 7) << Levels * axis;
        return bits;
    }

    private long NoAxes(FlatPosition x)
    {
        var bits = 0L;
        for (var axis = 0; axis < Axes; axis++)
            if (Demand(x, axis) is > 0 and var demand)
            {
                var least = policies.Bridges((Axis)axis).Where(b => demand <= b.Bridge.To && ((x.Scope & ~x.NotPossible) >> b.Bit & 1) != 0).Select(b => b.Bridge.From).Append(demand).Min();
                bits |= least == 0 ? 0 : 1L << Levels * axis + least - 1;
            }
        return bits;
    }

    private static long AskAxes(FlatPosition x)
    {
        var bits = 0L;
        for (var axis = 0; axis < Axes; axis++)
            if (!(x.Remote && axis == (int)Axis.Travel))
                bits |= x.Demands[axis] switch { < 0 => 1L << Levels * axis + 1, 0 => 0, _ => 1L << 39 + axis };
        return bits;
    }

    /// <summary>By axis and capacity 0 … 2, what closes the gap to the demand when somebody has marked it.</summary>
    private IEnumerable<long> Gaps(FlatPosition x, ulong answered) =>
        from axis in Enumerable.Range(0, Axes)
        from capacity in Enumerable.Range(0, Levels)
        select (long)policies.Bridges((Axis)axis).Where(b => capacity >= b.Bridge.From && Demand(x, axis) <= b.Bridge.To)
            .Aggregate(0UL, (mask, b) => mask | 1UL << b.Bit & answered & x.Scope & ~policies.StaffCheck);

    private static int Demand(FlatPosition x, int axis) => x.Demands[axis] < 0 || x.Remote && axis == (int)Axis.Travel ? 0 : x.Demands[axis];

    private static int Known(sbyte[] levels) => levels.Select((level, axis) => level < 0 ? 0 : 1 << axis).Sum();

    private int Tenths(int plus, long numerator, long denominator) => (int)((20 * flat.Weights[plus] * numerator + denominator) / (2 * denominator));

    private static string Line(params ReadOnlySpan<object> values)
    {
        var line = new StringBuilder(256);
        foreach (var value in values)
        {
            if (line.Length > 0)
                line.Append('|');
            line.Append(CultureInfo.InvariantCulture, $"{(value is bool said ? said ? "t" : "f" : value)}");
        }
        return line.ToString();
    }

    /// <summary>A bit for each paper or skill that some position insists on; papers and skills apart, since who said nothing of one may have said all of the other.</summary>
    private sealed class Asked
    {
        private readonly (int Entry, bool Licence)[] all;

        public Asked(Flat flat)
        {
            all = [.. flat.Positions.SelectMany(x => Numbers(x.Required).Select(e => (e, false)).Concat(Numbers(x.Licences).Select(e => (e, true)))).Distinct().Order()];
            if (all.Length > 128)
                throw new InvalidOperationException($"{all.Length} papers and skills are asked for; the peers' masks hold 128.");
        }

        public Bits Of(FlatPosition x) => Where(one => Has(one.Licence ? x.Licences : x.Required, one.Entry));

        public (Bits Lacks, Bits Unknown) Of(FlatSeeker x) =>
            (Where(one => (one.Licence ? x.LicencesStated : x.SkillsStated) && !Has(x.Held, one.Entry)), Where(one => !(one.Licence ? x.LicencesStated : x.SkillsStated) && !Has(x.Held, one.Entry)));

        private Bits Where(Func<(int Entry, bool Licence), bool> which)
        {
            var bits = new Bits();
            for (var i = 0; i < all.Length; i++)
                if (which(all[i]))
                    bits.Add(i);
            return bits;
        }

        private static bool Has(Bits bits, int bit) => (((bit >> 6) switch { 0 => bits.A, 1 => bits.B, 2 => bits.C, _ => bits.D }) >> bit & 1) != 0;

        private static IEnumerable<int> Numbers(Bits bits) => Enumerable.Range(0, Bits.Count).Where(bit => Has(bits, bit));
    }
}
