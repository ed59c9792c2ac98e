using JobMatch.Flows.Shapes;

namespace JobMatch.Flows.Tests.Shapes;

public class SmallTypesTests
{
    [Theory]
    [InlineData("13800000000", "+8613800000000")]
    [InlineData("138 0000 0000", "+8613800000000")]
    [InlineData("138-0000-0000", "+8613800000000")]
    [InlineData("１３８００００００００", "+8613800000000")]
    [InlineData("8613800000000", "+8613800000000")]
    [InlineData("008613800000000", "+8613800000000")]
    [InlineData("+86 138 0000 0000", "+8613800000000")]
    [InlineData("＋86 19900000000", "+8619900000000")]
    [InlineData("+852 9123 4567", "+85291234567")]
    [InlineData("+44 (20) 7946-0000", "+442079460000")]
    [InlineData("+123456789012345", "+123456789012345")]
    [InlineData("+1234567890123456", null)]
    [InlineData("+1234567", null)]
    [InlineData("+0123456789", null)]
    [InlineData("12800000000", null)]
    [InlineData("1380000000", null)]
    [InlineData("138000000000", null)]
    [InlineData("+8612800000000", null)]
    [InlineData("+862368000000", null)]
    [InlineData("023-68000000", null)]
    [InlineData("1.38E+10", null)]
    [InlineData("phone", null)]
    [InlineData("", null)]
    [InlineData("13800000000\n", "+8613800000000")]
    [InlineData("१३८००००००००", null)]
    public void A_phone_becomes_E164_or_nothing(string text, string? phone) => Assert.Equal(phone, PhoneNumber.Parse(text));

    [Theory]
    [InlineData("91350100M000100Y43", true)] // the example of GB 32100-2015
    [InlineData("91350100m000100y43", true)]
    [InlineData("９１３５０１００M000100Y43", true)]
    [InlineData("91350100M000100Y44", false)]
    [InlineData("91350100M000100Y4", false)]
    [InlineData("91350100M000100Y433", false)]
    [InlineData("9135O100M000100Y43", false)]
    [InlineData("9.15E+17", false)]
    public void A_credit_code_is_good_only_with_its_check(string text, bool good) => Assert.Equal(good ? "91350100M000100Y43" : null, CreditCode.Parse(text));

    [Fact]
    public void A_slip_in_any_one_character_of_a_credit_code_is_found()
    {
        const string code = "91350100M000100Y43";
        for (var i = 0; i < code.Length; i++)
            foreach (var other in "0123456789ABCDEFGHJKLMNPQRTUWXY".Where(x => x != code[i]))
                Assert.Null(CreditCode.Parse(code[..i] + other + code[(i + 1)..]));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("A1._-")]
    [InlineData("JOB-2026-001")]
    [InlineData("20261122")]
    [InlineData("1138000000001")]
    [InlineData("e-1-2026-12-31")]
    [InlineData("12800000000")]
    [InlineData("91350100M000100Y43")]
    public void Ordinary_ids_pass(string id) => Assert.Null(CallerId.Check(id));

    [Fact]
    public void A_credit_code_of_digits_alone_passes_where_its_check_holds()
    {
        var code = Enumerable.Range(0, 100).Select(i => $"911101080000000{i:00}").First(x => char.IsDigit(CreditCode.CheckOf(x + "?")));
        var (right, wrong) = (code + CreditCode.CheckOf(code + "?"), code + (char)('0' + (CreditCode.CheckOf(code + "?") - '0' + 1) % 10));
        Assert.Null(CallerId.Check(right));
        Assert.NotNull(CallerId.Check(wrong));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("-a")]
    [InlineData(".a")]
    [InlineData("a b")]
    [InlineData("编号")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    [InlineData("13800000000")]
    [InlineData("8613800000000")]
    [InlineData("008613800000000")]
    [InlineData("138-0000-0000")]
    [InlineData("1.3.8.0.0.0.0.0.0.0.0")]
    [InlineData("seeker-13800000000")]
    [InlineData("e1_13800000000.x")]
    [InlineData("99010119900101123X")]
    [InlineData("990101199001011234")]
    [InlineData("990101-19900101-123x")]
    [InlineData("s-990101199001011234")]
    [InlineData("123456789012345679")]
    [InlineData("99010119900101123X34")]
    [InlineData("99010119900101123X34B1")]
    public void Ids_out_of_form_or_like_a_phone_or_an_identity_number_are_refused(string? id) => Assert.Equal("badId", CallerId.Check(id)?.Code);

    [Fact]
    public void An_id_has_at_most_63_characters()
    {
        Assert.Null(CallerId.Check(new string('a', 63)));
        Assert.NotNull(CallerId.Check(new string('a', 64)));
    }

    [Theory]
    [InlineData("残疾人专场招聘会")]
    [InlineData("残 疾 人招聘")]
    [InlineData("区残联招聘")]
    [InlineData("听障人士直播带货")]
    [InlineData("聋人就业")]
    [InlineData("盲人按摩师招聘")]
    [InlineData("精神障碍者就业")]
    [InlineData("心智障碍青年")]
    [InlineData("轮椅可进")]
    [InlineData("手语专场")]
    [InlineData("Job fair for disabled people")]
    [InlineData("DISABILITY job fair")]
    [InlineData("Deaf talent day")]
    [InlineData("Ｄｅａｆ talent day")]
    [InlineData("Work for people with hearing loss")]
    [InlineData("For visually impaired people")]
    public void Texts_that_out_are_known(string text) => Assert.True(Outs.Names(text));

    [Theory]
    [InlineData("春季招聘会")]
    [InlineData("残次品检验员")]
    [InlineData("盲盒销售员专场")]
    [InlineData("振聋发聩演讲会")]
    [InlineData("Spring fair")]
    [InlineData("Window blinds factory")]
    [InlineData("Blind box sales")]
    [InlineData("Deafening success")]
    [InlineData("")]
    [InlineData(null)]
    public void Innocent_texts_pass(string? text) => Assert.False(Outs.Names(text));
}
