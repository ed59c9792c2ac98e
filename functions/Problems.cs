using System.Text.Json;
using System.Text.Json.Serialization;
using JobMatch.Matching;
using Microsoft.AspNetCore.Diagnostics;

namespace JobMatch.Functions;

/// <summary>RFC 9457 problem details in the caller's language. They never repeat a value that was sent.</summary>
public static class Problems
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>An answer with <c>type</c>, <c>title</c>, <c>status</c>, and where fields are at fault, <c>errors</c>.</summary>
    public static IResult Of(HttpContext context, int status, string zh, string en, IReadOnlyList<FieldProblem>? errors = null, IReadOnlyList<FreeTime>? free = null)
    {
        if (Languages.Of(context) == Language.English)
            context.Response.Headers.ContentLanguage = "en";
        else
            context.Response.Headers.ContentLanguage = "zh-CN";
        var body = new ProblemBody("about:blank", context.Say(zh, en), status, errors, free);
        return Results.Json(body, Json, "application/problem+json", status);
    }

    public static IResult NotFound(HttpContext context) =>
        Of(context, 404, "没有找到。请检查网址中的编号。", "Not found. Check the id in the address.");

    public static IResult Stale(HttpContext context) =>
        Of(context, 412, "内容已被更改。请重新读取后再保存。", "It was changed since you read it. Read it again, then save.");

    /// <summary>What a route handler threw: a query that could not be read is the caller's fault, anything else the service's.</summary>
    public static IResult Failed(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad
        ? Bare(context, bad.StatusCode)
        : Of(context, 500, "服务出错，内容没有保存。请稍后再试。", "The service failed; nothing is known to be saved. Try again later.");

    /// <summary>What the framework refuses by itself, without a body.</summary>
    public static IResult Bare(HttpContext context, int status) => status switch
    {
        404 => NotFound(context),
        405 => Of(context, 405, "这个网址不支持此方法。", "This address does not take that method."),
        413 => Of(context, 413, "内容过大。", "Too large."),
        415 => Of(context, 415, "不支持这种内容类型。请检查 Content-Type。", "This type of content is not taken. Check Content-Type."),
        >= 500 => Of(context, status, "服务出错。请稍后再试。", "The service failed. Try again later."),
        _ => Of(context, status, "请求无法读取。请检查网址中的参数和正文。", "The request could not be read. Check the parameters in the address and the body."),
    };

    public static IResult Malformed(HttpContext context, string zh, string en) => Of(context, 400, zh, en);

    public static IResult Unauthenticated(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Of(context, 401, "需要有效的密钥：Authorization: Bearer {keyId}.{secret}。", "A valid key is needed: Authorization: Bearer {keyId}.{secret}.");
    }

    public static IResult Forbidden(HttpContext context) =>
        Of(context, 403, "这把密钥不能做这件事。", "This key may not do that.");

    public static IResult Values(HttpContext context, IReadOnlyList<FieldProblem> errors) =>
        Of(context, 422, "有些内容需要修改。", "Some values need to be changed.", errors);
}

/// <summary>The body of a problem answer.</summary>
/// <param name="Free">Of a booking that was not taken: the next times that are free.</param>
public sealed record ProblemBody(string Type, string Title, int Status, IReadOnlyList<FieldProblem>? Errors, IReadOnlyList<FreeTime>? Free = null);

/// <summary>A time that is free, on the people's clock.</summary>
public sealed record FreeTime(DateTimeOffset StartsAt, DateTimeOffset EndsAt);

/// <param name="Field">Path of the member, such as <c>work.pay.min</c>.</param>
/// <param name="Code">One of the contract's error codes.</param>
/// <param name="Message">What was wrong and what would be right, in the caller's language.</param>
public sealed record FieldProblem(string Field, string Code, string Message);
