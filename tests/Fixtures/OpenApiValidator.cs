using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace JobMatch.Fixtures;

/// <summary>
/// Holds requests and answers against an OpenAPI 3.1 document: paths, methods, types of content, headers and as much of JSON
/// Schema as the document uses. A keyword that it does not know is a fault of the document, so that nothing passes unseen.
/// </summary>
public sealed class OpenApiValidator(JsonObject document)
{
    private static readonly HashSet<string> Known =
    [
        "type", "properties", "required", "additionalProperties", "propertyNames", "enum", "const", "pattern", "minimum", "maximum", "minLength", "maxLength",
        "minItems", "maxItems", "items", "oneOf", "anyOf", "allOf", "$ref", "format", "description", "title", "default",
    ];

    private readonly List<(string Method, Regex Path, JsonObject Operation)> operations =
    [
        .. from path in document["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           orderby path.Key.Count(letter => letter == '{')
           select (method.Key.ToUpperInvariant(), Pattern(path.Key), method.Value!.AsObject()),
    ];

    /// <summary>Method and path of everything that the document lists, as <c>GET /api/seekers/{id}</c>.</summary>
    public IReadOnlyList<string> Routes { get; } =
        [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}"))];

    /// <summary>The operation of a request; null where the document has none.</summary>
    public JsonObject? Find(string method, string path) => operations.FirstOrDefault(x => x.Method == method && x.Path.IsMatch(path)).Operation;

    /// <summary>What is wrong with a body that the service accepted.</summary>
    public IReadOnlyList<string> Request(JsonObject operation, string? mediaType, string body)
    {
        if (operation["requestBody"]?["content"] is not JsonObject content)
            return body.Length == 0 ? [] : ["a body, and the document has none"];
        return body.Length == 0 && operation["requestBody"]!["required"]?.GetValue<bool>() is not true ? [] : Content(content, mediaType, body);
    }

    /// <summary>What is wrong with an answer; <paramref name="header"/> gives one of its headers.</summary>
    public IReadOnlyList<string> Response(JsonObject operation, int status, string? mediaType, string body, Func<string, string?> header)
    {
        if (operation["responses"]?[status.ToString(CultureInfo.InvariantCulture)] is not JsonObject response)
            return [$"status {status} is not in the document"];
        var wrong = new List<string>();
        foreach (var (name, wanted) in response["headers"]?.AsObject() ?? [])
            if (header(name) is not { } value)
                wrong.Add($"header {name} is missing");
            else
                Check(wanted!["schema"]!, JsonValue.Create(value), $"header {name}", wrong);
        wrong.AddRange(response["content"] is JsonObject content ? Content(content, mediaType, body) : body.Length == 0 ? [] : ["a body, and the document has none"]);
        return wrong;
    }

    /// <summary>What is wrong with a value under a schema of the document's components.</summary>
    public IReadOnlyList<string> Component(string name, JsonNode? value)
    {
        var wrong = new List<string>();
        Check(document["components"]!["schemas"]![name] ?? throw new ArgumentException($"There is no schema {name}.", nameof(name)), value, "", wrong);
        return wrong;
    }

    private List<string> Content(JsonObject content, string? mediaType, string body)
    {
        var wrong = new List<string>();
        var described = content[mediaType ?? "none"] ?? content["*/*"];
        if (described is null)
            wrong.Add($"content of type {mediaType ?? "none"} is not in the document");
        else if (mediaType is "application/json" or "application/problem+json")
            Check(described["schema"]!, JsonNode.Parse(body), "", wrong);
        else if (mediaType == "application/x-ndjson" && described["schema"]?["$ref"] is not null)
            foreach (var line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                Check(described["schema"]!, JsonNode.Parse(line), "", wrong);
        return wrong;
    }

    private void Check(JsonNode schemaNode, JsonNode? value, string at, List<string> wrong)
    {
        var schema = schemaNode.AsObject();
        foreach (var keyword in schema.Select(x => x.Key).Where(x => !Known.Contains(x)))
            wrong.Add($"{at}: the document uses {keyword}, which is not checked");
        if (schema["$ref"] is { } reference)
            Check(Resolve(reference.GetValue<string>()), value, at, wrong);
        if (schema["type"] is { } type && !Types(type).Any(x => Is(x, value)))
        {
            wrong.Add($"{at}: {Shown(value)} is not {type.ToJsonString()}");
            return;
        }
        if (schema["enum"] is JsonArray among && !among.Any(x => JsonNode.DeepEquals(x, value)))
            wrong.Add($"{at}: {Shown(value)} is none of {Shown(among)}");
        if (schema.TryGetPropertyValue("const", out var only) && !JsonNode.DeepEquals(only, value))
            wrong.Add($"{at}: {Shown(value)} is not {Shown(only)}");
        Choices(schema, value, at, wrong);
        switch (value)
        {
            case JsonObject thing: Members(schema, thing, at, wrong); break;
            case JsonArray list: Items(schema, list, at, wrong); break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String: Text(schema, text.GetValue<string>(), at, wrong); break;
            case JsonValue number when number.GetValueKind() == JsonValueKind.Number: Number(schema, Decimal(number), at, wrong); break;
        }
    }

    private void Choices(JsonObject schema, JsonNode? value, string at, List<string> wrong)
    {
        int Fitting(JsonArray schemas) => schemas.Count(x => Fits(x!, value));
        if (schema["oneOf"] is JsonArray one && Fitting(one) != 1)
            wrong.Add($"{at}: {Shown(value)} fits {Fitting(one)} of oneOf");
        if (schema["anyOf"] is JsonArray any && Fitting(any) == 0)
            wrong.Add($"{at}: {Shown(value)} fits none of anyOf");
        foreach (var each in schema["allOf"] as JsonArray ?? [])
            Check(each!, value, at, wrong);
    }

    private bool Fits(JsonNode schema, JsonNode? value)
    {
        var wrong = new List<string>();
        Check(schema, value, "", wrong);
        return wrong.Count == 0;
    }

    private void Members(JsonObject schema, JsonObject thing, string at, List<string> wrong)
    {
        foreach (var name in schema["required"] as JsonArray ?? [])
            if (!thing.ContainsKey(name!.GetValue<string>()))
                wrong.Add($"{at}: {name} is missing");
        var properties = schema["properties"] as JsonObject ?? [];
        foreach (var (name, value) in thing)
        {
            var here = $"{at}/{name}";
            if (schema["propertyNames"] is { } names)
                Check(names, JsonValue.Create(name), here, wrong);
            if (properties[name] is { } known)
                Check(known, value, here, wrong);
            else if (schema["additionalProperties"] is JsonObject others)
                Check(others, value, here, wrong);
            else if (schema["additionalProperties"] is JsonValue allowed && !allowed.GetValue<bool>())
                wrong.Add($"{here}: there is no such member");
        }
    }

    private void Items(JsonObject schema, JsonArray list, string at, List<string> wrong)
    {
        if (list.Count < Whole(schema, "minItems", 0) || list.Count > Whole(schema, "maxItems", int.MaxValue))
            wrong.Add($"{at}: {list.Count} items");
        if (schema["items"] is { } items)
            foreach (var (i, item) in list.Index())
                Check(items, item, $"{at}/{i}", wrong);
    }

    private static void Text(JsonObject schema, string text, string at, List<string> wrong)
    {
        var length = text.EnumerateRunes().Count();
        if (length < Whole(schema, "minLength", 0) || length > Whole(schema, "maxLength", int.MaxValue))
            wrong.Add($"{at}: {length} characters");
        if (schema["pattern"]?.GetValue<string>() is { } pattern && !Regex.IsMatch(text, pattern))
            wrong.Add($"{at}: does not match {pattern}");
        var isFormed = schema["format"]?.GetValue<string>() switch
        {
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "date-time" => Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$") && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            _ => true,
        };
        if (!isFormed)
            wrong.Add($"{at}: is no {schema["format"]}");
    }

    private static void Number(JsonObject schema, decimal number, string at, List<string> wrong)
    {
        if (schema["minimum"] is JsonValue least && number < Decimal(least) || schema["maximum"] is JsonValue most && number > Decimal(most))
            wrong.Add($"{at}: {number} is out of range");
    }

    private JsonNode Resolve(string reference) => reference.TrimStart('#', '/').Split('/')
        .Aggregate((JsonNode)document, (node, name) => node[name] ?? throw new InvalidOperationException($"{reference} leads nowhere."));

    private static IEnumerable<string> Types(JsonNode type) => type is JsonArray several ? several.Select(x => x!.GetValue<string>()) : [type.GetValue<string>()];

    private static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("null", null) => true,
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => decimal.IsInteger(Decimal(value!.AsValue())),
        _ => false,
    };

    private static decimal Decimal(JsonValue number) => decimal.Parse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static int Whole(JsonObject schema, string keyword, int otherwise) => schema[keyword]?.GetValue<int>() ?? otherwise;

    private static string Shown(JsonNode? value) => value?.ToJsonString() is { } text ? text[..Math.Min(text.Length, 100)] : "null";

    private static Regex Pattern(string path) => new("^" + Regex.Replace(Regex.Escape(path).Replace("\\{", "{", StringComparison.Ordinal), @"\{[^}]+\}", "[^/]+") + "$");
}

/// <summary>Traffic that the document does not allow.</summary>
public sealed class ContractException(string message) : Exception(message);

/// <summary>
/// Holds what passes through it against the service's own document: every answer under /api and /callbacks, and every request
/// that the service accepted. Whatever does not fit fails the test that sent it.
/// </summary>
public sealed class ContractHandler(Func<Task<OpenApiValidator>> contract) : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is null ? "" : await Text(request.Content);
        var answer = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        if (!path.StartsWith("/api/", StringComparison.Ordinal) && !path.StartsWith("/callbacks/", StringComparison.Ordinal))
            return answer;
        var validator = await contract();
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await Text(answer.Content);
        var operation = validator.Find(request.Method.Method, path);
        List<string> wrong = [];
        if (operation is null && answer.StatusCode is not (System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.MethodNotAllowed))
            wrong.Add("the document has no such route");
        if (operation is not null)
        {
            if (answer.IsSuccessStatusCode)
                wrong.AddRange(validator.Request(operation, request.Content?.Headers.ContentType?.MediaType, sent).Select(x => "request " + x));
            wrong.AddRange(validator.Response(
                operation, (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, body,
                name => answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null).Select(x => "answer " + x));
        }
        return wrong.Count == 0 ? answer : throw new ContractException($"{request.Method} {path} → {(int)answer.StatusCode}: {string.Join("; ", wrong.Take(10))}\n{body[..Math.Min(body.Length, 500)]}");
    }

    private static async Task<string> Text(HttpContent content) => Encoding.UTF8.GetString(await content.ReadAsByteArrayAsync());
}
