using System.CommandLine;
using System.Globalization;
using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>What an operator does in a terminal, on the storage that the settings name: gives a program its key, ends it, and follows a new master key.</summary>
internal static class KeyCommands
{
    private const string Issue = "issue-key", Revoke = "revoke-key", Rewrap = "rewrap-keys";

    public static bool AskedFor(string[] args) => args is [Issue or Revoke or Rewrap, ..];

    /// <param name="say">Takes the new key, which is shown nowhere else.</param>
    /// <exception cref="UnusableSettingException">No storage is named, or the key cannot be given out or ended as asked.</exception>
    public static Task<int> Run(string[] args, IConfiguration configuration, TextWriter say, CancellationToken cancel = default) =>
        new RootCommand { IssueKey(configuration, say), RevokeKey(configuration, say), RewrapKeys(configuration, say) }.Parse(args)
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, cancel);

    private static Command IssueKey(IConfiguration configuration, TextWriter say)
    {
        Option<Role> role = new("--role") { Description = "Employer, Staff or Import.", Required = true };
        Option<string> owner = new("--owner") { Description = "The employer's id, a name-less id of a member of staff, or the import's name.", Required = true };
        Option<string[]> scopes = new("--scopes") { Description = "Actions, 'resource.*' or '*' (default: all that the role may do).", DefaultValueFactory = _ => ["*"], AllowMultipleArgumentsPerToken = true };
        Option<int> days = new("--days") { Description = "Days until it expires.", DefaultValueFactory = _ => 365 };
        var command = new Command(Issue, "Gives out a key for programs and shows it once. An owner may have two that are live.") { role, owner, scopes, days };
        command.SetAction(async (given, cancel) =>
        {
            var asked = given.GetValue(scopes)!.ToHashSet();
            if (asked.FirstOrDefault(scope => !IsScope(scope)) is { } unknown)
                throw new UnusableSettingException($"{unknown} is no action. Actions: {string.Join(", ", Access.AllActions.Order(StringComparer.Ordinal))}.");
            var until = TimeProvider.System.GetUtcNow().AddDays(given.GetValue(days));
            await Note(configuration, AuditAct.KeyIssued, $"{given.GetValue(role).ToString().ToLowerInvariant()}~{given.GetValue(owner)}", cancel);
            var key = await Give(await Rows(configuration, cancel), given.GetValue(role), given.GetValue(owner)!, asked, until, cancel);
            await say.WriteLineAsync(key);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Valid until {until:yyyy-MM-dd}. Shown this once; kept nowhere."));
        });
        return command;
    }

    private static async Task<string> Give(ApiKeyRows rows, Role role, string owner, HashSet<string> scopes, DateTimeOffset until, CancellationToken cancel)
    {
        try
        {
            return await rows.Issue(role, owner, scopes, until, cancel)
                ?? throw new UnusableSettingException("Two keys of this owner are live. End one first: revoke-key <its id>.");
        }
        catch (ArgumentException wrong)
        {
            throw new UnusableSettingException(wrong.Message);
        }
    }

    private static Command RevokeKey(IConfiguration configuration, TextWriter say)
    {
        Argument<string> keyId = new("keyId") { Description = "What stands before the last dot of the key." };
        var command = new Command(Revoke, "Ends a key, everywhere within 30 seconds.") { keyId };
        command.SetAction(async (given, cancel) =>
        {
            await Note(configuration, AuditAct.KeyRevoked, given.GetValue(keyId)!, cancel);
            if (!await (await Rows(configuration, cancel)).Revoke(given.GetValue(keyId)!, cancel))
                throw new UnusableSettingException("There is no such key.");
            await say.WriteLineAsync("Ended.");
        });
        return command;
    }

    private static Command RewrapKeys(IConfiguration configuration, TextWriter say)
    {
        var command = new Command(Rewrap, "After a new master key: wraps every data key again. When it says 0, the earlier master key may go.");
        command.SetAction(async (_, cancel) =>
        {
            var master = Secrets.MasterKey(configuration.GetSection("JobMatch:MasterKey"), null, null);
            var tables = Tables(configuration);
            await Note(configuration, AuditAct.KeysRewrapped, null, cancel);
            var changed = await new Rewrapping(master, tables.GetTableClient("Seekers"), tables.GetTableClient(ServiceKeys.Table)).Run(cancel);
            await say.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{changed} data keys wrapped again."));
        });
        return command;
    }

    private static async Task Note(IConfiguration configuration, AuditAct act, string? about, CancellationToken cancel)
    {
        var table = Tables(configuration).GetTableClient("Audit");
        await table.CreateIfNotExistsAsync(cancel);
        await new AuditTable(table).Add(new(TimeProvider.System.GetUtcNow(), act, AuditEntry.Terminal, Role.Staff, AuditEntry.Terminal, About: about), cancel);
    }

    // The first key may be asked for before the service has ever started.
    private static async Task<ApiKeyRows> Rows(IConfiguration configuration, CancellationToken cancel)
    {
        var table = Tables(configuration).GetTableClient(ServiceKeys.Table);
        await table.CreateIfNotExistsAsync(cancel);
        return new(table, TimeProvider.System);
    }

    private static TableServiceClient Tables(IConfiguration configuration)
    {
        if (configuration["AzureWebJobsStorage"] is { Length: > 0 } named) return new(named);
        var identity = StorageIdentity.Read(configuration);
        return new(identity.Tables, identity.Credential);
    }

    private static bool IsScope(string scope) =>
        scope == "*" || Access.AllActions.Contains(scope) || (scope.EndsWith(".*", StringComparison.Ordinal) && Access.AllActions.Any(action => action.StartsWith(scope[..^1], StringComparison.Ordinal)));
}
