using System.Globalization;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Pages;

/// <summary>Where staff say whether an employer that registered itself is who it says.</summary>
public static class EmployerDecisionPages
{
    public static void MapEmployerDecisionPages(this Triggers triggers)
    {
        triggers.Page("GET", "/staff/employers", "pages.staff.employers", async (HttpContext context, RegisterEmployer flow, CancellationToken cancel) =>
            Show.Page<EmployersPage, IReadOnlyList<Employer>>(context, await flow.Awaiting(cancel)));
        triggers.Page("GET", "/staff/employers/{id}", "pages.staff.employers", (HttpContext context, string id, [AsParameters] Own own) => One(context, id, Form.Empty, own));
        triggers.Page("POST", "/staff/employers/{id}", "pages.staff.approve", Decide);
    }

    private static async Task<IResult> Decide(HttpContext context, string id, DecideEmployer flow, [AsParameters] Own own)
    {
        var form = await Form.Posted(context);
        var (approve, reason) = (form.Value("decision") == "approve", form.Value("reason"));
        if (form.Value("decision") is not ("approve" or "refuse"))
            return await One(context, id, form.With(new FormError("decision", context.Say("请选择通过或不通过。", "Choose whether it is approved or refused."))), own, 422);
        if (!approve && DecideEmployer.Check(reason) is { } wrong)
            return await One(context, id, form.With(new FormError("reason", wrong.Message.In(Languages.Of(context)))), own, 422);
        var seen = long.TryParse(form.Value("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
        await context.Audit(approve ? AuditAct.EmployerApproved : AuditAct.EmployerRefused, about: id);
        return await flow.Run(id, approve, reason.Trim(), context.Caller().StaffId!, seen, context.RequestAborted) is Put<Employer>.Stale
            ? await One(context, id, form.With(new FormError("", context.Say("单位刚才改过登记，请重新核对。", "The employer has changed its registration meanwhile. Look at it again."))), own, 422)
            : Show.Next("/staff/employers");
    }

    private static async Task<IResult> One(HttpContext context, string id, Form form, Own own, int status = 200)
    {
        if (await own.Employers.Find(id, context.RequestAborted) is not { Value: { Registration: not null } employer })
            return Show.NotFound(context);
        var (others, positions) = (await own.Register.Namesakes(employer, context.RequestAborted), await own.Positions.OfEmployer(id, context.RequestAborted));
        return Show.Page<EmployerDecisionPage, EmployerDecisionModel>(context, new(form.With("version", $"{employer.Version}"), employer, others, positions.Count), status);
    }

    internal sealed record Own(IEmployers Employers, IPositions Positions, RegisterEmployer Register);
}

/// <param name="Namesakes">Others with the same credit code.</param>
/// <param name="Positions">How many it has written.</param>
public sealed record EmployerDecisionModel(Form Form, Employer Employer, IReadOnlyList<Employer> Namesakes, int Positions);
