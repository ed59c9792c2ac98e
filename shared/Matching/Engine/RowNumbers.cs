namespace JobMatch.Matching;

/// <summary>Which row an id has; rows that were freed are used again, so that the rows in use and the free ones are all there are.</summary>
internal sealed class RowNumbers(IEnumerable<(string Id, int Row)> rows)
{
    private readonly Dictionary<string, int> byId = rows.ToDictionary(x => x.Id, x => x.Row, StringComparer.Ordinal);
    private readonly Stack<int> free = [];

    public int Place(string id, out bool isNew)
    {
        isNew = !byId.TryGetValue(id, out var row);
        if (isNew)
            byId[id] = row = free.TryPop(out var freed) ? freed : byId.Count;
        return row;
    }

    public int? Free(string id)
    {
        if (!byId.Remove(id, out var row))
            return null;
        free.Push(row);
        return row;
    }
}
