using System.Security.Cryptography;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;

namespace JobMatch.Adapters.Tests.Secrets;

public sealed class KeysTableTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("jobmatch-keys-").FullName;
    private readonly SetClock clock = new();
    private TableClient table = null!;

    public async Task InitializeAsync() => table = await storage.NewTable();

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Instances_that_ask_at_once_get_one_service_key_and_it_is_stored_wrapped()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => NewServiceKeys().Get("callbacks", default).AsTask()));
        Assert.Single(keys.Select(key => key.Wrapped).Distinct());
        var cell = new Cell("Callbacks", "p", "r", "Body");
        Assert.Equal("body", keys[0].Open(cell, keys[1].Seal(cell, "body")));
        var row = await table.GetEntityAsync<TableEntity>("service", "callbacks");
        Assert.Equal(keys[0].Wrapped, row.Value.GetString("Wrapped"));
    }

    [Fact]
    public async Task After_rotation_peoples_and_service_keys_are_wrapped_again_once_and_open_the_same()
    {
        var people = await storage.NewTable();
        var before = await NewServiceKeys().Get("callbacks", default);
        var anna = await DataKey.New(Master(), default);
        await people.AddEntityAsync(new TableEntity("anna", "key") { ["Wrapped"] = anna.Wrapped });
        await people.AddEntityAsync(new TableEntity("anna", "profile") { ["Name"] = "v1|…" });

        var master = FileMasterKey.Rotate(Path.Combine(folder, "master.json"));
        Assert.Equal(2, await new Rewrapping(master, people, table).Run(default));
        Assert.Equal(0, await new Rewrapping(master, people, table).Run(default));

        var after = await NewServiceKeys().Get("callbacks", default);
        Assert.Equal(before.Id, after.Id);
        Assert.NotEqual(before.Wrapped, after.Wrapped);
        var wrapped = (await people.GetEntityAsync<TableEntity>("anna", "key")).Value.GetString("Wrapped")!;
        Assert.Contains(master.Id, wrapped, StringComparison.Ordinal);
        var cell = new Cell("Seekers", "anna", "profile", "Name");
        Assert.Equal("安娜", (await DataKey.Open(master, wrapped, default)).Open(cell, anna.Seal(cell, "安娜")));
    }

    [Fact]
    public async Task A_phone_has_one_hash_under_one_pepper_and_another_under_another()
    {
        var hash = new PhoneHash(NewServiceKeys());
        var one = await hash.Of("+8613800000000", default);
        Assert.Equal(one, await new PhoneHash(NewServiceKeys()).Of("+8613800000000", default));
        Assert.NotEqual(one, await hash.Of("+8613800000001", default));
        Assert.NotEqual(one, await hash.Of("asks-phone", "+8613800000000", default));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", one);
        Assert.Matches("^[0-9a-f]{2}$", PhoneHash.Partition(one));

        var elsewhere = new PhoneHash(new ServiceKeys(new DataKeys(Master()), await storage.NewTable()));
        Assert.NotEqual(one, await elsewhere.Of("+8613800000000", default));
    }

    [Fact]
    public async Task A_key_that_was_issued_lets_its_owner_in_and_its_secret_is_not_stored()
    {
        var credential = await NewApiKeys().Issue(Role.Employer, "acme.1", new HashSet<string> { "positions.*", "events.tie" }, null, default);
        var caller = await new Authenticate(NewApiKeys(), clock).Run(credential!, default);
        Assert.Equal((Role.Employer, "acme.1", (string?)null), (caller!.Role, caller.EmployerId, caller.StaffId));
        Assert.True(caller.HasScope("positions.write"));
        Assert.False(caller.HasScope("events.read"));

        var secret = credential!.Split('.')[^1];
        Assert.True(secret.Length >= 43);
        await foreach (var row in table.QueryAsync<TableEntity>())
            Assert.DoesNotContain(row.Values, value => value is string text && text.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("employer~acme~1000000.")]
    [InlineData("employer~acme~1000000.guess")]
    [InlineData("service.callbacks")]
    [InlineData("employer~a/b~1000000.x")]
    [InlineData("no-dot")]
    public async Task What_is_no_key_lets_nobody_in(string credential) =>
        Assert.Null(await new Authenticate(NewApiKeys(), clock).Run(credential, default));

    [Fact]
    public async Task A_wrong_secret_and_anothers_secret_let_nobody_in()
    {
        var one = await NewApiKeys().Issue(Role.Staff, "anna", Caller.AllScopes, null, default);
        var two = await NewApiKeys().Issue(Role.Staff, "bo", Caller.AllScopes, null, default);
        var authenticate = new Authenticate(NewApiKeys(), clock);
        Assert.Equal("anna", (await authenticate.Run(one!, default))!.StaffId);
        Assert.Null(await authenticate.Run(one![..^1] + (one[^1] == 'A' ? 'B' : 'A'), default));
        Assert.Null(await authenticate.Run(IdOf(one) + "." + two!.Split('.')[^1], default));
    }

    [Fact]
    public async Task Two_keys_of_an_owner_are_live_at_once_and_never_three_even_when_all_are_asked_for_at_once()
    {
        var issued = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => NewApiKeys().Issue(Role.Import, "hr", Caller.AllScopes, null, default)));
        var live = issued.OfType<string>().ToList();
        Assert.InRange(live.Count, 1, 2);
        if (live.Count == 1) live.Add((await NewApiKeys().Issue(Role.Import, "hr", Caller.AllScopes, null, default))!);
        Assert.Null(await NewApiKeys().Issue(Role.Import, "hr", Caller.AllScopes, null, default));
        foreach (var key in live)
            Assert.NotNull(await new Authenticate(NewApiKeys(), clock).Run(key, default));

        Assert.True(await NewApiKeys().Revoke(IdOf(live[0]), default));
        Assert.True(await NewApiKeys().Revoke(IdOf(live[0]), default));
        var third = await NewApiKeys().Issue(Role.Import, "hr", Caller.AllScopes, null, default);
        Assert.NotNull(await new Authenticate(NewApiKeys(), clock).Run(third!, default));
        Assert.NotNull(await new Authenticate(NewApiKeys(), clock).Run(live[1], default));
        Assert.Null(await new Authenticate(NewApiKeys(), clock).Run(live[0], default));
        Assert.False(await NewApiKeys().Revoke(IdOf(live[0]), default));
    }

    [Fact]
    public async Task A_key_ends_when_it_expires()
    {
        var key = await NewApiKeys().Issue(Role.Import, "hr", Caller.AllScopes, clock.Now.AddDays(1), default);
        var authenticate = new Authenticate(NewApiKeys(), clock);
        clock.Now += TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1);
        Assert.NotNull(await authenticate.Run(key!, default));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.Null(await authenticate.Run(key!, default));
        Assert.NotNull(await NewApiKeys().Issue(Role.Import, "hr", Caller.AllScopes, null, default));
    }

    [Fact]
    public async Task A_revoked_key_is_let_in_elsewhere_for_less_than_thirty_seconds_more()
    {
        var key = await NewApiKeys().Issue(Role.Import, "hr", Caller.AllScopes, null, default);
        var elsewhere = new Authenticate(NewApiKeys(), clock);
        Assert.NotNull(await elsewhere.Run(key!, default));

        var here = NewApiKeys();
        await here.Revoke(IdOf(key!), default);
        Assert.Null(await new Authenticate(here, clock).Run(key!, default));
        clock.Now += TimeSpan.FromSeconds(30);
        Assert.Null(await elsewhere.Run(key!, default));
    }

    [Fact]
    public async Task The_demo_keys_are_in_no_storage()
    {
        Assert.Equal(5, DemoKeys.Ids.Count);
        foreach (var id in DemoKeys.Ids)
        {
            Assert.Null(await new Authenticate(NewApiKeys(), clock).Run($"{id}.demo-secret", default));
            Assert.NotNull(await new Authenticate(new DemoKeys(NewApiKeys()), clock).Run($"{id}.demo-secret", default));
            Assert.Null(await new Authenticate(new DemoKeys(NewApiKeys()), clock).Run($"{id}.demo-secrets", default));
        }
        await foreach (var row in table.QueryAsync<TableEntity>())
            Assert.Fail($"A row was written: {row.PartitionKey}");
    }

    [Fact]
    public async Task Data_protections_keys_are_shared_by_instances_and_sealed()
    {
        var rows = new DataProtectionRows(NewServiceKeys(), table);
        await rows.Add("<key>secret value</key>", default);
        Assert.Equal(["<key>secret value</key>"], await new DataProtectionRows(NewServiceKeys(), table).All(default));
        await foreach (var row in table.QueryAsync<TableEntity>("PartitionKey eq 'data-protection'"))
        {
            Assert.DoesNotContain("secret", row.GetString("Element"), StringComparison.Ordinal);
            // Copied to another row it does not open.
            row.RowKey = "copy";
            await table.AddEntityAsync(row);
        }
        await Assert.ThrowsAnyAsync<CryptographicException>(() => rows.All(default));
    }

    private static string IdOf(string credential) => credential[..credential.LastIndexOf('.')];

    private FileMasterKey Master() => FileMasterKey.Open(Path.Combine(folder, "master.json"), createIfAbsent: true);

    private ServiceKeys NewServiceKeys() => new(new DataKeys(Master()), table);

    private ApiKeyRows NewApiKeys() => new(table, clock);

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
