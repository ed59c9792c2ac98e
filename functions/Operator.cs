using System.Globalization;
using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Secrets;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>
/// What an operator does at the command line, with the service's own settings: <c>--issue-key employer:acme [--scopes "positions.* events.tie"]
/// [--expires 2027-11-01]</c>, <c>--revoke-key {keyId}</c>, <c>--rewrap-keys true</c>. The first staff key cannot come from anywhere else.
/// </summary>
internal static class Operator
{
    /// <summary>The exit code where something of this was asked for; null where the program is to serve.</summary>
    /// <exception cref="UnusableSettingException">What was asked for cannot be read.</exception>
    public static async Task<int?> Run(WebApplication app, TextWriter output, CancellationToken cancel)
    {
        var asked = app.Configuration;
        Func<Task<(int, string)>>? work =
            asked["issue-key"] is { Length: > 0 } owner ? () => Issue(app.Services, owner, asked["scopes"], asked["expires"], cancel)
            : asked["revoke-key"] is { Length: > 0 } keyId ? () => Revoke(app.Services, keyId, cancel)
            : asked.GetValue("rewrap-keys", false) ? () => Rewrap(app.Services, cancel)
            : null;
        if (work is null) return null;
        await app.Services.GetRequiredService<Account>().Create(cancel);
        var (exitCode, said) = await work();
        await output.WriteLineAsync(said);
        return exitCode;
    }

    private static async Task<(int, string)> Issue(IServiceProvider services, string owner, string? scopes, string? expires, CancellationToken cancel)
    {
        if (owner.Split(':') is not [var kind, var id] || !Enum.TryParse<Role>(kind, ignoreCase: true, out var role) || role is not (Role.Employer or Role.Staff or Role.Import))
            throw new UnusableSettingException("--issue-key takes employer:{id}, staff:{id without a name} or import:{id}.");
        var given = scopes?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).ToHashSet() ?? Caller.AllScopes;
        if (given.FirstOrDefault(scope => !Access.IsScope(scope)) is { } unknown)
            throw new UnusableSettingException($"--scopes: no action is called '{unknown}'. There are: {string.Join(' ', Access.AllActions.Order(StringComparer.Ordinal))}.");
        var until = expires is null ? (DateTimeOffset?)null
            : DateOnly.TryParseExact(expires, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new(day, TimeOnly.MinValue, People.Offset)
            : throw new UnusableSettingException("--expires takes a day, such as 2027-11-01.");
        return await services.GetRequiredService<ApiKeyRows>().Issue(role, id, given, until, cancel) is { } key
            ? (0, $"{key}\nIt is shown this once. Send it as: Authorization: Bearer {{keyId}}.{{secret}}")
            : (1, $"Two keys of {owner} are live. Revoke one first: --revoke-key {{keyId}}, the part before the dot.");
    }

    private static async Task<(int, string)> Revoke(IServiceProvider services, string keyId, CancellationToken cancel) =>
        await services.GetRequiredService<ApiKeyRows>().Revoke(keyId, cancel) ? (0, "Revoked; no instance takes it after 30 seconds.") : (1, "There is no such key.");

    private static async Task<(int, string)> Rewrap(IServiceProvider services, CancellationToken cancel)
    {
        var account = services.GetRequiredService<Account>();
        var changed = await new Rewrapping(services.GetRequiredService<IMasterKey>(), account.Table("Seekers"), account.Table(ServiceKeys.Table)).Run(cancel);
        return (0, $"{changed} data keys wrapped again. When this says 0, the earlier master key may go.");
    }
}
