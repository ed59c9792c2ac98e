namespace JobMatch.Flows;

/// <summary>
/// Takes in one reply. It is unsigned: it may stop texts at once and say yes or no to an invitation; it never releases
/// who somebody is. What is not understood reaches a person.
/// </summary>
public sealed class TakeReply(
    ISeekers seekers, IClaims claims, IGuests guests, IEvents events, ITasks tasks, ICallbacks callbacks, PutSeeker put, IKeyedHash hash, TimeProvider time)
{
    /// <param name="key">The callback it came in.</param>
    /// <param name="entry">Which entry of it, from 0.</param>
    /// <param name="arrived">When the callback came; counts where the vendor names no time.</param>
    public async Task Run(CallbackKey key, int entry, GatewayReply reply, DateTimeOffset arrived, CancellationToken cancel)
    {
        var id = await hash.Of("reply", reply.SequenceId is { } sequence
            ? $"{key.Gateway}|{sequence}|{reply.Phone}"
            : $"{key.Gateway}|{reply.Phone}|{reply.Extension}|{reply.At?.UtcTicks}|{reply.Text}", cancel);
        if (await callbacks.Seen(id, cancel))
            return;
        var people = await seekers.ByPhone(reply.Phone, cancel);
        var at = reply.At ?? arrived;
        switch (ReplyText.Read(reply.Text))
        {
            case ReplyMeaning.OptOut:
                foreach (var person in people)
                    await OptOut(person, at, cancel);
                break;
            case ReplyMeaning.Coming:
                await Answer(key, entry, id, people, GuestAnswer.Coming, at, cancel);
                break;
            case ReplyMeaning.NotComing:
                await Answer(key, entry, id, people, GuestAnswer.NotComing, at, cancel);
                break;
            default:
                await Ask(key, entry, id, "replyNotUnderstood", await Questions(people, cancel), cancel);
                break;
        }
        // Last, since all of the above is safe to do twice.
        await callbacks.See(id, cancel);
    }

    private async Task OptOut(string person, DateTimeOffset at, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await seekers.Find(person, cancel) is not { Value.OptedOutAt: null } stored)
                return;
            try
            {
                await put.Commit(stored.Value with { OptedOutAt = at, Version = stored.Value.Version + 1, ChangedAt = time.GetUtcNow() }, stored.ETag, cancel);
                return;
            }
            catch (ConflictException) when (attempt < Put<SeekerFile>.Tries)
            {
            }
        }
    }

    private async Task Answer(
        CallbackKey key, int entry, string reply, IReadOnlyList<string> people, GuestAnswer answer, DateTimeOffset at, CancellationToken cancel)
    {
        var questions = await Questions(people, cancel);
        if (people.Count == 1 && questions is [var only])
            await Note(only, reply, answer, at, cancel);
        else
            await Ask(key, entry, reply, questions.Count == 0 ? "replyWithoutQuestion" : "replyToSeveral", questions, cancel);
    }

    /// <summary>Invitations of these people to events that have not begun, one a person and event.</summary>
    private async Task<IReadOnlyList<MessageId>> Questions(IReadOnlyList<string> people, CancellationToken cancel)
    {
        List<MessageId> open = [];
        foreach (var person in people)
            foreach (var claim in (await claims.Of(person, cancel)).Where(claim => !claim.Open).DistinctBy(claim => claim.Message.In.Cause))
                if (await events.Find(claim.Message.In.Cause, cancel) is { } fair && fair.Value.IsAhead(time.GetUtcNow()))
                    open.Add(claim.Message);
        return open;
    }

    private async Task Note(MessageId question, string reply, GuestAnswer answer, DateTimeOffset at, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await guests.Find(question.In.Cause, question.Subject, cancel);
            var guest = stored?.Value ?? new Guest { Event = question.In.Cause, Subject = question.Subject, Invitation = question };
            if (guest.Replies.Contains(reply))
                return;
            // Pushes come in any order: the later answer counts.
            var later = guest.AnsweredAt is null || at >= guest.AnsweredAt;
            guest = guest with
            {
                Answer = later ? answer : guest.Answer,
                AnsweredAt = later ? at : guest.AnsweredAt,
                Replies = [.. guest.Replies, reply],
            };
            try
            {
                await guests.Save(guest, stored?.ETag, cancel);
                return;
            }
            catch (ConflictException) when (attempt < Put<Guest>.Tries)
            {
            }
        }
    }

    private Task Ask(CallbackKey key, int entry, string reply, string kind, IReadOnlyList<MessageId> questions, CancellationToken cancel) =>
        tasks.Add(new(
            reply, kind, time.GetUtcNow(), key with { From = 0, Waited = 0 }, entry,
            [.. questions.Select(question => question.Subject).Distinct()], [.. questions.Select(question => question.In.Cause).Distinct()]), cancel);
}
