namespace JobMatch.Matching;

/// <summary>
/// What a plan assumes of people and positions, and how far it may go, from a day on. A change adds a row, so that an old
/// plan can be explained.
/// </summary>
/// <remarks>
/// The chances are design values of 2026-11-01, nothing measured: that a person who is told of a position comes and talks
/// about it, and that it then suits. They are ordered as matches are (verdict, then score), so that a text names the person's
/// best positions while there is room. A row of what check-ins have shown is to replace them. Seven talks an opening follow
/// from a fair in Lanzhou in 2021, where 14 % of 307 applications were signed on the spot; the most talks of a day from six
/// hours of six minutes each.
/// </remarks>
/// <param name="From">The first day that it counts for: the day of the events.</param>
/// <param name="Suits">Chance, 0-1, at no points of score.</param>
/// <param name="SuitsIfArranged">The same where something has to be arranged.</param>
/// <param name="AskFirst">The same where a question is open, whose answer may be no.</param>
/// <param name="ForScore">What 100 points add to each.</param>
/// <param name="TalksPerOpening">How many people a position can see for each opening that is left.</param>
/// <param name="MostTalks">How many it can see in a day, however many openings it has.</param>
/// <param name="MostNamed">Positions that a text names, at most.</param>
/// <param name="MostEvents">Events of one day that a person is picked for under a budget, at most.</param>
public sealed record FairPlanPolicy(
    DateOnly From, double Suits, double SuitsIfArranged, double AskFirst, double ForScore, int TalksPerOpening, int MostTalks, int MostNamed, int MostEvents)
{
    private static readonly FairPlanPolicy[] Rows =
    [
        new(new(2026, 11, 1), Suits: 0.15, SuitsIfArranged: 0.10, AskFirst: 0.05, ForScore: 0.04, TalksPerOpening: 7, MostTalks: 60, MostNamed: 2, MostEvents: 2),
    ];

    /// <summary>The row that counts on a day; before the first row, the first.</summary>
    public static FairPlanPolicy On(DateOnly day) => Rows.LastOrDefault(row => row.From <= day) ?? Rows[0];

    /// <summary>The chance, 0-1, that a person who is told of a position comes to talk about it and it suits.</summary>
    /// <param name="tenths">The score, 0-1000.</param>
    public double Chance(Verdict verdict, int tenths) => verdict switch
    {
        Verdict.Suits => Suits + ForScore * tenths / 1000,
        Verdict.SuitsIfArranged => SuitsIfArranged + ForScore * tenths / 1000,
        Verdict.AskFirst => AskFirst + ForScore * tenths / 1000,
        _ => 0,
    };

    /// <summary>How many people a position can see in a day.</summary>
    /// <param name="openings">Those that are left.</param>
    public int Talks(int openings) => (int)Math.Clamp((long)openings * TalksPerOpening, 0, MostTalks);
}
