using JobMatch.Adapters.Secrets;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Pages;

/// <summary>Keys for an employer's own programs: given out and shown once, replaced with a time in which both count, ended.</summary>
public static class KeyPages
{
    /// <summary>How long a key still counts beside its replacement, at most.</summary>
    public static readonly TimeSpan Both = TimeSpan.FromDays(7);

    private const string Address = "/employer/keys";
    private static readonly TimeSpan Lives = TimeSpan.FromDays(365);

    public static void MapKeyPages(this Triggers triggers)
    {
        triggers.Page("GET", Address, "pages.employer", (HttpContext context, [AsParameters] Own own) => List(context, own, Form.Empty, null));
        triggers.Page("POST", Address, "pages.employer", Change);
    }

    // Only the owner's own keys are looked up, so that no other's can be named.
    private static async Task<IResult> Change(HttpContext context, [AsParameters] Own own)
    {
        var (form, employer, cancel) = (await Form.Posted(context), context.Caller().EmployerId!, context.RequestAborted);
        var named = (await own.Keys.Of(Role.Employer, employer, cancel)).FirstOrDefault(key => key.KeyId == form.Value("key"));
        if (form.Value("do") == "revoke")
        {
            if (named is not null)
            {
                await context.Audit(AuditAct.KeyRevoked, about: named.KeyId);
                await own.Keys.Revoke(named.KeyId, cancel);
            }
            return Show.Next(Address);
        }
        if (form.Value("do") is not ("issue" or "replace") || await own.Employers.Find(employer, cancel) is { Value.IsHeld: true })
            return Show.Next(Address);
        await context.Audit(AuditAct.KeyIssued, about: employer);
        if (await own.Keys.Issue(Role.Employer, employer, Caller.AllScopes, own.Time.GetUtcNow() + Lives, cancel) is not { } given)
            return await List(context, own, form.With(new FormError("", context.Say("已有两个有效的密钥，请先停用一个。", "Two keys are in use already. End one of them first."))), null, 422);
        if (form.Value("do") == "replace" && named is not null)
            await own.Keys.EndBy(named.KeyId, own.Time.GetUtcNow() + Both, cancel);
        return await List(context, own, Form.Empty, given);
    }

    private static async Task<IResult> List(HttpContext context, Own own, Form form, string? given, int status = 200)
    {
        var employer = context.Caller().EmployerId!;
        var (keys, now) = (await own.Keys.Of(Role.Employer, employer, context.RequestAborted), own.Time.GetUtcNow());
        var held = await own.Employers.Find(employer, context.RequestAborted) is { Value.IsHeld: true };
        return Show.Page<KeysPage, KeysModel>(context, new(form, [.. keys.Where(key => key.IsLive(now))], [.. keys.Where(key => !key.IsLive(now))], given, held), status);
    }

    internal sealed record Own(ApiKeyRows Keys, IEmployers Employers, TimeProvider Time);
}

/// <param name="Live">At most two.</param>
/// <param name="Given">The whole key that was made just now: shown this once, kept nowhere.</param>
/// <param name="Held">Nobody has approved the employer yet: it gets no key.</param>
public sealed record KeysModel(Form Form, IReadOnlyList<ApiKey> Live, IReadOnlyList<ApiKey> Ended, string? Given, bool Held);
