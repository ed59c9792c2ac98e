using System.Security.Cryptography;
using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.SignIn;
using JobMatch.Adapters.Storage;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Tests.Secrets;

public sealed class SignInRowsTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 1, 8, 0, 0, 123, TimeSpan.Zero);
    private readonly string folder = Directory.CreateTempSubdirectory("jobmatch-signin-").FullName;
    private TableClient table = null!;
    private ServiceKeys keys = null!;

    public async Task InitializeAsync()
    {
        table = await storage.NewTable();
        keys = new(new DataKeys(FileMasterKey.Open(Path.Combine(folder, "master.json"), createIfAbsent: true)), await storage.NewTable());
    }

    public Task DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_code_is_read_as_it_was_written()
    {
        var codes = new CodeRows(keys, table);
        var asked = Code();
        await codes.Save(asked, null, default);
        var stored = (await codes.Find(asked.Request, default))!.Value;
        Assert.Equal(asked, stored.Value);

        var entered = asked with { Code = null, ClaimedAt = At.AddSeconds(1), Tries = 3, EnteredAt = At.AddMinutes(1), TicketHash = "hash", Closed = true };
        await codes.Save(entered, stored.ETag, default);
        Assert.Equal(entered, (await codes.Find(asked.Request, default))!.Value.Value);
        await Assert.ThrowsAsync<ConflictException>(() => codes.Save(asked, stored.ETag, default));
        await Assert.ThrowsAsync<ConflictException>(() => codes.Save(asked, null, default));
    }

    [Fact]
    public async Task Phone_and_code_are_sealed_and_do_not_open_in_another_row()
    {
        var codes = new CodeRows(keys, table);
        var (one, two) = (Code(), Code());
        await codes.Save(one, null, default);
        await codes.Save(two, null, default);
        TableEntity? first = null;
        await foreach (var row in table.QueryAsync<TableEntity>())
        {
            foreach (var text in row.Values.OfType<string>())
                Assert.DoesNotContain(text, (string[])["+8613800000000", "123456"]);
            if (row.RowKey == one.Request) first = row;
        }
        var second = (await table.GetEntityAsync<TableEntity>("code|" + two.Request[..2], two.Request)).Value;
        second["Phone"] = first!["Phone"];
        await table.UpdateEntityAsync(second, second.ETag);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => codes.Find(two.Request, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAA/AAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_request_finds_nothing(string request) =>
        Assert.Null(await new CodeRows(keys, table).Find(request, default));

    [Fact]
    public async Task Counts_are_read_as_they_were_written_and_do_not_overwrite_each_other()
    {
        var codes = new CodeRows(keys, table);
        foreach (var who in (string[])["phone|abcdef", "address|abcdef", "day|2026-11-01"])
        {
            Assert.Null(await codes.Asked(who, default));
            await codes.SaveAsked(who, new Asks([At, At.AddSeconds(5)], 2), null, default);
            var stored = (await codes.Asked(who, default))!.Value;
            Assert.Equal([At, At.AddSeconds(5)], stored.Value.Lately);
            Assert.Equal(2, stored.Value.Total);
            await codes.SaveAsked(who, Asks.None, stored.ETag, default);
            await Assert.ThrowsAsync<ConflictException>(() => codes.SaveAsked(who, Asks.None, stored.ETag, default));
            await Assert.ThrowsAsync<ConflictException>(() => codes.SaveAsked(who, Asks.None, null, default));
        }
    }

    [Fact]
    public async Task A_session_is_read_as_it_was_written_until_it_is_ended()
    {
        var sessions = new SessionRows(table);
        var (hash, session) = (Secret.Hash("token"), new Session(Role.Seeker, "subject", At));
        Assert.Null(await sessions.Find(hash, default));
        await sessions.Add(hash, session, default);
        Assert.Equal(session, await sessions.Find(hash, default));
        await sessions.End(hash, default);
        await sessions.End(hash, default);
        Assert.Null(await sessions.Find(hash, default));
    }

    [Fact]
    public async Task Employers_are_found_by_their_contacts_phones_and_no_phone_is_stored()
    {
        var contacts = new ContactRows(new PhoneHash(keys), table);
        var acme = new Employer { Id = "acme", Name = "Acme", Contacts = [new("A", "+8613800000000", null), new("B", "+8613800000001", null)] };
        await contacts.Add(acme, default);
        await contacts.Add(acme, default);
        await contacts.Add(acme with { Id = "other", Contacts = acme.Contacts.Take(1).ToList() }, default);
        Assert.Equal(["acme", "other"], await contacts.MayBelongTo("+8613800000000", default));
        Assert.Equal(["acme"], await contacts.MayBelongTo("+8613800000001", default));
        Assert.Empty(await contacts.MayBelongTo("+8613800000002", default));
        await foreach (var row in table.QueryAsync<TableEntity>())
            Assert.DoesNotContain("138000", row.PartitionKey + row.RowKey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Employers_that_await_approval_are_listed_until_it_is_decided_and_found_by_their_credit_code()
    {
        var employers = new EmployerTable(table, new ContactRows(new PhoneHash(keys), table), keys);
        var acme = new Employer { Id = "acme", Name = "Acme", CreditCode = "91350100M000100Y43", Registration = new(At), Version = 1 };
        var etag = await employers.Save(acme, null, default);
        await employers.Save(acme with { Id = "entered", Registration = null }, null, default);
        Assert.Equal(["acme"], await employers.MayAwait(default));
        Assert.Equal(["acme", "entered"], await employers.MayHaveCode("91350100M000100Y43", default));
        Assert.Equal(acme.Registration, (await employers.Find("acme", default))!.Value.Value.Registration);
        var refused = acme with { Registration = new(At, new(false, "staff-1", At, "why")) };
        etag = await employers.Save(refused, etag, default);
        Assert.Empty(await employers.MayAwait(default));
        // Sent in again; that the earlier one is taken off the list a second time changes nothing.
        await employers.Save(acme with { Registration = new(At.AddDays(1)) }, etag, default);
        await Assert.ThrowsAsync<ConflictException>(() => employers.Save(refused, etag, default));
        Assert.Equal(["acme"], await employers.MayAwait(default));
    }

    private static SignInCode Code() => new()
    {
        Request = System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        Phone = "+8613800000000",
        Code = "123456",
        CodeHash = "code hash",
        AskedAt = At,
        EvenIfUnknown = true,
        Language = Language.English,
    };
}
