namespace JobMatch.Population;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, 2014) over integers only: the same seed gives the same draws on every version of
/// .NET and every machine, which <see cref="Random"/> does not promise.
/// </summary>
internal sealed class Dice
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <summary>One stream per thing drawn, so that the thousandth person is the same whether or not the others are drawn.</summary>
    public Dice(ulong seed, Stream stream, int index) => state = Mix(Mix(Mix(seed + Golden) + (ulong)stream + Golden) + (uint)index + Golden);

    /// <summary>What a stream is for; its number is part of every draw and never changes.</summary>
    public enum Stream { Person = 1, Vacancy = 2, Firm = 3, Fair = 4, City = 5, Record = 6, Programme = 7 }

    public ulong Next() => Mix(state += Golden);

    /// <summary>0 … <paramref name="count"/> − 1. The bias of the multiply is below 2^-32.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary><paramref name="from"/> … <paramref name="to"/>, both included.</summary>
    public int Between(int from, int to) => from + Below(to - from + 1);

    public bool Chance(int percent) => Below(100) < percent;

    public T OneOf<T>(params ReadOnlySpan<T> of) => of[Below(of.Length)];

    /// <summary>An index, as often as its weight says.</summary>
    public int Weighted(ReadOnlySpan<int> weights)
    {
        var sum = 0;
        foreach (var weight in weights)
            sum += weight;
        var at = Below(sum);
        var index = 0;
        while (at >= weights[index])
            at -= weights[index++];
        return index;
    }

    /// <summary>A member, as often as its weight says.</summary>
    public T Pick<T>(params ReadOnlySpan<(T What, int Weight)> of)
    {
        var sum = 0;
        foreach (var (_, weight) in of)
            sum += weight;
        var at = Below(sum);
        var index = 0;
        while (at >= of[index].Weight)
            at -= of[index++].Weight;
        return of[index].What;
    }

    /// <summary>All of them in some order, drawn as they are asked for.</summary>
    public IEnumerable<T> Shuffled<T>(T[] of)
    {
        var left = of.ToArray();
        for (var count = left.Length; count > 0; count--)
        {
            var at = Below(count);
            (left[at], left[count - 1]) = (left[count - 1], left[at]);
            yield return left[count - 1];
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
