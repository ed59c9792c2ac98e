using System.Security.Cryptography;
using JobMatch.Flows.Shapes;

namespace JobMatch.Flows;

/// <summary>What a helper may do for a person.</summary>
public enum HelperMay
{
    /// <summary>Read matches, saved jobs, and why.</summary>
    Matches,

    /// <summary>Read and change what the person answered, and hide or save jobs.</summary>
    Answers,

    /// <summary>Read invitations and texts, and answer for the person.</summary>
    Texts,
}

/// <summary>Somebody of the person's who signs in with their own phone and acts for them. Decision 0023.</summary>
/// <param name="Id">Random.</param>
/// <param name="Name">By which the person knows them.</param>
/// <param name="Phone">E.164; empty once it is revoked.</param>
/// <param name="By">Who confirmed it: the person, or a member of staff by a name-less id.</param>
/// <param name="Guardian">Decides on consents, by law: only staff confirm that, with the papers in hand.</param>
/// <param name="Until">When it was revoked; null = it stands.</param>
public sealed record Helper(string Id, string Name, string Phone, IReadOnlyList<HelperMay> May, DateTimeOffset Since, string By, bool Guardian = false, DateTimeOffset? Until = null)
{
    /// <summary>As <see cref="By"/>: the person themselves.</summary>
    public const string ThePerson = "person";
}

/// <summary>Something that a helper did for a person.</summary>
/// <param name="Helper">Its id.</param>
/// <param name="What">Method and route, such as <c>POST /my/abilities</c>; no content.</param>
public sealed record HelpersAct(DateTimeOffset At, string Helper, string What);

/// <summary>Keeps what helpers did, in the person's own partition. Insert-only.</summary>
public interface IHelpersActs
{
    Task Note(string seeker, HelpersAct act, CancellationToken cancel);

    /// <summary>The latest first.</summary>
    Task<IReadOnlyList<HelpersAct>> Of(string seeker, int most, CancellationToken cancel);
}

/// <summary>Lets somebody act for a person, and takes that back. The person decides; where there is a guardian, or no phone of the person's own, the desk.</summary>
public sealed class NameHelper(ISeekers seekers, IHelpersActs acts, PutSeeker put, TimeProvider time)
{
    /// <summary>How many may stand at a time.</summary>
    public const int Most = 5;

    /// <param name="phone">As typed.</param>
    /// <param name="by"><see cref="Helper.ThePerson"/>, or who of the staff has looked at the papers.</param>
    /// <returns>What has to be put right; empty where it is done, or there is no such person.</returns>
    public async Task<IReadOnlyList<FieldError>> Run(string seeker, string name, string phone, IReadOnlyList<HelperMay> may, bool guardian, string by, CancellationToken cancel)
    {
        List<FieldError> faults = [];
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > Limits.Name)
            faults.Add(Faults.Required("name", "Enter the name by which you know them, at most 100 characters.", "请填写帮助人的姓名，最多 100 个字。"));
        if (PhoneNumber.Parse(phone) is not { } number)
            faults.Add(Faults.BadPhone("phone"));
        else if (await seekers.Find(seeker, cancel) is { Value.Phone: { } own } && own == number)
            faults.Add(Faults.OutOfRange("phone", "This is the person's own number. A helper signs in with their own.", "这是本人的号码。帮助人要用自己的号码登录。"));
        if (may.Count == 0 && !guardian)
            faults.Add(Faults.Required("may", "Choose what the helper may do.", "请选择帮助人可以做什么。"));
        if (faults.Count > 0)
            return faults;
        var helper = new Helper(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), name.Trim(), PhoneNumber.Parse(phone)!, [.. may.Distinct().Order()], time.GetUtcNow(), by, guardian);
        var full = false;
        await put.Choose(seeker, own =>
        {
            // The same phone again is a change of what it may.
            var others = own.Helpers.Select(held => held.Until is null && held.Phone == helper.Phone ? Ended(held) : held).ToList();
            full = others.Count(held => held.Until is null) >= Most;
            return full ? own : own with { Helpers = [.. others, helper], Guarded = own.Guarded || guardian };
        }, cancel);
        return full ? [Faults.TooMany("name", Most)] : [];
    }

    /// <summary>From now on this helper sees and does nothing any more.</summary>
    public Task Revoke(string seeker, string helper, CancellationToken cancel) => put.Choose(seeker, own => own.Helpers.Any(held => held.Id == helper && held.Until is null)
        ? own with { Helpers = [.. own.Helpers.Select(held => held.Id == helper && held.Until is null ? Ended(held) : held)] }
        : own, cancel);

    /// <summary>
    /// The person says that somebody else decides for them by law. Consents rest until the guardian confirms them; only the
    /// desk takes this back.
    /// </summary>
    public Task Guard(string seeker, CancellationToken cancel) => put.Change(seeker, file => file.Own.Guarded ? file : file with
    {
        Own = file.Own with { Guarded = true, Wished = [.. Given(file.Consent)] },
        Withdrawn = new(Day(file.Consent.Matching, file.Withdrawn.Matching), Day(file.Consent.Sms, file.Withdrawn.Sms), Day(file.Consent.Employers, file.Withdrawn.Employers), Day(file.Consent.Statistics, file.Withdrawn.Statistics)),
        Consent = new(null, null, null, null),
    }, cancel);

    /// <summary>What a person without the say about it wishes: it stands until the guardian confirms it.</summary>
    public Task Wish(string seeker, string purpose, bool yes, CancellationToken cancel) => put.Choose(seeker, own => own.Wished.Contains(purpose) == yes
        ? own : own with { Wished = yes ? [.. own.Wished, purpose] : [.. own.Wished.Where(held => held != purpose)] }, cancel);

    /// <returns>Null where there is no such person.</returns>
    public async Task<HelpersView?> Read(string seeker, CancellationToken cancel) =>
        await seekers.Find(seeker, cancel) is { Value: var person } ? new(person, await acts.Of(seeker, Shown, cancel)) : null;

    private const int Shown = 50;

    private Helper Ended(Helper held) => held with { Until = time.GetUtcNow(), Phone = "" };

    private static IEnumerable<string> Given(Consents consent) => new[] { ("matching", consent.Matching), ("sms", consent.Sms), ("employers", consent.Employers), ("statistics", consent.Statistics) }
        .Where(x => x.Item2 is not null).Select(x => x.Item1);

    private DateOnly? Day(DateOnly? held, DateOnly? before) => held is null ? before : time.Today();
}

/// <param name="Acts">What helpers did, the latest first.</param>
public sealed record HelpersView(SeekerFile Person, IReadOnlyList<HelpersAct> Acts);
