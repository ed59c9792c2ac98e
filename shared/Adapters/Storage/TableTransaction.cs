using Azure;

namespace JobMatch.Adapters.Storage;

/// <summary>One change in a batch. Update and Delete obey the ETag; an Update without one is refused here, since the wire would take it for an upsert.</summary>
/// <param name="actionType">What to do.</param>
/// <param name="entity">The row; for Delete only its keys count.</param>
/// <param name="etag">The version that must still be there (412 if not), or ETag.All. A Delete without one deletes any version.</param>
public sealed class TableTransactionAction(TableTransactionActionType actionType, TableEntity entity, ETag etag = default)
{
    public TableTransactionActionType ActionType => actionType;
    public TableEntity Entity => entity;
    public ETag ETag => etag;
}

public enum TableTransactionActionType
{
    Add,
    UpdateMerge,
    UpdateReplace,
    Delete,
    UpsertMerge,
    UpsertReplace,
}

/// <summary>A batch was refused as a whole; nothing of it was written.</summary>
public sealed class TableTransactionFailedException(int status, string message, string? errorCode, int? failedIndex)
    : RequestFailedException(status, message, errorCode, null)
{
    /// <summary>The place (from 0) of the action that was refused, where storage said so.</summary>
    public int? FailedTransactionActionIndex => failedIndex;
}
