using System.Diagnostics;
using System.Text.Json.Nodes;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;

namespace JobMatch.Functions.Demo;

/// <summary>
/// The main job on real input: loads a sample through the same reader and flows as the contract, says what it finds as it
/// goes, and ends with the addresses to open. Loading twice changes nothing.
/// </summary>
internal sealed class DemoLoader(
    string folder, DemoState state, PutSeeker putSeeker, PutPosition putPosition, PutEmployer putEmployer, PutEvent putEvent,
    PutOpportunity putOpportunity, TakePlace takePlace, PutResource putResource, BookSlot bookSlot, PutProgrammeRecord putRecord, OpportunityKinds kinds, ISeekers seekers, IMarket market, CodeLists codes, TimeProvider time, TextWriter say)
{
    private const int AtOnce = 16;
    private readonly Stopwatch watch = new();

    /// <param name="address">Where the service answers.</param>
    /// <exception cref="InvalidDataException">A line of the sample is not what the contract takes; the message names file, line and fields.</exception>
    public async Task Run(string address, CancellationToken cancel)
    {
        state.Stage = DemoStage.Loading;
        watch.Start();
        var today = time.Today();
        var sample = new SampleFiles(folder, today);
        Say($"Loading {Path.GetRelativePath(Directory.GetCurrentDirectory(), folder)} …");
        await Load("employers", sample.Employers, async line => Put(await putEmployer.Run(
            Read<EmployerShape, Employer>(line, (shape, id) => shape.ToEmployer(id)), null, cancel)), cancel);
        await Load("positions", sample.Positions, async line =>
        {
            var employer = Text(line, "employer");
            return Put(await putPosition.Run(Read<PositionShape, PositionFile>(line, (shape, id) => shape.ToFile(id, employer, today, codes)), null, cancel));
        }, cancel);
        await Load("seekers", sample.Seekers, async line => Put(await putSeeker.Run(
            Read<SeekerShape, SeekerFile>(line, (shape, id) => shape.ToFile(id, today, codes)), null, imported: true, cancel)), cancel);
        await Load("recruitment events", sample.Events, async line => Put(await putEvent.Run(
            Read<EventShape, RecruitmentEvent>(line, (shape, id) => shape.ToEvent(id, today, codes)), null, cancel)), cancel);
        await Load("positions at events", sample.EventPositions, async line =>
            await putEvent.Tie(Text(line, "event"), Text(line, "position"), null, tied: true, cancel) ? "tied" : "missing", cancel);
        await Load("courses and other opportunities", sample.Opportunities, async line =>
        {
            var kind = kinds.Find(Text(line, "kind")) ?? throw new InvalidDataException($"{Text(line, "id")}: there is no such kind of opportunity.");
            return Put(await putOpportunity.Run(Read<OpportunityShape, Opportunity>(line, (shape, id) => shape.ToOpportunity(kind, id, today, codes), "kind"), null, cancel));
        }, cancel);
        await Load("places asked for", sample.Places, async line =>
            await takePlace.Run(Text(line, "kind"), Text(line, "opportunity"), Text(line, "seeker"), cancel) is { } place ? place.Holds ? "held" : "waiting" : "not for them", cancel);
        await Load("rooms and equipment", sample.Resources, async line => Put(await putResource.Run(
            Read<ResourceShape, Resource>(line, (shape, id) => shape.ToResource(id, today, codes)), null, cancel)), cancel);
        await Load("bookings", sample.Bookings, async line =>
        {
            var wanted = Read<BookingShape, WantedBooking>(line, (shape, id) => shape.ToWanted(id));
            return await bookSlot.Run(wanted.Id, wanted.Resource, wanted.Seeker, wanted.When, cancel) switch
            {
                Booked.Accepted booked => booked.New ? "created" : "unchanged",
                // Loaded on an earlier day, when its dates were earlier.
                Booked.OtherBooking => "there already",
                Booked.Refused refused => refused.Why.ToString(),
                _ => "of nobody",
            };
        }, cancel);
        await Load("records of programmes", sample.Programmes, async line =>
        {
            var kind = ProgrammeKind.Find(Text(line, "kind")) ?? throw new InvalidDataException($"{Text(line, "id")}: there is no such kind of record.");
            return await putRecord.Run(Read<ProgrammeRecordShape, ProgrammeRecord>(line, (shape, id) => shape.ToRecord(kind, id, today), "kind"), null, cancel) is { } put ? Put(put) : "of nobody";
        }, cancel);
        await Match(today, address, cancel);
        state.Stage = DemoStage.Done;
    }

    private async Task Load(string what, IEnumerable<JsonObject> lines, Func<JsonObject, Task<string>> put, CancellationToken cancel)
    {
        var outcomes = new Dictionary<string, int>();
        var number = 0;
        await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (line, _) =>
        {
            var outcome = await Patiently(() => put(line), cancel);
            lock (outcomes)
            {
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
                if (++number % 250 == 0)
                    Say($"  {number} {what} …");
            }
        });
        Say($"  {number} {what}: {string.Join(", ", outcomes.OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => $"{x.Value} {x.Key}"))}");
    }

    // A row put twice is put once, and a machine that is busy starting everything may miss a deadline.
    private static async Task<string> Patiently(Func<Task<string>> put, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await put();
            }
            catch (Exception e) when (attempt < 5 && !cancel.IsCancellationRequested && e is not InvalidDataException)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), cancel);
            }
        }
    }

    private async Task Match(DateOnly today, string address, CancellationToken cancel)
    {
        var view = await market.View(cancel);
        Say($"Matching {view.Seekers.Count} people who agreed to it with {view.Positions.Count} open positions …");
        var best = view.Seekers.Values.AsParallel().Select(seeker => Best(seeker.Facts, view, today)).ToList();
        var verdicts = best.SelectMany(x => x.Verdicts).GroupBy(x => x.Key, x => x.Value).ToDictionary(x => x.Key, x => x.Sum());
        var pairs = verdicts.Values.Sum(x => (double)x);
        foreach (var verdict in Enum.GetValues<Verdict>())
            Say($"  {verdicts.GetValueOrDefault(verdict),9:N0} pairs {verdicts.GetValueOrDefault(verdict) / pairs,7:P2}  {CodeLists.LabelOf(verdict).En}");
        Say($"  {best.Count(x => x.Top is null)} people have nothing yet; each of them sees why, and what to do.");
        var shown = best.Where(x => x.Top is not null).OrderBy(x => x.Top!.Verdict).ThenByDescending(x => x.Top!.Tenths).First().Top!;
        Show(shown);
        // Made up, as everybody in a sample: whoever runs the demonstration signs in as this person.
        var phone = await seekers.IdOf(shown.Seeker.Id, cancel) is { } id ? (await seekers.Find(id, cancel))?.Value.Phone : null;
        Say($"""
            Done in {watch.Elapsed.TotalSeconds:0} s. Open:
              {address}/sign-in                   that person's matches: sign in with {phone ?? "a phone of the sample"},
              {address}/sandbox/phones/{phone}    where the code arrives
              {address}/staff/sign-in             staff: events, announcements
              {address}/                          the service
              {address}/openapi/v1.json           the contract
            """);
    }

    private static (Dictionary<Verdict, int> Verdicts, Match? Top) Best(Seeker seeker, MarketView view, DateOnly today)
    {
        var counts = view.Shards.Positions(today).Judge(view.Shards.Numbering.Pack(seeker), new());
        var verdicts = new Dictionary<Verdict, int>
        {
            [Verdict.Suits] = counts.Suits,
            [Verdict.SuitsIfArranged] = counts.IfArranged,
            [Verdict.AskFirst] = counts.AskFirst,
            [Verdict.DoesNotSuit] = counts.DoesNotSuit,
        };
        return (verdicts, view.BestPositions(seeker, 1, today).Items is [var best] ? best : null);
    }

    // One match with its sentences, as that person would read it; nothing here says who it is.
    private void Show(Match match)
    {
        Say($"One person's best match: {match.Position.Title} — {Sentences.Verdict(match.Verdict, Language.Chinese)}，{match.Tenths / 10m} 分");
        foreach (var row in match.Rules.Where(row => row.Stated).Take(5))
            Say($"  · {Sentences.For(row, match, Audience.Seeker, Language.Chinese, codes)}");
    }

    private static TFile Read<TShape, TFile>(JsonObject line, Func<TShape, string, Reading<TFile>> convert, params string[] beside) where TShape : class where TFile : class
    {
        var id = Text(line, "id");
        var body = (JsonObject)line.DeepClone();
        body.Remove("id");
        body.Remove("employer");
        foreach (var member in beside)
            body.Remove(member);
        var reading = ShapeReader.Read<TShape>(body).Then(shape => convert(shape, id));
        return reading.Ok
            ? reading.Value!
            : throw new InvalidDataException($"{id}: {string.Join("; ", reading.Errors.Select(x => $"{x.Field}: {x.Message.En}"))}");
    }

    private static string Text(JsonObject line, string member) =>
        line[member]?.GetValue<string>() ?? throw new InvalidDataException($"A line lacks its member {member}.");

    private static string Put<T>(Put<T> put) => Imports.Of(put).Status;

    private void Say(string line) => say.WriteLine(line);
}

/// <summary>Runs the demonstration once the service listens, and never stops it: a sample that cannot be read is said, and the service goes on.</summary>
internal sealed class DemoRun(IServiceProvider services, string folder, DemoState state, IHostApplicationLifetime lifetime, Startup startup) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await startup.Wait(stoppingToken);
        await Task.Run(() => lifetime.ApplicationStarted.WaitHandle.WaitOne(), stoppingToken);
        var address = services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features
            .Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>()!.Addresses.First();
        var loader = ActivatorUtilities.CreateInstance<DemoLoader>(services, folder, state, Console.Out);
        try
        {
            await loader.Run(address, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            state.Stage = DemoStage.None;
            await Console.Error.WriteLineAsync($"The sample was not loaded. {e.Message}");
        }
    }
}
