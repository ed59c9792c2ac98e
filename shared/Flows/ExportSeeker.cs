namespace JobMatch.Flows;

/// <summary>Everything held about a person.</summary>
/// <param name="Rows">Every row of every table in which the person is; the record itself is told in full in <paramref name="Person"/>.</param>
/// <param name="Replies">What they texted, as far as it is still kept.</param>
/// <param name="Answers">What staff wrote back, likewise.</param>
/// <param name="Notes">What staff noted about cases after follow-ups, likewise.</param>
public sealed record SeekerExport(SeekerFile Person, IReadOnlyList<HeldRow> Rows, IReadOnlyList<HeldReply> Replies, IReadOnlyList<string> Answers, IReadOnlyList<CaseNote> Notes, DateTimeOffset At);

/// <summary>Gives out everything that is held about a person.</summary>
public sealed class ExportSeeker(ISeekers seekers, IHoldings holdings, ITasks tasks, IFollowUps followUps, TimeProvider time)
{
    /// <returns>Null where there is no such person.</returns>
    public async Task<SeekerExport?> Run(string id, CancellationToken cancel)
    {
        if (await seekers.Find(id, cancel) is not { } stored)
            return null;
        var (rows, replies) = await holdings.Of(await seekers.Erased(stored.Value, cancel), cancel);
        List<string> answers = [];
        // What waits for several people is not told to one of them.
        foreach (var row in rows.Where(row => row is { Table: "Tasks", Shared: false }))
            if (await tasks.Find(row.Row, cancel) is { Value.Answer: { } answer })
                answers.Add(answer);
        List<CaseNote> notes = [];
        foreach (var row in rows.Where(row => row.Table == "FollowUps"))
            if (await followUps.Find(row.Row, cancel) is { } followUp)
                notes.AddRange(followUp.Value.Notes);
        return new(stored.Value, rows, replies, answers, notes, time.GetUtcNow());
    }
}
