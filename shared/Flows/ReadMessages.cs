using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// An event's funnel, as counts over its messages and guests: each member counts people of whom a record says so, whether or
/// not one says the step before it. Registered = said yes or was signed up. What no record says yet is 0.
/// </summary>
public sealed record FunnelCounts(
    int Invited, int Delivered, int Failed, int Unknown, int Expired, int Replied, int Coming, int NotComing,
    int Registered = 0, int Attended = 0, int Applied = 0, int Interviewed = 0, int Intention = 0, int Offered = 0, int Signed = 0, int Started = 0,
    int Retained1 = 0, int Retained3 = 0, int Retained6 = 0, int Retained12 = 0, int Closed = 0)
{
    internal FunnelCounts Plus(FunnelCounts x) => new(
        Invited + x.Invited, Delivered + x.Delivered, Failed + x.Failed, Unknown + x.Unknown, Expired + x.Expired, Replied + x.Replied, Coming + x.Coming, NotComing + x.NotComing,
        Registered + x.Registered, Attended + x.Attended, Applied + x.Applied, Interviewed + x.Interviewed, Intention + x.Intention, Offered + x.Offered, Signed + x.Signed, Started + x.Started,
        Retained1 + x.Retained1, Retained3 + x.Retained3, Retained6 + x.Retained6, Retained12 + x.Retained12, Closed + x.Closed);
}

/// <summary>Counts an event's funnel.</summary>
public sealed class Funnel(IEvents events, IPlans plans, IMessages messages, IGuests guests)
{
    /// <returns>Null where there is no such event.</returns>
    public async Task<FunnelCounts?> Run(string id, CancellationToken cancel)
    {
        if (await events.Find(id, cancel) is not { } stored)
            return null;
        var states = new Dictionary<MessageState, int>();
        foreach (var page in await plans.Pages(stored.Value, cancel))
            foreach (var message in await messages.States(page, cancel))
                states[message.State] = states.GetValueOrDefault(message.State) + 1;
        var people = await guests.Of(id, cancel);
        int Of(MessageState state) => states.GetValueOrDefault(state);
        int Says(GuestAnswer answer) => people.Count(guest => guest.Answer == answer);
        int Came(OutcomeStage stage) => people.Count(guest => guest.Steps.Any(step => step.Stage == stage));
        int There(int month) => people.Count(guest => guest.Retained.Any(step => step.Month == month));
        return new(
            states.Values.Sum(), Of(MessageState.Delivered), Of(MessageState.Failed), Of(MessageState.Unknown), Of(MessageState.Expired),
            people.Count(guest => guest.Replies.Count > 0), Says(GuestAnswer.Coming), Says(GuestAnswer.NotComing),
            people.Count(guest => guest.Answer == GuestAnswer.Coming || guest.RegisteredAt is not null), people.Count(guest => guest.AttendedAt is not null),
            Came(OutcomeStage.Applied), Came(OutcomeStage.Interviewed), Came(OutcomeStage.Intention), Came(OutcomeStage.Offered), Came(OutcomeStage.Signed), Came(OutcomeStage.Started),
            There(1), There(3), There(6), There(12), Came(OutcomeStage.Closed));
    }
}

/// <summary>Adds up the funnels of all events that begin on some days.</summary>
public sealed class TotalFunnel(IEvents events, Funnel funnel)
{
    /// <summary>Days that can be asked for at once.</summary>
    public const int Most = 400;

    /// <summary>The last 30 days and the next 30 where no others are named.</summary>
    public static (DateOnly From, DateOnly To) Days(DateOnly? from, DateOnly? to, DateOnly today) => (from ?? today.AddDays(-30), to ?? today.AddDays(30));

    public async Task<FunnelCounts> Run(DateOnly from, DateOnly to, CancellationToken cancel)
    {
        var sum = new FunnelCounts(0, 0, 0, 0, 0, 0, 0, 0);
        for (var day = from; day <= to; day = day.AddDays(1))
            foreach (var fair in await events.On(day, cancel))
                if (await funnel.Run(fair.Id, cancel) is { } counts)
                    sum = sum.Plus(counts);
        return sum;
    }
}

/// <summary>A message as lists show it.</summary>
public sealed record MessageLine(MessageId Id, MessageState State, DateTimeOffset CreatedAt);

/// <param name="Next">Where the next part begins; null at the end.</param>
public sealed record MessageLines(IReadOnlyList<MessageLine> Items, string? Next);

/// <summary>Lists an event's messages, a page of messages at a time.</summary>
public sealed class MessagesOfEvent(IEvents events, IPlans plans, IMessages messages)
{
    private const int Enough = 100;

    /// <param name="state">Only these; null = all.</param>
    /// <param name="from">The last answer's <see cref="MessageLines.Next"/>; null = from the start.</param>
    /// <returns>Null where there is no such event.</returns>
    public async Task<MessageLines?> Run(string id, MessageState? state, string? from, CancellationToken cancel)
    {
        if (await events.Find(id, cancel) is not { } stored)
            return null;
        var pages = (await plans.AllPages(stored.Value, cancel)).SkipWhile(page => from is not null && page.ToString() != from);
        List<MessageLine> lines = [];
        foreach (var page in pages)
        {
            if (lines.Count >= Enough)
                return new(lines, page.ToString());
            lines.AddRange((await messages.States(page, cancel)).Where(line => state is null || line.State == state));
        }
        return new(lines, null);
    }
}

/// <summary>A message with its history: neither text nor number.</summary>
public sealed record MessageStory(Message Message, IReadOnlyList<Receipt> Receipts);

/// <summary>Reads one message.</summary>
public sealed class OneMessage(IMessages messages)
{
    /// <returns>Null where there is no such message.</returns>
    public async Task<MessageStory?> Run(string id, CancellationToken cancel) =>
        MessageId.TryParse(id, out var parsed) && await messages.Find(parsed, cancel) is { } stored
            ? new(stored.Value, await messages.Receipts(parsed, cancel))
            : null;
}

internal static class EventPages
{
    /// <summary>The pages of all waves that invite to an event, oldest first.</summary>
    public static Task<IReadOnlyList<PageId>> Pages(this IPlans plans, RecruitmentEvent fair, CancellationToken cancel) =>
        Pages(plans, fair.Id, fair.Wave, cancel);

    /// <summary>Those, and the pages of what those who said yes were told later.</summary>
    public static async Task<IReadOnlyList<PageId>> AllPages(this IPlans plans, RecruitmentEvent fair, CancellationToken cancel) =>
    [
        .. await plans.Pages(fair, cancel),
        .. await Pages(plans, PageId.CauseOf(fair.Id, TextKind.Changed), fair.Changes, cancel),
        .. await Pages(plans, PageId.CauseOf(fair.Id, TextKind.Cancelled), fair.Status == EventStatus.Cancelled ? 1 : 0, cancel),
    ];

    private static async Task<IReadOnlyList<PageId>> Pages(IPlans plans, string cause, int waves, CancellationToken cancel)
    {
        List<PageId> pages = [];
        for (var wave = 1; wave <= waves; wave++)
            if (await plans.Find(cause, wave, cancel) is { } plan)
                pages.AddRange(Enumerable.Range(0, plan.Pages).Select(page => new PageId(cause, wave, page)));
        return pages;
    }
}
