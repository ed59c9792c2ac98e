using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Writes the pages of a plan, so that each is there with what finds it or not at all.</summary>
public sealed class WritePages(IPlans plans, IMessages messages, IGuests guests, IWork work, SendSettings settings, TimeProvider time)
{
    private const int PageSize = 100;
    private const int Waits = 3;
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(5);

    /// <summary>Longer than a piece of work takes from one note of its progress to the next, a wait in the queue included.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromMinutes(1);

    /// <summary>People in pages of one bucket each.</summary>
    public static IReadOnlyList<Invitation[]> Of(IEnumerable<Invitation> people) =>
        [.. people.GroupBy(person => IGuests.Bucket(person.Subject)).SelectMany(bucket => bucket.Chunk(PageSize))];

    /// <summary>
    /// Puts one copy of the work for later, before anything else: a process that dies over a message again and again poisons
    /// it. One at a time: while a copy waits, nobody puts another, or work that is long in the doing would breed.
    /// </summary>
    /// <param name="item">Its page is 0 at the start and in copies, and above in what goes on with the pages.</param>
    /// <returns>False for a copy while another message goes on with the pages.</returns>
    public async Task<bool> Begin(WorkItem item, string cause, int wave, CancellationToken cancel)
    {
        if (item.Page > 0)
            return true;
        var (seen, now) = (await plans.Progress(cause, wave, cancel), time.GetUtcNow());
        var progress = seen?.Value ?? new(0, default, default);
        if (progress.AgainAt <= now)
        {
            await work.Put(Queues.Work, (item with { Waited = 0 }).ToBody(), settings.PutAgainAfter, cancel);
            await Note(cause, wave, seen, progress with { AgainAt = now + settings.PutAgainAfter }, cancel);
        }
        return now - progress.At >= UnderWay;
    }

    /// <summary>Writes the pages that are not written yet, for so long as one piece of work may take, and leaves the rest to the next.</summary>
    /// <param name="still">The event as it is now; null = nothing more is to be written.</param>
    /// <returns>Whether all are written.</returns>
    public async Task<bool> Rest(WorkItem item, PlanHead plan, DateTimeOffset until, Func<Task<RecruitmentEvent?>> still, CancellationToken cancel)
    {
        var seen = await plans.Progress(plan.Cause, plan.Wave, cancel);
        var progress = seen?.Value ?? new(0, default, default);
        for (var page = Math.Max(item.Page, progress.Written); page < plan.Pages; page++)
        {
            if (time.GetUtcNow() is var now && now >= until)
            {
                await work.Put(Queues.Work, (item with { Page = page, Waited = 0 }).ToBody(), TimeSpan.Zero, cancel);
                await Note(plan.Cause, plan.Wave, seen, progress with { Written = page, At = now }, cancel);
                return false;
            }
            if (await still() is not { } fair)
                return false;
            await Write(fair, plan, page, cancel);
        }
        return true;
    }

    // Whoever noted something in between did so of the same pages.
    private async Task Note(string cause, int wave, Stored<PlanProgress>? seen, PlanProgress next, CancellationToken cancel)
    {
        try
        {
            await plans.Save(cause, wave, next, seen?.ETag, cancel);
        }
        catch (ConflictException)
        {
        }
    }

    /// <summary>
    /// The page is listed to be looked after, its message is put hidden, its messages are written, its guests noted, the
    /// message shown. So no message is ever created without a queue message that will find it.
    /// </summary>
    public async Task Write(RecruitmentEvent fair, PlanHead plan, int page, CancellationToken cancel)
    {
        var id = new PageId(plan.Cause, plan.Wave, page);
        var now = time.GetUtcNow();
        // Whoever is on the way learns that it is cancelled, too.
        var deadline = id.Kind == TextKind.Cancelled ? fair.EndsAt : fair.StartsAt;
        Message[] created = [.. (await plans.Page(plan, page, cancel)).Select(person => new Message
        {
            Id = new(id, person.Subject),
            Deadline = deadline,
            Named = person.Named,
            News = plan.News,
            PolicyVersion = plan.PolicyVersion ?? Policy.Version,
            CreatedAt = now,
        })];
        await messages.Open(new(id, now + settings.AskAfter, deadline), cancel);
        var hidden = await work.Commit(Queues.SendMessage, new SendItem(id.ToString()).ToBody(), () => messages.Add(created, cancel), cancel);
        if (id.Kind == TextKind.Invitation)
            await guests.Invite([.. created.Select(message => message.Id)], cancel);
        await work.Show(hidden, cancel);
    }

    /// <summary>Waits for a commit whose message came first, a few times.</summary>
    public async Task WaitFor(WorkItem item, CancellationToken cancel)
    {
        if (item.Waited < Waits)
            await work.Put(Queues.Work, (item with { Waited = item.Waited + 1 }).ToBody(), Wait, cancel);
        else
            Meters.DroppedWork.Add(1); // The commit never came: the caller was told of an error.
    }
}
