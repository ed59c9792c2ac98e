using System.Globalization;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>Where staff ask how work is going, enter what was said, and see to cases until they are closed.</summary>
public static class FollowUpPages
{
    private const string All = "/staff/follow-ups", One = All + "/{subject}/{followUp}", Case = "/staff/cases/{subject}/{followUp}", May = "pages.staff.people";

    private static readonly Field[] Answers = [Field.Of("answer", FieldKind.Text)];

    private static readonly Field[] Cases = [Field.Text("owner", "Who sees to it", "交给谁负责"), Field.Of("dueOn", FieldKind.Text), Field.Text("note", "What was agreed", "谈了什么、怎么办"), Field.Of("reason", FieldKind.Text)];

    public static void MapFollowUpPages(this Triggers triggers)
    {
        triggers.Page("GET", All, May, async (HttpContext context, string? mine, ListFollowUps flow, TimeProvider time, CancellationToken cancel) =>
            Show.Page<FollowUpsPage, FollowUpsModel>(context, new(await flow.Run(mine is null ? null : context.Caller().StaffId, cancel), mine is not null, context.Caller().StaffId!, time.Today()))).Audited(AuditAct.FollowUpsOpened, null);
        triggers.Page("GET", One, May, (HttpContext context, string subject, string followUp, ListFollowUps flow) => Ask(context, subject, followUp, Form.Empty, flow)).AuditedPerson(AuditAct.FollowUpsOpened);
        triggers.Page("POST", One, May, Enter).AuditedPerson(AuditAct.FollowUpAnswered);
        triggers.Page("GET", Case, May, (HttpContext context, string subject, string followUp, ListFollowUps flow, TimeProvider time) => Open(context, subject, followUp, null, flow, time)).AuditedPerson(AuditAct.FollowUpsOpened);
        triggers.Page("POST", Case, May, Save).AuditedPerson(AuditAct.CaseChanged);
    }

    private static async Task<IResult> Ask(HttpContext context, string subject, string followUp, Form form, ListFollowUps flow, int status = 200) =>
        await Find(subject, followUp, flow, context.RequestAborted) is { } found ? Show.Page<FollowUpPage, FollowUpModel>(context, new(form, found), status) : Show.NotFound(context);

    private static async Task<IResult> Enter(HttpContext context, string subject, string followUp, AnswerFollowUp flow, ListFollowUps list, TimeProvider time)
    {
        var form = await Form.Posted(context);
        if (FollowUpId.Parse($"{subject}-{followUp}") is not { } id)
            return Show.NotFound(context);
        if (!Enum.TryParse<FollowUpAnswer>(form.Value("answer"), out var answer) || !Enum.IsDefined(answer))
            return await Ask(context, subject, followUp, form.With([Faults.Required("answer", "Choose what was said.", "请选择对方的回答。")], Answers, Languages.Of(context)), list, 422);
        if (await flow.Run(id, answer, time.GetUtcNow(), context.Caller().StaffId!, null, context.RequestAborted) is null)
            return Show.NotFound(context);
        return Show.Next(FollowUpSeries.OpensCase(answer) ? CasePath(id) : All);
    }

    private static async Task<IResult> Open(HttpContext context, string subject, string followUp, Form? form, ListFollowUps flow, TimeProvider time, int status = 200) =>
        await Find(subject, followUp, flow, context.RequestAborted) is { Asked.Case: { } opened } found
            ? Show.Page<CasePage, CaseModel>(context, new(form ?? Form.Empty.With("owner", opened.Owner ?? "").With("dueOn", opened.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), found, opened, context.Caller().StaffId!, time.Today()), status)
            : Show.NotFound(context);

    private static async Task<IResult> Save(HttpContext context, string subject, string followUp, ChangeCase flow, ListFollowUps list, TimeProvider time)
    {
        var (form, by) = (await Form.Posted(context), context.Caller().StaffId!);
        if (FollowUpId.Parse($"{subject}-{followUp}") is not { } id)
            return Show.NotFound(context);
        List<FieldError> wrong = [];
        if (!DateOnly.TryParseExact(form.Value("dueOn").Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var due))
            wrong.Add(Faults.BadDate("dueOn"));
        var change = new CaseChange(form.Has("take", "yes") ? by : Said("owner"), due, Said("note"), CodeLists.Parse<CaseReason>(form.Value("reason")));
        return (wrong.Count > 0 ? new CaseChanged.Refused(wrong) : await flow.Run(id, change, by, context.RequestAborted)) switch
        {
            CaseChanged.Done => Show.Next(change.Reason is null ? CasePath(id) : All),
            CaseChanged.Refused x => await Open(context, subject, followUp, form.With(x.Faults, Cases, Languages.Of(context)), list, time, 422),
            _ => Show.NotFound(context),
        };

        string? Said(string name) => CleanText.Of(form.Value(name)) is { Length: > 0 } said ? said : null;
    }

    private static async Task<ListedFollowUp?> Find(string subject, string followUp, ListFollowUps flow, CancellationToken cancel) =>
        FollowUpId.Parse($"{subject}-{followUp}") is { } id ? await flow.One(id, cancel) : null;

    internal static string PathOf(FollowUpId id) => $"{All}/{id.Subject}/{id.Rest}";

    internal static string CasePath(FollowUpId id) => $"/staff/cases/{id.Subject}/{id.Rest}";
}

/// <param name="Mine">Only the reader's cases, and those that nobody has taken.</param>
/// <param name="Who">Who is signed in, by a name-less id.</param>
public sealed record FollowUpsModel(FollowUpWork Work, bool Mine, string Who, DateOnly Today);

public sealed record FollowUpModel(Form Form, ListedFollowUp FollowUp);

/// <param name="Who">Who is signed in, by a name-less id.</param>
public sealed record CaseModel(Form Form, ListedFollowUp FollowUp, FollowUpCase Case, string Who, DateOnly Today);

/// <summary>What follow-ups are called on pages.</summary>
internal static class FollowUpWords
{
    /// <summary>What is followed up.</summary>
    public static Label About(ListedFollowUp x) => x.File.Facts.Of == FollowUpOf.Placement
        ? new($"Job: {x.Title ?? x.File.Facts.About}", $"岗位：{x.Title ?? x.File.Facts.About}")
        : new($"Firm: {x.Title ?? x.File.Facts.About}", $"企业：{x.Title ?? x.File.Facts.About}");

    public static Label Month(int month) => new(month == 1 ? "after 1 month" : $"after {month} months", $"满 {month} 个月");

    /// <summary>A series as the person reads it whom it concerns: each answer, and that there is a case.</summary>
    public static IEnumerable<Label> ToPerson(FollowUpSeries series) => series.Asked.Select(asked =>
    {
        var (said, month) = (asked.Answer is { } answer ? FollowUpLabels.Of(answer) : new("not answered yet", "还没有回答"), Month(asked.Month));
        var (en, zh) = asked.Case switch
        {
            null => ("", ""),
            { IsOpen: true } => ("; staff are seeing to it", "；工作人员正在处理"),
            { Reason: { } reason } => ($"; staff closed it: {FollowUpLabels.Of(reason).En}", $"；工作人员已结案：{FollowUpLabels.Of(reason).Zh}"),
            _ => ("", ""),
        };
        return new Label($"{series.About}, {month.En}: {said.En}{en}", $"{series.About} {month.Zh}：{said.Zh}{zh}");
    });
}
