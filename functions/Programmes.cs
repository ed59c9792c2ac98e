using JobMatch.Flows;
using JobMatch.Flows.Imports;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>What the programmes did, record by record, and the figures that are counted from it.</summary>
public static class Programmes
{
    internal static readonly FieldError NoSuchSeeker = Faults.UnknownCode("participant", "There is no seeker with this id. Register the person first.", "没有这个编号的求职者，请先登记。");

    public static void MapProgrammes(this Triggers triggers)
    {
        triggers.Http("GET", "/api/programmes", "programmes.kinds", Kinds)
            .Describe(x => x.WithSummary("The kinds of records, and which members, steps and words each has.").Produces<ListAnswer<ProgrammeAnswer>>());
        triggers.Http("GET", "/api/programmes/{kind}/records", "programmes.read", All).Audited(AuditAct.RecordsOpened, "kind")
            .Describe(x => x.WithSummary("A kind's records, those with the latest step first; ?partOf= names one contest, course run or firm.").Produces<ListAnswer<ProgrammeRecordAnswer>>());
        triggers.Http("PUT", "/api/programmes/{kind}/records/{id}", "programmes.write", Put).Audited(AuditAct.RecordChanged, "kind")
            .Describe(x => x.WithSummary("Writes a record, or replaces it.").Accepts<ProgrammeRecordShape>("application/json").Produces<ProgrammeRecordAnswer>(201).Produces<ProgrammeRecordAnswer>());
        triggers.Http("GET", "/api/programmes/{kind}/records/{id}", "programmes.read", Get).Audited(AuditAct.RecordsOpened, "kind")
            .Describe(x => x.WithSummary("A record.").Produces<ProgrammeRecordAnswer>());
        triggers.Http("DELETE", "/api/programmes/{kind}/records/{id}", "programmes.write", Delete).Audited(AuditAct.RecordChanged, "kind")
            .Describe(x => x.WithSummary("Takes back a record that was a mistake; twice is once.").Produces(204));
        triggers.Http("POST", "/api/programmes/{kind}/records/{id}/steps", "programmes.write", Step).Audited(AuditAct.RecordChanged, "kind")
            .Describe(x => x.WithSummary("Notes a step of a record, or takes it back; twice is once.").Accepts<ProgrammeStepNoteShape>("application/json").Produces<ProgrammeRecordAnswer>());
        triggers.Http("POST", "/api/programmes/{kind}/import", "programmes.import", ImportMany).Audited(AuditAct.RecordChanged, "kind")
            .Describe(x => x.WithSummary("Many records of one kind: CSV, xlsx or NDJSON; an answer per row, good rows kept.").TakesSheet());
        triggers.Http("GET", "/api/outcomes", "figures.read", Figures)
            .Describe(x => x.WithSummary("The figures of all programmes, counted from records, each with its definition; of steps on days from–to where stated.").Produces<ListAnswer<FigureAnswer>>());
    }

    private static IResult Kinds(HttpContext context) =>
        Answers.List(context, "programme", ProgrammeKind.All.Select(kind => ProgrammeAnswer.Of(kind, Languages.Of(context))), ProgrammeKind.All.Count);

    private static async Task<IResult> All(HttpContext context, string kind, string? partOf, int? top, ListProgrammeRecords flow, CancellationToken cancel)
    {
        if (ProgrammeKind.Find(kind) is null)
            return Problems.NotFound(context);
        var today = context.RequestServices.GetRequiredService<TimeProvider>().Today();
        var found = await flow.Run(kind, partOf, Requests.Top(top), cancel);
        return Answers.List(context, "programmeRecord", found.Items.Select(x => ProgrammeRecordAnswer.Of(x, today)), found.Total);
    }

    private static async Task<IResult> Put(HttpContext context, string kind, string id, PutProgrammeRecord flow, ListProgrammeRecords records, TimeProvider time, CancellationToken cancel)
    {
        if (ProgrammeKind.Find(kind) is not { } known)
            return Problems.NotFound(context);
        var (wanted, problem) = await Requests.Read<ProgrammeRecordShape, ProgrammeRecord>(context, id, shape => shape.ToRecord(known, id, time.Today()));
        if (wanted is null)
            return problem!;
        if (await flow.Run(wanted, Requests.IfMatch(context), cancel) is not { } put)
            return Requests.Invalid(context, [NoSuchSeeker]);
        return Answers.OfPut(context, "programmeRecord", put, x => x.Version, x => ProgrammeRecordAnswer.Of(x.Facts, wanted.Participant, time.Today()));
    }

    private static async Task<IResult> Get(HttpContext context, string kind, string id, ListProgrammeRecords flow, TimeProvider time, CancellationToken cancel)
    {
        if (ProgrammeKind.Find(kind) is null || await flow.One(kind, id, cancel) is not { } found)
            return Problems.NotFound(context);
        Requests.ETag(context, found.File.Version);
        return Answers.Json(context, "programmeRecord", ProgrammeRecordAnswer.Of(found, time.Today()));
    }

    private static async Task<IResult> Delete(HttpContext context, string kind, string id, IProgrammes programmes, CancellationToken cancel)
    {
        if (ProgrammeKind.Find(kind) is null || CallerId.Check(id) is not null)
            return Problems.NotFound(context);
        await programmes.Delete(kind, id, cancel);
        return Results.NoContent();
    }

    private static async Task<IResult> Step(HttpContext context, string kind, string id, PutProgrammeRecord flow, ListProgrammeRecords records, TimeProvider time, CancellationToken cancel)
    {
        if (ProgrammeKind.Find(kind) is not { } known)
            return Problems.NotFound(context);
        var undo = false;
        var (step, problem) = await Requests.Read<ProgrammeStepNoteShape, DatedStep>(context, id, shape =>
        {
            undo = shape.Undo == true;
            return shape.ToStep(known, time.Today());
        });
        if (step is null)
            return problem!;
        if (await flow.Step(kind, id, step, undo, cancel) is null || await records.One(kind, id, cancel) is not { } now)
            return Problems.NotFound(context);
        return Answers.Json(context, "programmeRecord", ProgrammeRecordAnswer.Of(now, time.Today()));
    }

    private static async Task<IResult> ImportMany(HttpContext context, string kind, PutProgrammeRecord flow, TimeProvider time, CancellationToken cancel)
    {
        if (ProgrammeKind.Find(kind) is not { } known)
            return Problems.NotFound(context);
        var (sheet, problem) = await Imports.Read(context);
        if (sheet is null)
            return problem!;
        await Imports.Answer(context, Import.Programmes(sheet, known, time.Today()), async record => await flow.Run(record, null, cancel) is { } put ? Imports.Of(put) : SavedRow.Refused(NoSuchSeeker));
        return Results.Empty;
    }

    private static async Task<IResult> Figures(HttpContext context, DateOnly? from, DateOnly? to, CountFigures flow, CancellationToken cancel)
    {
        if (to < from)
            return Requests.Invalid(context, [Faults.OutOfRange("to", "The last day must not lie before the first.", "结束日期不能早于开始日期。")]);
        var figures = await flow.Run(new(from, to), cancel);
        return Answers.List(context, "figure", figures.Select(x => FigureAnswer.Of(x, Languages.Of(context))), figures.Count);
    }
}

/// <summary>A kind of records: what forms and imports ask for.</summary>
/// <param name="Label">What its records are called.</param>
/// <param name="Hint">When a record is made.</param>
/// <param name="Participant">Whether it names a seeker: none, optional or required.</param>
/// <param name="Title">What its title names; absent where it has none.</param>
/// <param name="PartOf">What it belongs to; absent where to nothing.</param>
/// <param name="At">Whether it says at which base.</param>
public sealed record ProgrammeAnswer(
    string Code, string Label, string Hint, ParticipantRule Participant, string? Title, string? PartOf, bool At,
    IReadOnlyList<ProgrammeWordAnswer> Types, IReadOnlyList<ProgrammeStepAnswer> Steps, IReadOnlyList<ProgrammeWordAnswer> Outcomes)
{
    internal static ProgrammeAnswer Of(ProgrammeKind x, Language language) => new(
        x.Code, x.Label.In(language), x.Hint.In(language), x.Participant, x.Title?.In(language), x.PartOf?.In(language), x.At, Words(x.Types, language),
        [.. x.Steps.Select(step => new ProgrammeStepAnswer(step.Code, step.Label.In(language), Words(step.Amounts, language), step.Many, step.Ahead, step.Ref?.In(language)))], Words(x.Outcomes, language));

    private static ProgrammeWordAnswer[] Words(IReadOnlyList<ProgrammeWord> words, Language language) => [.. words.Select(x => new ProgrammeWordAnswer(x.Code, x.Label.In(language)))];
}

public sealed record ProgrammeWordAnswer(string Code, string Label);

/// <param name="Many">It may happen more than once.</param>
/// <param name="Ahead">It may lie in the future.</param>
/// <param name="Ref">What its reference names; absent where it has none.</param>
public sealed record ProgrammeStepAnswer(string Code, string Label, IReadOnlyList<ProgrammeWordAnswer> Amounts, bool Many, bool Ahead, string? Ref);

/// <summary>A record as it was put; its participant is absent after erasure.</summary>
public sealed record ProgrammeRecordAnswer : ProgrammeRecordShape
{
    private ProgrammeRecordAnswer(ProgrammeRecordShape shape) : base(shape) { }

    public string Kind { get; init; } = "";

    public string Id { get; init; } = "";

    /// <summary>Of a village room: how its orders stand to its goods.</summary>
    public GoodsAnswer? Goods { get; init; }

    internal static ProgrammeRecordAnswer Of(ListedRecord x, DateOnly today) => Of(x.File.Facts, x.Person?.Id, today);

    internal static ProgrammeRecordAnswer Of(ProgrammeRecord record, string? participant, DateOnly today) => new(record.ToShape(participant))
    {
        Kind = record.Kind,
        Id = record.Id,
        Goods = record.Kind == ProgrammeKind.VillageRoom && VillageGoods.Of(record, today) is var goods ? new(goods.Ready, goods.Promised, goods.Ordered, goods.Left, goods.Level) : null,
    };
}

/// <param name="Ready">Units that are there.</param>
/// <param name="Promised">Units promised for a later day.</param>
/// <param name="Ordered">Units ordered and not cancelled.</param>
/// <param name="Left">Units that can still be sold; below 0 so many are missing.</param>
/// <param name="Level">tight from four fifths of all goods on, short where some are missing: look for goods before orders must be cancelled.</param>
public sealed record GoodsAnswer(int Ready, int Promised, int Ordered, int Left, GoodsLevel Level);

/// <summary>A number with how it was come to.</summary>
/// <param name="Value">Whole, but for a mean, which has one decimal.</param>
/// <param name="Parts">What it is made up of, the largest first, of months the newest; absent where it is not told apart.</param>
public sealed record FigureAnswer(string Key, string Name, decimal Value, string Definition, IReadOnlyList<FigurePartAnswer>? Parts)
{
    internal static FigureAnswer Of(FigureValue x, Language language) => new(
        x.Figure.Key, x.Figure.Name.In(language), x.Value, x.Figure.Definition.In(language),
        x.Figure.Parts == PartBy.Nothing ? null : [.. x.Parts.Select(part => new FigurePartAnswer(part.Code, part.Label?.In(language), part.Value))]);
}

/// <param name="Label">Absent where the code is an id of the caller's.</param>
public sealed record FigurePartAnswer(string Code, string? Label, decimal Value);
