using System.Collections.Concurrent;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// Looks after one page: asks the gateway about texts whose fate is not known, opens the claim of those that it surely
/// never took, and lets the rest end at their deadline. Nothing is ever repeated blindly.
/// </summary>
public sealed class CheckMessages(
    IMessages messages, IClaims claims, ISeekers seekers, SmsGateways gateways, GatewayShares shares, IWork work, IKeyedHash hash, SendSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    // Whoever listed a page writes it within twenty seconds of its message, however late that came: then it has to be looked after like others.
    private static readonly TimeSpan Unwritten = TimeSpan.FromMinutes(5);

    /// <param name="item">Kind checkMessages: the page.</param>
    public async Task Run(WorkItem item, CancellationToken cancel)
    {
        var page = PageId.Parse(item.Ref);
        if (await messages.FindOpen(page, cancel) is not { } open)
            return;
        var all = await messages.Page(page, cancel);
        var due = all.Where(stored => IsDue(stored.Value)).ToList();
        ConcurrentBag<NeverTaken> neverTaken = [];
        var rest = false;
        var until = time.GetUtcNow() + settings.WorkFor;
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = settings.AtOnce, CancellationToken = cancel }, async (stored, _) =>
        {
            if (time.GetUtcNow() >= until)
                rest = true;
            else if (await Look(stored, cancel) is { } never)
                neverTaken.Add(never);
        });
        if (!neverTaken.IsEmpty)
            await OpenAgain(page, neverTaken, cancel);
        // Claims keep a second queue message for one page from doing harm.
        var again = all.Any(stored => IsLeft(stored.Value, open.Value));
        if (again)
            await work.Put(Queues.SendMessage, new SendItem(page.ToString()).ToBody(), TimeSpan.Zero, cancel);
        await Schedule(page, again ? open with { Value = open.Value with { PutAgain = open.Value.PutAgain + 1 } } : open, rest, cancel);
    }

    /// <summary>
    /// Still unclaimed after so long that its queue message may lie in the poison queue; each time twice as long. Who had the
    /// day's share waits for the next day to open, and is not woken at midnight.
    /// </summary>
    private bool IsLeft(Message message, OpenPage open) =>
        message.State == MessageState.Created && !Past(message)
        && time.GetUtcNow() - message.CreatedAt >= settings.PutAgainAfter * ((1 << Math.Min(open.PutAgain + 1, 10)) - 1)
        && (People.DayOf(message.CreatedAt) == time.Today() || TimeOnly.FromDateTime(time.Now().DateTime) >= settings.DayOpens);

    private bool IsDue(Message message) => message.State switch
    {
        MessageState.Created => Past(message),
        MessageState.Sending or MessageState.Unknown => Age(message) >= NothingUnderWay(message),
        MessageState.Accepted => Age(message) >= settings.ReceiptAfter,
        _ => false,
    };

    /// <summary>The age from which on no call for this message can be under way: what the gateway says then is so.</summary>
    private TimeSpan NothingUnderWay(Message message)
    {
        var call = settings.ClaimToWire + (GatewayOf(message)?.SendTimeout ?? TimeSpan.Zero);
        return settings.AskAfter > call ? settings.AskAfter : call;
    }

    private async Task<NeverTaken?> Look(Stored<Message> stored, CancellationToken cancel)
    {
        var message = stored.Value;
        if (message.State == MessageState.Created)
        {
            await Lapse(stored, cancel);
            return null;
        }
        var person = await seekers.BySubject(message.Id.Subject, cancel);
        switch (await Ask(message, person?.Value, cancel))
        {
            case Known.Taken taken:
                if (message.State == MessageState.Accepted && taken.Report is null)
                    shares.Count(message.Gateway!, Handover.Lost); // It takes texts and says no more of them.
                await Taken(stored, taken, cancel);
                return null;
            case Known.NeverSeen when person is { } there && message.State != MessageState.Accepted && !Past(message):
                return new(stored, there.Value.Id);
            default:
                if (Past(message))
                    await Lapse(stored, cancel);
                return null;
        }
    }

    private async Task<Known> Ask(Message message, SeekerFile? person, CancellationToken cancel)
    {
        // Whoever took the claim died before noting the gateway, so before calling it.
        if (message.Gateway is null)
            return new Known.NeverSeen();
        if (GatewayOf(message) is not { } gateway)
            return new Known.CannotTell("gateway not in use");
        // Vendors are asked by phone: another number than the one texted would seem never seen.
        if (person?.Phone is not { } phone || await hash.OfPhone(message.Id, phone, cancel) != message.PhoneHash)
            return new Known.CannotTell("phone changed");
        return await gateway.Ask(new(message.Id.ToString(), message.VendorId, phone, People.DayOf(message.SendingAt!.Value)), cancel);
    }

    private async Task Taken(Stored<Message> stored, Known.Taken taken, CancellationToken cancel)
    {
        if (taken.VendorId is { } vendorId)
            await messages.AddVendorId(stored.Value.Gateway!, vendorId, stored.Value.Id, cancel);
        var now = time.GetUtcNow();
        var accepted = await messages.Change(stored, message => taken.VendorId is null || message.VendorId == taken.VendorId
            ? message.After(Happening.Accepted, now)
            : message.After(Happening.Accepted, now) with { VendorId = taken.VendorId }, cancel);
        if (taken.Report is { } report)
            await messages.Apply(accepted, report, now, now, cancel);
        else if (Past(accepted.Value))
            await Lapse(accepted, cancel);
    }

    private async Task Lapse(Stored<Message> stored, CancellationToken cancel) =>
        await messages.Change(stored, message => message.After(Happening.Lapsed, time.GetUtcNow(), Reasons.DeadlinePassed), cancel);

    /// <summary>
    /// Lets each be claimed once more. The page's message goes first and hidden, so that a crash after any line leaves one
    /// that finds what was opened; a crash before it leaves a message that is asked about again.
    /// </summary>
    private async Task OpenAgain(PageId page, IEnumerable<NeverTaken> all, CancellationToken cancel)
    {
        var hidden = await work.PutHidden(Queues.SendMessage, new SendItem(page.ToString()).ToBody(), cancel);
        foreach (var (stored, seeker) in all)
            await OpenAgain(stored, seeker, cancel);
        await work.Show(hidden, cancel);
    }

    private async Task OpenAgain(Stored<Message> stored, string seeker, CancellationToken cancel)
    {
        var asked = stored.Value;
        var standing = await claims.Read(seeker, asked.Id, time.Today(), cancel);
        if (standing.Claim is not { } claim)
            return;
        if (claim.Value.Attempt > asked.Attempt && !claim.Value.Open)
        {
            // Whoever opened the last attempt died before noting it, and another was begun: noted here, it is looked after.
            await messages.Change(stored, message => message.Attempt == asked.Attempt ? Begun(message, claim.Value) : message, cancel);
            return;
        }
        try
        {
            if (!claim.Value.Open)
                await claims.Save(seeker, claim.Value with { Open = true }, claim.ETag, cancel);
        }
        catch (ConflictException)
        {
            return; // Somebody else opened it; the page is looked after again.
        }
        await messages.Change(stored, message => message.Attempt == asked.Attempt ? message.After(Happening.NotTaken, time.GetUtcNow()) : message, cancel);
    }

    private Message Begun(Message message, Claim claim) =>
        message.After(Happening.NotTaken, time.GetUtcNow()).After(Happening.Claimed, time.GetUtcNow()) with
        {
            Attempt = claim.Attempt,
            SendingAt = claim.At,
            Gateway = null,
            PhoneHash = null,
        };

    /// <param name="rest">There was no time for all: the timer is to come back at once. It, not a message of our own, so that slow storage does not multiply what it slows.</param>
    private async Task Schedule(PageId page, Stored<OpenPage> open, bool rest, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var all = await messages.Page(page, cancel);
        var left = all.Select(stored => stored.Value).Where(message => message.State == MessageState.Created || message.State.IsOpen()).ToList();
        // A page without messages is one that is about to be written: its planner listed it first.
        if (left.Count == 0 && (all.Count > 0 || now > open.Value.Deadline + Longest))
        {
            await messages.Close(page, cancel);
            return;
        }
        try
        {
            await messages.Save(open.Value with { CheckAt = rest ? now : now + left.Select(NextIn).Append(all.Count > 0 ? Longest : Unwritten).Min() }, open.ETag, cancel);
        }
        catch (ConflictException)
        {
            // Another run has set the time.
        }
    }

    // Ever more rarely: a vendor that could not tell for an hour will hardly tell within the next minute.
    private TimeSpan NextIn(Message message)
    {
        var toDeadline = message.Deadline - time.GetUtcNow();
        var wait = message.State switch
        {
            MessageState.Created => settings.PutAgainAfter < Longest ? settings.PutAgainAfter : Longest,
            MessageState.Accepted => Older(settings.ReceiptAfter, Age(message) / 2),
            _ => Older(settings.AskAfter, Age(message) / 2),
        };
        return toDeadline > TimeSpan.Zero && toDeadline < wait ? toDeadline : wait;
    }

    private static TimeSpan Older(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private bool Past(Message message) => time.GetUtcNow() >= message.Deadline;

    private TimeSpan Age(Message message) => time.GetUtcNow() - (message.SendingAt ?? message.CreatedAt);

    private ISmsGateway? GatewayOf(Message message) => message.Gateway is { } name ? gateways.Find(name) : null;

    private sealed record NeverTaken(Stored<Message> Stored, string Seeker);
}
