using System.Security.Cryptography;
using System.Text;
using JobMatch.Adapters.Rows;

namespace JobMatch.Functions;

/// <summary>
/// <c>Idempotency-Key</c> on the contract's POSTs: the same key and body replay the first answer for 24 hours, another body is
/// 422, a twin still running 409. Answers that say the service failed are not kept.
/// </summary>
public sealed class Idempotency(RequestDelegate next, IdempotencyTable table)
{
    public const string Header = "Idempotency-Key";
    /// <summary>Characters of a key.</summary>
    internal const int Longest = 255;

    public async Task InvokeAsync(HttpContext context)
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(context.Request.Method) || !context.Request.Path.StartsWithSegments("/api"))
        {
            await next(context);
            return;
        }
        var problem = key.Length > Longest
            ? Problems.Of(context, 400, $"Idempotency-Key 最多 {Longest} 个字符。", $"Idempotency-Key holds at most {Longest} characters.")
            : await Run(context, key);
        if (problem is not null)
            await problem.ExecuteAsync(context);
    }

    private async Task<IResult?> Run(HttpContext context, string key)
    {
        if (await Requests.Buffered(context.Request, Requests.MaxImport) is not { } body)
            return Requests.TooLarge(context, Requests.MaxImport);
        context.Request.Body = new MemoryStream(body);
        var cancel = context.RequestAborted;
        switch (await table.Begin(context.Caller().KeyId, key, Hash(context.Request, body), cancel))
        {
            case Began.First first:
                await Answer(context, first.Ticket);
                return null;
            case Began.Answered answered:
                context.Response.StatusCode = answered.Status;
                context.Response.ContentType = answered.ContentType;
                await context.Response.Body.WriteAsync(answered.Body, cancel);
                return null;
            case Began.Other:
                return Problems.Of(context, 422, "这个 Idempotency-Key 已用于另一个请求。", "This Idempotency-Key was used for another request.");
            default:
                return Problems.Of(context, 409, "相同的请求正在处理中。", "The same request is still running.");
        }
    }

    // What is kept is kept even when the caller has gone: the caller will come again with the same key.
    private async Task Answer(HttpContext context, Ticket ticket)
    {
        var caller = context.Response.Body;
        using var held = new MemoryStream();
        context.Response.Body = held;
        try
        {
            await next(context);
        }
        catch
        {
            await table.Forget(ticket, CancellationToken.None);
            throw;
        }
        finally
        {
            context.Response.Body = caller;
        }
        if (context.Response.StatusCode >= 500)
            await table.Forget(ticket, CancellationToken.None);
        else
            await table.Finish(ticket, context.Response.StatusCode, context.Response.ContentType, held.ToArray(), CancellationToken.None);
        held.Position = 0;
        await held.CopyToAsync(caller, context.RequestAborted);
    }

    private static byte[] Hash(HttpRequest request, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
