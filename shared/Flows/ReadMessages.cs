using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>An event's funnel, as counts over its messages and guests. What no record says yet is 0.</summary>
public sealed record FunnelCounts(
    int Invited, int Delivered, int Failed, int Unknown, int Expired, int Replied, int Coming, int NotComing,
    int Registered = 0, int Attended = 0, int Applied = 0, int Interviewed = 0, int Intention = 0, int Offered = 0, int Signed = 0, int Started = 0,
    int Retained1 = 0, int Retained3 = 0, int Retained6 = 0, int Retained12 = 0, int Closed = 0);

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
        return new(
            states.Values.Sum(), Of(MessageState.Delivered), Of(MessageState.Failed), Of(MessageState.Unknown), Of(MessageState.Expired),
            people.Count(guest => guest.Replies.Count > 0), Says(GuestAnswer.Coming), Says(GuestAnswer.NotComing));
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
