using System.Globalization;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;

namespace JobMatch.Functions;

/// <summary>What comes in: bodies, versions, numbers of the query. What is wrong with them is an answer, never an exception.</summary>
internal static class Requests
{
    /// <summary>The most that one thing's body may hold; imports have a limit of their own.</summary>
    public const int MaxBody = 256 * 1024;

    /// <summary>The most that an import may hold.</summary>
    public const int MaxImport = 10 * 1024 * 1024;

    /// <summary>Reads a body as a shape and makes of it what the flow takes. Exactly one of the two is set; a problem names every field at fault.</summary>
    public static async Task<(TFile? File, IResult? Problem)> Read<TShape, TFile>(HttpContext context, string? id, Func<TShape, Reading<TFile>> convert)
        where TShape : class where TFile : class
    {
        if (id is not null && CallerId.Check(id) is { } wrong)
            return (null, Invalid(context, [wrong]));
        if (await Buffered(context.Request, MaxBody) is not { } body)
            return (null, TooLarge(context, MaxBody));
        if (!ShapeReader.TryParse(body, out var root))
            return (null, Problems.Malformed(context, "正文不是有效的 JSON。", "The body is not valid JSON."));
        var reading = ShapeReader.Read<TShape>(root).Then(convert);
        return reading.Ok ? (reading.Value, null) : (null, Invalid(context, reading.Errors));
    }

    /// <summary>Reads a body that may be left out: then the shape says nothing.</summary>
    /// <inheritdoc cref="Read"/>
    public static async Task<(T? Shape, IResult? Problem)> ReadIfAny<T>(HttpContext context) where T : class, new()
    {
        if (await Buffered(context.Request, MaxBody) is not { } body)
            return (null, TooLarge(context, MaxBody));
        if (body.Length == 0)
            return (new(), null);
        context.Request.Body = new MemoryStream(body);
        return await Read<T, T>(context, null, shape => new(shape, []));
    }

    /// <summary>422 with every field at fault, in the caller's language.</summary>
    public static IResult Invalid(HttpContext context, IReadOnlyList<FieldError> errors) => Problems.Values(context, Told(context, errors));

    public static FieldProblem[] Told(HttpContext context, IEnumerable<FieldError> errors)
    {
        var language = Languages.Of(context);
        return [.. errors.Select(x => new FieldProblem(x.Field, x.Code, x.Message.In(language)))];
    }

    public static IResult TooLarge(HttpContext context, int bytes) => Problems.Of(
        context, 413, $"内容过大：最多 {bytes / 1024} KB。", $"Too large: at most {bytes / 1024} KB.");

    /// <summary>The version in If-Match; null where there is none, <see cref="Overtaken.AnyVersion"/> for <c>*</c>, -1 (which no version is) where it names nothing of ours.</summary>
    public static long? IfMatch(HttpContext context)
    {
        var header = context.Request.Headers.IfMatch.ToString();
        if (header is "" or "*")
            return header == "*" ? Overtaken.AnyVersion : null;
        return long.TryParse(header.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 ? version : -1;
    }

    public static void ETag(HttpContext context, long version) => context.Response.Headers.ETag = $"\"{version}\"";

    /// <summary>How many of a list are wanted: 1-100.</summary>
    public static int Top(int? top) => Math.Clamp(top ?? 10, 1, 100);

    /// <summary>A body, or null where it holds more than <paramref name="most"/> bytes.</summary>
    public static async Task<byte[]?> Buffered(HttpRequest request, int most)
    {
        if (request.ContentLength > most)
            return null;
        using var held = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (held.Length + read > most)
                return null;
            held.Write(buffer, 0, read);
        }
        return held.ToArray();
    }
}
