namespace JobMatch.Load;

/// <summary>Asks for sign-in codes while an announcement is going out, and measures from the question to the gateway's taking the text.</summary>
public static class CodesDriver
{
    // More from one address would be refused, as it should.
    private const int Most = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <param name="timed">False where others use the machine too: then only the order counts.</param>
    /// <param name="sandbox">Settings of the sandbox: a slow one makes few people last for long.</param>
    /// <returns>What did not hold; empty = all did.</returns>
    public static async Task<IReadOnlyList<string>> Run(int people, TimeSpan atMost, Action<string> say, int codes = Most, bool timed = true, params (string Name, string Value)[] sandbox)
    {
        await using var stage = await Stage.Start(new() { People = people, Sandbox = sandbox });
        await stage.Furnish();
        await stage.Announce();
        await Stage.Until(() => Task.FromResult(stage.Lines().Any(line => line.What == "took")), atMost);
        var asked = new List<(string Phone, DateTimeOffset At, int Before)>();
        for (var n = 0; n < codes; n++)
        {
            var phone = Stage.Phone(n * people / codes);
            asked.Add((phone, TimeProvider.System.GetUtcNow(), stage.Lines().Count(line => line.What == "took")));
            await Ask(stage.Address, phone);
            await Task.Delay(200);
        }
        bool IsCode(string text) => text.Contains("验证码", StringComparison.Ordinal);
        await Stage.Until(() => Task.FromResult(stage.Lines().Count(line => line.What == "took" && IsCode(line.Text)) >= codes), TimeSpan.FromMinutes(1));
        var all = stage.Lines().Where(line => line.What == "took").ToList();
        List<double> waits = [.. asked.Select(one => all.FirstOrDefault(line => line.Phone == one.Phone && IsCode(line.Text)) is { } code ? (code.At - one.At).TotalSeconds : double.PositiveInfinity).Order()];
        say($"{codes} codes while {asked[0].Before} to {asked[^1].Before} of {people} invitations had gone out: median {waits[codes / 2]:0.00} s, longest {waits[^1]:0.00} s");
        List<string> faults = [];
        if (all.Take(all.FindLastIndex(line => IsCode(line.Text))).Count(line => !IsCode(line.Text)) >= people)
            faults.Add("A code stood behind all invitations.");
        if (timed && waits[^1] > Limit.TotalSeconds)
            faults.Add($"A code was taken only after {waits[^1]:0.0} s.");
        if (asked[^1].Before >= people)
            faults.Add("The invitations had all gone out before the last code was asked for: too few people for this machine.");
        return faults;
    }

    private static async Task Ask(Uri address, string phone)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["phone"] = phone });
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        if ((int)answer.StatusCode != 303)
            throw new InvalidOperationException($"Asking for a code was answered with {(int)answer.StatusCode}.");
    }
}
