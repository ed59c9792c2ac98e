using JobMatch.Matching;
using static JobMatch.Matching.Exposure;

namespace JobMatch.Population;

/// <summary>How employers of one kind run their places: what a posting of theirs is likely to say.</summary>
/// <param name="Nouns">What stands in the firm's name.</param>
/// <param name="Ordinary">Skills that many people have and postings ask for.</param>
internal sealed record Ways(
    string[] Nouns, (Contract What, int Weight)[] Contracts, (Shift[] What, int Weight)[] Shifts, (int What, int Weight)[] Hours,
    Exposure[] Surroundings, (Board? What, int Weight)[] Meals, (Lodging? What, int Weight)[] Beds, string[] Ordinary)
{
    public static Ways Of(Sector sector) => All[(int)sector];

    /// <summary>Of twenty firms, which are of what kind; a firm's number decides, so that every kind occurs.</summary>
    public static readonly Sector[] OfTwenty =
    [
        Sector.Factory, Sector.Commerce, Sector.Data, Sector.Retail, Sector.Factory, Sector.Office, Sector.Wellness, Sector.Craft, Sector.Commerce, Sector.Retail,
        Sector.Factory, Sector.Data, Sector.Office, Sector.Factory, Sector.Commerce, Sector.Retail, Sector.Factory, Sector.Office, Sector.Data, Sector.Craft,
    ];

    private static readonly (Contract, int)[] Employed =
        [(Contract.FixedTerm, 56), (Contract.OpenEnded, 6), (Contract.PartTime, 15), (Contract.Dispatch, 13), (Contract.ServiceAgreement, 10)];

    private static readonly (Contract, int)[] Loose =
    [
        (Contract.FixedTerm, 42), (Contract.PartTime, 14), (Contract.Platform, 12), (Contract.HomePiecework, 12), (Contract.ServiceAgreement, 8),
        (Contract.TaskBased, 6), (Contract.Internship, 4), (Contract.CommissionOnly, 2),
    ];

    private static readonly Ways[] All =
    [
        new(["电子", "精密制造", "食品", "服饰", "机械", "包装制品"], Employed,
            [([Shift.Day], 42), ([Shift.TwoShift], 26), ([Shift.ThreeShift], 16), ([Shift.Day, Shift.Weekend], 10), ([Shift.Night], 6)],
            [(40, 26), (44, 26), (48, 34), (54, 10), (24, 4)], [Noise, MovingMachinery, DustFumes, Heat, Vibration],
            [(Board.ThreeMeals, 34), (Board.TwoMeals, 14), (Board.OneMeal, 16), (Board.Allowance, 8), (Board.None, 6), (null, 22)],
            [(Lodging.Free, 36), (Lodging.Paid, 8), (Lodging.Allowance, 4), (Lodging.None, 18), (null, 34)],
            ["SAFETY_RULES", "SAFETY_RULES", "PACKING", "LABEL_STICKING"]),
        new(["电子商务", "文化传媒", "网络科技", "供应链"], Loose,
            [([Shift.Day], 34), ([Shift.TwoShift], 18), ([Shift.BroadcastSlot], 12), ([Shift.Flexible], 16), ([Shift.Day, Shift.Evening], 12), ([Shift.Evening, Shift.Weekend], 8)],
            [(40, 32), (44, 24), (48, 22), (30, 8), (24, 7), (20, 7)], [Noise, BrightFlashingLight, Crowds],
            [(Board.OneMeal, 22), (Board.Allowance, 18), (Board.None, 16), (Board.ThreeMeals, 6), (null, 38)],
            [(Lodging.Free, 10), (Lodging.Allowance, 10), (Lodging.None, 34), (null, 46)],
            ["PUTONGHUA", "TYPING", "TYPING", "SHOP_BACKEND"]),
        new(["数据服务", "信息技术", "软件", "网络服务"], Loose,
            [([Shift.Day], 58), ([Shift.Flexible], 28), ([Shift.TwoShift], 10), ([Shift.Day, Shift.Evening], 4)],
            [(40, 56), (44, 14), (35, 8), (30, 8), (20, 14)], [BrightFlashingLight],
            [(Board.Allowance, 24), (Board.OneMeal, 16), (Board.None, 20), (null, 40)],
            [(Lodging.None, 40), (Lodging.Allowance, 8), (Lodging.Free, 6), (null, 46)],
            ["TYPING", "TYPING", "SPREADSHEET", "DATA_ENTRY", "PUTONGHUA"]),
        new(["企业服务", "物业服务", "档案服务", "商务服务"], Employed,
            [([Shift.Day], 62), ([Shift.TwoShift], 12), ([Shift.ThreeShift], 10), ([Shift.Day, Shift.Weekend], 10), ([Shift.Split], 6)],
            [(40, 46), (44, 26), (48, 20), (24, 8)], [Noise, Chemicals, Crowds],
            [(Board.OneMeal, 28), (Board.Allowance, 16), (Board.None, 20), (null, 36)],
            [(Lodging.None, 42), (Lodging.Free, 8), (null, 50)],
            ["PUTONGHUA", "WORD_PROCESSING", "TYPING", "CLEANING"]),
        new(["康养服务", "健康管理", "艺术培训", "文化艺术"], Loose,
            [([Shift.Day, Shift.Evening], 36), ([Shift.Flexible], 20), ([Shift.Split], 16), ([Shift.Evening, Shift.Weekend], 16), ([Shift.Day], 12)],
            [(40, 32), (44, 16), (48, 22), (30, 10), (20, 20)], [Crowds, Noise],
            [(Board.TwoMeals, 28), (Board.ThreeMeals, 12), (Board.OneMeal, 14), (Board.None, 14), (null, 32)],
            [(Lodging.Free, 34), (Lodging.Paid, 6), (Lodging.None, 24), (null, 36)],
            ["HYGIENE", "PUTONGHUA", "PUTONGHUA"]),
        new(["手工艺品", "农业开发", "文创", "园艺"], Loose,
            [([Shift.Day], 42), ([Shift.Flexible], 46), ([Shift.Day, Shift.Weekend], 12)],
            [(40, 32), (30, 16), (20, 24), (44, 12), (48, 16)], [Outdoors, Heat, DustFumes],
            [(Board.OneMeal, 26), (Board.TwoMeals, 8), (Board.None, 26), (null, 40)],
            [(Lodging.None, 36), (Lodging.Free, 10), (null, 54)],
            ["PAPER_BEAD_CRAFT", "GARDENING", "PACKING", "SAFETY_RULES"]),
        new(["商贸", "餐饮管理", "超市连锁", "物流", "汽车服务"], Employed,
            [([Shift.Day], 30), ([Shift.TwoShift], 32), ([Shift.Day, Shift.Weekend], 14), ([Shift.Split], 10), ([Shift.Night], 8), ([Shift.Evening, Shift.Weekend], 6)],
            [(40, 26), (44, 26), (48, 36), (24, 12)], [Crowds, Noise, Cold],
            [(Board.OneMeal, 26), (Board.TwoMeals, 22), (Board.Allowance, 12), (Board.None, 12), (null, 28)],
            [(Lodging.Free, 12), (Lodging.Paid, 4), (Lodging.Allowance, 6), (Lodging.None, 32), (null, 46)],
            ["HYGIENE", "PUTONGHUA", "SAFETY_RULES", "SORTING", "CLEANING"]),
    ];
}
