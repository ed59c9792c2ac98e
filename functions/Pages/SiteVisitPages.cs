using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>Where staff see which employers are to be visited, and enter what they found there.</summary>
public static partial class SiteVisitPages
{
    private const string Path = "/staff/site-visits", May = "pages.staff.employers";
    private const int MostPositions = 100;

    private static readonly Field[] Fields =
    [
        Field.Of("on", FieldKind.Text), Field.Of("position", FieldKind.Text),
        .. Enum.GetValues<SiteAspect>().SelectMany(x => new[] { Field.Of($"found.{x}", FieldKind.Text), Field.Text($"words.{x}", SiteWords.LabelOf(x).En, SiteWords.LabelOf(x).Zh) }),
        Field.Of("passed", FieldKind.Text), Field.Of("expiresOn", FieldKind.Text),
    ];

    public static void MapSiteVisitPages(this Triggers triggers)
    {
        triggers.Page("GET", Path, May, async (HttpContext context, ListSiteVisits flow, TimeProvider time, CancellationToken cancel) =>
            Show.Page<SiteVisitsPage, SiteVisitsModel>(context, new(await flow.Run(cancel), time.Today())));
        triggers.Page("GET", Path + "/{id}", May, (HttpContext context, string id, [AsParameters] Own own) => One(context, id, New(own.Time.Today()), own));
        triggers.Page("POST", Path + "/{id}", May, Enter).Audited(AuditAct.SiteChecked);
    }

    // The id comes with the form, so that what is posted twice is one visit.
    private static Form New(DateOnly today) => Enum.GetValues<SiteAspect>().Aggregate(Form.Empty, (form, x) => form.With($"found.{x}", nameof(SiteFinding.NotSeen))).With("visit", "v-" + SeekerPages.Letters(RandomNumberGenerator.GetBytes(10)))
        .With("on", Written(today)).With("expiresOn", Written(today.AddMonths(12)));

    private static async Task<IResult> Enter(HttpContext context, string id, RecordSiteVisit flow, [AsParameters] Own own)
    {
        var (form, language) = (await Form.Posted(context), Languages.Of(context));
        if (!VisitId().IsMatch(form.Value("visit")))
            return Show.Next($"{Path}/{Uri.EscapeDataString(id)}");
        List<FieldError> wrong = [];
        var (on, expires) = (Day("on"), Day("expiresOn"));
        if (form.Value("passed") is not ("yes" or "no"))
            wrong.Add(Faults.Required("passed", "Choose whether it passed.", "请选择是否通过。"));
        var found = Enum.GetValues<SiteAspect>().ToDictionary(x => x, x => new SiteFound(
            Enum.TryParse<SiteFinding>(form.Value($"found.{x}"), out var finding) && Enum.IsDefined(finding) ? finding : SiteFinding.NotSeen,
            CleanText.Of(form.Value($"words.{x}")) is { Length: > 0 } words ? words : null));
        var entered = wrong.Count > 0 ? new SiteVisited.Refused(wrong) : await flow.Run(
            new(form.Value("visit"), id, form.Value("position") is { Length: > 0 } position ? position : null, on, expires, form.Value("passed") == "yes", found, context.Caller().StaffId!, default), context.RequestAborted);
        return entered switch
        {
            SiteVisited.Done => Show.Next($"{Path}/{Uri.EscapeDataString(id)}"),
            SiteVisited.Refused x => await One(context, id, form.With(x.Faults, Fields, language), own, 422),
            _ => Show.NotFound(context),
        };

        DateOnly Day(string name)
        {
            if (DateOnly.TryParseExact(form.Value(name).Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            wrong.Add(Faults.BadDate(name));
            return default;
        }
    }

    private static async Task<IResult> One(HttpContext context, string id, Form form, Own own, int status = 200)
    {
        var cancel = context.RequestAborted;
        if (await own.Employers.Find(id, cancel) is not { Value: var employer })
            return Show.NotFound(context);
        List<Option> positions = [];
        foreach (var position in (await own.Positions.OfEmployer(id, cancel)).Take(MostPositions))
            if (await own.Positions.Find(position, cancel) is { Value: { Facts.Closed: false } file })
                positions.Add(new(file.Id, file.Facts.Title));
        return Show.Page<SiteVisitPage, SiteVisitModel>(context, new(form, employer, positions, await own.Visits.Of(id, cancel), own.Time.Today()), status);
    }

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^v-[a-p]{20}\z")]
    private static partial Regex VisitId();

    internal sealed record Own(IEmployers Employers, IPositions Positions, ISiteVisits Visits, TimeProvider Time);
}

public sealed record SiteVisitsModel(IReadOnlyList<SiteDue> Employers, DateOnly Today);

/// <param name="Positions">The employer's open ones.</param>
public sealed record SiteVisitModel(Form Form, Employer Employer, IReadOnlyList<Option> Positions, IReadOnlyList<SiteVisit> Visits, DateOnly Today);

/// <summary>What is looked at on site and what is found, in words.</summary>
internal static class SiteWords
{
    public static Label LabelOf(SiteAspect aspect) => aspect switch
    {
        SiteAspect.WayIn => new("The way in", "进出通道"),
        SiteAspect.Toilet => new("The toilet", "卫生间"),
        SiteAspect.Lodging => new("The lodging", "宿舍"),
        _ => new("What the work really asks", "实际工作要求"),
    };

    public static Label LabelOf(SiteFinding finding) => finding switch
    {
        SiteFinding.Good => new("As it should be", "没有问题"),
        SiteFinding.Problem => new("There is a problem", "有问题"),
        _ => new("Not looked at", "没有看"),
    };
}
