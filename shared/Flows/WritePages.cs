using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Writes the pages of a plan, so that each is there with what finds it or not at all.</summary>
public sealed class WritePages(IPlans plans, IMessages messages, IGuests guests, IWork work, SendSettings settings, TimeProvider time)
{
    private const int PageSize = 100;
    private const int Waits = 3;
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(5);

    /// <summary>People in pages of one bucket each.</summary>
    public static IReadOnlyList<Invitation[]> Of(IEnumerable<Invitation> people) =>
        [.. people.GroupBy(person => IGuests.Bucket(person.Subject)).SelectMany(bucket => bucket.Chunk(PageSize))];

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
            PolicyVersion = Policy.Version,
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
