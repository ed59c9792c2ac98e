using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>Where staff find and register people, act for them on the very pages that they have themselves, and give them a code for signing in.</summary>
public static partial class PeoplePages
{
    private const string May = "pages.staff.people";

    private static readonly Field[] Fields =
    [
        Field.Text("name", "Name", "姓名"), Field.Of("phone", FieldKind.Text, ("required", new("Enter a phone number, or who else can be reached.", "请填写手机号；没有手机的，请填写联系人。"))),
        Field.Text("contact.helper", "Who else can be reached", "联系人"), Field.Of("district", FieldKind.Text, ("required", new("Choose the district.", "请选择区县。"))),
    ];

    public static void MapPeoplePages(this Triggers triggers)
    {
        triggers.Page("GET", "/staff/people", May, (HttpContext context) => Show.Page<PeoplePage, PeopleModel>(context, new(Form.Empty, null, new([], 0))));
        triggers.Page("POST", "/staff/people", May, Find);
        triggers.Page("GET", "/staff/people/new", May, (HttpContext context, CodeLists codes) =>
            Show.Page<DeskPage, DeskModel>(context, new(Form.Empty.With("id", "desk-" + SeekerPages.Letters(RandomNumberGenerator.GetBytes(10))), codes, [])));
        triggers.Page("POST", "/staff/people/new", May, Register);
        triggers.Page("GET", "/staff/people/{subject}", May, (HttpContext context, string subject, [AsParameters] Own own) => One(context, subject, null, own)).AuditedPerson(AuditAct.SeekerOpened);
        triggers.Page("POST", "/staff/people/{subject}/act", May, Act).AuditedPerson(AuditAct.ActingBegun);
        triggers.Page("POST", "/staff/people/{subject}/code", May, GiveCode).AuditedPerson(AuditAct.CodeIssued);
        triggers.Page("POST", "/staff/acting/end", May, EndActing);
    }

    // Posted, so that what was typed stands in no address, and is kept by no browser and no log.
    private static async Task<IResult> Find(HttpContext context, FindPeople flow, CodeLists codes)
    {
        var form = await Form.Posted(context);
        var asked = form.Value("q").Trim();
        if (asked.Length == 0)
            return Show.Page<PeoplePage, PeopleModel>(context, new(form.With(new FormError("q", context.Say("请填写手机号、登记号或姓名。", "Enter a phone number, an id or a name."))), codes, new([], 0)), 422);
        var found = await flow.Run(asked, context.RequestAborted);
        foreach (var person in found.Items)
            await context.Audit(AuditAct.SeekerFound, person.Facts.Id);
        return Show.Page<PeoplePage, PeopleModel>(context, new(form, codes, found));
    }

    // The id comes with the form, so that what is posted twice is one person.
    private static async Task<IResult> Register(HttpContext context, PutSeeker put, FindPeople find, [AsParameters] Own own)
    {
        var (form, cancel, language) = (await Form.Posted(context), context.RequestAborted, Languages.Of(context));
        var id = form.Value("id");
        if (!DeskId().IsMatch(id))
            return Show.Next("/staff/people/new");
        var given = SeekerPages.Purposes.Where(purpose => form.Value(purpose) == "yes").ToList();
        var consent = new JsonObject(given.Select(purpose => KeyValuePair.Create<string, JsonNode?>(purpose, own.Time.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
        var reading = ShapeReader.Read<SeekerShape>(form.WriteTo(new() { ["consent"] = consent, ["language"] = form.Value("language") == "en" ? "en" : "zh-CN" }, Fields)).Then(x => x.ToFile(id, own.Time.Today(), own.Codes));
        var errors = form.With(reading.Errors, Fields, language).Errors.ToList();
        if (given.Count > 0 && !ConsentWords.How.Any(x => x.Code == form.Value("how")))
            errors.Add(new("how", context.Say("请选择本人是怎样表示同意的。", "Choose how they gave their consent.")));
        IReadOnlyList<SeekerFile> known = errors.Count == 0 && reading.Value!.Phone is { } phone && form.Value("another") != "yes"
            ? [.. (await find.Run(phone, cancel)).Items.Where(x => x.Id != id)] : [];
        if (known.Count > 0)
            errors.Add(new("phone", context.Say("这个手机号已经有人登记。请打开下面的登记；如果是另一个人共用这部手机，请在下面勾选。", "Somebody is registered with this number. Open them below, or tick below that another person shares the phone.")));
        if (errors.Count > 0)
            return Show.Page<DeskPage, DeskModel>(context, new(form.With([.. errors]), own.Codes, known), 422);
        var subject = (await put.Run(reading.Value!, null, imported: false, cancel)).Value!.Facts.Id;
        await context.Audit(AuditAct.SeekerRegistered, subject);
        if (given.Count > 0)
            await context.Audit(AuditAct.ConsentRecorded, subject, ConsentWords.Kept(form.Value("how"), given));
        return await Begin(context, subject, "/my/abilities");
    }

    private static async Task<IResult> One(HttpContext context, string subject, DeskCode? code, Own own) =>
        await own.Seekers.IdOf(subject, context.RequestAborted) is { } id && await own.Seekers.Find(id, context.RequestAborted) is { } stored
            ? Show.Page<PersonPage, PersonModel>(context, new(stored.Value, code, own.Codes), path: $"/staff/people/{subject}")
            : Show.NotFound(context);

    private static async Task<IResult> Act(HttpContext context, string subject, [AsParameters] Own own) =>
        await own.Seekers.IdOf(subject, context.RequestAborted) is null ? Show.NotFound(context) : await Begin(context, subject, "/my/answers");

    private static async Task<IResult> Begin(HttpContext context, string subject, string next)
    {
        ActingCookie.Set(context, await context.RequestServices.GetRequiredService<Sessions>().StartActing(context.Caller().StaffId!, subject, context.RequestAborted));
        return Show.Next(next);
    }

    // Shown on the very answer, once: reading the page again gives none.
    private static async Task<IResult> GiveCode(HttpContext context, string subject, IssueDeskCode flow, [AsParameters] Own own) =>
        await One(context, subject, await flow.Run(subject, context.Caller().StaffId!, context.RequestAborted), own);

    private static async Task<IResult> EndActing(HttpContext context)
    {
        var person = await ActingCookie.Person(context, context.Caller());
        await ActingCookie.End(context);
        return Show.Next(person is null ? "/staff/people" : $"/staff/people/{person.Subject}");
    }

    [GeneratedRegex(@"^desk-[a-p]{20}\z")]
    private static partial Regex DeskId();

    internal sealed record Own(ISeekers Seekers, CodeLists Codes, TimeProvider Time);
}

/// <param name="Codes">Null before anything was asked.</param>
public sealed record PeopleModel(Form Form, CodeLists? Codes, Ranked<SeekerFile> Found);

/// <param name="Known">Who is registered with the phone already.</param>
public sealed record DeskModel(Form Form, CodeLists Codes, IReadOnlyList<SeekerFile> Known);

/// <param name="Code">The code that was asked for just now; null where none was.</param>
public sealed record PersonModel(SeekerFile Person, DeskCode? Code, CodeLists Codes);

/// <summary>How a consent reached staff, as the audit keeps it.</summary>
internal static class ConsentWords
{
    public static readonly IReadOnlyList<(string Code, Label Label)> How =
    [
        ("SPOKEN", new("Spoken, face to face", "当面口头同意")), ("SIGNED", new("Signed on paper", "在纸上签字")), ("CALL", new("In a phone call or a video call", "电话或视频中同意")),
        ("SIGNED_LANGUAGE", new("In sign language", "用手语表示同意")), ("GUARDIAN", new("Through a guardian whom the law names", "由法定监护人代为同意")),
    ];

    private static readonly IReadOnlyDictionary<string, Label> Purposes = new Dictionary<string, Label>
    {
        ["matching"] = new("matching", "匹配岗位"),
        ["sms"] = new("text messages", "短信通知"),
        ["employers"] = new("being shown to employers without a name", "匿名向单位展示"),
        ["statistics"] = new("statistics", "统计"),
    };

    /// <summary>As the audit keeps it: how, and which.</summary>
    public static string Kept(string how, IEnumerable<string> purposes) => $"{how}: {string.Join(' ', purposes)}";

    /// <summary>What was kept, for the person.</summary>
    public static Label Told(string kept)
    {
        var (how, which) = (kept.Split(": ")[0], kept.Split(": ")[^1].Split(' ').Select(x => Purposes.GetValueOrDefault(x, new(x, x))).ToList());
        var said = How.Where(x => x.Code == how).Select(x => x.Label).FirstOrDefault(new Label(how, how));
        return new($"{string.Join(", ", which.Select(x => x.En))} ({said.En})", $"{string.Join("、", which.Select(x => x.Zh))}（{said.Zh}）");
    }
}
