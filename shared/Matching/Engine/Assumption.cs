namespace JobMatch.Matching;

/// <summary>Every position is taken as if its employer had answered well, see <see cref="Changes.AnsweredWell"/>.</summary>
/// <param name="Question">A question to an employer, taken as answered wherever it is open; or an offer, taken as made everywhere.</param>
public readonly record struct Assumption(Change Question);

/// <summary>An assumption in the numbers of planes, for one seeker.</summary>
/// <param name="Axis">The axis on which silence asks nothing; −1 for none, as below.</param>
/// <param name="Exposure">The exposure that is absent where nobody has said.</param>
/// <param name="Offered">The accommodation that is offered <paramref name="Where"/>.</param>
/// <param name="Shifts">Where no shifts are stated there are such as the seeker need not avoid.</param>
internal sealed record PackedAssumption(int Axis = -1, int Exposure = -1, int Offered = -1, Taken Where = Taken.No, bool Shifts = false, bool Lodging = false, bool Pay = false)
{
    public static readonly PackedAssumption None = new();

    public static PackedAssumption Of(Assumption assumption, PackedSeeker seeker, Numbering numbering)
    {
        var (kind, about) = assumption.Question;
        return kind switch
        {
            ChangeKind.Demand => new(Axis: (int)CodeLists.Parse<Axis>(about!)!.Value),
            ChangeKind.Exposure => new(Exposure: (int)CodeLists.Parse<Exposure>(about!)!.Value),
            ChangeKind.Accommodation => new(Offered: numbering.AccommodationOf(about!), Where: Taken.WhereUnsaid),
            ChangeKind.Offer => new(Offered: numbering.AccommodationOf(about!), Where: Taken.Everywhere),
            ChangeKind.Shifts => OfShifts(Changes.BestShift(seeker.AvoidedShifts), seeker, numbering),
            ChangeKind.Lodging => new(Lodging: true),
            ChangeKind.Pay => new(Pay: true),
            _ => throw new ArgumentOutOfRangeException(nameof(assumption), kind, "No question to an employer."),
        };
    }

    // Stated shifts without nights are an answer about night shifts too.
    private static PackedAssumption OfShifts(Shift best, PackedSeeker seeker, Numbering numbering) =>
        Changes.MustAvoid(seeker.AvoidedShifts, best) ? None
        : Policy.IsByNight(best) ? new(Shifts: true)
        : new(Shifts: true, Offered: numbering.AccommodationOf("NO_NIGHT_SHIFT"), Where: Taken.WhereShiftsUnsaid);

    /// <summary>Where an accommodation is taken as offered.</summary>
    public Taken Takes(int accommodation) => accommodation == Offered ? Where : Taken.No;
}

/// <summary>Where an accommodation is taken as offered, whatever else was answered.</summary>
internal enum Taken { No, WhereUnsaid, WhereShiftsUnsaid, Everywhere }
