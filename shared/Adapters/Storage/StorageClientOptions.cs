using Azure.Core;

namespace JobMatch.Adapters.Storage;

/// <summary>Settings of table clients: those of every Azure client (retries, transport, diagnostics) and the audience.</summary>
public sealed class TableClientOptions : ClientOptions
{
    public TableClientOptions() => OneTry.AddTo(this);

    /// <summary>
    /// The audience that a token is asked for. Null: the one of all storage accounts, valid in the global cloud and in Azure
    /// China. An account's own address (https://account.table.core.chinacloudapi.cn) asks for a token that opens no other account.
    /// </summary>
    public string? Audience { get; set; }
}

/// <summary>Settings of queue clients: those of every Azure client (retries, transport, diagnostics), encoding and audience.</summary>
public sealed class QueueClientOptions : ClientOptions
{
    public QueueClientOptions() => OneTry.AddTo(this);

    /// <summary>
    /// How a message's text is written on the wire. Base64, which the Azure Functions host expects by default; Azure's own
    /// package starts with None, so say it when the package takes this folder's place.
    /// </summary>
    public QueueMessageEncoding MessageEncoding { get; set; } = QueueMessageEncoding.Base64;

    /// <summary>The audience that a token is asked for, as in TableClientOptions; an account's own is that of its queues.</summary>
    public string? Audience { get; set; }
}

/// <summary>How a queue message's text is written on the wire.</summary>
public enum QueueMessageEncoding
{
    None,
    Base64,
}
