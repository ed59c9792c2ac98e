namespace JobMatch.Flows;

/// <summary>Registers an employer or replaces what is held.</summary>
public sealed class PutEmployer(IEmployers employers)
{
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<Put<Employer>> Run(Employer wanted, long? ifMatch, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await employers.Find(wanted.Id, cancel);
            if (Overtaken.By(stored?.Value.Version, ifMatch))
                return new Put<Employer>.Stale(stored?.Value);
            var next = wanted with { Version = (stored?.Value.Version ?? 0) + 1, SiteCheck = stored?.Value.SiteCheck };
            if (stored is { } same && Written.Of(same.Value with { Version = 0 }) == Written.Of(next with { Version = 0 }))
                return new Put<Employer>.Unchanged(same.Value);
            try
            {
                await employers.Save(next, stored?.ETag, cancel);
                return stored is null ? new Put<Employer>.Created(next) : new Put<Employer>.Updated(next);
            }
            catch (ConflictException) when (attempt < Put<Employer>.Tries)
            {
            }
        }
    }
}
