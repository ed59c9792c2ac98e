using System.Security.Cryptography;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// Sends a page of messages: for each, the person is read again, the claim taken, the gateway called, the outcome saved.
/// Dying between any two lines sends nothing twice: only the holder of a claim calls the gateway, and only in the first
/// moments after taking it; what became of a call that was never answered is found out by <see cref="CheckMessages"/>.
/// </summary>
public sealed class SendMessages(
    EventWatch watch, IMessages messages, IClaims claims, ISeekers seekers, SmsGateways gateways, GatewayShares shares, IWork work,
    WriteText write, IKeyedHash hash, SendSettings settings, TimeProvider time)
{
    private const int Waits = 3;
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(5);

    // For all pages of a process together, so that sign-in codes and callbacks are not kept waiting by an announcement:
    // more at once sends no faster where storage or gateway is what is waited for.
    private static readonly SemaphoreSlim Lane = new(32);

    public async Task Run(SendItem item, CancellationToken cancel)
    {
        var page = PageId.Parse(item.Page);
        var all = await messages.Page(page, cancel);
        if (all.Count == 0)
        {
            await WaitFor(item, cancel);
            return;
        }
        var due = all.Where(stored => stored.Value.State == MessageState.Created).ToList();
        if (due.Count == 0)
            return;
        var round = new Round(page, time.GetUtcNow() + settings.WorkFor);
        // The loop's own token is not used: one message's failure must not tear down calls that are on their way.
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = settings.AtOnce, CancellationToken = cancel },
            async (stored, _) => await InLane(round, stored, cancel));
        await shares.Tell(cancel);
        if (round.AgainIn is { } wait)
            await work.Put(Queues.SendMessage, (item with { Waited = 0 }).ToBody(), wait, cancel);
    }

    // Its planner writes a page within half a minute of putting this message, or dies and will put another.
    private async Task WaitFor(SendItem item, CancellationToken cancel)
    {
        if (item.Waited < Waits)
            await work.Put(Queues.SendMessage, (item with { Waited = item.Waited + 1 }).ToBody(), Wait, cancel);
        else
            Meters.DroppedWork.Add(1);
    }

    private async Task InLane(Round round, Stored<Message> stored, CancellationToken cancel)
    {
        await Lane.WaitAsync(cancel);
        try
        {
            await One(round, stored, cancel);
        }
        finally
        {
            Lane.Release();
        }
    }

    private async Task One(Round round, Stored<Message> stored, CancellationToken cancel)
    {
        if (time.GetUtcNow() >= round.Until)
            round.LeaveRest();
        else if (round.Halted || await watch.Look(round.Page.Event, cancel) is not { } seen || round.Page.Event is not null && seen.Fair is null)
            return;
        else if (WhyLapsed(seen.Fair, seen.Full, stored.Value) is { } late)
            await Lapse(stored, late, cancel);
        else if (seen.Channels.AllPaused is not null || !shares.AnyOpen(seen.Channels))
            round.Pause(settings.PausedFor);
        else if (!stored.Value.Kind.IsAnswer() && settings.Quiet.EndAfter(time.Now().DateTime) is { } end)
            await PutOff(round, stored, new(end, People.Offset), Reasons.QuietHours, cancel);
        else if (await StillOpen(stored.Value, cancel) is not { } named)
            await Lapse(stored, Reasons.PositionsClosed, cancel);
        else if (await seekers.BySubject(stored.Value.Id.Subject, cancel) is not { } person)
            await Lapse(stored, Reasons.Erased, cancel);
        else if (WhyNot(person.Value, stored.Value.Kind) is { } reason)
            await Lapse(stored, reason, cancel);
        else if (NotDeclined(named, person.Value, seen.Fair) is not { } wanted)
            await Lapse(stored, Reasons.PositionsDeclined, cancel);
        else
            await Send(round, seen, stored, wanted, person.Value, cancel);
    }

    // A stop ends all texts about the event but one: that it is cancelled, which is another decision and comes later.
    private string? WhyLapsed(RecruitmentEvent? fair, bool full, Message message) =>
        message.Kind == TextKind.Cancelled ? time.GetUtcNow() >= message.Deadline ? Reasons.DeadlinePassed : null
        : fair?.Status == EventStatus.Stopped ? Reasons.EventStopped
        : fair?.Status is EventStatus.Cancelled or EventStatus.Closed ? Reasons.EventCancelled
        : time.GetUtcNow() >= message.Deadline || time.GetUtcNow() >= fair?.StartsAt ? Reasons.DeadlinePassed
        : full && message.Kind == TextKind.Invitation ? Reasons.EventFull
        : null;

    /// <summary>The named positions that can still be applied for; null where there were some and none is left.</summary>
    private async Task<IReadOnlyList<NamedPosition>?> StillOpen(Message message, CancellationToken cancel)
    {
        List<NamedPosition> open = [];
        foreach (var named in message.Named)
            if (await watch.IsOpen(named.Position, cancel))
                open.Add(named);
        return open.Count > 0 || message.Named.Count == 0 ? open : null;
    }

    /// <summary>Those that nobody has declined since; null where there were some and none is left.</summary>
    private List<NamedPosition>? NotDeclined(IReadOnlyList<NamedPosition> named, SeekerFile person, RecruitmentEvent? fair)
    {
        var day = fair is null ? time.Today() : People.DayOf(fair.StartsAt); // As in its plan.
        var wanted = named.Where(one => !Holds(person.Facts.Declines, one) && !Holds(person.Facts.DeclinedBy, one)).ToList();
        return wanted.Count > 0 || named.Count == 0 ? wanted : null;

        bool Holds(IReadOnlyDictionary<string, Decline>? declines, NamedPosition one) =>
            declines is not null && declines.TryGetValue(one.Position, out var declined) && Policy.Holds(declined, day, remote: one.District is null);
    }

    // What a person just asked is answered also where they want no texts otherwise.
    private static string? WhyNot(SeekerFile person, TextKind kind) =>
        person.Phone is null ? Reasons.NoPhone
        : kind.IsAnswer() ? null
        : person.OptedOutAt is not null || !person.Wants(kind) ? Reasons.OptedOut
        : person.Consent.Matching is null || person.Consent.Sms is null ? Reasons.NoConsent
        : null;

    private async Task Lapse(Stored<Message> stored, string reason, CancellationToken cancel) => await messages.Change(
        stored, message => message.State == MessageState.Created ? message.After(Happening.Lapsed, time.GetUtcNow(), reason) : message, cancel);

    private async Task Send(Round round, Watched seen, Stored<Message> stored, IReadOnlyList<NamedPosition> named, SeekerFile person, CancellationToken cancel)
    {
        var written = await write.Run(stored.Value with { Named = named }, seen.Fair, person, cancel);
        if (written.Said is not { } said)
        {
            await Lapse(stored, written.Why!, cancel);
            return;
        }
        var phoneHash = await hash.OfPhone(stored.Value.Id, person.Phone!, cancel);
        if (await Take(round, seen, person.Id, stored, cancel) is not { } claim || gateways.Find(claim.Gateway!) is not { } gateway)
            return;
        var begun = await Begin(stored, claim, message => message with
        {
            Language = People.LanguageOf(person.Language),
            Gateway = gateway.Name,
            PhoneHash = phoneHash,
        }, cancel);
        if (begun is not { } sending)
            return;
        // Looked at again, since the claim took its time: between this and the call nothing waits.
        var sent = await MayLeave(round, sending.Value, claim, cancel) ? await Call(gateway, new(claim.Message.ToString(), person.Phone!, said), cancel) : new Sent.Later(TimeSpan.Zero);
        // From here on the outcome is worth more than a quick stop.
        await Save(round, sending, person.Id, gateway, claim, sent, CancellationToken.None);
    }

    // Slept on the way: whoever asks the gateway may already count on silence.
    private async Task<bool> MayLeave(Round round, Message message, Claim claim, CancellationToken cancel) =>
        await watch.Look(round.Page.Event, cancel) is { Channels.AllPaused: null } seen && WhyLapsed(seen.Fair, full: false, message) is null
        && time.GetUtcNow() - claim.At <= settings.ClaimToWire;

    private async Task<Sent> Call(ISmsGateway gateway, OutgoingText text, CancellationToken cancel)
    {
        var begun = time.GetUtcNow();
        var sent = await gateway.Send(text, cancel);
        shares.Count(gateway.Name, sent, time.GetUtcNow() - begun);
        return sent;
    }

    /// <summary>Reserves in the person's day and takes the claim. Null where it is held, the day is full, or no gateway may be used.</summary>
    private async Task<Claim?> Take(Round round, Watched seen, string seeker, Stored<Message> stored, CancellationToken cancel)
    {
        var id = stored.Value.Id;
        var by = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        for (var attempt = 1; ; attempt++)
        {
            var day = time.Today();
            var standing = await claims.Read(seeker, id, day, cancel);
            if (standing.Claim is { Value.Open: false } held)
                return held.Value.By == by ? held.Value : await Held(stored, held.Value, cancel);
            if (!standing.Reserved.Contains(id.ToString()) && IsFull(standing, stored.Value.Kind))
            {
                await PutOff(round, stored, new(time.Today().AddDays(1).ToDateTime(settings.DayOpens), People.Offset), Reasons.Capped, cancel);
                return null;
            }
            if (shares.Next(seen.Channels, standing.Claim?.Value.Gateway) is not { } gateway)
            {
                round.TryIn(settings.PausedFor);
                return null;
            }
            var claim = new Claim(id, (standing.Claim?.Value.Attempt ?? 0) + 1, time.GetUtcNow(), by, Open: false, gateway.Name);
            try
            {
                await claims.Take(seeker, standing, claim, day, cancel);
                return claim;
            }
            catch (ConflictException) when (attempt < Put<Claim>.Tries)
            {
            }
        }
    }

    private bool IsFull(Standing standing, TextKind kind)
    {
        if (kind.IsUncapped())
            return false;
        var answers = standing.Reserved.Count(id => MessageId.Parse(id).In.Kind.IsCappedApart());
        return kind.IsCappedApart() ? answers >= settings.AnswersPerDay : standing.Reserved.Count - answers >= settings.CapPerDay;
    }

    private async Task PutOff(Round round, Stored<Message> stored, DateTimeOffset until, string reason, CancellationToken cancel)
    {
        if (until < stored.Value.Deadline)
            round.TryIn(until - time.GetUtcNow());
        else
            await Lapse(stored, reason, cancel);
    }

    // Whoever holds the claim may have died before noting it: noted here, the message is looked after.
    private async Task<Claim?> Held(Stored<Message> stored, Claim held, CancellationToken cancel)
    {
        await messages.Change(stored, message => message.Attempt < held.Attempt && message.State == MessageState.Created
            ? message.After(Happening.Claimed, time.GetUtcNow()) with { Attempt = held.Attempt, SendingAt = held.At, Gateway = null, PhoneHash = null }
            : message, cancel);
        return null;
    }

    /// <summary>Notes that the gateway is about to be called. Null where the message has met its end meanwhile.</summary>
    private async Task<Stored<Message>?> Begin(Stored<Message> stored, Claim claim, Func<Message, Message> details, CancellationToken cancel)
    {
        var begun = await messages.Change(stored, message => message switch
        {
            { State: MessageState.Created } when message.Attempt < claim.Attempt => Noted(message.After(Happening.Claimed, time.GetUtcNow())),
            { State: MessageState.Sending, Gateway: null } when message.Attempt == claim.Attempt => Noted(message),
            _ => message,
        }, cancel);
        return begun.Value.State == MessageState.Sending && begun.Value.Attempt == claim.Attempt ? begun : null;

        Message Noted(Message message) => details(message) with { Attempt = claim.Attempt, SendingAt = claim.At };
    }

    private async Task Save(Round round, Stored<Message> sending, string seeker, ISmsGateway gateway, Claim claim, Sent sent, CancellationToken cancel)
    {
        switch (sent)
        {
            case Sent.Accepted accepted:
                await messages.AddVendorId(gateway.Name, accepted.VendorId, claim.Message, cancel);
                await messages.Change(sending, message => message.VendorId == accepted.VendorId
                    ? message.After(Happening.Accepted, time.GetUtcNow())
                    : message.After(Happening.Accepted, time.GetUtcNow()) with { VendorId = accepted.VendorId }, cancel);
                break;
            case Sent.Unknown:
                await messages.Change(sending, message => message.Attempt == claim.Attempt ? message.After(Happening.AnswerLost, time.GetUtcNow()) : message, cancel);
                break;
            case Sent.Refused refused:
                await messages.Change(sending, message => message.After(Happening.WillNotArrive, time.GetUtcNow(), refused.Code), cancel);
                break;
            case Sent.AccountRefused account:
                await shares.Refused(gateway.Name, account.Code, cancel);
                watch.Forget(round.Page.Event);
                round.TryIn(settings.TryAgainAfter); // Through another, where there is one.
                await Release(sending, seeker, claim, cancel);
                break;
            case Sent.Later later:
                round.TryIn(later.After ?? settings.TryAgainAfter);
                await Release(sending, seeker, claim, cancel);
                break;
        }
    }

    /// <summary>
    /// Opens the claim, then lets the message go back: in this order nobody takes the claim before both are done, and
    /// what a crash leaves half done looks like a call without an answer, which is looked after. The next attempt may choose
    /// another gateway: this one surely has nothing.
    /// </summary>
    private async Task Release(Stored<Message> sending, string seeker, Claim claim, CancellationToken cancel)
    {
        var standing = await claims.Read(seeker, claim.Message, People.DayOf(claim.At), cancel);
        if (standing.Claim is not { } held || held.Value.By != claim.By)
            return;
        try
        {
            if (!held.Value.Open)
                await claims.Save(seeker, held.Value with { Open = true, Gateway = null }, held.ETag, cancel);
        }
        catch (ConflictException)
        {
            return; // Whoever looks after the page was quicker and does the rest.
        }
        await messages.Change(sending, message => message.Attempt == claim.Attempt ? message.After(Happening.NotTaken, time.GetUtcNow()) : message, cancel);
    }

    /// <summary>What the calls of one run share. Each member is written by several at once; the last word is as good as the first.</summary>
    private sealed class Round(PageId page, DateTimeOffset until)
    {
        private readonly Lock gate = new();
        private TimeSpan? wait;
        private bool rest;

        public PageId Page => page;

        public DateTimeOffset Until => until;

        public bool Halted { get; private set; }

        /// <summary>When the page is to be taken up again; null = it is done. A gateway that asked for patience slows the rest too.</summary>
        public TimeSpan? AgainIn => wait is { } asked && !(rest && asked > TimeSpan.FromHours(1)) ? asked : rest ? TimeSpan.Zero : null;

        public void LeaveRest() => rest = true;

        public void Pause(TimeSpan @for)
        {
            TryIn(@for);
            Halted = true;
        }

        public void TryIn(TimeSpan @in)
        {
            lock (gate)
                wait = wait < @in ? wait : @in;
        }
    }
}
