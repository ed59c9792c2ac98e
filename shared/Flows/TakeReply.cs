using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// Takes in one reply. It is unsigned: it may stop texts at once, say yes or no to an invitation and ask for more; it never
/// releases who somebody is. What is not understood reaches a person. All of it is safe to do twice, so that a run that died
/// is simply run again.
/// </summary>
public sealed class TakeReply(
    ISeekers seekers, IClaims claims, IGuests guests, IEvents events, IMessages messages, ITasks tasks, ICallbacks callbacks, IFollowUps followUps, OptOut optOut, PutText putText,
    TellMore tellMore, HoldPlace hold, ConfirmYes confirm, AnswerFollowUp answerFollowUp, IKeyedHash hash, SendSettings settings, TimeProvider time)
{
    /// <summary>Vendors' clocks and ours: a reply may seem to come so much before its question.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>How long after its text a follow-up is answered by a digit.</summary>
    private static readonly TimeSpan Answerable = TimeSpan.FromDays(60);

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
        List<SeekerFile> people = [];
        foreach (var seeker in await seekers.ByPhone(reply.Phone, cancel))
            if (await seekers.Find(seeker, cancel) is { } stored)
                people.Add(stored.Value);
        var said = new Said(key with { From = 0, Waited = 0 }, entry, id, [.. people.OrderBy(person => person.Facts.Id, StringComparer.Ordinal)], reply.At ?? arrived);
        var read = ReplyText.Read(reply.Text);
        if (ReplyText.Digit(reply.Text) is not { } digit || !await AnswersFollowUp(said, digit, read.Letter, cancel))
            await Take(said, read, cancel);
        // Last, since all of the above is safe to do twice.
        await callbacks.See(id, cancel);
    }

    private async Task Take(Said said, ReadReply read, CancellationToken cancel) =>
        await (read switch
        {
            { Meaning: ReplyMeaning.OptOut } => Stop(said, cancel),
            { Meaning: ReplyMeaning.NoOrStop } => NoOrStop(said, cancel),
            { Meaning: ReplyMeaning.OptIn } => Resume(said, cancel),
            { Meaning: ReplyMeaning.ContactMe } => Contact(said, cancel),
            { Meaning: ReplyMeaning.NotUnderstood } => Ask(said, TaskKinds.NotUnderstood, await Questions(said, cancel), cancel),
            var answer => Answer(said, answer, cancel),
        });

    private sealed record Said(CallbackKey Callback, int Entry, string Id, IReadOnlyList<SeekerFile> People, DateTimeOffset At);

    /// <summary>One person's invitation to an event that has not begun.</summary>
    /// <param name="Invitation">The first text about it.</param>
    /// <param name="LastAsked">When the last text about it went out: a reminder asks again.</param>
    private sealed record Question(SeekerFile Person, RecruitmentEvent Fair, MessageId Invitation, DateTimeOffset FirstAsked, DateTimeOffset LastAsked, Guest? Guest)
    {
        public Choice Choice => new(Fair.Id, Person.Facts.Id);

        // As things stood when the reply was written: pushes come in any order.
        public bool OpenAt(DateTimeOffset at) => Guest?.AnsweredAt is not { } answered || answered > at || LastAsked > answered;
    }

    /// <summary>A follow-up that one person was asked by text and that still takes an answer.</summary>
    private sealed record AskedFollowUp(SeekerFile Person, FollowUpSeries Series, FollowUpId Id, DateTimeOffset AskedAt)
    {
        /// <summary>When it was answered, by a clock that may be behind ours: not before it was asked.</summary>
        public DateTimeOffset At(Said said) => said.At > AskedAt ? said.At : AskedAt;

        public Choice Choice => new("", Person.Facts.Id, Id.ToString());

        public FollowUp? Held => Series.Asked.FirstOrDefault(asked => asked.Month == Id.Month);

        public bool OpenFor(Said said) => Held?.AnsweredAt is not { } answered || answered > At(said);
    }

    /// <summary>
    /// A digit by itself is meant for what is open, and a letter names one of several. Where no follow-up can be meant, an
    /// invitation may be.
    /// </summary>
    private async Task<bool> AnswersFollowUp(Said said, int digit, int? letter, CancellationToken cancel)
    {
        var asked = await FollowUps(said, cancel);
        if (asked.Count == 0)
            return false;
        // By a run that died after that.
        var meant = asked.FirstOrDefault(followUp => followUp.Held?.Replies.Contains(said.Id) == true);
        if (meant is null)
        {
            var questions = await Questions(said, cancel);
            var (open, invitations) = (asked.Where(followUp => followUp.OpenFor(said)).ToList(), questions.Where(question => question.OpenAt(said.At)).ToList());
            if (letter is { } named)
            {
                var choices = (await LastClarify(said, cancel))?.Choices ?? [.. questions.Select(question => question.Choice), .. asked.Select(followUp => followUp.Choice)];
                meant = asked.FirstOrDefault(followUp => followUp.Choice == choices.ElementAtOrDefault(named));
            }
            else if (open.Count > 0 && open.Count + invitations.Count > 1)
            {
                await Clarify(said, [.. invitations.Select(question => question.Choice), .. open.Select(followUp => followUp.Choice)], questions, cancel);
                return true;
            }
            else if (invitations.Count == 0)
            {
                meant = open is [var only] ? only : questions.Count == 0 && asked is [var one] ? one : null; // The second: somebody who changes their mind.
            }
        }
        if (meant is null)
            return false;
        if (FollowUpSeries.Means(digit) is { } answer)
            await answerFollowUp.Run(meant.Id, answer, meant.At(said), null, said.Id, cancel);
        else
            await Ask(said, TaskKinds.Contact, [], cancel);
        return true;
    }

    /// <summary>The latest of each placement or founding that was asked by text, by when it began.</summary>
    private async Task<IReadOnlyList<AskedFollowUp>> FollowUps(Said said, CancellationToken cancel)
    {
        List<AskedFollowUp> asked = [];
        foreach (var person in said.People)
            foreach (var claim in (await claims.Of(person.Id, cancel)).Where(claim => !claim.Open && claim.Message.In.Kind == TextKind.FollowUp && said.At - claim.At < Answerable))
                if (await messages.Find(claim.Message, cancel) is { Value.About: { } about } && FollowUpId.Parse(about) is { } id
                    && await followUps.Find(id.Series, cancel) is { Value.Facts: { Ended: null or FollowUpEnd.Left } series })
                    asked.Add(new(person, series, id, claim.At));
        // As for invitations: what was asked only later cannot be meant.
        var before = asked.Where(followUp => followUp.AskedAt <= said.At + Skew).ToList();
        return [.. (before.Count > 0 ? before : asked).GroupBy(followUp => followUp.Series.Id).Select(same => same.MaxBy(followUp => followUp.Id.Month)!)
            .OrderBy(followUp => followUp.Series.StartedOn).ThenBy(followUp => followUp.Series.Id, StringComparer.Ordinal)];
    }

    private async Task<bool> Stop(Said said, CancellationToken cancel)
    {
        var stopped = false;
        foreach (var person in said.People)
            stopped |= await optOut.Stop(person.Id, said.At, cancel);
        return stopped;
    }

    /// <summary>Both are done, and confirmed once with the way back: which of the two was meant nobody knows.</summary>
    private async Task NoOrStop(Said said, CancellationToken cancel)
    {
        var questions = await Questions(said, cancel);
        var stopped = await Stop(said, cancel);
        var only = questions is [var one] ? one : null;
        if (only is not null)
            await Note(only, said, GuestAnswer.NotComing, cancel);
        // By the moment, not by the reply: the same word twice is confirmed once.
        if (stopped)
            await Write(said, PageId.Of(TextKind.Stopped, $"{said.People[0].Facts.Id}|{said.At.UtcTicks}"), cancel, only?.Fair.Id);
    }

    private async Task Resume(Said said, CancellationToken cancel)
    {
        var resumed = false;
        foreach (var person in said.People)
            resumed |= await optOut.Resume(person.Id, said.At, cancel);
        if (resumed)
            await Write(said, PageId.Of(TextKind.Resumed, $"{said.People[0].Facts.Id}|{said.At.UtcTicks}"), cancel);
        else
            await Ask(said, TaskKinds.NotUnderstood, await Questions(said, cancel), cancel);
    }

    private async Task Contact(Said said, CancellationToken cancel)
    {
        var questions = await Questions(said, cancel);
        if (questions is [var only])
            await Note(only, said, null, cancel);
        await Ask(said, TaskKinds.Contact, questions, cancel);
    }

    private async Task Answer(Said said, ReadReply answer, CancellationToken cancel)
    {
        var questions = await Questions(said, cancel);
        if (questions.FirstOrDefault(question => question.Guest?.Replies.Contains(said.Id) == true) is { } noted)
        {
            // By a run that died after that.
            await confirm.Run(noted.Fair, noted.Person.Facts.Id, cancel);
            return;
        }
        var open = questions.Where(question => question.OpenAt(said.At)).ToList();
        var meant = answer.Letter is { } letter ? await Named(said, letter, questions, cancel)
            : open.Count == 1 ? open[0]
            : questions.Count == 1 ? questions[0] // Somebody who changes their mind.
            : null;
        if (meant is not null)
            await Obey(said, answer.Meaning, meant, cancel);
        else if (questions.Count > 1 && answer.Letter is null)
            await Clarify(said, [.. (open.Count > 1 ? open : questions).Select(question => question.Choice)], questions, cancel);
        else
            await Ask(said, questions.Count == 0 ? TaskKinds.WithoutQuestion : TaskKinds.NotUnderstood, questions, cancel);
    }

    private async Task Obey(Said said, ReplyMeaning meaning, Question question, CancellationToken cancel)
    {
        if (meaning == ReplyMeaning.TellMore)
            await tellMore.Run(question.Person, question.Fair, said.Id, cancel);
        if (meaning == ReplyMeaning.Interpreter)
            await Book(said, question, cancel);
        if (meaning == ReplyMeaning.Coming && !await hold.Take(question.Fair, PlaceKind.Seat, question.Person.Facts.Id, cancel))
        {
            // A yes to a full event is no yes; what was said is noted, and the person is told.
            await Write(said, PageId.Of(TextKind.Filled, said.Id), cancel, question.Fair.Id);
            meaning = ReplyMeaning.NotUnderstood;
        }
        await Note(question, said, meaning switch
        {
            ReplyMeaning.Coming => GuestAnswer.Coming,
            ReplyMeaning.NotComing => GuestAnswer.NotComing,
            _ => null,
        }, cancel);
        if (meaning == ReplyMeaning.Coming)
            await confirm.Run(question.Fair, question.Person.Facts.Id, cancel);
        if (meaning == ReplyMeaning.NotComing)
            foreach (var kind in Enum.GetValues<PlaceKind>())
                await hold.GiveBack(question.Fair.Id, kind, question.Person.Facts.Id, cancel);
    }

    // Where none is left, staff see what else can be arranged.
    private async Task Book(Said said, Question question, CancellationToken cancel)
    {
        var booked = await hold.Take(question.Fair, PlaceKind.Interpreter, question.Person.Facts.Id, cancel);
        await Write(said, PageId.Of(booked ? TextKind.Booked : TextKind.NoneLeft, said.Id), cancel, question.Fair.Id);
        if (!booked)
            await Ask(said, TaskKinds.Contact, [question], cancel);
    }

    /// <summary>What a letter stands for: what the last text that gave letters said, else the order of what is open.</summary>
    private async Task<Question?> Named(Said said, int letter, IReadOnlyList<Question> questions, CancellationToken cancel)
    {
        var choice = await LastClarify(said, cancel) is { } clarify ? clarify.Choices.ElementAtOrDefault(letter) : questions.ElementAtOrDefault(letter)?.Choice;
        return questions.FirstOrDefault(question => question.Choice == choice);
    }

    private async Task<Message?> LastClarify(Said said, CancellationToken cancel)
    {
        List<Claim> texts = [];
        foreach (var person in said.People)
            texts.AddRange((await claims.Of(person.Id, cancel)).Where(claim => claim.Message.In.Kind == TextKind.Clarify && claim.At <= said.At + Skew));
        return texts.MaxBy(claim => claim.At) is { } last ? (await messages.Find(last.Message, cancel))?.Value : null;
    }

    /// <summary>
    /// Asks which one, once a day for the same questions, however often the digit comes; after that a person is needed. The
    /// digit itself changes nothing.
    /// </summary>
    private async Task Clarify(Said said, IReadOnlyList<Choice> all, IReadOnlyList<Question> questions, CancellationToken cancel)
    {
        Choice[] choices = [.. all.TakeWhile((_, index) => ReplyText.CanBeNamed(index))];
        var key = $"{People.DayOf(said.At):yyyyMMdd}|{string.Join('|', choices.Select(choice => choice.FollowUp ?? $"{choice.Event} {choice.Subject}"))}";
        var page = PageId.Of(TextKind.Clarify, key);
        await Write(said, page, cancel, choices: choices);
        if (await messages.Find(new(page, said.People[0].Facts.Id), cancel) is not { } asked || asked.Value.Reply != said.Id)
            await Ask(said, TaskKinds.ToSeveral, questions, cancel);
    }

    private async Task Write(Said said, PageId page, CancellationToken cancel, string? about = null, IReadOnlyList<Choice>? choices = null)
    {
        var now = time.GetUtcNow();
        await putText.Run([new()
        {
            Id = new(page, said.People[0].Facts.Id),
            About = about,
            Choices = choices ?? [],
            Reply = said.Id,
            Deadline = now + settings.AnswerWithin,
            Named = [],
            PolicyVersion = Policy.Version,
            CreatedAt = now,
        }], cancel);
    }

    /// <summary>Invitations of these people to events that have not begun, one a person and event, in a lasting order.</summary>
    private async Task<IReadOnlyList<Question>> Questions(Said said, CancellationToken cancel)
    {
        List<Question> all = [];
        foreach (var person in said.People)
            foreach (var texts in (await claims.Of(person.Id, cancel)).Where(claim => !claim.Open && claim.Message.In.Event is not null).GroupBy(claim => claim.Message.In.Event!))
                if (await events.Find(texts.Key, cancel) is { } fair && fair.Value.IsAhead(time.GetUtcNow()))
                    all.Add(new(
                        person, fair.Value, texts.MinBy(claim => claim.At)!.Message, texts.Min(claim => claim.At), texts.Max(claim => claim.At),
                        (await guests.Find(texts.Key, person.Facts.Id, cancel))?.Value));
        // What was asked only later cannot be meant.
        var asked = all.Where(question => question.FirstAsked <= said.At + Skew).ToList();
        return [.. (asked.Count > 0 ? asked : all).OrderBy(x => x.Fair.StartsAt).ThenBy(x => x.Fair.Id, StringComparer.Ordinal).ThenBy(x => x.Person.Facts.Id, StringComparer.Ordinal)];
    }

    /// <param name="answer">Null where the reply says neither.</param>
    private async Task Note(Question question, Said said, GuestAnswer? answer, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await guests.Find(question.Fair.Id, question.Person.Facts.Id, cancel);
            var guest = stored?.Value ?? new Guest { Event = question.Fair.Id, Subject = question.Person.Facts.Id, Invitation = question.Invitation };
            if (guest.Replies.Contains(said.Id))
                return;
            // Pushes come in any order: the later answer counts.
            var counts = answer is not null && (guest.AnsweredAt is null || said.At >= guest.AnsweredAt);
            guest = guest with
            {
                Answer = counts ? answer : guest.Answer,
                AnsweredAt = counts ? said.At : guest.AnsweredAt,
                Replies = [.. guest.Replies, said.Id],
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

    private async Task Ask(Said said, string kind, IReadOnlyList<Question> questions, CancellationToken cancel)
    {
        if (questions.Count == 0 && kind is TaskKinds.NotUnderstood or TaskKinds.WithoutQuestion && (await FollowUps(said, cancel)).Count > 0)
            kind = TaskKinds.ToFollowUp;
        await tasks.Add(new(
            said.Id, kind, time.GetUtcNow(), said.Callback, said.Entry,
            [.. said.People.Select(person => person.Facts.Id)], [.. questions.Select(question => question.Fair.Id).Distinct()],
            Due(time.Now()), [.. said.People.Select(person => person.Contact.Prefer).OfType<string>().Distinct()]), cancel);
    }

    /// <summary>Five in the afternoon of the next day that is no weekend.</summary>
    internal static DateTimeOffset Due(DateTimeOffset now)
    {
        var day = People.DayOf(now).AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            day = day.AddDays(1);
        return new(day.ToDateTime(new(17, 0)), People.Offset);
    }
}
