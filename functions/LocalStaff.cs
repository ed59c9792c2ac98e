using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>
/// Development's named staff, one for each role, for its page of signing in; nowhere else do they count. The first two are
/// the owners of the keys of the same names, so that somebody who asks by key cannot approve on the pages.
/// </summary>
/// <param name="Id">Name-less where it is kept.</param>
public sealed record LocalStaff(string Id, Label Name, StaffRoles Roles)
{
    public static readonly IReadOnlyList<LocalStaff> All =
    [
        new("demo-staff", new("Wang Fang", "王芳"), StaffRoles.Worker),
        new("demo-staff-2", new("Li Qiang", "李强"), StaffRoles.Lead),
        new("demo-administrator", new("Zhao Min", "赵敏"), StaffRoles.Administrator),
        new("demo-auditor", new("Sun Li", "孙丽"), StaffRoles.Auditor),
    ];
}
