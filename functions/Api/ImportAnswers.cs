using JobMatch.Adapters.Sheets;
using JobMatch.Flows;
using JobMatch.Flows.Imports;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Functions;

/// <summary>One row's answer of an import.</summary>
/// <param name="Row">As a spreadsheet counts: row 1 is the header; in NDJSON, the line.</param>
/// <param name="Status"><c>created</c>, <c>updated</c>, <c>unchanged</c> or <c>refused</c>.</param>
/// <param name="Errors">Where refused: every field at fault.</param>
/// <param name="Notices">What was understood rather than read.</param>
public sealed record ImportRowAnswer(int Row, string? Id, string Status, IReadOnlyList<ImportProblem>? Errors = null, IReadOnlyList<ImportRemark>? Notices = null);

/// <param name="Field">The member, as in the contract.</param>
/// <param name="Column">The header of the column, where the sheet has one.</param>
public sealed record ImportProblem(string Field, string Code, string Message, string? Column);

/// <param name="Message">How a loose wording was taken.</param>
public sealed record ImportRemark(string Field, string Message, string? Column);

/// <summary>What became of a good row.</summary>
/// <param name="Status">As <see cref="ImportRowAnswer.Status"/>.</param>
/// <param name="Refusal">Where refused: why.</param>
internal readonly record struct SavedRow(string Status, FieldError? Refusal = null)
{
    public static SavedRow Refused(FieldError why) => new(Imports.Refused, why);
}

/// <summary>Reads an upload, saves its good rows and answers each row in order, as NDJSON.</summary>
internal static class Imports
{
    public const string Refused = "refused";

    /// <summary>What an import is told that names somebody who was erased.</summary>
    internal static readonly FieldError Erased = Faults.Conflict(
        "id", "This person was erased and has given no consent since. Take the row out of your file, or state consents given after that day.",
        "此人的信息已按要求删除，之后没有新的同意。请从文件中去掉这一行，或填写删除日之后的同意日期。");

    /// <summary>What a row is told whose reference leads to another employer's position; not whose.</summary>
    internal static readonly FieldError NotYours = Faults.Conflict("reference", "This reference cannot be used here. Choose another.", "这个编号不能用，请换一个。");

    // Rows saved at once: enough to keep the storage busy, few enough to leave it to others too.
    private const int AtOnce = 16;

    /// <returns>The sheet, or what is wrong with the upload as a whole.</returns>
    public static async Task<(Sheet.Table? Sheet, IResult? Problem)> Read(HttpContext context)
    {
        var request = context.Request;
        var (body, type, name) = (request.Body, request.ContentType, (string?)null);
        if (request.HasFormContentType && (await request.ReadFormAsync(context.RequestAborted)).Files is [var file, ..])
            (body, type, name) = (file.OpenReadStream(), file.ContentType, file.FileName);
        return await SheetReader.Read(body, type, name, context.RequestAborted) switch
        {
            Sheet.Table table => (table, null),
            Sheet.TooLarge x => (null, Problems.Of(context, 413, x.Why.Zh, x.Why.En)),
            Sheet.Unreadable x => (null, Problems.Malformed(context, x.Why.Zh, x.Why.En)),
            var other => throw new InvalidOperationException(other.GetType().Name),
        };
    }

    /// <summary>Saves row by row and writes each answer as soon as the rows before it have theirs.</summary>
    public static async Task Answer<T>(HttpContext context, IEnumerable<ImportRow<T>> rows, Func<T, Task<SavedRow>> save) where T : class
    {
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        var language = Languages.Of(context);
        await foreach (var (row, saved) in Save(rows, save))
        {
            var line = Answers.Project(context, "importRow", AnswerOf(row, saved, language))!.ToJsonString(ShapeJson.Options);
            await context.Response.WriteAsync(line + "\n", context.RequestAborted);
        }
    }

    /// <summary>
    /// Saves the good rows and gives each row in order, with what became of it. Chunks keep the order and bound what is under way;
    /// a row that fails for the service's reasons ends it there, and sending the file again goes on from where it stood.
    /// </summary>
    public static async IAsyncEnumerable<(ImportRow<T> Row, SavedRow Saved)> Save<T>(IEnumerable<ImportRow<T>> rows, Func<T, Task<SavedRow>> save) where T : class
    {
        foreach (var chunk in rows.Chunk(AtOnce))
            foreach (var saved in await Task.WhenAll(chunk.Select(async row => (row, row.Ok ? await save(row.Value!) : new(Refused)))))
                yield return saved;
    }

    private static ImportRowAnswer AnswerOf<T>(ImportRow<T> row, SavedRow saved, Language language) where T : class
    {
        IReadOnlyList<FieldError> errors = saved.Refusal is { } refusal ? [refusal] : row.Errors;
        return new(row.Row, row.Id, saved.Status, errors.Count == 0 ? null : [.. errors.Select(x => Problem(x, language))], Remarks(row.Notices, language));
    }

    private static ImportProblem Problem(FieldError error, Language language) => new(error.Field, error.Code, error.Message.In(language), error.Column);

    private static ImportRemark[]? Remarks(IReadOnlyList<ImportNotice> notices, Language language) =>
        notices.Count == 0 ? null : [.. notices.Select(x => new ImportRemark(x.Field, x.Message.In(language), x.Column))];

    public static SavedRow Of<T>(Put<T> put) => put switch
    {
        Put<T>.Created => new("created"),
        Put<T>.Unchanged => new("unchanged"),
        Put<T>.Erased => SavedRow.Refused(Erased),
        Put<T>.NotYours => SavedRow.Refused(NotYours),
        _ => new("updated"),
    };

    /// <summary>What an import takes and answers, for the contract.</summary>
    public static RouteHandlerBuilder TakesSheet(this RouteHandlerBuilder route) => route
        .Accepts<string>("text/csv", "application/x-ndjson", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/octet-stream", "multipart/form-data")
        .Produces<ImportRowAnswer>(200, "application/x-ndjson");
}
