using System.Collections.Concurrent;

namespace JobMatch.Adapters.Secrets;

/// <summary>
/// Remembers what was used lately, at most <paramref name="capacity"/> of it: two halves, of which the older is dropped
/// when the younger is full, so that nothing needs to be ordered on every use.
/// </summary>
internal sealed class Lately<TKey, TValue>(int capacity) where TKey : notnull where TValue : class
{
    private readonly Lock turning = new();
    private volatile ConcurrentDictionary<TKey, TValue> young = new();
    private volatile ConcurrentDictionary<TKey, TValue> old = new();

    public int Count => young.Count + old.Count;

    public TValue? Find(TKey key)
    {
        if (young.TryGetValue(key, out var value)) return value;
        if (!old.TryGetValue(key, out value)) return null;
        Keep(key, value);
        return value;
    }

    public void Keep(TKey key, TValue value)
    {
        lock (turning)
        {
            if (young.Count >= Math.Max(1, capacity / 2)) (old, young) = (young, new());
            young[key] = value;
        }
    }

    public void Forget(TKey key)
    {
        lock (turning)
        {
            young.TryRemove(key, out _);
            old.TryRemove(key, out _);
        }
    }
}
