using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What staff noted about a case. Sealed at rest.</summary>
/// <param name="Month">Of the follow-up that opened it.</param>
/// <param name="By">A member of staff, by a name-less id.</param>
public sealed record CaseNote(int Month, DateTimeOffset At, string By, string Words);

/// <summary>The follow-ups of one placement or founding as stored.</summary>
/// <param name="NextOn">When to look at it next; null = never.</param>
public sealed record FollowUpFile(FollowUpSeries Facts, IReadOnlyList<CaseNote> Notes, DateOnly? NextOn = null)
{
    internal FollowUpFile With(FollowUpSeries facts) => ReferenceEquals(facts, Facts) ? this : this with { Facts = facts };
}

/// <summary>Names a follow-up: whose, of what of theirs, after how many months.</summary>
/// <param name="What">16 hex digits.</param>
public readonly record struct FollowUpId(string Subject, string What, int Month)
{
    /// <summary>The id of its series.</summary>
    public string Series => $"{Subject}-{What}";

    /// <summary>What tells it from the person's others.</summary>
    public string Rest => string.Create(CultureInfo.InvariantCulture, $"{What}-{Month}");

    public override string ToString() => $"{Subject}-{Rest}";

    public static FollowUpId Of(FollowUpSeries series, int month) => new(series.Subject, series.Id[(series.Subject.Length + 1)..], month);

    public static FollowUpId? Parse(string? text) =>
        text?.Split('-') is [{ Length: 32 } subject, { Length: 16 } what, var month] && int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var months) && FollowUpSeries.Months.Contains(months)
            ? new(subject, what, months)
            : null;

    /// <summary>A series' id; always the same for the same placement or founding.</summary>
    public static string SeriesOf(FollowUpOf of, string subject, string? eventId, string about) =>
        $"{subject}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{of}|{eventId}|{about}")).AsSpan(0, 8))}";
}

/// <summary>Finds and keeps follow-ups and their cases.</summary>
public interface IFollowUps
{
    Task<Stored<FollowUpFile>?> Find(string id, CancellationToken cancel);

    /// <exception cref="ConflictException">Somebody else wrote first.</exception>
    Task<string> Save(FollowUpFile file, string? etag, CancellationToken cancel);

    /// <summary>Those to be looked at on a day or before.</summary>
    Task<IReadOnlyList<FollowUpFile>> Due(DateOnly today, CancellationToken cancel);

    /// <summary>Those that staff have to look at.</summary>
    Task<IReadOnlyList<FollowUpFile>> ForStaff(CancellationToken cancel);

    /// <summary>Every one, also of those who were erased since; without notes.</summary>
    Task<IReadOnlyList<FollowUpSeries>> All(CancellationToken cancel);
}

internal static class FollowUpChanges
{
    /// <summary>Writes a change, deciding again whenever somebody else wrote first.</summary>
    /// <param name="change">Gives the same object back where nothing is to be written, and null where there is nothing to change.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public static async Task<FollowUpFile?> Change(this IFollowUps followUps, string id, DateOnly today, Func<FollowUpFile?, FollowUpFile?> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await followUps.Find(id, cancel);
            if (change(stored?.Value) is not { } next || ReferenceEquals(next, stored?.Value))
                return stored?.Value;
            next = next with { NextOn = next.Facts.NextOn(today) };
            try
            {
                await followUps.Save(next, stored?.ETag, cancel);
                return next;
            }
            catch (ConflictException) when (attempt < Put<FollowUpFile>.Tries)
            {
            }
        }
    }
}

/// <summary>
/// Begins the follow-ups of a placement or a founding, ends them and takes them up again, as its own record says: whoever
/// died between writing that record and this is made up for by the next look.
/// </summary>
public sealed class KeepFollowUps(IFollowUps followUps, IGuests guests, IProgrammes programmes, TimeProvider time)
{
    /// <param name="by">Who of the staff noted it; null where a program did.</param>
    public Task Placement(string eventId, string subject, string position, string? by, CancellationToken cancel) => Run(new()
    {
        Id = FollowUpId.SeriesOf(FollowUpOf.Placement, subject, eventId, position),
        Subject = subject,
        Of = FollowUpOf.Placement,
        Event = eventId,
        About = position,
        By = by,
        StartedOn = default,
    }, cancel);

    public Task Founding(ProgrammeRecord record, CancellationToken cancel) => record is not { Kind: ProgrammeKind.Incubation, Participant: { } founder } ? Task.CompletedTask : Run(new()
    {
        Id = FollowUpId.SeriesOf(FollowUpOf.Founding, founder, null, record.Id),
        Subject = founder,
        Of = FollowUpOf.Founding,
        About = record.Id,
        StartedOn = default,
    }, cancel);

    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task Run(FollowUpSeries series, CancellationToken cancel)
    {
        var start = await StartOf(series, cancel);
        await followUps.Change(series.Id, time.Today(), file => file is not null ? file.With(file.Facts.Kept(start)) : start is { } day ? new(series with { StartedOn = day }, []) : null, cancel);
    }

    private async Task<DateOnly?> StartOf(FollowUpSeries series, CancellationToken cancel)
    {
        if (series.Of == FollowUpOf.Placement)
        {
            var steps = (await guests.Find(series.Event!, series.Subject, cancel))?.Value.Steps.Where(step => step.Position == series.About).ToList();
            return steps?.Find(step => step.Stage == OutcomeStage.Started) is { } started && !steps.Exists(step => step.Stage == OutcomeStage.Closed && step.At >= started.At) ? People.DayOf(started.At) : null;
        }
        return await programmes.Find(ProgrammeKind.Incubation, series.About!, cancel) is { Value.Facts: var record }
            && record.Participant == series.Subject && record.Outcome is not ("CLOSED_DOWN" or "REFUSED")
            ? record.Steps.FirstOrDefault(step => step.Step == "MOVED_IN")?.On
            : null;
    }
}
