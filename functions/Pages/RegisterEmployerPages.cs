using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>An organisation registers itself, by somebody whose phone was confirmed before; later it says who else acts for it.</summary>
public static partial class RegisterEmployerPages
{
    /// <summary>Where somebody goes on who confirmed their phone for it.</summary>
    public const string About = "/employer/register/organisation";

    private const string Again = "/employer/register?again=1";

    // By field (of a contact without its number) and code: what a person is told instead of what a program is told.
    private static readonly Dictionary<(string Field, string Code), Label> Says = new()
    {
        [("name", "required")] = new("Enter the name of the organisation.", "请填写单位名称。"),
        [("contacts.name", "required")] = new("Enter the name of the contact.", "请填写联系人姓名。"),
        [("creditCode", "required")] = new("Enter the unified social credit code from the business licence.", "请填写营业执照上的统一社会信用代码。"),
        [("contacts.phone", "required")] = new("Enter the contact's mobile phone, or clear the name and e-mail to leave the contact out.", "请填写联系人手机号；不要这位联系人时，请清空姓名和邮箱。"),
    };

    public static void MapRegisterEmployerPages(this Triggers triggers)
    {
        triggers.Page("GET", About, "pages.signIn", New);
        triggers.Page("POST", About, "pages.signIn", Register);
        triggers.Page("GET", "/employer/organisation", "pages.employer", Edit);
        triggers.Page("POST", "/employer/organisation", "pages.employer", Change);
    }

    private static async Task<IResult> New(HttpContext context, Sessions sessions) => await SeekerPages.Confirmed(context, sessions) is { } phone
        ? Show.Page<OrganisationPage, OrganisationModel>(context, new(Form.Empty, null, phone))
        : Show.Next(Again);

    private static async Task<IResult> Register(HttpContext context, Sessions sessions, RegisterEmployer flow)
    {
        if (SignInCookie.Read(context) is not { } cookie || await SeekerPages.Confirmed(context, sessions) is not { } phone)
            return Show.Next(Again);
        var form = (await Form.Posted(context)).With("contacts.0.phone", phone);
        // The same request gives the same id: what is posted twice registers one employer.
        var id = "org-" + SeekerPages.Letters(SHA256.HashData(Encoding.UTF8.GetBytes(cookie.Request)).AsSpan(0, 10));
        var (said, errors) = Read(id, form, 1, Languages.Of(context));
        if (errors.Count > 0)
            return Show.Page<OrganisationPage, OrganisationModel>(context, new(form.With(errors), null, phone), 422);
        await flow.Run(said!, context.RequestAborted);
        return await SignInPages.Start(context, sessions, cookie, Role.Employer, id);
    }

    private static async Task<IResult> Edit(HttpContext context, IEmployers employers) =>
        await employers.Find(context.Caller().EmployerId!, context.RequestAborted) is { Value: var employer }
            ? Show.Page<OrganisationPage, OrganisationModel>(context, new(Filled(employer), employer, null))
            : Show.NotFound(context);

    private static async Task<IResult> Change(HttpContext context, IEmployers employers, RegisterEmployer flow)
    {
        if (await employers.Find(context.Caller().EmployerId!, context.RequestAborted) is not { Value: var employer })
            return Show.NotFound(context);
        var form = await Form.Posted(context);
        if (!employer.IsHeld)
            form = form.With("name", employer.Name).With("creditCode", employer.CreditCode ?? "");
        var (said, errors) = Read(employer.Id, form, Limits.Entries, Languages.Of(context));
        if (errors.Count == 0 && said!.Contacts.Count == 0)
            errors = [new("contacts.0.name", context.Say("至少要有一位联系人，否则没有人能登录。", "Leave at least one contact: without any nobody could sign in."))];
        if (errors.Count == 0 && long.TryParse(form.Value("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && await flow.Change(employer.Id, said!, version, context.RequestAborted) is Put<Employer>.Stale)
            errors = [new("", context.Say("刚才有人改过单位信息。请核对后再保存。", "Somebody changed this a moment ago. Look at it again, then save."))];
        return errors.Count > 0
            ? Show.Page<OrganisationPage, OrganisationModel>(context, new(form.With("version", $"{employer.Version}").With(errors), employer, null), 422)
            : Show.Next("/employer");
    }

    private static Form Filled(Employer employer)
    {
        var form = Form.Empty.With("name", employer.Name).With("creditCode", employer.CreditCode ?? "").With("version", $"{employer.Version}");
        foreach (var (i, contact) in employer.Contacts.Index())
            form = form.With($"contacts.{i}.name", contact.Name).With($"contacts.{i}.phone", contact.Phone).With($"contacts.{i}.email", contact.Email ?? "");
        return form;
    }

    private static (Employer? Said, IReadOnlyList<FormError> Errors) Read(string id, Form form, int most, Language language)
    {
        // A contact whose three fields are empty is none; errors find their row all the same.
        string[] members = ["name", "phone", "email"];
        var rows = Enumerable.Range(0, most).Where(i => members.Any(member => form.Value($"contacts.{i}.{member}").Trim().Length > 0)).ToArray();
        var shape = new JsonObject { ["contacts"] = new JsonArray([.. rows.Select(i => Object(members.Select(member => (member, form.Value($"contacts.{i}.{member}")))))]) };
        foreach (var member in (string[])["name", "creditCode"])
            if (form.Value(member).Trim() is { Length: > 0 } text)
                shape[member] = text;
        var reading = ShapeReader.Read<EmployerShape>(shape).Then(x => x.ToEmployer(id));
        var errors = reading.Errors.ToList();
        if (form.Value("creditCode").Trim().Length == 0)
            errors.Add(Faults.Required("creditCode"));
        return (reading.Ok ? reading.Value : null, [.. errors.Select(Placed).OrderBy(x => x.Name is "name" or "creditCode" ? 0 : 1).DistinctBy(x => x.Name)]);

        FormError Placed(FieldError error) => new(
            InList().Replace(error.Field, at => $"contacts.{rows[int.Parse(at.Groups[1].ValueSpan, CultureInfo.InvariantCulture)]}."),
            (Says.TryGetValue((InList().Replace(error.Field, "contacts."), error.Code), out var says) ? says : error.Message).In(language));
    }

    private static JsonObject Object(IEnumerable<(string Member, string Text)> members)
    {
        var made = new JsonObject();
        foreach (var (member, text) in members)
            if (text.Trim() is { Length: > 0 } said)
                made[member] = said;
        return made;
    }

    [GeneratedRegex(@"^contacts\[([0-9]+)\]\.")]
    private static partial Regex InList();
}

/// <param name="Held">What is held; null while it registers.</param>
/// <param name="Phone">While it registers: the phone that was confirmed.</param>
public sealed record OrganisationModel(Form Form, Employer? Held, string? Phone)
{
    /// <summary>How many contacts the form has room for: those there are, and one more.</summary>
    public int Rows => Held is null ? 1 : Math.Min(Limits.Entries, 1 + Math.Max(Held.Contacts.Count, Enumerable.Range(0, Limits.Entries).LastOrDefault(i => Form.Value($"contacts.{i}.phone").Length > 0)));
}
