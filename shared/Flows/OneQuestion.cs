using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>The one question whose answer would change most of a person's results.</summary>
/// <param name="Count">How many positions more would suit, at most.</param>
public sealed record OneQuestion(Change Change, int Count)
{
    /// <summary>How a question that was passed over is remembered.</summary>
    public static string Key(Change change) => change.About is { } about ? $"{change.Kind}.{about}" : change.Kind.ToString();

    /// <returns>Null where it names no question to a person.</returns>
    public static Change? Parse(string key) => key.Split('.') is [var kind, .. var rest] && Enum.TryParse<ChangeKind>(kind, out var parsed) && parsed is >= ChangeKind.Capacity and <= ChangeKind.Bed
        ? new(parsed, rest is [var about] ? about : null) : null;
}

/// <summary>Notes that a person does not want to be asked something again. Twice is once.</summary>
public sealed class PassQuestion(PutSeeker put)
{
    public Task Run(string seeker, Change question, CancellationToken cancel) => OneQuestion.Key(question) is var key
        ? put.Choose(seeker, own => own.Passed.Contains(key) ? own : own with { Passed = [.. own.Passed, key] }, cancel)
        : Task.CompletedTask;
}
