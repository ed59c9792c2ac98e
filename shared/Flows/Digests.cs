using System.Globalization;
using System.Security.Cryptography;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>The timer's part of digests: on a digest's day, inside allowed hours, puts a message for each part of the people.</summary>
public sealed class DueDigests(IPlans plans, IMessages messages, IWork work, SendSettings settings, TimeProvider time)
{
    public async Task Run(CancellationToken cancel)
    {
        var (day, now) = (time.Today(), TimeOnly.FromDateTime(time.Now().DateTime));
        if (settings.DigestEvery == 0 || day.DayNumber % settings.DigestEvery != 0 || now < settings.DigestFrom || now >= settings.DigestUntil)
            return;
        for (var bucket = 0; bucket < IGuests.Buckets; bucket++)
            if (!await IsDone(WriteDigests.CauseOf(bucket), day.DayNumber, cancel))
                await work.Put(Queues.Work, new WorkItem(WorkKind.Digest, bucket.ToString(CultureInfo.InvariantCulture), day.DayNumber).ToBody(), TimeSpan.Zero, cancel);
    }

    private async Task<bool> IsDone(string cause, int wave, CancellationToken cancel) =>
        await plans.Find(cause, wave, cancel) is { } plan && (plan.Pages == 0 || (await messages.States(new(cause, wave, plan.Pages - 1), cancel)).Count > 0);
}

/// <summary>
/// Tells people what is new and fits since they were last told: positions of the days since the last digest that reached
/// them, today's left for the next one, that suit or suit if arranged. Decided once per part of the people and day.
/// </summary>
public sealed class WriteDigests(IMarket market, IPlans plans, IMessages messages, PutText putText, IWork work, SendSettings settings, TimeProvider time)
{
    private const int PageSize = 100;
    private const int Named = 3;

    /// <summary>How many digests back somebody may have been told last; what is older is no news.</summary>
    private const int Back = 4;

    /// <param name="item">Kind digest: which part of the people, the day's number, and the first page that is not written yet.</param>
    public async Task Run(WorkItem item, CancellationToken cancel)
    {
        var until = time.GetUtcNow() + settings.WorkFor;
        var day = DateOnly.FromDayNumber((int)item.Version);
        if (day != time.Today())
            return;
        var bucket = int.Parse(item.Ref, CultureInfo.InvariantCulture);
        var plan = await plans.Find(CauseOf(bucket), day.DayNumber, cancel) ?? await Make(bucket, day, cancel);
        for (var page = item.Page; page < plan.Pages; page++)
        {
            if (time.GetUtcNow() >= until)
            {
                await work.Put(Queues.Work, (item with { Page = page }).ToBody(), TimeSpan.Zero, cancel);
                return;
            }
            await Write(plan, page, day, cancel);
        }
    }

    internal static string CauseOf(int bucket) => string.Create(CultureInfo.InvariantCulture, $"{PageId.CauseOf("", TextKind.Digest)}.{bucket}");

    private async Task<PlanHead> Make(int bucket, DateOnly day, CancellationToken cancel)
    {
        var view = await market.View(cancel);
        var told = await Told(bucket, day, cancel);
        var oldest = day.AddDays(-Back * settings.DigestEvery);
        var news = view.Positions.Values.Select(position => position.Facts).Where(position => position.FirstPut >= oldest && position.FirstPut < day).ToDictionary(position => position.Id);
        // What is new since when: as many answers as there were digests to be told by.
        var since = told.Values.Append(oldest).Distinct().ToDictionary(then => then, then => new PositionShard(
            view.Shards.Numbering, day, news.Values.Where(position => position.FirstPut >= then).Select(position => (position, 0))).Columns);
        var people = view.Seekers.Values.Where(seeker => seeker.Sms && IGuests.Bucket(seeker.Facts.Id) == bucket).OrderBy(seeker => seeker.Facts.Id, StringComparer.Ordinal)
            .AsParallel().AsOrdered()
            .Select(seeker => new Invitation(seeker.Facts.Id, Fitting(seeker.Facts, since[told.GetValueOrDefault(seeker.Facts.Id, oldest)], view.Shards.Numbering, news, day)))
            .Where(person => person.Named.Count > 0).ToList();
        var pages = people.Chunk(PageSize).ToList();
        var plan = new PlanHead(CauseOf(bucket), day.DayNumber, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), pages.Count, people.Count, time.GetUtcNow(),
            PolicyVersion: Policy.VersionOn(day, view.Shards.Numbering.Codes));
        foreach (var (page, some) in pages.Index())
            await plans.Add(plan, page, some, cancel);
        return await plans.Complete(plan, cancel);
    }

    private static IReadOnlyList<NamedPosition> Fitting(Seeker seeker, PositionColumns columns, Numbering numbering, Dictionary<string, Position> news, DateOnly day)
    {
        if (columns.Count == 0)
            return [];
        var best = new Ranking[Math.Min(Named, columns.Count)];
        columns.Best(numbering.Pack(seeker), best, out var filled);
        return [.. best.Take(filled).Select(rank => Policy.Judge(seeker, news[columns.IdAt(rank.Row)], day, numbering.Codes))
            .TakeWhile(match => match.Verdict is Verdict.Suits or Verdict.SuitsIfArranged).Select(NamedPosition.From)];
    }

    /// <summary>Subject → the day of the last digest that went out to that person. One that lapsed told nobody anything.</summary>
    private async Task<IReadOnlyDictionary<string, DateOnly>> Told(int bucket, DateOnly day, CancellationToken cancel)
    {
        var told = new Dictionary<string, DateOnly>();
        for (var back = 1; back <= Back; back++)
        {
            var then = day.AddDays(-back * settings.DigestEvery);
            if (await plans.Find(CauseOf(bucket), then.DayNumber, cancel) is { } plan)
                for (var page = 0; page < plan.Pages; page++)
                    foreach (var line in await messages.States(new(plan.Cause, plan.Wave, page), cancel))
                        if (line.State is not (MessageState.Created or MessageState.Expired or MessageState.Failed))
                            told.TryAdd(line.Id.Subject, then);
        }
        return told;
    }

    private async Task Write(PlanHead plan, int page, DateOnly day, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await putText.Run([.. (await plans.Page(plan, page, cancel)).Select(person => new Message
        {
            Id = new(new(plan.Cause, plan.Wave, page), person.Subject),
            Deadline = new(day.ToDateTime(settings.DigestUntil), People.Offset),
            Named = person.Named,
            PolicyVersion = plan.PolicyVersion ?? Policy.Version,
            CreatedAt = now,
        })], cancel);
    }
}
