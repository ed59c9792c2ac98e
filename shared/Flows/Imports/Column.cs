using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;

namespace JobMatch.Flows.Imports;

/// <summary>A cell that holds something.</summary>
internal readonly record struct Cell(string Header, string Text);

/// <summary>A column that is understood.</summary>
/// <param name="Field">Where its value goes, as errors name it.</param>
/// <param name="Header">As in the public contract.</param>
/// <param name="Also">Other headers, separated by |; the field's own name is always one.</param>
internal sealed record Column(string Field, Label Header, string Also, Action<RowDraft, Cell> Read)
{
    public IEnumerable<string> Names => [Field, Field[(Field.LastIndexOf('.') + 1)..], Header.En, Header.Zh, .. Also.Split('|', StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>How cells are read, one way per kind of value.</summary>
internal static partial class Read
{
    /// <summary>Words for "nothing is said here".</summary>
    public static bool NotStated(string text) => Vocabulary.Fold(text) is "" or "-" or "--" or "—" or "——" or "/" or "未说明" or "不详" or "未填" or "不清楚" or "n/a" or "notstated" or "not_stated" or "unknown" or "undisclosed" or "不透露";

    public static Action<RowDraft, Cell> Text(string path) => (draft, cell) => draft.Set(path, cell.Text, cell.Header);

    /// <summary>A whole number with whatever unit people put behind it: 40小时, 1个月, 3000元.</summary>
    public static Action<RowDraft, Cell> Number(string path) => (draft, cell) =>
    {
        if (NotStated(cell.Text))
            return;
        var bare = Unit().Replace(Vocabulary.Fold(cell.Text), "");
        if (bare is "无" or "none" or "没有")
            draft.Set(path, 0, cell.Header);
        else if (NumberText.Parse(bare) is { } number)
            draft.Set(path, Whole(number), cell.Header);
        else
            draft.Refuse(Faults.WrongType(path, new("a whole number", "整数")), cell.Header);
    };

    public static JsonNode Whole(decimal number) => number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue ? (int)number : number;

    /// <summary>A member of a list.</summary>
    public static Action<RowDraft, Cell> Code(string path, Vocabulary words) => (draft, cell) =>
    {
        if (NotStated(cell.Text))
            return;
        if (words.Find(cell.Text) is { } code)
            draft.Set(path, code, cell.Header);
        else
            draft.Refuse(OneOf(path, words.Choices), cell.Header);
    };

    /// <summary>Members of a list; 无 and none are the empty list.</summary>
    /// <param name="free">Whether what is in no list stays as the person's own words.</param>
    public static Action<RowDraft, Cell> Codes(string path, Vocabulary words, bool free = false, bool none = true) => (draft, cell) =>
    {
        if (NotStated(cell.Text))
            return;
        var entries = none && Vocabulary.Fold(cell.Text) is "无" or "none" or "没有" or "[]" ? [] : words.Split(cell.Text);
        if (!free && entries.FirstOrDefault(x => words.Find(x) is null) is not null)
            draft.Refuse(OneOf(path, words.Choices), cell.Header);
        else
            draft.Set(path, new JsonArray([.. entries.Select(x => JsonValue.Create(words.Find(x) ?? x))]), cell.Header);
    };

    public static Action<RowDraft, Cell> Entry(string path, Vocabulary words) => (draft, cell) => draft.Set(path, words.Find(cell.Text) ?? cell.Text, cell.Header);

    public static Action<RowDraft, Cell> Date(string path) => (draft, cell) =>
    {
        if (NotStated(cell.Text))
            return;
        if (DateText.Parse(cell.Text) is { } date)
            draft.Set(path, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), cell.Header);
        else
            draft.Refuse(Faults.BadDate(path, "Use a date, year first, such as 2026-12-31 or 2026/12/31.", "请填写日期，年份在前，例如 2026-12-31 或 2026年12月31日。"), cell.Header);
    };

    /// <summary>9:00, 09:00, 9：00, or a spreadsheet's part of a day.</summary>
    public static Action<RowDraft, Cell> Time(string path) => (draft, cell) =>
    {
        if (NotStated(cell.Text))
            return;
        draft.Set(path, DateText.TimeOf(cell.Text)?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? cell.Text, cell.Header);
    };

    /// <summary>A day and a time, China time where no zone is written.</summary>
    public static Action<RowDraft, Cell> Moment(string path) => (draft, cell) =>
    {
        if (NotStated(cell.Text))
            return;
        if (DateText.Parse(cell.Text) is { } day && DateText.TimeOf(cell.Text) is { } time)
            draft.Set(path, new DateTimeOffset(day, time, People.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), cell.Header);
        else if (DateTimeOffset.TryParse(cell.Text, CultureInfo.InvariantCulture, out var moment))
            draft.Set(path, moment.ToString("O", CultureInfo.InvariantCulture), cell.Header);
        else
            draft.Refuse(Faults.BadDate(path, "Use a day and a time, such as 2026-12-31 09:00.", "请填写日期和时间，例如 2026-12-31 09:00。"), cell.Header);
    };

    /// <summary>The day of a programme's step. A row says each step once; what happened more often is sent line by line.</summary>
    public static Action<RowDraft, Cell> StepDay(string step) => (draft, cell) =>
    {
        if (NotStated(cell.Text))
            return;
        if (DateText.Parse(cell.Text) is { } date)
            StepOf(draft, step)["on"] = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        else
            draft.Refuse(Faults.BadDate("steps", "Use a date, year first, such as 2026-12-31 or 2026/12/31.", "请填写日期，年份在前，例如 2026-12-31 或 2026年12月31日。"), cell.Header);
    };

    public static Action<RowDraft, Cell> StepRef(string step) => (draft, cell) =>
    {
        if (!NotStated(cell.Text))
            StepOf(draft, step)["ref"] = cell.Text;
    };

    public static Action<RowDraft, Cell> StepAmount(string step, string amount) => (draft, cell) =>
    {
        if (NotStated(cell.Text))
            return;
        if (NumberText.Parse(Unit().Replace(Vocabulary.Fold(cell.Text), "")) is { } number)
            ((JsonObject)(StepOf(draft, step)["amounts"] ??= new JsonObject()))[amount] = Whole(number);
        else
            draft.Refuse(Faults.WrongType("steps", new("a whole number", "整数")), cell.Header);
    };

    private static JsonObject StepOf(RowDraft draft, string step)
    {
        var steps = (JsonArray)(draft.Shape["steps"] ??= new JsonArray());
        if (steps.FirstOrDefault(x => (string?)x!["step"] == step) is not JsonObject found)
            steps.Add(found = new JsonObject { ["step"] = step });
        return found;
    }

    /// <summary>若干 is nobody's number: it is one opening, and the answer says so. Of 3-5人 the lower is sure.</summary>
    public static void Openings(RowDraft draft, Cell cell)
    {
        var bare = Unit().Replace(Vocabulary.Fold(cell.Text), "");
        if (Several().IsMatch(bare))
            draft.Assume("openings", 1, cell.Header, new("\"Several\" was taken as 1 opening; write a number to change it.", "“若干”按 1 人登记；如需更改请填写数字。"));
        else if (bare.Split('-', '~', '至', '到') is [var low, var high] && NumberText.Parse(Unit().Replace(low, "")) is { } least && NumberText.Parse(high) is not null)
            draft.Assume("openings", Whole(least), cell.Header, new("Of a range the lower number was taken.", "人数为范围时按较小的数字登记。"));
        else
            Number("openings")(draft, cell);
    }

    public static void Pay(RowDraft draft, Cell cell)
    {
        switch (PayText.Parse(cell.Text, cell.Header))
        {
            case PayText.Said.Pay pay:
                var shape = new JsonObject { ["per"] = CodeLists.CodeOf(pay.Per) };
                if (pay.Min is { } min)
                    shape["min"] = Whole(min);
                if (pay.Max is { } max)
                    shape["max"] = Whole(max);
                if (pay.Guaranteed)
                    shape["guaranteed"] = true;
                draft.Set("work.pay", shape, cell.Header);
                break;
            case PayText.Said.PeriodMissing:
                draft.Refuse(Faults.Required("work.pay.per", "Say the period, such as 200/day, 20/hour or 80000/year.", "请写明计薪周期，例如 200/天、20/小时、8万/年。"), cell.Header);
                break;
            case PayText.Said.Unclear:
                draft.Refuse(Faults.WrongType("work.pay", new("pay, such as 3000-5000/month, 200/day or negotiable", "薪资，例如 3000-5000元/月、200/天 或 面议")), cell.Header);
                break;
        }
    }

    public static Action<RowDraft, Cell> District(string path, CodeLists lists)
    {
        var words = new Vocabulary(lists.Districts.Select(x => (x.Code, x.Label, (IEnumerable<string>)[x.ShortZh, Kind().Replace(x.Label.En, "")])));
        return (draft, cell) =>
        {
            if (NotStated(cell.Text))
                return;
            var name = City().Replace(Vocabulary.Fold(cell.Text), "");
            if ((words.Find(cell.Text) ?? words.Find(name)) is { } code)
                draft.Set(path, code, cell.Header);
            else
                draft.Refuse(Faults.UnknownCode(path, "Unknown district. Use its name or code, such as Yuzhong District or 500103.", "未知区县。请填写区县名称或代码，例如 渝中区 或 500103。"), cell.Header);
        };
    }

    public static Action<RowDraft, Cell> Education(string path)
    {
        var words = Vocabulary.Of<Education>(
            (Matching.Education.Primary, "小学毕业"), (Matching.Education.Junior, "初中毕业"), (Matching.Education.Senior, "高中毕业|普高"),
            (Matching.Education.Vocational, "中专|技校|中技|职高|职业高中|高职中专|中职"), (Matching.Education.College, "专科|高职|大学专科"),
            (Matching.Education.Bachelor, "学士|大学|大学本科"), (Matching.Education.Master, "研究生|硕士研究生"), (Matching.Education.Doctor, "博士研究生"));
        return (draft, cell) =>
        {
            var bare = OrAbove().Replace(Vocabulary.Fold(cell.Text), "");
            if (NotStated(cell.Text) || bare is "不限" or "学历不限" or "无" or "无要求" or "不要求" or "any" or "norequirement")
                return;
            // 高中/中专: either will do, so the lower is the least.
            var named = (words.Find(bare) is { } one ? [one] : bare.Split('/', '、', '或', ',').Select(words.Find)).ToArray();
            if (named.Length > 0 && named.All(x => x is not null))
                draft.Set(path, named.MinBy(x => Enum.Parse<Education>(x!, ignoreCase: true))!, cell.Header);
            else
                draft.Refuse(OneOf(path, words.Choices), cell.Header);
        };
    }

    /// <summary>包吃, 包住 and what says both; 包吃 without a number is three meals, and the answer says so.</summary>
    public static void Meals(RowDraft draft, Cell cell) => MealsOrLodging(draft, cell, "board", MealWords);

    /// <inheritdoc cref="Meals"/>
    public static void Lodging(RowDraft draft, Cell cell) => MealsOrLodging(draft, cell, "lodging", LodgingWords);

    private static void MealsOrLodging(RowDraft draft, Cell cell, string path, Vocabulary words)
    {
        var text = Vocabulary.Fold(cell.Text);
        var (both, mealsOnly, bedOnly, neither) = (BothWords().IsMatch(text), MealsNotBed().IsMatch(text), BedNotMeals().IsMatch(text), NeitherWords().IsMatch(text));
        draft.Reads(path, cell.Header);
        if (neither || bedOnly)
            draft.Set("board", CodeLists.CodeOf(Board.None), cell.Header);
        if (neither || mealsOnly)
            draft.Set("lodging", CodeLists.CodeOf(Matching.Lodging.None), cell.Header);
        if (both || bedOnly)
            draft.Set("lodging", CodeLists.CodeOf(Matching.Lodging.Free), cell.Header);
        if (both || mealsOnly || path == "board" && MealsUncounted().IsMatch(text))
            draft.Assume("board", CodeLists.CodeOf(Board.ThreeMeals), cell.Header, new("Meals without a number were taken as three a day.", "“包吃”按一日三餐登记；不是三餐请写 包一餐 或 包两餐。"));
        else if (!(neither || bedOnly))
            Code(path, words)(draft, cell);
    }

    /// <summary>0-3, or the words of the level.</summary>
    public static Action<RowDraft, Cell> Level(string path, IReadOnlyList<Label> levels)
    {
        var words = new Vocabulary(levels.Select((x, i) => (i.ToString(CultureInfo.InvariantCulture), x, (IEnumerable<string>)[])));
        var choices = new Label(string.Join("; ", levels.Select((x, i) => $"{i} {x.En}")), string.Join("；", levels.Select((x, i) => $"{i} {x.Zh}")));
        return (draft, cell) =>
        {
            if (NotStated(cell.Text))
                return;
            var level = LevelNumber().Match(Vocabulary.Fold(cell.Text)) is { Success: true } match ? match.Groups["n"].Value : words.Find(cell.Text);
            if (level is not null && int.TryParse(level, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                draft.Set(path, number, cell.Header);
            else
                draft.Refuse(OneOf(path, choices), cell.Header);
        };
    }

    /// <summary>已提供, 可商量, 做不到（reason）.</summary>
    public static Action<RowDraft, Cell> Answer(string path) => (draft, cell) =>
    {
        var end = cell.Text.IndexOfAny([':', '：', '(', '（']);
        if (end > 0 && AnswerWords.Find(cell.Text[..end]) is { } answer && cell.Text[(end + 1)..].Trim().TrimEnd(')', '）') is { Length: > 0 } reason)
            draft.Set(path, new JsonObject { ["answer"] = answer, ["reason"] = reason }, cell.Header);
        else
            Code(path, AnswerWords)(draft, cell);
    };

    public static Action<RowDraft, Cell> YesNo(string path) => Code(path, YesNoWords);

    /// <summary>A list of things that all get one mark: 必须有 → needs.X must.</summary>
    public static Action<RowDraft, Cell> Marked(string field, string mark, Vocabulary things) => (draft, cell) =>
    {
        draft.Reads(field, cell.Header);
        if (NotStated(cell.Text) || Vocabulary.Fold(cell.Text) is "无" or "none" or "没有")
            return;
        foreach (var entry in things.Split(cell.Text))
            if (things.Find(entry) is { } code)
                draft.Set($"{field}.{code}", mark, cell.Header);
            else
                draft.Refuse(Faults.UnknownCode(field, "An entry of this list is not known. GET /api/codes lists codes and labels.", "列表中有未知的内容。代码和名称见 /api/codes。"), cell.Header);
    };

    /// <summary>A mark in a thing's own column; "not needed" is no mark.</summary>
    public static Action<RowDraft, Cell> Mark(string path, Vocabulary marks, string noMark) => (draft, cell) =>
    {
        if (!noMark.Split('|').Contains(Vocabulary.Fold(cell.Text)))
            Code(path, marks)(draft, cell);
    };

    /// <summary>20-40, 40.</summary>
    public static void HoursWish(RowDraft draft, Cell cell)
    {
        if (NotStated(cell.Text))
            return;
        var parts = Unit().Replace(Vocabulary.Fold(cell.Text), "").Split('-', '~', '至', '到').Select(x => NumberText.Parse(Unit().Replace(x, ""))).ToArray();
        if (parts is [{ } least, { } most])
            draft.Set("work.hoursPerWeek", new JsonObject { ["min"] = Whole(least), ["max"] = Whole(most) }, cell.Header);
        else if (parts is [{ } only])
            draft.Set("work.hoursPerWeek", new JsonObject { ["max"] = Whole(only) }, cell.Header);
        else
            draft.Refuse(Faults.WrongType("work.hoursPerWeek", new("hours a week, such as 20-40", "每周小时数，例如 20-40")), cell.Header);
    }

    /// <summary>A day of consent; the column's presence alone says that consent was thought of.</summary>
    public static Action<RowDraft, Cell> Consent(string purpose) => (draft, cell) =>
    {
        if (Vocabulary.Fold(cell.Text) is "否" or "no" or "不同意" or "无")
            return;
        Date($"consent.{purpose}")(draft, cell);
    };

    public static FieldError OneOf(string path, Label choices) => Faults.UnknownCode(path, $"Not understood. Use one of: {choices.En}.", $"无法识别。请填写：{choices.Zh}。");

    public static readonly Vocabulary Marks = Vocabulary.Of<Mark>((Matching.Mark.Must, "必须|必需|需要|must have"), (Matching.Mark.Helps, "helpful|最好有|有更好"));

    public static readonly Vocabulary Avoidances = Vocabulary.Of<Avoidance>((Avoidance.MustAvoid, "必须避免|不能接受"), (Avoidance.RatherNot, "尽量避开|尽量避免"));

    private static readonly Vocabulary AnswerWords = Vocabulary.Of<Answer>((Matching.Answer.Offered, "提供|有|是|yes|y|√|✓|可提供"), (Matching.Answer.OnRequest, "可协商|可以商量|协商|商量"), (Matching.Answer.NotPossible, "无法提供|不能提供|无法做到"));

    private static readonly Vocabulary YesNoWords = new([("yes", new("yes", "有"), ["是", "存在", "y", "true", "√", "✓", "1"]), ("no", new("no", "无"), ["否", "没有", "不存在", "n", "false", "×", "0"])]);

    private static readonly Vocabulary MealWords = Vocabulary.Of<Board>(
        (Board.None, "不包吃|不包饭|不提供|否|无|no|自理|不含餐"), (Board.OneMeal, "一餐|包1餐|1餐|包午餐|午餐|工作餐|包中餐"), (Board.TwoMeals, "两餐|包2餐|2餐|包二餐|二餐"),
        (Board.ThreeMeals, "三餐|包3餐|3餐|一日三餐|包吃三餐|含三餐"), (Board.Allowance, "饭补|伙食补贴|餐费补贴"));

    private static readonly Vocabulary LodgingWords = Vocabulary.Of<Lodging>(
        (Matching.Lodging.None, "不提供|否|无|no|自理"), (Matching.Lodging.Free, "是|有|yes|true|提供|提供住宿|免费|免费住宿|包宿|√"), (Matching.Lodging.Paid, "付费住宿|可租|自费住宿"), (Matching.Lodging.Allowance, "住房补贴|租房补贴|住宿补贴"));

    [GeneratedRegex("^(每周|周|约|共)|(个)?(小时|月|人|名|位|元|分钟|年|hours?|months?|people|persons?|minutes?|yuan)?(/(周|月|week|month))?$")]
    private static partial Regex Unit();

    [GeneratedRegex("^(若干|多|数|不限|不定|several|many|some)$")]
    private static partial Regex Several();

    [GeneratedRegex(" (District|County|New Area)$|( Tujia| and| Miao)* Autonomous County$")]
    private static partial Regex Kind();

    [GeneratedRegex("^(重庆市|重庆|chongqing)(?=.)")]
    private static partial Regex City();

    [GeneratedRegex("(或|及)?以上(学历|文化)?$|(学历|文化)$|(or|and)(above|higher)$")]
    private static partial Regex OrAbove();

    [GeneratedRegex("^(包吃包?住|包食宿|提供食宿|免费食宿|食宿全包|吃住全包|包住包?吃|全包|管吃管?住|(free)?(meals|board)and(lodging|accommodation))$")]
    private static partial Regex BothWords();

    [GeneratedRegex("^(包吃不包住|管吃不管住)$")]
    private static partial Regex MealsNotBed();

    [GeneratedRegex("^(包住不包吃|不包吃包住|管住不管吃)$")]
    private static partial Regex BedNotMeals();

    [GeneratedRegex("^(不包吃(不包)?住|不包食宿|食宿自理|不提供食宿)$")]
    private static partial Regex NeitherWords();

    [GeneratedRegex("^(包吃|包餐|包饭|管饭|是|有|yes|true|提供|免费|免费用餐|√|meals?)$")]
    private static partial Regex MealsUncounted();

    [GeneratedRegex(@"^(?:level|等级|级别)?(?<n>-?[0-9]{1,3})(?:级|分)?(?:[-:.、][^0-9].*)?\z")]
    private static partial Regex LevelNumber();
}
