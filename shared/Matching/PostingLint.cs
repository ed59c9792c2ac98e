using System.Text.RegularExpressions;

namespace JobMatch.Matching;

/// <summary>Whether a wording is only pointed out, or kept off the form until it is changed.</summary>
public enum LintSeverity { Warns, Blocks }

/// <summary>One kind of wording that keeps people out for what they are, not for what the work asks.</summary>
/// <param name="Id">Cited by tests and documents.</param>
/// <param name="Why">What is wrong with it.</param>
/// <param name="Instead">What to write.</param>
public sealed record LintRule(string Id, LintSeverity Severity, Label Why, Label Instead)
{
    internal Regex Chinese { get; init; } = null!;

    internal Regex English { get; init; } = null!;
}

/// <param name="Words">As they stand in the text.</param>
public sealed record LintFinding(LintRule Rule, string Words);

/// <summary>
/// Reads a posting's title and description for wording that bars people: a healthy body, looks, age, sex, marriage, household
/// registration, or disability outright. What a job asks has its own fields (levels on the axes); a sentence about the body says
/// nothing that they do not say better. It judges words and misses some: it helps who writes, and proves nothing about who does not.
/// </summary>
public static partial class PostingLint
{
    /// <summary>The day the list was last changed.</summary>
    public const string Version = "2026-11-27";

    public static readonly IReadOnlyList<LintRule> Rules =
    [
        new("L1", LintSeverity.Blocks,
            new("It shuts disabled people out. That is against the law, and the reason why nobody here would apply.", "这是直接排斥残疾人，违反法律，也没有人会来应聘。"),
            new("Say what the work asks, such as “reads small print” or “answers calls”, and what you can arrange.", "请写工作要做什么（例如“要看清小字”“要接电话”），以及可以提供的便利。"))
        { Chinese = ShutOutZh(), English = ShutOutEn() },
        new("L2", LintSeverity.Blocks,
            new("Whole limbs are no skill: many do the work in another way or with an aid.", "“健全”不是工作能力：很多人换一种方法或用辅具一样能做。"),
            new("Say how much is lifted, and how long one stands, in “What does the work ask?”.", "请在“这份工作需要什么？”里写明要搬多重、站多久。"))
        { Chinese = WholeZh(), English = WholeEn() },
        new("L3", LintSeverity.Warns,
            new("“Healthy” keeps out people who can do the work, and asks for what an employer may not ask.", "“身体健康”会挡住能胜任的人，也是单位不该问的。"),
            new("Leave it out. Where the law asks for a paper, name it, such as a food handler's health certificate.", "请删去；法律要求的证件可以写明，例如“需办健康证”。"))
        { Chinese = HealthZh(), English = HealthEn() },
        new("L4", LintSeverity.Warns,
            new("“Normal” hearing, sight or mind says nothing of the work.", "“听力、视力、智力正常”没有说清工作要什么。"),
            new("Say what has to be seen, heard or understood, in “What does the work ask?”.", "请在“这份工作需要什么？”里写明要看什么、听什么。"))
        { Chinese = SensesZh(), English = SensesEn() },
        new("L5", LintSeverity.Warns,
            new("Looks, height and weight are no part of the work.", "长相、身高、体重与工作无关。"),
            new("Say what is done, such as “receives guests” or “wears the work clothes that we give”.", "请写做什么，例如“接待顾客”“上班穿工作服”。"))
        { Chinese = LooksZh(), English = LooksEn() },
        new("L6", LintSeverity.Warns,
            new("Work is open to every sex alike, except where the law says otherwise.", "除法律另有规定外，招聘不得限定或偏向性别。"),
            new("Leave it out; say what has to be lifted or when work is.", "请删去；可以写明要搬多重、什么时间上班。"))
        { Chinese = SexZh(), English = SexEn() },
        new("L7", LintSeverity.Warns,
            new("An age limit keeps out people who can do the work.", "年龄限制会挡住能胜任的人。"),
            new("Leave it out; the least age by law (16, or 18 for some work) may stand.", "请删去；法定最低年龄（16 岁，部分工作 18 岁）可以写。"))
        { Chinese = AgeZh(), English = AgeEn() },
        new("L8", LintSeverity.Warns,
            new("Marriage, pregnancy and children are nobody's business but the person's.", "婚姻、怀孕、生育是个人的事，招聘时不得过问。"),
            new("Leave it out; say what hours and journeys the work has.", "请删去；可以写明工作时间、是否出差。"))
        { Chinese = FamilyZh(), English = FamilyEn() },
        new("L9", LintSeverity.Warns,
            new("Where somebody is registered or from says nothing of the work.", "户籍、籍贯与能不能做这份工作无关。"),
            new("Leave it out; give the district of the workplace and whether there is lodging.", "请删去；写明工作区县、是否包住即可。"))
        { Chinese = HouseholdZh(), English = HouseholdEn() },
    ];

    /// <summary>What a text says that bars people, a rule at most once, in the order of the rules. Null or blank: nothing.</summary>
    public static IReadOnlyList<LintFinding> Of(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        // People write 五官 端正 to get round word filters; a break between sentences ends a waiver ("sex and age do not matter").
        var clauses = Breaks().Split(Gaps().Replace(HalfWidth(text), "")).Where(clause => !Waived().IsMatch(clause)).Select(clause => Innocent().Replace(clause, "/")).ToArray();
        return
        [
            .. from rule in Rules
               let hit = clauses.Select(clause => rule.Chinese.Match(clause) is { Success: true } found ? found : rule.English.Match(clause)).FirstOrDefault(found => found.Success)
               where hit is not null
               select new LintFinding(rule, hit.Value.Trim()),
        ];
    }

    private static string HalfWidth(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = source[i] is >= '\uff01' and <= '\uff5e' ? (char)(source[i] - 0xfee0) : source[i] is '\u3000' or '\u00a0' ? ' ' : source[i];
    });

    [GeneratedRegex(@"(?<=\p{IsCJKUnifiedIdeographs})[ \t·_*]+(?=\p{IsCJKUnifiedIdeographs})")]
    private static partial Regex Gaps();

    [GeneratedRegex(@"[,;!?。\r\n]+|\.(?=\s|$)")]
    private static partial Regex Breaks();

    // A clause that says that something does not matter, or is no ground to refuse.
    [GeneratedRegex("(不限|不作要求|不做要求|不要求|不作限制|没有要求|无要求|无限制|不看重|不因|均可|都可以|皆可|不论|无论)|\\b(do(es)? not matter|don't matter|regardless of|no matter|irrespective|not required)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex Waived();

    // Words that hold the same characters and bar nobody.
    [GeneratedRegex(
        "健康(合格)?证(明)?|大健康|健康(食品|产业|行业|管理|咨询|护理|检疫|向上|教育|档案|饮食|码|险|服务|体检|中心|顾问)|(员工|客户|顾客|老人|儿童|宠物|家人)的?(身心|心理|身体)?健康"
        + "|(?<!四肢|肢体|听力|视力|语言|精神|身体)无障碍|(制度|设施|机制|体系|手续|证件)健全|健全(制度|机制|财务|体系|档案|各项)"
        + "|(公司|品牌|店铺|企业|城市|产品)形象|形象(设计|店|宣传|维护|代言|大使|顾问|工程|墙)|外形设计|外观(检验|检查|设计)"
        + "|(残疾|残障)人?士?(优先|可以?应聘|证可|证享|康复|联合)|(照顾|护理|服务|帮助|陪伴)[^,]{0,6}(残疾|失能|行动不便|盲|聋)\\w{0,4}"
        + "|单身(公寓|宿舍)|夫妻房|(婚|产|育儿|陪产)假|婚(礼|庆|纱)|(男|女)(装|鞋|士用品|包)|正常(班|发放|上下班|休息|营业|使用|工作日)"
        + "|户口(登记|本|窗口|办理)|户籍(窗口|登记|业务|办理)"
        + "|(体重|身高)(秤|管理|测量)|身高体重测量|身体力行|身体不适"
        + "|\\bhealth(y)?\\s+(insurance|certificate|and\\s+safety|food|care|management)\\b|\\bhandler's\\s+health\\s+certificate\\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Innocent();

    private const string Disabled = "(残疾|残障|残废|聋哑|聋人|哑人|盲人|瞎|轮椅|行动不便|智障|精神障碍|肢残)";
    private const string NotWanted = "(勿扰|勿投|勿来|免谈|除外|别来|请绕|谢绝|不要|不招|不收|不录用|不予考虑|不考虑)";

    [GeneratedRegex($"{Disabled}[^,]{{0,8}}{NotWanted}|(不要|不招|不收|不接受|不考虑|不录用|谢绝|拒绝|拒收|禁止|除了?)[^,]{{0,4}}{Disabled}|(无|没有|非)[^,]{{0,6}}(残疾|残障|残缺|肢残)|(健全|健康|正常)人?(优先|即可)|无残(?!留|次)|残疾证人员")]
    private static partial Regex ShutOutZh();

    [GeneratedRegex(@"\b(no|without|not)\b[^,]{0,12}\b(disab\w+|wheelchairs?( users?)?|handicap\w*|impairments?)|\bable[\s-]bodied\b|\b(disabled|deaf|blind)\b[^,]{0,20}\b(need not|should not|not (accepted|considered|wanted))", RegexOptions.IgnoreCase)]
    private static partial Regex ShutOutEn();

    [GeneratedRegex("(四肢|肢体|手脚|手足|双手|双腿|身体|躯体|身心)[^,]{0,2}(健全|完好|齐全|无缺|无残|无障碍)|(无|没有)(缺指|断指|缺肢)")]
    private static partial Regex WholeZh();

    [GeneratedRegex(@"\b(all limbs|sound limbs|whole body|both (arms|hands|legs) intact)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WholeEn();

    [GeneratedRegex("(身体|身心|体质|体格|体魄)[^,]{0,4}(健康|良好|健壮|强壮|强健|素质好|好$)|(身体状况|身体素质|健康状况)[^,]{0,3}(良好|好|佳)|健康的?(身体|体魄|体格)|体健|身强(力|体)壮|身体条件[^,]{0,2}健康|(无|没有|非)[^,]{0,10}(疾病|病史|传染病|慢性病|遗传病|乙肝|携带者|隐疾|大病|心脏病|高血压|癫痫|狐臭)")]
    private static partial Regex HealthZh();

    [GeneratedRegex(@"\b(physically fit|good health|perfect health|(healthy|sound) body|(in|be) healthy|no (chronic )?(illness|disease)\w*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HealthEn();

    [GeneratedRegex("(听力|视力|听说能力|听说|智力|智商|精神|语言|双眼|眼睛|感官)[^,]{0,5}(正常|良好|健全|好使|5\\.[0-9]|无障碍)|正常(听说|行走|站立|交流)|(无|没有)(色盲|色弱|夜盲|口吃|耳疾|耳聋|近视|听力障碍)|(不|无)口吃|耳聪目明|腿脚(利索|灵便)|裸眼视力")]
    private static partial Regex SensesZh();

    [GeneratedRegex(@"\bnormal (hearing|eyesight|vision|sight|speech|intelligence)\b|\b(perfect|good) (hearing|eyesight|vision)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SensesEn();

    [GeneratedRegex("五官|相貌|品貌|容貌|貌端|长相|颜值|外貌|外形(靓|好|佳|俊|条件|出众)|形象[^,]{0,2}(好|佳|良好|气质|出众|端正)|气质(佳|好|优雅)|仪表(端|堂)|(帅哥|靓女|靓仔|美女)|身高[^,]{0,4}[0-9一二]|体重[^,]{0,4}[0-9]|(体型|身材)(匀称|好|高挑|苗条)|(无|没有)[^,]{0,4}(纹身|疤|痘印|烟疤|胎记)|皮肤(白|好)|胖子|肥胖")]
    private static partial Regex LooksZh();

    [GeneratedRegex(@"\b(good[\s-]looking|attractive|beautiful|handsome|pretty|pleasant appearance|regular features|well[\s-]built|slim)\b|\bheight (of|over|above)\b", RegexOptions.IgnoreCase)]
    private static partial Regex LooksEn();

    [GeneratedRegex("(限|只招|仅招|只要|仅限|招)(男|女)(性|士|生|工|的|员工)?|(男|女)(性|士|生|孩)?优先|性别(要求)?[::]?(男|女)|^(男|女)$|小伙子?|^(男|女)[,0-9]")]
    private static partial Regex SexZh();

    [GeneratedRegex(@"\b(fe)?males? (only|under|preferred|aged)|\b(men|women|girls|boys) only\b|\bmust be (a )?(fe)?male\b", RegexOptions.IgnoreCase)]
    private static partial Regex SexEn();

    [GeneratedRegex("[0-9]{2}(周?岁)?(-|—|–|~|至|到)[0-9]{2}周?岁|[0-9]{2}周?岁(以下|以内|之间)|年龄(要求)?[^,]{0,6}[0-9]{2}")]
    private static partial Regex AgeZh();

    [GeneratedRegex(@"\bage[ds]?:? (between )?[0-9]{2}\b|\bunder [0-9]{2}\b|\b[0-9]{2}\s?(-|to)\s?[0-9]{2} years old\b", RegexOptions.IgnoreCase)]
    private static partial Regex AgeEn();

    [GeneratedRegex("未婚|已婚|单身|未育|已育|婚育|生育|怀孕|孕妇|备孕|(要|有)(小?孩|孩子)|夫妻工|家庭稳定")]
    private static partial Regex FamilyZh();

    [GeneratedRegex(@"\b(unmarried|married|single|no children|childless|pregnan(t|cy))\b", RegexOptions.IgnoreCase)]
    private static partial Regex FamilyEn();

    [GeneratedRegex("户口|户籍|渝籍|籍贯|本地人|外地人|(限|仅)[^,]{0,4}籍")]
    private static partial Regex HouseholdZh();

    [GeneratedRegex(@"\b(hukou|household registration|locals? only|local residents)\b", RegexOptions.IgnoreCase)]
    private static partial Regex HouseholdEn();
}
