using System.Text.Json;
using JobMatch.Flows;

namespace JobMatch.Functions;

/// <summary>
/// Staff signed in by the platform: App Service authentication with Entra ID stands before the program, takes such headers
/// off every request and sets its own. Only where it says itself that it is switched on (WEBSITE_AUTH_ENABLED) are they believed.
/// </summary>
public static class PlatformSignIn
{
    /// <summary>What the app roles begin with that the federation gives its staff in Entra ID: JobMatch.Worker, JobMatch.Lead …</summary>
    public const string RolePrefix = "JobMatch.";

    /// <summary>Null where the platform signs nobody in, or somebody who has no role here.</summary>
    public static Caller? Read(HttpContext context)
    {
        if (!context.RequestServices.GetRequiredService<IConfiguration>().GetValue("WEBSITE_AUTH_ENABLED", false)) return null;
        var header = context.Request.Headers["X-MS-CLIENT-PRINCIPAL"].ToString();
        if (header.Length is 0 or > 16_000) return null;
        try
        {
            var principal = JsonSerializer.Deserialize<Principal>(Convert.FromBase64String(header));
            var claims = principal?.claims ?? [];
            var roles = principal?.auth_typ == "aad" ? RolesOf(principal) : StaffRoles.None;
            // The object id: stable, and no name.
            var id = claims.FirstOrDefault(claim => claim.typ is "oid" or "http://schemas.microsoft.com/identity/claims/objectidentifier")?.val;
            return id is null || roles == StaffRoles.None ? null : new Caller(Role.Staff, "entra-" + id, null, null, Caller.AllScopes) { StaffId = id, StaffRoles = roles };
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            return null;
        }
    }

    private static StaffRoles RolesOf(Principal principal)
    {
        var given = (principal.claims ?? []).Where(claim => claim.typ == "roles" || claim.typ == principal.role_typ).Select(claim => claim.val).ToHashSet();
        return StaffAccess.Roles.Where(x => given.Contains(RolePrefix + x.Role)).Aggregate(StaffRoles.None, (roles, x) => roles | x.Role);
    }

#pragma warning disable IDE1006 // The platform's own names.
    private sealed record Principal(string? auth_typ, string? role_typ, List<Claim>? claims);

    private sealed record Claim(string? typ, string? val);
#pragma warning restore IDE1006
}
