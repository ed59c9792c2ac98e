using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>A text that was sent to a person, as far as anything is kept of it.</summary>
/// <param name="At">When it was taken in hand last.</param>
/// <param name="Event">By the name that texts use; null where it is about none.</param>
/// <param name="Jobs">The positions that it named, by title.</param>
/// <param name="Said">Its words; kept only of what staff wrote, else null.</param>
public sealed record ReceivedText(TextKind Kind, MessageState State, DateTimeOffset At, string? Event, IReadOnlyList<string> Jobs, string? Said);

/// <param name="Texts">The latest first.</param>
/// <param name="Replies">The person's own, the latest first, as long as they are kept.</param>
public sealed record MyTexts(SeekerFile Person, IReadOnlyList<ReceivedText> Texts, IReadOnlyList<HeldReply> Replies);

/// <summary>Tells a person what was texted to them, what came of it, and what they wrote.</summary>
public sealed class ReadTexts(ISeekers seekers, IClaims claims, IMessages messages, IEvents events, ITasks tasks, IHoldings holdings)
{
    /// <summary>How many texts are told.</summary>
    public const int Most = 50;

    /// <returns>Null where there is no such person.</returns>
    public async Task<MyTexts?> Run(string seeker, CancellationToken cancel)
    {
        if (await seekers.Find(seeker, cancel) is not { Value: var person })
            return null;
        List<ReceivedText> texts = [];
        foreach (var claim in (await claims.Of(seeker, cancel)).OrderByDescending(claim => claim.At).Take(Most))
            if (await messages.Find(claim.Message, cancel) is { Value: var message })
                texts.Add(new(
                    message.Kind, message.State, claim.At, message.Event is { } id && await events.Find(id, cancel) is { Value: var fair } ? fair.ShortTitle ?? fair.Title : null,
                    [.. message.Named.Select(named => named.Title)],
                    message.Kind == TextKind.StaffAnswer && message.About is { } task && await tasks.Find(task, cancel) is { } asked ? asked.Value.Answer : null));
        var replies = await holdings.Replies(await seekers.Erased(person, cancel), cancel);
        return new(person, texts, [.. replies.OrderByDescending(reply => reply.At)]);
    }
}
