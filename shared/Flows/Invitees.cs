using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Whom an announcement reaches and why not others; the parts add up to all who may be matched.</summary>
/// <param name="Capped">
/// Always 0 before sending: the cap counts what is reserved on the day itself, and who has had the day's share is texted on
/// the next one.
/// </param>
/// <param name="ToldLately">Invited to this event by an earlier wave.</param>
/// <param name="OverBudget">With a position, but not among those whom the plan picks.</param>
public sealed record AudienceCounts(int Seekers, int Reached, int NoConsent, int OptedOut, int Capped, int ToldLately, int NoPosition, int OverBudget = 0);

/// <summary>
/// Whom an announcement would invite as things stand: everyone who may be texted, was not told yet, and has a position that is
/// not unsuitable; under a budget those whom the fair plan picks. What is named to whom is the plan's in both cases.
/// </summary>
public sealed class Invitees
{
    private readonly IReadOnlyList<Seeker> people;
    private readonly IReadOnlyList<Position> positions;
    private readonly DateOnly day;
    private readonly CodeLists codes;
    private readonly FairPlan plan;
    private readonly int? budget;

    /// <param name="tied">Ids of the event's positions.</param>
    /// <param name="told">Subjects who were invited before.</param>
    /// <param name="day">The event's first day; what is open then counts.</param>
    /// <param name="groups">Subject → group.</param>
    /// <param name="others">What plans of the day promise that stand.</param>
    /// <param name="budget">Messages; null = no limit.</param>
    internal Invitees(
        MarketView view, IEnumerable<string> tied, IReadOnlySet<string> told, DateOnly day, IReadOnlyDictionary<string, int> groups, IReadOnlyList<PlanPromises> others, int? budget)
    {
        // The engine's own, so that what is written down is scored as it was chosen.
        (this.day, this.budget, codes) = (day, budget, view.Shards.Numbering.Codes);
        // By id, so that the order in which rows came to be in the engine decides nothing.
        positions = [.. tied.Select(view.Positions.GetValueOrDefault).OfType<MarketPosition>().Select(position => position.Facts).OrderBy(position => position.Id, StringComparer.Ordinal)];
        var seekers = view.Seekers.Values.ToList();
        people = [.. seekers.Where(seeker => seeker.Sms).Select(seeker => seeker.Facts).OrderBy(seeker => seeker.Id, StringComparer.Ordinal)];
        var picked = others.SelectMany(other => other.Picked).CountBy(subject => subject).ToDictionary();
        var expected = others.SelectMany(other => other.Expected).GroupBy(x => x.Key).ToDictionary(x => x.Key, x => x.Sum(y => y.Value));
        plan = FairPlan.Of(
            [.. people.Select(person => new FairPerson(groups.GetValueOrDefault(person.Id, IGroups.Unknown), picked.GetValueOrDefault(person.Id), told.Contains(person.Id)))],
            [.. positions.Select(position => new FairPosition(position.Openings - position.Signed, expected.GetValueOrDefault(position.Id)))],
            Edges(view.Shards, told), budget, FairPlanPolicy.On(day));
        var (all, optedOut, toldLately) = (view.Unmatched + seekers.Count, seekers.Count(seeker => seeker.OptedOut), people.Count(person => told.Contains(person.Id)));
        var open = plan.Groups.Sum(group => group.Considered) - toldLately;
        Counts = new(
            all, plan.Messages.Count, NoConsent: all - people.Count - optedOut, optedOut, Capped: 0, toldLately,
            NoPosition: people.Count - toldLately - open, OverBudget: open - plan.Messages.Count);
    }

    public AudienceCounts Counts { get; }

    public PlanReach Reach => new(budget, plan.Meetings, plan.Groups, plan.Obstacle);

    /// <summary>What the plans that follow on this day reckon with.</summary>
    internal PlanPromises Promises => new(
        positions.Select((position, row) => (position.Id, Expected: plan.Expected[row])).Where(x => x.Expected > 0).ToDictionary(x => x.Id, x => x.Expected),
        budget is null ? [] : [.. plan.Messages.Select(message => people[message.Person].Id)]);

    /// <summary>Those whom <see cref="Counts"/> counts as reached, by bucket of the guests and then by subject.</summary>
    internal IReadOnlyList<Invitation> Invitations() =>
        [.. plan.Messages.AsParallel().Select(message => new Invitation(people[message.Person].Id, [.. message.Named
                .Select(row => Policy.Judge(people[message.Person], positions[row], day, codes))
                .Where(match => match.Verdict != Verdict.DoesNotSuit) // Changed while the plan was made.
                .Select(NamedPosition.From)]))
            .OrderBy(invitation => IGuests.Bucket(invitation.Subject)).ThenBy(invitation => invitation.Subject, StringComparer.Ordinal)];

    private FairEdge[] Edges(MarketShards shards, IReadOnlySet<string> told)
    {
        var columns = shards.Seekers;
        var untold = people.Index().Where(x => !told.Contains(x.Item.Id)).ToDictionary(x => x.Item.Id, x => x.Index);
        var rows = Enumerable.Range(0, columns.Rows).Select(row => columns.IsLive(row) ? untold.GetValueOrDefault(columns.IdAt(row), -1) : -1).ToArray();
        Meters.Asked("audience");
        return [.. positions.Index().AsParallel()
            .SelectMany(x => FairEdges.Of(columns, shards.Numbering.Pack(x.Item, day), 0, x.Index, (int)SeekerTags.Texted))
            .Where(edge => rows[edge.Person] >= 0)
            .Select(edge => edge with { Person = rows[edge.Person] })];
    }
}

/// <summary>Loads what an event's plan rests on, and plans.</summary>
public sealed class FindInvitees(IEvents events, IMarket market, IGuests guests, IGroups groups, IPlans plans)
{
    /// <param name="day">Plans of the event's day as they stand; null = there are none.</param>
    /// <param name="budget">Messages; null = no limit.</param>
    public async Task<Invitees> Run(RecruitmentEvent fair, PlanDay? day, int? budget, CancellationToken cancel)
    {
        var view = await market.View(cancel);
        var tied = await events.Positions(fair.Id, cancel);
        var told = (await guests.Of(fair.Id, cancel)).Where(guest => guest.Invitation is not null).Select(guest => guest.Subject).ToHashSet();
        var promises = await Promises(day, cancel);
        return new(view, tied, told, People.DayOf(fair.StartsAt), await groups.All(cancel), promises, budget);
    }

    // Of those plans whose events still stand on that day, earlier waves of this one among them.
    private async Task<IReadOnlyList<PlanPromises>> Promises(PlanDay? day, CancellationToken cancel)
    {
        List<PlanPromises> promises = [];
        foreach (var plan in day?.Plans ?? [])
            if (await events.Find(plan.Cause, cancel) is { Value: { Wave: > 0, Status: EventStatus.Announcing or EventStatus.Announced or EventStatus.AwaitingApproval } other } && People.DayOf(other.StartsAt) == day!.Day)
                promises.Add(await plans.Promises(plan, cancel));
        return promises;
    }
}
