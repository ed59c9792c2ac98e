using JobMatch.Adapters.Secrets;

namespace JobMatch.Adapters.Tests.Secrets;

public sealed class CallbackTokensTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("jobmatch-tokens-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Two_tokens_of_a_gateway_are_valid_at_once_and_no_other()
    {
        var (old, fresh, foreign) = (CallbackTokens.New(), CallbackTokens.New(), CallbackTokens.New());
        var tokens = new CallbackTokens(new Dictionary<string, IReadOnlyList<string>> { ["aliyun"] = [fresh, old], ["tencent"] = [foreign] });
        Assert.True(tokens.Accepts("aliyun", old));
        Assert.True(tokens.Accepts("aliyun", fresh));
        Assert.False(tokens.Accepts("aliyun", foreign));
        Assert.False(tokens.Accepts("aliyun", ""));
        Assert.False(tokens.Accepts("nobody", old));
        Assert.Equal(fresh, tokens.Current("aliyun"));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("with/slash/and+plus/0123456789")]
    public void A_token_that_is_weak_or_does_not_survive_a_path_stops_the_start(string token) =>
        Assert.Throws<InvalidOperationException>(() => new CallbackTokens(new Dictionary<string, IReadOnlyList<string>> { ["aliyun"] = [token] }));

    [Fact]
    public void Three_tokens_stop_the_start() =>
        Assert.Throws<InvalidOperationException>(() => new CallbackTokens(new Dictionary<string, IReadOnlyList<string>>
        {
            ["aliyun"] = [CallbackTokens.New(), CallbackTokens.New(), CallbackTokens.New()],
        }));

    [Fact]
    public void In_development_tokens_are_made_once_and_kept()
    {
        var path = Path.Combine(folder, "callback-tokens.json");
        var first = CallbackTokens.Kept(path, "sandbox");
        var second = CallbackTokens.Kept(path, "sandbox", "aliyun");
        Assert.Equal(first["sandbox"], second["sandbox"]);
        Assert.Equal(second["aliyun"], CallbackTokens.Kept(path)["aliyun"]);
        Assert.True(new CallbackTokens(second).Accepts("sandbox", first["sandbox"][0]));
    }
}
