using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;
using Microsoft.Extensions.Configuration;

namespace JobMatch.Functions.Tests.Deploy;

/// <summary>What infra/ sets, what local.settings.sample.json says, and what the program reads are the same names.</summary>
public sealed partial class SettingsTests
{
    private static readonly string Root = FindRoot();
    private static readonly string Bicep = File.ReadAllText(Path.Combine(Root, "infra", "main.bicep"));
    private static readonly JsonObject Sample = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "local.settings.sample.json")))!.AsObject();

    [Fact]
    public void Every_app_setting_in_infra_is_explained_in_the_sample()
    {
        var set = AppSetting().Matches(Bicep).Select(match => match.Groups[1].Value).ToList();
        Assert.Contains("JobMatch__MasterKey__KeyUri", set);
        Assert.Empty(set.Except(Explained));
    }

    [Fact]
    public void Every_value_in_the_sample_is_explained_in_it() =>
        Assert.Empty(Sample["Values"]!.AsObject().Select(value => value.Key).Except(Explained));

    [Fact]
    public void The_program_starts_with_the_samples_own_settings()
    {
        var values = Sample["Values"]!.AsObject().ToDictionary(value => value.Key.Replace("__", ":", StringComparison.Ordinal), value => (string?)value.Value);
        var settings = HostSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        Assert.Equal(new HostSettings().HandlerDeadline, settings.HandlerDeadline);
        Assert.Equal(new HostSettings().StopGrace, settings.StopGrace);
        Assert.Equal(new HostSettings().Lease, settings.Lease);
    }

    [Theory]
    [InlineData("残疾人就业", true)]
    [InlineData("山城就业", false)]
    public void A_signature_that_tells_of_its_reader_ends_the_start(string name, bool tells)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["JobMatch:Gateways:aliyun:AccessKeyId"] = "id",
            ["JobMatch:Gateways:aliyun:AccessKeySecret"] = "secret",
            ["JobMatch:Gateways:aliyun:SignName"] = name,
            ["JobMatch:Gateways:aliyun:Templates:SMS_1"] = "您的验证码是 ${code}",
        }).Build();
        if (tells)
            Assert.Contains("SignName", Assert.Throws<UnusableSettingException>(() => Vendors.Named(configuration)).Message, StringComparison.Ordinal);
        else
            Assert.Single(Vendors.Named(configuration));
    }

    [Fact]
    public void Travel_times_from_a_file_decide_reach_and_a_fault_in_it_ends_the_start()
    {
        var (seeker, position, day) = (new Seeker { Id = "s", District = "500103" }, new Position { Id = "p", Title = "包装工", District = "500243", ClosesOn = new(2027, 1, 1), FirstPut = new(2026, 11, 1) }, new DateOnly(2026, 11, 1));
        Assert.Equal(Verdict.DoesNotSuit, Policy.Judge(seeker, position, day, Service.CodeListsOf(Named(""))).Verdict);
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "home,work,minutes\n500103,500243,45\n");
        Assert.Contains(Policy.Judge(seeker, position, day, Service.CodeListsOf(Named(file))).Rules, row => row is { Rule: "M2", Result: Result.Met });
        File.WriteAllText(file, "home,work,minutes\n500103,500243,soon\n");
        var faulty = Assert.Throws<UnusableSettingException>(() => Service.CodeListsOf(Named(file))).Message;
        Assert.True(faulty.Contains("JobMatch:TravelTimes", StringComparison.Ordinal) && faulty.Contains(file, StringComparison.Ordinal) && faulty.Contains("Row 2, minutes", StringComparison.Ordinal), faulty);
        File.Delete(file);
        Assert.Contains("cannot be read", Assert.Throws<UnusableSettingException>(() => Service.CodeListsOf(Named(file))).Message, StringComparison.Ordinal);

        static IConfiguration Named(string path) => new ConfigurationBuilder().AddInMemoryCollection([new("JobMatch:TravelTimes", path)]).Build();
    }

    [Fact]
    public void Infra_opens_storage_by_identity_and_holds_no_secret()
    {
        Assert.Contains("allowSharedKeyAccess: false", Bicep, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "infra")))
            Assert.DoesNotMatch("(?i)listkeys|accountkey=|sharedaccesssignature|[?&]sig=|password *[:=]", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("accountName", "jobmatch", null, null, "https://jobmatch.table.core.windows.net/", "https://jobmatch.queue.core.windows.net/")]
    [InlineData("tableServiceUri", "https://a.table.core.chinacloudapi.cn/", "queueServiceUri", "https://a.queue.core.chinacloudapi.cn/",
        "https://a.table.core.chinacloudapi.cn/", "https://a.queue.core.chinacloudapi.cn/")]
    public void An_account_without_a_key_is_named_as_the_Functions_host_names_it(string name, string value, string? other, string? otherValue, string tables, string queues)
    {
        var storage = StorageIdentity.Read(Settings((name, value), (other, otherValue)));
        Assert.Equal((tables, queues), (storage.Tables.AbsoluteUri, storage.Queues.AbsoluteUri));
    }

    [Theory]
    [InlineData("clientId", "5f0a1c1e-7d0b-4c52-9b1e-2f6f1d0c7a11", "tableServiceUri")]
    [InlineData("tableServiceUri", "https://a.table.core.windows.net/", "queueServiceUri")]
    [InlineData("tableServiceUri", "http://a.table.core.windows.net/", "tableServiceUri")]
    public void An_account_that_is_half_named_is_refused_with_the_settings_name(string name, string value, string missing) =>
        Assert.Contains(missing, Assert.Throws<UnusableSettingException>(() => StorageIdentity.Read(Settings((name, value)))).Message, StringComparison.Ordinal);

    private static HashSet<string> Explained => [.. Sample["//"]!.AsObject().Where(line => ((string?)line.Value)?.Length > 0).Select(line => line.Key)];

    private static IConfiguration Settings(params (string? Name, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Where(x => x.Name is not null).ToDictionary(x => "AzureWebJobsStorage:" + x.Name, x => x.Value)).Build();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "JobMatch.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    // Names that are put together from a gateway's and a number hold a $ and are left out.
    [GeneratedRegex(@"\{ name: '([A-Za-z_]+)', value:")]
    private static partial Regex AppSetting();
}
