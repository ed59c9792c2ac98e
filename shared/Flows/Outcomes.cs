using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>How far a person has come with one position; each step counts once. What follow-ups find stands beside it: <see cref="Guest.Retained"/>.</summary>
public enum OutcomeStage
{
    Applied,
    Interviewed,

    /// <summary>Both sides want to go on; not yet a contract.</summary>
    Intention,
    Offered,
    Signed,

    /// <summary>The first working day was confirmed.</summary>
    Started,

    /// <summary>It has ended, for exactly one reason.</summary>
    Closed,
}

/// <summary>Why it ended: said by the seeker, by the employer, or by staff. A reason that would need words of its own is not offered.</summary>
public enum ClosingReason
{
    FoundOtherWork,
    NotInterested,
    TooFar,
    PayTooLow,
    HoursDoNotFit,
    Health,
    AccommodationMissing,
    JobNotAsDescribed,
    WithdrewConsent,
    PositionFilled,
    PositionWithdrawn,
    SkillsDoNotFit,
    AccommodationRefused,
    NoAnswerEmployer,
    Unreachable,
    NoShow,
    Duplicate,
    Expired,
    EmployerNotEligible,
    EndedInProbation,
    ContractEnded,
}

/// <summary>What a closed list's members are called.</summary>
public static class OutcomeLabels
{
    private static readonly Label[] Stages =
    [
        new("Applied", "已投递"), new("Interviewed", "已面试"), new("Intention to go on", "达成意向"), new("Offered", "已录用"), new("Signed", "已签约"), new("Started work", "已上岗"), new("Closed", "已结束"),
    ];

    private static readonly Label[] Reasons =
    [
        new("Found other work", "已另就业"), new("Not interested", "不感兴趣"), new("Too far", "太远"), new("Pay too low", "工资低"), new("Hours do not fit", "时间不合适"),
        new("Health", "身体原因"), new("An adjustment is missing", "缺少便利条件"), new("Not as described", "与描述不符"), new("Withdrew consent", "撤回同意"),
        new("Position filled", "已招满"), new("Position withdrawn", "岗位取消"), new("Skills do not fit", "技能不符"), new("An adjustment was refused", "不能提供便利"), new("Employer did not answer", "单位未答复"),
        new("Cannot be reached", "联系不上"), new("Did not come", "未到场"), new("Noted twice", "重复"), new("Expired", "已过期"), new("Employer not eligible", "单位未通过核查"),
        new("Ended in probation", "试用期内结束"), new("Contract ended", "合同到期"),
    ];

    public static Label Of(OutcomeStage stage) => Stages[(int)stage];

    public static Label Of(ClosingReason reason) => Reasons[(int)reason];
}

/// <summary>One step of a guest with one position.</summary>
/// <param name="Reason">Of <see cref="OutcomeStage.Closed"/>, and only there.</param>
public sealed record GuestStep(string Position, OutcomeStage Stage, DateTimeOffset At, ClosingReason? Reason = null);

/// <summary>What became of an entry.</summary>
public abstract record Noted
{
    private Noted() { }

    /// <param name="Guests">How many guests it names; who had it already counts once.</param>
    public sealed record Done(int Guests) : Noted;

    public sealed record NotFound : Noted;

    /// <summary>Nothing was written.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Faults) : Noted;
}

/// <summary>Notes by number who has come, from the door or from a list typed in afterwards.</summary>
public sealed class CheckIn(IEvents events, IGuests guests, TimeProvider time)
{
    /// <param name="undo">Takes it back where a number was mistyped.</param>
    public async Task<Noted> Run(string eventId, IReadOnlyList<int> numbers, bool undo, CancellationToken cancel)
    {
        if (await events.Find(eventId, cancel) is null)
            return new Noted.NotFound();
        var (subjects, faults) = await GuestsByNumber.Find(guests, eventId, numbers, cancel);
        if (faults.Count > 0)
            return new Noted.Refused(faults);
        foreach (var subject in subjects)
            await guests.Change(eventId, subject, guest => undo
                ? guest.AttendedAt is null ? guest : guest with { AttendedAt = null }
                : guest.AttendedAt is null ? guest with { AttendedAt = time.GetUtcNow() } : guest, cancel);
        return new Noted.Done(subjects.Count);
    }
}

/// <summary>Puts somebody on an event's list who was not invited or did not answer, and notes that they are there.</summary>
public sealed class RegisterGuest(IEvents events, ISeekers seekers, IGuests guests, GuestNumbers numbers, TimeProvider time)
{
    /// <returns>The guest with a number; null where there is no such event or person.</returns>
    public async Task<Guest?> Run(string eventId, string seeker, bool attended, CancellationToken cancel)
    {
        if (await events.Find(eventId, cancel) is null || await seekers.Find(seeker, cancel) is not { } person)
            return null;
        var subject = person.Value.Facts.Id;
        await numbers.Give(eventId, [subject], cancel);
        var now = time.GetUtcNow();
        return await guests.Change(eventId, subject, guest => guest.RegisteredAt is not null && (guest.AttendedAt is not null || !attended)
            ? guest
            : guest with { RegisteredAt = guest.RegisteredAt ?? now, AttendedAt = guest.AttendedAt ?? (attended ? now : null) }, cancel);
    }
}

/// <summary>Enters by number how far guests have come with a position: interviews, intentions, contracts, ends.</summary>
public sealed class RecordOutcomes(IEvents events, IGuests guests, PutPosition positions, KeepFollowUps keep, TimeProvider time)
{
    /// <param name="reason">Needed for closing, and only there.</param>
    /// <param name="undo">Takes it back where a number was mistyped.</param>
    /// <param name="by">The member of staff; null = a program.</param>
    public async Task<Noted> Run(
        string eventId, string position, OutcomeStage stage, ClosingReason? reason, IReadOnlyList<int> numbers, bool undo, string? by, CancellationToken cancel)
    {
        if (await events.Find(eventId, cancel) is null)
            return new Noted.NotFound();
        var (subjects, faults) = await GuestsByNumber.Find(guests, eventId, numbers, cancel);
        if (!(await events.Positions(eventId, cancel)).Contains(position))
            faults.Add(Faults.UnknownCode("position", "No such position takes part in this event.", "这个岗位没有参加该活动。"));
        if (stage == OutcomeStage.Closed && reason is null && !undo)
            faults.Add(Faults.Required("reason", "Say why it ended.", "请选择结束原因。"));
        if (stage != OutcomeStage.Closed && reason is not null)
            faults.Add(Faults.Conflict("reason", "Only an end has a reason.", "只有“已结束”需要原因。"));
        if (faults.Count > 0)
            return new Noted.Refused(faults);
        foreach (var subject in subjects)
        {
            await guests.Change(eventId, subject, guest => After(guest, new(position, stage, time.GetUtcNow(), reason), undo), cancel);
            if (stage == OutcomeStage.Signed)
                await positions.Sign(position, subject, signed: !undo, cancel);
            if (stage is OutcomeStage.Started or OutcomeStage.Closed)
                await keep.Placement(eventId, subject, position, by, cancel);
        }
        return new Noted.Done(subjects.Count);
    }

    // Each step of a position stands once; an end has one reason, the one said last.
    private static Guest After(Guest guest, GuestStep step, bool undo)
    {
        var same = guest.Steps.FirstOrDefault(held => (held.Position, held.Stage) == (step.Position, step.Stage));
        if (undo ? same is null : same?.Reason == step.Reason && same is not null)
            return guest;
        var others = guest.Steps.Where(held => held != same);
        return guest with { Steps = undo ? [.. others] : [.. others, step] };
    }
}

internal static class GuestsByNumber
{
    /// <summary>The guests with these numbers; every number that nobody has is a fault.</summary>
    public static async Task<(IReadOnlyList<string> Subjects, List<FieldError> Faults)> Find(IGuests guests, string eventId, IReadOnlyList<int> numbers, CancellationToken cancel)
    {
        if (numbers.Count == 0)
            return ([], [Faults.Required("numbers", "Enter at least one number.", "请至少填写一个号码。")]);
        var given = await guests.Numbers(eventId, cancel);
        var unknown = numbers.Where(number => !given.ContainsKey(number)).Distinct().Order().ToList();
        if (unknown.Count == 0)
            return ([.. numbers.Select(number => given[number]).Distinct()], []);
        return ([], [Faults.OutOfRange("numbers", $"Nobody at this event has {string.Join(", ", unknown)}. Nothing was saved.", $"本活动没有号码 {string.Join("、", unknown)}，没有保存任何内容。")]);
    }
}

/// <summary>Lists who is on an event's list: who said yes, was signed up, has come, or has a number.</summary>
public sealed class ListGuests(IEvents events, IGuests guests, GuestNumbers numbers, ISeekers seekers)
{
    private const int AtOnce = 16;

    /// <returns>By number; null where there is no such event.</returns>
    public async Task<IReadOnlyList<ListedGuest>?> Run(string eventId, CancellationToken cancel)
    {
        if (await events.Find(eventId, cancel) is null)
            return null;
        var listed = (await guests.Of(eventId, cancel)).Where(guest => guest.IsListed).ToList();
        if (listed.Where(guest => guest.Number is null).Select(guest => guest.Subject).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } without)
        {
            await numbers.Give(eventId, without, cancel);
            listed = [.. (await guests.Of(eventId, cancel)).Where(guest => guest is { IsListed: true, Number: not null })];
        }
        var people = new ListedGuest[listed.Count];
        await Parallel.ForEachAsync(listed.OrderBy(guest => guest.Number).Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (guest, _) =>
            people[guest.Index] = new(guest.Item, (await seekers.BySubject(guest.Item.Subject, cancel))?.Value));
        return people;
    }
}

/// <param name="Person">Null after erasure.</param>
public sealed record ListedGuest(Guest Guest, SeekerFile? Person);
