using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>What a field of a form becomes in the contract's shape.</summary>
public enum FieldKind
{
    Text,

    /// <summary>A whole number; what is none is handed on as it was typed, for the shape's reader to say so.</summary>
    Number,

    /// <summary>A ticked box.</summary>
    Flag,

    /// <summary>Several values of one name.</summary>
    List,

    /// <summary>One field per code, <c>{path}.{code}</c>, each a text.</summary>
    Map,

    /// <summary>One field per code, each a whole number.</summary>
    Levels,

    /// <summary>A day and a time on the people's clock.</summary>
    Moment,
}

/// <summary>A field, named as the contract names the member, so that the contract's errors find their place by themselves.</summary>
/// <param name="Codes">Of a map: which codes the form asks for; others stay as they are.</param>
/// <param name="Says">By error code: what a person who fills in the form is told instead of what a program is told.</param>
public sealed record Field(string Path, FieldKind Kind = FieldKind.Text, IReadOnlyList<string>? Codes = null, params (string Code, Label Says)[] Says)
{
    public static Field Of(string path, FieldKind kind, params (string Code, Label Says)[] says) => new(path, kind, null, says);

    /// <summary>What its errors begin with, where the contract's words do not name it.</summary>
    public Label? Name { get; init; }

    /// <summary>Words with a name.</summary>
    public static Field Text(string path, string en, string zh, params (string Code, Label Says)[] says) => Of(path, FieldKind.Text, says) with { Name = new(en, zh) };

    /// <summary>A whole number with a name.</summary>
    public static Field Number(string path, string en, string zh, params (string Code, Label Says)[] says) => Of(path, FieldKind.Number, says) with { Name = new(en, zh) };
}

/// <param name="Name">The field's name; empty where the whole form is at fault.</param>
public sealed record FormError(string Name, string Message);

/// <summary>What was typed, and what is wrong with it. What was typed is never lost.</summary>
public sealed class Form
{
    public static readonly Form Empty = new(new Dictionary<string, string[]>(), []);

    private readonly IReadOnlyDictionary<string, string[]> values;

    private Form(IReadOnlyDictionary<string, string[]> values, IReadOnlyList<FormError> errors) => (this.values, Errors) = (values, errors);

    public IReadOnlyList<FormError> Errors { get; }

    /// <summary>What a browser posted; nothing where it is no form.</summary>
    public static async Task<Form> Posted(HttpContext context) => context.Request.HasFormContentType
        ? new((await context.Request.ReadFormAsync(context.RequestAborted)).ToDictionary(x => x.Key, x => x.Value.Select(v => v ?? "").ToArray()), [])
        : Empty;

    /// <summary>A form filled with what is held, written as the contract writes it.</summary>
    public static Form Of<T>(T shape)
    {
        var values = new Dictionary<string, string[]>();
        Flatten(JsonSerializer.SerializeToNode(shape, ShapeJson.Options), "", values);
        return new(values, []);
    }

    public string Value(string name) => values.TryGetValue(name, out var all) && all.Length > 0 ? all[^1] : "";

    public IReadOnlyList<string> Values(string name) => values.GetValueOrDefault(name) ?? [];

    public bool Has(string name, string value) => Values(name).Contains(value);

    public string? ErrorOf(string name) => Errors.FirstOrDefault(x => x.Name == name)?.Message;

    public static string IdOf(string name) => name.Length == 0 ? "main" : name.Replace('.', '-').ToLowerInvariant();

    public Form With(params IReadOnlyList<FormError> errors) => new(values, errors);

    public Form With(string name, params string[] value) => new(new Dictionary<string, string[]>(values) { [name] = value }, Errors);

    /// <summary>The contract's errors in the order of the form; one per field, in its own words where it has some.</summary>
    public Form With(IReadOnlyList<FieldError> errors, IReadOnlyList<Field> fields, Language language)
    {
        var placed = errors.Select(error => Placed(error, fields)).OrderBy(x => x.Order).ThenBy(x => x.Name, StringComparer.Ordinal).DistinctBy(x => x.Name);
        return With([.. placed.Select(x => new FormError(x.Name, x.Says.In(language)))]);
    }

    /// <summary>Writes the fields into the contract's JSON; members that the form does not ask for stay.</summary>
    public JsonObject WriteTo(JsonObject shape, IReadOnlyList<Field> fields)
    {
        foreach (var field in fields)
            foreach (var (path, kind) in field.Codes is null ? [(field.Path, field.Kind)] : field.Codes.Select(code => ($"{field.Path}.{code}", field.Kind)))
                Write(shape, path, NodeOf(path, kind));
        Prune(shape);
        return shape;
    }

    private JsonNode? NodeOf(string name, FieldKind kind)
    {
        var text = Value(name);
        return kind switch
        {
            FieldKind.List => Values(name).Where(x => x.Length > 0).ToArray() is { Length: > 0 } all ? new JsonArray([.. all.Select(x => JsonValue.Create(x))]) : null,
            _ when string.IsNullOrWhiteSpace(text) => null,
            FieldKind.Flag => JsonValue.Create(true),
            FieldKind.Number or FieldKind.Levels => NumberOf(text),
            FieldKind.Moment => JsonValue.Create(text.Length == "2027-03-01T09:00".Length ? text + ":00+08:00" : text),
            _ => JsonValue.Create(text),
        };
    }

    private static JsonValue NumberOf(string text)
    {
        var plain = CleanText.HalfWidth(text).Replace(",", "", StringComparison.Ordinal).Trim();
        return long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(text);
    }

    private static void Write(JsonObject at, string path, JsonNode? value)
    {
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            if (at[step] is not JsonObject inner)
                at[step] = inner = [];
            at = inner;
        }
        // An answer that stands keeps its day and its reason.
        if (value is not null && at[steps[^1]] is JsonObject held && held["answer"]?.ToString() == value.ToString())
            return;
        if (value is null)
            at.Remove(steps[^1]);
        else
            at[steps[^1]] = value;
    }

    private static void Prune(JsonObject at)
    {
        foreach (var (name, inner) in at.ToList())
            if (inner is JsonObject members && name is not "consent")
            {
                Prune(members);
                if (members.Count == 0)
                    at.Remove(name);
            }
    }

    private static (int Order, string Name, Label Says) Placed(FieldError error, IReadOnlyList<Field> fields)
    {
        var path = error.Field.Split('[')[0];
        var at = fields.Index().FirstOrDefault(x => path == x.Item.Path || path.StartsWith(x.Item.Path + ".", StringComparison.Ordinal), (fields.Count, new("")));
        var says = at.Item2.Says.Where(x => x.Code == error.Code).Select(x => (Label?)x.Says).FirstOrDefault() ?? (at.Item2.Name is { } name ? new Label($"{name.En}: {error.Message.En}", $"{name.Zh}：{error.Message.Zh}") : error.Message);
        return (at.Item1, at.Item1 == fields.Count ? "" : path, says);
    }

    private static void Flatten(JsonNode? node, string path, Dictionary<string, string[]> values)
    {
        switch (node)
        {
            case JsonObject answer when answer["answer"] is { } said:
                values[path] = [said.ToString()];
                break;
            case JsonObject members:
                foreach (var (name, inner) in members)
                    Flatten(inner, path.Length == 0 ? name : $"{path}.{name}", values);
                break;
            case JsonArray list:
                values[path] = [.. list.Select(x => x!.ToString())];
                break;
            case not null:
                values[path] = [node.ToString()];
                break;
        }
    }
}
