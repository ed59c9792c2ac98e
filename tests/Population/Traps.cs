using System.Globalization;
using JobMatch.Matching;

namespace JobMatch.Population;

/// <summary>A small world made to catch out whoever takes short cuts.</summary>
public sealed record Trap(string Name, IReadOnlyList<Seeker> Seekers, IReadOnlyList<Position> Positions)
{
    private const int Many = 257; // not a multiple of 64, and one more than a power of two

    /// <summary>Every trap, the same on every machine.</summary>
    public static IReadOnlyList<Trap> All(DateOnly today)
    {
        var city = new Populace(4, today);
        var (people, jobs) = (city.Seekers(Many).ToList(), city.Positions(129).ToList());
        var (plain, open) = (Plain, Open(today));
        return
        [
            new("nobody suits", people, [.. jobs.Select(job => job with { ClosesOn = today.AddDays(-1) })]),
            new("nothing known against anybody", [.. Numbered(Many, i => plain with { Id = Id("S", i) })], [.. Numbered(65, i => open with { Id = Id("P", i) })]),
            new("needs are all bits", [.. Numbered(Many, i => plain with { Id = Id("S", i), Needs = Needs(i) })], [.. Numbered(66, i => open with { Id = Id("P", i), Accommodations = Answers(i, today) })]),
            new("one of each", [plain], [open]),
            new("one past a word", [.. people.Take(65)], [.. jobs.Take(65)]),
            new("nine of ten live in one district", [.. people.Select((person, i) => i % 10 == 0 ? person : person with { District = "500157" })], jobs),
            new("scores ascend with the row", [.. Numbered(Many, i => plain with { Id = Id("S", i), MinPayMonthly = 6_000 - i * 10 })], [.. Numbered(40, i => open with { Id = Id("P", i), Pay = new(null, 6_000 + i * 10, PayPeriod.Month, true) })]),
            new("scores ascend and ids descend", [.. Numbered(Many, i => plain with { Id = Id("S", Many - i), MinPayMonthly = 5_000 - i / 3 * 10 })], [.. Numbered(40, i => open with { Id = Id("P", 40 - i), FirstPut = today.AddDays(i - 50) })]),
            new("declines on both sides", [.. people.Take(120).Select((person, i) => person with { Declines = Declines(jobs[i % 60].Id, i, today) })], [.. jobs.Take(60).Select((job, i) => job with { Declines = Declines(people[i * 7 % 120].Id, i, today) })]),
            new("numbers past any width", [.. Numbered(70, i => plain with { Id = Id("S", i), MinPayMonthly = Wide(i), HoursPerWeek = new(Wide(i + 3), Wide(i + 5)), CommuteMinutes = 600 - i * 8 })],
                [.. Numbered(70, i => open with { Id = Id("P", i), HoursPerWeek = Wide(i + 1), Pay = new(null, Wide(i * 3), (PayPeriod)(i % 9), i % 2 == 0), District = city.Districts[i % city.Districts.Count].District.Code })]),
        ];
    }

    private static IEnumerable<T> Numbered<T>(int count, Func<int, T> make) => Enumerable.Range(0, count).Select(make);

    private static string Id(string side, int number) => side + number.ToString(CultureInfo.InvariantCulture);

    private static Seeker Plain => new() { Id = "S", District = "500103", Capacity = Enum.GetValues<Axis>().ToDictionary(axis => axis, _ => 2), Skills = ["TYPING"], Occupations = ["OFFICE_CLERK"] };

    private static Position Open(DateOnly today) => new()
    {
        Id = "P",
        Title = "文员",
        Occupation = "OFFICE_CLERK",
        District = "500103",
        ClosesOn = today,
        FirstPut = today,
        Contract = Contract.FixedTerm,
        Shifts = [Shift.Day],
        HoursPerWeek = 40,
        Pay = new(4_000, 5_000, PayPeriod.Month, true),
        Demands = Enum.GetValues<Axis>().ToDictionary(axis => axis, _ => 2),
        SkillsRequired = ["TYPING"],
    };

    // All marked; some of them must, and at the ends all or none.
    private static Dictionary<string, Mark> Needs(int row) =>
        CodeLists.Default.Accommodations.Select((x, bit) => (x.Code, Must: row == 0 || row % 5 > 0 && (bit * 31 + row) % 17 == 0)).ToDictionary(x => x.Code, x => x.Must ? Mark.Must : Mark.Helps);

    private static Dictionary<string, StatedAnswer> Answers(int row, DateOnly today) =>
        CodeLists.Default.Accommodations.Select((x, bit) => (x.Code, Answer: row == 0 ? Answer.Offered : (Answer)((bit * 7 + row) % 23 % 4 % 3)))
            .Where((_, bit) => row % 3 == 0 || (bit + row) % 11 > 0).ToDictionary(x => x.Code, x => new StatedAnswer(x.Answer, today));

    private static Dictionary<string, Decline> Declines(string id, int row, DateOnly today) => new() { [id] = new(today.AddDays(-row * 4), row % 3 == 0) };

    private static int Wide(int i) => (i % 8) switch { 0 => 1, 1 => 40, 2 => 255, 3 => 65_536, 4 => 16_777_217, 5 => 100_000, 6 => int.MaxValue, _ => int.MaxValue - 1 };
}
