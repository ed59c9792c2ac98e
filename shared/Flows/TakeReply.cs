using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>
/// Takes in one reply. It is unsigned: it may stop texts at once, say yes or no to an invitation and ask for more; it never
/// releases who somebody is. What is not understood reaches a person. All of it is safe to do twice, so that a run that died
/// is simply run again.
/// </summary>
public sealed class TakeReply(
    ISeekers seekers, IClaims claims, IGuests guests, IEvents events, IMessages messages, ITasks tasks, ICallbacks callbacks, OptOut optOut, PutText putText,
    TellMore tellMore, HoldPlace hold, ConfirmYes confirm, IKeyedHash hash, SendSettings settings, TimeProvider time)
{
    /// <summary>Vendors' clocks and ours: a reply may seem to come so much before its question.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

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
        await (ReplyText.Read(reply.Text) switch
        {
            { Meaning: ReplyMeaning.OptOut } => Stop(said, cancel),
            { Meaning: ReplyMeaning.NoOrStop } => NoOrStop(said, cancel),
            { Meaning: ReplyMeaning.OptIn } => Resume(said, cancel),
            { Meaning: ReplyMeaning.ContactMe } => Contact(said, cancel),
            { Meaning: ReplyMeaning.NotUnderstood } => Ask(said, TaskKinds.NotUnderstood, await Questions(said, cancel), cancel),
            var answer => Answer(said, answer, cancel),
        });
        // Last, since all of the above is safe to do twice.
        await callbacks.See(id, cancel);
    }

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
            await Clarify(said, open.Count > 1 ? open : questions, cancel);
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
    private async Task Clarify(Said said, IReadOnlyList<Question> questions, CancellationToken cancel)
    {
        Choice[] choices = [.. questions.Select(question => question.Choice).TakeWhile((_, index) => ReplyText.CanBeNamed(index))];
        var key = $"{People.DayOf(said.At):yyyyMMdd}|{string.Join('|', choices.Select(choice => $"{choice.Event} {choice.Subject}"))}";
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

    private Task Ask(Said said, string kind, IReadOnlyList<Question> questions, CancellationToken cancel) => tasks.Add(new(
        said.Id, kind, time.GetUtcNow(), said.Callback, said.Entry,
        [.. said.People.Select(person => person.Facts.Id)], [.. questions.Select(question => question.Fair.Id).Distinct()],
        Due(time.Now()), [.. said.People.Select(person => person.Contact.Prefer).OfType<string>().Distinct()]), cancel);

    /// <summary>Five in the afternoon of the next day that is no weekend.</summary>
    internal static DateTimeOffset Due(DateTimeOffset now)
    {
        var day = People.DayOf(now).AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            day = day.AddDays(1);
        return new(day.ToDateTime(new(17, 0)), People.Offset);
    }
}
