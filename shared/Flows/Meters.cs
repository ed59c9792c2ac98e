using System.Diagnostics.Metrics;

namespace JobMatch.Flows;

/// <summary>What operators count; no tag ever names a person.</summary>
public static class Meters
{
    public static readonly Meter Meter = new("JobMatch");

    /// <summary>Work messages given up because the change that they name never came.</summary>
    public static readonly Counter<long> DroppedWork = Meter.CreateCounter<long>("jobmatch.work.dropped");

    /// <summary>Sign-in codes by what became of them at the gateway.</summary>
    public static readonly Counter<long> Codes = Meter.CreateCounter<long>("jobmatch.codes");

    /// <summary>Times that a vendor refused our account, by gateway: no balance, signature suspended, key disabled. Somebody has to act.</summary>
    public static readonly Counter<long> RefusedAccounts = Meter.CreateCounter<long>("jobmatch.accounts.refused");

    /// <summary>Questions to the engine, by kind (matches, candidates, audience …) and by which engine answered: "columns".</summary>
    public static readonly Counter<long> EngineQuestions = Meter.CreateCounter<long>("jobmatch.engine.questions");

    /// <summary>
    /// Texts for which a vector was wanted, by what came of it: kept, made; or not: resting, timeout, throttled, refused, down,
    /// unusable. Where it is one of the latter, closeness is that of the letters.
    /// </summary>
    public static readonly Counter<long> Embeddings = Meter.CreateCounter<long>("jobmatch.embeddings");

    /// <param name="texts">How many.</param>
    public static void Embedded(string outcome, int texts)
    {
        if (texts > 0)
            Embeddings.Add(texts, new KeyValuePair<string, object?>("outcome", outcome));
    }

    internal static void Asked(string kind) => EngineQuestions.Add(1, new("engine", "columns"), new KeyValuePair<string, object?>("kind", kind));
}
