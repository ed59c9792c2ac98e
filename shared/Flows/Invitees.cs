using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Whom an announcement reaches and why not others; the parts add up to all who are stored.</summary>
/// <param name="Capped">
/// Always 0: the cap counts what is reserved on the day of sending, and who has had the day's share is texted on the next one.
/// </param>
/// <param name="ToldLately">Invited to it by an earlier wave, or told of another event of the day that has all the positions which suit.</param>
/// <param name="OverBudget">With a position, but not among those whom the plan picks.</param>
/// <param name="OtherDistrict">Living in none of the districts that it is for.</param>
/// <param name="TooFar">Living too far from where it is held to come for the day.</param>
public sealed record AudienceCounts(
    int Seekers, int Reached, int NoConsent, int OptedOut, int Capped, int ToldLately, int NoPosition, int OverBudget = 0, int OtherDistrict = 0, int TooFar = 0);

/// <param name="District">Null = people who have not agreed to be matched: where they live is not known here.</param>
public sealed record DistrictAudience(string? District, AudienceCounts Counts);

/// <summary>What people need at an event and do not find there for certain.</summary>
/// <param name="Must">How many of those who would be invited cannot do without it.</param>
/// <param name="Helps">How many of them it would help.</param>
/// <param name="Answer">What the event says; null = nothing that counts. Never offered.</param>
public sealed record VenueGap(string Event, string Accommodation, int Must, int Helps, Answer? Answer);

/// <summary>An event as a plan meets it.</summary>
/// <param name="Tied">Ids of its positions.</param>
/// <param name="Told">Subjects who were invited to it before.</param>
internal sealed record FairAt(RecruitmentEvent Fair, IReadOnlySet<string> Tied, IReadOnlySet<string> Told);

/// <summary>A plan of the day that stands, with the positions of its event.</summary>
internal sealed record OtherPlan(PlanPromises Promises, IReadOnlySet<string> Tied, IReadOnlySet<string> Told);

/// <summary>
/// Whom an announcement of events of one day would invite as things stand: everyone who may be texted, was not told yet, lives
/// where the event is for and has a position there that is not unsuitable; under a budget those whom the fair plan picks. What
/// is named to whom is the plan's in both cases.
/// </summary>
public sealed class Invitees
{
    private readonly FairAt[] fairs;
    private readonly MarketSeeker[] people;
    private readonly Position[] positions;
    private readonly DateOnly day;
    private readonly CodeLists codes;
    private readonly FairPlan plan;
    private readonly int? budget;

    /// <param name="day">The events' first day; what is open then counts.</param>
    /// <param name="groups">Subject → group.</param>
    /// <param name="others">What plans of the day promise that stand.</param>
    /// <param name="budget">Messages; null = no limit.</param>
    internal Invitees(
        MarketView view, IReadOnlyList<FairAt> fairs, DateOnly day, IReadOnlyDictionary<string, int> groups, IReadOnlyList<OtherPlan> others, int? budget)
    {
        // The engine's own codes, so that what is written down is scored as it was chosen.
        (this.day, this.budget, codes) = (day, budget, view.Shards.Numbering.Codes);
        // By id, so that the order in which rows came to be in the engine decides nothing.
        this.fairs = [.. fairs.OrderBy(at => at.Fair.Id, StringComparer.Ordinal)];
        positions = [.. fairs.SelectMany(at => at.Tied).Distinct().Select(view.Positions.GetValueOrDefault).OfType<MarketPosition>().Select(position => position.Facts).OrderBy(position => position.Id, StringComparer.Ordinal)];
        var seekers = view.Seekers.Values.ToList();
        people = [.. seekers.Where(IsInvited).OrderBy(seeker => seeker.Id, StringComparer.Ordinal)];
        var told = people.Select(person => this.fairs.Any(at => at.Told.Contains(person.Id))).ToArray();
        var picked = others.SelectMany(other => other.Promises.Picked).CountBy(subject => subject).ToDictionary();
        var expected = others.SelectMany(other => other.Promises.Expected).GroupBy(x => x.Key).ToDictionary(x => x.Key, x => x.Sum(y => y.Value));
        var (may, suits, open) = (May(), new bool[people.Length], new bool[people.Length]);
        plan = FairPlan.Of(
            [.. people.Select((person, row) => new FairPerson(groups.GetValueOrDefault(person.Id, IGroups.Unknown), picked.GetValueOrDefault(person.Id), told[row]))],
            [.. positions.Select(position => new FairPosition(position.Openings - position.Signed, expected.GetValueOrDefault(position.Id)))],
            Edges(view.Shards, may, others, suits, open), budget, FairPlanPolicy.On(day));

        var reached = plan.Messages.Select(message => message.Person).ToHashSet();
        var outcomes = people.Select((person, row) => (person.Facts.District,
                reached.Contains(row) ? Outcome.Reached
                : open[row] ? Outcome.OverBudget
                : told[row] || suits[row] ? Outcome.ToldLately
                : may.All(at => at[row] == Outcome.OtherDistrict) ? Outcome.OtherDistrict
                : may.All(at => at[row] != Outcome.Reached) ? Outcome.TooFar
                : Outcome.NoPosition))
            .Concat(seekers.Where(seeker => !IsInvited(seeker)).Select(seeker => (seeker.Facts.District, seeker.OptedOut || seeker.Sms ? Outcome.OptedOut : Outcome.NoConsent)))
            .ToList();
        Counts = Of(outcomes.Select(x => x.Item2).Concat(Enumerable.Repeat(Outcome.NoConsent, view.Unmatched)));
        Districts = [
            .. outcomes.GroupBy(x => x.District, x => x.Item2).OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => new DistrictAudience(x.Key, Of(x))),
            .. view.Unmatched == 0 ? [] : new[] { new DistrictAudience(null, Of(Enumerable.Repeat(Outcome.NoConsent, view.Unmatched))) }];
    }

    private static bool IsInvited(MarketSeeker seeker) => seeker.Sms && !seeker.Uninvited;

    private enum Outcome { Reached, NoConsent, OptedOut, ToldLately, OtherDistrict, TooFar, NoPosition, OverBudget }

    public AudienceCounts Counts { get; }

    /// <summary>The same by district where people live, by code; together they are <see cref="Counts"/>.</summary>
    public IReadOnlyList<DistrictAudience> Districts { get; }

    /// <summary>How many texts: a person may get one for each of several events.</summary>
    public int Messages => plan.Messages.Count;

    /// <summary>What was judged by.</summary>
    internal string PolicyVersion => Policy.VersionOn(day, codes);

    public PlanReach Reach => new(budget, plan.Meetings, plan.Groups, plan.Obstacle);

    /// <summary>By event and list: what those who would be invited need there and do not find for certain.</summary>
    public IReadOnlyList<VenueGap> Gaps() =>
        [.. from message in plan.Messages.AsParallel()
            let fair = fairs[message.Event].Fair
            from need in VenueNeeds.Of(people[message.Person].Facts, fair.Accommodations, fair.IsOnline, day, codes)
            where need.Answer != Answer.Offered
            group need by (message.Event, need.Accommodation, need.Answer) into gap
            orderby gap.Key.Event, codes.FindAccommodation(gap.Key.Accommodation)!.Sort
            select new VenueGap(fairs[gap.Key.Event].Fair.Id, gap.Key.Accommodation, gap.Count(need => need.Mark == Mark.Must), gap.Count(need => need.Mark == Mark.Helps), gap.Key.Answer)];

    /// <summary>How many texts carriers bill for it, counted on the very words.</summary>
    public int Parts(TextTemplates texts, int signatureLength) => plan.Messages.AsParallel().Sum(message =>
    {
        var text = texts.Invitation(fairs[message.Event].Fair, Named(message), people[message.Person].Voice, signatureLength);
        return TextTemplates.Parts(text.Length + signatureLength);
    });

    /// <summary>What the plans that follow on this day reckon with. A position named at several events is expected at each by its share.</summary>
    internal PlanPromises PromisesOf(string eventId)
    {
        var mine = MessagesOf(eventId).ToList();
        var names = plan.Messages.SelectMany(message => message.Named).CountBy(row => row).ToDictionary();
        return new(
            mine.SelectMany(message => message.Named).CountBy(row => row).ToDictionary(x => positions[x.Key].Id, x => plan.Expected[x.Key] * x.Value / names[x.Key]),
            budget is null ? [] : [.. mine.Select(Subject)], [.. mine.Select(Subject)]);
    }

    /// <summary>Those whom an event invites, by bucket of the guests and then by subject.</summary>
    internal IReadOnlyList<Invitation> InvitationsTo(string eventId) =>
        [.. MessagesOf(eventId).AsParallel().Select(message => new Invitation(Subject(message), Named(message)))
            .OrderBy(invitation => IGuests.Bucket(invitation.Subject)).ThenBy(invitation => invitation.Subject, StringComparer.Ordinal)];

    private IEnumerable<FairMessage> MessagesOf(string eventId) => plan.Messages.Where(message => fairs[message.Event].Fair.Id == eventId);

    private string Subject(FairMessage message) => people[message.Person].Id;

    private IReadOnlyList<NamedPosition> Named(FairMessage message) =>
        [.. message.Named
            .Select(row => Policy.Judge(people[message.Person].Facts, positions[row], day, codes))
            .Where(match => match.Verdict != Verdict.DoesNotSuit) // Changed while the plan was made.
            .Select(NamedPosition.From)];

    // By event and person: reached, or why the event is not for this person wherever their positions are.
    private Outcome[][] May() => [.. fairs.Select(at => people.Select(person =>
        at.Fair.Districts is { Count: > 0 } districts && !districts.Contains(person.Facts.District) ? Outcome.OtherDistrict
        : VenueNeeds.InReach(person.Facts.District, at.Fair.District, at.Fair.IsOnline, codes) ? Outcome.Reached : Outcome.TooFar).ToArray())];

    /// <summary>
    /// Who could be told of what. Whoever is told of an event meets all its positions there, so that another event of the day
    /// is worth a text only for what it alone has.
    /// </summary>
    /// <param name="suits">Set for whoever has a position at an event that may be told to them.</param>
    /// <param name="open">Set for whoever has one that they have not been told of.</param>
    private FairEdge[] Edges(MarketShards shards, Outcome[][] may, IReadOnlyList<OtherPlan> others, bool[] suits, bool[] open)
    {
        var columns = shards.Seekers;
        var rowOf = people.Index().ToDictionary(x => x.Item.Id, x => x.Index, StringComparer.Ordinal);
        var rows = Enumerable.Range(0, columns.Rows).Select(row => columns.IsLive(row) ? rowOf.GetValueOrDefault(columns.IdAt(row), -1) : -1).ToArray();
        Meters.Asked("audience");
        return [.. positions.Index().AsParallel().SelectMany(x =>
        {
            var at = Enumerable.Range(0, fairs.Length).Where(e => fairs[e].Tied.Contains(x.Item.Id)).ToList();
            var elsewhere = others.Where(other => other.Tied.Contains(x.Item.Id)).Select(other => other.Told).ToList();
            List<FairEdge> edges = [];
            foreach (var edge in FairEdges.Of(columns, shards.Numbering.Pack(x.Item, day), 0, x.Index, (int)SeekerTags.Texted))
                if (rows[edge.Person] is >= 0 and var row)
                    foreach (var e in at)
                        if (may[e][row] == Outcome.Reached && !fairs[e].Told.Contains(people[row].Id))
                        {
                            suits[row] = true;
                            if (elsewhere.Any(told => told.Contains(people[row].Id)))
                                continue;
                            open[row] = true;
                            edges.Add(edge with { Person = row, Event = e });
                        }
            return edges;
        })];
    }

    private static AudienceCounts Of(IEnumerable<Outcome> outcomes)
    {
        var by = outcomes.CountBy(outcome => outcome).ToDictionary();
        int Count(Outcome outcome) => by.GetValueOrDefault(outcome);
        return new(
            by.Values.Sum(), Count(Outcome.Reached), Count(Outcome.NoConsent), Count(Outcome.OptedOut), Capped: 0, Count(Outcome.ToldLately), Count(Outcome.NoPosition),
            Count(Outcome.OverBudget), Count(Outcome.OtherDistrict), Count(Outcome.TooFar));
    }
}

/// <summary>Loads what a plan for events of one day rests on, and plans.</summary>
public sealed class FindInvitees(IEvents events, IMarket market, IGuests guests, IGroups groups, IPlans plans)
{
    /// <param name="fairs">Events of one day.</param>
    /// <param name="day">Plans of that day as they stand; null = there are none.</param>
    /// <param name="budget">Messages; null = no limit.</param>
    public async Task<Invitees> Run(IReadOnlyList<RecruitmentEvent> fairs, PlanDay? day, int? budget, CancellationToken cancel) =>
        await Run(await market.View(cancel), fairs, day, budget, cancel);

    /// <summary>The same of a picture that is at hand.</summary>
    internal async Task<Invitees> Run(MarketView view, IReadOnlyList<RecruitmentEvent> fairs, PlanDay? day, int? budget, CancellationToken cancel)
    {
        List<FairAt> at = [];
        foreach (var fair in fairs)
            at.Add(new(
                fair, (await events.Positions(fair.Id, cancel)).ToHashSet(),
                (await guests.Of(fair.Id, cancel)).Where(guest => guest.Invitation is not null).Select(guest => guest.Subject).ToHashSet()));
        return new(view, at, People.DayOf(fairs[0].StartsAt), await groups.All(cancel), await Others(day, cancel), budget);
    }

    // Those plans whose events still stand on that day, earlier waves of these among them.
    private async Task<IReadOnlyList<OtherPlan>> Others(PlanDay? day, CancellationToken cancel)
    {
        List<OtherPlan> others = [];
        foreach (var plan in day?.Plans ?? [])
            if (await events.Find(plan.Cause, cancel) is { Value: var other } && other.Stands(plan) && People.DayOf(other.StartsAt) == day!.Day)
            {
                var promises = await plans.Promises(plan, cancel);
                others.Add(new(promises, (await events.Positions(other.Id, cancel)).ToHashSet(), promises.Told?.ToHashSet() ?? []));
            }
        return others;
    }
}
