using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>A text, or why there is nothing to send any more.</summary>
public readonly record struct WrittenText(string? Said, string? Why);

/// <summary>Writes a message's text at the moment it is due, from what stands then. Whatever it says passes one last check.</summary>
public sealed class WriteText(IEvents events, ISeekers seekers, IGuests guests, ITasks tasks, IFollowUps followUps, TextTemplates templates, SendSettings settings)
{
    /// <param name="fair">The event of the message's page, as read just now; null where it has none.</param>
    public async Task<WrittenText> Run(Message message, RecruitmentEvent? fair, SeekerFile person, CancellationToken cancel)
    {
        var written = await Write(message, fair, person, cancel);
        return written.Said is { } text && (Outs.Names(text) || TextTemplates.Leads(text)) ? new(null, Reasons.OutsText) : written;
    }

    private async Task<WrittenText> Write(Message message, RecruitmentEvent? fair, SeekerFile person, CancellationToken cancel)
    {
        var (voice, room) = (Voice.Of(person), settings.SignatureLength);
        switch (message.Kind)
        {
            case TextKind.Invitation:
                return new(templates.Invitation(fair!, message.Named, voice, room), null);
            case TextKind.Changed:
                return new(templates.Changed(fair!, message.News, voice, room), null);
            case TextKind.Cancelled:
                return new(templates.Cancelled(fair!, voice, room), null);
            case TextKind.Reminder:
                return await guests.Find(fair!.Id, message.Id.Subject, cancel) is { Value: { Answer: GuestAnswer.Coming } guest }
                    ? new(templates.Reminder(fair, guest.Number, voice, room), null)
                    : new(null, Reasons.NotComing);
            case TextKind.Digest:
                return message.Named.Count > 0 ? new(templates.Digest(message.Named, voice, room), null) : new(null, Reasons.NothingToSay);
            case TextKind.More:
                return await events.Find(message.About!, cancel) is { } about
                    ? new(templates.More(about.Value, message.Named, voice, room), null)
                    : new(null, Reasons.EventCancelled);
            case TextKind.Clarify:
                return new(await Clarify(message, voice, room, cancel), null);
            case TextKind.Confirmed or TextKind.Filled or TextKind.Booked or TextKind.NoneLeft:
                return await events.Find(message.About!, cancel) is { Value.Status: not EventStatus.Cancelled } asked
                    ? new(templates.Place(message.Kind, asked.Value, voice, room), null)
                    : new(null, Reasons.EventCancelled);
            case TextKind.Stopped:
                return new(TextTemplates.Stopped(message.About is not null, voice), null);
            case TextKind.Resumed:
                return new(TextTemplates.Resumed(voice), null);
            case TextKind.FollowUp:
                return FollowUpId.Parse(message.About) is { } id && await followUps.Find(id.Series, cancel) is { Value.Facts: { Ended: null } series }
                    && series.Asked.FirstOrDefault(asked => asked.Month == id.Month)?.Answer is null
                    ? new(TextTemplates.FollowUp(series, id.Month, voice), null)
                    : new(null, Reasons.NothingToSay);
            default:
                return await tasks.Find(message.About!, cancel) is { Value.Answer: { } answer } ? new(answer, null) : new(null, Reasons.NothingToSay);
        }
    }

    // All choices keep their letters, also those whose event was called off meanwhile.
    private async Task<string> Clarify(Message message, Voice voice, int room, CancellationToken cancel)
    {
        var several = message.Choices.Select(choice => choice.Subject).Distinct().Skip(1).Any();
        List<TextTemplates.Asked> choices = [];
        foreach (var (index, choice) in message.Choices.Index())
        {
            var work = FollowUpId.Parse(choice.FollowUp) is { } id ? (await followUps.Find(id.Series, cancel))?.Value.Facts : null;
            var fair = work is null ? (await events.Find(choice.Event, cancel))?.Value : null;
            if (work is not null || fair is not null)
                choices.Add(new(fair, work, several ? (await seekers.BySubject(choice.Subject, cancel))?.Value.Name ?? Ordinal(index, voice) : null));
        }
        return TextTemplates.Clarify(choices, voice, room);
    }

    private static string Ordinal(int index, Voice voice) => voice.Language == Language.English ? $"person {index + 1}" : $"第{index + 1}位";
}
