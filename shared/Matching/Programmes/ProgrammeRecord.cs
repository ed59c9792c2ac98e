namespace JobMatch.Matching;

/// <summary>What a programme did with or for one participant: ids, codes, days and amounts.</summary>
public sealed record ProgrammeRecord
{
    /// <summary>Of <see cref="ProgrammeKind.All"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Chosen by the caller; one of its kind.</summary>
    public required string Id { get; init; }

    /// <summary>A random subject id; null = nobody is named.</summary>
    public string? Participant { get; init; }

    /// <summary>A firm, base, event or room; never a person.</summary>
    public string? Title { get; init; }

    /// <summary>The contest, course run or firm that it belongs to, by its id.</summary>
    public string? PartOf { get; init; }

    /// <summary>The base where it is, by its id.</summary>
    public string? At { get; init; }

    public string? Type { get; init; }

    /// <summary>In the order of their days.</summary>
    public IReadOnlyList<DatedStep> Steps { get; init; } = [];

    /// <summary>How it ended; null = it goes on, or nobody has said.</summary>
    public string? Outcome { get; init; }

    /// <summary>The day of its last step; null where it has none.</summary>
    public DateOnly? Last => Steps.Count == 0 ? null : Steps[^1].On;

    /// <summary>
    /// With one step more. The same step twice is once; of one that happens once, what is said last stands. Days keep their order.
    /// </summary>
    public ProgrammeRecord With(DatedStep step)
    {
        var many = ProgrammeKind.Find(Kind)?.FindStep(step.Step)?.Many == true;
        return this with { Steps = Ordered(Without(held => many ? held.IsSame(step) : held.Step == step.Step).Append(step)) };
    }

    /// <summary>Without a step that was a mistake: the same code, day and reference.</summary>
    public ProgrammeRecord Without(DatedStep step) => this with { Steps = [.. Without(held => held.IsSame(step))] };

    /// <summary>By day; on one day as given.</summary>
    public static IReadOnlyList<DatedStep> Ordered(IEnumerable<DatedStep> steps) => [.. steps.OrderBy(step => step.On)];

    private IEnumerable<DatedStep> Without(Func<DatedStep, bool> dropped) => Steps.Where(step => !dropped(step));
}

/// <summary>One thing that happened, or is planned.</summary>
/// <param name="Step">Of the kind's steps.</param>
/// <param name="Ref">What it refers to, by its id.</param>
/// <param name="Amounts">By the step's own words; what was not stated is absent.</param>
public sealed record DatedStep(string Step, DateOnly On, string? Ref = null, IReadOnlyDictionary<string, int>? Amounts = null)
{
    /// <summary>Not stated counts as nothing.</summary>
    public int Amount(string word) => Amounts?.GetValueOrDefault(word) ?? 0;

    /// <summary>Whether it is told again, perhaps with other amounts.</summary>
    public bool IsSame(DatedStep other) => (Step, On, Ref) == (other.Step, other.On, other.Ref);
}
