using JobMatch.Adapters.Secrets;
using JobMatch.Fixtures;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using Microsoft.Extensions.Configuration;

namespace JobMatch.Functions.Tests.Deploy;

/// <summary>Keys that an operator gives out and ends in a terminal.</summary>
public sealed class KeyCommandsTests(AzuriteFixture storage) : IClassFixture<AzuriteFixture>
{
    private readonly string owner = AzuriteFixture.NewName();

    [Fact]
    public async Task A_key_that_was_given_out_lets_its_owner_in_until_it_is_ended()
    {
        var key = await Say("issue-key", "--role", "staff", "--owner", owner, "--scopes", "events.*", "seekers.read");
        var caller = await Caller(key);
        Assert.Equal((Role.Staff, owner), (caller!.Role, caller.StaffId));
        Assert.True(caller.HasScope("events.announce"));
        Assert.False(caller.HasScope("seekers.write"));

        Assert.Equal("Ended.", await Say("revoke-key", key[..key.LastIndexOf('.')]));
        Assert.Null(await Caller(key));
    }

    [Theory]
    [InlineData("no action", "issue-key", "--role", "staff", "--owner", "a", "--scopes", "seekers.fly")]
    [InlineData("no id", "issue-key", "--role", "employer", "--owner", "a b")]
    [InlineData("no keys", "issue-key", "--role", "gateway", "--owner", "a")]
    [InlineData("no such key", "revoke-key", "staff~nobody~1aaaaaa")]
    public async Task What_cannot_be_done_is_said(string why, params string[] args) =>
        Assert.Contains(why, (await Assert.ThrowsAsync<UnusableSettingException>(() => Say(args))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_third_key_waits_until_one_of_two_is_ended()
    {
        await Say("issue-key", "--role", "import", "--owner", owner);
        await Say("issue-key", "--role", "import", "--owner", owner);
        await Assert.ThrowsAsync<UnusableSettingException>(() => Say("issue-key", "--role", "import", "--owner", owner));
    }

    private async Task<string> Say(params string[] args)
    {
        await using var said = new StringWriter();
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", storage.ConnectionString)]).Build();
        Assert.True(KeyCommands.AskedFor(args));
        Assert.Equal(0, await KeyCommands.Run(args, settings, said));
        return said.ToString().Trim();
    }

    // Another process than the one that wrote, so nothing is remembered.
    private ValueTask<Caller?> Caller(string key) =>
        new Authenticate(new ApiKeyRows(storage.Tables.GetTableClient(ServiceKeys.Table), TimeProvider.System), TimeProvider.System).Run(key, CancellationToken.None);
}
