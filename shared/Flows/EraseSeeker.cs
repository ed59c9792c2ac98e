namespace JobMatch.Flows;

/// <summary>That somebody was erased: what is kept for proof, without id, phone or name.</summary>
/// <param name="Number">By which the person, or whoever asks for them, can name it. Another for each registration.</param>
/// <param name="At">When it was asked for; from then on the person is neither matched nor texted.</param>
/// <param name="Complete">Every table has been looked through since, twice.</param>
public sealed record ErasureReceipt(string Number, DateTimeOffset At, bool Complete);

/// <summary>Who is erased: what has to be known until the last table has been looked through.</summary>
/// <param name="Phone">E.164; null where there is none or somebody else has it too, whose codes and replies those are as well.</param>
public sealed record ErasedPerson(string Id, string Subject, string? Phone);

/// <summary>An erasure.</summary>
/// <param name="Ref">How its queue messages name it; nobody can be recognised by it.</param>
/// <param name="Person">Sealed at rest; null once it is complete.</param>
public sealed record Erasure(string Ref, ErasureReceipt Receipt, ErasedPerson? Person);

/// <summary>Keeps erasures, by a keyed hash of the seeker's id.</summary>
public interface IErasures
{
    /// <summary>Begins one, or gives back the one that was begun for this registration.</summary>
    Task<Erasure> Begin(ErasedPerson person, DateTimeOffset at, CancellationToken cancel);

    Task<Erasure?> Find(string reference, CancellationToken cancel);

    /// <summary>The last one of a seeker's id; null where there was none.</summary>
    Task<ErasureReceipt?> Last(string seeker, CancellationToken cancel);

    /// <summary>Leaves only the receipt. Safe to repeat.</summary>
    Task Complete(Erasure erasure, CancellationToken cancel);
}

/// <summary>A row in which a person is.</summary>
/// <param name="Shared">It holds others too, so its cells are not the person's alone and are left out.</param>
/// <param name="Cells">By name, as text; what is sealed is left out, since it is given in readable form elsewhere.</param>
public sealed record HeldRow(string Table, string Partition, string Row, bool Shared, IReadOnlyDictionary<string, string> Cells);

/// <summary>A reply of the person's that is still kept, and which gateway brought it.</summary>
public sealed record HeldReply(DateTimeOffset At, string Gateway, string Text);

/// <summary>Everything that storage holds about one person, table by table.</summary>
public interface IHoldings
{
    /// <summary>Every row in which the person is, and the replies from their phone.</summary>
    Task<(IReadOnlyList<HeldRow> Rows, IReadOnlyList<HeldReply> Replies)> Of(ErasedPerson person, CancellationToken cancel);

    /// <summary>The replies alone.</summary>
    Task<IReadOnlyList<HeldReply>> Replies(ErasedPerson person, CancellationToken cancel);

    /// <summary>
    /// Removes the person from every table; what must be counted goes on to count under a name that leads to nobody. Safe to
    /// repeat.
    /// </summary>
    /// <param name="last">Also what might still have been worked on when the person was erased.</param>
    /// <param name="from">Where an earlier run stopped; null = begin.</param>
    /// <returns>Where to go on, as one run is short; null when all is done.</returns>
    Task<string?> Remove(ErasedPerson person, bool last, string? from, CancellationToken cancel);
}

/// <summary>
/// Erases a person. What identifies them goes at once; the queue message that was put before it goes through all tables, and
/// again an hour later for what was under way. Decision 0020.
/// </summary>
public sealed class EraseSeeker(ISeekers seekers, IMarket market, IErasures erasures, IHoldings holdings, IWork work, TimeProvider time)
{
    private const int Tries = 5;

    /// <summary>After this nothing that read the person before is at work any more: a run is ended after some minutes.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromHours(1);

    /// <returns>The receipt, the same however often it is asked for; null where nobody has or had this id.</returns>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<ErasureReceipt?> Run(string id, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await seekers.Find(id, cancel) is not { } stored)
                return await erasures.Last(id, cancel);
            var erasure = await erasures.Begin(await seekers.Erased(stored.Value, cancel), time.GetUtcNow(), cancel);
            try
            {
                var item = new WorkItem(WorkKind.EraseSeeker, erasure.Ref, stored.Value.Version);
                var hidden = await work.Commit(Queues.Work, item.ToBody(), () => seekers.Erase(stored.Value, stored.ETag, cancel), cancel);
                await market.Erase(stored.Value.Facts.Id, cancel);
                await work.Show(hidden, cancel);
                return erasure.Receipt;
            }
            catch (ConflictException) when (attempt < Tries)
            {
            }
        }
    }

    /// <summary>Goes on with an erasure.</summary>
    public async Task Run(WorkItem item, CancellationToken cancel)
    {
        if (await erasures.Find(item.Ref, cancel) is not { Person: { } person } erasure)
            return;
        // Whoever was asked died before the commit: it was asked for all the same.
        if (await seekers.BySubject(person.Subject, cancel) is { } there)
            await seekers.Erase(there.Value, there.ETag, cancel);
        if (item.After is null)
            await market.Erase(person.Subject, cancel);
        var last = item.Waited > 0;
        if (await holdings.Remove(person, last, item.After, cancel) is { } after)
            await work.Put(Queues.Work, (item with { After = after }).ToBody(), TimeSpan.Zero, cancel);
        else if (!last)
            await work.Put(Queues.Work, (item with { Waited = 1, After = null }).ToBody(), UnderWay, cancel);
        else
            await erasures.Complete(erasure, cancel);
    }
}

internal static class ErasedPeople
{
    /// <summary>By what a person is found; a phone that somebody else has too finds that one as well, and is left out.</summary>
    public static async Task<ErasedPerson> Erased(this ISeekers seekers, SeekerFile file, CancellationToken cancel) =>
        new(file.Id, file.Facts.Id, file.Phone is { } phone && (await seekers.ByPhone(phone, cancel)).All(id => id == file.Id) ? phone : null);
}
