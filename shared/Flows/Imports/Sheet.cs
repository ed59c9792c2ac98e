using System.Text.Json;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows.Imports;

/// <summary>What reading an uploaded file gave.</summary>
public abstract record Sheet
{
    private Sheet() { }

    /// <param name="Headers">The cells of row 1, as written; empty where the lines are shapes.</param>
    /// <param name="Rows">In the order of the file, blank ones left out.</param>
    public sealed record Table(IReadOnlyList<string> Headers, IReadOnlyList<SheetRow> Rows) : Sheet;

    /// <summary>Above <see cref="MaxBytes"/>, <see cref="MaxRows"/> or <see cref="MaxColumns"/>: 413.</summary>
    public sealed record TooLarge(Label Why) : Sheet;

    /// <summary>No sheet at all: 400.</summary>
    public sealed record Unreadable(Label Why) : Sheet;

    /// <summary>10 MB.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Rows that hold something, the header apart.</summary>
    public const int MaxRows = 10_000;

    public const int MaxColumns = 300;
}

/// <summary>A row of a file, by the number that a spreadsheet shows: row 1 is the header; in NDJSON, the line.</summary>
public abstract record SheetRow(int Number)
{
    /// <summary>The cells as text, trimmed; formula-like text stays text.</summary>
    public sealed record Cells(int Number, IReadOnlyList<string> Texts) : SheetRow(Number);

    /// <summary>A line of NDJSON.</summary>
    public sealed record Line(int Number, JsonElement Json) : SheetRow(Number);

    /// <summary>A row that could not be told from its neighbours; the rows after it are good.</summary>
    public sealed record Broken(int Number, FieldError Error) : SheetRow(Number);
}

/// <summary>A row as read: what to save, or why not.</summary>
/// <param name="Id">Null where the row does not say.</param>
/// <param name="Value">To be saved where <see cref="Ok"/>.</param>
/// <param name="Errors">They name the field and, in a sheet, the header of the column.</param>
/// <param name="Notices">What was understood rather than read, such as one opening for 若干.</param>
public sealed record ImportRow<T>(int Row, string? Id, T? Value, IReadOnlyList<FieldError> Errors, IReadOnlyList<ImportNotice> Notices) where T : class
{
    public bool Ok => Value is not null && Errors.Count == 0;
}

/// <summary>How a loose wording was taken; the row was not refused for it.</summary>
public sealed record ImportNotice(string Field, Label Message, string? Column = null);
