namespace JobMatch.Functions;

/// <summary>What a deployment may choose; bound from the section <c>JobMatch</c>. Secrets are read where they are used.</summary>
public sealed class Settings
{
    /// <summary>Whether a change of a position's answers shows in its candidates only from the next day on, so that toggling reads nobody. Off in Development.</summary>
    public bool SettleAnswers { get; set; } = true;
}
