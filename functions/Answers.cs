using System.Text.Json.Nodes;
using JobMatch.Flows;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace JobMatch.Functions;

/// <summary>
/// The one way out for JSON: an answer holds those members that <see cref="Access"/> gives the caller's role and no other,
/// whatever record was handed in.
/// </summary>
public static partial class Answers
{
    /// <summary>Answers with one resource.</summary>
    /// <param name="resource">A row of the table of members, such as <c>seeker</c>.</param>
    /// <exception cref="InvalidOperationException">The caller's role gets nothing of this resource: the route's rule and the table disagree.</exception>
    public static IResult Json(HttpContext context, string resource, object value, int status = 200) =>
        Write(context, Project(context, resource, value), status);

    /// <summary>Answers a create-or-replace with what stands now and its ETag: 201 or 200, 412 where another version was named, 404 where it is another's.</summary>
    /// <param name="shown">What is answered of it.</param>
    /// <inheritdoc cref="Json"/>
    public static IResult OfPut<T>(HttpContext context, string resource, Put<T> put, Func<T, long> version, Func<T, object> shown) where T : class
    {
        if (put.Value is { } now)
            Requests.ETag(context, version(now));
        return put switch
        {
            Put<T>.Stale => Problems.Stale(context),
            Put<T>.Erased => Requests.Invalid(context, [Imports.Erased]),
            { Value: { } written } => Json(context, resource, shown(written), put is Put<T>.Created ? 201 : 200),
            _ => Problems.NotFound(context),
        };
    }

    /// <summary>Answers with a list, <c>{ "items": […], "total": n }</c>.</summary>
    /// <inheritdoc cref="Json"/>
    public static IResult List<T>(HttpContext context, string resource, IEnumerable<T> items, int total) where T : notnull =>
        Write(context, new JsonObject { ["items"] = new JsonArray([.. items.Select(item => Project(context, resource, item))]), ["total"] = total }, 200);

    /// <summary>What may leave of a value: for answers that are written otherwise, such as a line of NDJSON.</summary>
    /// <inheritdoc cref="Json"/>
    public static JsonNode? Project(HttpContext context, string resource, object value)
    {
        var role = context.Caller().Role;
        var members = Access.MembersOf(resource, role)
            ?? throw new InvalidOperationException($"{role} gets nothing of {resource}: a route lets in whom the table of members does not know.");
        var node = System.Text.Json.JsonSerializer.SerializeToNode(value, Options(context));
        if (members.Cut(node) is > 0 and var dropped)
            Dropped(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Answers)), dropped, resource, role);
        return node;
    }

    private static IResult Write(HttpContext context, JsonNode? node, int status)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Text(node?.ToJsonString(Options(context)) ?? "null", "application/json; charset=utf-8", statusCode: status);
    }

    private static System.Text.Json.JsonSerializerOptions Options(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    // A number and no names: a member that should not be there may be named after anything.
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} members of {Resource} stand in no row for {Role} and were not sent")]
    private static partial void Dropped(ILogger logger, int count, string resource, Role role);
}

/// <summary>The members of one resource that may leave to one role.</summary>
internal sealed class Members
{
    private const string Any = "*";
    private readonly Dictionary<string, Members> named = [];

    /// <summary>Reads a row of the table: names, each with its own members in parentheses where it holds some; <c>*</c> is any name.</summary>
    /// <exception cref="FormatException">Parentheses that do not match.</exception>
    public static Members Parse(string text)
    {
        var root = new Members();
        var open = new Stack<Members>([root]);
        var last = root;
        foreach (var word in text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "(") open.Push(last);
            else if (word == ")") open.Pop();
            else if (!open.TryPeek(out var parent)) break;
            else parent.named[word] = last = new Members();
        }
        return open.Count == 1 && open.Peek() == root ? root : throw new FormatException($"Parentheses do not match in: {text}");
    }

    /// <summary>Takes out of the value what may not leave, at any depth, and says how much that was.</summary>
    public int Cut(JsonNode? value) => value switch
    {
        JsonArray list => list.Sum(Cut),
        JsonObject thing => CutMembers(thing),
        _ => 0,
    };

    private int CutMembers(JsonObject thing)
    {
        var dropped = 0;
        foreach (var (name, value) in thing.ToList())
        {
            var members = named.GetValueOrDefault(name) ?? named.GetValueOrDefault(Any);
            if (members is null || (members.named.Count == 0 && HoldsObject(value)))
            {
                thing.Remove(name);
                dropped++;
            }
            else
            {
                dropped += members.Cut(value);
            }
        }
        return dropped;
    }

    // A plain member may be a value or a list of values; an object has members that the table does not name.
    private static bool HoldsObject(JsonNode? value) => value is JsonObject || (value is JsonArray list && list.Any(HoldsObject));
}
