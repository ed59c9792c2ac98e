using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>An opportunity as stored.</summary>
public sealed record OpportunityFile(Opportunity Facts, long Version);

/// <summary>
/// Finds and keeps opportunities, and who wants a place, in the order in which they asked: the first hold one each, the others
/// wait. One list, so that whoever leaves makes room for the next, and two never get the last place.
/// </summary>
public interface IOpportunities
{
    Task<Stored<OpportunityFile>?> Find(string kind, string id, CancellationToken cancel);

    /// <summary>By kind and id, each with the places that are taken.</summary>
    Task<IReadOnlyList<OpportunityFile>> All(CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task Save(OpportunityFile file, string? etag, CancellationToken cancel);

    /// <summary>Subjects in the order in which they asked; null = nobody has yet.</summary>
    Task<Stored<IReadOnlyList<string>>?> Takers(string kind, string id, CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task SaveTakers(string kind, string id, IReadOnlyList<string> takers, string? etag, CancellationToken cancel);
}

/// <summary>Writes an opportunity, or replaces it; who has a place keeps it while there are so many.</summary>
public sealed class PutOpportunity(IOpportunities opportunities)
{
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<Put<OpportunityFile>> Run(Opportunity wanted, long? ifMatch, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await opportunities.Find(wanted.Kind, wanted.Id, cancel);
            if (Overtaken.By(stored?.Value.Version, ifMatch))
                return new Put<OpportunityFile>.Stale(stored?.Value);
            var next = new OpportunityFile(
                wanted with { Facts = wanted.Facts with { FirstPut = stored?.Value.Facts.Facts.FirstPut ?? wanted.Facts.FirstPut, Signed = 0 } }, (stored?.Value.Version ?? 0) + 1);
            if (stored is { } same && Written.Of(same.Value.Facts) == Written.Of(next.Facts))
                return new Put<OpportunityFile>.Unchanged(same.Value);
            try
            {
                await opportunities.Save(next, stored?.ETag, cancel);
                return stored is null ? new Put<OpportunityFile>.Created(next) : new Put<OpportunityFile>.Updated(next);
            }
            catch (ConflictException) when (attempt < Put<OpportunityFile>.Tries)
            {
            }
        }
    }
}

/// <summary>How somebody stands who asked for a place.</summary>
/// <param name="Number">Among those with a place, or among those who wait; from 1.</param>
public sealed record PlaceTaken(bool Holds, int Number);

/// <summary>Gives places in the order in which people ask, and lets the others wait. Twice is once.</summary>
public sealed class TakePlace(IOpportunities opportunities, ISeekers seekers, OpportunityKinds kinds, CodeLists codes, TimeProvider time)
{
    // Whoever loses a race reads again: each race lost is somebody else's place on the list.
    private const int Tries = 300;

    /// <returns>Null where there is no such opportunity or person, or it does not suit them, or nobody more can apply.</returns>
    /// <exception cref="ConflictException">So many races lost in a row.</exception>
    public async Task<PlaceTaken?> Run(string kind, string id, string seeker, CancellationToken cancel)
    {
        if (await opportunities.Find(kind, id, cancel) is not { Value.Facts: var facts } || await seekers.Find(seeker, cancel) is not { } person)
            return null;
        var subject = person.Value.Facts.Id;
        for (var attempt = 1; ; attempt++)
        {
            var stored = await opportunities.Takers(kind, id, cancel);
            var takers = stored?.Value ?? [];
            if (takers.Contains(subject))
                return Standing(facts, takers, subject);
            // A full one may be waited for: only what else is against it counts.
            if (kinds.Judge(person.Value.Facts, facts with { Facts = facts.Facts with { Signed = 0 } }, time.Today(), codes).Verdict == Verdict.DoesNotSuit)
                return null;
            try
            {
                takers = [.. takers, subject];
                await opportunities.SaveTakers(kind, id, takers, stored?.ETag, cancel);
                return Standing(facts, takers, subject);
            }
            catch (ConflictException) when (attempt < Tries)
            {
            }
        }
    }

    /// <summary>Leaves a place, or stops waiting; the next moves up. Twice is once.</summary>
    public async Task Leave(string kind, string id, string seeker, CancellationToken cancel)
    {
        if (await seekers.Find(seeker, cancel) is not { } person)
            return;
        for (var attempt = 1; ; attempt++)
        {
            if (await opportunities.Takers(kind, id, cancel) is not { } stored || !stored.Value.Contains(person.Value.Facts.Id))
                return;
            try
            {
                await opportunities.SaveTakers(kind, id, [.. stored.Value.Where(one => one != person.Value.Facts.Id)], stored.ETag, cancel);
                return;
            }
            catch (ConflictException) when (attempt < Tries)
            {
            }
        }
    }

    /// <summary>How a person stands; null = not on the list.</summary>
    public async Task<PlaceTaken?> Read(Opportunity facts, string subject, CancellationToken cancel) =>
        await opportunities.Takers(facts.Kind, facts.Id, cancel) is { } stored && stored.Value.Contains(subject) ? Standing(facts, stored.Value, subject) : null;

    private static PlaceTaken Standing(Opportunity facts, IReadOnlyList<string> takers, string subject)
    {
        var at = takers.Index().First(x => x.Item == subject).Index;
        return at < facts.Facts.Openings ? new(true, at + 1) : new(false, at - facts.Facts.Openings + 1);
    }
}

/// <summary>What a person can take up beside positions, best first. Computed when asked for, never kept.</summary>
public sealed class FindOpportunities(IOpportunities opportunities, ISeekers seekers, IMarket market, OpportunityKinds kinds, TimeProvider time)
{
    /// <returns>Null where there is no such person; empty without consent to matching.</returns>
    public async Task<Ranked<OpportunityMatch>?> Run(string seeker, int top, CancellationToken cancel)
    {
        if (await seekers.Find(seeker, cancel) is not { } stored)
            return null;
        if (!stored.Value.MayBeMatched())
            return new([], 0);
        var found = kinds.Best(stored.Value.Facts, (await opportunities.All(cancel)).Select(file => file.Facts), time.Today(), await Codes(cancel));
        return new([.. found.Take(top)], found.Count);
    }

    /// <returns>Null where there is no such opportunity or person.</returns>
    public async Task<OpportunityMatch?> One(string kind, string id, string seeker, CancellationToken cancel)
    {
        if (kinds.Find(kind) is null || await opportunities.Find(kind, id, cancel) is not { } stored || await seekers.Find(seeker, cancel) is not { } person)
            return null;
        var taken = (await opportunities.Takers(kind, id, cancel))?.Value.Count ?? 0;
        var facts = stored.Value.Facts;
        return kinds.Judge(person.Value.Facts, facts with { Facts = facts.Facts with { Signed = Math.Min(taken, facts.Facts.Openings) } }, time.Today(), await Codes(cancel));
    }

    // With the weights that count now.
    private async Task<CodeLists> Codes(CancellationToken cancel) => (await market.View(cancel)).Shards.Numbering.Codes;

    /// <summary>Skill → courses that teach it, can be applied for and have a free place.</summary>
    public async Task<ILookup<string, Opportunity>> Courses(CancellationToken cancel) => (await opportunities.All(cancel))
        .Select(file => file.Facts).Where(one => one.Kind == CourseRun.Name && one.HasPlaces(time.Today()))
        .SelectMany(one => one.Skills.Select(skill => (skill, one))).ToLookup(x => x.skill, x => x.one);
}

/// <summary>What somebody has passed, they can do: the skills of the course become theirs, and every verdict follows.</summary>
public sealed class PassCourse(IOpportunities opportunities, ISeekers seekers, PutSeeker put)
{
    /// <summary>Of a record of any kind; safe to repeat.</summary>
    public async Task Run(ProgrammeRecord record, CancellationToken cancel)
    {
        if (record is not { Kind: ProgrammeKind.CourseAttendance, Outcome: "PASSED", Participant: { } subject, PartOf: { } course }
            || await opportunities.Find(CourseRun.Name, course, cancel) is not { } stored || await seekers.IdOf(subject, cancel) is not { } seeker)
            return;
        await put.Change(seeker, person =>
        {
            var held = person.Facts.Skills ?? [];
            var more = stored.Value.Facts.Skills.Except(held).ToList();
            return more.Count == 0 ? person : person with { Facts = person.Facts with { Skills = [.. held, .. more] } };
        }, cancel);
    }
}
