namespace JobMatch.Flows.Tests;

// The ports, each over the one dictionary.
internal sealed partial class World : IEvents, IMarket, IPlans, IMessages, IClaims, IGuests, IPlaces, ICallbacks, ITasks, IChannels, ISeekers, IPositions, IEmployers, IGroups, IErasures, IHoldings, IProgrammes, IBookings, IOpportunities, IFollowUps, IWeights, IKeyedHash
{
    public List<StaffTask> Tasks { get; } = [];

    public List<string> Quarantined { get; } = [];

    /// <summary>Callbacks that are kept.</summary>
    public int Kept => All<Callback>("callback|").Count();

    /// <summary>Walks through all tables that came to their end: subject, and whether it was the last.</summary>
    public List<(string Subject, bool Last)> Walks { get; } = [];

    public IReadOnlyList<Message> Messages => [.. All<Message>("message|").Select(stored => stored.Value)];

    public RecruitmentEvent Fair => Get<RecruitmentEvent>("event|fair")!.Value.Value;

    public Guest? GuestOf(string subject) => Get<Guest>($"guest|fair|{subject}")?.Value;

    public SeekerFile Person(string id) => Get<SeekerFile>($"seeker|{id}")!.Value.Value;

    public PositionFile PositionOf(string id) => Get<PositionFile>($"position|{id}")!.Value.Value;

    public void Put(object value)
    {
        var key = value switch
        {
            RecruitmentEvent fair => $"event|{fair.Id}",
            SeekerFile person => $"seeker|{person.Id}",
            PositionFile position => $"position|{position.Id}",
            _ => throw new ArgumentException("Unknown.", nameof(value)),
        };
        Set(key, value);
    }

    public void Tie(string position) => Set($"tie|fair|{position}", position);

    Task<Stored<RecruitmentEvent>?> IEvents.Find(string id, CancellationToken cancel) => Call("events.Find", () => Get<RecruitmentEvent>($"event|{id}"));

    Task<IReadOnlyList<RecruitmentEvent>> IEvents.All(CancellationToken cancel) =>
        Call<IReadOnlyList<RecruitmentEvent>>("events.All", () => [.. All<RecruitmentEvent>("event|").Select(stored => stored.Value)]);

    Task<IReadOnlyList<RecruitmentEvent>> IEvents.On(DateOnly day, CancellationToken cancel) =>
        Call<IReadOnlyList<RecruitmentEvent>>("events.On", () => [.. All<RecruitmentEvent>("event|").Select(stored => stored.Value).Where(fair => People.DayOf(fair.StartsAt) == day)]);

    Task<string> IEvents.Save(RecruitmentEvent fair, string? etag, CancellationToken cancel) => Call("events.Save", () => Set($"event|{fair.Id}", fair, etag));

    Task<IReadOnlyList<string>> IEvents.Positions(string id, CancellationToken cancel) =>
        Call<IReadOnlyList<string>>("events.Positions", () => [.. All<string>($"tie|{id}|").Select(stored => stored.Value)]);

    Task IEvents.Tie(string id, string position, CancellationToken cancel) => Call("events.Tie", () => Set($"tie|{id}|{position}", position));

    Task IEvents.Untie(string id, string position, CancellationToken cancel) => Call("events.Untie", () => rows.Remove($"tie|{id}|{position}"));

    private Matching.CodeLists codes = Matching.CodeLists.Default;

    Task<MarketView> IMarket.View(CancellationToken cancel) => Call("market.View", () =>
    {
        var seekers = All<SeekerFile>("seeker|").Select(stored => stored.Value).Where(person => person.MayBeMatched()).ToDictionary(
            person => person.Facts.Id, MarketSeeker.Of);
        var positions = All<PositionFile>("position|").Select(stored => stored.Value).ToDictionary(
            position => position.Id, position => new MarketPosition(position.Facts, position.Version, position.Employer));
        return new MarketView(seekers, positions, new(new(codes), seekers.Values, () => positions.Values, People.DayOf(GetUtcNow())));
    });

    Task<Stored<PositionFile>?> IPositions.Find(string id, CancellationToken cancel) => Call("positions.Find", () => Get<PositionFile>($"position|{id}"));

    Task<IReadOnlyList<string>> IPositions.OfEmployer(string employer, CancellationToken cancel) =>
        Call<IReadOnlyList<string>>("positions.OfEmployer", () => [.. All<PositionFile>("position|").Select(stored => stored.Value).Where(x => x.Employer == employer).Select(x => x.Id)]);

    Task<string> IPositions.Save(PositionFile file, string? etag, CancellationToken cancel) => Call("positions.Save", () => Set($"position|{file.Id}", file, etag));

    Task<Stored<Employer>?> IEmployers.Find(string id, CancellationToken cancel) => Call("employers.Find", () => Get<Employer>($"employer|{id}"));

    Task<IReadOnlyList<string>> IEmployers.MayAwait(CancellationToken cancel) =>
        Call<IReadOnlyList<string>>("employers.MayAwait", () => [.. All<Employer>("employer|").Where(x => x.Value.IsAwaiting).Select(x => x.Value.Id)]);

    Task<IReadOnlyList<string>> IEmployers.MayHaveCode(string creditCode, CancellationToken cancel) =>
        Call<IReadOnlyList<string>>("employers.MayHaveCode", () => [.. All<Employer>("employer|").Where(x => x.Value.CreditCode == creditCode).Select(x => x.Value.Id)]);

    Task<string> IEmployers.Save(Employer employer, string? etag, CancellationToken cancel) => Call("employers.Save", () => Set($"employer|{employer.Id}", employer, etag));

    Task<bool> IMarket.Holds(string id, long version, CancellationToken cancel) => Call("market.Holds", () => true);

    void IMarket.Refine(Matching.Meanings meanings) => codes = codes.With(meanings);

    void IMarket.Weigh(Matching.PolicyWeights weights) => codes = codes.With(weights);

    Task<IReadOnlyList<Stored<WeightsChange>>> IWeights.All(CancellationToken cancel) => Call<IReadOnlyList<Stored<WeightsChange>>>("weights.All", () => [.. All<WeightsChange>("weights|")]);

    Task IWeights.Save(WeightsChange change, string? etag, CancellationToken cancel) => Call("weights.Save", () => { Set($"weights|{change.Number:D6}", change, etag); });

    Task IMarket.Put(SeekerFile file, CancellationToken cancel) => Call("market.Put", () => { });

    Task IMarket.Erase(string subject, CancellationToken cancel) => Call("market.Erase", () => { });

    Task IMarket.Put(PositionFile file, CancellationToken cancel) => Call("market.Put", () => { });

    Task<PlanHead?> IPlans.Find(string cause, int wave, CancellationToken cancel) => Call("plans.Find", () => Get<PlanHead>($"plan|{cause}|{wave}")?.Value);

    Task IPlans.Add(PlanHead plan, int page, IReadOnlyList<Invitation> people, CancellationToken cancel) =>
        Call("plans.Add", () => Set($"planpage|{plan.Cause}|{plan.Wave}|{plan.Generation}|{page}", people));

    Task<PlanHead> IPlans.Complete(PlanHead plan, CancellationToken cancel) => Call("plans.Complete", () =>
    {
        Insert($"plan|{plan.Cause}|{plan.Wave}", plan);
        return Get<PlanHead>($"plan|{plan.Cause}|{plan.Wave}")!.Value.Value;
    });

    Task<IReadOnlyList<Invitation>> IPlans.Page(PlanHead plan, int page, CancellationToken cancel) =>
        Call("plans.Page", () => Get<IReadOnlyList<Invitation>>($"planpage|{plan.Cause}|{plan.Wave}|{plan.Generation}|{page}")!.Value.Value);

    Task<Stored<PlanProgress>?> IPlans.Progress(string cause, int wave, CancellationToken cancel) => Call("plans.Progress", () => Get<PlanProgress>($"progress|{cause}|{wave}"));

    Task IPlans.Save(string cause, int wave, PlanProgress progress, string? etag, CancellationToken cancel) => Call("plans.Save progress", () => { Set($"progress|{cause}|{wave}", progress, etag); });

    Task IPlans.Add(PlanHead plan, PlanPromises promises, CancellationToken cancel) => Call("plans.Add promises", () => Set($"promises|{plan.Cause}|{plan.Generation}", promises));

    Task<PlanPromises> IPlans.Promises(PlanHead plan, CancellationToken cancel) => Call("plans.Promises", () => Get<PlanPromises>($"promises|{plan.Cause}|{plan.Generation}")!.Value.Value);

    Task IPlans.Keep(KeptPlan plan, CancellationToken cancel) => Call("plans.Keep", () => Set($"kept|{plan.Id}", plan));

    Task<KeptPlan?> IPlans.Kept(string id, CancellationToken cancel) => Call("plans.Kept", () => Get<KeptPlan>($"kept|{id}")?.Value);

    Task<Stored<Places>?> IPlaces.Find(string eventId, PlaceKind kind, CancellationToken cancel) => Call("places.Find", () => Get<Places>($"places|{eventId}|{kind}"));

    Task IPlaces.Save(Places places, string? etag, CancellationToken cancel) => Call("places.Save", () => { Set($"places|{places.Event}|{places.Kind}", places, etag); });

    Task<Stored<PlanDay>?> IPlans.Day(DateOnly day, CancellationToken cancel) => Call("plans.Day", () => Get<PlanDay>($"planday|{day:yyyyMMdd}"));

    Task IPlans.Save(PlanDay day, string? etag, CancellationToken cancel) => Call("plans.Save", () => { Set($"planday|{day.Day:yyyyMMdd}", day, etag); });

    Task IMessages.Add(IReadOnlyList<Message> messages, CancellationToken cancel) => Call("messages.Add", () =>
    {
        Assert.InRange(messages.Count, 1, 100);
        Assert.Single(messages.Select(message => message.Id.In).Distinct());
        if (messages.All(message => Get<Message>($"message|{message.Id}") is null))
            foreach (var message in messages)
                Set($"message|{message.Id}", message);
    });

    Task<Stored<Message>?> IMessages.Find(MessageId id, CancellationToken cancel) => Call("messages.Find", () => Get<Message>($"message|{id}"));

    Task<IReadOnlyList<Stored<Message>>> IMessages.Page(PageId page, CancellationToken cancel) =>
        Call<IReadOnlyList<Stored<Message>>>("messages.Page", () => [.. All<Message>($"message|{page}~")]);

    Task<IReadOnlyList<MessageLine>> IMessages.States(PageId page, CancellationToken cancel) =>
        Call<IReadOnlyList<MessageLine>>("messages.States", () => [.. All<Message>($"message|{page}~").Select(stored => new MessageLine(stored.Value.Id, stored.Value.State, stored.Value.CreatedAt))]);

    Task<string> IMessages.Save(Message message, string etag, CancellationToken cancel) => Call($"messages.Save {message.State}", () => Set($"message|{message.Id}", message, etag));

    Task<bool> IMessages.Save(Message message, string etag, Receipt receipt, CancellationToken cancel) => Call("messages.Save receipt", () =>
    {
        if (Get<Receipt>($"receipt|{message.Id}|{receipt.Key}") is not null)
            return false;
        Set($"message|{message.Id}", message, etag);
        return Insert($"receipt|{message.Id}|{receipt.Key}", receipt);
    });

    Task<IReadOnlyList<Receipt>> IMessages.Receipts(MessageId id, CancellationToken cancel) =>
        Call<IReadOnlyList<Receipt>>("messages.Receipts", () => [.. All<Receipt>($"receipt|{id}|").Select(stored => stored.Value)]);

    Task IMessages.AddVendorId(string gateway, string vendorId, MessageId id, CancellationToken cancel) =>
        Call("messages.AddVendorId", () => Set($"vendor|{gateway}|{vendorId}|{id}", id));

    Task<IReadOnlyList<MessageId>> IMessages.ByVendorId(string gateway, string vendorId, CancellationToken cancel) =>
        Call<IReadOnlyList<MessageId>>("messages.ByVendorId", () => [.. All<MessageId>($"vendor|{gateway}|{vendorId}|").Select(stored => stored.Value)]);

    Task IMessages.Open(OpenPage page, CancellationToken cancel) => Call("messages.Open", () => Insert($"open|{page.Page}", page));

    Task<Stored<OpenPage>?> IMessages.FindOpen(PageId page, CancellationToken cancel) => Call("messages.FindOpen", () => Get<OpenPage>($"open|{page}"));

    Task<IReadOnlyList<Stored<OpenPage>>> IMessages.Due(DateTimeOffset now, CancellationToken cancel) =>
        Call<IReadOnlyList<Stored<OpenPage>>>("messages.Due", () => [.. All<OpenPage>("open|").Where(stored => stored.Value.CheckAt <= now)]);

    Task IMessages.Save(OpenPage page, string etag, CancellationToken cancel) => Call("messages.Save open", () => Set($"open|{page.Page}", page, etag));

    Task IMessages.Close(PageId page, CancellationToken cancel) => Call("messages.Close", () => rows.Remove($"open|{page}"));

    Task<Standing> IClaims.Read(string seeker, MessageId message, DateOnly day, CancellationToken cancel) => Call("claims.Read", () =>
    {
        var reserved = Get<IReadOnlyList<string>>($"day|{seeker}|{day:yyyyMMdd}");
        return new Standing(ClaimsHold ? Get<Claim>($"claim|{seeker}|{message}") : null, reserved?.Value ?? [], reserved?.ETag);
    });

    Task IClaims.Take(string seeker, Standing seen, Claim claim, DateOnly day, CancellationToken cancel) => Call("claims.Take", () =>
    {
        string claimKey = $"claim|{seeker}|{claim.Message}", dayKey = $"day|{seeker}|{day:yyyyMMdd}";
        if (ClaimsHold && (Get<object>(claimKey)?.ETag != seen.Claim?.ETag || Get<object>(dayKey)?.ETag != seen.DayETag))
            throw new ConflictException(claimKey);
        Set(claimKey, claim);
        Set(dayKey, (IReadOnlyList<string>)[.. seen.Reserved.Append(claim.Message.ToString()).Distinct()]);
    });

    Task IClaims.Save(string seeker, Claim claim, string etag, CancellationToken cancel) => Call("claims.Save", () => Set($"claim|{seeker}|{claim.Message}", claim, etag));

    Task<IReadOnlyList<Claim>> IClaims.Of(string seeker, CancellationToken cancel) =>
        Call<IReadOnlyList<Claim>>("claims.Of", () => [.. All<Claim>($"claim|{seeker}|").Select(stored => stored.Value)]);

    Task IGuests.Invite(IReadOnlyList<MessageId> invitations, CancellationToken cancel) => Call("guests.Invite", () =>
    {
        Assert.Single(invitations.Select(invitation => IGuests.Bucket(invitation.Subject)).Distinct());
        foreach (var invitation in invitations)
        {
            var key = $"guest|{invitation.In.Cause}|{invitation.Subject}";
            Set(key, (Get<Guest>(key)?.Value ?? new Guest { Event = invitation.In.Cause, Subject = invitation.Subject }) with { Invitation = invitation });
        }
    });

    Task<Stored<Guest>?> IGuests.Find(string eventId, string subject, CancellationToken cancel) => Call("guests.Find", () => Get<Guest>($"guest|{eventId}|{subject}"));

    Task IGuests.Save(Guest guest, string? etag, CancellationToken cancel) => Call("guests.Save", () => Set($"guest|{guest.Event}|{guest.Subject}", guest, etag));

    Task<IReadOnlyList<Guest>> IGuests.Of(string eventId, CancellationToken cancel) =>
        Call<IReadOnlyList<Guest>>("guests.Of", () => [.. All<Guest>($"guest|{eventId}|").Select(stored => stored.Value)]);

    Task<int> IGuests.Coming(string eventId, CancellationToken cancel) =>
        Call("guests.Coming", () => All<Guest>($"guest|{eventId}|").Count(stored => stored.Value.Answer == GuestAnswer.Coming));

    Task<IReadOnlyDictionary<int, string>> IGuests.Numbers(string eventId, CancellationToken cancel) => Call<IReadOnlyDictionary<int, string>>("guests.Numbers", () =>
        All<(int Number, string Subject)>($"number|{eventId}|").ToDictionary(x => x.Value.Number, x => x.Value.Subject));

    Task<bool> IGuests.AddNumber(string eventId, int number, string subject, CancellationToken cancel) =>
        Call("guests.AddNumber", () => Insert($"number|{eventId}|{number:D6}", (number, subject)));

    Task ICallbacks.Add(Callback callback, CancellationToken cancel) => Call("callbacks.Add", () => Insert($"callback|{callback.Key}", callback));

    Task<Callback?> ICallbacks.Find(CallbackKey key, CancellationToken cancel) =>
        Call("callbacks.Find", () => Get<Callback>($"callback|{key with { From = 0, Waited = 0 }}")?.Value);

    Task ICallbacks.Quarantine(CallbackKey key, int entry, string why, CancellationToken cancel) => Call("callbacks.Quarantine", () =>
    {
        if (Insert($"quarantine|{key.Hash}|{entry}", why))
            Quarantined.Add(why);
    });

    Task<bool> ICallbacks.Seen(string reply, CancellationToken cancel) => Call("callbacks.Seen", () => Get<string>($"reply|{reply}") is not null);

    Task ICallbacks.See(string reply, CancellationToken cancel) => Call("callbacks.See", () => Set($"reply|{reply}", reply));

    Task ITasks.Add(StaffTask task, CancellationToken cancel) => Call("tasks.Add", () =>
    {
        if (Insert($"task|{task.Id}", task))
            Tasks.Add(task);
    });

    Task<Stored<StaffTask>?> ITasks.Find(string id, CancellationToken cancel) => Call("tasks.Find", () => Get<StaffTask>($"task|{id}"));

    Task<IReadOnlyList<StaffTask>> ITasks.Open(CancellationToken cancel) =>
        Call<IReadOnlyList<StaffTask>>("tasks.Open", () => [.. All<StaffTask>("task|").Select(stored => stored.Value).Where(task => task.DoneAt is null).OrderBy(task => task.Due)]);

    Task ITasks.Save(StaffTask task, string etag, CancellationToken cancel) => Call("tasks.Save", () => Set($"task|{task.Id}", task, etag));

    Task<ChannelStates> IChannels.Read(CancellationToken cancel) => Call("channels.Read", () => new ChannelStates(
        [.. All<ChannelPause>("paused|").Select(stored => stored.Value)], [.. All<ToldHealth>("told|").Select(stored => stored.Value)]));

    Task IChannels.Pause(ChannelPause pause, CancellationToken cancel) => Call("channels.Pause", () => Insert($"paused|{pause.Channel}", pause));

    Task IChannels.Resume(string channel, CancellationToken cancel) => Call("channels.Resume", () => rows.Remove($"paused|{channel}"));

    Task IChannels.Tell(ToldHealth told, CancellationToken cancel) => Call("channels.Tell", () => Set($"told|{told.Gateway}|{told.Slot}", told));

    Task<Stored<SeekerFile>?> ISeekers.Find(string id, CancellationToken cancel) => Call("seekers.Find", () => Get<SeekerFile>($"seeker|{id}"));

    Task<IReadOnlyList<string>> ISeekers.HelpedBy(string phone, CancellationToken cancel) => Call<IReadOnlyList<string>>("seekers.HelpedBy", () =>
        [.. All<SeekerFile>("seeker|").Where(x => x.Value.Own.Helpers.Any(helper => helper.Until is null && helper.Phone == phone)).Select(x => x.Value.Id)]);

    Task<string?> ISeekers.IdOf(string subject, CancellationToken cancel) =>
        Call("seekers.IdOf", () => All<SeekerFile>("seeker|").Select(stored => stored.Value).FirstOrDefault(person => person.Facts.Id == subject)?.Id);

    Task<IReadOnlyDictionary<DateOnly, int>> ISeekers.CountByMonth(CancellationToken cancel) => Call<IReadOnlyDictionary<DateOnly, int>>("seekers.CountByMonth", () =>
        All<SeekerFile>("seeker|").CountBy(stored => People.MonthOf(People.DayOf(stored.Value.FirstPut))).ToDictionary());

    Task<Stored<ResourceFile>?> IBookings.Find(string resource, CancellationToken cancel) => Call("bookings.Find", () => Get<ResourceFile>($"resource|{resource}"));

    Task<IReadOnlyList<ResourceFile>> IBookings.All(CancellationToken cancel) =>
        Call<IReadOnlyList<ResourceFile>>("bookings.All", () => [.. All<ResourceFile>("resource|").Select(stored => stored.Value)]);

    Task IBookings.Save(ResourceFile file, string? etag, CancellationToken cancel) => Call("bookings.Save resource", () => { Set($"resource|{file.Facts.Id}", file, etag); });

    Task<ResourceCalendar> IBookings.Calendar(string resource, IEnumerable<DateOnly> days, CancellationToken cancel) => Call("bookings.Calendar", () => new ResourceCalendar(
        resource, days.ToDictionary(day => day, day => Get<IReadOnlyList<Matching.Booking>>($"calendar|{resource}|{day:yyyyMMdd}") ?? new([], ""))));

    Task IBookings.Save(ResourceCalendar seen, IReadOnlyDictionary<DateOnly, IReadOnlyList<Matching.Booking>> next, CancellationToken cancel) => Call("bookings.Save", () =>
    {
        foreach (var day in next.Keys)
            if ((Get<object>(KeyOf(day))?.ETag ?? "") != seen.Days[day].ETag)
                throw new ConflictException(KeyOf(day));
        foreach (var (day, held) in next)
            Set(KeyOf(day), held);

        string KeyOf(DateOnly day) => $"calendar|{seen.Resource}|{day:yyyyMMdd}";
    });

    Task<BookingPlace?> IBookings.Place(string id, CancellationToken cancel) => Call("bookings.Place", () => Get<BookingPlace>($"bookingplace|{id}")?.Value);

    Task<BookingPlace> IBookings.Add(string id, BookingPlace place, CancellationToken cancel) => Call("bookings.Add", () =>
    {
        Insert($"bookingplace|{id}", place);
        return Get<BookingPlace>($"bookingplace|{id}")!.Value.Value;
    });

    Task<Stored<IReadOnlyList<Matching.Booking>>?> IBookings.OfPerson(string seeker, DateOnly day, CancellationToken cancel) =>
        Call("bookings.OfPerson", () => Get<IReadOnlyList<Matching.Booking>>($"bookings|{seeker}|{day:yyyyMMdd}"));

    Task IBookings.Save(string seeker, DateOnly day, IReadOnlyList<Matching.Booking> bookings, string? etag, CancellationToken cancel) =>
        Call("bookings.Save person", () => { Set($"bookings|{seeker}|{day:yyyyMMdd}", bookings, etag); });

    Task<IReadOnlyList<Matching.Booking>> IBookings.OfPersonFrom(string seeker, DateOnly day, CancellationToken cancel) =>
        Call<IReadOnlyList<Matching.Booking>>("bookings.OfPersonFrom", () => [.. All<IReadOnlyList<Matching.Booking>>($"bookings|{seeker}|").SelectMany(stored => stored.Value)]);

    Task<Stored<OpportunityFile>?> IOpportunities.Find(string kind, string id, CancellationToken cancel) => Call("opportunities.Find", () => Get<OpportunityFile>($"opportunity|{kind}|{id}"));

    Task<IReadOnlyList<OpportunityFile>> IOpportunities.All(CancellationToken cancel) => Call<IReadOnlyList<OpportunityFile>>("opportunities.All", () => [.. All<OpportunityFile>("opportunity|").Select(stored => stored.Value).Select(file =>
        file with { Facts = file.Facts with { Facts = file.Facts.Facts with { Signed = Math.Min(file.Facts.Facts.Openings, Get<IReadOnlyList<string>>($"takers|{file.Facts.Kind}|{file.Facts.Id}")?.Value.Count ?? 0) } } })]);

    Task IOpportunities.Save(OpportunityFile file, string? etag, CancellationToken cancel) => Call("opportunities.Save", () => { Set($"opportunity|{file.Facts.Kind}|{file.Facts.Id}", file, etag); });

    Task<Stored<IReadOnlyList<string>>?> IOpportunities.Takers(string kind, string id, CancellationToken cancel) => Call("opportunities.Takers", () => Get<IReadOnlyList<string>>($"takers|{kind}|{id}"));

    Task IOpportunities.SaveTakers(string kind, string id, IReadOnlyList<string> takers, string? etag, CancellationToken cancel) =>
        Call("opportunities.SaveTakers", () => { Set($"takers|{kind}|{id}", takers, etag); });

    Task<Stored<ProgrammeFile>?> IProgrammes.Find(string kind, string id, CancellationToken cancel) => Call("programmes.Find", () => Get<ProgrammeFile>($"programme|{kind}|{id}"));

    Task<IReadOnlyList<ProgrammeFile>> IProgrammes.All(string? kind, CancellationToken cancel) =>
        Call<IReadOnlyList<ProgrammeFile>>("programmes.All", () => [.. All<ProgrammeFile>(kind is null ? "programme|" : $"programme|{kind}|").Select(stored => stored.Value)]);

    Task<string> IProgrammes.Save(ProgrammeFile file, string? etag, CancellationToken cancel) => Call("programmes.Save", () => Set($"programme|{file.Facts.Kind}|{file.Facts.Id}", file, etag));

    Task IProgrammes.Delete(string kind, string id, CancellationToken cancel) => Call("programmes.Delete", () => rows.Remove($"programme|{kind}|{id}"));

    Task<Stored<FollowUpFile>?> IFollowUps.Find(string id, CancellationToken cancel) => Call("followUps.Find", () => Get<FollowUpFile>($"followup|{id}"));

    Task<string> IFollowUps.Save(FollowUpFile file, string? etag, CancellationToken cancel) => Call("followUps.Save", () => Set($"followup|{file.Facts.Id}", file, etag));

    Task<IReadOnlyList<FollowUpFile>> IFollowUps.Due(DateOnly today, CancellationToken cancel) =>
        Call<IReadOnlyList<FollowUpFile>>("followUps.Due", () => [.. FollowUpFiles.Where(file => file.NextOn <= today)]);

    Task<IReadOnlyList<FollowUpFile>> IFollowUps.ForStaff(CancellationToken cancel) =>
        Call<IReadOnlyList<FollowUpFile>>("followUps.ForStaff", () => [.. FollowUpFiles.Where(file => file.Facts.NeedsStaff)]);

    Task<IReadOnlyList<Matching.FollowUpSeries>> IFollowUps.All(CancellationToken cancel) =>
        Call<IReadOnlyList<Matching.FollowUpSeries>>("followUps.All", () => [.. FollowUpFiles.Select(file => file.Facts)]);

    public IReadOnlyList<FollowUpFile> FollowUpFiles => [.. All<FollowUpFile>("followup|").Select(stored => stored.Value)];

    Task<IReadOnlyList<string>> ISeekers.ByPhone(string phone, CancellationToken cancel) => Call<IReadOnlyList<string>>("seekers.ByPhone", () =>
        [.. All<SeekerFile>("seeker|").Select(stored => stored.Value).Where(person => person.Phone == phone).Select(person => person.Id)]);

    Task<IReadOnlyList<string>> ISeekers.ByName(string name, CancellationToken cancel) => Call<IReadOnlyList<string>>("seekers.ByName", () =>
        [.. All<SeekerFile>("seeker|").Where(x => x.Value.Name is { } held && FindPeople.NameOf(held) == FindPeople.NameOf(name)).Select(x => x.Value.Id)]);

    Task<string> ISeekers.Save(SeekerFile file, string? etag, CancellationToken cancel) => Call("seekers.Save", () => Set($"seeker|{file.Id}", file, etag));

    Task ISeekers.Erase(SeekerFile file, string etag, CancellationToken cancel) => Call("seekers.Erase", () =>
    {
        Set($"seeker|{file.Id}", file, etag);
        rows.Remove($"seeker|{file.Id}");
    });

    Task<Erasure> IErasures.Begin(ErasedPerson person, DateTimeOffset at, CancellationToken cancel) => Call("erasures.Begin", () =>
    {
        Insert($"erasure|{person.Id}|{person.Subject}", new Erasure($"erasure|{person.Id}|{person.Subject}", new($"number of {person.Subject}", at, false), person));
        return Get<Erasure>($"erasure|{person.Id}|{person.Subject}")!.Value.Value;
    });

    Task<Erasure?> IErasures.Find(string reference, CancellationToken cancel) => Call("erasures.Find", () => Get<Erasure>(reference)?.Value);

    Task<ErasureReceipt?> IErasures.Last(string seeker, CancellationToken cancel) =>
        Call("erasures.Last", () => All<Erasure>($"erasure|{seeker}|").Select(stored => stored.Value.Receipt).MaxBy(receipt => receipt.At));

    Task IErasures.Complete(Erasure erasure, CancellationToken cancel) =>
        Call("erasures.Complete", () => Set(erasure.Ref, erasure with { Person = null, Receipt = erasure.Receipt with { Complete = true } }));

    Task<(IReadOnlyList<HeldRow> Rows, IReadOnlyList<HeldReply> Replies)> IHoldings.Of(ErasedPerson person, CancellationToken cancel) =>
        Call<(IReadOnlyList<HeldRow>, IReadOnlyList<HeldReply>)>("holdings.Of", () => ([], []));

    // Every walk takes two runs.
    Task<IReadOnlyList<HeldReply>> IHoldings.Replies(ErasedPerson person, CancellationToken cancel) => Call<IReadOnlyList<HeldReply>>("holdings.Replies", () => []);

    Task<string?> IHoldings.Remove(ErasedPerson person, bool last, string? from, CancellationToken cancel) => Call("holdings.Remove", () =>
    {
        if (from is null)
            return "Messages/fair~1~0";
        Walks.Add((person.Subject, last));
        return null;
    });

    Task<IReadOnlyDictionary<string, int>> IGroups.All(CancellationToken cancel) => Call<IReadOnlyDictionary<string, int>>("groups.All", () =>
        All<SeekerFile>("seeker|").Select(stored => stored.Value).Where(person => person is { Certificate: not null, Consent.Statistics: not null }).ToDictionary(person => person.Facts.Id, person => person.Certificate!.Category));

    Task IGroups.Put(SeekerFile file, CancellationToken cancel) => Call("groups.Put", () => { });

    ValueTask<string> IKeyedHash.Of(string what, string value, CancellationToken cancel) => new($"hash of {what} {value}");
}
