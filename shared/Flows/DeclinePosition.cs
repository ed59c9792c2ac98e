using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// Takes a position out of what a person is shown and told, for six months or until they take that back. Twice is once. The
/// engine learns when, and whether it was the way; why stays with the person.
/// </summary>
public sealed class DeclinePosition(ISeekers seekers, IMarket market, PutSeeker put, TimeProvider time)
{
    /// <summary>How many may be hidden at a time: they all stand in one row.</summary>
    public const int Most = 100;

    /// <summary>What a person may say of one position. That it is their health is not asked: nothing would follow from it.</summary>
    private static readonly ClosingReason[] Said =
    [
        ClosingReason.NotInterested, ClosingReason.TooFar, ClosingReason.PayTooLow, ClosingReason.HoursDoNotFit, ClosingReason.AccommodationMissing, ClosingReason.JobNotAsDescribed,
    ];

    /// <summary>Work from home is not too far.</summary>
    public static IEnumerable<ClosingReason> ReasonsFor(Position position) => Said.Where(reason => reason != ClosingReason.TooFar || position.Place != Place.Remote);

    /// <returns>Null where it is done, else what has to be put right.</returns>
    public async Task<FieldError?> Run(string seeker, Position position, ClosingReason? reason, CancellationToken cancel)
    {
        if (reason is not { } why || !ReasonsFor(position).Contains(why))
            return Faults.Required("reason", "Choose why this job is not for you.", "请选择这个岗位为什么不合适。");
        var today = time.Today();
        var declined = new Decline(today, why == ClosingReason.TooFar);
        var file = await put.Change(seeker, file =>
        {
            var others = file.Facts.Declines.Where(x => x.Key != position.Id && Policy.Until(x.Value) > today).ToList();
            return others.Count >= Most || (file.Facts.Declines.TryGetValue(position.Id, out var held) && held == declined && file.WhyDeclined[position.Id] == why)
                ? file
                : With(file, [.. others, KeyValuePair.Create(position.Id, declined)], file.WhyDeclined.Append(KeyValuePair.Create(position.Id, why)));
        }, cancel);
        return file is null || file.Facts.Declines.ContainsKey(position.Id) ? null : Faults.OutOfRange(
            "reason", $"You have hidden {Most} jobs already. Show one of them again first, at the end of your matches.", $"您已隐藏 {Most} 个岗位。请先在匹配页末尾恢复一个。");
    }

    /// <summary>From now on it is shown again, where it suits.</summary>
    public Task Undo(string seeker, string position, CancellationToken cancel) => put.Change(
        seeker, file => file.Facts.Declines.ContainsKey(position) ? With(file, file.Facts.Declines.Where(x => x.Key != position), file.WhyDeclined) : file, cancel);

    /// <summary>What a person has hidden that would be there otherwise, the latest first.</summary>
    public async Task<IReadOnlyList<DeclinedPosition>> Read(string seeker, CancellationToken cancel)
    {
        if (await seekers.Find(seeker, cancel) is not { } stored)
            return [];
        var (file, open, today) = (stored.Value, (await market.View(cancel)).Positions, time.Today());
        return
        [
            .. from held in file.Facts.Declines
               let position = open.GetValueOrDefault(held.Key)?.Facts
               where position is not null && Policy.Holds(held.Value, today, position.Place == Place.Remote)
               orderby held.Value.On descending, held.Key
               select new DeclinedPosition(held.Key, position.Title, file.WhyDeclined.TryGetValue(held.Key, out var why) ? why : null, Policy.Until(held.Value)),
        ];
    }

    // A position stands in both or in neither; of two reasons the later is meant.
    private static SeekerFile With(SeekerFile file, IEnumerable<KeyValuePair<string, Decline>> declines, IEnumerable<KeyValuePair<string, ClosingReason>> why)
    {
        var held = declines.ToDictionary();
        return file with
        {
            Facts = file.Facts with { Declines = held },
            WhyDeclined = why.Where(x => held.ContainsKey(x.Key)).GroupBy(x => x.Key).ToDictionary(x => x.Key, x => x.Last().Value),
        };
    }
}

/// <param name="Reason">Null where it was not said.</param>
/// <param name="Until">The day from which it is shown again.</param>
public sealed record DeclinedPosition(string Position, string Title, ClosingReason? Reason, DateOnly Until);
