using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>Recruitment events: what staff write, tie and announce, and what comes back.</summary>
public static class Events
{
    public static void MapEvents(this Triggers triggers)
    {
        triggers.Http("PUT", "/api/events/{id}", "events.write", Put)
            .Describe(x => x.WithSummary("Writes a recruitment event.").Accepts<EventShape>("application/json").Produces<EventAnswer>(201).Produces<EventAnswer>());
        triggers.Http("GET", "/api/events/{id}", "events.read", Get)
            .Describe(x => x.WithSummary("A recruitment event and how far it is.").Produces<EventAnswer>());
        triggers.Http("GET", "/api/events", "events.read", All)
            .Describe(x => x.WithSummary("All recruitment events by their start.").Produces<ListAnswer<EventAnswer>>());
        triggers.Http("PUT", "/api/events/{id}/positions/{positionId}", "events.tie", Tie)
            .Describe(x => x.WithSummary("Ties a position to an event; twice is once.").Produces(204));
        triggers.Http("DELETE", "/api/events/{id}/positions/{positionId}", "events.tie", Untie)
            .Describe(x => x.WithSummary("Takes a position off an event; twice is once.").Produces(204));
        triggers.Http("GET", "/api/events/{id}/audience", "events.audience", Audience)
            .Describe(x => x.WithSummary("Whom an announcement would reach, and why not others, as counts that add up.").Produces<AudienceAnswer>());
        triggers.Http("POST", "/api/events/{id}/announce", "events.announce", Announce).Audited(AuditAct.AnnouncementAsked)
            .Describe(x => x.WithSummary("Starts telling people, all or as many as a budget allows; safe to repeat.").Accepts<AnnounceShape>(isOptional: true, "application/json").Produces<AnnouncementAnswer>(202));
        triggers.Http("GET", "/api/days/{date}/audience", "events.audience", AudienceOfDay)
            .Describe(x => x.WithSummary("Whom one announcement of all of a day's events would reach under one budget; names a plan that can be announced for ten minutes.").Produces<AudienceAnswer>());
        triggers.Http("POST", "/api/days/{date}/announce", "events.announce", AnnounceDay).Audited(AuditAct.AnnouncementAsked, "date")
            .Describe(x => x.WithSummary("Announces all of a day's events by one plan; safe to repeat with the plan's name.").Accepts<AnnounceShape>(isOptional: true, "application/json").Produces<DayAnnouncementAnswer>(202));
        triggers.Http("POST", "/api/days/{date}/approve", "events.approve", ApproveDay).Audited(AuditAct.AnnouncementApproved, "date")
            .Describe(x => x.WithSummary("Approves every announcement of a day that waits for it; another member of staff than the one who asked.").Produces<DayAnnouncementAnswer>(202));
        triggers.Http("POST", "/api/events/{id}/approve", "events.approve", Approve).Audited(AuditAct.AnnouncementApproved)
            .Describe(x => x.WithSummary("Lets an announcement to many people go on; another member of staff than the one who asked. Safe to repeat.").Produces<AnnouncementAnswer>(202));
        triggers.Http("POST", "/api/events/{id}/cancel", "events.cancel", Cancel).Audited(AuditAct.EventCancelled)
            .Describe(x => x.WithSummary("Cancels an event and tells those who said yes, once; safe to repeat.").Produces<AnnouncementAnswer>(202));
        triggers.Http("POST", "/api/events/{id}/stop", "events.stop", Stop).Audited(AuditAct.EventStopped)
            .Describe(x => x.WithSummary("Stops an announcement for good: nobody is texted after two seconds; safe to repeat.").Produces<StoppedAnswer>(202));
        triggers.Http("GET", "/api/events/{id}/fairness", "events.fairness", Fairness)
            .Describe(x => x.WithSummary("How far an announcement reaches each group of people, and whether the least reached gets four fifths of the most.").Produces<FairnessAnswer>());
        triggers.Http("GET", "/api/events/{id}/funnel", "events.funnel", Funnel)
            .Describe(x => x.WithSummary("How far the invited people have come, as counts.").Produces<FunnelCounts>());
        triggers.Http("GET", "/api/events/{id}/messages", "messages.read", Messages)
            .Describe(x => x.WithSummary("An event's messages by id and state, in parts.").Produces<MessagesAnswer>());
        triggers.Http("GET", "/api/messages/{id}", "messages.read", Message)
            .Describe(x => x.WithSummary("State and history of one message; no text, no number.").Produces<MessageAnswer>());
    }

    private static async Task<IResult> Put(HttpContext context, string id, PutEvent flow, CodeLists codes, TimeProvider time, CancellationToken cancel)
    {
        var (wanted, problem) = await Requests.Read<EventShape, RecruitmentEvent>(context, id, shape => shape.ToEvent(id, time.Today(), codes));
        if (wanted is null)
            return problem!;
        var put = await flow.Run(wanted, Requests.IfMatch(context), cancel);
        return Answers.OfPut(context, "event", put, x => x.Version, x => EventAnswer.Of(x));
    }

    private static async Task<IResult> Get(HttpContext context, string id, IEvents events, CancellationToken cancel)
    {
        if (await events.Find(id, cancel) is not { } stored)
            return Problems.NotFound(context);
        Requests.ETag(context, stored.Value.Version);
        return Answers.Json(context, "event", EventAnswer.Of(stored.Value));
    }

    private static async Task<IResult> All(HttpContext context, IEvents events, CancellationToken cancel)
    {
        var all = await events.All(cancel);
        return Answers.List(context, "event", all.Select(EventAnswer.Of), all.Count);
    }

    private static Task<IResult> Tie(HttpContext context, string id, string positionId, PutEvent flow, CancellationToken cancel) =>
        Tied(context, id, positionId, tied: true, flow, cancel);

    private static Task<IResult> Untie(HttpContext context, string id, string positionId, PutEvent flow, CancellationToken cancel) =>
        Tied(context, id, positionId, tied: false, flow, cancel);

    private static async Task<IResult> Tied(HttpContext context, string id, string positionId, bool tied, PutEvent flow, CancellationToken cancel)
    {
        var caller = context.Caller();
        var employer = caller.Role == Role.Employer ? caller.EmployerId : null;
        return await flow.Tie(id, positionId, employer, tied, cancel) ? Results.NoContent() : Problems.NotFound(context);
    }

    private static async Task<IResult> Audience(HttpContext context, string id, int? budget, PreviewAudience flow, CancellationToken cancel) =>
        WrongBudget(context, budget) is { } problem ? problem
        : await flow.Keep(id, budget, cancel) is { } preview ? Answers.Json(context, "audience", AudienceAnswer.Of(preview, budget)) : Problems.NotFound(context);

    private static async Task<IResult> AudienceOfDay(HttpContext context, DateOnly date, int? budget, PreviewAudience flow, CancellationToken cancel) =>
        WrongBudget(context, budget) is { } problem ? problem
        : await flow.Keep(date, budget, cancel) is { } preview ? Answers.Json(context, "audience", AudienceAnswer.Of(preview, budget)) : NothingThatDay(context);

    private static async Task<IResult> Announce(HttpContext context, string id, AnnounceEvent flow, AnnouncePlan byPlan, CancellationToken cancel)
    {
        var (wanted, problem) = await Requests.ReadIfAny<AnnounceShape>(context);
        if (wanted is null)
            return problem!;
        var by = context.Caller().StaffId!;
        if (wanted.Plan is null)
            return Answer(context, id, await flow.Run(id, wanted.Budget, by, cancel));
        return await byPlan.Run(wanted.Plan, null, id, by, cancel) switch
        {
            PlanAnnounced.Taken x => Answer(context, id, new Announced.Taken(x.Now[0])),
            var other => NotAsShown(context, other),
        };
    }

    // Without a plan that was shown, one is made here and announced at once.
    private static async Task<IResult> AnnounceDay(HttpContext context, DateOnly date, PreviewAudience preview, AnnouncePlan flow, CancellationToken cancel)
    {
        var (wanted, problem) = await Requests.ReadIfAny<AnnounceShape>(context);
        if (wanted is null)
            return problem!;
        if ((wanted.Plan ?? (await preview.Keep(date, wanted.Budget, cancel))?.Plan?.Id) is not { } plan)
            return NothingThatDay(context);
        return await flow.Run(plan, date, null, context.Caller().StaffId!, cancel) switch
        {
            PlanAnnounced.Taken x => Answers.Json(context, "dayAnnouncement", DayAnnouncementAnswer.Of(date, plan, x.Now), 202),
            var other => NotAsShown(context, other),
        };
    }

    private static async Task<IResult> ApproveDay(HttpContext context, DateOnly date, IEvents events, ApproveAnnouncement flow, CancellationToken cancel)
    {
        List<RecruitmentEvent> now = [];
        foreach (var waiting in (await events.All(cancel)).Where(fair => People.DayOf(fair.StartsAt) == date && fair.Status == EventStatus.AwaitingApproval))
        {
            var approved = await flow.Run(waiting.Id, context.Caller().StaffId!, cancel);
            if (approved is not Announced.Taken taken)
                return Answer(context, waiting.Id, approved);
            now.Add(taken.Now);
        }
        return Answers.Json(context, "dayAnnouncement", DayAnnouncementAnswer.Of(date, null, now), 202);
    }

    private static IResult NotAsShown(HttpContext context, PlanAnnounced what) => what is PlanAnnounced.Stale x
        ? Problems.Of(context, 409, x.Why.Zh, x.Why.En)
        : Requests.Invalid(context, [Faults.UnknownCode("plan", "There is no such plan here. Look at the audience, and give the plan that it names.", "没有这份方案。请先查看通知范围，并填写其中的方案编号。")]);

    private static IResult NothingThatDay(HttpContext context) =>
        Problems.Of(context, 404, "这一天没有可以通知的活动。", "No event of that day can be announced.");

    private static async Task<IResult> Approve(HttpContext context, string id, ApproveAnnouncement flow, CancellationToken cancel) =>
        Answer(context, id, await flow.Run(id, context.Caller().StaffId!, cancel));

    private static async Task<IResult> Cancel(HttpContext context, string id, CancelEvent flow, CancellationToken cancel) => Answer(context, id, await flow.Run(id, cancel));

    private static IResult Answer(HttpContext context, string id, Announced announced) => announced switch
    {
        Announced.Taken x => Answers.Json(context, "announcement", new AnnouncementAnswer(id, x.Now.Status, x.Now.Wave, x.Now.Budget), 202),
        Announced.Refused x => Requests.Invalid(context, x.Faults),
        Announced.TooLate x => Problems.Of(context, 409, x.Why.Zh, x.Why.En),
        Announced.OwnAsking => Problems.Of(context, 403, OwnAsking.Zh, OwnAsking.En),
        _ => Problems.NotFound(context),
    };

    internal static readonly Label OwnAsking = new("You asked for this announcement: a colleague must approve it.", "这次通知是您发起的，需要由另一位同事审批。");

    private static async Task<IResult> Stop(HttpContext context, string id, StopEvent flow, CancellationToken cancel) => await flow.Run(id, cancel) switch
    {
        Stopped.Taken x => Answers.Json(context, "stopped", new StoppedAnswer(id, x.Now.Status), 202),
        Stopped.Nothing x => Problems.Of(context, 409, x.Why.Zh, x.Why.En),
        _ => Problems.NotFound(context),
    };

    private static async Task<IResult> Fairness(HttpContext context, string id, int? budget, ReadFairness flow, CancellationToken cancel) =>
        WrongBudget(context, budget) is { } problem ? problem
        : await flow.Run(id, budget, cancel) is { } found ? Answers.Json(context, "fairness", FairnessAnswer.Of(found, Languages.Of(context))) : Problems.NotFound(context);

    private static IResult? WrongBudget(HttpContext context, int? budget) =>
        budget is < 1 or > Limits.Budget ? Requests.Invalid(context, [Faults.OutOfRange("budget", 1, Limits.Budget)]) : null;

    private static async Task<IResult> Funnel(HttpContext context, string id, Funnel flow, CancellationToken cancel) =>
        await flow.Run(id, cancel) is { } counts ? Answers.Json(context, "funnel", counts) : Problems.NotFound(context);

    private static async Task<IResult> Messages(HttpContext context, string id, string? state, string? from, MessagesOfEvent flow, CancellationToken cancel)
    {
        if (state is not null && !Enum.TryParse<MessageState>(state, ignoreCase: true, out _))
            return Requests.Invalid(context, [Faults.UnknownCode("state", Enum.GetNames<MessageState>().Select(x => x.ToLowerInvariant()))]);
        var wanted = state is null ? (MessageState?)null : Enum.Parse<MessageState>(state, ignoreCase: true);
        return await flow.Run(id, wanted, from, cancel) is { } lines ? Answers.Json(context, "messages", MessagesAnswer.Of(lines)) : Problems.NotFound(context);
    }

    private static async Task<IResult> Message(HttpContext context, string id, OneMessage flow, CancellationToken cancel) =>
        await flow.Run(id, cancel) is { } story ? Answers.Json(context, "message", MessageAnswer.Of(story)) : Problems.NotFound(context);
}

/// <summary>Whom an announcement would reach; the counts add up to <paramref name="Seekers"/>.</summary>
/// <param name="Reached">People, each counted once.</param>
/// <param name="Districts">The same by district where people live; without one, those who have not agreed to be matched.</param>
/// <param name="Venue">What people who would be invited need at the event and do not find there for certain.</param>
/// <param name="Events">Texts by event.</param>
/// <param name="Messages">Texts; a person may get one for each of several events.</param>
/// <param name="Parts">How many texts carriers bill for that.</param>
/// <param name="Cost">Parts at the price that is set, in yuan.</param>
/// <param name="Meetings">Suitable meetings that the plan expects, to tenths.</param>
/// <param name="Plan">Announce with it to reach exactly these people; absent where nothing can be announced now.</param>
/// <param name="Until">How long the plan can be announced.</param>
public sealed record AudienceAnswer(
    int Seekers, int Reached, ExcludedAnswer Excluded, IReadOnlyList<DistrictAudienceAnswer> Districts, IReadOnlyList<VenueGapAnswer> Venue,
    IReadOnlyList<EventMessagesAnswer> Events, int Messages, int Parts, decimal Cost, double Meetings, string? Plan, DateTimeOffset? Until)
{
    internal static AudienceAnswer Of(AudiencePreview x, int? budget) => new(
        x.Counts.Seekers, x.Counts.Reached, ExcludedAnswer.Of(x.Counts, budget),
        [.. x.Districts.Select(y => new DistrictAudienceAnswer(y.District, y.Counts.Seekers, y.Counts.Reached, ExcludedAnswer.Of(y.Counts, budget)))],
        [.. x.Gaps.Select(y => new VenueGapAnswer(y.Event, y.Accommodation, y.Must, y.Helps, y.Answer))],
        [.. x.Messages.OrderBy(y => y.Key, StringComparer.Ordinal).Select(y => new EventMessagesAnswer(y.Key, y.Value))],
        x.Messages.Values.Sum(), x.Parts, x.Cost, Math.Round(x.Reach.Meetings, 1), x.Plan?.Id, x.Plan?.At + KeptPlan.Counts);
}

/// <summary>Why the others are not reached, one reason each.</summary>
/// <param name="ToldLately">Told of it by an earlier wave, or of the same positions at another event of the day.</param>
/// <param name="OverBudget">With a position, but not among those whom the plan picks; only where a budget was asked about.</param>
/// <param name="OtherDistrict">Not living where the event is for; absent where nobody.</param>
/// <param name="TooFar">Living too far away to come for the day; absent where nobody.</param>
public sealed record ExcludedAnswer(int NoConsent, int OptedOut, int Capped, int ToldLately, int NoPosition, int? OverBudget, int? OtherDistrict, int? TooFar)
{
    internal static ExcludedAnswer Of(AudienceCounts x, int? budget) => new(
        x.NoConsent, x.OptedOut, x.Capped, x.ToldLately, x.NoPosition, budget is null ? null : x.OverBudget, x.OtherDistrict == 0 ? null : x.OtherDistrict, x.TooFar == 0 ? null : x.TooFar);
}

/// <inheritdoc cref="AudienceAnswer"/>
public sealed record DistrictAudienceAnswer(string? District, int Seekers, int Reached, ExcludedAnswer Excluded);

/// <param name="Must">How many cannot do without it.</param>
/// <param name="Helps">How many it would help.</param>
/// <param name="Answer">What the event says; absent where it says nothing that counts.</param>
public sealed record VenueGapAnswer(string Event, string Accommodation, int Must, int Helps, Answer? Answer);

public sealed record EventMessagesAnswer(string Event, int Messages);

/// <summary>A day's announcement that was taken.</summary>
/// <param name="Plan">What was announced; absent for an approval.</param>
public sealed record DayAnnouncementAnswer(DateOnly Date, string? Plan, IReadOnlyList<AnnouncementAnswer> Events)
{
    internal static DayAnnouncementAnswer Of(DateOnly date, string? plan, IEnumerable<RecruitmentEvent> now) =>
        new(date, plan, [.. now.Select(fair => new AnnouncementAnswer(fair.Id, fair.Status, fair.Wave, fair.Budget))]);
}

/// <summary>An announcement that was taken.</summary>
/// <param name="Budget">How many people are told at most; absent where everybody is.</param>
public sealed record AnnouncementAnswer(string Event, EventStatus Status, int Wave, int? Budget);

/// <summary>A stop that was taken.</summary>
public sealed record StoppedAnswer(string Event, EventStatus Status);

/// <summary>How far an announcement reaches each group of people.</summary>
/// <param name="Wave">The announcement that was planned last; 0 = none yet, and this is what one would reach now.</param>
/// <param name="Kept">Whether the lowest share is at least four fifths of the highest.</param>
/// <param name="Why">Why not.</param>
/// <param name="Meetings">Suitable meetings that the plan expects, to tenths.</param>
/// <param name="Groups">Groups by opaque numbers; 0 is everybody whose group is not known.</param>
/// <param name="Hidden">Groups that are not shown because they, or another, hold fewer than five people.</param>
public sealed record FairnessAnswer(string Event, int Wave, int? Budget, bool Kept, string? Why, double Meetings, IReadOnlyList<GroupShareAnswer> Groups, int Hidden)
{
    internal static FairnessAnswer Of(Fairness x, Language language) => new(
        x.Fair.Id, x.Wave, x.Reach.Budget, x.Reach.Obstacle is null, x.Reach.Obstacle is { } obstacle ? Flows.Fairness.Why(obstacle).In(language) : null, Math.Round(x.Reach.Meetings, 1),
        [.. x.Shown.Select(group => new GroupShareAnswer(group.Group, group.Considered, group.Told, Math.Round(group.Share, 3)))], x.Hidden);
}

/// <param name="Considered">People of the group who may be texted and have at least one position.</param>
/// <param name="Share">Told ÷ considered.</param>
public sealed record GroupShareAnswer(int Group, int Considered, int Told, double Share);

/// <param name="Next">What to pass as <c>from</c> for the next part; absent at the end.</param>
public sealed record MessagesAnswer(IReadOnlyList<MessageLineAnswer> Items, string? Next)
{
    internal static MessagesAnswer Of(MessageLines x) => new([.. x.Items.Select(line => new MessageLineAnswer(line.Id.ToString(), line.State))], x.Next);
}

public sealed record MessageLineAnswer(string Id, MessageState State);

/// <summary>One message: how far it is and what happened, oldest first.</summary>
public sealed record MessageAnswer(string Id, string? Event, MessageState State, IReadOnlyList<MomentAnswer> History)
{
    internal static MessageAnswer Of(MessageStory story) => new(
        story.Message.Id.ToString(), story.Message.Event, story.Message.State,
        [.. story.Message.History.Select(x => new MomentAnswer(x.At, x.State, x.Reason))]);
}

/// <param name="Code">Why, where there is more to say.</param>
public sealed record MomentAnswer(DateTimeOffset At, MessageState State, string? Code);
