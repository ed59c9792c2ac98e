using static JobMatch.Matching.Tests.Pairs;

namespace JobMatch.Matching.Tests;

public class TextTests
{
    // Weighed by no text at all, every term counts by its kind alone: a character, a pair or a three 1, a Chinese group 3, a word 8.
    [Theory]
    [InlineData("质检", "质检员", 91)] // 质 检 =检验, and 员: 5 ÷ √(5 · 6)
    [InlineData("质检", "检验员", 73)] // 检 =检验 of 质 检 =检验 and 检 验 员 =检验: 4 ÷ √(5 · 6)
    [InlineData("包装工", "包装员", 83)] // 包 装 =包装 of six each: 5 ÷ 6
    [InlineData("钢琴调律", "调律", 65)] // 调 律 调律 of 4 + 3 and 2 + 1: 3 ÷ √(7 · 3)
    [InlineData("歌手", "歌唱", 26)] // 歌 of 歌 手 =歌手 and 歌 唱 歌唱: 1 ÷ √(5 · 3), noise in a match
    [InlineData("产品检验员", "产品检验员", 100)]
    [InlineData("保安", "钢琴师", 0)]
    [InlineData("ＱＣ质检", "qc 质检", 100)]
    [InlineData("Quality  Inspector", "quality-inspector", 100)]
    [InlineData("inspector of quality", "Quality Inspectors", 100)] // in any order, one or many
    [InlineData("lawyer", "attorney", 53)] // the word of 8 + 6 and 8 + 8: 8 ÷ √(14 · 16)
    [InlineData("packer", "picker", 21)] // "cke" "ker" "er " of 8 + 6 and 8 + 6: 3 ÷ 14, noise too
    [InlineData("cooks, except fast food", "cook", 100)]
    [InlineData("急聘电话客服（双休）", "电话客服", 100)]
    [InlineData("双休", "双休", 100)] // nothing else is in it
    [InlineData("the", "the", 100)]
    [InlineData("", "质检", 0)]
    [InlineData("", "", 0)]
    [InlineData("，。", "、", 0)]
    public void Closeness_counts_shared_terms(string a, string b, int hundredths)
    {
        var weights = new TermWeights([]);
        Assert.Equal(hundredths, Hundredths(weights.Of(a), weights.Of(b)));
        Assert.Equal(hundredths, Hundredths(weights.Of(b), weights.Of(a)));
    }

    [Fact]
    public void A_term_counts_the_more_the_fewer_texts_hold_it()
    {
        // 员 in 3 of 3 texts: (1 + ln(4/4))^1.5 · 16 = 16; 甲 in one: (1 + ln(4/2))^1.5 · 16 = 35.25; 丙 in none: (1 + ln 4)^1.5 · 16 = 58.98.
        var weights = new TermWeights(["甲员", "乙员", "员"]);
        Assert.Equal([16, 35, 35], weights.Of("甲员").Weights.ToArray().Order());
        Assert.Equal([59], weights.Of("丙").Weights.ToArray());
    }

    private static int Hundredths(Terms a, Terms b) => (int)(100 * a.CosineTo(b) + 0.5);

    [Fact]
    public void Equal_texts_are_one_and_every_closeness_is_the_same_both_ways()
    {
        string[] words = [.. Codes.Occupations.SelectMany(x => x.SynonymsZh.Concat(x.SynonymsEn).Append(x.Label.Zh).Append(x.Label.En))];
        var texts = words.Select(Codes.Lexicon.Written).ToArray();
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(100, texts[i].HundredthsTo(Codes.Lexicon.Written($" {words[i].ToUpperInvariant()}！")));
            for (var j = 0; j < i; j++)
            {
                Assert.Equal(texts[i].HundredthsTo(texts[j]), texts[j].HundredthsTo(texts[i]));
                Assert.InRange(texts[i].HundredthsTo(texts[j]), 0, 100);
            }
        }
    }

    [Fact]
    public void Every_group_word_is_as_it_is_looked_up()
    {
        Assert.All(JobWords.English.Keys, x => Assert.Equal(x, TextCloseness.Fold(x)));
        Assert.All(JobWords.English.Keys, x => Assert.InRange(x.Split(' ').Length, 1, 3));
        Assert.All(JobWords.Chinese.Keys, x => Assert.True(x.Length > 1 && x.All(TextCloseness.IsHan), x));
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
        Assert.Equal(192, match.Plus("P2").Tenths); // 质检员 is 0.96
    }

    [Theory]
    [InlineData("质检", "PRODUCT_INSPECTOR")]
    [InlineData("客服", "PHONE_SERVICE")] // 客服专员 begins with it, 电商客服 only holds it
    [InlineData("电商客", "CHAT_SERVICE")]
    [InlineData("quality", "PRODUCT_INSPECTOR")]
    [InlineData("PACKER", "PACKER")]
    [InlineData("packer", "PACKER")]
    [InlineData("主播", "LIVE_HOST_SALES")]
    [InlineData("inspec", "PRODUCT_INSPECTOR")] // begins a word
    [InlineData("inspector qual", "PRODUCT_INSPECTOR")] // in any order
    [InlineData("insepctor", "PRODUCT_INSPECTOR")] // a slip of the pen
    [InlineData("insepc", "PRODUCT_INSPECTOR")] // while still typing
    [InlineData("livestraem host", "LIVE_HOST_SALES")]
    [InlineData("校队员", "PROOFREADER")]
    [InlineData("手机修理", "PHONE_REPAIRER")] // other words for 手机维修
    [InlineData("programer", "SOFTWARE_DEVELOPER")]
    [InlineData("盲人按摩", "WELLNESS_MASSAGE")]
    [InlineData("ｂａｒｉｓｔａ", "BARISTA")]
    public void Occupations_are_found_while_typing(string query, string first) =>
        Assert.Equal(first, CodeSearch.Occupations(Codes, query, Language.Chinese, 10)[0].Code);

    [Theory]
    [InlineData("手语", "SIGN_LANGUAGE")]
    [InlineData("excel", "SPREADSHEET")]
    [InlineData("ｅｘｃｅｌ", "SPREADSHEET")]
    [InlineData("spreadshet", "SPREADSHEET")]
    [InlineData("pyhton", "PYTHON")]
    [InlineData("修手机", "PHONE_REPAIR")]
    [InlineData("驾照", "DRIVING_LICENCE_C")]
    [InlineData("打字", "TYPING")]
    public void Skills_are_found_while_typing(string query, string first) =>
        Assert.Equal(first, CodeSearch.Skills(Codes, query, Language.Chinese, 10)[0].Code);

    [Fact]
    public void A_search_gives_no_more_than_asked_for_and_nothing_for_nonsense()
    {
        Assert.Equal(3, CodeSearch.Occupations(Codes, "员", Language.Chinese, 3).Count);
        Assert.Equal(Codes.Occupations.Take(5), CodeSearch.Occupations(Codes, "  ", Language.English, 5));
        foreach (var nonsense in (string[])["zzqqxx", "xyx", "astronaut", "鲸鱼"])
        {
            Assert.Empty(CodeSearch.Occupations(Codes, nonsense, Language.English, 5));
            Assert.Empty(CodeSearch.Skills(Codes, nonsense, Language.Chinese, 5));
        }
    }

    [Fact]
    public void One_against_many_gives_what_pairs_give()
    {
        string[] titles = [.. Codes.Occupations.Select(x => $"急聘{x.Label.Zh}（长白班）"), .. Codes.Occupations.Select(x => $"senior {x.Label.En}"), "", "，", "飞行员", "ＱＣ质检"];
        Phrases[] many = [.. titles.Select(Codes.Lexicon.Written), .. Codes.Occupations.Select(x => Codes.Lexicon.Occupation(x.Code))];
        var index = new PhraseIndex(many);
        var hundredths = new byte[many.Length];
        foreach (var wish in Codes.Occupations.Select(x => x.Code).Concat(["质检", "inspector", "宇航员", ""]))
        {
            var one = Codes.Lexicon.Occupation(wish);
            index.HundredthsTo(one, hundredths);
            Assert.Equal(many.Select(x => x.HundredthsTo(one)), hundredths.Select(x => (int)x));
        }
    }

    [Fact]
    public void Every_label_and_synonym_finds_its_own_entry_first()
    {
        foreach (var x in Codes.Occupations)
            foreach (var word in x.SynonymsEn.Concat(x.SynonymsZh).Append(x.Label.En).Append(x.Label.Zh))
                Assert.Equal((word, x.Code), (word, CodeSearch.Occupations(Codes, word, Language.Chinese, 1)[0].Code));
    }
}
