using System.Buffers;
using System.Runtime.InteropServices;

namespace JobMatch.Matching;

/// <summary>Many texts by their terms: one text is compared with all of them in one pass over the terms that it has.</summary>
internal sealed class TermIndex
{
    private readonly (int Owner, Terms Terms)[] texts;
    private readonly Dictionary<ulong, int[]> holding;

    /// <param name="texts">Each with the number of whom it belongs to; several may belong to one.</param>
    public TermIndex(IEnumerable<(int Owner, Terms Terms)> texts)
    {
        this.texts = [.. texts];
        var found = new Dictionary<ulong, List<int>>();
        for (var i = 0; i < this.texts.Length; i++)
            foreach (var key in this.texts[i].Terms.Keys)
                (CollectionsMarshal.GetValueRefOrAddDefault(found, key, out _) ??= []).Add(i);
        holding = found.ToDictionary(x => x.Key, x => x.Value.ToArray());
    }

    /// <summary>Raises each owner's cosine to that of its closest text; those without a shared term stay as they are.</summary>
    public void RaiseTo(Terms one, Span<double> cosines)
    {
        var shared = ArrayPool<int>.Shared.Rent(texts.Length);
        Array.Clear(shared, 0, texts.Length);
        for (var k = 0; k < one.Keys.Length; k++)
            if (holding.TryGetValue(one.Keys[k], out var found))
                foreach (var i in found)
                    shared[i] += one.Weights[k];
        for (var i = 0; i < texts.Length; i++)
            if (shared[i] > 0)
                cosines[texts[i].Owner] = Math.Max(cosines[texts[i].Owner], one.Cosine(shared[i], texts[i].Terms));
        ArrayPool<int>.Shared.Return(shared);
    }
}

/// <summary>Many phrases, such as all titles of a city, to be compared with one wish at a time: the same numbers as one by one, sooner.</summary>
internal sealed class PhraseIndex(IReadOnlyList<Phrases> phrases)
{
    private readonly TermIndex zh = new(phrases.SelectMany((x, i) => x.Zh.Select(terms => (i, terms))));
    private readonly TermIndex en = new(phrases.SelectMany((x, i) => x.En.Select(terms => (i, terms))));

    /// <summary>Fills in the closeness to each, 0-100; as many as there are phrases.</summary>
    public void HundredthsTo(Phrases one, Span<byte> hundredths)
    {
        var cosines = ArrayPool<double>.Shared.Rent(phrases.Count);
        Array.Clear(cosines, 0, phrases.Count);
        foreach (var terms in one.Zh)
            zh.RaiseTo(terms, cosines);
        foreach (var terms in one.En)
            en.RaiseTo(terms, cosines);
        for (var i = 0; i < phrases.Count; i++)
            hundredths[i] = (byte)Phrases.Hundredths(cosines[i]);
        ArrayPool<double>.Shared.Return(cosines);
    }
}
