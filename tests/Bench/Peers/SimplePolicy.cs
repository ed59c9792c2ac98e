using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using JobMatch.Matching;

namespace JobMatch.Bench.Peers;

/// <summary>
/// A policy as simple as matching can be, to see what ours costs beside it: needs are flat bits that must be among the bits
/// offered, pay reaches the floor, hours are within the most, the workplace is near enough or at home; four numbers are
/// added up. It knows two answers, yes and no. On packed columns: 23 bytes of each seeker decide, 64 more order.
/// </summary>
internal sealed class SimplePolicy
{
    private const int Block = 64;

    private readonly World world;
    private readonly Flat flat;
    private readonly int top;
    private readonly ulong[] musts, near;
    private readonly int[] floors;
    private readonly ushort[] hours;
    private readonly byte[] matched;
    private readonly Soft[] soft;
    private readonly Job[] jobs;
    private readonly long[] ofSeeker, ofPosition;

    public SimplePolicy(World world, Flat flat, int top)
    {
        (this.world, this.flat, this.top) = (world, flat, top);
        var padded = (world.Seekers.Length + Block - 1) / Block * Block;
        (musts, near, floors, hours, matched, soft) = (new ulong[padded], new ulong[padded], new int[padded], new ushort[padded], new byte[padded], new Soft[padded]);
        var district = world.Codes.Districts.Select((x, i) => (x.Code, i)).ToDictionary(x => x.Code, x => x.i);
        var occupation = world.Codes.Occupations.Select((x, i) => (x.Code, Number: i + 1)).ToDictionary(x => x.Code, x => x.Number);
        foreach (var (i, person) in world.Seekers.Index())
        {
            var facts = flat.Seekers[i];
            (musts[i], floors[i], hours[i]) = (facts.Musts, facts.Floor, MostHours(facts));
            matched[i] = byte.MaxValue;
            near[i] = world.Codes.Districts.Index().Where(x => IsNear(world, person, x.Item.Code)).Aggregate(0UL, (bits, x) => bits | 1UL << x.Index);
            var wishes = (person.Occupations ?? []).Select(wish => occupation.GetValueOrDefault(wish)).Where(wish => wish > 0).Concat([0, 0, 0]).Take(3).ToArray();
            soft[i] = new() { Held = facts.Held, Helps = facts.Helps, Wish1 = wishes[0], Wish2 = wishes[1], Wish3 = wishes[2], Floor = facts.Floor };
        }
        jobs = [.. world.Positions.Select((x, i) => new Job(flat.Positions[i], x.Place == Place.Remote ? -1 : district[x.District!], occupation.GetValueOrDefault(x.Occupation ?? "")))];
        (ofSeeker, ofPosition) = (new long[world.Seekers.Length * top], new long[jobs.Length * top]);
    }

    /// <summary>How many pairs the filters let through, in the last run.</summary>
    public long Survivors { get; private set; }

    /// <summary>Everybody's best, both ways, on one thread.</summary>
    public void BothWays()
    {
        Array.Clear(ofSeeker);
        Array.Clear(ofPosition);
        Survivors = 0;
        for (var job = 0; job < jobs.Length; job++)
            if (jobs[job].Open)
                Ask(job);
    }

    private void Ask(int at)
    {
        var job = jobs[at];
        var best = ofPosition.AsSpan(at * top, top);
        for (var start = 0; start < musts.Length; start += Block)
        {
            var left = Suiting(job, start);
            Survivors += BitOperations.PopCount(left);
            for (; left != 0; left &= left - 1)
            {
                var row = start + BitOperations.TrailingZeroCount(left);
                var points = (long)job.Points(ref soft[row]) + 1 << 32;
                Keep(best, points | ~(uint)row);
                Keep(ofSeeker.AsSpan(row * top, top), points | ~(uint)at);
            }
        }
    }

    /// <summary>A bit for each of 64 seekers whom nothing keeps out.</summary>
    private ulong Suiting(Job job, int start)
    {
        // What stands behind the last seeker is not to be matched.
        var bits = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(matched), (nuint)start).ExtractMostSignificantBits();
        ulong met = 0;
        var missing = Vector512.Create(~job.Offered);
        for (var k = 0; k < Block; k += 8)
            met |= Vector512.Equals(Load(musts, start + k) & missing, Vector512<ulong>.Zero).ExtractMostSignificantBits() << k;
        if ((bits &= met) == 0)
            return 0;
        if (job.District >= 0)
        {
            var there = Vector512.Create(1UL << job.District);
            ulong within = 0;
            for (var k = 0; k < Block; k += 8)
                within |= Vector512.Equals(Load(near, start + k) & there, there).ExtractMostSignificantBits() << k;
            bits &= within;
        }
        ulong paid = 0, time = 0;
        for (var k = 0; k < Block; k += 16)
            paid |= Vector512.LessThanOrEqual(Load(floors, start + k), Vector512.Create(job.Pay)).ExtractMostSignificantBits() << k;
        for (var k = 0; k < Block; k += 32)
            time |= Vector512.GreaterThanOrEqual(Load(hours, start + k), Vector512.Create(job.Hours)).ExtractMostSignificantBits() << k;
        return bits & paid & time;
    }

    private static Vector512<T> Load<T>(T[] column, int at) => Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)at);

    // Best first; 0 is nobody. Most are turned away at the last place.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(Span<long> best, long key)
    {
        if (key > best[^1])
            Insert(best, key);
    }

    private static void Insert(Span<long> best, long key)
    {
        var at = best.Length - 1;
        for (; at > 0 && best[at - 1] < key; at--)
            best[at] = best[at - 1];
        best[at] = key;
    }

    /// <summary>What was found last: by position and by seeker, (index, points) from the best on.</summary>
    public ((int Index, int Points)[][] People, (int Index, int Points)[][] Positions) Found() => (Read(ofPosition, jobs.Length), Read(ofSeeker, world.Seekers.Length));

    private (int, int)[][] Read(long[] lists, int count) =>
        [.. Enumerable.Range(0, count).Select(i => lists.AsSpan(i * top, top).ToArray().Where(key => key != 0).Select(key => ((int)~(uint)key, (int)(key >> 32) - 1)).ToArray())];

    /// <summary>The same in plain LINQ over plain objects.</summary>
    public ((int Index, int Points)[][] People, (int Index, int Points)[][] Positions) Plainly()
    {
        var pairs = Enumerable.Range(0, world.Positions.Length).AsParallel().AsOrdered().Select(job => Enumerable.Range(0, world.Seekers.Length).Where(person => Suits(person, job)).Select(person => (Index: person, Points: Points(person, job))).ToArray()).ToArray();
        var turned = pairs.SelectMany((people, job) => people.Select(x => (Person: x.Index, Index: job, x.Points))).ToLookup(x => x.Person, x => (x.Index, x.Points));
        return ([.. pairs.Select(Best)], [.. Enumerable.Range(0, world.Seekers.Length).Select(person => Best(turned[person]))]);
    }

    private (int Index, int Points)[] Best(IEnumerable<(int Index, int Points)> all) => [.. all.OrderByDescending(x => x.Points).ThenBy(x => x.Index).Take(top)];

    private bool Suits(int person, int job)
    {
        var (seeker, position) = (flat.Seekers[person], flat.Positions[job]);
        return position.Open
            && (seeker.Musts & ~position.Offered) == 0
            && seeker.Floor <= Job.MonthlyPay(position)
            && MostHours(seeker) >= Job.WeekHours(position)
            && (position.Remote || IsNear(world, world.Seekers[person], world.Positions[job].District!));
    }

    private int Points(int person, int job)
    {
        var (seeker, position) = (flat.Seekers[person], flat.Positions[job]);
        return (position.Listed.IsEmpty ? 75 : 250 * (seeker.Held & position.Listed).Size / position.Listed.Size)
            + (world.Positions[job].Occupation is { } occupation && world.Codes.FindOccupation(occupation) is not null && (world.Seekers[person].Occupations ?? []).Where(wish => world.Codes.FindOccupation(wish) is not null).Take(3).Contains(occupation) ? 250 : 0)
            + 10 * Math.Min(5, BitOperations.PopCount(seeker.Helps & position.Offered))
            + Math.Clamp((Job.MonthlyPay(position) - seeker.Floor) / 50, 0, 100);
    }

    private static bool IsNear(World world, Seeker person, string district) =>
        person.District == district || world.Codes.Minutes(person.District, district) is { } way && way.Slow <= Policy.CommuteLimit(person);

    private static ushort MostHours(FlatSeeker seeker) => (ushort)Math.Clamp(seeker.HoursMax, 0, ushort.MaxValue);

    /// <summary>What orders those who suit: one line of the cache.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Soft
    {
        public Bits Held;
        public ulong Helps;
        public int Wish1, Wish2, Wish3, Floor;
    }

    private sealed class Job(FlatPosition position, int district, int occupation)
    {
        private readonly Bits listed = position.Listed;

        // By how many of the listed skills are held: no division in the loop.
        private readonly int[] bySkills = [.. Enumerable.Range(0, position.Listed.Size + 1).Select(held => position.Listed.IsEmpty ? 75 : 250 * held / position.Listed.Size)];

        public bool Open { get; } = position.Open;

        public ulong Offered { get; } = position.Offered;

        /// <summary>-1 where it is done from home.</summary>
        public int District { get; } = district;

        public int Pay { get; } = MonthlyPay(position);

        public ushort Hours { get; } = WeekHours(position);

        public int Points(ref Soft seeker) =>
            bySkills[(seeker.Held & listed).Size]
            + (occupation != 0 && (seeker.Wish1 == occupation || seeker.Wish2 == occupation || seeker.Wish3 == occupation) ? 250 : 0)
            + 10 * Math.Min(5, BitOperations.PopCount(seeker.Helps & Offered))
            + Math.Clamp((Pay - seeker.Floor) / 50, 0, 100);

        /// <summary>0 where not stated; what is past 16 bits is as much as they hold.</summary>
        public static ushort WeekHours(FlatPosition position) => (ushort)Math.Min(position.Hours ?? 0, ushort.MaxValue);

        /// <summary>Whole yuan; 0 where it cannot be computed.</summary>
        public static int MonthlyPay(FlatPosition position) => position.PayNumerator < 0 ? 0 : (int)Math.Min(int.MaxValue, position.PayNumerator / position.PayDenominator);
    }
}
