using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>One thing that is wrong with what was sent. It never repeats the value: a value may be a phone or a name.</summary>
/// <param name="Field">Where: <c>work.pay.min</c>, <c>capacity.HEARING</c>, <c>skills[2]</c>; empty for the whole.</param>
/// <param name="Code">
/// One of: required, unknownField, unknownCode, wrongType, tooLong, tooMany, outOfRange, badPhone, badId, badDate,
/// badCreditCode, mergedDistrict, duplicate, conflict, outsText.
/// </param>
/// <param name="Message">What was wrong and what would be right, in both languages.</param>
/// <param name="Column">In an import: the header of the column that the value stood in.</param>
public sealed record FieldError(string Field, string Code, Label Message, string? Column = null);

/// <summary>What came of reading: a value, or everything that is wrong, in one go.</summary>
/// <param name="Value">Null where it could not be made. Where there are errors it is what could be read, and is not to be kept.</param>
public sealed record Reading<T>(T? Value, IReadOnlyList<FieldError> Errors) where T : class
{
    public bool Ok => Value is not null && Errors.Count == 0;

    /// <summary>Reads on, and leaves out later complaints about what has been complained about: a phone of a wrong type is not also missing.</summary>
    public Reading<TNext> Then<TNext>(Func<T, Reading<TNext>> next) where TNext : class
    {
        if (Value is null)
            return new(null, Errors);
        var after = next(Value);
        return new(after.Value, [.. Errors, .. after.Errors.Where(later => !Errors.Any(earlier => Covers(earlier.Field, later.Field)))]);
    }

    private static bool Covers(string outer, string inner) =>
        inner.StartsWith(outer, StringComparison.Ordinal) && (inner.Length == outer.Length || outer.Length > 0 && inner[outer.Length] is '.' or '[');
}
