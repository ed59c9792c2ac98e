using System.Collections.Concurrent;
using JobMatch.Matching;

namespace JobMatch.Bench.Peers;

/// <summary>What the policy says about one side alone, or about two words, on the day: the part that every peer is given worked out.</summary>
internal sealed class Policies
{
    private readonly World world;
    private readonly Dictionary<string, int> bits;
    private readonly Plus skills = Policy.Pluses.Single(x => x.Id == "P1"), occupation = Policy.Pluses.Single(x => x.Id == "P2");
    private readonly int[] relievers;

    public Policies(World world)
    {
        this.world = world;
        bits = world.Codes.Accommodations.Select((x, i) => (x.Code, i)).ToDictionary(x => x.Code, x => x.i);
        All = Mask(_ => true);
        AnyPlace = Mask(x => !x.OnSite);
        StaffCheck = Mask(x => x.StaffCheck);
        relievers = [.. world.Codes.Accommodations.Select(x => x.Relieves.Aggregate(0, (exposures, one) => exposures | 1 << (int)one))];
        Weights = world.Codes.Weights.On(world.Today).Weights;
    }

    public ulong All { get; }

    public ulong AnyPlace { get; }

    public ulong StaffCheck { get; }

    public IReadOnlyList<int> Weights { get; }

    /// <summary>What closes a shortfall of the job on an axis.</summary>
    public (int Bit, Bridge Bridge)[] Bridges(Axis axis) =>
        [.. from x in world.Codes.Accommodations where x.Stage != Stage.Recruitment from bridge in x.Bridges where bridge.Axis == axis select (bits[x.Code], bridge)];

    private static readonly int partTime = CodeLists.Default.Accommodations.Select((x, i) => (x.Code, i)).Single(x => x.Code == "PART_TIME").i;

    /// <summary>What is answered about shorter hours; null = not stated.</summary>
    public static Answer? PartTime(FlatPosition position) =>
        (position.Offered >> partTime & 1) != 0 ? Answer.Offered : (position.OnRequest >> partTime & 1) != 0 ? Answer.OnRequest : (position.NotPossible >> partTime & 1) != 0 ? Answer.NotPossible : null;

    public bool IsSkill(string entry) => world.Codes.FindSkill(entry) is not null;

    public (ulong Musts, ulong Helps) Marks(Seeker seeker) =>
        (seeker.Needs.Where(x => x.Value == Mark.Must).Aggregate(0UL, (mask, x) => mask | Bit(x.Key)), seeker.Needs.Where(x => x.Value == Mark.Helps).Aggregate(0UL, (mask, x) => mask | Bit(x.Key)));

    public (ulong Offered, ulong OnRequest, ulong NotPossible) Answers(Position position)
    {
        var answers = world.Codes.Accommodations.Select(x => (Bit: Bit(x.Code), Answer: Policy.AnswerOf(position, x.Code, world.Today))).ToList();
        ulong Those(Answer answer) => answers.Where(x => x.Answer == answer).Aggregate(0UL, (mask, x) => mask | x.Bit);
        return (Those(Answer.Offered), Those(Answer.OnRequest), Those(Answer.NotPossible));
    }

    /// <summary>The exposures that one of these makes bearable.</summary>
    public int Relieved(ulong offered) => relievers.Select((exposures, bit) => (offered >> bit & 1) != 0 ? exposures : 0).Aggregate(0, (all, x) => all | x);

    /// <summary>NIGHT is in THREE_SHIFT, EVENING in TWO_SHIFT and THREE_SHIFT.</summary>
    public int? Shifts(Position position) => position.Shifts is not { Count: > 0 } shifts ? null : shifts.Aggregate(0, (mask, shift) => mask | 1 << (int)shift | shift switch
    {
        Shift.ThreeShift => 1 << (int)Shift.Night | 1 << (int)Shift.Evening,
        Shift.TwoShift => 1 << (int)Shift.Evening,
        _ => 0,
    });

    /// <summary>-1 of 1 where it cannot be computed; held to 2^40 units, which is above any floor.</summary>
    public (long Numerator, int Denominator) MonthlyPay(Position position)
    {
        if (position.Pay is not { } pay || (pay.Max ?? pay.Min) is not { } upper)
            return (-1, 1);
        var (times, over) = pay.Per switch
        {
            PayPeriod.Month => ((Int128)1, 1),
            PayPeriod.Year => (1, 12),
            PayPeriod.Week => (433, 100),
            PayPeriod.Day => (2175, 100),
            PayPeriod.Hour => (433 * (Int128)(position.HoursPerWeek ?? 40), 100),
            _ => pay.Guaranteed ? (1, 1) : (-1, 1),
        };
        return times < 0 ? (-1, 1) : ((long)Int128.Min(upper * times, 1L << 40), over);
    }

    public bool Counts(Decline decline, Position position) =>
        !(decline.TooFar && position.Place == Place.Remote) && decline.On.AddMonths(6) > world.Today;

    /// <summary>P2 of a single wish, in 125ths.</summary>
    public byte Closeness(string wish, string title, string? code) =>
        (byte)Math.Round(125 * occupation.Value(Pair(new() { Id = "", District = "", Occupations = [wish] }, Posting(title, code))).Number);

    /// <param name="works">Districts in which there is work; ways elsewhere are not worked out.</param>
    public Minutes[][] Ways(HashSet<string> works) =>
        [.. world.Codes.Districts.AsParallel().AsOrdered().Select(home => world.Codes.Districts.Select(work =>
            home == work || !works.Contains(work.Code) ? new Minutes(0, 0, 0)
            : world.Codes.Minutes(home.Code, work.Code) is { } way ? new((int)Math.Ceiling(way.Slow), (int)Math.Ceiling(way.Fast), way.Slow)
            : new(int.MaxValue, 0, -1)).ToArray())];

    public Holdings Held(string[] listed) => new(this, listed);

    private bool IsClose(string held, string listed) =>
        skills.Value(Pair(new() { Id = "", District = "", Skills = [held] }, Posting("", null) with { SkillsOptional = [listed] })).Number == 1;

    private Pair Pair(Seeker seeker, Position position) => new(seeker, position, world.Today, world.Codes);

    private static Position Posting(string title, string? code) => new() { Id = "", Title = title, Occupation = code, ClosesOn = default, FirstPut = default };

    private ulong Bit(string code) => bits.TryGetValue(code, out var bit) ? 1UL << bit : 0;

    private ulong Mask(Func<Accommodation, bool> which) => world.Codes.Accommodations.Where(which).Aggregate(0UL, (mask, x) => mask | Bit(x.Code));

    /// <summary>Which of the listed entries somebody has; each word is compared once.</summary>
    internal sealed class Holdings(Policies policies, string[] listed)
    {
        private readonly ConcurrentDictionary<string, Bits> close = [];

        /// <summary>A licence counts from either list, any other skill from the skills only.</summary>
        public Bits Exactly(Seeker seeker) =>
            Of(entry => seeker.Skills?.Contains(entry) == true || seeker.Licences?.Contains(entry) == true && policies.world.Codes.FindSkill(entry) is null or { Kind: SkillKind.Licence });

        public Bits Closely(Seeker seeker) =>
            (seeker.Skills ?? []).Aggregate(Exactly(seeker), (bits, held) => bits | close.GetOrAdd(held, one => Of(entry => policies.IsClose(one, entry))));

        private Bits Of(Func<string, bool> has)
        {
            var bits = new Bits();
            for (var i = 0; i < listed.Length; i++)
                if (has(listed[i]))
                    bits.Add(i);
            return bits;
        }
    }
}
