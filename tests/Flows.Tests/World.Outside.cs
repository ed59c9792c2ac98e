using System.Text;
using System.Text.Json;
using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

// What stands around the service: queues, the gateway and its ledger, and how all of it is driven.
internal sealed partial class World : IWork, ISmsGateway
{
    private readonly List<Queued> queue = [];
    private readonly List<(CallbackKind Kind, string Body)> pushes = [];
    private readonly Dictionary<string, int> sends = [];
    private SmsGateways? gateways;
    private GatewayShares? shares;
    private int ids;

    /// <summary>What the gateway took, never repeated by itself.</summary>
    public List<OutgoingText> Took { get; } = [];

    /// <summary>Callbacks that were answered as received.</summary>
    public List<(CallbackKind Kind, string Body)> Acknowledged { get; } = [];

    /// <summary>Phone → how the gateway treats it; delivered once where not said.</summary>
    public Dictionary<string, Fate> Fates { get; } = [];

    /// <summary>Phone → what its owner answers to the first text.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    public int MostTries { get; private set; }

    public enum Fate { Delivered, Undeliverable, Refused, AnswerLost, AnswerLostBefore, LaterOnce, AccountRefusedOnce, Early, Doubled, ReceiptLost, VendorIdOnly, Silent }

    private sealed record Queued(string Queue, string Body, string Id)
    {
        public DateTimeOffset At { get; set; }

        public int Tries { get; set; }
    }

    public int Waiting => queue.Count;

    public int WaitingFor(WorkKind kind) => queue.Count(queued => queued.Queue == Queues.Work && WorkItem.Parse(queued.Body).Kind == kind);

    Task<HiddenMessage> IWork.PutHidden(string name, string body, CancellationToken cancel) => Call("work.PutHidden", () => Enqueue(name, body, TimeSpan.FromSeconds(60)));

    Task IWork.Show(HiddenMessage message, CancellationToken cancel) => Call("work.Show", () => queue.Where(queued => queued.Id == message.Id).ToList().ForEach(queued => queued.At = Now));

    // Nothing is in flight between a message and its commit here: calls come to pass at once or never.
    IDisposable IWork.Committing(HiddenMessage message) => new MemoryStream();

    Task IWork.Drop(HiddenMessage message, CancellationToken cancel) => Call("work.Drop", () => queue.RemoveAll(queued => queued.Id == message.Id));

    Task IWork.Put(string name, string body, TimeSpan delay, CancellationToken cancel) => Call("work.Put", () => Enqueue(name, body, delay));

    private HiddenMessage Enqueue(string name, string body, TimeSpan delay)
    {
        var id = $"q{++ids}";
        queue.Add(new(name, body, id) { At = Now + delay });
        return new(name, body, id, id, Now);
    }

    string ISmsGateway.Name => "world";

    TimeSpan ISmsGateway.SendTimeout => TimeSpan.FromSeconds(2);

    CallbackAnswer ISmsGateway.CallbackAnswer => new("ok"u8.ToArray(), "text/plain");

    async Task<Sent> ISmsGateway.Send(OutgoingText text, CancellationToken cancel)
    {
        var early = Fates.GetValueOrDefault(text.Phone) == Fate.Early;
        return await Call("gateway.Send", () => early ? TakeEarly(text) : Take(text));
    }

    private Sent Take(OutgoingText text)
    {
        var fate = Fates.GetValueOrDefault(text.Phone);
        var tries = sends[text.Phone] = sends.GetValueOrDefault(text.Phone) + 1;
        switch (fate)
        {
            case Fate.Refused:
                return new Sent.Refused("BLACKLIST", "refused");
            case Fate.AccountRefusedOnce when tries == 1:
                return new Sent.AccountRefused("NO_BALANCE");
            case Fate.LaterOnce when tries == 1:
                return new Sent.Later(null);
            case Fate.AnswerLostBefore when tries == 1:
                return new Sent.Unknown("time-out, and it never took the text");
        }
        Took.Add(text);
        var report = Report(text, fate);
        if (fate is not (Fate.ReceiptLost or Fate.Silent))
            pushes.Add((CallbackKind.Report, report));
        if (fate == Fate.Doubled)
            pushes.Add((CallbackKind.Report, report));
        if (Answers.TryGetValue(text.Phone, out var answer))
            pushes.Add((CallbackKind.Reply, JsonSerializer.Serialize(new[] { new GatewayReply(text.Phone, answer, Now, $"reply-{text.Phone}", null) })));
        return fate is Fate.AnswerLost or Fate.Silent ? new Sent.Unknown("time-out") : new Sent.Accepted(VendorId(text));
    }

    // The receipt is taken in by another process before the send is answered.
    private Sent TakeEarly(OutgoingText text)
    {
        var sent = Take(text);
        while (pushes.Count > 0)
            Push().GetAwaiter().GetResult();
        return sent;
    }

    private static string VendorId(OutgoingText text) => $"v-{text.OutId}";

    private string Report(OutgoingText text, Fate fate) => JsonSerializer.Serialize(new[]
    {
        new GatewayReport(VendorId(text), fate == Fate.VendorIdOnly ? null : text.OutId, text.Phone, fate != Fate.Undeliverable, fate == Fate.Undeliverable ? "OFF" : "DELIVRD", Now),
    });

    Task<Known> ISmsGateway.Ask(SentText asked, CancellationToken cancel) => Call<Known>("gateway.Ask", () =>
        Took.FirstOrDefault(text => text.OutId == asked.OutId && text.Phone == asked.Phone) is { } text
            ? new Known.Taken(VendorId(text), JsonSerializer.Deserialize<GatewayReport[]>(Report(text, Fates.GetValueOrDefault(asked.Phone)))![0])
            : new Known.NeverSeen());

    CallbackItems<GatewayReport> ISmsGateway.ReadReports(ReadOnlyMemory<byte> body) => new(JsonSerializer.Deserialize<GatewayReport[]>(body.Span)!, 0);

    CallbackItems<GatewayReply> ISmsGateway.ReadReplies(ReadOnlyMemory<byte> body) => new(JsonSerializer.Deserialize<GatewayReply[]>(body.Span)!, 0);

    private SmsGateways Gateways => gateways ??= new([this, .. Others]);

    /// <summary>Further gateways beside the world itself.</summary>
    public List<ISmsGateway> Others { get; } = [];

    public GatewayShares Shares => shares ??= new(Gateways, this, Settings, this);

    private EventWatch Watch => new(this, this, this, this, this);

    public StopEvent Stop => new(this, this, this, this);

    private TextTemplates Texts { get; } = new(CodeLists.Default);

    public AnnounceEvent Announce => new(this, Preview, this, Settings, this);

    public ApproveAnnouncement Approve => new(this, Announce, this);

    public CancelEvent Cancel => new(this, this, this);

    public PutEvent PutEvent => new(this, this, this, Settings, this);

    private WritePages Pages => new(this, this, this, this, Settings, this);

    public TellGuests Tell => new(this, this, this, Pages, this, Settings, this);

    public FindInvitees Find => new(this, this, this, this, this);

    public PreviewAudience Preview => new(this, this, Find, Texts, Settings, this);

    public AnnouncePlan AnnouncePlan => new(this, this, Announce, this);

    public HoldPlace Hold => new(this, this);

    private ConfirmYes Confirm => new(this, this, new(this), PutText, Settings, this);

    public AnswerInvitation Answer => new(this, this, this, Hold, Confirm, CodeLists.Default, this);

    public ReadFairness ReadFairness => new(this, this, Find);

    public PlanAnnouncement Plan => new(this, Find, Preview, this, Pages, Settings, this);

    public SendMessages Send => new(Watch, this, this, this, Gateways, Shares, this, new(this, this, this, this, this, Texts, Settings), this, Settings, this);

    public CheckMessages Check => new(this, this, this, Gateways, Shares, this, this, Settings, this);

    public ReconcileMessages Reconcile => new(this, this, Settings, this);

    public ReceiveCallback Receive => new(this, Gateways, this, new(this), this);

    public PutSeeker PutSeeker => new(this, this, this, this, this, this);

    public PutProgrammeRecord PutRecord => new(this, this, new(this, this, PutSeeker), Keep, this);

    public OptOut OptOut => new(PutSeeker);

    public PublishWeights PublishWeights => new(this, this, this);

    public TryWeights TryWeights => new(this, this, Find, this, this);

    public DeclinePosition Decline => new(this, this, PutSeeker, this);

    public PutText PutText => new(this, this, Settings, this);

    public RemindEvents RemindEvents => new(this, this, this, this, Settings, this);

    public RemindGuests RemindGuests => new(this, this, new(this), Confirm, this, PutText, this, Settings, this);

    public DueDigests DueDigests => new(this, this, this, Settings, this);

    public WriteDigests WriteDigests => new(this, this, this, PutText, this, Settings, this);

    public CheckIn CheckIn => new(this, this, this);

    public RegisterGuest RegisterGuest => new(this, this, this, new(this), this);

    public PutPosition PutPosition => new(this, this, this, this, this);

    public PutEmployer PutEmployer => new(this, this);

    public RecordOutcomes RecordOutcomes => new(this, this, PutPosition, Keep, this);

    private KeepFollowUps Keep => new(this, this, this, this);

    public AskFollowUps AskFollowUps => new(this, Keep, this, PutText, Settings, this);

    public AnswerFollowUp AnswerFollowUp => new(this, this, this);

    public ListFollowUps ListFollowUps => new(this, this, this, this, this);

    public ChangeCase ChangeCase => new(this, this);

    public TellMore TellMore => new(this, this, this, this, PutText, this);

    public EraseSeeker Erase => new(this, this, this, this, this, this);

    public TakeReply TakeReply => new(
        this, this, this, this, this, this, this, this, OptOut, PutText, TellMore, Hold, Confirm, AnswerFollowUp, this, Settings, this);

    public RecordCallback Record => new(this, Gateways, new(this, this, this), TakeReply, this, new(this), Settings, this);

    /// <summary>What the trigger of a queue does.</summary>
    public Task Handle(string name, string body) => name switch
    {
        Queues.SendMessage => Send.Run(SendItem.Parse(body), default),
        Queues.GatewayCallback => Record.Run(CallbackKey.Parse(body), default),
        Queues.Work => WorkItem.Parse(body) switch
        {
            { Kind: WorkKind.Announce } item => Plan.Run(item, default),
            { Kind: WorkKind.CheckMessages } item => Check.Run(item, default),
            { Kind: WorkKind.Remind } item => RemindGuests.Run(item, default),
            { Kind: WorkKind.Digest } item => WriteDigests.Run(item, default),
            { Kind: WorkKind.EraseSeeker } item => Erase.Run(item, default),
            { Kind: WorkKind.TellGuests } item => Tell.Run(item, default),
            { Kind: WorkKind.PublishPositions } item => new PublishPositions(this, this, PutPosition, this, this).Run(item, default),
            { Kind: WorkKind.PositionChanged } item => new IndexChange(this, this, this, this, this, PutPosition).Run(item, default),
            _ => Task.CompletedTask, // The index is the market itself here.
        },
        _ => throw new ArgumentException(name, nameof(name)),
    };

    /// <summary>A callback that nothing signs.</summary>
    public static CallbackRequest Pushed(byte[] body) => new("", _ => null, body);

    /// <summary>The vendor pushes its next callback; again until it is answered as received.</summary>
    private async Task Push()
    {
        var push = pushes[0];
        if (!await Survives(() => Receive.Run("world", push.Kind, Pushed(Encoding.UTF8.GetBytes(push.Body)), default)))
            return;
        pushes.Remove(push);
        Acknowledged.Add(push);
    }

    /// <summary>
    /// Announces; a caller who got no answer asks again only where nothing came of it. Then lets everything happen until
    /// nothing is left to do.
    /// </summary>
    public async Task AnnounceAndSettle(Func<Task>? asSoonAsTexted = null)
    {
        while (Fair.Status == EventStatus.Draft)
            await Survives(async () => Assert.IsType<Announced.Taken>(await Announce.Run("fair", null, default)));
        await Settle(asSoonAsTexted);
    }

    public async Task Settle(Func<Task>? between = null, int rounds = 2_000)
    {
        for (var round = 0; round < rounds; round++)
        {
            if (between is not null)
                await between();
            if (pushes.Count > 0)
                await Push();
            else if (queue.Where(queued => queued.At <= Now).MinBy(queued => queued.At) is { } due)
                await Deliver(due);
            else if (Open().Any() || queue.Count > 0)
                await Wait();
            else
                return;
        }
        Assert.Fail($"Not settled. Died {DiedAt}. {queue.Count} wait: {string.Join("; ", queue.Take(5).Select(queued => queued.Body))}; open: {string.Join("; ", Open().Take(5))}");
    }

    public IEnumerable<OpenPage> Open() => All<OpenPage>("open|").Select(stored => stored.Value);

    /// <summary>A queue's messages go to the poison queue, where nobody takes them up.</summary>
    public void Poison(string name) => queue.RemoveAll(queued => queued.Queue == name);

    /// <summary>Delivers what is due in one queue, and nothing else.</summary>
    public async Task Step(string name)
    {
        foreach (var due in queue.Where(queued => queued.Queue == name && queued.At <= Now).ToList())
            await Deliver(due);
    }

    private async Task Deliver(Queued due)
    {
        due.At = Now.AddSeconds(30); // the lease
        due.Tries++;
        MostTries = Math.Max(MostTries, due.Tries);
        if (await Survives(() => Handle(due.Queue, due.Body)))
            queue.Remove(due);
    }

    private async Task Wait()
    {
        var next = queue.Select(queued => queued.At).Concat(Open().Select(open => open.CheckAt)).Min();
        Now = next > Now ? next : Now;
        await Survives(() => Reconcile.Run(default));
    }

    /// <summary>Consumers take a page at once, as when a queue hands a message over again, while another looks after it.</summary>
    public async Task SeveralConsumers(int seed, int consumers = 2)
    {
        // Each page in an order of its own: one in which nobody gets on would otherwise be that of every copy of it.
        var random = new Random(seed);
        foreach (var page in queue.Where(queued => queued.Queue == Queues.SendMessage && queued.At <= Now).ToList())
        {
            page.At = Now.AddSeconds(30);
            page.Tries++;
            var sends = Enumerable.Repeat(() => Handle(page.Queue, page.Body), consumers);
            var checks = Enumerable.Repeat(() => Check.Run(new(WorkKind.CheckMessages, SendItem.Parse(page.Body).Page, 0), default), consumers - 1);
            var survived = await Interleave(random.Next(), [.. sends, .. checks]);
            if (survived.Take(consumers).Any(x => x))
                queue.Remove(page);
        }
    }
}
