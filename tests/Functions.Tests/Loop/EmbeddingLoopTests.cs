using System.Net;
using System.Text.Json.Nodes;
using JobMatch.Fixtures;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Tests.Loop;

/// <summary>The service with a model of embeddings named: what it serves while the model hangs, once it answers, and after a start anew.</summary>
public sealed class EmbeddingLoopTests : IAsyncLifetime
{
    private readonly string data = Directory.CreateTempSubdirectory("jobmatch").FullName;
    private EmbeddingServer model = null!;
    private LocalStorage storage = null!;
    private SandboxProcess sandbox = null!;

    public async Task InitializeAsync() =>
        (model, storage, sandbox) = (await EmbeddingServer.Start(), await LocalStorage.StartAsync(null), await SandboxProcess.Start());

    public async Task DisposeAsync()
    {
        await sandbox.DisposeAsync();
        await storage.DisposeAsync();
        await model.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private Task<ServiceProcess> Start() => ServiceProcess.Start(
        storage.ConnectionString, sandbox, data, $"--JobMatch:Embeddings:Endpoint={model.Address}", "--JobMatch:Embeddings:Model=some-model", "--JobMatch:Embeddings:Key=some-key",
        "--JobMatch:Embeddings:Timeout=00:00:05", "--JobMatch:Embeddings:Every=00:00:01", "--JobMatch:Embeddings:Dimensions=256");

    [Fact]
    public async Task A_served_match_says_what_a_title_means_and_neither_waits_for_it_nor_asks_twice()
    {
        model.Mood = EmbeddingMood.Hangs;
        model.Same["把关流水线"] = "质检员";
        JsonNode meant;
        await using (var service = await Start())
        {
            using var import = service.Client("demo-import");
            using var employer = service.Client("demo-employer");
            var seeker = LoopWorld.Seeker("+8619955512001");
            seeker["occupations"] = new JsonArray("PRODUCT_INSPECTOR");
            await Put(import, "/api/seekers/meaning", seeker);
            await Put(employer, "/api/positions/meaning", LoopWorld.Position("把关流水线"));

            var off = await Plus(service);
            Assert.Equal((0m, "把关流水线，和求职者的意向不同。"), ((decimal)off["points"]!, (string)off["sentence"]!));
            await LoopWorld.Until(() => Task.FromResult(model.Asked.Count > 0), "The model is asked.");
            Assert.Equal(off.ToJsonString(), (await Plus(service)).ToJsonString());

            model.Mood = EmbeddingMood.Well;
            await LoopWorld.Until(async () => (decimal)(await Plus(service))["points"]! > 0, "The title's meaning counts.");
            meant = await Plus(service);
            Assert.Equal((20m, 0.8, "把关流水线，按词义（向量）和意向相近。"), ((decimal)meant["points"]!, (double)meant["value"]!, (string)meant["sentence"]!));
        }
        var calls = model.Asked.Count;
        await using var again = await Start();
        await LoopWorld.Until(async () => (decimal)(await Plus(again))["points"]! > 0, "The title's meaning counts again.");
        Assert.Equal(meant.ToJsonString(), (await Plus(again)).ToJsonString());
        Assert.Equal(calls, model.Asked.Count);
    }

    private static async Task Put(HttpClient http, string path, JsonNode body)
    {
        using var answer = await http.PutAsync(new Uri(path, UriKind.Relative), LoopWorld.Json(body));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static async Task<JsonNode> Plus(ServiceProcess service)
    {
        using var staff = service.Client("demo-staff");
        var matches = JsonNode.Parse(await staff.GetStringAsync(new Uri("/api/seekers/meaning/matches?top=9", UriKind.Relative)))!;
        return matches["items"]!.AsArray().Single()!["pluses"]!.AsArray().Single(x => (string)x!["id"]! == "P2")!;
    }
}
