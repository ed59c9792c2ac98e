namespace JobMatch.Flows;

/// <summary>
/// An organisation registers itself by one of its people, whose phone was shown to be theirs, and says of itself what may be
/// said: as long as it is not approved everything, later its contacts. Whether its credit code is registered already makes no
/// difference to what it is told, so that nobody learns who is here; staff see both.
/// </summary>
public sealed class RegisterEmployer(IEmployers employers, PutEmployer put, TimeProvider time)
{
    /// <param name="wanted">Name, credit code and the contact; the same id again is the same registration.</param>
    public Task<Put<Employer>> Run(Employer wanted, CancellationToken cancel) =>
        put.Change(wanted.Id, null, current => current ?? wanted with { Approved = false, Registration = new(time.GetUtcNow()) }, cancel);

    /// <summary>Changes what an employer says of itself. One that was refused goes back to staff with it.</summary>
    /// <param name="said">Name and credit code count only while it is not approved.</param>
    /// <param name="version">Of what the person had before them; another's change in between is not overwritten.</param>
    public Task<Put<Employer>> Change(string id, Employer said, long version, CancellationToken cancel) => put.Change(id, version, current => current switch
    {
        null => null,
        { IsHeld: true } => current with
        {
            Name = said.Name,
            CreditCode = said.CreditCode,
            Contacts = said.Contacts,
            Registration = current.IsAwaiting ? current.Registration : new(time.GetUtcNow()),
        },
        _ => current with { Contacts = said.Contacts },
    }, cancel);

    /// <summary>Those that await approval, the longest waiting first.</summary>
    public async Task<IReadOnlyList<Employer>> Awaiting(CancellationToken cancel)
    {
        var found = new List<Employer>();
        foreach (var id in await employers.MayAwait(cancel))
            if (await employers.Find(id, cancel) is { Value: { IsAwaiting: true } employer })
                found.Add(employer);
        return [.. found.OrderBy(x => x.Registration!.At).ThenBy(x => x.Id, StringComparer.Ordinal)];
    }

    /// <summary>Others with the same credit code: staff decide whether that is one employer twice.</summary>
    public async Task<IReadOnlyList<Employer>> Namesakes(Employer employer, CancellationToken cancel)
    {
        var found = new List<Employer>();
        foreach (var id in employer.CreditCode is { } code ? await employers.MayHaveCode(code, cancel) : [])
            if (id != employer.Id && await employers.Find(id, cancel) is { } other && other.Value.CreditCode == employer.CreditCode)
                found.Add(other.Value);
        return found;
    }
}
