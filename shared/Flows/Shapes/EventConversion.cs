using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>A recruitment event's shape as what is stored, and back.</summary>
public static class EventConversion
{
    /// <summary>The event as the shape says it; status, wave and version are left for the flow.</summary>
    /// <param name="today">Asia/Shanghai; a bare answer is of this day.</param>
    public static Reading<RecruitmentEvent> ToEvent(this EventShape shape, string id, DateOnly today, CodeLists lists)
    {
        var found = new Findings(lists, today);
        found.Say(CallerId.Check(id));
        Check(shape, found);
        return found.With(new RecruitmentEvent
        {
            Id = id,
            Title = shape.Title ?? "",
            ShortTitle = shape.ShortTitle,
            Kind = shape.Kind ?? default,
            District = found.District(shape.District, "district"),
            Districts = shape.Districts is { Count: > 0 } districts ? [.. districts.Select((code, i) => found.District(code, $"districts[{i}]")).OfType<string>().Distinct().Order(StringComparer.Ordinal)] : null,
            Address = shape.Address,
            Online = shape.Online,
            OpenToEmployers = shape.OpenToEmployers ?? false,
            StartsAt = shape.StartsAt ?? default,
            EndsAt = shape.EndsAt ?? default,
            Capacity = shape.Capacity,
            Accommodations = found.Answers(shape.Accommodations, "accommodations"),
            InterpreterSlots = shape.InterpreterSlots,
        });
    }

    /// <summary>What was put, as stored; answers are objects with their day.</summary>
    public static EventShape ToShape(this RecruitmentEvent file) => new()
    {
        Title = file.Title,
        ShortTitle = file.ShortTitle,
        Kind = file.Kind,
        District = file.District,
        Districts = file.Districts,
        Address = file.Address,
        Online = file.Online,
        OpenToEmployers = file.OpenToEmployers,
        StartsAt = file.StartsAt,
        EndsAt = file.EndsAt,
        Capacity = file.Capacity,
        Accommodations = PositionConversion.ToShape(file.Accommodations),
        InterpreterSlots = file.InterpreterSlots,
    };

    private static void Check(EventShape shape, Findings found)
    {
        if (shape.District is null && !Online(shape))
            found.Say(Faults.Required("district", "Give the district, or say in online where it is joined.", "请填写区县；线上活动请填写参加方式（online）。"));
        if (shape.EndsAt <= shape.StartsAt)
            found.Say(Faults.OutOfRange("endsAt", "The end must be after the start.", "结束时间必须晚于开始时间。"));
        if (Outs.Names(shape.ShortTitle))
            found.Say(Faults.OutsText("shortTitle", "The short title goes into texts and must not name disability.", "短标题会出现在短信中，不能提及残疾。"));
        if (shape.ShortTitle is null && Outs.Names(shape.Title))
            found.Say(Faults.OutsText("title", "This title names disability and would stand in texts. Add a shortTitle that does not.", "标题提及残疾且会出现在短信中。请另填一个不提及残疾的短标题（shortTitle）。"));
        if (shape.Online is { } online && online.Contains("://", StringComparison.Ordinal) && !(Uri.TryCreate(online, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
            found.Say(Faults.WrongType("online", new("an https address, or words", "https 网址或文字说明")));
    }

    private static bool Online(EventShape shape) => shape.Online is not null || shape.Kind is EventKind.OnlineFair or EventKind.LivestreamFair;
}
