using System.Net;
using System.Net.Sockets;
using JobMatch.Adapters.Gateways;
using JobMatch.Adapters.Rows;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.SignIn;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Functions.Pages;
using JobMatch.Matching;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobMatch.Functions;

/// <summary>What the program is made of: the only place that knows which store and which gateways.</summary>
public static class Service
{
    /// <summary>Everything the service answers to; each file opens with its list.</summary>
    public static Triggers Triggers()
    {
        var triggers = new Triggers();
        triggers.MapSeekers();
        triggers.MapEmployers();
        triggers.MapEvents();
        triggers.MapReplies();
        triggers.MapProgrammes();
        triggers.MapBookings();
        triggers.MapOpportunities();
        triggers.MapGuests();
        triggers.MapFollowUps();
        triggers.MapCallbacks();
        triggers.MapSending();
        triggers.MapCodes();
        triggers.MapUpkeep();
        triggers.MapContract();
        triggers.MapPublicPages();
        triggers.MapSignInPages();
        triggers.MapSeekerPages();
        triggers.MapMessagePages();
        triggers.MapHelperPages();
        triggers.MapDataPages();
        triggers.MapInterestPages();
        triggers.MapEventPages();
        triggers.MapJobPages();
        triggers.MapEmployerPages();
        triggers.MapRegisterEmployerPages();
        triggers.MapSheetPages();
        triggers.MapKeyPages();
        triggers.MapLevyPages();
        triggers.MapEmployerDecisionPages();
        triggers.MapStaffPages();
        triggers.MapReplyPages();
        triggers.MapProgrammePages();
        triggers.MapBookingPages();
        triggers.MapOpportunityPages();
        triggers.MapSendingPages();
        triggers.MapGuestPages();
        triggers.MapFollowUpPages();
        triggers.MapTodayPages();
        triggers.MapPeoplePages();
        triggers.MapSiteVisitPages();
        triggers.MapPolicyPages();
        triggers.MapAuditPages();
        return triggers;
    }

    /// <param name="kinds">What people can take up; those that the engine has where none are given.</param>
    /// <exception cref="UnusableSettingException">A setting is missing or wrong; the message says which and how.</exception>
    internal static async Task<WebApplication> Build(CommandLine line, Triggers triggers, LocalParts local, OpportunityKinds? kinds = null)
    {
        // A demonstration is Development, unless somebody has said otherwise.
        if (line.Demo && Environment("ASPNETCORE_ENVIRONMENT") is null && Environment("DOTNET_ENVIRONMENT") is null)
            System.Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", Environments.Development);
        var builder = HostingExtensions.CreateBuilder(line.Settings);
        builder.AddScrubbedLogs();
        if (!HostMode.UnderFunctions(builder.Configuration))
            Listen(builder, line.Urls);
        await local.Start(builder, line);
        if (builder.Environment.IsDevelopment() && builder.Configuration.GetValue<TimeSpan>("JobMatch:ClockAhead") is var ahead && ahead > TimeSpan.Zero)
            builder.Services.AddSingleton<TimeProvider>(new ClockAhead(ahead));
        builder.AddSecrets(local.SecretsFolder);
        builder.Services.Configure<Microsoft.AspNetCore.Http.Json.JsonOptions>(x => ShapeJson.Configure(x.SerializerOptions));
        builder.Services.AddSingleton(Settings(builder));
        builder.Services.AddSingleton(CodeListsOf(builder.Configuration));
        builder.Services.AddSingleton(kinds ?? OpportunityKinds.Default);
        builder.Services.AddSingleton(x => new Numbering(x.GetRequiredService<CodeLists>()));
        builder.Services.AddSingleton<Demo.DemoState>();
        AddStorage(builder, triggers, local.ConnectionString);
        AddGateway(builder.Services, local.Sandboxes, Vendors.Named(builder.Configuration));
        AddMessages(builder, local.Sandboxes.Count > 0);
        AddFlows(builder.Services);
        builder.AddEmbeddings();
        builder.AddSignIn();
        builder.AddContract();
        if (line.Demo)
            builder.Services.AddHostedService(x => ActivatorUtilities.CreateInstance<Demo.DemoRun>(x, SampleFolder(line.Sample)));
        builder.AddPages();
        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = context => (Show.IsWanted(context) ? Show.Failed(context) : Problems.Failed(context)).ExecuteAsync(context) });
        app.UseRequestLog();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/callbacks"), programs =>
            programs.UseStatusCodePages(refused => Problems.Bare(refused.HttpContext, refused.HttpContext.Response.StatusCode).ExecuteAsync(refused.HttpContext)));
        app.UseRouting();
        app.UseAccessControl();
        app.UseMiddleware<Idempotency>();
        app.MapTriggers();
        return app;
    }

    /// <summary>The lists as shipped, with the travel times that <c>JobMatch:TravelTimes</c> names.</summary>
    internal static CodeLists CodeListsOf(IConfiguration configuration)
    {
        const string setting = "JobMatch:TravelTimes";
        if (configuration[setting] is not { Length: > 0 } named)
            return CodeLists.Default;
        var path = Path.GetFullPath(named, AppContext.BaseDirectory);
        try
        {
            return CodeLists.Default.With(Adapters.Sheets.TravelTable.Read(File.ReadAllBytes(path), CodeLists.Default));
        }
        catch (FormatException e)
        {
            throw new UnusableSettingException($"{setting}: {path}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnusableSettingException($"{setting}: {path} cannot be read. Name a CSV file with the columns home,work,minutes, or nothing.");
        }
    }

    // The sample that comes with the sources: beside the solution, wherever the program is started from.
    private static string SampleFolder(string? named)
    {
        if (named is not null)
            return Path.GetFullPath(named);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var sample = Path.Combine(folder.FullName, "samples", "chongqing");
            if (Directory.Exists(sample))
                return sample;
        }
        throw new UnusableSettingException("There is no folder samples/chongqing above the program. Name one: --sample <folder>.");
    }

    private static void Listen(WebApplicationBuilder builder, string? urls)
    {
        var address = urls ?? builder.Configuration["urls"] ?? CommandLine.DefaultUrl;
        builder.WebHost.UseUrls(address);
        foreach (var url in address.Split(';', StringSplitOptions.RemoveEmptyEntries))
            EnsureFree(url);
    }

    // Kestrel would say the same later and at length; by then the storage has been started for nothing.
    private static void EnsureFree(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Port == 0 || !IPAddress.TryParse(uri.Host, out var ip))
            return;
        try
        {
            using var listener = new TcpListener(ip, uri.Port);
            listener.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new UnusableSettingException($"Port {uri.Port} is taken by another program. Stop it, or choose another address: --urls http://127.0.0.1:{uri.Port + 1}");
        }
    }

    private static Settings Settings(WebApplicationBuilder builder)
    {
        var settings = new Settings { SettleAnswers = !builder.Environment.IsDevelopment() };
        builder.Configuration.GetSection("JobMatch").Bind(settings);
        return settings;
    }

    private static void AddStorage(WebApplicationBuilder builder, Triggers triggers, string? connectionString)
    {
        var services = builder.Services;
        var (tables, openQueues) = connectionString is not null
            ? (new TableServiceClient(connectionString), (QueueClientOptions? options) => new QueueServiceClient(connectionString, options))
            : ByIdentity(builder);
        builder.AddTriggers(triggers, (_, options) => openQueues(options));
        var account = new Account(tables, openQueues(null));
        services.AddSingleton(account).AddSingleton(tables);
        services.AddStartup((_, cancel) => account.Create(cancel));
        services.AddSingleton<IWork>(x => new WorkQueues(account.Queues, x.GetRequiredService<LocalQueues>().Nudge, x.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IPositions>(_ => new PositionTable(account.Table("Positions")));
        services.AddSingleton<IEvents>(_ => new EventTable(account.Table("Events")));
        services.AddSingleton<ISeekers>(x => new SeekerTable(
            account.Table("Seekers"), account.Table("Subjects"), account.Table("PhoneIndex"), x.GetRequiredService<DataKeys>(), x.GetRequiredService<PhoneHash>()));
        services.AddSingleton<IEmployers>(x => new EmployerTable(account.Table("Employers"), x.GetRequiredService<ContactRows>(), x.GetRequiredService<ServiceKeys>()));
        services.AddSingleton<IMarket>(x => new IndexTable(account.Table("Index"), x.GetRequiredService<ServiceKeys>(), x.GetRequiredService<Numbering>(), x.GetRequiredService<IWeights>(), x.GetRequiredService<TimeProvider>()));
        services.AddSingleton(x => new IndexFold(account.Table("Index"), x.GetRequiredService<ServiceKeys>(), x.GetRequiredService<TimeProvider>()));
        services.AddSingleton(x => new Retention(account.Table, x.GetRequiredService<TimeProvider>()));
        services.AddSingleton(x => new GroupTable(account.Table("Index"), x.GetRequiredService<ServiceKeys>(), x.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IGroups>(x => x.GetRequiredService<GroupTable>());
        services.AddSingleton<IAliases, Aliases>();
        services.AddSingleton<IPlans>(_ => new PlanTable(account.Table("Messages")));
        services.AddSingleton<IMessages>(_ => new MessageTable(account.Table("Messages"), account.Table("VendorIds")));
        services.AddSingleton<IPresence>(_ => new PresenceTable(account.Table("Seekers")));
        services.AddSingleton<IHelpersActs>(_ => new HelpersActTable(account.Table("Seekers")));
        services.AddSingleton<IClaims>(_ => new ClaimTable(account.Table("Seekers")));
        services.AddSingleton(_ => new GuestTable(account.Table("Events")));
        services.AddSingleton<IGuests>(x => x.GetRequiredService<GuestTable>());
        services.AddSingleton<IPlaces>(x => x.GetRequiredService<GuestTable>());
        services.AddSingleton<ICallbacks>(x => new CallbackTable(account.Table("Callbacks"), x.GetRequiredService<ServiceKeys>()));
        services.AddSingleton<ITasks>(x => new TaskTable(account.Table("Tasks"), x.GetRequiredService<ServiceKeys>()));
        services.AddSingleton<IFollowUps>(x => new FollowUpTable(account.Table("FollowUps"), x.GetRequiredService<ServiceKeys>()));
        services.AddSingleton<ISiteVisits>(_ => new SiteVisitTable(account.Table("Employers")));
        services.AddSingleton<IAudit>(_ => new AuditTable(account.Table("Audit")));
        services.AddSingleton<IErasures>(x => new ErasureTable(account.Table("Audit"), x.GetRequiredService<ServiceKeys>(), x.GetRequiredService<IKeyedHash>(), x.GetRequiredService<IAliases>()));
        services.AddSingleton<IHoldings, Holdings>();
        services.AddSingleton<IOpportunities>(_ => new OpportunityTable(account.Table("Opportunities")));
        services.AddSingleton<IBookings>(_ => new BookingTable(account.Table("Bookings"), account.Table("Seekers")));
        services.AddSingleton<IProgrammes>(_ => new ProgrammeTable(account.Table("Programmes")));
        services.AddSingleton<IWeights>(_ => new WeightsTable(account.Table("Policies")));
        services.AddSingleton<IChannels>(_ => new ChannelTable(account.Table("Policies")));
        services.AddSingleton<IQueueLines>(_ => new QueueLines(openQueues(new() { MessageEncoding = QueueMessageEncoding.None })));
        services.AddSingleton(x => new IdempotencyTable(account.Table("Idempotency"), x.GetRequiredService<ServiceKeys>(), x.GetRequiredService<TimeProvider>()));
    }

    private static (TableServiceClient Tables, Func<QueueClientOptions?, QueueServiceClient> Queues) ByIdentity(WebApplicationBuilder builder)
    {
        var storage = StorageIdentity.Read(builder.Configuration);
        builder.Services.AddSingleton(storage.Credential);
        return (new(storage.Tables, storage.Credential), options => new(storage.Queues, storage.Credential, options));
    }

    private static void AddGateway(
        IServiceCollection services, IReadOnlyDictionary<string, LocalSandbox> sandboxes, IReadOnlyList<Func<IServiceProvider, ISmsGateway>> vendors)
    {
        foreach (var vendor in vendors)
            services.AddSingleton(vendor);
        if (sandboxes.Count + vendors.Count == 0)
            services.AddSingleton<ISmsGateway, NoGateway>();
        foreach (var (name, sandbox) in sandboxes)
        {
            services.TryAddSingleton(sandbox); // Pages lead to the first.
            services.AddSingleton<ISmsGateway>(x => SandboxGateway.At(sandbox.Address, sandbox.Secret, sign: null, x.GetRequiredService<TimeProvider>(), name));
        }
    }

    private static void AddMessages(WebApplicationBuilder builder, bool sandbox)
    {
        var settings = new SendSettings();
        builder.Services.AddSingleton(settings with
        {
            CapPerDay = builder.Configuration.GetValue("JobMatch:Messages:CapPerDay", settings.CapPerDay),
            ApproveAbove = builder.Configuration.GetValue("JobMatch:Messages:ApproveAbove", settings.ApproveAbove),
            // The sandbox adds no signature.
            SignatureLength = builder.Configuration.GetValue("JobMatch:Messages:SignatureLength", sandbox ? 0 : settings.SignatureLength),
            PricePerPart = builder.Configuration.GetValue("JobMatch:Messages:PricePerPart", settings.PricePerPart),
            ChangesSettle = builder.Configuration.GetValue("JobMatch:Messages:ChangesSettle", settings.ChangesSettle),
            PutAgainAfter = builder.Configuration.GetValue("JobMatch:Messages:PutAgainAfter", settings.PutAgainAfter),
            AskAfter = builder.Configuration.GetValue("JobMatch:Messages:AskAfter", settings.AskAfter),
            ReceiptAfter = builder.Configuration.GetValue("JobMatch:Messages:ReceiptAfter", settings.ReceiptAfter),
            Quiet = new(builder.Configuration.GetValue("JobMatch:Messages:QuietFrom", settings.Quiet.From), builder.Configuration.GetValue("JobMatch:Messages:QuietTo", settings.Quiet.To)),
            HealthHalfLife = builder.Configuration.GetValue("JobMatch:Messages:HealthHalfLife", settings.HealthHalfLife),
            RemindFrom = builder.Configuration.GetValue("JobMatch:Messages:RemindFrom", settings.RemindFrom),
            FollowUpFrom = builder.Configuration.GetValue("JobMatch:Messages:FollowUpFrom", settings.FollowUpFrom),
            FollowUpUntil = builder.Configuration.GetValue("JobMatch:Messages:FollowUpUntil", settings.FollowUpUntil),
            DigestEvery = builder.Configuration.GetValue("JobMatch:Messages:DigestEvery", settings.DigestEvery),
            DigestFrom = builder.Configuration.GetValue("JobMatch:Messages:DigestFrom", settings.DigestFrom),
            DigestUntil = builder.Configuration.GetValue("JobMatch:Messages:DigestUntil", settings.DigestUntil),
        });
        builder.Services.AddSingleton(x => new SmsGateways([.. x.GetServices<ISmsGateway>()], name => Math.Max(0, builder.Configuration.GetValue($"JobMatch:Gateways:{name}:Weight", 1))));
        builder.Services.AddSingleton<GatewayShares>();
        builder.Services.AddSingleton<EventWatch>();
    }

    private static void AddFlows(IServiceCollection services)
    {
        services.AddSingleton<PutSeeker>();
        services.AddSingleton<ExportSeeker>();
        services.AddSingleton<EraseSeeker>();
        services.AddSingleton<PutPosition>();
        services.AddSingleton<PutEmployer>();
        services.AddSingleton<RegisterEmployer>();
        services.AddSingleton<DecideEmployer>();
        services.AddSingleton<PublishPositions>();
        services.AddSingleton<PutEvent>();
        services.AddSingleton<FindMatches>();
        services.AddSingleton<DeclinePosition>();
        services.AddSingleton<WhyNothing>();
        services.AddSingleton<FindCandidates>();
        services.AddSingleton<AnswerCandidate>();
        services.AddSingleton<SearchPositions>();
        services.AddSingleton<ExpressInterest>();
        services.AddSingleton<SavePosition>();
        services.AddSingleton<PassQuestion>();
        services.AddSingleton<ChooseTexts>();
        services.AddSingleton<ReadTexts>();
        services.AddSingleton<ChangePhone>();
        services.AddSingleton<NameHelper>();
        services.AddSingleton<FindSeekerNearMisses>();
        services.AddSingleton<FindPositionNearMisses>();
        services.AddSingleton<CountUnmetNeed>();
        services.AddSingleton<IndexChange>();
        services.AddSingleton<AnnounceEvent>();
        services.AddSingleton<AnnouncePlan>();
        services.AddSingleton<ApproveAnnouncement>();
        services.AddSingleton<HoldPlace>();
        services.AddSingleton<ConfirmYes>();
        services.AddSingleton<AnswerInvitation>();
        services.AddSingleton<CancelEvent>();
        services.AddSingleton<TellGuests>();
        services.AddSingleton<WritePages>();
        services.AddSingleton<StopEvent>();
        services.AddSingleton<ReadSending>();
        services.AddSingleton<ReadToday>();
        services.AddSingleton<PlanAnnouncement>();
        services.AddSingleton<FindInvitees>();
        services.AddSingleton<PreviewAudience>();
        services.AddSingleton<ReadFairness>();
        services.AddSingleton<SendMessages>();
        services.AddSingleton<CheckMessages>();
        services.AddSingleton<ReconcileMessages>();
        services.AddSingleton<CloseExpired>();
        services.AddSingleton<CallbackPriority>();
        services.AddSingleton<ReceiveCallback>();
        services.AddSingleton<RecordCallback>();
        services.AddSingleton<TakeReceipt>();
        services.AddSingleton<TakeReply>();
        services.AddSingleton<TellMore>();
        services.AddSingleton<OptOut>();
        services.AddSingleton<PutText>();
        services.AddSingleton<RemindEvents>();
        services.AddSingleton<RemindGuests>();
        services.AddSingleton<GuestNumbers>();
        services.AddSingleton<DueDigests>();
        services.AddSingleton<WriteDigests>();
        services.AddSingleton<CheckIn>();
        services.AddSingleton<RegisterGuest>();
        services.AddSingleton<RecordOutcomes>();
        services.AddSingleton<ListGuests>();
        services.AddSingleton<KeepFollowUps>();
        services.AddSingleton<AskFollowUps>();
        services.AddSingleton<AnswerFollowUp>();
        services.AddSingleton<ListFollowUps>();
        services.AddSingleton<ChangeCase>();
        services.AddSingleton<TotalFunnel>();
        services.AddSingleton<ListTasks>();
        services.AddSingleton<FindPeople>();
        services.AddSingleton<RecordSiteVisit>();
        services.AddSingleton<ListSiteVisits>();
        services.AddSingleton<FindSiteVisits>();
        services.AddSingleton<EndTask>();
        services.AddSingleton<WriteText>();
        services.AddSingleton<TextTemplates>();
        services.AddSingleton<PutOpportunity>();
        services.AddSingleton<TakePlace>();
        services.AddSingleton<FindOpportunities>();
        services.AddSingleton<PassCourse>();
        services.AddSingleton<PutResource>();
        services.AddSingleton<BookSlot>();
        services.AddSingleton<PutProgrammeRecord>();
        services.AddSingleton<ListProgrammeRecords>();
        services.AddSingleton<CountFigures>();
        services.AddSingleton<PublishWeights>();
        services.AddSingleton<TryWeights>();
        services.AddSingleton<Funnel>();
        services.AddSingleton<MessagesOfEvent>();
        services.AddSingleton<OneMessage>();
    }

    private static string? Environment(string name) => System.Environment.GetEnvironmentVariable(name);
}
