using System.Collections.Frozen;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>
/// What each role of the federation's staff opens on the pages, beside <see cref="Access"/>, which asks here. A page of staff's
/// that stands in no row is refused to all of them. Programs' keys have every role and are limited by their scopes.
/// </summary>
public static class StaffAccess
{
    private const StaffRoles Worker = StaffRoles.Worker, Lead = StaffRoles.Lead, Administrator = StaffRoles.Administrator, Auditor = StaffRoles.Auditor;

    private static readonly (string Action, StaffRoles May)[] Duties =
    [
        ("pages.staff",           Worker | Lead | Administrator | Auditor), // today, events, texts by state: counts and ids
        ("pages.staff.people",    Worker | Lead),                           // names, phones, words: people, guests, replies
        ("pages.staff.employers", Worker | Lead),                           // employers, their contacts, site checks
        ("pages.staff.events",    Worker | Lead),                           // writes, announces and cancels events
        ("pages.staff.hold",      Worker | Lead | Administrator),           // stops an event's texts, holds all of them
        ("pages.staff.approve",   Lead),                                    // what somebody else asked for
        ("pages.staff.policy",    Lead | Administrator),                    // tries and asks for other weights: counts and ids
        ("pages.staff.operate",   Administrator),                           // keys, queues
        ("pages.staff.audit",     Auditor),
    ];

    private static readonly FrozenDictionary<string, StaffRoles> RolesByAction = Duties.ToFrozenDictionary(row => row.Action, row => row.May);

    /// <summary>Each role by itself, and what it is called.</summary>
    public static readonly IReadOnlyList<(StaffRoles Role, Label Label)> Roles =
        [(Worker, new("worker", "经办人")), (Lead, new("lead", "负责人")), (Administrator, new("administrator", "管理员")), (Auditor, new("auditor", "审计员"))];

    /// <summary>Whether any of these roles opens it. What is no page of staff's is asked of <see cref="Access"/> alone.</summary>
    public static bool May(StaffRoles roles, string action) =>
        RolesByAction.TryGetValue(action, out var may) ? (roles & may) != 0 : !action.StartsWith("pages.staff", StringComparison.Ordinal);

    /// <summary>What these roles are called, for people.</summary>
    public static string NamesOf(StaffRoles roles, Language language) =>
        string.Join(language == Language.English ? ", " : "、", Roles.Where(x => (roles & x.Role) != 0).Select(x => x.Label.In(language)));
}
