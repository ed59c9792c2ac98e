using System.Globalization;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>Where leads see what the pluses weigh, try other weights on what the service holds, ask for them and publish what another asked for.</summary>
public static class PolicyPages
{
    private const string Path = "/staff/policy";

    public static void MapPolicyPages(this Triggers triggers)
    {
        triggers.Page("GET", Path, "pages.staff.policy", (HttpContext context, [AsParameters] Own own) => View(context, own, null));
        triggers.Page("GET", Path + "/try", "pages.staff.policy", Try);
        triggers.Page("GET", Path + "/try/{subject}", "pages.staff.people", One).AuditedPerson(AuditAct.SeekerOpened);
        triggers.Page("POST", Path, "pages.staff.policy", Ask).Audited(AuditAct.PolicyAsked, null);
        triggers.Page("POST", Path + "/{number}/approve", "pages.staff.approve", (HttpContext context, int number, [AsParameters] Own own) =>
            Done(context, own, own.Weights.Approve(number, context.Caller().StaffId!, context.RequestAborted))).Audited(AuditAct.PolicyPublished, "number");
        triggers.Page("POST", Path + "/{number}/drop", "pages.staff.policy", (HttpContext context, int number, [AsParameters] Own own) =>
            Done(context, own, own.Weights.Drop(number, context.Caller().StaffId!, context.RequestAborted))).Audited(AuditAct.PolicyDropped, "number");
    }

    /// <param name="form">What was typed and is wrong; null = the form holds what counts now.</param>
    private static async Task<IResult> View(HttpContext context, Own own, Form? form)
    {
        var changes = await own.Weights.All(context.RequestAborted);
        var (all, today) = (WeightsChange.InForce(changes), own.Time.Today());
        return Show.Page<PolicyPage, PolicyModel>(
            context, new(form ?? Filled(all.On(today).Weights), all, all.On(today), changes, context.Caller().StaffId!), form is null ? 200 : 422, Path);
    }

    private static async Task<IResult> Try(HttpContext context, int? from, [AsParameters] Own own, TryWeights flow, IMarket market)
    {
        var (form, weights, budget) = Read(context, Typed(context));
        if (weights is null)
            return await View(context, own, form);
        var preview = await flow.Run(weights, budget, context.RequestAborted);
        var counts = WeightsChange.InForce(await own.Weights.All(context.RequestAborted)).On(own.Time.Today()).Weights;
        var titles = (await market.View(context.RequestAborted)).Positions;
        return Show.Page<TrialPage, TrialModel>(context, new(form, weights, counts, preview, Math.Max(0, from ?? 0), id => titles.GetValueOrDefault(id)?.Facts.Title ?? id));
    }

    private static async Task<IResult> One(HttpContext context, string subject, int? from, [AsParameters] Own own, TryWeights flow, IMarket market)
    {
        var (form, weights, _) = Read(context, Typed(context));
        if (weights is null)
            return await View(context, own, form);
        var titles = (await market.View(context.RequestAborted)).Positions;
        return await flow.Of(subject, weights, context.RequestAborted) is { } found
            ? Show.Page<PersonTrialPage, PersonTrialModel>(context, new(form, found, Math.Max(0, from ?? 0), id => titles.GetValueOrDefault(id)?.Facts.Title ?? id))
            : Show.NotFound(context);
    }

    private static async Task<IResult> Ask(HttpContext context, [AsParameters] Own own)
    {
        var (form, weights, _) = Read(context, await Form.Posted(context));
        return weights is null
            ? await View(context, own, form)
            : await Done(context, own, own.Weights.Ask(weights, context.Caller().StaffId!, context.RequestAborted));
    }

    private static async Task<IResult> Done(HttpContext context, Own own, Task<Label?> done) => await done is { } why
        ? await View(context, own, Filled(WeightsChange.InForce(await own.Weights.All(context.RequestAborted)).On(own.Time.Today()).Weights).With(new FormError("", why.In(Languages.Of(context)))))
        : Show.Next(Path);

    private static Form Typed(HttpContext context) =>
        Policy.Pluses.Select(plus => plus.Id).Append("budget").Aggregate(Form.Empty, (form, name) => form.With(name, context.Request.Query[name].LastOrDefault() ?? ""));

    private static Form Filled(IReadOnlyList<int> weights) =>
        Policy.Pluses.Zip(weights).Aggregate(Form.Empty, (form, x) => form.With(x.First.Id, x.Second.ToString(CultureInfo.InvariantCulture)));

    /// <returns>No weights where something is wrong; what, the form says.</returns>
    private static (Form Form, IReadOnlyList<int>? Weights, int? Budget) Read(HttpContext context, Form form)
    {
        List<FormError> wrong = [];
        List<int> weights = [];
        foreach (var plus in Policy.Pluses)
            if (Whole(form.Value(plus.Id)) is { } weight and <= PolicyWeights.Total)
                weights.Add(weight);
            else
                wrong.Add(new(plus.Id, context.Say($"{plus.Title.Zh}：请填写 0 到 {PolicyWeights.Total} 的整数。", $"{plus.Title.En}: enter a whole number from 0 to {PolicyWeights.Total}.")));
        if (wrong.Count == 0 && weights.Sum() is var sum && sum != PolicyWeights.Total)
            wrong.Add(new("", sum < PolicyWeights.Total
                ? context.Say($"九项权重合计 {sum}，须为 {PolicyWeights.Total}：请再加 {PolicyWeights.Total - sum}。", $"The nine weights add up to {sum} and must make {PolicyWeights.Total}: add {PolicyWeights.Total - sum}.")
                : context.Say($"九项权重合计 {sum}，须为 {PolicyWeights.Total}：请减去 {sum - PolicyWeights.Total}。", $"The nine weights add up to {sum} and must make {PolicyWeights.Total}: take away {sum - PolicyWeights.Total}.")));
        var budget = Whole(form.Value("budget"));
        if (form.Value("budget").Trim().Length > 0 && budget is not (>= 1 and <= Limits.Budget))
            wrong.Add(new("budget", context.Say($"请填写 1 到 {Limits.Budget} 之间的整数，或不填。", $"Enter a whole number from 1 to {Limits.Budget}, or nothing.")));
        return wrong.Count == 0 ? (form, weights, budget) : (form.With([.. wrong]), null, null);
    }

    private static int? Whole(string typed) => int.TryParse(CleanText.HalfWidth(typed).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    internal sealed record Own(PublishWeights Weights, TimeProvider Time);
}

/// <param name="All">Every row there is.</param>
/// <param name="Now">The one that counts.</param>
/// <param name="Who">Who reads it: nobody approves what they asked for.</param>
public sealed record PolicyModel(Form Form, PolicyWeights All, WeightsRow Now, IReadOnlyList<WeightsChange> Changes, string Who)
{
    /// <summary>What waits for another lead; null = nothing.</summary>
    public WeightsChange? Waiting => Changes.FirstOrDefault(change => change.DecidedBy is null);

    /// <summary>Who published a row; null for what the policy came with.</summary>
    public WeightsChange? Of(WeightsRow row) => Changes.Where(change => change.Published)
        .ElementAtOrDefault(All.Rows.Where(x => Published(x)).TakeWhile(x => x != row).Count()) is { } change && Published(row) ? change : null;

    /// <summary>The address of a trial of these weights.</summary>
    public static string TrialOf(IReadOnlyList<int> weights) =>
        "/staff/policy/try" + QueryString.Create(Policy.Pluses.Zip(weights).Select(x => KeyValuePair.Create<string, string?>(x.First.Id, x.Second.ToString(CultureInfo.InvariantCulture))));

    private static bool Published(WeightsRow row) => !PolicyWeights.Shipped.Rows.Any(x => x.Version == row.Version);
}

/// <param name="Counts">The weights that count now.</param>
/// <param name="From">The first line of this part.</param>
/// <param name="TitleOf">What a position is called.</param>
public sealed record TrialModel(Form Form, IReadOnlyList<int> Weights, IReadOnlyList<int> Counts, WeightsPreview Preview, int From, Func<string, string> TitleOf)
{
    /// <summary>How many people one part lists.</summary>
    public const int Part = 50;

    /// <summary>Everybody for whom anything changes, by subject: those first for whom it is more than scores.</summary>
    public IReadOnlyList<string> People { get; } =
    [
        .. Preview.Events.SelectMany(x => x.NewlyInvited.Concat(x.NoLongerInvited).Concat(x.NamedOtherwise)).Concat(Preview.Changed.Where(x => x.Reordered || x.Verdicts > 0).Select(x => x.Seeker)).Distinct().Order(StringComparer.Ordinal)
            .Concat(Preview.Changed.Select(x => x.Seeker)).Distinct(),
    ];

    public string At(string? subject, int from) => "/staff/policy/try" + (subject is null ? "" : "/" + subject) + QueryString.Create(
        Policy.Pluses.Select(plus => plus.Id).Append("budget").Select(name => KeyValuePair.Create<string, string?>(name, Form.Value(name))).Append(new("from", from.ToString(CultureInfo.InvariantCulture))));
}

/// <inheritdoc cref="TrialModel"/>
public sealed record PersonTrialModel(Form Form, PersonPreview Found, int From, Func<string, string> TitleOf)
{
    /// <summary>How many positions one part lists.</summary>
    public const int Part = 100;

    /// <summary>This person's page from a line on; back to all people where there is none.</summary>
    public string At(int? from) => "/staff/policy/try" + (from is null ? "" : "/" + Found.Subject) + QueryString.Create(
        Policy.Pluses.Select(plus => plus.Id).Append("budget").Select(name => KeyValuePair.Create<string, string?>(name, Form.Value(name)))
            .Concat(from is { } line ? [new("from", line.ToString(CultureInfo.InvariantCulture))] : []));
}
