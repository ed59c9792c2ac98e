namespace JobMatch.Matching;

/// <summary>How a gateway took a text.</summary>
public enum Handover
{
    /// <summary>It said clearly and soon what becomes of it, a refusal of the phone or text included.</summary>
    Quick,

    /// <summary>It took longer than it should, or asked for patience.</summary>
    Slow,

    /// <summary>No answer that says anything, no connection, or a text that was taken and of which nothing was heard again.</summary>
    Lost,
}

/// <summary>How a gateway has fared of late: counts that fade, so that what is long ago no longer counts.</summary>
public readonly record struct GatewayHealth(double Good, double Bad)
{
    // A lost answer leaves a text of unknown fate, which costs more than many quick ones are worth.
    private const double BadWeighs = 30, SlowIsBad = 0.1;

    /// <summary>1 = nothing speaks against it; never 0, so that a few texts go on trying it and find out when it is well again.</summary>
    public double Score => (Good + 1) / (Good + 1 + BadWeighs * Bad);

    public GatewayHealth After(Handover how) => how switch
    {
        Handover.Quick => this with { Good = Good + 1 },
        Handover.Slow => this with { Bad = Bad + SlowIsBad },
        _ => this with { Bad = Bad + 1 },
    };

    public GatewayHealth Faded(TimeSpan passed, TimeSpan halfLife)
    {
        var left = passed > TimeSpan.Zero ? Math.Pow(0.5, passed / halfLife) : 1;
        return new(Good * left, Bad * left);
    }

    public static GatewayHealth operator +(GatewayHealth a, GatewayHealth b) => new(a.Good + b.Good, a.Bad + b.Bad);
}
