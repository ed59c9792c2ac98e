using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Makes vectors of texts, by a model elsewhere.</summary>
public interface IEmbeddings
{
    /// <summary>How many texts are best sent at once.</summary>
    int AtOnce { get; }

    /// <returns>One for each text, in order; null where the model cannot be reached or says nothing that can be used.</returns>
    Task<IReadOnlyList<sbyte[]>?> Of(IReadOnlyList<string> texts, CancellationToken cancel);
}

/// <summary>Keeps vectors, so that no text is sent twice; of another model or length they are others.</summary>
public interface IVectors
{
    /// <returns>Those that are kept, by text.</returns>
    Task<IReadOnlyDictionary<string, sbyte[]>> Find(IReadOnlyList<string> texts, CancellationToken cancel);

    /// <summary>Safe to repeat.</summary>
    Task Keep(IReadOnlyDictionary<string, sbyte[]> vectors, CancellationToken cancel);
}

/// <summary>
/// Learns what the words of the occupations' list and the titles of open positions mean, and hands it to the market. Nothing
/// waits for it: until then, and where the model does not answer, closeness is that of the letters. What seekers write is
/// never sent.
/// </summary>
public sealed class LearnMeanings(IMarket market, IVectors kept, IEmbeddings model, CodeLists codes)
{
    private readonly Dictionary<string, sbyte[]> known = new(StringComparer.Ordinal);

    /// <summary>One round: what is new, from what is kept and else from the model. One caller at a time.</summary>
    public async Task Run(CancellationToken cancel)
    {
        var view = await market.View(cancel);
        var wanted = Meanings.Texts(codes.Occupations).Concat(view.Positions.Values.Select(x => Meanings.Text(x.Read().Title))).Where(x => x.Length > 0).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in known.Keys.Where(x => !wanted.Contains(x)).ToList())
            known.Remove(gone);
        var missing = wanted.Where(x => !known.ContainsKey(x)).ToList();
        if (missing.Count == 0)
            return;
        var before = known.Count;
        foreach (var (text, vector) in await kept.Find(missing, cancel))
            known[text] = vector;
        Meters.Embedded("kept", known.Count - before);
        foreach (var texts in missing.Where(x => !known.ContainsKey(x)).Chunk(model.AtOnce))
            if (await model.Of(texts, cancel) is { } vectors)
            {
                var made = texts.Zip(vectors).ToDictionary(x => x.First, x => x.Second, StringComparer.Ordinal);
                await kept.Keep(made, cancel);
                foreach (var (text, vector) in made)
                    known[text] = vector;
            }
        if (known.Count > before)
            market.Refine(new(codes.Occupations, known));
    }
}
