namespace JobMatch.Matching;

/// <summary>The hours in which nobody is texted, by the people's clock; they may reach over midnight. Equal ends mean none.</summary>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>When quiet ends that reigns at a moment; null where it is not quiet.</summary>
    /// <param name="local">The people's clock.</param>
    public DateTime? EndAfter(DateTime local)
    {
        if (From == To || !TimeOnly.FromDateTime(local).IsBetween(From, To))
            return null;
        var end = local.Date + To.ToTimeSpan();
        return end > local ? end : end.AddDays(1);
    }
}
