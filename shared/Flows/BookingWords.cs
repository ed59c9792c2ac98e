using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>What whoever asks for a time is told.</summary>
public static class BookingWords
{
    public static Label Of(BookingRefusal why) => why switch
    {
        BookingRefusal.Taken => new("Somebody else has this time. Choose one of the free times.", "该时段已被预约，请选择其他空闲时段。"),
        BookingRefusal.NotOpen => new("It is not open at this time.", "该时段不开放。"),
        BookingRefusal.OffTheQuarter => new("Begin and end on a quarter of an hour, and book at least a quarter.", "请以一刻钟为单位选择开始和结束时间，至少一刻钟。"),
        BookingRefusal.TooLong => new($"A room is booked within one day, equipment for at most {Slots.LoanDays} days.", $"房间只能在同一天内预约，设备最多借 {Slots.LoanDays} 天。"),
        BookingRefusal.InThePast => new("This time has begun already.", "该时段已经开始。"),
        BookingRefusal.TooFarAhead => new($"Book at most {Slots.DaysAhead} days ahead.", $"最多提前 {Slots.DaysAhead} 天预约。"),
        BookingRefusal.NoAccess => new("The room cannot give what this person must have.", "这个房间不能提供必须有的便利。"),
        BookingRefusal.HoursOfTheDay => new("That would be more hours on one day than this person has said are good for them (8 where nothing was said).", "会超过本人每天可以工作的小时数（未填写时按 8 小时）。"),
        _ => new("This person has another room at that time.", "本人该时段已预约其他房间。"),
    };

    public static Label Of(ResourceKind kind) => kind == ResourceKind.Room ? new("Room", "房间") : new("Equipment", "设备");
}
