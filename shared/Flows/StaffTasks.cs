using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>A task with what staff need for doing it.</summary>
/// <param name="Text">What was written; null where the vendor's body is no longer kept.</param>
public sealed record OpenTask(StaffTask Task, string? Text, IReadOnlyList<SeekerFile> People);

/// <summary>Lists what waits for staff, the most pressing first.</summary>
public sealed class ListTasks(ITasks tasks, ICallbacks callbacks, SmsGateways gateways, ISeekers seekers)
{
    private const int Most = 100;

    public async Task<Ranked<OpenTask>> Run(CancellationToken cancel)
    {
        var open = await tasks.Open(cancel);
        List<OpenTask> shown = [];
        foreach (var task in open.Take(Most))
            shown.Add(await View(task, cancel));
        return new(shown, open.Count);
    }

    /// <returns>Null where there is no such task, or it is done.</returns>
    public async Task<OpenTask?> One(string id, CancellationToken cancel) =>
        await tasks.Find(id, cancel) is { Value.DoneAt: null } stored ? await View(stored.Value, cancel) : null;

    private async Task<OpenTask> View(StaffTask task, CancellationToken cancel)
    {
        List<SeekerFile> people = [];
        foreach (var subject in task.Subjects)
            if (await seekers.BySubject(subject, cancel) is { } person)
                people.Add(person.Value);
        var text = await callbacks.Find(task.Callback, cancel) is { } callback && gateways.Find(task.Callback.Gateway) is { } gateway
            ? gateway.ReadReplies(callback.Body).Items.ElementAtOrDefault(task.Entry)?.Text
            : null;
        return new(task, text, people);
    }
}

/// <summary>What became of a task that staff end.</summary>
public abstract record Ended
{
    private Ended() { }

    /// <summary>It is done; saying so again says the same.</summary>
    public sealed record Done : Ended;

    public sealed record NotFound : Ended;

    public sealed record Refused(IReadOnlyList<FieldError> Faults) : Ended;
}

/// <summary>Ends a task, with or without a text to whoever wrote.</summary>
public sealed class EndTask(ITasks tasks, ISeekers seekers, PutText putText, SendSettings settings, TimeProvider time)
{
    /// <param name="answer">What to write back; null writes nothing.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<Ended> Run(string id, string? answer, CancellationToken cancel)
    {
        var text = answer?.Trim();
        if (text is not null && FaultsOf(text) is { Count: > 0 } faults)
            return new Ended.Refused(faults);
        for (var attempt = 1; ; attempt++)
        {
            if (await tasks.Find(id, cancel) is not { } stored)
                return new Ended.NotFound();
            if (stored.Value.DoneAt is not null)
                return new Ended.Done();
            if (text is not null && await Reachable(stored.Value, cancel) is null)
                return new Ended.Refused([Faults.Conflict("text", "Nobody who can be texted is known under this number. Contact them another way.", "这个号码没有可以发短信的登记人。请用其他方式联系。")]);
            try
            {
                if (text is not null)
                    await Write(stored, text, cancel);
                var now = await tasks.Find(id, cancel);
                await tasks.Save(now!.Value.Value with { DoneAt = time.GetUtcNow() }, now.Value.ETag, cancel);
                return new Ended.Done();
            }
            catch (ConflictException) when (attempt < Put<StaffTask>.Tries)
            {
            }
        }
    }

    // The words are kept before the text that carries them: dying in between leaves a task that is still open.
    private async Task Write(Stored<StaffTask> stored, string text, CancellationToken cancel)
    {
        await tasks.Save(stored.Value with { Answer = text }, stored.ETag, cancel);
        var now = time.GetUtcNow();
        await putText.Run([new()
        {
            Id = new(PageId.Of(TextKind.StaffAnswer, stored.Value.Id), (await Reachable(stored.Value, cancel))!),
            About = stored.Value.Id,
            Deadline = now.AddDays(1),
            Named = [],
            PolicyVersion = Policy.Version,
            CreatedAt = now,
        }], cancel);
    }

    // They share the phone: whoever of them comes first is texted.
    private async Task<string?> Reachable(StaffTask task, CancellationToken cancel)
    {
        foreach (var subject in task.Subjects)
            if (await seekers.BySubject(subject, cancel) is { Value.Phone: not null })
                return subject;
        return null;
    }

    private List<FieldError> FaultsOf(string text)
    {
        List<FieldError> faults = [];
        var longest = TextTemplates.Aim - settings.SignatureLength;
        if (text.Length == 0)
            faults.Add(Faults.Required("text", "Write the answer.", "请填写回复内容。"));
        if (text.Length > longest)
            faults.Add(Faults.TooLong("text", longest));
        if (Outs.Names(text))
            faults.Add(Faults.OutsText("text", "Others may see this phone. Say it without naming disability, an impairment or an aid.", "别人可能看到这部手机。请不要提到残疾、障碍或辅助器具。"));
        if (TextTemplates.Leads(text))
            faults.Add(Faults.OutOfRange("text", "Carriers refuse texts with links, addresses or numbers to call. Leave them out.", "运营商会拦截含链接、网址或电话号码的短信，请删去。"));
        return faults;
    }
}
