namespace JobMatch.Functions.Hosting;

/// <summary>The system's clock, some time ahead: shows in Development what a later day brings. Waits take as long as they do.</summary>
internal sealed class ClockAhead(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
