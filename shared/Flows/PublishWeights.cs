using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Other weights that somebody asked for, and what was decided. Weights that were decided upon never change.</summary>
/// <param name="Number">From 1, in the order of asking.</param>
/// <param name="Weights">In the order of <see cref="Policy.Pluses"/>.</param>
/// <param name="AskedBy">A member of staff, by a name-less id.</param>
/// <param name="DecidedBy">Who published them, never who asked, or who dropped them; null = they wait.</param>
/// <param name="Published">False where they wait or were dropped.</param>
public sealed record WeightsChange(
    int Number, IReadOnlyList<int> Weights, string AskedBy, DateTimeOffset AskedAt, string? DecidedBy = null, DateTimeOffset? DecidedAt = null, bool Published = false)
{
    /// <summary>What counts, given all that was asked for.</summary>
    public static PolicyWeights InForce(IEnumerable<WeightsChange> all) =>
        PolicyWeights.With(all.Where(change => change.Published).OrderBy(change => change.Number).Select(change => (People.DayOf(change.DecidedAt!.Value), change.Weights)));
}

/// <summary>Keeps what was asked of the policy's weights. Few rows, none is ever deleted.</summary>
public interface IWeights
{
    /// <summary>By number.</summary>
    Task<IReadOnlyList<Stored<WeightsChange>>> All(CancellationToken cancel);

    /// <summary>Writes; <paramref name="etag"/> null means it must not exist yet.</summary>
    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task Save(WeightsChange change, string? etag, CancellationToken cancel);
}

/// <summary>
/// Weights are asked for by one member of staff and published by another (decision 0028). They count from the moment of
/// publishing, wherever the service runs within seconds, and are dated by that day; to go back, the former ones are published again.
/// Everything may be repeated.
/// </summary>
public sealed class PublishWeights(IWeights weights, IMarket market, TimeProvider time)
{
    private static readonly Label
        NoWeights = new(
            $"There must be {Policy.Pluses.Count} weights, each a whole number from 0 to {PolicyWeights.Total}, that add up to {PolicyWeights.Total}.",
            $"权重须有 {Policy.Pluses.Count} 项，每项为 0 到 {PolicyWeights.Total} 的整数，合计 {PolicyWeights.Total}。"),
        InForceNow = new("These are the weights that count already. Change at least one.", "这就是现在的权重，请至少修改一项。"),
        OtherWaits = new("Other weights wait for approval. Have them approved or dropped first.", "已有权重等待审批，请先批准或撤下。"),
        OwnAsking = new("Whoever asked cannot approve: another lead does.", "申请人不能自己批准，须由另一位负责人批准。"),
        NotWaiting = new("Nothing waits under this number any more.", "这个编号下没有等待审批的权重。");

    /// <summary>All that was ever asked for, by number.</summary>
    public async Task<IReadOnlyList<WeightsChange>> All(CancellationToken cancel) => [.. (await weights.All(cancel)).Select(stored => stored.Value)];

    /// <param name="by">A member of staff, by a name-less id.</param>
    /// <returns>Why not; null where they wait now.</returns>
    public async Task<Label?> Ask(IReadOnlyList<int> asked, string by, CancellationToken cancel)
    {
        var all = await All(cancel);
        if (!PolicyWeights.Allow(asked))
            return NoWeights;
        if (all.FirstOrDefault(change => change.DecidedBy is null) is { } waiting)
            return waiting.AskedBy == by && waiting.Weights.SequenceEqual(asked) ? null : OtherWaits;
        if (WeightsChange.InForce(all).On(time.Today()).Weights.SequenceEqual(asked))
            return InForceNow;
        try
        {
            await weights.Save(new(all.Count + 1, asked, by, time.GetUtcNow()), null, cancel);
            return null;
        }
        catch (ConflictException)
        {
            return OtherWaits; // Asked for at the same moment.
        }
    }

    /// <param name="by">Who approves; never who asked.</param>
    /// <returns>Why not; null where they count now.</returns>
    public async Task<Label?> Approve(int number, string by, CancellationToken cancel) => await Decide(number, by, published: true, cancel);

    /// <summary>Takes back what waits; whoever may ask may do it.</summary>
    /// <inheritdoc cref="Approve"/>
    public async Task<Label?> Drop(int number, string by, CancellationToken cancel) => await Decide(number, by, published: false, cancel);

    private async Task<Label?> Decide(int number, string by, bool published, CancellationToken cancel)
    {
        while (true)
        {
            var all = await weights.All(cancel);
            var (asked, etag) = all.FirstOrDefault(stored => stored.Value.Number == number);
            if (asked is null || asked.DecidedBy is not null && asked.Published != published)
                return NotWaiting;
            if (asked.DecidedBy is not null)
                return null;
            if (published && asked.AskedBy == by)
                return OwnAsking;
            var decided = asked with { DecidedBy = by, DecidedAt = time.GetUtcNow(), Published = published };
            try
            {
                await weights.Save(decided, etag, cancel);
                market.Weigh(WeightsChange.InForce(all.Select(stored => stored.Value.Number == number ? decided : stored.Value)));
                return null;
            }
            catch (ConflictException)
            {
                // Somebody else decided: read what.
            }
        }
    }
}
