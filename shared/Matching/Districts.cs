namespace JobMatch.Matching;

/// <summary>
/// A district with its GB/T 2260 code. A merged district keeps its row: old records keep their old code, and
/// <see cref="ReplacedBy"/> names the successors (several where only the town decides).
/// </summary>
/// <param name="Latitude">Degrees north, two decimals, about the seat of government: good for near or far, not for minutes.</param>
/// <param name="Longitude">Degrees east, likewise.</param>
public sealed record District(string Code, Label Label, string ShortZh, string Zone, double Latitude, double Longitude, string[] ReplacedBy)
{
    /// <summary>True where the district went into others; see <see cref="ReplacedBy"/>.</summary>
    public bool Merged => ReplacedBy.Length > 0;

    /// <summary>The straight line, on a globe of 6371 km.</summary>
    internal double KilometresTo(District other)
    {
        const double Earth = 6371, Radian = Math.PI / 180;
        var north = Math.Sin((Latitude - other.Latitude) * Radian / 2);
        var east = Math.Sin((Longitude - other.Longitude) * Radian / 2);
        var h = north * north + Math.Cos(other.Latitude * Radian) * Math.Cos(Latitude * Radian) * east * east;
        return 2 * Earth * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <summary>Chongqing as of the change announced on 2025-11-06: 25 districts, 8 counties, 4 autonomous counties, and two merged rows.</summary>
    public static readonly IReadOnlyList<District> All =
    [
        new("500101", new("Wanzhou District", "万州区"), "万州", "NE", 30.81, 108.41, []),
        new("500102", new("Fuling District", "涪陵区"), "涪陵", "NEW_MAIN", 29.70, 107.39, []),
        new("500103", new("Yuzhong District", "渝中区"), "渝中", "CENTRAL", 29.55, 106.57, []),
        new("500104", new("Dadukou District", "大渡口区"), "大渡口", "CENTRAL", 29.48, 106.48, []),
        new("500105", new("Jiangbei District", "江北区"), "江北", "CENTRAL", 29.61, 106.57, ["500157"]),
        new("500106", new("Shapingba District", "沙坪坝区"), "沙坪坝", "CENTRAL", 29.54, 106.46, []),
        new("500107", new("Jiulongpo District", "九龙坡区"), "九龙坡", "CENTRAL", 29.50, 106.51, []),
        new("500108", new("Nan'an District", "南岸区"), "南岸", "CENTRAL", 29.52, 106.56, []),
        new("500109", new("Beibei District", "北碚区"), "北碚", "CENTRAL", 29.81, 106.40, []),
        new("500110", new("Qijiang District", "綦江区"), "綦江", "NEW_MAIN", 29.03, 106.65, []),
        new("500111", new("Dazu District", "大足区"), "大足", "NEW_MAIN", 29.70, 105.72, []),
        new("500112", new("Yubei District", "渝北区"), "渝北", "CENTRAL", 29.72, 106.63, ["500157", "500109"]),
        new("500113", new("Banan District", "巴南区"), "巴南", "CENTRAL", 29.40, 106.54, []),
        new("500114", new("Qianjiang District", "黔江区"), "黔江", "SE", 29.53, 108.77, []),
        new("500115", new("Changshou District", "长寿区"), "长寿", "NEW_MAIN", 29.86, 107.08, []),
        new("500116", new("Jiangjin District", "江津区"), "江津", "NEW_MAIN", 29.29, 106.26, []),
        new("500117", new("Hechuan District", "合川区"), "合川", "NEW_MAIN", 29.97, 106.28, []),
        new("500118", new("Yongchuan District", "永川区"), "永川", "NEW_MAIN", 29.36, 105.93, []),
        new("500119", new("Nanchuan District", "南川区"), "南川", "NEW_MAIN", 29.16, 107.10, []),
        new("500120", new("Bishan District", "璧山区"), "璧山", "NEW_MAIN", 29.59, 106.23, []),
        new("500151", new("Tongliang District", "铜梁区"), "铜梁", "NEW_MAIN", 29.84, 106.06, []),
        new("500152", new("Tongnan District", "潼南区"), "潼南", "NEW_MAIN", 30.19, 105.84, []),
        new("500153", new("Rongchang District", "荣昌区"), "荣昌", "NEW_MAIN", 29.41, 105.59, []),
        new("500154", new("Kaizhou District", "开州区"), "开州", "NE", 31.16, 108.39, []),
        new("500155", new("Liangping District", "梁平区"), "梁平", "NE", 30.67, 107.80, []),
        new("500156", new("Wulong District", "武隆区"), "武隆", "SE", 29.33, 107.76, []),
        new("500157", new("Liangjiang New Area", "两江新区"), "两江", "CENTRAL", 29.65, 106.54, []),
        new("500229", new("Chengkou County", "城口县"), "城口", "NE", 31.95, 108.66, []),
        new("500230", new("Fengdu County", "丰都县"), "丰都", "NE", 29.86, 107.73, []),
        new("500231", new("Dianjiang County", "垫江县"), "垫江", "NE", 30.33, 107.33, []),
        new("500233", new("Zhong County", "忠县"), "忠县", "NE", 30.30, 108.04, []),
        new("500235", new("Yunyang County", "云阳县"), "云阳", "NE", 30.93, 108.70, []),
        new("500236", new("Fengjie County", "奉节县"), "奉节", "NE", 31.02, 109.46, []),
        new("500237", new("Wushan County", "巫山县"), "巫山", "NE", 31.07, 109.88, []),
        new("500238", new("Wuxi County", "巫溪县"), "巫溪", "NE", 31.40, 109.57, []),
        new("500240", new("Shizhu Tujia Autonomous County", "石柱土家族自治县"), "石柱", "SE", 30.00, 108.11, []),
        new("500241", new("Xiushan Tujia and Miao Autonomous County", "秀山土家族苗族自治县"), "秀山", "SE", 28.45, 108.99, []),
        new("500242", new("Youyang Tujia and Miao Autonomous County", "酉阳土家族苗族自治县"), "酉阳", "SE", 28.84, 108.77, []),
        new("500243", new("Pengshui Miao and Tujia Autonomous County", "彭水苗族土家族自治县"), "彭水", "SE", 29.29, 108.17, []),
    ];
}

/// <summary>Minutes one way between two districts: no way takes longer than <paramref name="Slow"/>, none is quicker than <paramref name="Fast"/>.</summary>
public readonly record struct WayMinutes(double Slow, double Fast);
