namespace JobMatch.Functions;

/// <summary>What a deployment may choose; bound from the section <c>JobMatch</c>. Secrets are read where they are used.</summary>
public sealed class Settings
{
    /// <summary>Whether a change of a position's answers shows in its candidates and near misses only from the next day on, and an employer's numbers come in steps of five, so that toggling reads nobody. Off in Development.</summary>
    public bool SettleAnswers { get; set; } = true;

    /// <summary>The address under which the service is known outside, such as <c>https://jobs.example.org</c>; empty: as each request names it.</summary>
    public string PublicBaseUrl { get; set; } = "";

    /// <summary>Whom people can ask, in Chinese; stands on every page.</summary>
    public string HelpZh { get; set; } = "需要帮助？请联系当地残联就业服务机构，或拨打 12385。";

    /// <summary>The same in English.</summary>
    public string HelpEn { get; set; } = "Need help? Contact the employment service of your local disabled persons' federation, or call 12385.";

    public Matching.Label HelpLabel => new(HelpEn, HelpZh);
}
