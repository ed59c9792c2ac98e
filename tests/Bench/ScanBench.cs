using System.CommandLine;
using System.Globalization;
using System.Runtime.Intrinsics;
using JobMatch.Matching;

namespace JobMatch.Bench;

/// <summary>How much of the machine's memory bandwidth judging uses, beside a plain read in the same run.</summary>
internal static class ScanBench
{
    private const int Rounds = 7, Whole = 1_000_000;

    // Far more than any cache holds.
    private const int PlainBytes = 512 << 20;

    public static Command Command()
    {
        var size = new Option<int>("--size") { Description = "How many seekers.", DefaultValueFactory = _ => Whole };
        var command = new Command("scan", "The filter scan of a million seekers, and a plain read of memory, in bytes a second.") { size };
        command.SetAction(x => Run(x.GetValue(size)));
        return command;
    }

    private static void Run(int size)
    {
        var world = World.Nation(size);
        var engine = new NationEngine(new(world.Codes), world.Seekers);
        var asked = NationPeers.Chosen(world, engine).Single(x => x.IsTimed && x.Kind == "remote");
        var (columns, sets) = (engine.Parts[0], new VerdictSets());
        var (least, most) = BytesRead(columns, asked.Packed, engine.Numbering);
        var memory = new ulong[PlainBytes / 8];
        Array.Fill(memory, 1UL);
        var cached = memory.AsMemory(0, (int)(least / 8));
        var kept = 0UL;
        var timings = Measure.InTurns(
            Rounds,
            Contestant.Of("plain read of 512 MB", () => kept += Sum(memory)),
            // What was read just before has driven the columns out of every cache.
            Contestant.Of("filter scan, out of memory", () => columns.Judge(asked.Packed, sets)),
            Contestant.Of("filter scan, once more", () => columns.Judge(asked.Packed, sets)),
            Contestant.Of("plain read of as many bytes, twice", () => kept += Sum(cached.Span) + Sum(cached.Span)));
        var table = new Table("scan", $"Filter scan of {size:N0} seekers, one thread", Machine.Head("scan"), "What", "Bytes", "Time", "GB a second", "Share of the plain read");
        double[] bytes = [PlainBytes, least, least, 2 * least];
        var speed = timings.Select((timing, i) => bytes[i] / timing.Median / 1e6).ToArray();
        for (var i = 0; i < timings.Count; i++)
            table.Row(timings[i].Name, bytes[i].ToString("N0", CultureInfo.InvariantCulture), Table.Time(timings[i].Median) + Table.Steady(timings[i]), Table.Figures(speed[i]), i is 1 or 2 ? Table.Figures(speed[i] / speed[0]) : "");
        table.Line();
        table.Line(string.Create(CultureInfo.InvariantCulture, $"Medians of {Rounds} in turns, run twice. The remote position that `nation` times; {(double)least / columns.Rows:F1} bytes a seeker are read for certain and counted here, {(double)most / columns.Rows:F1} where no block ends early. (sum {kept % 2})"));
        if (size == Whole)
            table.Save();
    }

    private static ulong Sum(ReadOnlySpan<ulong> memory)
    {
        var (a, b, c, d) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        ref var first = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(memory);
        for (nuint i = 0; i + 32 <= (nuint)memory.Length; i += 32)
        {
            a += Vector512.LoadUnsafe(ref first, i);
            b += Vector512.LoadUnsafe(ref first, i + 8);
            c += Vector512.LoadUnsafe(ref first, i + 16);
            d += Vector512.LoadUnsafe(ref first, i + 24);
        }
        return Vector512.Sum(a + b + c + d);
    }

    /// <summary>The planes that a remote position's judging reads of every block with a survivor, and at most: whole cache lines.</summary>
    private static (long Least, long Most) BytesRead(SeekerColumns columns, PackedPosition position, Numbering numbering)
    {
        var layout = new SeekerLayout(numbering);
        var asks = new SeekerQuestion().Of(position, layout, numbering);
        var always = new HashSet<int>([SeekerLayout.Live, .. asks.NotMet, .. asks.Arranged, .. asks.Ask[..Math.Min(8, asks.Ask.Length)]]);
        if (position.Hours > 0)
            always.Add(SeekerLayout.HasMost);
        foreach (var (skill, unstated) in asks.Skills)
            always.UnionWith([skill, unstated]);
        var maybe = new HashSet<int>([.. always, .. asks.Ask]);
        foreach (var gap in asks.Gaps)
            maybe.UnionWith([gap.Below, Math.Max(0, gap.NotBelow)]);
        foreach (var able in asks.Able)
            maybe.UnionWith([able.Marked, Math.Max(0, able.NotBelow)]);
        var numbers = 0L;
        foreach (var block in columns.Blocks)
            numbers += (position.PayKnown ? block.FloorBits : 1) + (position.Hours > 0 ? block.HoursBits : 0);
        return (64 * (columns.Blocks.Length * (long)always.Count + numbers), 64 * (columns.Blocks.Length * (long)maybe.Count + numbers));
    }
}
