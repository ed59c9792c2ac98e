using JobMatch.Fixtures;

namespace JobMatch.Load;

/// <summary>
/// What the ledgers prove, beside what the service says. The ledgers alone judge: a text that was delivered is delivered,
/// one that was refused or could not be delivered has failed, one of which the vendor has lost every trace is accepted.
/// </summary>
/// <param name="Wrong">Messages by the state that they have and the one that they should have.</param>
public sealed record Proof(int Messages, int Texts, IReadOnlyDictionary<string, int> States, IReadOnlyDictionary<string, int> Wrong, IReadOnlyList<string> Twice)
{
    public bool Holds => Wrong.Count == 0 && Twice.Count == 0;

    /// <param name="states">Message id → state, as the service says.</param>
    public static Proof Of(IReadOnlyDictionary<string, string> states, IReadOnlyList<LedgerLine> lines)
    {
        var texts = lines.Where(line => line.OutId is not null && states.ContainsKey(line.OutId)).ToLookup(line => line.OutId!);
        var wrong = states.Select(message => (Is: message.Value, Should: Should(texts[message.Key].Select(line => line.What).ToHashSet()))).Where(x => x.Is != x.Should);
        var took = lines.Where(line => line.What == "took" && line.OutId is not null && states.ContainsKey(line.OutId)).ToList();
        return new(
            states.Count, took.Count, states.CountBy(message => message.Value).ToDictionary(), wrong.CountBy(x => $"{x.Is}, should be {x.Should}").ToDictionary(),
            [.. took.CountBy(line => line.Phone).Where(phone => phone.Value > 1).Select(phone => phone.Key)]);
    }

    private static string Should(HashSet<string> happened) =>
        happened.Contains("delivered") ? "delivered"
        : happened.Contains("refused") ? "failed"
        : happened.Contains("lost") ? "accepted"
        : happened.Contains("took") ? "still on its way"
        : "sent at all";
}
