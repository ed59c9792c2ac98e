using System.Globalization;
using System.Text.RegularExpressions;
using JobMatch.Flows;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>Where auditors read who did what.</summary>
public static partial class AuditPages
{
    private const int Shown = 50;

    public static void MapAuditPages(this Triggers triggers) =>
        triggers.Page("GET", "/staff/audit", "pages.staff.audit", Read).Audited(AuditAct.AuditRead, null);

    private static async Task<IResult> Read(HttpContext context, string? from, string? to, string? by, string? act, string? person, string? after, IAudit audit, TimeProvider time, CancellationToken cancel)
    {
        var form = Form.Empty.With("from", from ?? Written(time.Today().AddDays(-30))).With("to", to ?? Written(time.Today())).With("by", by ?? "").With("act", act ?? "").With("person", person ?? "");
        List<FormError> wrong = [];
        var query = new AuditQuery(Day("from"), Day("to"), Said("by"), Enum.TryParse<AuditAct>(form.Value("act"), out var chosen) ? chosen : null, Said("person"));
        if (query.From > query.To)
            wrong.Add(new("to", context.Say("结束日期不能早于开始日期。", "The last day must not be before the first.")));
        if (query.Subject is { } subject && !Subject().IsMatch(subject))
            wrong.Add(new("person", context.Say("请填写 32 位内部编号（数字和 a–f），不是姓名、手机号或登记号。", "Enter the internal id of 32 digits and letters a–f, not a name, a phone or an id of registration.")));
        return wrong.Count > 0
            ? Show.Page<AuditPage, AuditModel>(context, new(form.With([.. wrong]), new([], null)), 422)
            : Show.Page<AuditPage, AuditModel>(context, new(form, await audit.Read(query, after, Shown, cancel)));

        string? Said(string name) => form.Value(name).Trim() is { Length: > 0 } said ? said : null;

        DateOnly? Day(string name)
        {
            if (Said(name) is not { } text)
                return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            wrong.Add(new(name, context.Say("请填写日期，例如 2027-03-01。", "Enter a day, such as 2027-03-01.")));
            return null;
        }
    }

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex Subject();
}

public sealed record AuditModel(Form Form, AuditLines Lines)
{
    /// <summary>Where the older ones begin.</summary>
    public string Older => "/staff/audit" + QueryString.Create(
        ((string[])["from", "to", "by", "act", "person"]).Select(name => KeyValuePair.Create<string, string?>(name, Form.Value(name))).Append(new("after", Lines.Next)));
}

/// <summary>What acts are called.</summary>
internal static class AuditWords
{
    public static Label LabelOf(AuditAct act) => act switch
    {
        AuditAct.SeekerFound => new("Found a person by search", "查找到求职者"),
        AuditAct.SeekerOpened => new("Opened a person's data", "查看求职者资料"),
        AuditAct.SeekerRegistered => new("Registered a person", "登记求职者"),
        AuditAct.SeekerChanged => new("Changed a person's data", "修改求职者资料"),
        AuditAct.ConsentRecorded => new("Recorded a consent", "记录同意"),
        AuditAct.SeekerExported => new("Exported a person's data", "导出求职者资料"),
        AuditAct.SeekerErased => new("Erased a person", "删除求职者"),
        AuditAct.TextsResumed => new("Let texts go on", "恢复短信"),
        AuditAct.ActingBegun => new("Began to act for a person", "开始代办"),
        AuditAct.CodeIssued => new("Gave out a desk code", "发放柜台验证码"),
        AuditAct.IdentityReleased => new("Released name and phone to an employer", "向单位公开姓名和电话"),
        AuditAct.ReleaseRevoked => new("Took that release back", "收回公开"),
        AuditAct.RepliesOpened => new("Opened replies", "查看回复"),
        AuditAct.ReplyEnded => new("Dealt with a reply", "处理回复"),
        AuditAct.GuestsOpened => new("Opened a list of guests", "查看到场名单"),
        AuditAct.GuestsChanged => new("Changed a list of guests", "修改到场名单"),
        AuditAct.AnnouncementAsked => new("Asked for an announcement", "申请发送通知"),
        AuditAct.AnnouncementApproved => new("Approved an announcement", "批准发送通知"),
        AuditAct.EventStopped => new("Stopped an announcement", "停止发送"),
        AuditAct.EventCancelled => new("Cancelled an event", "取消活动"),
        AuditAct.EmployerWritten => new("Wrote an employer", "登记或修改单位"),
        AuditAct.EmployerApproved => new("Approved an employer", "批准单位"),
        AuditAct.EmployerRefused => new("Refused an employer", "退回单位"),
        AuditAct.SiteChecked => new("Recorded a site check", "记录实地核查"),
        AuditAct.SendingPaused => new("Held texts", "暂停短信"),
        AuditAct.SendingResumed => new("Let texts go on again", "继续发送短信"),
        AuditAct.QueueRedriven => new("Tried given-up work again", "重新处理放弃的任务"),
        AuditAct.KeyIssued => new("Issued a key", "发放密钥"),
        AuditAct.KeyRevoked => new("Revoked a key", "停用密钥"),
        AuditAct.KeysRewrapped => new("Wrapped keys again", "重新封装密钥"),
        AuditAct.RecordsOpened => new("Read records of programmes", "查看项目记录"),
        AuditAct.RecordChanged => new("Changed a record of a programme", "修改项目记录"),
        AuditAct.ResourceChanged => new("Changed a room or equipment", "修改房间或设备"),
        AuditAct.BookingsOpened => new("Read bookings", "查看预约"),
        AuditAct.BookingChanged => new("Booked or gave back a time", "预约或取消预约"),
        AuditAct.FollowUpsOpened => new("Opened follow-ups and cases", "查看回访和个案"),
        AuditAct.FollowUpAnswered => new("Entered what was said at a follow-up", "录入回访结果"),
        AuditAct.CaseChanged => new("Worked on a case", "处理个案"),
        AuditAct.PolicyAsked => new("Asked for other weights", "申请修改权重"),
        AuditAct.PolicyPublished => new("Published weights", "发布权重"),
        AuditAct.PolicyDropped => new("Dropped weights that waited", "撤下等待审批的权重"),
        _ => new("Read the audit", "查看操作记录"),
    };

    /// <summary>A row as the person reads it whom it concerns.</summary>
    /// <param name="cells">Of the row, as the export has them.</param>
    public static Label ToPerson(string moment, IReadOnlyDictionary<string, string> cells)
    {
        var (act, by) = (Enum.Parse<AuditAct>(cells["Act"]), cells["By"]);
        var said = LabelOf(act);
        Label? page = !cells.TryGetValue("About", out var about) ? null : act switch
        {
            AuditAct.SeekerChanged => PageOf(about),
            AuditAct.ConsentRecorded => ConsentWords.Told(about),
            _ => null,
        };
        var (en, zh) = by == AuditEntry.Self ? ("you", "您本人") : by.StartsWith("helper-", StringComparison.Ordinal) ? ("your helper", "您的帮助人") : cells["As"] == nameof(Role.Staff) ? ($"an employee of the federation ({by})", $"残联工作人员（{by}）") : (by, by);
        return new($"{moment}, {en}: {said.En}{(page is { } x ? $": {x.En}" : "")}", $"{moment} {zh}：{said.Zh}{(page is { } y ? $"：{y.Zh}" : "")}");
    }

    // What stands on a person's page is named by it; of others its address.
    private static Label PageOf(string route) => route switch
    {
        "/my/about" => new("about you", "基本情况"),
        "/my/abilities" => new("what you can do at work", "工作中能做什么"),
        "/my/adjustments" or "/my/musts" => new("the adjustments you need", "需要的便利"),
        "/my/wishes" => new("the work you would like", "想要的工作"),
        "/my/skills" => new("skills, papers and schooling", "技能、证书和学历"),
        "/my/consents" => new("your consents", "您的同意"),
        "/my/texts" => new("whether you get texts", "是否接收短信"),
        "/my/phone" => new("your phone", "手机号"),
        _ => new(route, route),
    };

    /// <summary>Who did it, for whoever reads the audit.</summary>
    public static Label Who(AuditEntry x) => x.By switch
    {
        AuditEntry.Self => new("The person", "本人"),
        AuditEntry.Terminal => new("An operator's terminal", "运维终端"),
        _ => new(x.By, x.By),
    };
}
