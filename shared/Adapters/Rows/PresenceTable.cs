using Azure;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;

namespace JobMatch.Adapters.Rows;

/// <summary>When a person last signed in: the row <c>presence</c> of their partition of Seekers.</summary>
public sealed class PresenceTable(TableClient seekers) : IPresence
{
    private const string Row = "presence";

    public async Task<Stored<Presence>?> Find(string seeker, CancellationToken cancel) => await seekers.FindRow(seeker, Row, cancel) is { } row
        ? new(new(row.GetDateTimeOffset("SignedInAt"), row.GetInt32("Wrong") ?? 0, row.GetDateTimeOffset("WrongAt")), row.ETag.ToString())
        : null;

    public async Task Save(string seeker, Presence presence, string? etag, CancellationToken cancel)
    {
        var row = new TableEntity(seeker, Row) { ["SignedInAt"] = presence.SignedInAt, ["Wrong"] = presence.Wrong, ["WrongAt"] = presence.WrongAt };
        try
        {
            await (etag is null ? seekers.AddEntityAsync(row, cancel) : seekers.UpdateEntityAsync(row, new ETag(etag), TableUpdateMode.Replace, cancel));
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            throw new ConflictException($"Presence of {seeker}");
        }
    }
}
