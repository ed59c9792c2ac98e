namespace JobMatch.Bench.Peers;

internal static class Peer
{
    /// <summary>Null where the peer is not installed; then it is said how to have it, and the rest goes on.</summary>
    public static T? OrSaid<T>(Func<T> start) where T : class
    {
        try
        {
            return start();
        }
        catch (MissingPeer missing)
        {
            Console.Error.WriteLine(missing.Message);
            return null;
        }
    }

    /// <summary>Keeps how a database goes about a statement, next to the statement.</summary>
    /// <param name="plan">Null where the database is not installed: what was kept stays.</param>
    public static void SavePlan(string peer, string statement, string? plan)
    {
        if (plan is not null)
            File.WriteAllText(Path.Combine(Machine.Root, "tests", "Bench", "sql", peer, statement + ".plan.txt"), plan.ReplaceLineEndings("\n").TrimEnd() + "\n");
    }

    /// <exception cref="InvalidOperationException">The rows differ: nothing is timed.</exception>
    public static void MustEqual(string name, Lists expected, Lists given)
    {
        if (expected.DifferenceTo(given) is { } difference)
            throw new InvalidOperationException($"{name} differs at {difference}");
    }
}

/// <summary>A peer that is not installed; its message holds the one line that installs it.</summary>
internal sealed class MissingPeer(string name, string line) : Exception($"{name} is not here. To have it: {line}");
