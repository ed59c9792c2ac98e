using System.Collections.Frozen;
using JobMatch.Flows;

namespace JobMatch.Functions;

/// <summary>
/// Who may do what, and which members of what is answered may leave to whom: the whole policy of access on one page.
/// <see cref="AccessControl"/> enforces the first table on every route, <see cref="Answers"/> the second on every answer.
/// What stands in neither is refused.
/// </summary>
public static class Access
{
    private const Role Public = Role.Public, Seeker = Role.Seeker, Employer = Role.Employer, Staff = Role.Staff, Import = Role.Import, Gateway = Role.Gateway;
    private static readonly Role[] Everybody = [Public, Seeker, Employer, Staff, Import, Gateway];

    // Role × action. "own" in the comment: the handler also asks MayTouch, and what belongs to another is not found.
    private static readonly (string Action, Role[] May)[] Actions =
    [
        ("health",               Everybody),
        ("openapi",              Everybody),
        ("assets",               Everybody),
        ("codes.read",           Everybody),

        ("seekers.write",        [Import, Staff]),
        ("seekers.read",         [Import, Staff]),
        ("seekers.import",       [Import, Staff]),
        ("seekers.matches",      [Staff]),
        ("seekers.nearMisses",   [Staff]),
        ("seekers.unmetNeeds",   [Staff]),
        ("seekers.optIn",        [Staff]),
        ("seekers.export",       [Staff]),
        ("seekers.erase",        [Staff]),

        ("employers.write",      [Staff]),
        ("employers.read",       [Staff]),

        ("positions.write",      [Employer, Staff]),           // own
        ("positions.read",       [Employer, Staff]),           // own
        ("positions.close",      [Employer, Staff]),           // own
        ("positions.candidates", [Employer, Staff]),           // own
        ("positions.nearMisses", [Employer, Staff]),           // own
        ("positions.import",     [Employer, Staff]),           // own

        ("events.write",         [Staff]),
        ("events.read",          [Staff]),
        ("events.tie",           [Employer, Staff]),           // own, where the event is open to employers
        ("events.audience",      [Staff]),
        ("events.announce",      [Staff]),
        ("events.approve",       [Staff]),                     // another than the one who asked
        ("events.cancel",        [Staff]),
        ("events.stop",          [Staff]),
        ("events.fairness",      [Staff]),
        ("events.funnel",        [Staff]),
        ("guests.read",          [Staff]),
        ("guests.write",         [Staff]),
        ("messages.read",        [Staff]),
        ("programmes.kinds",     [Import, Staff]),
        ("programmes.read",      [Import, Staff]),
        ("programmes.write",     [Import, Staff]),
        ("programmes.import",    [Import, Staff]),
        ("figures.read",         [Staff]),
        ("opportunities.read",   [Staff]),
        ("opportunities.write",  [Import, Staff]),
        ("opportunities.take",   [Staff]),
        ("resources.read",       [Staff]),
        ("resources.write",      [Staff]),
        ("resources.import",     [Import, Staff]),
        ("bookings.read",        [Staff]),
        ("bookings.write",       [Staff]),
        ("bookings.import",      [Import, Staff]),
        ("tasks.read",           [Staff]),
        ("tasks.end",            [Staff]),
        ("followUps.read",       [Staff]),
        ("followUps.write",      [Staff]),
        ("channels.read",        [Staff]),
        ("channels.pause",       [Staff]),
        ("queues.read",          [Staff]),
        ("queues.redrive",       [Staff]),

        ("callbacks.report",     [Gateway]),                   // own: the token in the path names the gateway
        ("callbacks.reply",      [Gateway]),

        ("pages.public",         Everybody),                   // jobs, events, how to register
        ("pages.signIn",         Everybody),
        ("pages.seeker",         [Seeker]),                    // own; a helper only with the scopes that follow, as far as they were allowed
        ("pages.matches",        [Seeker]),
        ("pages.answers",        [Seeker]),
        ("pages.texts",          [Seeker]),
        ("pages.consents",       [Seeker]),                    // a guardian, of helpers
        ("pages.helping",        [Seeker]),                    // a helper
        ("pages.employer",       [Employer]),                  // own
        ("pages.staff",          [Staff]),                     // which of the staff: StaffAccess
        ("pages.staff.people",   [Staff]),
        ("pages.staff.employers", [Staff]),
        ("pages.staff.events",   [Staff]),
        ("pages.staff.hold",     [Staff]),
        ("pages.staff.approve",  [Staff]),
        ("pages.staff.policy",   [Staff]),
        ("pages.staff.operate",  [Staff]),
        ("pages.staff.audit",    [Staff]),
        ("sandbox",              Everybody),                   // mapped in Development only
    ];

    private const string SeekerMembers =
        "id version name phone language district capacity(*) needs(*) avoid(*) skills occupations education licences " +
        "work(contracts places minPayMonthly hoursPerWeek(min max) hoursPerDay commuteMinutes lodging) contact(prefer helper) " +
        "certificate(category grade) consent(matching sms employers statistics)";

    private const string PositionMembers =
        "title description occupation district address openings demands(*) accommodations(*(answer date by reason)) " +
        "exposures(*) skillsRequired skillsOptional educationMin licences " +
        "work(contract place shifts rest hoursPerWeek pay(min max per guaranteed)) board lodging probationMonths closesOn";

    // Role × resource × members. "a(b c)" is an object or a list of objects, "a(*)" a map from codes to plain values.
    private static readonly (string Resource, Role[] May, string Members)[] Fields =
    [
        ("seeker",       [Import, Staff], SeekerMembers),
        ("export",       [Seeker, Staff], "at id seeker(" + SeekerMembers + ") withdrawn(matching sms employers statistics) optedOutAt optedInAt firstPut changedAt declined(position on reason) " +
                                          "rows(table partition row shared cells(*)) replies(at gateway text) answers notes(month at by words) own(easyRead noTexts saved(*) passed helpers(id name phone may since by guardian until) guarded wished)"),
        ("erasure",      [Staff],         "number at complete"),
        ("match",        [Seeker, Staff], "positionId title verdict score policyVersion rules(id about result by whom sentence) pluses(id value weight points sentence)"),
        ("candidate",    [Employer, Staff], "alias verdict district skills occupations adjustments(code mark answer) questions interested released(name phone)"),
        ("positionNearMisses", [Employer, Staff], "positionId policyVersion pending accommodations(code answer more sentence) questions(kind about settles sentence)"),
        ("seekerNearMisses",   [Staff],           "policyVersion questions(kind about opens sentence) answers(kind about opens sentence) courses(kind about opens sentence courses)"),
        ("unmetNeed",    [Staff],         "district accommodation marked without unmet"),

        ("employer",     [Staff],         "id version name creditCode approved contacts(name phone email)"),
        ("position",     [Employer, Staff], "id version employer closed draft " + PositionMembers),

        ("event",        [Staff],         "id version title shortTitle kind district districts address online openToEmployers startsAt endsAt capacity " +
                                          "accommodations(*(answer date by reason)) interpreterSlots status wave announcements(wave people askedBy askedAt approvedBy approvedAt)"),
        ("tie",          [Employer, Staff], "event position"),
        ("audience",     [Staff],         "seekers reached excluded(*) districts(district seekers reached excluded(*)) venue(event accommodation must helps answer) " +
                                          "events(event messages) messages parts cost meetings plan until"),
        ("dayAnnouncement", [Staff],      "date plan events(event status wave budget)"),
        ("announcement", [Staff],         "event status wave budget"),
        ("fairness",     [Staff],         "event wave budget kept why meetings groups(group considered told share) hidden"),
        ("funnel",       [Staff],         "invited delivered failed unknown expired replied coming notComing registered attended applied interviewed " +
                                          "intention offered signed started retained1 retained3 retained6 retained12 closed"),
        ("stopped",      [Staff],         "event status"),
        ("guest",        [Staff],         "number seeker name coming registered attended steps(position stage at reason)"),
        ("registration", [Staff],         "event seeker number attended"),
        ("entry",        [Staff],         "guests"),
        ("messages",     [Staff],         "items(id state) next"),
        ("message",      [Staff],         "id event state history(state at gateway code)"),
        ("channel",      [Staff],         "channel weight share paused(why since)"),
        ("queue",        [Staff],         "queue waiting poisoned poisonedSince"),
        ("redriven",     [Staff],         "queue redriven"),

        ("task",         [Staff],         "id kind at due text ways people(id name phone optedOut) events"),

        ("followUp",     [Staff],         "id of about title event startedOn month due answer answeredAt enteredBy ended seeker(id name phone optedOut) case(openedAt dueOn owner closedAt reason notes(at by words))"),

        ("programme",    [Import, Staff], "code label hint participant title partOf at types(code label) steps(code label amounts(code label) many ahead ref) outcomes(code label)"),
        ("programmeRecord", [Import, Staff], "kind id participant title partOf at type steps(step on ref amounts(*)) outcome goods(ready promised ordered left level)"),
        ("opportunity",  [Import, Staff], "id kind startsOn skills details(*) taken waiting opens " + PositionMembers),
        ("opportunityMatch", [Staff],     "kind id title verdict score policyVersion rules(id about result by whom sentence) pluses(id value weight points sentence)"),
        ("placeTaken",   [Staff],         "kind id seeker holds number"),
        ("resource",     [Staff],         "id kind title base units opens closes accommodations(*(answer date by reason))"),
        ("booking",      [Staff],         "id resource seeker startsAt endsAt needs(code mark answer)"),
        ("free",         [Staff],         "startsAt endsAt"),
        ("figure",       [Staff],         "key name value definition parts(code label value)"),

        ("importRow",    [Employer, Import, Staff], "row id status errors(field code message column) notices(field message column)"),
        ("code",         Everybody,       "list code en zh sort kind"),
        ("health",       Everybody,       "status demo"),
    ];

    private static readonly FrozenDictionary<string, Role[]> RolesByAction = Actions.ToFrozenDictionary(row => row.Action, row => row.May);

    private static readonly FrozenDictionary<(string, Role), Members> MembersByResource = Fields
        .SelectMany(row => row.May.Select(role => ((row.Resource, role), Members.Parse(row.Members))))
        .ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2);

    public static IReadOnlyCollection<string> AllActions => RolesByAction.Keys;

    /// <summary>Whether the first table lets this caller do it, and its key was given that much.</summary>
    public static bool May(Caller caller, string action) =>
        RolesByAction.TryGetValue(action, out var roles) && roles.Contains(caller.Role) && caller.HasScope(action)
        && (caller.Role != Staff || StaffAccess.May(caller.StaffRoles, action));

    /// <summary>Whether what belongs to this employer may be touched. Where not, the answer is 404: others' ids are not told.</summary>
    public static bool MayTouch(Caller caller, string ownerEmployerId) =>
        caller.Role == Staff || (caller.Role == Employer && caller.EmployerId == ownerEmployerId);

    /// <summary>Whether what belongs to this person may be touched; likewise.</summary>
    public static bool MayTouchSeeker(Caller caller, string seekerId) =>
        caller.Role is Staff or Import || (caller.Role == Seeker && caller.SeekerId == seekerId);

    /// <summary>The members of a resource that may leave to a role; null where the role gets nothing of it.</summary>
    internal static Members? MembersOf(string resource, Role role) => MembersByResource.GetValueOrDefault((resource, role));
}
