namespace JobMatch.Population;

/// <summary>Made-up names: seldom-met syllables put together by chance, so that they resemble nobody.</summary>
internal static class Names
{
    private static readonly string[] Surnames =
    [
        "冉", "覃", "蒲", "谭", "牟", "向", "田", "庹", "税", "秦", "白", "罗", "邓", "苟", "代", "幸", "敖", "况", "游", "古", "卢", "石", "滕", "余", "彭", "文", "付", "黎", "骆", "聂",
    ];

    private static readonly string[] Given =
    [
        "禾", "砚", "汀", "芷", "屿", "澍", "棠", "柚", "岚", "朔", "珩", "筠", "栀", "沅", "蓁", "烁", "翎", "稷", "苇", "璞", "瑭", "穗", "茗", "昀", "霁", "潼", "樾", "钧", "笙", "桉",
        "郁", "瓒", "涪", "竺", "晏", "楹", "葭", "鸢", "嵘", "渝",
    ];

    private static readonly string[] Families = ["阿依", "吉克", "沙玛", "麦朵", "古丽", "拉则", "木呷", "曲比"];

    private static readonly string[] Fathers = ["云措", "努尔汀", "巴哈", "尔古", "洛桑禾", "阿普", "木果", "达瓦穗"];

    private static readonly string[] Brands =
    [
        "砚", "禾", "澍", "柚", "岚", "珩", "筠", "沅", "蓁", "苇", "璞", "穗", "霁", "樾", "笙", "桉", "楹", "葭", "鸢", "稷",
    ];

    private static readonly string[] Streets =
        ["青禾路", "砚台街", "云穗大道", "柚林路", "望屿巷", "竹汀路", "麦岚街", "桐樾路", "雁苇路", "石榴坪街", "芷江湾路", "棠溪里"];

    public static string Person(Dice dice) =>
        dice.Below(50) == 0
            ? $"{dice.OneOf(Families)}·{dice.OneOf(Fathers)}"
            : dice.OneOf(Surnames) + dice.OneOf(Given) + (dice.Chance(85) ? dice.OneOf(Given) : "");

    public static string Firm(Dice dice, string noun) =>
        $"重庆{dice.OneOf(Brands)}{dice.OneOf(Brands)}{dice.OneOf(Brands)}{noun}有限公司";

    public static string Address(Dice dice, string district) => $"重庆市{district}{dice.OneOf(Streets)}{dice.Between(1, 198)}号";
}
