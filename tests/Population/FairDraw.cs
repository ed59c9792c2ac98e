using System.Globalization;
using JobMatch.Matching;

namespace JobMatch.Population;

/// <summary>One recruitment event.</summary>
internal sealed class FairDraw(Populace populace, int index, int fairs)
{
    /// <summary>Positions that are announced at the fair before as well.</summary>
    private const int Shared = 10;

    private static readonly (string Id, string Title, string? ShortTitle, string Kind, string District)[] Kinds =
    [
        ("fair-yuzhong", "渝中区综合招聘会", null, "JOB_FAIR", "500103"),
        // Its name says whom it is for, so texts use the short one.
        ("online-fair-chongqing", "全市助残就业线上招聘会", "全市线上招聘会", "ONLINE_FAIR", ""),
        ("fair-wanzhou", "万州区招聘会", null, "JOB_FAIR", "500101"),
        ("livestream-fair-liangjiang", "两江新区直播带岗", null, "LIVESTREAM_FAIR", "500157"),
        ("fair-yongchuan", "永川区数据服务专场招聘会", null, "JOB_FAIR", "500118"),
        ("fair-fuling", "涪陵区制造业招聘会", null, "JOB_FAIR", "500102"),
        ("meeting-jiulongpo", "九龙坡区岗位资源对接会", null, "RESOURCE_MEETING", "500107"),
        ("fair-qianjiang", "黔江区招聘会", null, "JOB_FAIR", "500114"),
        ("online-fair-counties", "区县联合线上招聘会", null, "ONLINE_FAIR", ""),
    ];

    public Fair Fair()
    {
        var dice = populace.Dice(Dice.Stream.Fair, index);
        var kind = Kinds[index % Kinds.Length];
        var again = index / Kinds.Length;
        var starts = new DateTimeOffset(populace.Today.AddDays(21 + index * 7 % 23).ToDateTime(new TimeOnly(9, 0)), TimeSpan.FromHours(8));
        var online = kind.District.Length == 0;
        return new Fair(
            again == 0 ? kind.Id : kind.Id + "-" + (again + 1).ToString(CultureInfo.InvariantCulture), kind.Title, kind.ShortTitle, kind.Kind,
            online ? null : kind.District,
            online ? null : Names.Address(dice, District.All.First(district => district.Code == kind.District).Label.Zh) + "一层大厅",
            online ? "https://fair.example.org/" + kind.Id : null, OpenToEmployers: index % 2 == 1,
            starts, online ? starts.AddDays(2).AddHours(8) : starts.AddHours(7), online ? 2000 : 800,
            online ? Online() : Hall(), InterpreterSlots: online ? 2 : 4, Positions());
    }

    /// <summary>The last few of its own are left to nobody; the first few of the next one's are announced here as well.</summary>
    private List<string> Positions()
    {
        var size = populace.PositionsPerFair;
        var shared = fairs == 1 ? 0 : Shared;
        var own = Enumerable.Range(index * size, size - shared);
        var next = Enumerable.Range((index + 1) % fairs * size, shared);
        return [.. own.Concat(next).Select(position => populace.Position(position).Id)];
    }

    private Dictionary<string, StatedAnswer> Hall() => new()
    {
        ["SIGN_INTERPRETER"] = Says(Answer.Offered),
        ["CAPTIONS"] = Says(Answer.OnRequest),
        ["LARGE_PRINT"] = Says(Answer.Offered),
        ["STEP_FREE"] = Says(Answer.Offered),
        ["ACCESSIBLE_TOILET"] = Says(Answer.Offered),
        ["QUIET_SPACE"] = Says(Answer.OnRequest),
        ["GUIDE_DOG"] = Says(Answer.Offered),
        ["TRANSPORT"] = Says(Answer.OnRequest),
    };

    private Dictionary<string, StatedAnswer> Online() => new()
    {
        ["SIGN_INTERPRETER"] = Says(Answer.OnRequest),
        ["CAPTIONS"] = Says(Answer.Offered),
        ["SCREEN_READER"] = Says(Answer.Offered),
    };

    private StatedAnswer Says(Answer answer) => new(answer, populace.Today);
}
