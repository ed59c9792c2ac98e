using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>What staff note of programmes, record by record, and the figures that come of it.</summary>
public static class ProgrammePages
{
    private const int Shown = 50;

    private static readonly Field[] Whole =
    [
        Field.Of("participant", FieldKind.Text, ("required", new("Enter the person's id or phone number.", "请填写人员编号或手机号。"))),
        Field.Text("title", "Name", "名称", ("required", new("Enter the name.", "请填写名称。"))),
        Field.Text("partOf", "Id", "编号", ("required", new("Enter the id.", "请填写编号。"))),
        Field.Text("at", "Base", "基地编号"),
        Field.Of("type", FieldKind.Text, ("required", new("Choose the type.", "请选择类型。"))),
        .. OfStep,
    ];

    private static Field[] OfStep =>
    [
        Field.Of("step", FieldKind.Text, ("required", new("Choose what happened.", "请选择步骤。"))),
        Field.Of("on", FieldKind.Text, ("required", new("Enter the day.", "请填写日期。"))),
        Field.Text("ref", "Number or name", "编号或名称"),
    ];

    public static void MapProgrammePages(this Triggers triggers)
    {
        triggers.Page("GET", "/staff/programmes", "pages.staff.people", (HttpContext context) => Show.Page<ProgrammesPage, IReadOnlyList<ProgrammeKind>>(context, ProgrammeKind.All));
        triggers.Page("GET", "/staff/programmes/{kind}", "pages.staff.people", One).Audited(AuditAct.RecordsOpened, "kind");
        triggers.Page("GET", "/staff/programmes/{kind}/new", "pages.staff.people", New);
        triggers.Page("POST", "/staff/programmes/{kind}/new", "pages.staff.people", Add).Audited(AuditAct.RecordChanged, "kind");
        triggers.Page("GET", "/staff/programmes/{kind}/records/{id}", "pages.staff.people", (HttpContext context, string kind, string id, [AsParameters] Own own) => Record(context, kind, id, null, own)).Audited(AuditAct.RecordsOpened, "kind");
        triggers.Page("POST", "/staff/programmes/{kind}/records/{id}", "pages.staff.people", Note).Audited(AuditAct.RecordChanged, "kind");
        triggers.Page("GET", "/staff/outcomes", "pages.staff", Figures);
        triggers.Page("GET", "/staff/outcomes.csv", "pages.staff", Csv);
    }

    private static async Task<IResult> One(HttpContext context, string kind, string? partOf, ListProgrammeRecords flow, TimeProvider time, CancellationToken cancel)
    {
        if (ProgrammeKind.Find(kind) is not { } known)
            return Show.NotFound(context);
        var part = string.IsNullOrWhiteSpace(partOf) ? null : partOf.Trim();
        return Show.Page<ProgrammePage, ProgrammeList>(context, new(Form.Empty.With("partOf", part ?? ""), known, await flow.Run(kind, part, Shown, cancel), time.Today()));
    }

    private static IResult New(HttpContext context, string kind, string? participant, string? at, string? partOf, TimeProvider time) => ProgrammeKind.Find(kind) is { } known
        ? Show.Page<ProgrammeFormPage, ProgrammeForm>(context, new(Form.Empty.With("participant", participant ?? "").With("at", at ?? "").With("partOf", partOf ?? "").With("id", "r-" + SeekerPages.Letters(RandomNumberGenerator.GetBytes(10))).With("on", Day(time.Today())), known))
        : Show.NotFound(context);

    // The id comes with the form, so that what is posted twice is one record.
    private static async Task<IResult> Add(HttpContext context, string kind, PutProgrammeRecord flow, [AsParameters] Own own)
    {
        if (ProgrammeKind.Find(kind) is not { } known)
            return Show.NotFound(context);
        var (form, cancel) = (await Form.Posted(context), context.RequestAborted);
        var shape = form.WriteTo([], Whole);
        shape["steps"] = new JsonArray(Step(shape));
        var (id, typed) = (form.Value("id"), form.Value("participant").Trim());
        if (PhoneNumber.Parse(typed) is { } phone && await own.Seekers.ByPhone(phone, cancel) is [var only])
            shape["participant"] = only;
        var reading = ShapeReader.Read<ProgrammeRecordShape>(shape).Then(x => x.ToRecord(known, id, own.Time.Today()));
        IReadOnlyList<FieldError> errors = reading.Ok && await flow.Run(reading.Value!, null, cancel) is null
            ? [Faults.UnknownCode("participant", "Nobody, or more than one person, is registered under this. Enter the person's id.", "没有找到，或有多人使用这个手机号。请填写人员编号。")]
            : [.. reading.Errors.Select(error => error with { Field = error.Field.Replace("steps[0].", "", StringComparison.Ordinal) })];
        return errors.Count == 0
            ? Show.Next(PathOf(kind, id))
            : Show.Page<ProgrammeFormPage, ProgrammeForm>(context, new(form.With(errors, Whole, Languages.Of(context)), known), 422);
    }

    private static async Task<IResult> Record(HttpContext context, string kind, string id, Form? form, Own own)
    {
        if (ProgrammeKind.Find(kind) is not { } known || await own.Records.One(kind, id, context.RequestAborted) is not { } found)
            return Show.NotFound(context);
        form ??= Form.Empty.With("on", Day(own.Time.Today())).With("outcome", found.File.Facts.Outcome ?? "");
        return Show.Page<ProgrammeRecordPage, ProgrammeOpen>(context, new(form, known, found, own.Time.Today(),
            await own.Records.Beside(found.File.Facts, context.RequestAborted), await own.Records.Placements(found.File.Facts, context.RequestAborted)), form.Errors.Count > 0 ? 422 : 200);
    }

    // A step, how it ended, or both.
    private static async Task<IResult> Note(HttpContext context, string kind, string id, PutProgrammeRecord flow, [AsParameters] Own own)
    {
        var cancel = context.RequestAborted;
        if (ProgrammeKind.Find(kind) is not { } known || await own.Records.One(kind, id, cancel) is not { } before)
            return Show.NotFound(context);
        var form = await Form.Posted(context);
        Field[] fields = [.. OfStep, .. Amounts(known).Select(amount => Field.Number($"amounts.{amount.Code}", amount.Label.En, amount.Label.Zh))];
        var outcome = known.Outcomes.FirstOrDefault(word => word.Code == form.Value("outcome"))?.Code;
        var ends = outcome != before.File.Facts.Outcome;
        if (!ends || form.Value("step").Length > 0)
        {
            var reading = ShapeReader.Read<ProgrammeStepShape>(form.WriteTo([], fields)).Then(x => x.ToStep(known, own.Time.Today()));
            if (!reading.Ok)
                return await Record(context, kind, id, form.With(reading.Errors, fields, Languages.Of(context)), own);
            await flow.Step(kind, id, reading.Value!, form.Has("undo", "yes"), cancel);
        }
        if (ends)
            await flow.End(kind, id, outcome, cancel);
        return Show.Next(PathOf(kind, id));
    }

    private static async Task<IResult> Figures(HttpContext context, string? from, string? to, CountFigures flow, TimeProvider time, CancellationToken cancel)
    {
        var form = Form.Empty.With("from", from ?? "").With("to", to ?? "");
        return Days(from, to) is { } period
            ? Show.Page<FiguresPage, FiguresModel>(context, new(form, await flow.Run(period, cancel), PlanPeriods.Of(time.Today())))
            : Show.Page<FiguresPage, FiguresModel>(context, new(form.With(new FormError("to", context.Say("请填写日期，例如 2026-12-31；结束日期不能早于开始日期。", "Enter days such as 2026-12-31, the last not before the first."))), [], default), 422);
    }

    private static async Task<IResult> Csv(HttpContext context, string? from, string? to, CountFigures flow, CancellationToken cancel)
    {
        if (Days(from, to) is not { } period)
            return Show.NotFound(context);
        var language = Languages.Of(context);
        var lines = new StringBuilder().Append(Line("key", "name", "value", "definition"));
        foreach (var figure in await flow.Run(period, cancel))
        {
            lines.Append(Line(figure.Figure.Key, figure.Figure.Name.In(language), Number(figure.Value), figure.Figure.Definition.In(language)));
            foreach (var part in figure.Parts)
                lines.Append(Line($"{figure.Figure.Key}/{part.Code}", part.Label?.In(language) ?? part.Code, Number(part.Value), ""));
        }
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        // Spreadsheets take it for UTF-8 by its mark.
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(lines.ToString())], "text/csv; charset=utf-8", "jobmatch-outcomes.csv");
    }

    private static Period? Days(string? from, string? to)
    {
        DateOnly? first = null, last = null;
        if (!string.IsNullOrWhiteSpace(from) && (first = DayOf(from)) is null || !string.IsNullOrWhiteSpace(to) && (last = DayOf(to)) is null || last < first)
            return null;
        return new(first, last);
    }

    private static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static JsonObject Step(JsonObject shape)
    {
        var step = new JsonObject();
        foreach (var member in (string[])["step", "on", "ref"])
            if (shape.Remove(member, out var said))
                step[member] = said;
        return step;
    }

    private static string Line(params string[] cells) => string.Join(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n";

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string PathOf(string kind, string id) => $"/staff/programmes/{kind}/records/{Uri.EscapeDataString(id)}";

    /// <summary>Every amount that a step of the kind can carry, once.</summary>
    internal static IEnumerable<ProgrammeWord> Amounts(ProgrammeKind kind) => kind.Steps.SelectMany(step => step.Amounts).DistinctBy(amount => amount.Code);

    internal sealed record Own(ListProgrammeRecords Records, ISeekers Seekers, TimeProvider Time);
}

public sealed record ProgrammeList(Form Form, ProgrammeKind Kind, Ranked<ListedRecord> Records, DateOnly Today);

public sealed record ProgrammeForm(Form Form, ProgrammeKind Kind);

/// <param name="Beside">What else is recorded of the same person.</param>
/// <param name="Placements">When they started which position.</param>
public sealed record ProgrammeOpen(Form Form, ProgrammeKind Kind, ListedRecord Record, DateOnly Today, IReadOnlyList<ProgrammeRecord> Beside, IReadOnlyList<FollowUpSeries> Placements);

/// <param name="Figures">None where the days are wrong.</param>
/// <param name="Plan">The years that jobs gained are counted for where no days are stated.</param>
public sealed record FiguresModel(Form Form, IReadOnlyList<FigureValue> Figures, Period Plan);
