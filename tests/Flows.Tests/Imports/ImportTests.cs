using System.Text.Json;
using JobMatch.Flows.Imports;
using JobMatch.Matching;

namespace JobMatch.Flows.Tests.Imports;

public class ImportTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly Dictionary<string, string> GoodPosition = new() { ["编号"] = "A1", ["岗位名称"] = "产品检验员", ["工作区县"] = "渝中区", ["截止日期"] = "2026-12-31" };

    private static readonly Dictionary<string, string> GoodSeeker = new() { ["编号"] = "s1", ["姓名"] = "张三", ["手机号"] = "13800000000", ["居住区县"] = "渝中", ["同意：匹配"] = "2026-11-01" };

    private static ImportRow<PositionFile> Position(params (string Header, string Text)[] cells) => Assert.Single(Positions(CodeLists.Default, null, cells));

    private static IEnumerable<ImportRow<PositionFile>> Positions(CodeLists lists, string? creditCode, params (string Header, string Text)[] cells) =>
        Import.Positions(Sheet(GoodPosition, cells), "e1", creditCode, Today, lists);

    private static ImportRow<SeekerFile> Seeker(params (string Header, string Text)[] cells) => Assert.Single(Import.Seekers(Sheet(GoodSeeker, cells), Today, CodeLists.Default));

    private static Sheet.Table Sheet(Dictionary<string, string> good, (string Header, string Text)[] cells)
    {
        var all = new Dictionary<string, string>(good);
        foreach (var (header, text) in cells)
            all[header] = text;
        return new([.. all.Keys], [new SheetRow.Cells(2, [.. all.Values])]);
    }

    private static string Said<T>(ImportRow<T> row) where T : class => string.Join("; ", row.Errors.Select(x => $"{x.Field} {x.Code}"));

    private static Sheet.Table Lines(params string[] lines) => new([], [.. lines.Select((x, i) => new SheetRow.Line(i + 1, JsonDocument.Parse(x).RootElement.Clone()))]);

    [Fact]
    public void Wording_that_bars_people_is_taken_and_noticed_with_what_to_write_instead()
    {
        var row = Position(("岗位描述", "五官端正，身体健康，需办健康证"));
        Assert.True(row.Ok);
        Assert.Equal([("description", "岗位描述"), ("description", "岗位描述")], row.Notices.Select(x => (x.Field, x.Column)));
        Assert.All(row.Notices, x => Assert.Matches("[“].+[”]：.{20,}", x.Message.Zh));
        Assert.Empty(Position(("岗位描述", "残疾人优先，需办健康证")).Notices);
    }

    [Fact]
    public void A_seekers_own_words_that_name_a_disability_are_taken_and_noticed()
    {
        Assert.Equal(["skills"], Seeker(("技能", "聋人，会包装")).Notices.Select(x => x.Field));
        Assert.Empty(Seeker(("技能", "会包装")).Notices);
    }

    [Fact]
    public void Every_header_of_the_template_is_understood_in_both_languages()
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            var headers = Template.OfPositions(CodeLists.Default).Select(x => x.Header.In(language)).ToArray();
            Assert.Equal(headers.Length, headers.Distinct().Count());
            var known = Template.Reader(CodeLists.Default, headers);
            Assert.All(Template.OfPositions(CodeLists.Default), x => Assert.Equal(x.Field, known(x.Header.In(language))?.Field));
            Assert.All(Template.OfPositions(CodeLists.Default), x => Assert.True(x.Hint.In(language).Length > 3, x.Field));
        }
    }

    [Fact]
    public void A_reference_of_an_earlier_part_of_the_file_may_not_come_again()
    {
        var again = Assert.Single(Import.Positions(Sheet(GoodPosition, []), "e1", null, Today, CodeLists.Default, ["e1-A1"]));
        Assert.Equal("reference duplicate", Said(again));
    }

    [Fact]
    public void A_row_becomes_a_position_with_the_employers_id_before_its_own()
    {
        var row = Position();
        Assert.True(row.Ok);
        Assert.Equal((2, "e1-A1", "e1", "产品检验员", "500103"), (row.Row, row.Id, row.Value!.Employer, row.Value.Facts.Title, row.Value.Facts.District));
        Assert.Equal(new DateOnly(2026, 12, 31), row.Value.Facts.ClosesOn);
    }

    [Theory]
    [InlineData("3千-5千", 3000, 5000, PayPeriod.Month)]
    [InlineData("3000-5000元/月", 3000, 5000, PayPeriod.Month)]
    [InlineData("3000—5000", 3000, 5000, PayPeriod.Month)]
    [InlineData("３０００～５０００元", 3000, 5000, PayPeriod.Month)]
    [InlineData("3,000至5,000元每月", 3000, 5000, PayPeriod.Month)]
    [InlineData("￥3000到5000", 3000, 5000, PayPeriod.Month)]
    [InlineData("3k-5k", 3000, 5000, PayPeriod.Month)]
    [InlineData("3-5K/月", 3000, 5000, PayPeriod.Month)]
    [InlineData("3-5千", 3000, 5000, PayPeriod.Month)]
    [InlineData("3千-5", 3000, 5000, PayPeriod.Month)]
    [InlineData("800-1千/周", 800, 1000, PayPeriod.Week)]
    [InlineData("0.8-1.2万", 8000, 12000, PayPeriod.Month)]
    [InlineData("1.2万", 12000, 12000, PayPeriod.Month)]
    [InlineData("1万2", 12000, 12000, PayPeriod.Month)]
    [InlineData("三千五到五千", 3500, 5000, PayPeriod.Month)]
    [InlineData("一万二", 12000, 12000, PayPeriod.Month)]
    [InlineData("两千五百元", 2500, 2500, PayPeriod.Month)]
    [InlineData("3500", 3500, 3500, PayPeriod.Month)]
    [InlineData("月薪4000左右", 4000, 4000, PayPeriod.Month)]
    [InlineData("5k-8k·13薪", 5000, 8000, PayPeriod.Month)]
    [InlineData("4000起", 4000, null, PayPeriod.Month)]
    [InlineData("4000+", 4000, null, PayPeriod.Month)]
    [InlineData("4000元以上", 4000, null, PayPeriod.Month)]
    [InlineData("不低于4000", 4000, null, PayPeriod.Month)]
    [InlineData("6000以内", null, 6000, PayPeriod.Month)]
    [InlineData("200/天", 200, 200, PayPeriod.Day)]
    [InlineData("150-200元/日", 150, 200, PayPeriod.Day)]
    [InlineData("日结180", 180, 180, PayPeriod.Day)]
    [InlineData("时薪20", 20, 20, PayPeriod.Hour)]
    [InlineData("20元/小时", 20, 20, PayPeriod.Hour)]
    [InlineData("20/h", 20, 20, PayPeriod.Hour)]
    [InlineData("年薪8万", 80000, 80000, PayPeriod.Year)]
    [InlineData("8-10万/年", 80000, 100000, PayPeriod.Year)]
    [InlineData("5元/件", 5, 5, PayPeriod.Piece)]
    [InlineData("计件", null, null, PayPeriod.Piece)]
    [InlineData("纯提成", null, null, PayPeriod.Commission)]
    [InlineData("300元/场", 300, 300, PayPeriod.Broadcast)]
    [InlineData("3000-5000/month", 3000, 5000, PayPeriod.Month)]
    [InlineData("from 4000 a month", 4000, null, PayPeriod.Month)]
    [InlineData("3000 to 5000 yuan per month", 3000, 5000, PayPeriod.Month)]
    [InlineData("20 yuan an hour", 20, 20, PayPeriod.Hour)]
    public void Pay_is_read_as_people_write_it(string text, int? min, int? max, PayPeriod per)
    {
        var row = Position(("薪资", text));
        Assert.Equal("", Said(row));
        Assert.Equal(new Pay(min, max, per, false), row.Value!.Facts.Pay);
    }

    [Theory]
    [InlineData("底薪3000+提成")]
    [InlineData("保底 3000 元")]
    [InlineData("3000 guaranteed")]
    public void Pay_that_is_guaranteed_is_known_as_such(string text) => Assert.Equal(new Pay(3000, 3000, PayPeriod.Month, true), Position(("薪资", text)).Value!.Facts.Pay);

    [Theory]
    [InlineData("面议")]
    [InlineData("薪资面议")]
    [InlineData("Negotiable")]
    [InlineData("未说明")]
    [InlineData("")]
    [InlineData("—")]
    public void Pay_to_be_agreed_is_not_stated(string text)
    {
        var row = Position(("薪资", text));
        Assert.True(row.Ok);
        Assert.Null(row.Value!.Facts.Pay);
    }

    [Theory]
    [InlineData("20", "work.pay.per required")]
    [InlineData("200-300", "work.pay.per required")]
    [InlineData("8万", "work.pay.per required")]
    [InlineData("优厚", "work.pay wrongType")]
    [InlineData("3000-4000-5000", "work.pay wrongType")]
    [InlineData("5000-3000", "work.pay.max outOfRange")]
    [InlineData("18.5/小时", "work.pay.min wrongType; work.pay.max wrongType")]
    [InlineData("99999999", "work.pay.per required")]
    [InlineData("=3000+1", "work.pay wrongType")]
    public void Pay_that_could_mean_several_things_is_refused(string text, string said)
    {
        var row = Position(("薪资", text));
        Assert.Equal(said, Said(row));
        Assert.All(row.Errors, x => Assert.Equal("薪资", x.Column));
    }

    [Theory]
    [InlineData("薪资（元/天）", "200", PayPeriod.Day)]
    [InlineData("时薪", "20", PayPeriod.Hour)]
    [InlineData("月薪（元）", "800", PayPeriod.Month)]
    public void A_header_may_say_the_period(string header, string text, PayPeriod per) => Assert.Equal(per, Position((header, text)).Value!.Facts.Pay!.Per);

    [Theory]
    [InlineData("2026-12-31")]
    [InlineData("2026/12/31")]
    [InlineData("2026.12.31")]
    [InlineData("2026年12月31日")]
    [InlineData("２０２６年１２月３１日")]
    [InlineData("20261231")]
    [InlineData("46387")]
    [InlineData("2026-12-31 00:00:00")]
    public void Days_are_read_as_people_and_spreadsheets_write_them(string text) => Assert.Equal(new DateOnly(2026, 12, 31), Position(("截止日期", text)).Value!.Facts.ClosesOn);

    [Theory]
    [InlineData("2026/1/5", 1, 5)]
    [InlineData("2026年1月5号", 1, 5)]
    public void Single_digits_are_days_too(string text, int month, int day) => Assert.Equal(new DateOnly(2026, month, day), Position(("截止日期", text)).Value!.Facts.ClosesOn);

    [Theory]
    [InlineData("12/31/2026")]
    [InlineData("2026-02-30")]
    [InlineData("长期有效")]
    [InlineData("12月31日")]
    [InlineData("2026-12/31")]
    public void A_day_that_could_be_another_is_refused(string text)
    {
        var error = Assert.Single(Position(("截止日期", text)).Errors);
        Assert.Equal(("closesOn", "badDate", "截止日期"), (error.Field, error.Code, error.Column));
    }

    [Theory]
    [InlineData("若干", 1, true)]
    [InlineData("多名", 1, true)]
    [InlineData("several", 1, true)]
    [InlineData("3-5人", 3, true)]
    [InlineData("5人", 5, false)]
    [InlineData("两名", 2, false)]
    [InlineData("十五", 15, false)]
    [InlineData("20", 20, false)]
    [InlineData("１０名", 10, false)]
    public void Openings_are_counted_and_what_was_guessed_is_said(string text, int openings, bool noticed)
    {
        var row = Position(("招聘人数", text));
        Assert.Equal((true, openings, noticed), (row.Ok, row.Value!.Facts.Openings, row.Notices.Count == 1));
        Assert.All(row.Notices, x => Assert.Equal("招聘人数", x.Column));
    }

    [Theory]
    [InlineData("包吃住", null, Board.ThreeMeals, Lodging.Free, true)]
    [InlineData("包吃包住", "是", Board.ThreeMeals, Lodging.Free, true)]
    [InlineData("包吃", "包住", Board.ThreeMeals, Lodging.Free, true)]
    [InlineData("包三餐", "包吃住", Board.ThreeMeals, Lodging.Free, false)]
    [InlineData("两餐", "包吃住", Board.TwoMeals, Lodging.Free, false)]
    [InlineData("包一餐", "有偿住宿", Board.OneMeal, Lodging.Paid, false)]
    [InlineData("餐补", "房补", Board.Allowance, Lodging.Allowance, false)]
    [InlineData("否", "否", Board.None, Lodging.None, false)]
    [InlineData("包吃不包住", null, Board.ThreeMeals, Lodging.None, true)]
    [InlineData("不包吃包住", null, null, null, false)]
    [InlineData("不包吃住", null, Board.None, Lodging.None, false)]
    [InlineData("THREE_MEALS", "FREE", Board.ThreeMeals, Lodging.Free, false)]
    [InlineData(null, "提供住宿", null, Lodging.Free, false)]
    public void Meals_and_lodging_are_read_together_and_apart(string? meals, string? bed, Board? board, Lodging? lodging, bool noticed)
    {
        var row = Position(("包吃", meals ?? ""), ("包住", bed ?? ""));
        if (meals == "不包吃包住")
            (board, lodging) = (Board.None, Lodging.Free);
        Assert.Equal("", Said(row));
        Assert.Equal((board, lodging, noticed), (row.Value!.Facts.Board, row.Value.Facts.Lodging, row.Notices.Count == 1));
    }

    [Fact]
    public void Meals_and_lodging_that_contradict_each_other_are_refused() => Assert.Equal("lodging conflict", Said(Position(("包吃", "包吃住"), ("包住", "不包住"))));

    [Theory]
    [InlineData("不限", null)]
    [InlineData("无要求", null)]
    [InlineData("高中及以上", Education.Senior)]
    [InlineData("大专以上学历", Education.College)]
    [InlineData("高中/中专", Education.Senior)]
    [InlineData("中专或高中", Education.Senior)]
    [InlineData("中专", Education.Vocational)]
    [InlineData("本科", Education.Bachelor)]
    [InlineData("Bachelor or above", Education.Bachelor)]
    [InlineData("BACHELOR", Education.Bachelor)]
    [InlineData("研究生", Education.Master)]
    public void Education_is_read_as_people_write_it(string text, Education? education)
    {
        var row = Position(("学历要求", text));
        Assert.Equal("", Said(row));
        Assert.Equal(education, row.Value!.Facts.EducationMin);
    }

    [Theory]
    [InlineData("渝中", "500103")]
    [InlineData("渝中区", "500103")]
    [InlineData("重庆市渝中区", "500103")]
    [InlineData("重庆石柱", "500240")]
    [InlineData("500103", "500103")]
    [InlineData("５００１０３", "500103")]
    [InlineData("Yuzhong District", "500103")]
    [InlineData("yuzhong", "500103")]
    [InlineData("Nan'an", "500108")]
    [InlineData("Shizhu", "500240")]
    [InlineData("忠县", "500233")]
    [InlineData("江北区", "500157")]
    [InlineData("江北", "500157")]
    [InlineData("500105", "500157")]
    [InlineData("两江新区", "500157")]
    public void A_district_is_known_by_code_and_names(string text, string code) => Assert.Equal(code, Position(("工作区县", text)).Value!.Facts.District);

    [Theory]
    [InlineData("渝北区", "mergedDistrict")]
    [InlineData("渝北", "mergedDistrict")]
    [InlineData("500112", "mergedDistrict")]
    [InlineData("火星区", "unknownCode")]
    [InlineData("500999", "unknownCode")]
    public void A_district_that_cannot_be_told_is_refused(string text, string code)
    {
        var error = Assert.Single(Position(("工作区县", text)).Errors);
        Assert.Equal(("district", code, "工作区县"), (error.Field, error.Code, error.Column));
        if (code == "mergedDistrict")
            Assert.Contains("500157 两江新区、500109 北碚区", error.Message.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_are_separated_by_every_usual_sign_and_labels_become_codes()
    {
        var row = Position(("必备技能", "直播主持、VIDEO_EDITING，会包饺子;Filming|｜ "), ("加分技能", "无"), ("班次", "白班、周末班"), ("证书要求", "健康证"), ("职业", "质检员"));
        Assert.Equal("", Said(row));
        Assert.Equal(["LIVE_HOSTING", "VIDEO_EDITING", "会包饺子", "VIDEO_SHOOTING"], row.Value!.Facts.SkillsRequired);
        Assert.Equal([], row.Value.Facts.SkillsOptional);
        Assert.Equal([Shift.Day, Shift.Weekend], row.Value.Facts.Shifts!);
        Assert.Equal(["FOOD_SAFETY"], row.Value.Facts.Licences);
        Assert.Equal("PRODUCT_INSPECTOR", row.Value.Facts.Occupation);
    }

    [Fact]
    public void Axes_accommodations_and_exposures_have_columns_by_code_and_by_label()
    {
        var row = Position(
            ("SEEING", "2"), ("听", "不需要听"), ("Lifting and carrying", "Up to 5 kg"), ("FOCUS_PACE", "未说明"), ("TRAVEL", "2 级"),
            ("无台阶通行（坡道、电梯、宽门）", "已提供"), ("手语翻译", "可商量"), ("Live captions for talk and meetings", "On request"), ("REMOTE_WORK", "做不到：要看机器"), ("BRAILLE", "未说明"),
            ("噪声", "有"), ("HEAT", "否"), ("Crowds", "no"), ("COLD", ""));
        Assert.Equal("", Said(row));
        var facts = row.Value!.Facts;
        Assert.Equal(new Dictionary<Axis, int> { [Axis.Seeing] = 2, [Axis.Hearing] = 0, [Axis.Lifting] = 1, [Axis.Travel] = 2 }, facts.Demands);
        Assert.Equal(
            new Dictionary<string, StatedAnswer>
            {
                ["STEP_FREE"] = new(Answer.Offered, Today),
                ["SIGN_INTERPRETER"] = new(Answer.OnRequest, Today),
                ["CAPTIONS"] = new(Answer.OnRequest, Today),
                ["REMOTE_WORK"] = new(Answer.NotPossible, Today, null, "要看机器"),
            },
            facts.Accommodations);
        Assert.Equal(new Dictionary<Exposure, bool> { [Exposure.Noise] = true, [Exposure.Heat] = false, [Exposure.Crowds] = false }, facts.Exposures);
    }

    [Theory]
    [InlineData("SEEING", "4", "demands.SEEING outOfRange")]
    [InlineData("看", "很多", "demands.SEEING unknownCode")]
    [InlineData("看", "2.5", "demands.SEEING unknownCode")]
    [InlineData("手语翻译", "maybe", "accommodations.SIGN_INTERPRETER unknownCode")]
    [InlineData("手语翻译", "无", "accommodations.SIGN_INTERPRETER unknownCode")]
    [InlineData("噪声", "一点", "exposures.NOISE unknownCode")]
    [InlineData("班次", "白班、午夜班", "work.shifts unknownCode")]
    [InlineData("合同类型", "口头", "work.contract unknownCode")]
    [InlineData("工作方式", "火星", "work.place unknownCode")]
    [InlineData("每周工时", "很长", "work.hoursPerWeek wrongType")]
    [InlineData("每周工时", "200小时", "work.hoursPerWeek outOfRange")]
    [InlineData("试用期（月）", "7", "probationMonths outOfRange")]
    [InlineData("招聘人数", "0", "openings outOfRange")]
    [InlineData("招聘人数", "很多很多", "openings wrongType")]
    [InlineData("证书要求", "太空证", "licences[0] unknownCode")]
    [InlineData("必备技能", "WELDING_X", "skillsRequired[0] unknownCode")]
    [InlineData("学历要求", "聪明", "educationMin unknownCode")]
    [InlineData("岗位名称", "", "title required")]
    [InlineData("截止日期", "", "closesOn required")]
    [InlineData("工作区县", "", "district required")]
    public void A_cell_that_is_not_understood_names_field_and_header(string header, string text, string said)
    {
        var row = Position((header, text));
        Assert.Equal(said, Said(row));
        Assert.Equal(header, Assert.Single(row.Errors).Column);
        Assert.Equal("e1-A1", row.Id);
    }

    [Fact]
    public void A_column_that_is_missing_is_named_as_the_template_names_it()
    {
        var row = Assert.Single(Import.Positions(new(["Reference", "Job title"], [new SheetRow.Cells(2, ["A1", "x"])]), "e1", null, Today, CodeLists.Default));
        Assert.Equal(["closesOn 截止日期", "district 工作区县"], row.Errors.Select(x => $"{x.Field} {x.Column}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void English_headers_and_field_names_are_as_good_as_chinese_ones()
    {
        string[] texts = ["A1", "Inspector", "PRODUCT_INSPECTOR", "2", "500103", "3000-4000/month", "Fixed-term contract", "Day shift; Night shift", "40", "One meal a day", "No lodging", "1", "2026-12-31", "On site"];
        string[] english = ["Reference", "Job title", "Occupation", "Openings", "District", "Pay", "Contract", "Shifts", "Hours a week", "Meals", "Lodging", "Probation (months)", "Closing date", "Workplace"];
        string[] fields = ["reference", "title", "occupation", "openings", "district", "pay", "contract", "shifts", "hoursPerWeek", "board", "lodging", "probationMonths", "closesOn", "place"];
        var (byHeader, byField) = (Read(english), Read(fields));
        Assert.Equal("", Said(byHeader));
        Assert.Equal(JsonSerializer.Serialize(byHeader), JsonSerializer.Serialize(byField));
        Assert.Equal((Board.OneMeal, Lodging.None, Contract.FixedTerm), (byHeader.Value!.Facts.Board, byHeader.Value.Facts.Lodging, byHeader.Value.Facts.Contract));

        ImportRow<PositionFile> Read(string[] headers) => Assert.Single(Import.Positions(new(headers, [new SheetRow.Cells(2, texts)]), "e1", null, Today, CodeLists.Default));
    }

    [Theory]
    [InlineData("", "reference required")]
    [InlineData("9.15E+17", "reference badId")]
    [InlineData("13800000000", "reference badId")]
    [InlineData("990101199001011234", "reference badId")]
    [InlineData("岗位一", "reference badId")]
    [InlineData("a b", "reference badId")]
    [InlineData("Ａ－１", "")]
    [InlineData("007", "")]
    public void A_reference_is_checked_as_an_id(string text, string said)
    {
        var row = Position(("编号", text));
        Assert.Equal(said, Said(row));
        Assert.All(row.Errors, x => Assert.Equal("编号", x.Column));
    }

    [Fact]
    public void A_number_that_the_spreadsheet_damaged_is_explained()
    {
        Assert.Contains("文本格式", Assert.Single(Position(("编号", "9.15E+17")).Errors).Message.Zh, StringComparison.Ordinal);
        var error = Assert.Single(Position(("统一社会信用代码", "9.15001E+17")).Errors);
        Assert.Equal(("creditCode", "badCreditCode", "统一社会信用代码"), (error.Field, error.Code, error.Column));
        Assert.Contains("文本格式", error.Message.Zh, StringComparison.Ordinal);
        Assert.Equal("phone badPhone", Said(Seeker(("手机号", "1.38E+10"))));
    }

    [Fact]
    public void A_row_that_names_another_employer_is_refused()
    {
        Assert.Equal("", Said(Assert.Single(Positions(CodeLists.Default, "91350100M000100Y43", ("统一社会信用代码", "91350100M000100Y43")))));
        Assert.Equal("creditCode conflict", Said(Assert.Single(Positions(CodeLists.Default, "911101080000000004", ("统一社会信用代码", "91350100M000100Y43")))));
        Assert.Equal("creditCode badCreditCode", Said(Assert.Single(Positions(CodeLists.Default, null, ("统一社会信用代码", "91350100M000100Y44")))));
    }

    [Fact]
    public void What_begins_like_a_formula_stays_text()
    {
        var row = Position(("岗位名称", "=1+1"), ("工作地点", "@x"), ("岗位描述", "+86 call"), ("加分技能", "-1|=cmd"));
        Assert.Equal(("=1+1", "@x", "+86 call"), (row.Value!.Facts.Title, row.Value.Address, row.Value.Description));
        Assert.Equal(["-1", "=cmd"], row.Value.Facts.SkillsOptional);
    }

    [Fact]
    public void A_column_nobody_knows_is_refused_where_it_holds_something()
    {
        var error = Assert.Single(Position(("残疾类别", "听力")).Errors);
        Assert.Equal(("残疾类别", "unknownField", "残疾类别"), (error.Field, error.Code, error.Column));
        Assert.True(Position(("备注", "")).Ok);
        Assert.True(Position(("序号", "1")).Ok);
        Assert.Contains("Closing date", Assert.Single(Position(("Closing dat", "2026-12-31")).Errors).Message.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_beyond_the_headers_is_refused()
    {
        var row = Assert.Single(Import.Positions(new(["编号", "岗位名称", "工作区县", "截止日期", ""], [new SheetRow.Cells(2, ["A1", "x", "渝中", "2026-12-31", "y", "z"])]), "e1", null, Today, CodeLists.Default));
        Assert.Equal(" unknownField;  unknownField", Said(row));
    }

    [Fact]
    public void Two_columns_may_say_the_same_not_different_things()
    {
        Assert.True(Position(("District", "渝中区")).Ok);
        Assert.Equal("district conflict", Said(Position(("District", "万州区"))));
        Assert.Equal("accommodations.SIGN_INTERPRETER conflict", Said(Position(("手语翻译", "已提供"), ("SIGN_INTERPRETER", "可商量"))));
    }

    [Fact]
    public void The_later_of_two_rows_with_one_reference_is_refused()
    {
        var cells = GoodPosition.Values.ToArray();
        var rows = Import.Positions(new([.. GoodPosition.Keys], [new SheetRow.Cells(2, cells), new SheetRow.Cells(4, cells)]), "e1", null, Today, CodeLists.Default).ToArray();
        Assert.True(rows[0].Ok);
        Assert.Equal((4, "reference duplicate", "编号", false), (rows[1].Row, Said(rows[1]), rows[1].Errors[0].Column, rows[1].Ok));
    }

    [Fact]
    public void An_accommodation_that_joins_the_list_is_a_column_by_code_and_labels()
    {
        var more = new CodeLists([.. Accommodation.All, new("COOLING_VEST", 46, "EQUIPMENT", new("Cooling vest", "降温背心"), [], [], false, Stage.Job, true)], Occupation.All, Skill.All, District.All);
        foreach (var header in new[] { "COOLING_VEST", "Cooling vest", "降温背心" })
        {
            Assert.Equal($"{header} unknownField", Said(Position((header, "已提供"))));
            Assert.Equal(Answer.Offered, Assert.Single(Positions(more, null, (header, "已提供"))).Value!.Facts.Accommodations["COOLING_VEST"].Answer);
        }
        Assert.Equal(Mark.Must, Assert.Single(Import.Seekers(Sheet(GoodSeeker, [("必须有", "降温背心、手语翻译")]), Today, more)).Value!.Facts.Needs["COOLING_VEST"]);
    }

    [Fact]
    public void Every_header_names_its_own_field()
    {
        var accommodations = Accommodation.All.SelectMany(x => new[] { (x.Code, x.Code), (x.Label.En, x.Code), (x.Label.Zh, x.Code) });
        foreach (var (header, code) in accommodations)
            Assert.Equal([code], Position((header, "已提供")).Value!.Facts.Accommodations.Keys);
        foreach (var axis in AxisText.All)
            foreach (var header in new[] { axis.Code, axis.Label.En, axis.Label.Zh })
            {
                Assert.Equal([axis.Axis], Position((header, "3")).Value!.Facts.Demands.Keys);
                Assert.Equal([axis.Axis], Seeker((header, "3")).Value!.Facts.Capacity.Keys);
            }
        foreach (var exposure in Enum.GetValues<Exposure>())
            foreach (var header in new[] { CodeLists.CodeOf(exposure), CodeLists.LabelOf(exposure).En, CodeLists.LabelOf(exposure).Zh })
            {
                Assert.Equal([exposure], Position((header, "是")).Value!.Facts.Exposures.Keys);
                Assert.Equal([exposure], Seeker((header, "必须避开")).Value!.Facts.AvoidExposures.Keys);
            }
    }

    [Fact]
    public void The_words_of_every_level_are_its_number()
    {
        foreach (var axis in AxisText.All)
            for (var level = 0; level <= 3; level++)
                foreach (var language in new[] { Language.Chinese, Language.English })
                {
                    Assert.Equal(level, Position((axis.Code, axis.Position[level].In(language))).Value!.Facts.Demands[axis.Axis]);
                    Assert.Equal(level, Seeker((axis.Code, axis.Seeker[level].In(language))).Value!.Facts.Capacity[axis.Axis]);
                }
    }

    [Fact]
    public void A_seeker_is_read_with_lists_of_needs_and_of_what_to_avoid()
    {
        var row = Seeker(
            ("必须有", "手语翻译（现场或视频）、无台阶通行（坡道、电梯、宽门），CAPTIONS"), ("有帮助", "弹性上下班;书面步骤、清单和提醒"), ("必须避开", "夜班、噪声"), ("最好没有", "HEIGHTS"),
            ("听", "1"), ("同意：短信", "2026/11/2"), ("Consent: employers", "45962"), ("同意：统计", ""));
        Assert.Equal("", Said(row));
        var facts = row.Value!.Facts;
        Assert.Equal(new Dictionary<string, Mark> { ["SIGN_INTERPRETER"] = Mark.Must, ["STEP_FREE"] = Mark.Must, ["CAPTIONS"] = Mark.Must, ["FLEX_HOURS"] = Mark.Helps, ["WRITTEN_STEPS"] = Mark.Helps }, facts.Needs);
        Assert.Equal((Avoidance.MustAvoid, Avoidance.MustAvoid, Avoidance.RatherNot), (facts.AvoidShifts[Shift.Night], facts.AvoidExposures[Exposure.Noise], facts.AvoidExposures[Exposure.Heights]));
        Assert.Equal(("s1", "张三", "+8613800000000", "500103"), (row.Id, row.Value.Name, row.Value.Phone, facts.District));
        Assert.Equal(new Consents(new(2026, 11, 1), new(2026, 11, 2), new(2025, 11, 1), null), row.Value.Consent);
    }

    [Theory]
    [InlineData("必须有", "魔法", "needs unknownCode")]
    [InlineData("必须避开", "下雨", "avoid unknownCode")]
    [InlineData("手语翻译", "可能", "needs.SIGN_INTERPRETER unknownCode")]
    [InlineData("手语翻译", "不需要", "")]
    [InlineData("手语翻译", "有帮助", "")]
    [InlineData("噪声", "无所谓", "")]
    [InlineData("手机号", "", "phone required")]
    [InlineData("手机号", "12345", "phone badPhone")]
    [InlineData("居住区县", "渝北", "district mergedDistrict")]
    [InlineData("同意：匹配", "是", "consent.matching badDate")]
    [InlineData("同意：匹配", "否", "")]
    [InlineData("同意：匹配", "2027-01-01", "consent.matching badDate")]
    [InlineData("每周工时", "20-40", "")]
    [InlineData("每周工时", "40-20", "work.hoursPerWeek.max outOfRange")]
    [InlineData("身份证号", "990101199001011234", "身份证号 unknownField")]
    public void A_seekers_cell_is_taken_or_named(string header, string text, string said)
    {
        var row = Seeker((header, text));
        Assert.Equal(said, Said(row));
        Assert.All(row.Errors, x => Assert.Equal(header, x.Column));
    }

    [Fact]
    public void One_thing_cannot_be_a_must_and_a_help() => Assert.Equal("needs.CAPTIONS conflict", Said(Seeker(("必须有", "CAPTIONS"), ("有帮助", "CAPTIONS"))));

    [Fact]
    public void A_sheet_without_a_column_of_consent_is_refused_and_blank_consent_is_none()
    {
        var row = Assert.Single(Import.Seekers(new(["编号", "手机号", "居住区县"], [new SheetRow.Cells(2, ["s1", "13800000000", "渝中"])]), Today, CodeLists.Default));
        Assert.Equal(("consent required", "同意：匹配"), (Said(row), row.Errors[0].Column));
        Assert.Equal(new Consents(null, null, null, null), Seeker(("同意：匹配", "")).Value!.Consent);
    }

    [Fact]
    public void A_line_of_ndjson_is_the_shape_with_a_reference()
    {
        var rows = Import.Positions(Lines(
            """{ "reference": "A1", "title": "x", "district": "500103", "closesOn": "2026-12-31" }""",
            """{ "id": "e1-A2", "title": "x", "district": "500103", "closesOn": "2026-12-31" }""",
            """{ "id": "e2-A3", "title": "x", "district": "500103", "closesOn": "2026-12-31" }""",
            """{ "title": "x", "district": "500103", "closesOn": "2026-12-31" }""",
            """{ "reference": 5, "title": 6, "district": "500103", "closesOn": "2026-12-31" }""",
            """{ "reference": "A1", "title": "x", "district": "500103", "closesOn": "2026-12-31" }""",
            """[]""",
            """{ "reference": "13800000000", "title": "x", "district": "500103", "closesOn": "2026-12-31" }"""), "e1", null, Today, CodeLists.Default).ToArray();
        Assert.Equal(["", "", "reference badId", "reference required", "reference wrongType; title wrongType", "reference duplicate", " wrongType", "reference badId"], rows.Select(Said));
        Assert.Equal(["e1-A1", "e1-A2", null], rows[..3].Select(x => x.Id));
        Assert.All(rows.SelectMany(x => x.Errors), x => Assert.Null(x.Column));
    }

    [Fact]
    public void A_cell_as_long_as_a_spreadsheet_allows_is_answered_at_once_in_every_column()
    {
        foreach (var sign in new[] { "9", " ", "提成", "+", "至", "(", "、", "包吃", "-", "每周", "2026年", "十" })
        {
            var text = string.Concat(Enumerable.Repeat(sign, 30_000 / sign.Length)) + "x";
            var headers = GoodPosition.Keys.Concat(["薪资", "招聘人数", "包吃", "包住", "学历要求", "班次", "看", "手语翻译", "噪声", "必备技能", "证书要求", "每周工时", "试用期（月）", "统一社会信用代码"]).ToArray();
            Assert.False(Assert.Single(Import.Positions(new(headers, [new SheetRow.Cells(2, [.. headers.Select(_ => text)])]), "e1", null, Today, CodeLists.Default)).Ok);
        }
    }

    [Fact]
    public void Random_cells_never_throw()
    {
        var random = new Random(20261122);
        string[] words = ["3千", "-", "5", "万", "元/月", "包吃", "住", "2026", "年", "12", "月", "做不到", "：", "（", "、", "手语翻译", "E+17", "千", "十", "/", "\"", "=", "😀", "\ud800", "以上", "及", "提成", "1e999", "99999999999999999999999999999999", "\u0000"];
        var headers = GoodPosition.Keys.Concat(["薪资", "招聘人数", "包吃", "包住", "学历要求", "班次", "看", "手语翻译", "噪声", "必备技能", "证书要求", "每周工时", "试用期（月）", "统一社会信用代码"]).ToArray();
        var rows = Enumerable.Range(2, 2_000).Select(i => new SheetRow.Cells(i, [.. headers.Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => words[random.Next(words.Length)])))]));
        Assert.All(Import.Positions(new(headers, [.. rows]), "e1", null, Today, CodeLists.Default), x => Assert.True(x.Ok != x.Errors.Count > 0));
    }
}
