// The sandbox gateway: stands in for a vendor of texts, in Development and in tests. A program of its own, so that what it
// took and delivered can be judged from its ledger however often the service dies.
//
//   JobMatch.Sandbox --urls http://127.0.0.1:0 --ledger <file> --secret <for send calls> [--callback <base address>]
//                    [--end-with-stdin] [--disk <seconds slower>] [--weather refuse=0.02,late=0.05,…,shuffle --seed 1] and what Settings names
//   Every setting may also come from the environment as SANDBOX_<NAME>. Prints "listening <address>" when ready.
//
// Wire (Authorization: Bearer <secret>):
//   POST /send {"phone":"+86…","text":"…","outId":"…","sign":"…"?}
//     200 {"code":"OK","message":"…","bizId":"…","parts":n} or {"code":"isv.…","message":"…"}; 400 malformed, 401 secret, 429 throttled
//   GET /messages?outId=…    {"found":false} or {"found":true,"count":n,"bizId":"…","phone":"…","state":"taken|delivered|failed","code":…,"reportedAt":…}
//   POST /settings {"callback":"http://…","weather":"…",…}    values are strings, as on the command line
// Callbacks as Aliyun's Dysms pushes them, JSON arrays to {callback}/report and {callback}/reply, answered by {"code":0,…}.
// Pages: / /phones /phones/{phone} /ledger; POST /phones/{phone}/reply (form or JSON {"text":"1"}) answers for the handset.
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using JobMatch.Sandbox;

const string endWithStdin = "--end-with-stdin";
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
{
    Args = [.. args.Where(arg => arg != endWithStdin)],
    ContentRootPath = AppContext.BaseDirectory,
});
builder.Configuration.AddEnvironmentVariables("SANDBOX_").AddCommandLine([.. args.Where(arg => arg != endWithStdin)]);
builder.Logging.ClearProviders();
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Encoder = Ledger.Json.Encoder);
await using var app = builder.Build();

var time = TimeProvider.System;
var path = Path.GetFullPath(app.Configuration["ledger"] ?? throw new ArgumentException("--ledger <file> is missing."));
var secret = Encoding.UTF8.GetBytes($"Bearer {app.Configuration["secret"] ?? throw new ArgumentException("--secret is missing.")}");
var settings = Settings.Default.With(name => app.Configuration[name]);
Directory.CreateDirectory(Path.GetDirectoryName(path)!);
await using var answers = await Hold($"{path}.answered");
await using var ledger = new Ledger(path, TimeSpan.FromSeconds(app.Configuration.GetValue("disk", 0.0)));
await using var courier = new Courier(ledger, answers, () => settings, time);
var vendor = new Vendor(ledger, courier, () => settings, time);
vendor.Continue(ledger.Before);

app.MapPost("/send", async (HttpContext context, SendRequest request) =>
{
    if (!Allowed(context))
        return Results.Json(new { code = "InvalidAccessKeyId", message = "Unknown secret." }, statusCode: 401);
    if (!Phone().IsMatch(request.Phone ?? "") || string.IsNullOrEmpty(request.Text) || request.OutId is not { Length: > 0 and <= 128 })
        return Results.Json(new { code = "isv.INVALID_PARAMETERS", message = "phone in E.164, text, outId of at most 128 characters." }, statusCode: 400);
    return await Send(context, request.Phone!, request.Text, request.OutId, request.Sign);
});

// What is told of texts stands in the ledger by then.
var told = app.MapGroup("").AddEndpointFilter(async (context, next) =>
{
    var answer = await next(context);
    await ledger.Settle();
    return answer;
});
told.MapGet("/messages", (HttpContext context, string outId) => !Allowed(context) ? Results.StatusCode(401) : vendor.ByOutId(outId) switch
{
    [] => Results.Json(new { found = false }),
    [var first, ..] all => Results.Json(new { found = true, count = all.Count, bizId = first.First.Id, phone = first.First.Phone, state = first.State, code = first.Code, reportedAt = first.ReportedAt }),
});

app.MapPost("/settings", (HttpContext context, Dictionary<string, string> changes) =>
{
    if (!Allowed(context))
        return Results.StatusCode(401);
    try
    {
        settings = settings.With(name => changes.GetValueOrDefault(name));
        return Results.NoContent();
    }
    catch (FormatException e)
    {
        return Results.Json(new { code = "isv.INVALID_PARAMETERS", message = e.Message }, statusCode: 400);
    }
});

app.MapGet("/ledger", (CancellationToken cancel) => Results.Stream(to => ledger.CopyTo(to, cancel), "application/x-ndjson; charset=utf-8"));
app.MapGet("/", (string? lang) => Pages.Home(Pages.English(lang)));
told.MapGet("/phones", (string? lang, string? phone) => Pages.Phones(Pages.English(lang), phone ?? "", vendor.Phones(phone?.Trim() ?? "")));
told.MapGet("/phones/{phone}", (string phone, string? lang, bool? missing) =>
    Pages.Phone(Pages.English(lang), Full(phone), vendor.Of(Full(phone)), missing == true));
app.MapPost("/phones/{phone}/reply", async (HttpContext context, string phone, string? lang) =>
{
    var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : null;
    var reply = form is null ? await context.Request.ReadFromJsonAsync<ReplyRequest>() : new(form["text"], form["to"]);
    if (string.IsNullOrWhiteSpace(reply?.Text) || !Phone().IsMatch(Full(phone)))
        return form is null ? Results.StatusCode(400) : Results.LocalRedirect($"/phones/{phone}?missing=true{Pages.Query(lang).Replace('?', '&')}");
    var answer = await vendor.Answer(Full(phone), reply.Text, string.IsNullOrEmpty(reply.To) ? "10690000" : reply.To);
    return form is null ? Results.Json(new { sequenceId = answer.First.Id }) : Results.LocalRedirect($"/phones/{Full(phone)}{Pages.Query(lang)}");
}).DisableAntiforgery();

await app.StartAsync();
courier.Start();
Console.WriteLine($"listening {app.Urls.First()}");
if (args.Contains(endWithStdin))
    _ = Task.Run(async () =>
    {
        await Console.OpenStandardInput().CopyToAsync(Stream.Null);
        app.Lifetime.StopApplication();
    });
await app.WaitForShutdownAsync();

// One sandbox at a time has the ledger; the one before, whose service was restarted, may still be ending.
async Task<FileStream> Hold(string file)
{
    for (var tries = 100; ; tries--)
        try
        {
            return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (tries > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), time);
        }
}

bool Allowed(HttpContext context) =>
    CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()), secret);

async Task<IResult> Send(HttpContext context, string phone, string text, string outId, string? sign)
{
    if (vendor.Weigh(phone, text, outId) is not { } kind)
    {
        context.Response.Headers.RetryAfter = "1";
        return Results.Json(new { code = "Throttling.User", message = "Too many requests." }, statusCode: 429);
    }
    if (kind.Fate == Fate.Broken)
        return Results.Json(new { code = "InternalError", message = "Try later." }, statusCode: 500);
    if (kind.Fate == Fate.Refused)
    {
        await vendor.Refuse(phone, text, outId, sign, kind);
        return Results.Json(new { code = kind.Code, message = kind.En });
    }
    var message = await vendor.Take(phone, text, outId, sign, kind);
    if (kind.Fate == Fate.Slow)
        await Task.Delay(settings.Slow, time, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    if (kind.Fate == Fate.Dropped)
        context.Abort();
    return kind.Fate == Fate.Garbled
        ? Results.Content("<html>502", "text/html")
        : Results.Json(new { code = "OK", message = "OK", bizId = message.First.Id, parts = message.Parts });
}

// People type a number as they know it.
static string Full(string phone) => phone.StartsWith('+') ? phone : phone is ['1', ..] and { Length: 11 } ? $"+86{phone}" : $"+{phone}";

internal sealed record SendRequest(string? Phone, string? Text, string? OutId, string? Sign);

internal sealed record ReplyRequest(string? Text, string? To);

internal static partial class Program
{
    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$")]
    private static partial Regex Phone();
}
