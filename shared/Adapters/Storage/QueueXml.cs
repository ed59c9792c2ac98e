using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Azure;

namespace JobMatch.Adapters.Storage;

/// <summary>Queue messages as XML. Source: https://learn.microsoft.com/rest/api/storageservices/put-message</summary>
internal static class QueueXml
{
    // Line ends are written as entities: XML readers turn bare ones into \n.
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize };

    public static ReadOnlyMemory<byte> Write(string text, QueueMessageEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(text);
        var sent = encoding is QueueMessageEncoding.Base64 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : text;
        StorageLimits.CheckMessage(sent);
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, Settings))
        {
            xml.WriteStartElement("QueueMessage");
            xml.WriteElementString("MessageText", sent);
            xml.WriteEndElement();
        }
        return stream.ToArray();
    }

    public static BinaryData Decode(string raw, QueueMessageEncoding encoding) => encoding is QueueMessageEncoding.Base64
        ? BinaryData.FromBytes(Convert.FromBase64String(raw))
        : BinaryData.FromString(raw);

    public static SendReceipt ReadReceipt(Response response)
    {
        var message = Messages(response).Single();
        return new(Text(message, "MessageId"), Text(message, "PopReceipt"), Time(message, "InsertionTime")!.Value,
            Time(message, "ExpirationTime")!.Value, Time(message, "TimeNextVisible")!.Value);
    }

    public static UpdateReceipt ReadUpdate(Response response)
    {
        response.Headers.TryGetValue("x-ms-popreceipt", out var receipt);
        response.Headers.TryGetValue("x-ms-time-next-visible", out var visible);
        return new(receipt ?? "", Parse(visible ?? ""));
    }

    public static QueueMessage[] ReadMessages(Response response, QueueMessageEncoding encoding) =>
    [
        .. Messages(response).Select(message => new QueueMessage(Text(message, "MessageId"), Text(message, "PopReceipt"), Text(message, "MessageText"),
            Count(message), Time(message, "InsertionTime"), Time(message, "ExpirationTime"), Time(message, "TimeNextVisible")) { Encoding = encoding }),
    ];

    public static PeekedMessage[] ReadPeeked(Response response, QueueMessageEncoding encoding) =>
    [
        .. Messages(response).Select(message => new PeekedMessage(Text(message, "MessageId"), Text(message, "MessageText"),
            Count(message), Time(message, "InsertionTime"), Time(message, "ExpirationTime")) { Encoding = encoding }),
    ];

    public static IEnumerable<string> ReadQueueNames(Response response) =>
        Parse(response).Descendants("Queue").Select(queue => queue.Element("Name")!.Value);

    public static string? ReadNextMarker(Response response) =>
        Parse(response).Root?.Element("NextMarker")?.Value is { Length: > 0 } marker ? marker : null;

    private static IEnumerable<XElement> Messages(Response response) => Parse(response).Descendants("QueueMessage");

    private static XDocument Parse(Response response)
    {
        using var stream = response.Content.ToStream();
        return XDocument.Load(stream, LoadOptions.PreserveWhitespace);
    }

    private static string Text(XElement message, string name) => message.Element(name)?.Value ?? "";

    private static long Count(XElement message) => long.Parse(Text(message, "DequeueCount"), CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(XElement message, string name) => message.Element(name) is { } element ? Parse(element.Value) : null;

    private static DateTimeOffset Parse(string rfc1123) =>
        DateTimeOffset.Parse(rfc1123, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
