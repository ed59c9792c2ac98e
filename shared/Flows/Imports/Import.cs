using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows.Imports;

/// <summary>
/// Reads the rows of a sheet by the same reader and the same conversion as a single PUT, so that both refuse the same.
/// Rows come lazily, in order; saving them is the caller's.
/// </summary>
public static partial class Import
{
    /// <summary>Positions of one employer; ids are <c>{employer}-{reference}</c>, so that a corrected file updates.</summary>
    /// <param name="creditCode">The employer's own, where held: a row with a column for it that names another is refused.</param>
    /// <param name="today">Asia/Shanghai; answers are of this day.</param>
    /// <param name="before">Ids of rows of the same file that were read earlier: none may come again.</param>
    public static IEnumerable<ImportRow<PositionFile>> Positions(
        Sheet.Table sheet, string employer, string? creditCode, DateOnly today, CodeLists lists, IEnumerable<string>? before = null) =>
        Rows<PositionShape, PositionFile>(
            sheet, new(Columns.OfPositions(lists), sheet.Headers), reference => $"{employer}-{reference}",
            (shape, id) => shape.ToFile(id, employer, today, lists), draft => CheckOwner(draft, creditCode),
            file => PositionLint.Of(file).Select(x => new ImportNotice(x.Field, PositionLint.Says(x.Finding))), before);

    /// <summary>Seekers; a reference is the id. A sheet without any column of consent is refused row by row, as a PUT without consent is.</summary>
    /// <param name="today">Asia/Shanghai.</param>
    public static IEnumerable<ImportRow<SeekerFile>> Seekers(Sheet.Table sheet, DateOnly today, CodeLists lists)
    {
        var heading = new Heading(Columns.OfSeekers(lists), sheet.Headers);
        var consents = heading.Has("consent.");
        return Rows<SeekerShape, SeekerFile>(sheet, heading, reference => reference, (shape, id) => shape.ToFile(id, today, lists), draft =>
        {
            if (consents)
                draft.Shape.TryAdd("consent", new JsonObject());
        }, file => NamesDisability("skills", file.Facts.Skills).Concat(NamesDisability("occupations", file.Facts.Occupations)));
    }

    /// <summary>Opportunities of one kind; a reference is the id.</summary>
    /// <param name="today">Asia/Shanghai; answers are of this day.</param>
    public static IEnumerable<ImportRow<Opportunity>> Opportunities(Sheet.Table sheet, OpportunityKind kind, DateOnly today, CodeLists lists) =>
        Rows<OpportunityShape, Opportunity>(sheet, new(Columns.OfOpportunity(kind, lists), sheet.Headers), reference => reference, (shape, id) => shape.ToOpportunity(kind, id, today, lists), _ => { }, _ => []);

    /// <summary>Records of one kind of programme; a reference is the id. Participants are seekers' ids still.</summary>
    /// <param name="today">Asia/Shanghai.</param>
    public static IEnumerable<ImportRow<ProgrammeRecord>> Programmes(Sheet.Table sheet, ProgrammeKind kind, DateOnly today) =>
        Rows<ProgrammeRecordShape, ProgrammeRecord>(sheet, new(Columns.OfProgramme(kind), sheet.Headers), reference => reference, (shape, id) => shape.ToRecord(kind, id, today), _ => { }, _ => []);

    /// <summary>Rooms and equipment; a reference is the id.</summary>
    /// <param name="today">Asia/Shanghai; answers are of this day.</param>
    public static IEnumerable<ImportRow<Resource>> Resources(Sheet.Table sheet, DateOnly today, CodeLists lists) =>
        Rows<ResourceShape, Resource>(sheet, new(Columns.OfResources(lists), sheet.Headers), reference => reference, (shape, id) => shape.ToResource(id, today, lists), _ => { }, _ => []);

    /// <summary>Times asked for; a reference is the booking's id.</summary>
    public static IEnumerable<ImportRow<WantedBooking>> Bookings(Sheet.Table sheet) =>
        Rows<BookingShape, WantedBooking>(sheet, new(Columns.OfBookings, sheet.Headers), reference => reference, (shape, id) => shape.ToWanted(id), _ => { }, _ => []);

    // Matching needs no diagnosis, and words of one's own are read for their likeness to postings only.
    private static IEnumerable<ImportNotice> NamesDisability(string field, IReadOnlyList<string>? entries) => (entries ?? []).Where(entry => !CodeLists.IsCode(entry)).Any(Outs.Names)
        ? [new(field, new("This names a disability or an aid. It is not needed here: say what the person can do; what they need at work has columns of its own.", "这里提到了残疾或辅具。不需要写：请写会做什么；工作中需要的便利有单独的列。"))]
        : [];

    private static IEnumerable<ImportRow<T>> Rows<TShape, T>(
        Sheet.Table sheet, Heading heading, Func<string, string> idOf, Func<TShape, string, Reading<T>> convert, Action<RowDraft> complete,
        Func<T, IEnumerable<ImportNotice>> remarks, IEnumerable<string>? before = null) where TShape : class where T : class
    {
        var taken = new HashSet<string>(before ?? [], StringComparer.Ordinal);
        foreach (var row in sheet.Rows)
        {
            var read = row switch
            {
                SheetRow.Cells cells => FromCells(cells, heading, idOf, convert, complete),
                SheetRow.Line line => FromLine(line, idOf, convert),
                SheetRow.Broken broken => new ImportRow<T>(broken.Number, null, null, [broken.Error], []),
                _ => throw new InvalidOperationException(row.GetType().Name),
            };
            if (read.Ok)
                read = read with { Notices = [.. read.Notices, .. remarks(read.Value!).Select(x => x with { Column = heading.HeaderFor(x.Field) })] };
            if (read.Id is { } id && !taken.Add(id))
                read = read with { Value = null, Errors = [Twice with { Column = heading.HeaderFor("reference") }, .. read.Errors] };
            yield return read;
        }
    }

    private static ImportRow<T> FromCells<TShape, T>(
        SheetRow.Cells row, Heading heading, Func<string, string> idOf, Func<TShape, string, Reading<T>> convert, Action<RowDraft> complete)
        where TShape : class where T : class
    {
        var draft = new RowDraft();
        foreach (var (i, text) in row.Texts.Index().Where(x => x.Item.Length > 0))
            heading.Read(draft, i, text);
        complete(draft);
        draft.Settle();
        var id = IdOf(draft, idOf);
        var reading = new Reading<RowDraft>(draft, draft.Errors)
            .Then(x => ShapeReader.Read<TShape>(x.Shape))
            .Then(shape => convert(shape, id ?? "none"));
        var errors = reading.Errors.Select(AsReference).Select(x => x with { Column = x.Column ?? draft.HeaderOf(x.Field) ?? heading.HeaderFor(x.Field) });
        return Row(row.Number, id, reading.Value, [.. errors], draft.Notices);
    }

    private static ImportRow<T> FromLine<TShape, T>(SheetRow.Line row, Func<string, string> idOf, Func<TShape, string, Reading<T>> convert)
        where TShape : class where T : class
    {
        var (id, wrong) = IdOf(row.Json, idOf);
        var reading = new Reading<string>(id ?? "none", wrong is null ? [] : [wrong])
            .Then(_ => ShapeReader.Read<TShape>(row.Json, beside: ["reference", "id"]))
            .Then(shape => convert(shape, id ?? "none"));
        return Row(row.Number, id, reading.Value, [.. reading.Errors.Select(AsReference)], []);
    }

    // An id that was refused may be somebody's phone: it is not repeated.
    private static ImportRow<T> Row<T>(int number, string? id, T? value, FieldError[] errors, IReadOnlyList<ImportNotice> notices) where T : class =>
        new(number, errors.Any(x => x.Code == "badId") ? null : id, value, errors, notices);

    private static FieldError AsReference(FieldError error) => error.Field == "id" ? error with { Field = "reference" } : error;

    // A shape has no id of its own; in a file it says its reference, or the whole id as in the address of a PUT.
    private static (string? Id, FieldError? Wrong) IdOf(JsonElement json, Func<string, string> idOf)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return (null, null);
        var (byReference, byId) = (json.TryGetProperty("reference", out var reference), json.TryGetProperty("id", out var whole));
        if (!byReference && !byId)
            return (null, Faults.Required("reference"));
        if ((byReference ? reference : whole) is not { ValueKind: JsonValueKind.String } text || CleanText.OfJson(text) is not { Length: > 0 } said)
            return (null, Faults.WrongType("reference", new("text", "文字")));
        if (byReference)
            return (idOf(said), null);
        return said.StartsWith(idOf(""), StringComparison.Ordinal)
            ? (said, null)
            : (null, Faults.BadId("reference", $"An id here begins with {idOf("")}; or give the reference alone.", $"此处的 id 应以 {idOf("")} 开头；也可以只填写 reference。"));
    }

    private static string? IdOf(RowDraft draft, Func<string, string> idOf)
    {
        if (draft.Reference is not { } reference)
            draft.Errors.Add(Faults.Required("reference", "Give each row a reference of its own; it lets a corrected file update.", "请为每行填写编号，以便再次上传时更新而不重复。"));
        else if (Damaged().IsMatch(reference))
            draft.Errors.Add(Faults.BadId("reference", DamagedEn, DamagedZh));
        else
            return idOf(CleanText.HalfWidth(reference).Trim());
        return null;
    }

    private static void CheckOwner(RowDraft draft, string? creditCode)
    {
        if (draft.CreditCode is not { } said)
            return;
        if (Damaged().IsMatch(said))
            draft.Errors.Add(new("creditCode", "badCreditCode", new(DamagedEn, DamagedZh)));
        else if (CreditCode.Parse(said) is not { } code)
            draft.Errors.Add(Faults.BadCreditCode("creditCode"));
        else if (creditCode is not null && code != creditCode)
            draft.Errors.Add(Faults.Conflict("creditCode", "This is another employer's code. Upload only your own positions.", "这是其他单位的代码，请只上传本单位的岗位。"));
    }

    private const string DamagedEn = "The spreadsheet turned a long number into this and lost its digits. Format the column as text and type the number again.";
    private const string DamagedZh = "表格软件把长数字改成了科学计数法，后面的数字已丢失。请把该列设为文本格式后重新填写。";

    private static readonly FieldError Twice =
        Faults.Duplicate("reference", "An earlier row of this file has the same reference. Give each row its own.", "文件中前面已有相同编号，请为每行使用不同的编号。");

    // 9.15E+17: what is left of an 18-digit code in a cell that is formatted as a number.
    [GeneratedRegex(@"^\s*[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+\s*\z")]
    private static partial Regex Damaged();
}
