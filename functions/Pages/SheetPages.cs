using System.Text;
using System.Text.Json;
using JobMatch.Adapters.Sheets;
using JobMatch.Flows;
using JobMatch.Flows.Imports;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>
/// Many positions at once from a sheet: good rows are saved as by the import route, the others come back as fields to put right.
/// What is still wrong travels with the form, so that nothing has to be kept here and nothing that was right is lost.
/// </summary>
public static class SheetPages
{
    public const string Address = "/employer/sheet";

    /// <summary>How many rows are put right at a time; what follows waits in the form.</summary>
    private const int Shown = 20;

    /// <summary>How many rows at fault travel with the form, and how many characters they may have: a browser's form takes no more.</summary>
    private const int MostCarried = 500, MostCharacters = 2_000_000;

    private const int Told = 50;

    public static void MapSheetPages(this Triggers triggers)
    {
        triggers.Page("GET", Address, "pages.employer", (HttpContext context) => Show.Page<SheetPage, SheetModel>(context, SheetModel.New));
        triggers.Page("POST", Address, "pages.employer", Take);
        triggers.Page("GET", Address + "/template.csv", "pages.employer", (HttpContext context, CodeLists codes) =>
            Results.File(SheetWriter.Csv([Headers(codes, Languages.Of(context))]), "text/csv; charset=utf-8", context.Say("岗位模板.csv", "positions.csv")));
        triggers.Page("GET", Address + "/template.xlsx", "pages.employer", Workbook);
    }

    private static string[] Headers(CodeLists codes, Language language) => [.. Template.OfPositions(codes).Select(x => x.Header.In(language))];

    private static IResult Workbook(HttpContext context, CodeLists codes)
    {
        var language = Languages.Of(context);
        var hints = Template.OfPositions(codes).Select(x => (IReadOnlyList<string>)[x.Header.In(language), x.Hint.In(language)]);
        return Results.File(
            SheetWriter.Xlsx((context.Say("岗位", "Positions"), [Headers(codes, language)]), (context.Say("填写说明", "How to fill it in"), [.. hints])),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", context.Say("岗位模板.xlsx", "positions.xlsx"));
    }

    private static async Task<IResult> Take(HttpContext context, PutPosition put, IEmployers employers, CodeLists codes, TimeProvider time)
    {
        var form = await Form.Posted(context);
        var (sheet, before, problem) = form.Value("carried").Length > 0 ? Carried(form) : await Uploaded(context, form);
        if (sheet is null)
            return Show.Page<SheetPage, SheetModel>(context, SheetModel.New with { Form = form.With(problem!) }, 422);
        var (employer, language) = (context.Caller().EmployerId!, Languages.Of(context));
        var held = (await employers.Find(employer, context.RequestAborted))?.Value;
        var rows = Import.Positions(sheet, employer, held?.CreditCode, time.Today(), codes, before);
        var (saved, wrong) = (new List<(ImportRow<PositionFile> Row, string Status)>(), new List<ImportRow<PositionFile>>());
        await foreach (var (row, done) in Imports.Save(rows, async file => Imports.Of(await put.Run(file, null, context.RequestAborted))))
            if (done.Status != Imports.Refused)
                saved.Add((row, done.Status));
            else
                wrong.Add(done.Refusal is { } why ? row with { Errors = [why with { Column = "编号" }] } : row);
        return Show.Page<SheetPage, SheetModel>(context, Model(sheet, before, saved, wrong, held, codes, language), wrong.Count == 0 ? 200 : 422);
    }

    private static async Task<(Sheet.Table? Sheet, IReadOnlyList<string> Before, FormError? Problem)> Uploaded(HttpContext context, Form form)
    {
        var language = Languages.Of(context);
        var file = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted)).Files.FirstOrDefault(x => x.Length > 0) : null;
        var field = file is null && form.Value("paste").Trim().Length > 0 ? "paste" : "file";
        if (file is null && field == "file")
            return (null, [], new("file", context.Say("请选择一个文件，或在下面粘贴表格。", "Choose a file, or paste the sheet below.")));
        var read = file is not null
            ? await SheetReader.Read(file.OpenReadStream(), file.ContentType, file.FileName, context.RequestAborted)
            : SheetReader.Read(Encoding.UTF8.GetBytes(form.Value("paste")));
        return read switch
        {
            Sheet.Table { Headers.Count: > 0, Rows.Count: > 0 } table => (table, [], null),
            Sheet.Table => (null, [], new(field, context.Say("表里没有岗位：第 1 行应为表头，从第 2 行起每行一个岗位。", "There is no position in it: row 1 is the header, and each row below one position."))),
            Sheet.TooLarge x => (null, [], new(field, x.Why.In(language))),
            Sheet.Unreadable x => (null, [], new(field, x.Why.In(language))),
            _ => throw new InvalidOperationException(read.GetType().Name),
        };
    }

    /// <summary>The rows that were at fault, with what was typed since.</summary>
    private static (Sheet.Table? Sheet, IReadOnlyList<string> Before, FormError? Problem) Carried(Form form)
    {
        try
        {
            var carried = JsonSerializer.Deserialize<CarriedSheet>(form.Value("carried"))!;
            var headers = carried.Headers.Select((header, c) => form.Values($"column-{c}") is [var meant, ..] ? meant : header).ToArray();
            var kept = Enumerable.Range(0, headers.Length).Where(c => headers[c].Length > 0).ToArray();
            var rows = carried.Rows.Where(row => form.Value($"leave-{row.Number}").Length == 0)
                .Select(row => (SheetRow)new SheetRow.Cells(row.Number, [.. kept.Select(c => form.Values($"cell-{row.Number}-{c}") is [var typed, ..] ? typed.Trim() : row.Cells.ElementAtOrDefault(c) ?? "")]));
            return (new([.. kept.Select(c => headers[c])], [.. rows]), carried.Before, null);
        }
        // Whoever changes what the form carries has to begin again; nothing of theirs is kept here.
        catch (JsonException)
        {
            return (null, [], new("file", "请重新上传。Please upload it again."));
        }
    }

    private static SheetModel Model(
        Sheet.Table sheet, IReadOnlyList<string> before, List<(ImportRow<PositionFile> Row, string Status)> saved, List<ImportRow<PositionFile>> wrong, Employer? held, CodeLists codes, Language language)
    {
        var template = Template.OfPositions(codes);
        var known = Template.Reader(codes, sheet.Headers);
        var cells = sheet.Rows.OfType<SheetRow.Cells>().ToDictionary(x => x.Number, x => x.Texts);
        // A field may have no column yet: it gets one, under the header that the template has.
        List<string> headers = [.. sheet.Headers];
        var errors = new List<FormError>();
        var form = Form.Empty;
        // Rows whose quotes do not match cannot be taken apart: they are named, to be put right in the file.
        var (mendable, broken) = (wrong.Where(x => cells.ContainsKey(x.Row)).ToList(), wrong.Where(x => !cells.ContainsKey(x.Row)).Select(x => x.Row).ToList());
        var carried = new List<CarriedRow>();
        var size = 0;
        foreach (var row in mendable.TakeWhile(row => carried.Count < MostCarried && (size += cells[row.Row].Sum(text => text.Length)) <= MostCharacters))
            carried.Add(new(row.Row, [.. cells[row.Row]]));
        var strange = Enumerable.Range(0, Math.Max(headers.Count, carried.Select(x => x.Cells.Count).DefaultIfEmpty().Max()))
            .Where(c => (c >= headers.Count || known(headers[c]) is null) && carried.Exists(row => row.Cells.ElementAtOrDefault(c) is { Length: > 0 })).ToList();
        while (strange is [.., var last] && last >= headers.Count)
            headers.Add("");
        foreach (var c in strange)
        {
            errors.Add(new($"column-{c}", headers[c].Length > 0
                ? new Label($"The column “{headers[c]}” is not known. Say what it is, or leave it out.", $"不认识“{headers[c]}”这一列。请选择它是什么，或不要这一列。").In(language)
                : new Label($"Column {c + 1} has no header. Say what it is, or leave it out.", $"第 {c + 1} 列没有表头。请选择它是什么，或不要这一列。").In(language)));
            form = form.With($"column-{c}", "");
        }
        var shown = new List<SheetRowModel>();
        foreach (var row in mendable.Take(carried.Count))
        {
            var fields = new Dictionary<int, string>();
            foreach (var error in row.Errors.Where(x => x.Code != "unknownField"))
            {
                // One that the sheet lacks is named as in the template of this page.
                var header = error.Column is not { } written || headers.Contains(written) ? error.Column : template.FirstOrDefault(x => x.Header.Zh == written)?.Header.In(language) ?? written;
                if (header is not null && !headers.Contains(header))
                    headers.Add(header);
                var name = header is { } at ? $"cell-{row.Row}-{headers.IndexOf(at)}" : $"row-{row.Row}";
                if (shown.Count < Shown && errors.TrueForAll(x => x.Name != name))
                    errors.Add(new(name, new Label($"Row {row.Row}{(header is null ? "" : $", {header}")}: {error.Message.En}", $"第 {row.Row} 行{(header is null ? "" : $"“{header}”")}：{error.Message.Zh}").In(language)));
                if (header is { } column)
                    fields[headers.IndexOf(column)] = column;
            }
            if (shown.Count == Shown || fields.Count == 0 && row.Errors.All(x => x.Code == "unknownField"))
                continue;
            var texts = cells[row.Row];
            foreach (var c in fields.Keys)
                form = form.With($"cell-{row.Row}-{c}", texts.ElementAtOrDefault(c) ?? "");
            var titled = headers.FindIndex(header => known(header)?.Field == "title");
            shown.Add(new(row.Row, texts.ElementAtOrDefault(titled), [.. fields.OrderBy(x => x.Key).Select(x => new SheetField(x.Key, x.Value, Template.Reader(codes, [x.Value])(x.Value)?.Hint))]));
        }
        var ids = mendable.Select(x => x.Id).ToHashSet();
        var state = new CarriedSheet([.. headers], carried, [.. before.Concat(saved.Select(x => x.Row.Id!)).Where(ids.Contains).Distinct()]);
        return new(
            form.With(errors).With("carried", carried.Count > 0 ? JsonSerializer.Serialize(state) : ""), saved.CountBy(x => x.Status).ToDictionary(),
            [.. strange.Select(c => (c, headers[c]))], shown, carried.Count - shown.Count, mendable.Count - carried.Count, broken,
            [.. saved.SelectMany(x => x.Row.Notices.Select(notice => (x.Row.Row, Notice: notice))).Take(Told).Select(x => (x.Row, x.Notice.Column, x.Notice.Message.In(language)))],
            template, held?.IsHeld == true);
    }

    private sealed record CarriedSheet(IReadOnlyList<string> Headers, IReadOnlyList<CarriedRow> Rows, IReadOnlyList<string> Before);

    private sealed record CarriedRow(int Number, IReadOnlyList<string> Cells);
}

/// <param name="Title">What the row says of it; null where nothing.</param>
/// <param name="Fields">Those at fault.</param>
public sealed record SheetRowModel(int Number, string? Title, IReadOnlyList<SheetField> Fields);

/// <param name="Column">From 0.</param>
public sealed record SheetField(int Column, string Header, Label? Hint);

/// <summary>Before anything was uploaded, or what came of it.</summary>
/// <param name="Saved">How many were created, updated, unchanged; null before anything was uploaded.</param>
/// <param name="Strange">Columns that are not known.</param>
/// <param name="Rows">Rows to put right now.</param>
/// <param name="Later">How many more wait in the form.</param>
/// <param name="TooMany">How many more are to be put right in the file.</param>
/// <param name="Broken">Rows that could not be taken apart.</param>
/// <param name="Notices">How loose wordings were taken: row, column, words.</param>
public sealed record SheetModel(
    Form Form, IReadOnlyDictionary<string, int>? Saved, IReadOnlyList<(int Column, string Header)> Strange, IReadOnlyList<SheetRowModel> Rows, int Later, int TooMany,
    IReadOnlyList<int> Broken, IReadOnlyList<(int Row, string? Column, string Message)> Notices, IReadOnlyList<TemplateColumn> Columns, bool Held)
{
    public static readonly SheetModel New = new(Form.Empty, null, [], [], 0, 0, [], [], [], false);

    public int Total => Saved?.Values.Sum() ?? 0;
}
