using JobMatch.Adapters.Gateways;
using JobMatch.Flows;

namespace JobMatch.Adapters.Tests.Gateways;

/// <summary>Vendors' own samples of callbacks, as files: what each holds stands beside it.</summary>
public sealed class SampleTests
{
    private static readonly string Folder = FindFolder();

    private static readonly Dictionary<string, ISmsGateway> Readers = new()
    {
        ["aliyun"] = AliyunGateway.At(new(), TimeProvider.System),
        ["mas"] = MasGateway.At(new(), TimeProvider.System),
        ["tencent"] = TencentGateway.At(new(), TimeProvider.System),
        ["azure"] = AzureGateway.At(new(), TimeProvider.System),
        ["twilio"] = TwilioGateway.At(new(), TimeProvider.System),
    };

    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(Folder, "*.*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".json" or ".form").Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_holds_what_stands_beside_it(string file)
    {
        var path = Path.Combine(Folder, file);
        var (reader, body) = (Readers[file.Split('/', '\\')[0]], File.ReadAllBytes(path));
        IEnumerable<string> read = Path.GetFileName(file).StartsWith("report", StringComparison.Ordinal)
            ? reader.ReadReports(body).Items.Select(one => $"{one.Phone} {(one.Delivered ? "delivered" : "failed")} {one.Code} {one.VendorId} {one.OutId ?? "-"} {At(one.At)}")
            : reader.ReadReplies(body).Items.Select(one => $"{one.Phone} {one.Text} {one.SequenceId ?? "-"} {one.Extension} {At(one.At)}");

        Assert.Equal(File.ReadAllLines(Path.ChangeExtension(path, ".expected.txt")), read);
    }

    [Fact]
    public void Every_vendor_has_samples_of_both_kinds() =>
        Assert.All(Readers.Keys, vendor => Assert.Equal(["reply", "report"], Directory.EnumerateFiles(Path.Combine(Folder, vendor)).Select(file => Path.GetFileName(file).Split('.', '-')[0]).Distinct().Order()));

    [Theory]
    [InlineData("aliyun", """{"phone_number":"138{0:D8}","success":false,"err_code":"UNDELIV"}""")]
    [InlineData("mas", """{"mobile":"138{0:D8}","reportStatus":"UNDELIV","msgGroup":"a"}""")]
    [InlineData("tencent", """{"nationcode":"86","mobile":"138{0:D8}","report_status":"FAIL","sid":"a"}""")]
    [InlineData("azure", """{"data":{"to":"+86138{0:D8}","deliveryStatus":"Failed","messageId":"a"}}""")]
    public void A_batch_of_a_thousand_is_a_thousand(string vendor, string one)
    {
        var body = System.Text.Encoding.UTF8.GetBytes($"[{string.Join(",", Enumerable.Range(0, 1000).Select(n => one.Replace("{0:D8}", n.ToString("D8", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)))}]");
        var read = Readers[vendor].ReadReports(body);

        Assert.Equal((1000, 0), (read.Items.Select(report => report.Phone).Distinct().Count(), read.Unreadable));
    }

    [Theory]
    [InlineData("aliyun", """{"code":0,"msg":"接收成功"}""")]
    [InlineData("tencent", """{"result":0,"errmsg":"OK"}""")]
    [InlineData("azure", "{}")]
    [InlineData("twilio", """<?xml version="1.0" encoding="UTF-8"?><Response></Response>""")]
    public void The_vendor_is_answered_byte_for_byte(string vendor, string answer) =>
        Assert.Equal(answer, System.Text.Encoding.UTF8.GetString(Readers[vendor].CallbackAnswer.Body.Span));

    private static string At(DateTimeOffset? at) => at?.ToOffset(People.Offset).ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture) ?? "-";

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "JobMatch.sln")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "tests", "Adapters.Tests", "Gateways", "samples");
    }
}
