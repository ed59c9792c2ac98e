using System.Globalization;
using JobMatch.Matching;

namespace JobMatch.Population;

/// <summary>One posting, drawn part by part in a fixed order.</summary>
internal sealed class PositionDraw
{
    private static readonly Axis[] Axes = Enum.GetValues<Axis>();
    private static readonly Exposure[] Exposures = Enum.GetValues<Exposure>();

    // What work asks of an axis where its trade says nothing special.
    private static readonly (int Low, int High)[] Usual =
        [(1, 2), (0, 2), (0, 2), (1, 2), (1, 2), (1, 2), (0, 1), (1, 2), (2, 2), (1, 2), (1, 2), (1, 2), (1, 2)];

    private readonly Populace populace;
    private readonly int index;
    private readonly Dice dice;
    private readonly FirmDraw firm;
    private readonly Ways ways;
    private readonly Detail detail;
    private readonly Trade trade;
    private readonly Place place;
    private readonly Contract? contract;
    private readonly int hours;
    private readonly Shift[] shifts;
    private readonly Board? board;
    private readonly Lodging? lodging;

    public PositionDraw(Populace populace, int index)
    {
        this.populace = populace;
        this.index = index;
        dice = populace.Dice(Dice.Stream.Vacancy, index);
        firm = new FirmDraw(populace, index / populace.PositionsPerFair * Populace.FirmsPerFair + dice.Below(Populace.FirmsPerFair));
        ways = Ways.Of(firm.Sector);
        detail = dice.Chance(95) ? firm.Habit : Detail.Little;
        trade = dice.Pick(Trade.Of(firm.Sector));
        place = DrawPlace();
        contract = populace.Strict(dice, 96) ? dice.Pick(ways.Contracts) : null;
        hours = contract == Contract.PartTime ? dice.Pick((20, 70), (24, 30)) : dice.Pick(ways.Hours);
        shifts = trade.Output == PayPeriod.Broadcast && dice.Chance(60) ? [Shift.BroadcastSlot] : dice.Pick(ways.Shifts);
        board = place == Place.Remote ? null : dice.Pick(ways.Meals);
        lodging = place == Place.Remote ? null : Thorough && dice.Chance(36) ? Lodging.Free : dice.Pick(ways.Beds);
    }

    public Vacancy Vacancy()
    {
        var facts = Facts();
        var address = facts.District is { } code && place != Place.Remote && dice.Chance(84)
            ? Names.Address(dice, populace.Districts.First(settled => settled.District.Code == code).District.Label.Zh)
            : null;
        return new Vacancy(firm.Id, facts, Description(facts), address);
    }

    private Position Facts()
    {
        var workplace = populace.Workplace(dice, index, firm.Seat);
        return new()
        {
            Id = firm.Id + "-J" + (index + 1).ToString("D4", CultureInfo.InvariantCulture),
            Title = Title(),
            Occupation = dice.Chance(90) ? trade.Code : dice.Chance(50) ? trade.Titles[0] : null,
            District = place == Place.Remote && index % populace.PositionsPerFair >= populace.Districts.Count && dice.Chance(40) ? null : workplace.Code,
            Openings = dice.Pick((1, 34), (2, 22), (3, 14), (5, 14), (8, 6), (10, 6), (20, 4)),
            ClosesOn = populace.Today.AddDays(dice.Between(45, 160)),
            FirstPut = populace.Today.AddDays(-dice.Between(0, 70)),
            Demands = Demands(),
            Accommodations = Accommodations(),
            Exposures = place == Place.Remote ? new Dictionary<Exposure, bool>() : StatedExposures(),
            SkillsRequired = Required(),
            SkillsOptional = Optional(),
            EducationMin = populace.Strict(dice, Skilled ? 70 : Thorough ? 32 : 58) ? Schooling() : null,
            Licences = trade.Licence is { } licence && populace.Strict(dice, 84) ? [licence] : [],
            Contract = contract,
            Place = place,
            Shifts = dice.Chance(Thorough ? 98 : 86) ? shifts : null,
            Rest = dice.Chance(62) ? Days() : null,
            HoursPerWeek = dice.Chance(Thorough || place == Place.Remote ? 98 : 93) ? hours : null,
            Pay = dice.Chance(Thorough || place == Place.Remote ? 99 : 95) ? Wage() : null,
            Board = board,
            Lodging = lodging,
            ProbationMonths = Probation(),
            SiteCheck = firm.Checked,
        };
    }

    private Place DrawPlace()
    {
        if (dice.Chance(trade.Remote / 3))
            return Place.Remote;
        if (trade.Code is "DELIVERY_RIDER" or "CAR_DRIVER" or "PIANO_TUNER")
            return Place.Mobile;
        if (trade.Output == PayPeriod.Broadcast && dice.Chance(40))
            return Place.Base;
        return firm.Sector is Sector.Data or Sector.Commerce or Sector.Office && dice.Chance(7) ? Place.Hybrid : Place.OnSite;
    }

    private string Title()
    {
        var title = dice.OneOf(trade.Titles);
        if (place == Place.Remote)
            return dice.Chance(60) ? title + "（居家）" : title;
        if (contract == Contract.PartTime)
            return dice.Chance(60) ? title + "（非全日制）" : title;
        if (lodging == Lodging.Free && board is Board.ThreeMeals or Board.TwoMeals)
            return dice.Chance(50) ? title + "（包吃住）" : title;
        return shifts is [Shift.Day] && dice.Chance(12) ? title + "（白班）" : title;
    }

    /// <summary>The heart of the work first; only a thorough form goes through the whole list.</summary>
    private Dictionary<Axis, int> Demands()
    {
        var count = detail switch { Detail.Little => dice.Weighted([8, 18, 38, 36]), Detail.Some => dice.Between(4, 7), _ => dice.Chance(88) ? 13 : dice.Between(9, 12) };
        var heart = trade.Demands.Where(demand => Thorough || dice.Chance(88)).Select(demand => demand.Axis);
        return heart.Concat(dice.Shuffled(Axes)).Distinct().Where(axis => axis != Axis.Travel || place != Place.Remote).Take(count)
            .Order().ToDictionary(axis => axis, Demand);
    }

    private int Demand(Axis axis)
    {
        var (low, high) = trade.Demands.Where(demand => demand.Axis == axis).Select(demand => (demand.Low, demand.High)).DefaultIfEmpty(Usual[(int)axis]).First();
        if (place == Place.Remote && axis is Axis.StandingWalking or Axis.Lifting)
            high = low = 0;
        // Who thinks the form through asks for what the work needs; who does not, for the most it could.
        var (one, other) = (dice.Between(low, high), dice.Between(low, high));
        return Thorough ? Math.Min(one, other) : Math.Max(one, other) is 2 && dice.Chance(26) ? 3 : Math.Max(one, other);
    }

    private bool Skilled => trade.Schooling >= Education.Vocational;

    private bool Thorough => detail == Detail.Full;

    private Dictionary<string, StatedAnswer> Accommodations() =>
        Asked().Where(Fits).Distinct().OrderBy(code => CodeLists.Default.FindAccommodation(code)!.Sort).ToDictionary(code => code, Answer);

    private List<string> Asked()
    {
        var few = detail switch { Detail.Little => dice.Weighted([26, 40, 34]), Detail.Some => 2, _ => 4 };
        var asked = Enumerable.Range(0, few).Select(_ => dice.Pick(Adjustments.Common)).ToList();
        if (few > 0 && dice.Chance(Thorough ? 60 : 90))
            asked[0] = "PART_TIME";
        for (var pack = detail switch { Detail.Little => 0, Detail.Some => 1, _ => dice.Between(2, 4) }; pack > 0; pack--)
            asked.AddRange(dice.Pick(Adjustments.Packs).Where(_ => dice.Chance(Thorough ? 84 : 50)));
        return asked;
    }

    /// <summary>Nobody is asked what the work itself answers.</summary>
    private bool Fits(string code) => code switch
    {
        "REMOTE_WORK" => place is not (Place.Remote or Place.Hybrid),
        "NO_NIGHT_SHIFT" => shifts.Any(shift => shift is Shift.Night or Shift.ThreeShift or Shift.TwoShift),
        "PART_TIME" => contract != Contract.PartTime,
        _ => place != Place.Remote || CodeLists.Default.FindAccommodation(code) is { OnSite: false },
    };

    private StatedAnswer Answer(string code)
    {
        var refused = populace.Strict(dice, Thorough ? Adjustments.Refused(code) * 2 / 5 : Adjustments.Refused(code));
        if (refused)
            return new StatedAnswer(Matching.Answer.NotPossible, populace.Today, null, dice.Chance(80) ? Adjustments.Reason(code) : null);
        var answer = dice.Chance(Thorough ? 52 : 60) ? Matching.Answer.Offered : Matching.Answer.OnRequest;
        return dice.Below(100) switch
        {
            < 16 => new StatedAnswer(answer, populace.Today.AddDays(-dice.Between(10, 200)), firm.Checked is null ? "employer" : "staff"),
            < 19 => new StatedAnswer(answer, populace.Today.AddDays(-dice.Between(400, 600)), "employer"),
            _ => new StatedAnswer(answer, populace.Today),
        };
    }

    private Dictionary<Exposure, bool> StatedExposures()
    {
        var stated = new Dictionary<Exposure, bool>();
        foreach (var exposure in Exposures)
        {
            var there = trade.Exposures.Contains(exposure) ? populace.Strict(dice, 84) : ways.Surroundings.Contains(exposure) && populace.Strict(dice, 60);
            var said = detail switch { Detail.Little => there ? 60 : 4, Detail.Some => there ? 75 : 26, _ => 92 };
            if (dice.Chance(said))
                stated.Add(exposure, there);
        }
        return stated;
    }

    /// <summary>Mostly what many people can do: a trade's own skills are learnt on the job, unless one goes to school for it.</summary>
    private List<string> Required()
    {
        var required = new List<string>();
        if (populace.Strict(dice, Skilled ? 74 : Thorough ? 26 : 60))
            required.Add(dice.Chance(Skilled ? 50 : 8) ? dice.OneOf(trade.Core) : dice.OneOf(ways.Ordinary));
        if (dice.Chance(6))
            required.Add(dice.OneOf("吃苦耐劳", "会用手机", "做事细心", "有同类经验优先"));
        return [.. required.Where(NoLicence)];
    }

    private List<string> Optional() =>
        [.. trade.Core.Where(_ => dice.Chance(46)).Concat(trade.Useful.Where(_ => dice.Chance(30))).Where(NoLicence).Distinct()];

    private static bool NoLicence(string skill) => CodeLists.Default.FindSkill(skill) is not { Kind: SkillKind.Licence };

    private Education Schooling() => (Education)Math.Min((int)trade.Schooling + dice.Weighted([58, 30, 12]), (int)Education.Bachelor);

    private Rest Days() => hours switch
    {
        <= 30 => Rest.Free,
        <= 40 => dice.Chance(74) ? Rest.TwoDays : Rest.Rostered,
        <= 44 => dice.Chance(60) ? Rest.Alternating : Rest.OneDay,
        _ => dice.Pick((Rest.OneDay, 66), (Rest.MonthlyN, 18), (Rest.Rostered, 16)),
    };

    private Pay Wage()
    {
        var (low, high) = (trade.Low * dice.Between(88, 112) / 100, trade.High * dice.Between(Thorough ? 92 : 80, Thorough ? 116 : 108) / 100);
        high = Math.Max(high, low + 200);
        if (dice.Chance(trade.ByOutput))
            return dice.Chance(70) ? new Pay(Round(low), dice.Chance(60) ? Round(high) : null, trade.Output, true) : ByOutput();
        if (hours <= 30)
            return dice.Chance(70) ? new Pay(low / 173, high / 173, PayPeriod.Hour, true) : new Pay(Round(low * hours / 44), Round(high * hours / 44), PayPeriod.Month, true);
        return dice.Below(100) switch
        {
            < 7 => new Pay(low / 22, high / 22, PayPeriod.Day, true),
            < 9 => new Pay(Round(low) * 12, Round(high) * 12, PayPeriod.Year, true),
            < 24 => new Pay(Round((low + high) / 2), null, PayPeriod.Month, true),
            _ => new Pay(Round(low), Round(high), PayPeriod.Month, true),
        };
    }

    private static int Round(int yuan) => yuan / 100 * 100;

    /// <summary>Yuan for each piece, task or broadcast, with nothing promised for a month.</summary>
    private Pay ByOutput() => trade.Output switch
    {
        PayPeriod.Piece => new Pay(dice.Between(1, 3), dice.Between(4, 12), PayPeriod.Piece, false),
        PayPeriod.Broadcast => new Pay(dice.Between(10, 18) * 10, dice.Between(20, 40) * 10, PayPeriod.Broadcast, false),
        PayPeriod.Task => new Pay(dice.Between(2, 6) * 10, dice.Between(8, 30) * 10, PayPeriod.Task, false),
        var other => new Pay(null, null, other, false),
    };

    /// <summary>Labour Contract Law, article 19: none in part-time and task work, at most two months under three years.</summary>
    private int? Probation() => contract switch
    {
        Contract.FixedTerm => dice.Pick<int?>((1, 56), (2, 16), (0, 8), (null, 20)),
        Contract.OpenEnded => dice.Pick<int?>((1, 40), (3, 30), (null, 30)),
        Contract.PartTime or Contract.TaskBased => dice.Chance(30) ? 0 : null,
        _ => null,
    };

    private string Description(Position facts)
    {
        var meals = board switch { Board.ThreeMeals => "一日三餐由单位提供", Board.TwoMeals => "包午饭和晚饭", Board.OneMeal => "包一餐", Board.Allowance => "有餐补", _ => null };
        var bed = lodging switch { Lodging.Free => "有免费宿舍", Lodging.Paid => "宿舍每月收少量房租", Lodging.Allowance => "有房补", _ => null };
        var probation = facts.ProbationMonths switch { 1 => "试用期一个月", 2 => "试用期两个月", 3 => "试用期三个月", 0 => "没有试用期", _ => null };
        var way = place switch { Place.Remote => "在家完成，材料和任务在线上或快递交接", Place.Hybrid => "每周到岗两三天，其余在家", Place.Base => "在直播基地上班，设备由基地提供", Place.Mobile => "在外面跑，单位派单", _ => null };
        var closing = dice.Pick<string?>(("有师傅带", 20), ("欢迎先来看看工作环境", 14), ("可以先试做半天", 10), ("电话或短信联系都可以", 10), (null, 46));
        var life = string.Join("，", new[] { meals, bed, probation }.OfType<string>());
        return string.Join("。", new[] { dice.OneOf(trade.Duties), way, life.Length == 0 ? null : life, closing }.OfType<string>()) + "。";
    }
}
