using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace JobMatch.Bench.Peers;

/// <summary>DuckDB in memory, in a Node process of its own; times are taken there, around the statement alone.</summary>
internal sealed class DuckDb : IDisposable
{
    private readonly Process node;

    private DuckDb(Process node) => this.node = node;

    public string Version => "DuckDB " + Ask(new() { ["do"] = "version" }).Rows[0][0];

    /// <exception cref="MissingPeer">Node or the package is not there and cannot be had.</exception>
    public static DuckDb Start(int threads)
    {
        var folder = Path.Combine(Machine.Root, "tests", "Bench");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@duckdb")) && !Machine.Succeeds("npm", ["ci", "--silent"], folder))
            throw new MissingPeer("DuckDB", "npm ci --prefix tests/Bench (needs Node.js 20 or later)");
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "Peers", "duckdb.mjs"), threads.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new(Process.Start(start)!);
    }

    public void Load(Tables tables)
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, columns, rows) in tables.All(List))
        {
            var file = Path.Combine(folder.Path, name + ".csv");
            File.WriteAllLines(file, rows);
            Run($"CREATE OR REPLACE TABLE {name} ({columns})");
            Run($"COPY {name} FROM '{file}' (DELIMITER '|', HEADER false, AUTO_DETECT false, QUOTE '', ESCAPE '')");
        }
    }

    /// <summary>A list as this database reads it.</summary>
    public static string List(IEnumerable<long> list) => $"[{string.Join(',', list)}]";

    /// <summary>Top 10 both ways over all pairs, in the form that was found to run fastest.</summary>
    public (double Milliseconds, IEnumerable<(bool OfSeeker, int Rank, long[] Keys)> Rows) BothWays(bool read = true)
    {
        InOrder();
        return BothWays(Sql("both-ways"), read);
    }

    /// <summary>How it goes about <see cref="BothWays(bool)"/>.</summary>
    public string PlanBothWays()
    {
        InOrder();
        return Plan(Sql("both-ways"));
    }

    private void InOrder()
    {
        // Tables are joined in the order in which they stand: from many narrow rows to lookups. DuckDB guesses otherwise.
        Run("SET disabled_optimizers = 'join_order,build_side_probe_side'");
    }

    /// <summary>The same written down as the policy reads, over every so-manieth position only: it takes minutes for all.</summary>
    public (double Milliseconds, IEnumerable<(bool OfSeeker, int Rank, long[] Keys)> Rows) BothWaysPlainly(int every, bool read = true)
    {
        Run("RESET disabled_optimizers");
        return BothWays(Sql("both-ways-plain").Replace("FROM positions p", string.Create(CultureInfo.InvariantCulture, $"FROM (SELECT * FROM positions WHERE rank % {every} = 0) p"), StringComparison.Ordinal), read);
    }

    private (double, IEnumerable<(bool, int, long[])>) BothWays(string sql, bool read)
    {
        var (ms, _) = Run("CREATE OR REPLACE TABLE best AS " + sql);
        return (ms, read ? Run("SELECT of_seeker, rank, best FROM best").Rows.Select(x => (x[0] == "True", int.Parse(x[1], CultureInfo.InvariantCulture), Keys(x[2]))) : []);
    }

    private static long[] Keys(string list) => JsonSerializer.Deserialize<string[]>(list)!.Select(x => long.Parse(x, CultureInfo.InvariantCulture)).ToArray();

    private static string Sql(string name) => File.ReadAllText(Path.Combine(Machine.Root, "tests", "Bench", "sql", "duckdb", name + ".sql"));

    public string Plan(string sql) => Run("EXPLAIN ANALYZE " + sql).Rows[0][1];

    public void Prepare(string name, string sql) => Ask(new() { ["do"] = "prepare", ["name"] = name, ["sql"] = sql });

    public (double Milliseconds, string[][] Rows) Run(string sql) => Ask(new() { ["do"] = "run", ["sql"] = sql });

    public (double Milliseconds, string[][] Rows) Execute(string name, params int[] values) =>
        Ask(new() { ["do"] = "execute", ["name"] = name, ["values"] = new JsonArray([.. values.Select(x => (JsonNode)x)]) });

    private (double Milliseconds, string[][] Rows) Ask(JsonObject what)
    {
        node.StandardInput.WriteLine(what.ToJsonString());
        node.StandardInput.Flush();
        using var answer = JsonDocument.Parse(node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("DuckDB ended."));
        if (answer.RootElement.TryGetProperty("error", out var error))
            throw new InvalidOperationException(error.GetString());
        return (
            answer.RootElement.TryGetProperty("ms", out var ms) ? ms.GetDouble() : 0,
            answer.RootElement.TryGetProperty("rows", out var rows) ? [.. rows.EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.ToString()).ToArray())] : []);
    }

    public void Dispose()
    {
        node.StandardInput.Close();
        node.WaitForExit();
        node.Dispose();
    }
}
