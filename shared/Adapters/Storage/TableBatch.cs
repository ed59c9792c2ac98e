using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace JobMatch.Adapters.Storage;

/// <summary>
/// A batch as one multipart request, and its answer.
/// Source: https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions
/// </summary>
internal sealed class TableBatch
{
    private readonly string boundary = "batch_" + RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly string changes = "changeset_" + RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly ArrayBufferWriter<byte> body = new();

    public string ContentType => $"multipart/mixed; boundary={boundary}";

    /// <param name="address">The absolute address that an action goes to.</param>
    public ReadOnlyMemory<byte> Write(IReadOnlyList<TableTransactionAction> actions, Func<TableTransactionAction, string> address)
    {
        Line($"--{boundary}", $"Content-Type: multipart/mixed; boundary={changes}", "");
        foreach (var action in actions)
            Write(action, address(action));
        Line($"--{changes}--", $"--{boundary}--");
        return body.WrittenMemory;
    }

    private void Write(TableTransactionAction action, string address)
    {
        Line($"--{changes}", "Content-Type: application/http", "Content-Transfer-Encoding: binary", "",
            $"{Verb(action.ActionType)} {address} HTTP/1.1", "Accept: application/json;odata=minimalmetadata", "DataServiceVersion: 3.0;");
        if (IfMatch(action) is { } etag)
            Line($"If-Match: {etag}");
        if (action.ActionType is TableTransactionActionType.Add)
            Line("Prefer: return-no-content");
        if (action.ActionType is TableTransactionActionType.Delete)
        {
            Line("", "");
            return;
        }
        Line("Content-Type: application/json", "");
        body.Write(TableJson.Write(action.Entity).Span);
        Line("", "");
    }

    private void Line(params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
            Encoding.UTF8.GetBytes(line + "\r\n", body);
    }

    private static string Verb(TableTransactionActionType type) => type switch
    {
        TableTransactionActionType.Add => "POST",
        TableTransactionActionType.Delete => "DELETE",
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge => "MERGE",
        _ => "PUT",
    };

    private static string? IfMatch(TableTransactionAction action) => action.ActionType switch
    {
        TableTransactionActionType.Delete => (action.ETag == default ? ETag.All : action.ETag).ToString(),
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace => action.ETag.ToString(),
        _ => null,
    };

    /// <summary>One answer per action. The outer status is always 202; a refused batch holds the one inner answer that refused it.</summary>
    public static IReadOnlyList<Response> Read(Response response, int actions, string what)
    {
        var parts = Parts(response.Content.ToString()).ToList();
        if (parts.Find(part => part.Status >= 400) is { } failed)
            throw Refused(response, failed, what);
        return parts.Count == actions ? parts : throw StoragePipeline.Refused(response, $"{what}, {parts.Count} answers for {actions} actions");
    }

    private static IEnumerable<Part> Parts(string text)
    {
        using var lines = new StringReader(text);
        while (lines.ReadLine() is { } line)
            if (line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
                yield return ReadPart(line, lines);
    }

    private static Part ReadPart(string statusLine, StringReader lines)
    {
        var words = statusLine.Split(' ', 3);
        var headers = new List<HttpHeader>();
        while (lines.ReadLine() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers.Add(new(line[..colon], line[(colon + 1)..].Trim()));
        }
        var content = new StringBuilder();
        while (lines.ReadLine() is { } line && !line.StartsWith("--", StringComparison.Ordinal))
            content.AppendLine(line);
        return new(int.Parse(words[1], CultureInfo.InvariantCulture), words.Length > 2 ? words[2] : "", headers, content.ToString());
    }

    private static TableTransactionFailedException Refused(Response whole, Part part, string what)
    {
        var (code, index) = part.Error();
        var place = index is null ? "" : $", action {index}";
        return new(part.Status, StoragePipeline.Text(whole, what + place, part.Status, code), code, index);
    }

    /// <summary>The answer to one action.</summary>
    private sealed class Part(int status, string reason, List<HttpHeader> headers, string content) : Response
    {
        public override int Status => status;
        public override string ReasonPhrase => reason;
        public override Stream? ContentStream { get; set; } = new MemoryStream(Encoding.UTF8.GetBytes(content));
        public override string ClientRequestId { get; set; } = "";
        public override void Dispose() => ContentStream?.Dispose();

        // The error's text starts with the place of the action that failed: "1:The update condition …".
        public (string? Code, int? Index) Error()
        {
            try
            {
                using var json = JsonDocument.Parse(content);
                var error = json.RootElement.GetProperty("odata.error");
                var text = error.GetProperty("message").GetProperty("value").GetString() ?? "";
                return (error.GetProperty("code").GetString(), int.TryParse(text.Split(':')[0], CultureInfo.InvariantCulture, out var index) ? index : null);
            }
            catch (Exception notOurs) when (notOurs is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                return (null, null);
            }
        }

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();
            return value is not null;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = TryGetHeader(name, out var value) ? [value] : null;
            return values is not null;
        }

        protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);
        protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers;
    }
}
