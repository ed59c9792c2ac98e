namespace JobMatch.Matching.Tests;

/// <summary>Which follow-up is due on which day, what an answer does, and what ends a series: at the boundary, changing one thing.</summary>
public class FollowUpTests
{
    private static readonly DateTimeOffset At = new(2027, 4, 1, 12, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateOnly Today = new(2027, 4, 1); // A Thursday.

    private static FollowUpSeries Begun(DateOnly? on = null) => new()
    {
        Id = "a-b",
        Subject = "a",
        Of = FollowUpOf.Placement,
        Event = "fair",
        About = "p1",
        By = "anna",
        StartedOn = on ?? new(2027, 3, 1),
    };

    private static FollowUpSeries AskedByText() => Begun().Ask(1, Today, byText: true);

    [Theory]
    [InlineData("2027-01-31", 1, "2027-02-28")] // A month without that day ends on its last.
    [InlineData("2028-01-31", 1, "2028-02-29")]
    [InlineData("2027-01-31", 3, "2027-04-30")]
    [InlineData("2027-08-31", 6, "2028-02-29")]
    [InlineData("2028-02-29", 12, "2029-02-28")]
    [InlineData("2027-12-15", 1, "2028-01-15")]
    public void Months_are_counted_by_the_calendar(string started, int month, string due) =>
        Assert.Equal(Day(due), Begun(Day(started)).DueOn(month));

    [Theory]
    [InlineData("2027-03-31", null)]
    [InlineData("2027-04-01", 1)]
    [InlineData("2027-04-30", 1)]
    [InlineData("2027-05-01", null)] // Thirty days after its day nobody is asked any more.
    [InlineData("2027-05-31", null)]
    [InlineData("2027-06-01", 3)]
    [InlineData("2027-06-30", 3)]
    [InlineData("2027-07-01", null)]
    [InlineData("2027-09-01", 6)]
    [InlineData("2028-03-01", 12)]
    [InlineData("2028-03-30", 12)]
    [InlineData("2028-03-31", null)]
    public void A_follow_up_is_due_from_its_day_on_for_thirty_days(string today, int? month) => Assert.Equal(month, Begun().DueMonth(Day(today)));

    [Fact]
    public void What_was_asked_is_not_due_again_and_a_later_one_takes_its_place()
    {
        var asked = AskedByText();
        Assert.Null(asked.DueMonth(Today));
        Assert.Equal(1, asked.Open?.Month);
        Assert.Equal(3, asked.DueMonth(asked.DueOn(3)));
        var later = asked.Ask(3, asked.DueOn(3), byText: false);
        Assert.Equal((3, false), (later.Open!.Month, later.Open.ByText));
        Assert.Equal([1, 3], later.Asked.Select(one => one.Month));
    }

    [Theory]
    [InlineData("2027-03-01", "2027-04-01")]
    [InlineData("2027-04-01", "2027-04-01")]
    [InlineData("2027-04-30", "2027-04-01")]
    [InlineData("2027-05-01", "2027-06-01")] // The first has lapsed.
    [InlineData("2028-03-31", null)]
    public void It_is_looked_at_next_when_something_is_due(string today, string? next) => Assert.Equal(next is null ? null : Day(next), Begun().NextOn(Day(today)));

    [Fact]
    public void Silence_is_left_to_staff_after_five_days_and_within_three_more_that_end_on_no_weekend()
    {
        var asked = AskedByText();
        Assert.Equal(Today.AddDays(5), asked.NextOn(Today));
        Assert.False(asked.IsSilent(Today.AddDays(4)));
        Assert.True(asked.IsSilent(Today.AddDays(5)));
        var left = asked.ToStaff(Today.AddDays(5)); // A Tuesday.
        Assert.Equal(new(2027, 4, 9), left.Open!.StaffBy);
        Assert.True(left.NeedsStaff && !asked.NeedsStaff);
        Assert.Same(left, left.ToStaff(Today.AddDays(9)));
        Assert.Equal(new(2027, 6, 1), left.NextOn(Today.AddDays(5)));
        // Thursday and three days are Sunday.
        Assert.Equal(new(2027, 4, 5), Begun().Ask(1, Today, byText: false).Open!.StaffBy);
        Assert.Equal(new(2027, 4, 5), Begun().Ask(1, Today.AddDays(-1), byText: false).Open!.StaffBy);
    }

    [Theory]
    [InlineData(1, FollowUpAnswer.Well)]
    [InlineData(2, FollowUpAnswer.Trouble)]
    [InlineData(3, FollowUpAnswer.Left)]
    [InlineData(4, null)]
    [InlineData(0, null)]
    public void A_digit_means_one_answer_or_a_person(int digit, FollowUpAnswer? answer) => Assert.Equal(answer, FollowUpSeries.Means(digit));

    [Theory]
    [InlineData(FollowUpAnswer.Well, false, null, null)]
    [InlineData(FollowUpAnswer.Trouble, true, "2027-04-05", null)] // Three days on is a Sunday.
    [InlineData(FollowUpAnswer.Left, true, "2027-04-08", FollowUpEnd.Left)]
    public void A_bad_answer_opens_a_case_with_an_owner_and_a_day(FollowUpAnswer answer, bool opens, string? due, FollowUpEnd? end)
    {
        var answered = AskedByText().Answered(1, answer, At, Today, null, "r1");
        var held = answered.Asked.Single();
        Assert.Equal((answer, At, null, opens, end), (held.Answer, held.AnsweredAt!.Value, held.EnteredBy, held.Case is not null, answered.Ended));
        Assert.Equal(opens ? ("anna", Day(due!), true) : default((string?, DateOnly, bool)?), held.Case is { } opened ? (opened.Owner, opened.DueOn, opened.IsOpen) : null);
        Assert.Null(answered.Open);
        Assert.Equal("bert", AskedByText().Answered(1, FollowUpAnswer.Trouble, At, Today, "bert", null).Asked.Single().Case!.Owner);
        Assert.Null((AskedByText() with { By = null }).Answered(1, FollowUpAnswer.Trouble, At, Today, null, "r1").Asked.Single().Case?.Owner);
    }

    [Fact]
    public void The_later_answer_counts_whichever_comes_first_and_the_same_reply_is_taken_once()
    {
        var trouble = AskedByText().Answered(1, FollowUpAnswer.Trouble, At, Today, null, "r1");
        Assert.Same(trouble, trouble.Answered(1, FollowUpAnswer.Well, At.AddHours(1), Today, null, "r1"));
        var late = trouble.Answered(1, FollowUpAnswer.Left, At.AddHours(-1), Today, null, "r0");
        Assert.Equal((FollowUpAnswer.Trouble, null), (late.Asked.Single().Answer, late.Ended));
        Assert.Equal(["r1", "r0"], late.Asked.Single().Replies);
        var well = trouble.Answered(1, FollowUpAnswer.Well, At.AddHours(1), Today, null, "r2").Asked.Single();
        Assert.True(well is { Answer: FollowUpAnswer.Well, Case.IsOpen: true }); // Staff look all the same.
        var entered = trouble.Answered(1, FollowUpAnswer.Well, At.AddHours(1), Today, "bert", null);
        Assert.Same(entered, entered.Answered(1, FollowUpAnswer.Well, At.AddHours(2), Today, "anna", null));
    }

    [Fact]
    public void Who_has_left_is_asked_no_more_until_they_say_otherwise()
    {
        var left = AskedByText().Answered(1, FollowUpAnswer.Left, At, Today, null, "r1");
        Assert.Equal((null, null), (left.DueMonth(left.DueOn(3)), left.NextOn(Today)));
        var there = left.Answered(1, FollowUpAnswer.Well, At.AddHours(1), Today, null, "r2");
        Assert.Equal(3, there.DueMonth(there.DueOn(3)));
    }

    [Fact]
    public void A_case_is_closed_for_exactly_one_reason_and_some_reasons_end_the_series()
    {
        var trouble = AskedByText().Answered(1, FollowUpAnswer.Trouble, At, Today, null, "r1");
        foreach (var reason in Enum.GetValues<CaseReason>())
        {
            var closed = trouble.Closed(1, reason, At.AddDays(1), "bert");
            Assert.Equal((reason, "bert", false), (closed.Asked.Single().Case!.Reason, closed.Asked.Single().Case!.ClosedBy, closed.NeedsStaff));
            var goesOn = reason is CaseReason.Solved or CaseReason.AdjustmentArranged or CaseReason.NoHelpWanted;
            Assert.Equal(goesOn ? 3 : null, closed.DueMonth(closed.DueOn(3)));
            Assert.Equal(goesOn ? null : FollowUpEnd.CaseClosed, closed.Ended);
            Assert.Same(closed, closed.Closed(1, CaseReason.Solved, At.AddDays(2), "anna"));
            Assert.Same(closed, closed.Assigned(1, "anna", Today));
        }
        // What is said of an answer from before it was closed opens nothing; a new one does.
        var solved = trouble.Closed(1, CaseReason.Solved, At.AddDays(1), "bert");
        Assert.False(solved.Answered(1, FollowUpAnswer.Left, At.AddHours(2), Today, null, "r2").NeedsStaff);
        Assert.True(solved.Answered(1, FollowUpAnswer.Left, At.AddDays(2), Today.AddDays(2), null, "r3").Asked.Single().Case is { IsOpen: true, Owner: "anna", DueOn.Day: 12 });
        Assert.Equal(("carl", new DateOnly(2027, 5, 3)), trouble.Assigned(1, "carl", new(2027, 5, 3)).Asked.Single().Case is { } handed ? (handed.Owner!, handed.DueOn) : default);
    }

    [Fact]
    public void Its_own_record_ends_it_and_takes_it_up_again()
    {
        var over = AskedByText().Kept(null);
        Assert.Equal((FollowUpEnd.Over, null, null), (over.Ended, over.DueMonth(over.DueOn(3)), over.Open));
        Assert.Same(over, over.Kept(null));
        // Asked once, it goes on from the day it began first.
        Assert.Equal((null, new DateOnly(2027, 3, 1)), (over.Kept(new(2027, 3, 5)).Ended, over.Kept(new(2027, 3, 5)).StartedOn));
        Assert.Equal(new(2027, 3, 5), Begun().Kept(new(2027, 3, 5)).StartedOn);
        var same = Begun();
        Assert.Same(same, same.Kept(same.StartedOn));
        var left = AskedByText().Answered(1, FollowUpAnswer.Left, At, Today, null, "r1");
        Assert.Same(left, left.Kept(null));
        Assert.Same(left, left.Kept(left.StartedOn));
    }

    [Fact]
    public void Every_answer_and_reason_has_a_label_of_its_own()
    {
        Label[] all = [.. Enum.GetValues<FollowUpAnswer>().Select(FollowUpLabels.Of), .. Enum.GetValues<CaseReason>().Select(FollowUpLabels.Of)];
        Assert.Equal(all.Length, all.Select(label => label.En).Distinct().Count());
        Assert.Equal(all.Length, all.Select(label => label.Zh).Distinct().Count());
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
