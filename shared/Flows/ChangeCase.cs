using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What staff say of a case; what is null stays as it is.</summary>
/// <param name="Owner">A member of staff, by a name-less id.</param>
/// <param name="Note">At most <see cref="ChangeCase.LongestNote"/> characters.</param>
/// <param name="Reason">Closes it.</param>
public sealed record CaseChange(string? Owner, DateOnly? DueOn, string? Note, CaseReason? Reason);

/// <summary>What became of it.</summary>
public abstract record CaseChanged
{
    private CaseChanged() { }

    public sealed record Done : CaseChanged;

    public sealed record NotFound : CaseChanged;

    /// <summary>Nothing was written.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Faults) : CaseChanged;
}

/// <summary>Takes over a case or hands it on, sets its day, notes what was agreed, closes it for one reason. Twice is once.</summary>
public sealed class ChangeCase(IFollowUps followUps, TimeProvider time)
{
    public const int LongestNote = 500, LongestOwner = 63;

    /// <param name="by">A member of staff, by a name-less id.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<CaseChanged> Run(FollowUpId id, CaseChange change, string by, CancellationToken cancel)
    {
        var (today, now) = (time.Today(), time.GetUtcNow());
        CaseChanged became = new CaseChanged.NotFound();
        await followUps.Change(id.Series, today, file =>
        {
            if (file?.Facts.Asked.FirstOrDefault(asked => asked.Month == id.Month)?.Case is not { } held)
                return null;
            if (FaultsOf(change, held, today) is { Count: > 0 } faults)
            {
                became = new CaseChanged.Refused(faults);
                return file;
            }
            var said = change.Note is { } words && !file.Notes.Any(note => note.Month == id.Month && note.By == by && note.Words == words) ? file with { Notes = [.. file.Notes, new(id.Month, now, by, words)] } : file;
            // What is said of a closed one must have been said before.
            became = held.IsOpen || ReferenceEquals(said, file) && (change.Reason is null || change.Reason == held.Reason)
                ? new CaseChanged.Done()
                : new CaseChanged.Refused([Faults.Conflict("reason", "This case is closed.", "这个个案已经结案。")]);
            if (became is CaseChanged.Refused)
                return file;
            var facts = said.Facts.Assigned(id.Month, change.Owner ?? held.Owner, change.DueOn ?? held.DueOn);
            return said.With(change.Reason is { } reason ? facts.Closed(id.Month, reason, now, by) : facts);
        }, cancel);
        return became;
    }

    // A day that has passed may stay.
    private static List<FieldError> FaultsOf(CaseChange change, FollowUpCase held, DateOnly today)
    {
        List<FieldError> faults = [];
        if (change.Owner?.Length > LongestOwner)
            faults.Add(Faults.TooLong("owner", LongestOwner));
        if (change.DueOn is { } day && day != held.DueOn && (day < today || day > today.AddYears(1)))
            faults.Add(Faults.OutOfRange("dueOn", "Choose a day from today on, within a year.", "请选择今天起一年以内的日期。"));
        if (change.Note?.Length > LongestNote)
            faults.Add(Faults.TooLong("note", LongestNote));
        return faults;
    }
}
