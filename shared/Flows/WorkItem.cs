using System.Text.Json;
using System.Text.Json.Serialization;

namespace JobMatch.Flows;

/// <summary>
/// What the queue <c>work</c> carries: ids and a version, never content. Members avoid the names that the Functions host
/// overrides in its metadata (id, dequeueCount, popReceipt …).
/// </summary>
/// <param name="Kind">What happened or is due.</param>
/// <param name="Ref">A seeker's subject id, a position id, an event id, an employer id, a cause of messages, a page of them, a part of the people, or an erasure.</param>
/// <param name="Version">The version that the change has, or the wave of messages.</param>
/// <param name="Waited">How often the consumer met an older version and waited; it gives up after three times.</param>
/// <param name="Page">For a wave of messages: the first page that is not written yet.</param>
/// <param name="After">For an erasure: where its walk through the tables goes on. For an employer's drafts: the last that was opened.</param>
public sealed record WorkItem(WorkKind Kind, string Ref, long Version, int Waited = 0, int Page = 0, string? After = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public string ToBody() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="JsonException">The body is no work item.</exception>
    public static WorkItem Parse(string body) => JsonSerializer.Deserialize<WorkItem>(body, Json) ?? throw new JsonException("A work item is an object.");
}

public enum WorkKind { SeekerChanged, PositionChanged, Announce, CheckMessages, TellGuests, Remind, Digest, EraseSeeker, PublishPositions }
