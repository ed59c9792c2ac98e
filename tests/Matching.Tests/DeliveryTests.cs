using static JobMatch.Matching.Happening;
using static JobMatch.Matching.MessageState;

namespace JobMatch.Matching.Tests;

public class DeliveryTests
{
    private static readonly Dictionary<MessageState, Dictionary<Happening, MessageState>> Table = new()
    {
        [Created] = new() { [Claimed] = Sending, [NotTaken] = Created, [AnswerLost] = Unknown, [Happening.Accepted] = MessageState.Accepted, [Lapsed] = Expired, [WillNotArrive] = Failed, [Arrived] = Delivered },
        [Sending] = new() { [Claimed] = Sending, [NotTaken] = Created, [AnswerLost] = Unknown, [Happening.Accepted] = MessageState.Accepted, [Lapsed] = Expired, [WillNotArrive] = Failed, [Arrived] = Delivered },
        [Unknown] = new() { [Claimed] = Unknown, [NotTaken] = Created, [AnswerLost] = Unknown, [Happening.Accepted] = MessageState.Accepted, [Lapsed] = Expired, [WillNotArrive] = Failed, [Arrived] = Delivered },
        [MessageState.Accepted] = new() { [Claimed] = MessageState.Accepted, [NotTaken] = MessageState.Accepted, [AnswerLost] = MessageState.Accepted, [Happening.Accepted] = MessageState.Accepted, [Lapsed] = Expired, [WillNotArrive] = Failed, [Arrived] = Delivered },
        [Expired] = new() { [Claimed] = Expired, [NotTaken] = Expired, [AnswerLost] = Expired, [Happening.Accepted] = Expired, [Lapsed] = Expired, [WillNotArrive] = Failed, [Arrived] = Delivered },
        [Failed] = new() { [Claimed] = Failed, [NotTaken] = Failed, [AnswerLost] = Failed, [Happening.Accepted] = Failed, [Lapsed] = Failed, [WillNotArrive] = Failed, [Arrived] = Failed },
        [Delivered] = new() { [Claimed] = Delivered, [NotTaken] = Delivered, [AnswerLost] = Delivered, [Happening.Accepted] = Delivered, [Lapsed] = Delivered, [WillNotArrive] = Delivered, [Arrived] = Delivered },
    };

    [Fact]
    public void Every_state_answers_every_happening_as_the_table_says()
    {
        foreach (var state in Enum.GetValues<MessageState>())
            foreach (var what in Enum.GetValues<Happening>())
                Assert.True(Table[state][what] == state.After(what), $"{state} after {what} is {state.After(what)}, not {Table[state][what]}");
    }

    [Fact]
    public void What_happens_in_any_order_and_repeatedly_ends_the_same()
    {
        // The two fates exclude each other, and NotTaken is our own decision, made once: everything else is a world.
        foreach (var fate in new[] { Arrived, WillNotArrive })
        {
            Happening[] all = [Claimed, AnswerLost, Happening.Accepted, Lapsed, fate];
            for (var subset = 1; subset < 1 << all.Length; subset++)
            {
                var happened = all.Where((_, i) => (subset >> i & 1) == 1).ToArray();
                var ends = Orders([.. happened, .. happened]).Select(order => order.Aggregate(Created, Delivery.After)).Distinct().ToList();
                Assert.True(ends.Count == 1, $"{string.Join(", ", happened)} ends as {string.Join(" or ", ends)}");
            }
        }
    }

    [Fact]
    public void Only_a_text_that_was_surely_not_taken_goes_back()
    {
        foreach (var state in Enum.GetValues<MessageState>())
            foreach (var what in Enum.GetValues<Happening>().Where(x => x != NotTaken))
                Assert.True(state.After(what) >= state, $"{state} after {what} went back to {state.After(what)}");
    }

    /// <summary>Every order in which the happenings can come, equal ones told apart only once.</summary>
    private static IEnumerable<Happening[]> Orders(Happening[] of) => of.Length == 0
        ? [[]]
        : of.Distinct().SelectMany(first => Orders(Without(of, first)).Select(rest => (Happening[])[first, .. rest]));

    private static Happening[] Without(Happening[] of, Happening one)
    {
        var at = Array.IndexOf(of, one);
        return [.. of[..at], .. of[(at + 1)..]];
    }
}
