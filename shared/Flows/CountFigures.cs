using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Counts every figure that the programmes report, from what is held now.</summary>
public sealed class CountFigures(IProgrammes programmes, ISeekers seekers, IEvents events, IGuests guests, IFollowUps followUps, TimeProvider time)
{
    private const int AtOnce = 16;

    /// <param name="period">Which steps count; for jobs gained, the current plan's years where it states none.</param>
    public async Task<IReadOnlyList<FigureValue>> Run(Period period, CancellationToken cancel)
    {
        var today = time.Today();
        var users = await seekers.CountByMonth(cancel);
        var (held, positions, jobs) = await Events(period == default ? PlanPeriods.Of(today) : period, cancel);
        return Figure.Count([.. (await programmes.All(null, cancel)).Select(file => file.Facts)], new(users, People.MonthOf(today), held, positions, jobs, await Answers(period, cancel)), period);
    }

    private async Task<IReadOnlyList<FollowedUp>> Answers(Period period, CancellationToken cancel) =>
    [
        .. from series in await followUps.All(cancel)
           from asked in series.Asked
           where asked is { Answer: not null, AnsweredAt: { } at } && period.Holds(People.DayOf(at))
           select new FollowedUp(series.Of, asked.Month, asked.Answer!.Value, series.Subject, series.About ?? series.Id),
    ];

    private async Task<(int Held, int Positions, int Jobs)> Events(Period period, CancellationToken cancel)
    {
        var (now, held, positions) = (time.GetUtcNow(), 0, 0);
        var jobs = new System.Collections.Concurrent.ConcurrentDictionary<(string Subject, string Position), bool>();
        await Parallel.ForEachAsync(await events.All(cancel), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (fair, token) =>
        {
            if (fair.EndsAt <= now && fair.Status != EventStatus.Cancelled)
            {
                Interlocked.Increment(ref held);
                Interlocked.Add(ref positions, (await events.Positions(fair.Id, token)).Count);
            }
            foreach (var guest in await guests.Of(fair.Id, token))
                foreach (var step in guest.Steps.Where(step => step.Stage == OutcomeStage.Started && period.Holds(People.DayOf(step.At))))
                    jobs[(guest.Subject, step.Position)] = true;
        });
        return (held, positions, jobs.Count);
    }
}
