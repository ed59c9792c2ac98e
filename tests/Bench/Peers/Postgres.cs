using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace JobMatch.Bench.Peers;

/// <summary>
/// PostgreSQL as Debian brings it, in a private cluster of its own: a temporary folder, a socket in it, gone afterwards. It is
/// given memory for everything, as many processes as the others have threads, and no work that only durability needs.
/// </summary>
internal sealed class Postgres : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, NpgsqlCommand> prepared = [];
    private Process? server;
    private NpgsqlConnection? connection;

    private Postgres()
    {
    }

    public string Version => "PostgreSQL " + connection!.PostgreSqlVersion;

    /// <param name="threads">The leader and its workers together.</param>
    /// <exception cref="MissingPeer">It is not installed.</exception>
    public static Postgres Start(int threads)
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(x => Path.Combine(x, "bin")).Where(x => File.Exists(Path.Combine(x, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault() : null;
        if (programs is null)
            throw new MissingPeer("PostgreSQL", "apt-get install postgresql");
        var postgres = new Postgres();
        try
        {
            postgres.Open(programs, threads);
            return postgres;
        }
        catch
        {
            postgres.Dispose();
            throw;
        }
    }

    private void Open(string programs, int threads)
    {
        var data = Path.Combine(folder.Path, "data");
        // It refuses to run as root, and Debian's package brings a user for it.
        if (Environment.IsPrivilegedProcess && !Machine.Succeeds("chown", ["postgres:", folder.Path], folder.Path))
            throw new MissingPeer("The user postgres", "apt-get install postgresql");
        using (var made = Process.Start(AsUser(Path.Combine(programs, "initdb"), "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"))!)
        {
            var log = made.StandardOutput.ReadToEnd();
            made.WaitForExit();
            if (made.ExitCode != 0)
                throw new InvalidOperationException("initdb failed: " + log);
        }
        string[] settings =
        [
            "listen_addresses=", "unix_socket_directories=" + folder.Path, "shared_buffers=1GB", "effective_cache_size=4GB", "work_mem=256MB", "maintenance_work_mem=512MB", "max_connections=10",
            "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0", "max_wal_size=4GB", "autovacuum=off", "track_activities=off",
            "jit=off", "random_page_cost=1.1", "plan_cache_mode=force_generic_plan",
            FormattableString.Invariant($"max_parallel_workers_per_gather={threads - 1}"), "parallel_setup_cost=10", "parallel_tuple_cost=0.01", "min_parallel_table_scan_size=1MB",
        ];
        server = Process.Start(AsUser(Path.Combine(programs, "postgres"), ["-D", data, .. settings.SelectMany(x => new[] { "-c", x })]))!;
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        var text = new NpgsqlConnectionStringBuilder { Host = folder.Path, Username = "bench", Database = "postgres", CommandTimeout = 0, Pooling = false }.ConnectionString;
        for (var tries = 0; ; tries++)
            try
            {
                connection = new(text);
                connection.Open();
                return;
            }
            catch (NpgsqlException) when (tries < 300 && !server.HasExited)
            {
                connection!.Dispose();
                Thread.Sleep(100);
            }
    }

    private ProcessStartInfo AsUser(string program, params string[] arguments) => new(
        Environment.IsPrivilegedProcess ? "setpriv" : program, Environment.IsPrivilegedProcess ? ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments] : arguments)
    {
        WorkingDirectory = folder.Path,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    public void Load(Tables tables)
    {
        foreach (var (name, columns, rows) in tables.All(List))
        {
            Run($"DROP TABLE IF EXISTS {name}");
            Run($"CREATE TABLE {name} ({columns})");
            using var copy = connection!.BeginTextImport($"COPY {name} FROM STDIN (DELIMITER '|')");
            foreach (var row in rows)
            {
                copy.Write(row);
                copy.Write('\n');
            }
        }
        foreach (var statement in Sql("tables").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            Run(statement);
    }

    /// <summary>A list as this database reads it in its rows.</summary>
    public static string List(IEnumerable<long> list) => "{" + string.Join(',', list) + "}";

    /// <summary>Top 10 both ways for every so-manieth position over all seekers.</summary>
    public (double Milliseconds, IEnumerable<(bool OfSeeker, int Rank, long[] Keys)> Rows) BothWays(int every)
    {
        var rows = new List<(bool, int, long[])>();
        using var command = new NpgsqlCommand(Every(every), connection);
        var start = Stopwatch.GetTimestamp();
        using (var reader = command.ExecuteReader())
            while (reader.Read())
                rows.Add((reader.GetBoolean(0), reader.GetInt32(1), reader.GetFieldValue<long[]>(2)));
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, rows);
    }

    /// <summary>How it goes about <see cref="BothWays"/>.</summary>
    public string PlanBothWays(int every) => Plan(Every(every));

    private static string Every(int every) => Sql("both-ways").Replace(":every", every.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public void Prepare(string name, string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Prepare();
        prepared[name] = command;
    }

    /// <summary>By the clock, from the call to the last row.</summary>
    public (double Milliseconds, string[][] Rows) Execute(string name)
    {
        var start = Stopwatch.GetTimestamp();
        var rows = Rows(prepared[name]);
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, rows);
    }

    public string Plan(string sql)
    {
        using var command = new NpgsqlCommand("EXPLAIN (ANALYZE, BUFFERS, SETTINGS) " + sql, connection);
        return string.Join('\n', Rows(command).Select(x => x[0]));
    }

    private static string[][] Rows(NpgsqlCommand command)
    {
        var rows = new List<string[]>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(x => Convert.ToString(reader.GetValue(x), CultureInfo.InvariantCulture)!)]);
        return [.. rows];
    }

    private void Run(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string Sql(string name) => File.ReadAllText(Path.Combine(Machine.Root, "tests", "Bench", "sql", "postgres", name + ".sql"));

    public void Dispose()
    {
        connection?.Dispose();
        if (server is { HasExited: false })
        {
            // SIGINT: end at once, without waiting for anybody.
            Machine.Succeeds("kill", ["-INT", server.Id.ToString(CultureInfo.InvariantCulture)], "/");
            server.WaitForExit();
        }
        server?.Dispose();
        folder.Dispose();
    }
}
