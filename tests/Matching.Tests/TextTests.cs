using static JobMatch.Matching.Tests.Pairs;

namespace JobMatch.Matching.Tests;

public class TextTests
{
    [Theory]
    [InlineData("质检", "质检员", 0.67)] // 2·1 ÷ (1 + 2)
    [InlineData("包装工", "包装员", 0.5)] // 包装 of 包装 装工, 包装 装员
    [InlineData("产品检验员", "产品检验员", 1)]
    [InlineData("检验员", "产品检验", 0.4)] // 检验 of 检验 验员, 产品 品检 检验
    [InlineData("保安", "钢琴师", 0)]
    [InlineData("ＱＣ质检", "qc 质检", 1)]
    [InlineData("Quality  Inspector", "quality-inspector", 1)]
    [InlineData("packer", "packing", 0.46)] // 3 of 6 and 7: " pa" "pac" "ack"; 6/13
    [InlineData("", "质检", 0)]
    [InlineData("", "", 0)]
    [InlineData("，。", "、", 0)]
    public void Closeness_counts_shared_pieces(string a, string b, double expected)
    {
        Assert.Equal(expected, TextCloseness.Between(a, b));
        Assert.Equal(expected, TextCloseness.Between(b, a));
    }

    [Theory]
    [InlineData("ＡＢＣ　１２３", "abc 123")]
    [InlineData("  手语，翻译！ ", "手语 翻译")]
    [InlineData("C++/C#", "c++ c#")]
    [InlineData("第②组", "第2组")]
    [InlineData("Ⅱ级", "ii级")]
    [InlineData("ÉCOLE", "école")]
    [InlineData("𠮷野家", "𠮷野家")]
    public void Folding_spells_what_reads_the_same_alike(string text, string folded) => Assert.Equal(folded, TextCloseness.Fold(text));

    [Fact]
    public void A_wish_in_the_seekers_own_words_still_finds_the_occupation()
    {
        var match = Judge(Anna with { Occupations = ["质检"] }, Inspector with { Title = "招工", Occupation = "PRODUCT_INSPECTOR" });
        Assert.True(match.Plus("P2").Tenths > 0);
    }

    [Theory]
    [InlineData("质检", "PRODUCT_INSPECTOR")]
    [InlineData("客服", "PHONE_SERVICE")] // 客服专员 begins with it, 电商客服 only holds it
    [InlineData("电商客", "CHAT_SERVICE")]
    [InlineData("quality", "PRODUCT_INSPECTOR")]
    [InlineData("PACKER", "PACKER")]
    [InlineData("packer", "PACKER")]
    [InlineData("主播", "LIVE_HOST_SALES")]
    [InlineData("livestraem host", "LIVE_HOST_SALES")] // a slip of the pen
    [InlineData("盲人按摩", "WELLNESS_MASSAGE")]
    [InlineData("ｂａｒｉｓｔａ", "BARISTA")]
    public void Occupations_are_found_while_typing(string query, string first) =>
        Assert.Equal(first, CodeSearch.Occupations(Codes, query, Language.Chinese, 10)[0].Code);

    [Theory]
    [InlineData("手语", "SIGN_LANGUAGE")]
    [InlineData("excel", "SPREADSHEET")]
    [InlineData("驾照", "DRIVING_LICENCE_C")]
    [InlineData("打字", "TYPING")]
    public void Skills_are_found_while_typing(string query, string first) =>
        Assert.Equal(first, CodeSearch.Skills(Codes, query, Language.Chinese, 10)[0].Code);

    [Fact]
    public void A_search_gives_no_more_than_asked_for_and_nothing_for_nonsense()
    {
        Assert.Equal(3, CodeSearch.Occupations(Codes, "员", Language.Chinese, 3).Count);
        Assert.Equal(Codes.Occupations.Take(5), CodeSearch.Occupations(Codes, "  ", Language.English, 5));
        Assert.Empty(CodeSearch.Occupations(Codes, "zzqqxx", Language.English, 5));
    }

    [Fact]
    public void Every_label_and_synonym_finds_its_own_entry_first()
    {
        foreach (var x in Codes.Occupations)
            foreach (var word in x.SynonymsEn.Concat(x.SynonymsZh).Append(x.Label.En).Append(x.Label.Zh))
                Assert.Equal((word, x.Code), (word, CodeSearch.Occupations(Codes, word, Language.Chinese, 1)[0].Code));
    }
}
