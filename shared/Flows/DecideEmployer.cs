using JobMatch.Flows.Shapes;

namespace JobMatch.Flows;

/// <summary>Staff approve an employer that registered itself, which opens its positions, or refuse it with a reason. Who and when is kept with it.</summary>
public sealed class DecideEmployer(PutEmployer put, TimeProvider time)
{
    /// <param name="staff">A name-less id.</param>
    /// <param name="reason">What the employer reads; at most 200 characters.</param>
    /// <param name="version">Of what the member of staff had before them.</param>
    /// <returns>What stands then; <see cref="Put{T}.Stale"/> where it is not what was looked at.</returns>
    public Task<Put<Employer>> Run(string id, bool approve, string? reason, string staff, long version, CancellationToken cancel) =>
        put.Change(id, version, current => current is { IsAwaiting: true }
            ? current with { Approved = approve, Registration = current.Registration! with { Decision = new(approve, staff, time.GetUtcNow(), approve ? null : reason) } }
            : current, cancel);

    /// <summary>What is wrong with a reason; null = nothing.</summary>
    public static FieldError? Check(string reason) =>
        reason.Trim().Length == 0 ? Faults.Required("reason", "Say why, in words that the employer can act on.", "请写明原因，让单位知道怎么改。")
        : reason.Length > Limits.Reason ? Faults.TooLong("reason", Limits.Reason)
        : null;
}
