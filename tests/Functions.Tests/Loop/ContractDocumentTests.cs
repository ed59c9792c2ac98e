using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using JobMatch.Flows;
using JobMatch.Flows.Imports;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Pages;
using JobMatch.Functions.Tests.Access;
using JobMatch.Matching;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.OpenApi;
using OpenApiValidator = JobMatch.Fixtures.OpenApiValidator;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>The document says what the service does: every route, and schemas that fit and refuse as the service does.</summary>
public sealed partial class ContractDocumentTests(WholeService service) : IClassFixture<WholeService>
{
    [Fact]
    public async Task Every_route_for_programs_is_in_the_document_and_no_page_is()
    {
        var built = Service.Triggers().HttpTriggers.Where(x => ForPrograms().IsMatch(x.Route)).Select(x => $"{x.Method} {x.Route}").Order(StringComparer.Ordinal);
        Assert.Equal(built, (await Contract()).Routes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_closed_route_names_the_key_and_every_refusal_is_a_problem()
    {
        var document = JsonNode.Parse(await service.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;
        foreach (var (path, methods) in document["paths"]!.AsObject())
            foreach (var (method, operation) in methods!.AsObject())
            {
                var trigger = Service.Triggers().HttpTriggers.Single(x => x.Route == path && x.Method.Equals(method, StringComparison.OrdinalIgnoreCase));
                var isOpen = Functions.Access.May(Flows.Caller.Nobody, trigger.Action) || path.StartsWith("/callbacks", StringComparison.Ordinal);
                Assert.Equal(isOpen, operation!["security"] is null);
                foreach (var (status, answer) in operation["responses"]!.AsObject().Where(x => x.Key[0] is '4' or '5' && !path.StartsWith("/health", StringComparison.Ordinal)))
                    Assert.Equal("#/components/schemas/ProblemBody", (string?)answer!["content"]?["application/problem+json"]?["schema"]?["$ref"]);
                foreach (var name in Parameter().Matches(path).Select(x => x.Groups[1].Value))
                    Assert.Contains(operation["parameters"]!.AsArray(), x => (string)x!["name"]! == name && (string)x["in"]! == "path");
            }
    }

    [Theory]
    [InlineData("SeekerShape", """{ "phone": "+8613800000000", "district": "500103", "consent": {} }""", true)]
    [InlineData("SeekerShape", """{ "contact": { "helper": "x" }, "district": "500103", "consent": { "sms": null }, "capacity": { "HEARING": 0 }, "name": null }""", true)]
    [InlineData("SeekerShape", """{ "phone": "+8613800000000", "district": "500103", "consent": {}, "skills": ["会修钟表", "LIVE_HOSTING"] }""", true)]
    [InlineData("SeekerShape", """{ "district": "500103", "consent": {} }""", false)]
    [InlineData("SeekerShape", """{ "phone": "+8613800000000", "district": "500103", "consent": null }""", false)]
    [InlineData("SeekerShape", """{ "phone": "+8613800000000", "district": "500103", "consent": {}, "capacity": { "HEARING": 4 } }""", false)]
    [InlineData("SeekerShape", """{ "phone": "+8613800000000", "district": "500103", "consent": {}, "capacity": { "hearing": 1 } }""", false)]
    [InlineData("SeekerShape", """{ "phone": "+8613800000000", "district": "500103", "consent": {}, "needs": { "STEP_FREE": "offered" } }""", false)]
    [InlineData("SeekerShape", """{ "phone": "+8613800000000", "district": "500103", "consent": {}, "skills": ["NO_SUCH_SKILL"] }""", false)]
    [InlineData("SeekerShape", """{ "phone": "+8613800000000", "district": "500103", "consent": {}, "unknown": 1 }""", false)]
    [InlineData("SeekerShape", """{ "phone": "+8613800000000", "district": "500103", "consent": { "sms": "1.11.2026" } }""", false)]
    [InlineData("PositionShape", """{ "title": "a", "work": { "place": "REMOTE" }, "closesOn": "2099-12-31", "accommodations": { "STEP_FREE": "offered", "FLEX_HOURS": { "answer": "notPossible" } } }""", true)]
    [InlineData("PositionShape", """{ "title": "a", "closesOn": "2099-12-31" }""", false)]
    [InlineData("PositionShape", """{ "title": "a", "district": "500103", "closesOn": "2099-12-31", "accommodations": { "STEP_FREE": "maybe" } }""", false)]
    [InlineData("PositionShape", """{ "title": "a", "district": "500103", "closesOn": "2099-12-31", "accommodations": { "STEP_FREE": { "reason": "x" } } }""", false)]
    [InlineData("PositionShape", """{ "title": "a", "district": "500103", "closesOn": "2099-12-31", "openings": 0 }""", false)]
    [InlineData("PositionShape", """{ "title": "a", "district": "500103", "closesOn": "2099-12-31", "work": { "shifts": [] } }""", false)]
    [InlineData("PositionShape", """{ "title": "a", "district": "500103", "closesOn": "2099-12-31", "board": "threeMeals" }""", false)]
    [InlineData("EventShape", """{ "title": "a", "kind": "ONLINE_FAIR", "startsAt": "2099-03-01T09:00:00+08:00", "endsAt": "2099-03-01T16:00:00Z" }""", true)]
    [InlineData("EventShape", """{ "title": "a", "kind": "JOB_FAIR", "startsAt": "2099-03-01T09:00:00+08:00", "endsAt": "2099-03-01T16:00:00Z" }""", false)]
    [InlineData("EventShape", """{ "title": "a", "kind": "ONLINE_FAIR", "startsAt": "2099-03-01T09:00:00", "endsAt": "2099-03-01T16:00:00Z" }""", false)]
    [InlineData("EmployerShape", """{ "name": "a", "creditCode": "12" }""", false)]
    [InlineData("CandidateAnswer", """{ "alias": "a", "verdict": "suits", "district": "500103", "skills": [], "occupations": [], "adjustments": [], "questions": 0, "interested": false, "released": null }""", true)]
    [InlineData("CandidateAnswer", """{ "alias": "a", "verdict": "suits", "district": "500103", "skills": [], "occupations": [], "adjustments": [], "questions": 0, "interested": false, "released": null, "score": 1 }""", false)]
    public async Task A_schema_fits_and_refuses_what_the_service_takes_and_refuses(string schema, string json, bool fits)
    {
        var node = JsonNode.Parse(json)!;
        var wrong = (await Contract()).Component(schema, node);
        Assert.True(fits == (wrong.Count == 0), $"{json}: {string.Join("; ", wrong)}");
        bool? taken = schema switch
        {
            "SeekerShape" => ShapeReader.Read<SeekerShape>(node.AsObject()).Then(x => x.ToFile("x", new(2026, 11, 22), CodeLists.Default)).Ok,
            "PositionShape" => ShapeReader.Read<PositionShape>(node.AsObject()).Then(x => x.ToFile("x", "e", new(2026, 11, 22), CodeLists.Default)).Ok,
            "EventShape" => ShapeReader.Read<EventShape>(node.AsObject()).Then(x => x.ToEvent("x", new(2026, 11, 22), CodeLists.Default)).Ok,
            "EmployerShape" => ShapeReader.Read<EmployerShape>(node.AsObject()).Then(x => x.ToEmployer("x")).Ok,
            _ => null,
        };
        Assert.Equal(fits, taken ?? fits);
    }

    [Fact]
    public async Task An_accommodation_that_is_added_appears_in_contract_form_import_and_engine()
    {
        var shipped = CodeLists.Default;
        var added = shipped.Accommodations[0] with { Code = "NEW_ROW", Sort = 99, Label = new("Something new", "新便利") };
        var lists = new CodeLists([.. shipped.Accommodations, added], shipped.Occupations, shipped.Skills, shipped.Districts);
        var document = new OpenApiDocument { Info = new() { Title = "x", Version = "1" }, Components = new() };
        new ContractSchemas(lists, document).Write([typeof(SeekerShape), typeof(PositionShape)]);
        var written = new OpenApiValidator(JsonNode.Parse(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!.AsObject());
        var seeker = JsonNode.Parse("""{ "phone": "+8613800000000", "district": "500103", "consent": {}, "needs": { "NEW_ROW": "must" } }""");
        Assert.Empty(written.Component("SeekerShape", seeker));
        Assert.NotEmpty((await Contract()).Component("SeekerShape", seeker));

        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var html = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            ["Frame"] = new PageFrame(Language.Chinese, default, Role.Seeker, "/my/adjustments", "", null, default),
            ["Model"] = new AnswersModel(Form.Empty, lists, new SeekerShape(), New: true, Editing: false),
        });
        var page = await html.Dispatcher.InvokeAsync(async () => (await html.RenderComponentAsync<AdjustmentsPage>(parameters)).ToHtmlString());
        Assert.Contains("value=\"NEW_ROW\"", page, StringComparison.Ordinal);
        Assert.Contains("新便利", WebUtility.HtmlDecode(page), StringComparison.Ordinal);

        var sheet = new Sheet.Table(["编号", "手机号", "居住区县", "必须有", "同意：匹配"], [new SheetRow.Cells(2, ["s1", "13800000000", "渝中", "新便利", "2026-11-01"])]);
        var row = Import.Seekers(sheet, new(2026, 11, 22), lists).Single();
        Assert.Empty(row.Errors);
        Assert.Equal(Mark.Must, row.Value!.Facts.Needs["NEW_ROW"]);

        var numbering = new Numbering(lists);
        var columns = new SeekerShard(numbering, [(row.Value.Facts, 0)]).Columns;
        foreach (var answer in Enum.GetValues<Answer>())
        {
            var position = new Position
            {
                Id = "p",
                Title = "包装工",
                District = "500103",
                Openings = 1,
                ClosesOn = new(2026, 12, 31),
                FirstPut = new(2026, 11, 22),
                Accommodations = new Dictionary<string, StatedAnswer> { ["NEW_ROW"] = new(answer, new(2026, 11, 22)) },
            };
            var counts = columns.Judge(numbering.Pack(position, new(2026, 11, 22)), new());
            Assert.Equal((answer == Answer.Offered ? 1 : 0, answer == Answer.OnRequest ? 1 : 0, 0), (counts.Suits, counts.IfArranged, counts.AskFirst));
        }
    }

    private async Task<OpenApiValidator> Contract() =>
        new(JsonSerializer.Deserialize<JsonObject>(await service.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!);

    [GeneratedRegex("^/(api|callbacks|health)/")]
    private static partial Regex ForPrograms();

    [GeneratedRegex(@"\{([^}]+)\}")]
    private static partial Regex Parameter();
}
