namespace JobMatch.Matching;

public static partial class Policy
{
    /// <summary>Free texts are one skill from here on.</summary>
    internal const int CloseEnough = 80;

    private static Share SkillsHeld(in Pair pair)
    {
        if (pair.Position.SkillsRequired.Count + pair.Position.SkillsOptional.Count == 0)
            return Share.Of(3, 10);
        var listed = pair.Codes.Lexicon.Of(pair.Position).Listed;
        var held = 0;
        foreach (var (entry, texts) in listed)
            held += HasEntry(pair, entry, texts) ? 1 : 0;
        return Share.Of(held, listed.Length);
    }

    private static bool HasEntry(in Pair pair, string entry, Phrases texts)
    {
        if (HasSkill(pair.Seeker, entry, pair.Codes))
            return true;
        var coded = pair.Codes.FindSkill(entry) is not null;
        foreach (var (has, hasTexts) in pair.Codes.Lexicon.Of(pair.Seeker).Skills)
            // Two codes are two skills, however alike their labels.
            if (!(coded && pair.Codes.FindSkill(has) is not null) && texts.HundredthsTo(hasTexts) >= CloseEnough)
                return true;
        return false;
    }

    private static Share OccupationWished(in Pair pair)
    {
        if (pair.Seeker.Occupations is not { Count: > 0 })
            return Share.Of(1, 2);
        var offered = pair.Position.Occupation is { } entry ? pair.Codes.FindOccupation(entry) : null;
        var (best, meant) = (0, 0); // in 125ths: a hundredth of closeness × 0.8
        var position = pair.Codes.Lexicon.Of(pair.Position);
        foreach (var (wish, texts) in pair.Codes.Lexicon.Of(pair.Seeker).Wishes)
        {
            best = Math.Max(best, SameGroup(pair.Codes.FindOccupation(wish), offered));
            if (best >= 100)
                continue;
            best = Math.Max(best, position.HundredthsTo(wish, texts));
            meant = Math.Max(meant, pair.Codes.MeantHundredths(texts, pair.Position.Title, position.Occupation));
        }
        return Share.Of(Math.Max(best, meant), 125) with { Meant = meant > best };
    }

    /// <summary>In 125ths: the same code 1; by ISCO-08, the unit group 0.8, the minor group 0.6, the sub-major group 0.4.</summary>
    internal static int SameGroup(Occupation? wish, Occupation? offered)
    {
        if (wish is null || offered is null)
            return 0;
        if (wish.Code == offered.Code)
            return 125;
        return wish.Isco08.AsSpan().CommonPrefixLength(offered.Isco08) switch { >= 4 => 100, 3 => 75, 2 => 50, _ => 0 };
    }

    // All thirteen, also for remote work.
    private static Share Known(in Pair pair)
    {
        var both = 0;
        foreach (var axis in pair.Position.Demands.Keys)
            both += pair.Seeker.Capacity.ContainsKey(axis) ? 1 : 0;
        return Share.Of(both, AxisText.All.Count);
    }

    private static Share Way(in Pair pair)
    {
        var (seeker, position) = (pair.Seeker, pair.Position);
        if (pair.Remote || TakesBed(seeker, position) || seeker.District == position.District)
            return Share.Of(1, 1);
        return Minutes(pair) is { } way ? Share.Real(Math.Max(0, 1 - way.Slow / (2.0 * CommuteLimit(seeker)))) : Share.Of(0, 1);
    }

    private static Share PayAbove(in Pair pair)
    {
        if (Floor(pair.Seeker) is not { } floor)
            return Share.Of(1, 2);
        if (MonthlyPay(pair.Position) is not { } pay)
            return Share.Of(0, 1);
        var whole = (long)floor * pay.Denominator;
        // Kept between 0 and the whole before it is narrowed: hourly pay times hours may not fit 64 bits.
        return Share.Of((long)Int128.Clamp(pay.Numerator - whole, 0, whole), whole);
    }

    private static Share Helpful(in Pair pair)
    {
        var (halves, marked) = (0, 0);
        foreach (var (code, mark) in pair.Seeker.Needs)
        {
            if (mark != Mark.Helps || pair.Codes.FindAccommodation(code) is not { } help || help.OnSite && pair.Remote)
                continue;
            marked++;
            halves += pair.Answer(code) switch { Answer.Offered => 2, Answer.OnRequest => 1, _ => 0 };
        }
        foreach (var (exposure, word) in pair.Seeker.AvoidExposures)
            if (word == Avoidance.RatherNot)
                (halves, marked) = (halves + (IsBearable(pair, exposure) ? 2 : 0), marked + 1);
        foreach (var (shift, word) in pair.Seeker.AvoidShifts)
            if (word == Avoidance.RatherNot)
                (halves, marked) = (halves + (pair.Position.Shifts is { Count: > 0 } shifts && !Among(shifts, shift) ? 2 : 0), marked + 1);
        return marked == 0 ? Share.Of(1, 2) : Share.Of(halves, 2 * marked);
    }

    private static bool IsBearable(in Pair pair, Exposure exposure) =>
        pair.Remote || pair.Position.Exposures.TryGetValue(exposure, out var there) && (!there || Reliever(pair, exposure) is not null);

    private static Share Trust(in Pair pair) => Share.Of(pair.Position.SiteCheck is { Passed: true } check && check.ExpiresOn >= pair.Today ? 1 : 0, 1);

    private static Share HoursWished(in Pair pair)
    {
        if (pair.Seeker.HoursPerWeek is not { } wish || (wish.Min, wish.Max) is (null, null) || pair.Position.HoursPerWeek is not { } hours)
            return Share.Of(1, 2);
        return hours < (wish.Min ?? 0) ? Share.Of(hours, wish.Min!.Value) : hours > wish.Max ? Share.Of(1, 2) : Share.Of(1, 1);
    }

    private static Share Fresh(in Pair pair) => Share.Of(60 - Math.Clamp(pair.Today.DayNumber - pair.Position.FirstPut.DayNumber, 0, 60), 60);
}
