using JobMatch.Load;
using Xunit.Abstractions;

namespace JobMatch.Functions.Tests.Faults;

/// <summary>What tests/Load does with 10,000 people, in a size that fits every run.</summary>
public sealed class AnnouncementTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Five_hundred_people_are_texted_once_through_a_sandbox_that_loses_and_shuffles_and_ten_kills() =>
        Assert.Empty(await KillDriver.Run(new() { People = 500, Kills = 10, Lease = TimeSpan.FromSeconds(5), AtMost = TimeSpan.FromMinutes(10) }, output.WriteLine));

    // Every call takes its time, so that the texts last for several half-lives on any machine.
    [Fact]
    public async Task Of_two_gateways_the_one_that_takes_and_drops_loses_its_share_and_wins_it_back() =>
        Assert.Empty(await TwoGatewaysDriver.Run(800, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(4), output.WriteLine, "slow=1", "0.5"));

    // Likewise: the invitations outlast the codes.
    [Fact]
    public async Task Sign_in_codes_do_not_stand_behind_invitations() =>
        Assert.Empty(await CodesDriver.Run(300, TimeSpan.FromMinutes(4), output.WriteLine, codes: 5, timed: false, ("weather", "slow=1"), ("slow", "1")));

    [Fact]
    public async Task Storage_that_fails_and_drops_answers_loses_nothing_and_sends_nothing_twice() =>
        Assert.Empty(await KillDriver.Run(
            new() { People = 60, Kills = 2, Lease = TimeSpan.FromSeconds(5), StorageFails = true, Outage = TimeSpan.FromSeconds(8), AtMost = TimeSpan.FromMinutes(10) }, output.WriteLine));
}
