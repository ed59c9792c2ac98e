using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

public class SignInTests
{
    private const string Anna = "+8613800000001", Shared = "+8613800000002", Unknown = "+8613900000009", Boss = "+8613800000003";
    private readonly SignInWorld world = new();

    [Fact]
    public async Task A_code_asked_for_is_texted_and_opens_one_session()
    {
        var request = await world.Ask(Anna);
        await world.SendAll();
        var text = Assert.Single(world.Texts);
        Assert.Equal(Anna, text.Phone);
        var right = Assert.IsType<Entered.Right>(await world.Enter(request, world.LastCode()));
        Assert.Equal([(Role.Seeker, "subject-anna")], right.Who.Select(who => (who.Role, who.Id)));

        var token = await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-anna", default);
        var caller = await world.Sessions.Find(token!, default);
        Assert.Equal((Role.Seeker, "anna"), (caller!.Role, caller.SeekerId));
        Assert.DoesNotContain("anna", caller.KeyId, StringComparison.Ordinal);
        Assert.Null(await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-anna", default));

        await world.Sessions.End(token!, default);
        Assert.Null(await world.Sessions.Find(token!, default));
    }

    [Fact]
    public async Task Several_people_who_share_a_phone_are_told_apart_after_the_code_and_nobody_else_can_be_chosen()
    {
        var request = await world.Ask(Shared);
        await world.SendAll();
        var right = Assert.IsType<Entered.Right>(await world.Enter(request, world.LastCode()));
        Assert.Equal(["subject-bo", "subject-cai"], right.Who.Select(who => who.Id));
        Assert.Null(await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-anna", default));
        Assert.Null(await world.Sessions.Start(request, right.Ticket, Role.Staff, "subject-bo", default));
        Assert.NotNull(await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-cai", default));
    }

    [Fact]
    public async Task A_code_from_the_desk_lets_in_the_one_person_whom_staff_know_once_and_registers_nobody()
    {
        var request = await world.Ask(Shared);
        var code = Assert.IsType<DeskCode.Issued>(await world.GiveDeskCode("subject-cai"));
        Assert.DoesNotContain(world.Queue, body => !body.Contains(request, StringComparison.Ordinal));
        Assert.DoesNotContain(code.Number, string.Concat(world.Codes.Values.Select(x => $"{x.Code}{x.CodeHash}")).Replace(world.Codes[request].Code!, "", StringComparison.Ordinal), StringComparison.Ordinal);

        var right = Assert.IsType<Entered.Right>(await world.Enter(request, $"{code.Number[..3]} {code.Number[3..]}"));
        Assert.True(right.AtDesk);
        Assert.Equal(["subject-cai"], right.Who.Select(who => who.Id));
        Assert.Null(await world.Sessions.PhoneOf(request, right.Ticket, default));
        Assert.Null(await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-bo", default));
        Assert.NotNull(await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-cai", default));

        world.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.IsType<Entered.Wrong>(await world.Enter(await world.Ask(Shared), code.Number));
    }

    [Fact]
    public async Task A_code_from_the_desk_lives_ten_minutes_ends_with_the_fifth_wrong_one_whoever_tries_and_is_for_one_phone()
    {
        var late = Assert.IsType<DeskCode.Issued>(await world.GiveDeskCode("subject-anna"));
        Assert.IsType<Entered.Wrong>(await world.Enter(await world.Ask(Shared), late.Number));
        world.Clock.Now += TimeSpan.FromMinutes(10);
        Assert.IsType<Entered.Wrong>(await world.Enter(await world.Ask(Anna), late.Number));

        var tried = Assert.IsType<DeskCode.Issued>(await world.GiveDeskCode("subject-anna"));
        for (var i = 0; i < SignInCode.MostTries; i++)
        {
            world.Clock.Now += TimeSpan.FromMinutes(1);
            world.ForgetAsks();
            await world.Enter(await world.Ask(Anna, evenIfUnknown: true), tried.Number == "000000" ? "111111" : "000000");
        }
        world.Clock.Now += TimeSpan.FromMinutes(3);
        world.ForgetAsks();
        Assert.IsType<Entered.Wrong>(await world.Enter(await world.Ask(Anna), tried.Number));
    }

    [Fact]
    public async Task Codes_from_the_desk_are_as_rare_as_texted_ones_by_person_and_by_member_of_staff()
    {
        Assert.IsType<DeskCode.Issued>(await world.GiveDeskCode("subject-anna"));
        Assert.Equal(TimeSpan.FromSeconds(60), Assert.IsType<DeskCode.Limited>(await world.GiveDeskCode("subject-anna")).After);
        world.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.IsType<DeskCode.Issued>(await world.GiveDeskCode("subject-anna"));
        // Somebody without a phone has nothing to sign in with.
        world.People.Seekers["bo"] = world.People.Seekers["bo"] with { Phone = null };
        Assert.IsType<DeskCode.NoPhone>(await world.GiveDeskCode("subject-bo"));
        Assert.IsType<DeskCode.NotFound>(await world.GiveDeskCode("subject-nobody"));
        var few = new SignInLimits { Address = [(2, TimeSpan.FromMinutes(10))] };
        Assert.IsType<DeskCode.Limited>(await world.GiveDeskCode("subject-cai", few));
    }

    [Fact]
    public async Task Who_acts_for_a_person_does_it_with_their_own_sign_in_and_for_an_hour()
    {
        var helping = await world.Sessions.StartActing("staff-1", "subject-anna", default);
        var caller = await world.Sessions.FindActing(helping, "staff-1", default);
        Assert.Equal((Role.Seeker, "anna", "subject-anna", "staff-1", true), (caller!.Role, caller.SeekerId, caller.Subject, caller.StaffId, caller.Acts));
        Assert.Null(await world.Sessions.FindActing(helping, "staff-2", default));
        Assert.Null(await world.Sessions.Find(helping, default));
        var own = await world.Sessions.StartStaff("staff-1", StaffRoles.Worker, default);
        Assert.Null(await world.Sessions.FindActing(own, "staff-1", default));
        world.Clock.Now += Session.Acting;
        Assert.Null(await world.Sessions.FindActing(helping, "staff-1", default));
    }

    [Fact]
    public async Task A_contact_signs_in_as_the_employer_only_while_the_employers_record_names_that_phone()
    {
        var (request, right) = await world.SignIn(Boss);
        Assert.Equal([new Who(Role.Employer, "acme", "Acme")], right.Who);
        var token = await world.Sessions.Start(request, right.Ticket, Role.Employer, "acme", default);
        Assert.Equal("acme", (await world.Sessions.Find(token!, default))!.EmployerId);

        world.People.Employers["acme"] = world.People.Employers["acme"] with { Contacts = [] };
        world.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Empty((await world.SignIn(Boss, evenIfUnknown: true)).Right.Who);
    }

    [Fact]
    public async Task Known_and_unknown_phones_get_the_same_answer_by_the_same_steps_and_only_the_known_get_a_text()
    {
        var known = await world.AskFor(Anna);
        var steps = world.TakeSteps();
        var unknown = await world.AskFor(Unknown);
        Assert.Equal(steps, world.TakeSteps());
        Assert.Equal(known.GetType(), unknown.GetType());

        await world.SendAll();
        Assert.Equal([Anna], world.Texts.Select(text => text.Phone));
    }

    [Fact]
    public async Task Someone_who_registers_gets_a_code_on_an_unknown_phone_and_proves_it()
    {
        var (request, right) = await world.SignIn(Unknown, evenIfUnknown: true);
        Assert.Empty(right.Who);
        Assert.Equal(Unknown, await world.Sessions.PhoneOf(request, right.Ticket, default));
        Assert.Null(await world.Sessions.PhoneOf(request, "another ticket", default));
    }

    [Fact]
    public async Task After_a_long_silence_nobody_is_shown_before_one_known_fact_and_a_wrong_one_tells_nothing()
    {
        var (request, right) = await world.SignIn(Anna);
        Assert.NotNull(await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-anna", default));
        world.Clock.Now += TimeSpan.FromDays(181);

        (request, right) = await world.SignIn(Anna);
        var choosing = await world.Sessions.Choose(request, right.Ticket, default);
        Assert.Empty(choosing!.Who);
        Assert.NotNull(choosing.Known);
        Assert.Null(await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-anna", default));
        Assert.False(await world.Sessions.Prove(request, right.Ticket, "", "", default));
        Assert.False(await world.Sessions.Prove(request, right.Ticket, "Bert", "", default));
        Assert.True(await world.Sessions.Prove(request, right.Ticket, " a N n a ", "", default));
        Assert.NotNull(await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-anna", default));

        world.Clock.Now += TimeSpan.FromDays(179);
        (request, right) = await world.SignIn(Anna);
        Assert.Null((await world.Sessions.Choose(request, right.Ticket, default))!.Known);
    }

    [Fact]
    public async Task Three_wrong_facts_are_all_there_are_for_a_month_with_whatever_code()
    {
        world.Clock.Now += TimeSpan.FromDays(400);
        for (var n = 0; n < LongSilence.MostWrong; n++)
        {
            var (request, right) = await world.SignIn(Anna);
            Assert.False(await world.Sessions.Prove(request, right.Ticket, "Bert", "", default));
            world.Clock.Now += TimeSpan.FromMinutes(2);
        }
        var (next, ticket) = await world.SignIn(Anna);
        Assert.False(await world.Sessions.Prove(next, ticket.Ticket, "Anna", "", default));
        world.Clock.Now += LongSilence.Forgiven;
        (next, ticket) = await world.SignIn(Anna);
        Assert.True(await world.Sessions.Prove(next, ticket.Ticket, "Anna", "", default));
    }

    [Fact]
    public async Task A_helper_signs_in_by_their_own_phone_for_whom_allowed_it_as_far_as_it_stands_and_that_is_noted()
    {
        const string daughter = "+8613800000008";
        world.People.Seekers["anna"] = world.People.Seekers["anna"] with { Own = new() { Helpers = [new("h1", "Lin", daughter, [HelperMay.Answers], world.Clock.Now, Helper.ThePerson)] } };
        var (request, right) = await world.SignIn(daughter);
        Assert.Equal([new Who(Role.Seeker, "subject-anna", "anna", "h1")], right.Who);
        Assert.Null(await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-anna", default));
        var token = await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-anna", default, "h1");
        var caller = await world.Sessions.Find(token!, default);
        Assert.Equal(("anna", "h1"), (caller!.SeekerId, caller.Helping!.Helper.Id));
        Assert.True(caller.HasScope("pages.answers") && caller.HasScope("pages.public"));
        foreach (var refused in (string[])["pages.seeker", "pages.matches", "pages.texts", "pages.consents", "pages.staff"])
            Assert.False(caller.HasScope(refused), refused);
        Assert.Equal([("anna", "h1")], world.Acts.Select(x => (x.Seeker, x.Act.Helper)));

        world.People.Seekers["anna"] = world.People.Seekers["anna"] with { Own = new() { Helpers = [.. world.People.Seekers["anna"].Own.Helpers.Select(x => x with { Until = world.Clock.Now, Phone = "" })] } };
        Assert.Null(await world.Sessions.Find(token!, default));
    }

    [Fact]
    public async Task The_queue_carries_neither_phone_nor_code()
    {
        var request = await world.Ask(Anna);
        Assert.Equal($$"""{"request":"{{request}}"}""", Assert.Single(world.Queue));
    }

    [Fact]
    public async Task Five_wrong_tries_are_all_there_are_also_when_made_at_once()
    {
        var request = await world.Ask(Anna);
        await world.SendAll();
        var wrong = world.LastCode() == "000000" ? "000001" : "000000";
        for (var left = 4; left >= 1; left--)
            Assert.Equal(new Entered.Wrong(left), await world.Enter(request, wrong));
        Assert.IsType<Entered.AskAgain>(await world.Enter(request, wrong));
        Assert.IsType<Entered.AskAgain>(await world.Enter(request, world.LastCode()));

        world.Clock.Now += TimeSpan.FromMinutes(1);
        var second = await world.Ask(Anna);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            try { await world.Enter(second, "abcdef"); }
            catch (ConflictException) { /* the page says: try again */ }
        })));
        Assert.InRange(world.Codes[second].Tries, 1, SignInCode.MostTries);
    }

    [Fact]
    public async Task A_code_is_good_for_ten_minutes_and_once()
    {
        var late = await world.Ask(Anna);
        await world.SendAll();
        world.Clock.Now += TimeSpan.FromMinutes(10);
        Assert.IsType<Entered.AskAgain>(await world.Enter(late, world.LastCode()));

        var request = await world.Ask(Anna);
        await world.SendAll();
        world.Clock.Now += TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1);
        Assert.IsType<Entered.Right>(await world.Enter(request, world.LastCode()));
        Assert.IsType<Entered.AskAgain>(await world.Enter(request, world.LastCode()));
    }

    [Fact]
    public async Task A_code_is_bound_to_the_request_that_asked()
    {
        var first = await world.Ask(Anna);
        await world.SendAll();
        var code = world.LastCode();
        var other = await world.Ask(Shared);
        Assert.NotEqual(first, other);
        await world.SendAll();
        if (code != world.LastCode()) Assert.IsType<Entered.Wrong>(await world.Enter(other, code));
        Assert.IsType<Entered.AskAgain>(await world.Enter("AAAAAAAAAAAAAAAAAAAAAA", code));
    }

    [Theory]
    [InlineData("{0}{1}{2} {3}{4}{5}")]
    [InlineData(" {0}{1}{2}-{3}{4}{5}\n")]
    [InlineData("{0}　{1}{2}{3}{4}{5}")]
    public async Task Blanks_and_hyphens_in_a_code_are_tolerated(string typed)
    {
        var request = await world.Ask(Anna);
        await world.SendAll();
        var digits = world.LastCode().Select(digit => (object)digit).ToArray();
        Assert.IsType<Entered.Right>(await world.Enter(request, string.Format(CultureInfo.InvariantCulture, typed, digits)));
    }

    [Fact]
    public async Task Full_width_digits_in_a_code_are_understood()
    {
        var request = await world.Ask(Anna);
        await world.SendAll();
        Assert.IsType<Entered.Right>(await world.Enter(request, string.Concat(world.LastCode().Select(digit => (char)(digit - '0' + '０')))));
    }

    [Fact]
    public async Task A_ticket_counts_for_ten_minutes()
    {
        var (request, right) = await world.SignIn(Anna);
        world.Clock.Now += TimeSpan.FromMinutes(10);
        Assert.Null(await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-anna", default));
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_and_when_the_person_is_erased()
    {
        var (request, right) = await world.SignIn(Anna);
        var token = await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-anna", default);
        world.Clock.Now += TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1);
        Assert.NotNull(await world.Sessions.Find(token!, default));
        world.People.Seekers.TryRemove("anna", out var anna);
        Assert.Null(await world.Sessions.Find(token!, default));
        world.People.Seekers["anna"] = anna!;
        world.Clock.Now += TimeSpan.FromSeconds(1);
        Assert.Null(await world.Sessions.Find(token!, default));
    }

    [Theory]
    [InlineData(0, 59, false)]
    [InlineData(0, 60, true)]
    [InlineData(5, 3599, false)] // the sixth within an hour
    [InlineData(5, 3600, true)]
    [InlineData(10, 86399, false)] // the eleventh within a day
    [InlineData(10, 86400, true)]
    public void A_phone_may_ask_once_a_minute_five_times_an_hour_and_ten_times_a_day(int earlier, int secondsAfterFirst, bool may)
    {
        var start = world.Clock.Now;
        var spacing = earlier == 10 ? TimeSpan.FromMinutes(30) : TimeSpan.FromMinutes(5);
        var asks = Enumerable.Range(0, Math.Max(1, earlier)).Select(i => start + (i * spacing)).ToList();
        Assert.Equal(may, SignInLimits.Wait(asks, new SignInLimits().Phone, start.AddSeconds(secondsAfterFirst)) is null);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_how_long_to_wait_whoever_is_behind_the_phone()
    {
        foreach (var phone in (string[])[Anna, Unknown])
        {
            await world.Ask(phone);
            world.Clock.Now += TimeSpan.FromSeconds(20);
            Assert.Equal(new Asked.Limited(TimeSpan.FromSeconds(40)), await world.AskFor(phone));
        }
    }

    [Fact]
    public async Task One_address_and_everybody_together_have_their_limits_too()
    {
        var limits = new SignInLimits { Address = [(3, TimeSpan.FromMinutes(10))], ADay = 5 };
        for (var i = 0; i < 3; i++) Assert.IsType<Asked.OnItsWay>(await world.AskFor($"+861380000010{i}", "203.0.113.7", limits));
        Assert.IsType<Asked.Limited>(await world.AskFor("+8613800000110", "203.0.113.7", limits));
        for (var i = 0; i < 2; i++) Assert.IsType<Asked.OnItsWay>(await world.AskFor($"+861380000020{i}", "203.0.113.8", limits));
        Assert.Equal(new Asked.Limited(TimeSpan.FromHours(8)), await world.AskFor("+8613800000300", "203.0.113.9", limits)); // 16:00 in Shanghai
        world.Clock.Now += TimeSpan.FromHours(8);
        Assert.IsType<Asked.OnItsWay>(await world.AskFor("+8613800000300", "203.0.113.9", limits));
    }

    [Theory]
    [InlineData("+85251234567")]
    [InlineData("+12025550123")]
    public async Task No_code_goes_to_a_country_that_is_not_served(string phone)
    {
        Assert.IsType<Asked.NotServed>(await world.AskFor(phone));
        Assert.Empty(world.Queue);
    }

    [Fact]
    public async Task A_code_whose_message_comes_twice_is_texted_once()
    {
        var request = await world.Ask(Anna);
        await world.Send(request);
        await world.Send(request);
        Assert.Single(world.Texts);
    }

    [Fact]
    public async Task A_code_whose_sender_died_after_the_claim_is_not_texted_again()
    {
        var request = await world.Ask(Anna);
        world.Outcome = () => throw new OperationCanceledException();
        await Assert.ThrowsAsync<OperationCanceledException>(() => world.Send(request));
        world.Outcome = () => new Sent.Accepted("v");
        await world.Send(request);
        Assert.Empty(world.Texts);
    }

    [Fact]
    public async Task A_code_that_the_gateway_surely_did_not_take_is_tried_again_until_it_is_too_late()
    {
        var request = await world.Ask(Anna);
        world.Outcome = () => new Sent.Later(TimeSpan.FromSeconds(7));
        await world.SendAll();
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(world.Delays));
        world.Outcome = () => new Sent.Accepted("v");
        await world.SendAll();
        Assert.Single(world.Texts);
        Assert.Null(world.Codes[request].Code);

        world.Clock.Now += TimeSpan.FromMinutes(1);
        var late = await world.Ask(Anna);
        world.Clock.Now += TimeSpan.FromMinutes(10);
        await world.Send(late);
        Assert.Single(world.Texts);
    }

    [Fact]
    public async Task What_was_refused_or_is_of_unknown_fate_is_not_sent_again_and_the_code_is_not_kept()
    {
        foreach (var outcome in (Sent[])[new Sent.Refused("x", "y"), new Sent.Unknown("y")])
        {
            var request = await world.Ask(Anna);
            world.Outcome = () => outcome;
            await world.SendAll();
            await world.Send(request);
            Assert.Empty(world.Queue);
            Assert.Null(world.Codes[request].Code);
            world.Clock.Now += TimeSpan.FromMinutes(2);
        }
    }

    [Fact]
    public async Task A_code_waits_while_its_gateway_is_paused_and_not_while_all_texts_are()
    {
        await world.Ask(Anna);
        world.Outcome = () => new Sent.AccountRefused("NO_BALANCE");
        await world.SendAll();
        world.Outcome = () => new Sent.Accepted("v");
        await world.SendAll();
        Assert.Empty(world.Texts);
        Assert.Equal(("test", "NO_BALANCE"), (Assert.Single(world.Pauses).Channel, world.Pauses[0].Why));
        world.Pauses[0] = new(ChannelStates.All, ChannelPause.ByStaff, world.Clock.Now);
        await world.SendAll();
        Assert.Single(world.Texts);
    }

    [Fact]
    public async Task A_code_entered_while_its_sending_is_being_noted_stays_entered()
    {
        var request = await world.Ask(Anna);
        Entered? entered = null;
        world.Outcome = () =>
        {
            entered = world.Enter(request, world.LastCode()).GetAwaiter().GetResult();
            return new Sent.Accepted("v");
        };
        await world.SendAll();
        var right = Assert.IsType<Entered.Right>(entered);
        Assert.NotNull(await world.Sessions.Start(request, right.Ticket, Role.Seeker, "subject-anna", default));
    }

    [Fact]
    public async Task A_process_that_died_before_it_wrote_leaves_a_message_that_does_nothing()
    {
        await world.Send("AAAAAAAAAAAAAAAAAAAAAA");
        Assert.Empty(world.Texts);
    }

    [Fact]
    public void A_text_with_a_code_is_neutral_and_one_part_long()
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            var text = SendCode.TextOf("012345", language);
            Assert.Contains("012345", text, StringComparison.Ordinal);
            Assert.DoesNotMatch("残|障|disab|job|岗|招聘", text);
            Assert.True(text.Length <= (language == Language.Chinese ? 60 : 150));
        }
    }
}

/// <summary>Storage, queue, gateway and clock in one, with the ETags that matter.</summary>
internal sealed partial class SignInWorld : ICodes, ISessions, IKeyedHash, IContacts, IWork, ISmsGateway, IChannels, IPresence, IHelpersActs
{
    private readonly ConcurrentDictionary<string, (SignInCode Code, string ETag)> codes = new();
    private readonly ConcurrentDictionary<string, (Asks Asks, string ETag)> asks = new();
    private readonly ConcurrentDictionary<string, Session> sessions = new();
    private readonly List<string> steps = [];
    private int writes;

    public SetClock Clock { get; } = new();
    public PeopleWorld People { get; } = new();
    public List<string> Queue { get; } = [];
    public List<TimeSpan> Delays { get; } = [];
    public List<OutgoingText> Texts { get; } = [];
    public Func<Sent> Outcome { get; set; } = () => new Sent.Accepted("v");
    private OutgoingText? offered;

    public SignInWorld()
    {
        Behind = new(People, People, this);
        Silence = new(People, this, this, new(new(People, null!, null!, null!, null!, Clock)), new(), Clock);
        Sessions = new(this, this, People, Behind, Silence, this, Clock);
    }

    public WhoIsBehind Behind { get; }
    public LongSilence Silence { get; }
    public Sessions Sessions { get; }
    public Dictionary<string, Presence> Presences { get; } = [];
    public List<(string Seeker, HelpersAct Act)> Acts { get; } = [];
    public IReadOnlyDictionary<string, SignInCode> Codes => codes.ToDictionary(pair => pair.Key, pair => pair.Value.Code);

    public async Task<string> Ask(string phone, bool evenIfUnknown = false) => Assert.IsType<Asked.OnItsWay>(await AskFor(phone, evenIfUnknown: evenIfUnknown)).Request;

    public Task<Asked> AskFor(string phone, string address = "192.0.2.1", SignInLimits? limits = null, bool evenIfUnknown = false) =>
        new AskForCode(this, this, this, Clock, limits ?? new()).Run(phone, address, evenIfUnknown, Language.Chinese, default);

    public Task<Entered> Enter(string request, string typed) => new EnterCode(this, this, Behind, Clock).Run(request, typed, default);

    public Task<DeskCode> GiveDeskCode(string subject, SignInLimits? limits = null) => new IssueDeskCode(People, this, this, Clock, limits ?? new()).Run(subject, "staff-1", default);

    public void ForgetAsks() => asks.Clear();

    public Task Send(string request) => new SendCode(this, Behind, new(new([this]), this, new(), Clock), this, Clock).Run(new CodeDue(request), default);

    public async Task SendAll()
    {
        var due = Queue.ToList();
        Queue.Clear();
        foreach (var body in due) await new SendCode(this, Behind, new(new([this]), this, new(), Clock), this, Clock).Run(CodeDue.Parse(body), default);
    }

    public async Task<(string Request, Entered.Right Right)> SignIn(string phone, bool evenIfUnknown = false)
    {
        var request = await Ask(phone, evenIfUnknown);
        await SendAll();
        return (request, Assert.IsType<Entered.Right>(await Enter(request, LastCode())));
    }

    /// <summary>The code in the text that the gateway was last offered.</summary>
    public string LastCode() => SixDigits().Match(offered!.Text).Value;

    public IReadOnlyList<string> TakeSteps()
    {
        var taken = steps.ToList();
        steps.Clear();
        return taken;
    }

    Task IHelpersActs.Note(string seeker, HelpersAct act, CancellationToken cancel)
    {
        Acts.Add((seeker, act));
        return Task.CompletedTask;
    }

    Task<IReadOnlyList<HelpersAct>> IHelpersActs.Of(string seeker, int most, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<HelpersAct>>([.. Acts.Where(x => x.Seeker == seeker).Select(x => x.Act)]);

    Task<Stored<Presence>?> IPresence.Find(string seeker, CancellationToken cancel) =>
        Task.FromResult<Stored<Presence>?>(Presences.TryGetValue(seeker, out var found) ? new(found, "") : null);

    Task IPresence.Save(string seeker, Presence presence, string? etag, CancellationToken cancel)
    {
        Presences[seeker] = presence;
        return Task.CompletedTask;
    }

    Task<Stored<SignInCode>?> ICodes.Find(string request, CancellationToken cancel)
    {
        steps.Add("find code");
        return Task.FromResult<Stored<SignInCode>?>(codes.TryGetValue(request, out var found) ? new(found.Code, found.ETag) : null);
    }

    Task ICodes.Save(SignInCode code, string? etag, CancellationToken cancel)
    {
        steps.Add("save code");
        Write(codes, code.Request, code, etag);
        return Task.CompletedTask;
    }

    Task<Stored<Asks>?> ICodes.Asked(string who, CancellationToken cancel)
    {
        steps.Add("count " + who[..who.IndexOf('|', StringComparison.Ordinal)]);
        return Task.FromResult<Stored<Asks>?>(asks.TryGetValue(who, out var found) ? new(found.Asks, found.ETag) : null);
    }

    Task ICodes.SaveAsked(string who, Asks counted, string? etag, CancellationToken cancel)
    {
        steps.Add("save count");
        Write(asks, who, counted, etag);
        return Task.CompletedTask;
    }

    Task<Session?> ISessions.Find(string tokenHash, CancellationToken cancel) => Task.FromResult(sessions.GetValueOrDefault(tokenHash));

    Task ISessions.Add(string tokenHash, Session session, CancellationToken cancel)
    {
        sessions[tokenHash] = session;
        return Task.CompletedTask;
    }

    Task ISessions.End(string tokenHash, CancellationToken cancel)
    {
        sessions.TryRemove(tokenHash, out _);
        return Task.CompletedTask;
    }

    ValueTask<string> IKeyedHash.Of(string what, string value, CancellationToken cancel) => ValueTask.FromResult(Secret.Hash($"{what}|{value}"));

    Task<IReadOnlyList<string>> IContacts.MayBelongTo(string phone, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<string>>(phone == "+8613800000003" ? ["acme"] : []);

    Task<HiddenMessage> IWork.PutHidden(string queue, string body, CancellationToken cancel)
    {
        steps.Add("put hidden");
        return Task.FromResult(new HiddenMessage(queue, body, "id", "receipt", Clock.Now));
    }

    IDisposable IWork.Committing(HiddenMessage message) => new MemoryStream();

    Task IWork.Show(HiddenMessage message, CancellationToken cancel)
    {
        steps.Add("show");
        Assert.Equal(Queues.SendCode, message.Queue);
        Queue.Add(message.Body);
        return Task.CompletedTask;
    }

    Task IWork.Drop(HiddenMessage message, CancellationToken cancel) => Task.CompletedTask;

    Task IWork.Put(string queue, string body, TimeSpan delay, CancellationToken cancel)
    {
        Queue.Add(body);
        Delays.Add(delay);
        return Task.CompletedTask;
    }

    public List<ChannelPause> Pauses { get; } = [];

    Task<ChannelStates> IChannels.Read(CancellationToken cancel) => Task.FromResult(new ChannelStates(Pauses, []));

    Task IChannels.Pause(ChannelPause pause, CancellationToken cancel)
    {
        Pauses.Add(pause);
        return Task.CompletedTask;
    }

    Task IChannels.Resume(string channel, CancellationToken cancel)
    {
        Pauses.RemoveAll(pause => pause.Channel == channel);
        return Task.CompletedTask;
    }

    Task IChannels.Tell(ToldHealth told, CancellationToken cancel) => Task.CompletedTask;

    string ISmsGateway.Name => "test";
    TimeSpan ISmsGateway.SendTimeout => TimeSpan.FromSeconds(10);
    CallbackAnswer ISmsGateway.CallbackAnswer => new(default, "text/plain");

    Task<Sent> ISmsGateway.Send(OutgoingText text, CancellationToken cancel)
    {
        offered = text;
        var outcome = Outcome();
        if (outcome is Sent.Accepted) Texts.Add(text);
        return Task.FromResult(outcome);
    }

    Task<Known> ISmsGateway.Ask(SentText text, CancellationToken cancel) => Task.FromResult<Known>(new Known.CannotTell("test"));
    CallbackItems<GatewayReport> ISmsGateway.ReadReports(ReadOnlyMemory<byte> body) => new([], 0);
    CallbackItems<GatewayReply> ISmsGateway.ReadReplies(ReadOnlyMemory<byte> body) => new([], 0);

    private void Write<T>(ConcurrentDictionary<string, (T, string ETag)> rows, string key, T value, string? etag)
    {
        var next = (value, Interlocked.Increment(ref writes).ToString(CultureInfo.InvariantCulture));
        var written = etag is null ? rows.TryAdd(key, next) : rows.TryGetValue(key, out var now) && now.ETag == etag && rows.TryUpdate(key, next, now);
        if (!written) throw new ConflictException(key);
    }

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits();

    internal sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

/// <summary>Three seekers, two of whom share a phone, and an employer with one contact.</summary>
internal sealed class PeopleWorld : ISeekers, IEmployers
{
    public ConcurrentDictionary<string, SeekerFile> Seekers { get; } = new(
        new[] { Person("anna", "+8613800000001"), Person("bo", "+8613800000002"), Person("cai", "+8613800000002") }.ToDictionary(file => file.Id));

    public ConcurrentDictionary<string, Employer> Employers { get; } = new()
    {
        ["acme"] = new Employer { Id = "acme", Name = "Acme", Contacts = [new("Boss", "+8613800000003", null)] },
    };

    Task<Stored<SeekerFile>?> ISeekers.Find(string id, CancellationToken cancel) =>
        Task.FromResult<Stored<SeekerFile>?>(Seekers.TryGetValue(id, out var file) ? new(file, "1") : null);

    Task<string?> ISeekers.IdOf(string subject, CancellationToken cancel) =>
        Task.FromResult(Seekers.Values.SingleOrDefault(file => file.Facts.Id == subject)?.Id);

    Task<IReadOnlyDictionary<DateOnly, int>> ISeekers.CountByMonth(CancellationToken cancel) => throw new NotSupportedException("Signing in counts nobody.");

    Task<IReadOnlyList<string>> ISeekers.ByPhone(string phone, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<string>>([.. Seekers.Values.Where(file => file.Phone == phone).Select(file => file.Id).Order(StringComparer.Ordinal)]);

    Task<IReadOnlyList<string>> ISeekers.ByName(string name, CancellationToken cancel) => throw new NotSupportedException("Nobody signs in by name.");

    Task<IReadOnlyList<string>> ISeekers.HelpedBy(string phone, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<string>>([.. Seekers.Values.Where(file => file.Own.Helpers.Any(helper => helper.Phone == phone)).Select(file => file.Id)]);

    Task<string> ISeekers.Save(SeekerFile file, string? etag, CancellationToken cancel) => throw new NotSupportedException("Signing in changes no person.");

    Task ISeekers.Erase(SeekerFile file, string etag, CancellationToken cancel) => throw new NotSupportedException("Signing in changes no person.");

    Task<Stored<Employer>?> IEmployers.Find(string id, CancellationToken cancel) =>
        Task.FromResult<Stored<Employer>?>(Employers.TryGetValue(id, out var employer) ? new(employer, "1") : null);

    Task<IReadOnlyList<string>> IEmployers.MayAwait(CancellationToken cancel) => throw new NotSupportedException("Signing in approves no employer.");

    Task<IReadOnlyList<string>> IEmployers.MayHaveCode(string creditCode, CancellationToken cancel) => throw new NotSupportedException("Signing in approves no employer.");

    Task<string> IEmployers.Save(Employer employer, string? etag, CancellationToken cancel) => throw new NotSupportedException("Signing in changes no employer.");

    private static SeekerFile Person(string id, string phone) => new()
    {
        Id = id,
        Phone = phone,
        Name = id,
        FirstPut = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero),
        Facts = new Seeker { Id = "subject-" + id, District = "500103" },
        Consent = new(null, null, null, null),
    };
}
