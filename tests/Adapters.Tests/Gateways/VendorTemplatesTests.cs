using System.Text.RegularExpressions;
using JobMatch.Adapters.Gateways;

namespace JobMatch.Adapters.Tests.Gateways;

public sealed class VendorTemplatesTests
{
    private static readonly VendorTemplates Templates = new()
    {
        ["little"] = "${text}",
        ["plain"] = "已恢复给您发短信。退订回复T。",
        ["invitation"] = "${what}：${when}，${where}。${jobs}回复1来，2不来，3联系我，4更多，T退订。",
        ["more"] = "{1}（{2}）适合您的岗位：{3}。回复1来，2不来，3联系我，4再看，T退订。",
    };

    [Theory]
    [InlineData("已恢复给您发短信。退订回复T。", "plain")]
    [InlineData("春季招聘会：3月1日周一09:00，渝中区。适合您的岗位：检验员。回复1来，2不来，3联系我，4更多，T退订。", "invitation", "春季招聘会", "3月1日周一09:00", "渝中区", "适合您的岗位：检验员。")]
    [InlineData("会：a，b：c，d。e，f：g，h。有适合您的岗位。回复1来，2不来，3联系我，4更多，T退订。", "invitation", "会", "a", "b：c，d", "e，f：g，h。有适合您的岗位。")]
    [InlineData("会（3月1日）适合您的岗位：检验员，渝中区，3500元/月。回复1来，2不来，3联系我，4再看，T退订。", "more", "会", "3月1日", "检验员，渝中区，3500元/月")]
    [InlineData("谢谢", "little", "谢谢")]
    public void A_text_is_sent_by_the_template_that_has_most_of_its_words_and_reads_the_same(string text, string code, params string[] values)
    {
        var found = Templates.Find(text)!.Value;

        Assert.Equal(code, found.Code);
        Assert.Equal(values, found.Values.Select(one => one.Value));
        var index = 0;
        Assert.Equal(text, Regex.Replace(Templates[code], @"\$?\{\w+\}", _ => values[index++]));
    }

    [Fact]
    public void Without_its_words_no_template_fits()
    {
        var strict = new VendorTemplates { ["a"] = "您的验证码是 ${code}，10 分钟内有效，请勿告诉他人。" };

        Assert.Null(strict.Find("您的验证码是 ，10 分钟内有效，请勿告诉他人。"));
        Assert.Null(strict.Find("您的验证码是 123456，5 分钟内有效，请勿告诉他人。"));
        Assert.Equal("123456", strict.Find("您的验证码是 123456，10 分钟内有效，请勿告诉他人。")!.Value.Values.Single().Value);
    }
}
