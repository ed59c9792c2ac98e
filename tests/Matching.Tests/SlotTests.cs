namespace JobMatch.Matching.Tests;

/// <summary>Which times are free, and what is said to who asks for another.</summary>
public sealed class SlotTests
{
    private static readonly DateTimeOffset Day = new(2027, 3, 1, 0, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Now = Day.AddDays(-1).AddHours(12);

    private static Resource Room(int units = 1, ResourceKind kind = ResourceKind.Room) => new("r", kind, "x", "b", units, new(9, 0), new(21, 0), new Dictionary<string, StatedAnswer>());

    private static Interval At(double from, double to) => new(Day.AddHours(from), Day.AddHours(to));

    [Theory]
    [InlineData(9, 21, null)]
    [InlineData(8.75, 10, BookingRefusal.NotOpen)]
    [InlineData(20, 21.25, BookingRefusal.NotOpen)]
    [InlineData(9, 9.25, null)]
    [InlineData(9, 9, BookingRefusal.OffTheQuarter)]
    [InlineData(9.1, 10, BookingRefusal.OffTheQuarter)]
    [InlineData(9, 34, BookingRefusal.TooLong)]
    [InlineData(-12, -11.75, null)]
    [InlineData(-12.25, -11, BookingRefusal.InThePast)]
    [InlineData(89 * 24 + 9, 89 * 24 + 10, null)]
    [InlineData(90 * 24 + 9, 90 * 24 + 10, BookingRefusal.TooFarAhead)]
    public void A_room_is_booked_within_a_day_while_it_is_open(double from, double to, BookingRefusal? refusal) => Assert.Equal(refusal, Slots.Refusal(Room(), At(from, to), Now));

    [Theory]
    [InlineData(13 * 24 + 12, null)]
    [InlineData(14 * 24 + 12, BookingRefusal.TooLong)]
    public void Equipment_is_lent_for_a_fortnight_at_most(double to, BookingRefusal? refusal) => Assert.Equal(refusal, Slots.Refusal(Room(3, ResourceKind.Equipment), At(12, to), Now));

    [Theory]
    [InlineData(9, 10, true)]
    [InlineData(9, 10.25, false)]
    [InlineData(11.75, 13, false)]
    [InlineData(12, 13, true)]
    [InlineData(10.5, 11, false)]
    [InlineData(9, 21, false)]
    public void Bookings_may_touch_and_never_intersect(double from, double to, bool fits) => Assert.Equal(fits, Slots.Fits(At(from, to), [At(10, 12)], 1));

    [Fact]
    public void No_moment_has_more_out_than_there_are()
    {
        Interval[] booked = [At(9, 11), At(10, 12)];
        Assert.False(Slots.Fits(At(9, 12), booked, 2));
        Assert.True(Slots.Fits(At(9, 12), booked, 3));
        Assert.True(Slots.Fits(At(11, 13), booked, 2));
        Assert.False(Slots.Fits(At(10.75, 11.25), booked, 2));
    }

    /// <summary>Whatever is asked for in whatever order, what was accepted never exceeds the units, moment by moment.</summary>
    [Fact]
    public void Whatever_is_asked_for_what_is_accepted_never_intersects()
    {
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var units = random.Next(1, 4);
            List<Interval> accepted = [];
            for (var asked = 0; asked < 60; asked++)
            {
                var from = 9 + random.Next(44) / 4.0;
                var wanted = At(from, from + random.Next(1, 12) / 4.0);
                var fits = Slots.Fits(wanted, accepted, units);
                var most = Enumerable.Range(0, wanted.Minutes).Max(minute => accepted.Count(one => one.From <= wanted.From.AddMinutes(minute) && wanted.From.AddMinutes(minute) < one.To));
                Assert.Equal(most < units, fits);
                if (fits)
                    accepted.Add(wanted);
            }
        }
    }

    [Fact]
    public void Free_times_follow_each_other_between_what_is_booked()
    {
        Assert.Equal([At(9, 10), At(12, 13), At(13, 14)], Slots.Free(Room(), new(2027, 3, 1), 60, [At(10, 12)], Now).Take(3));
        Assert.Equal([At(12.25, 13.25)], Slots.Free(Room(), new(2027, 3, 1), 60, [At(9.75, 12.25)], Now).Take(1));
        Assert.Equal([At(14.25, 15.25)], Slots.Free(Room(), new(2027, 3, 1), 60, [], Day.AddHours(14.1)).Take(1));
        Assert.Empty(Slots.Free(Room(), new(2027, 3, 1), 13 * 60, [], Now));
        Assert.All(Slots.Free(Room(), new(2027, 3, 1), 45, [At(11, 15)], Now), slot => Assert.Null(Slots.Refusal(Room(), slot, Now)));
    }

    [Theory]
    [InlineData(null, 8, 16, null)]
    [InlineData(null, 8, 16.25, BookingRefusal.HoursOfTheDay)]
    [InlineData(3, 12, 14, null)]
    [InlineData(3, 12, 14.25, BookingRefusal.HoursOfTheDay)]
    [InlineData(3, 9.75, 11, BookingRefusal.Elsewhere)]
    public void A_person_is_in_one_room_at_a_time_and_no_longer_than_is_good_for_them(int? hours, double from, double to, BookingRefusal? refusal) =>
        Assert.Equal(refusal, Slots.OfTheDay(At(from, to), hours is null ? [] : [At(10, 11)], hours));

    [Fact]
    public void A_booking_stands_on_every_day_that_it_touches_and_not_on_the_one_it_ends_before()
    {
        Assert.Equal([new(2027, 3, 1)], Slots.Days(At(9, 24)));
        Assert.Equal([new(2027, 3, 1), new(2027, 3, 2), new(2027, 3, 3)], Slots.Days(At(9, 60)));
    }

    [Fact]
    public void A_rooms_access_is_held_against_what_the_person_needs_in_a_place()
    {
        var seeker = new Seeker { Id = "s", District = "500103", Needs = new Dictionary<string, Mark> { ["STEP_FREE"] = Mark.Must, ["QUIET_SPACE"] = Mark.Helps, ["CAPTIONS"] = Mark.Must } };
        Resource With(Answer? stepFree, int monthsAgo) => Room() with { Accommodations = stepFree is { } answer ? new Dictionary<string, StatedAnswer> { ["STEP_FREE"] = new(answer, new DateOnly(2027, 3, 1).AddMonths(-monthsAgo)) } : new Dictionary<string, StatedAnswer>() };
        RoomNeed Need(Answer? answer, int monthsAgo = 0) => RoomAccess.Of(seeker, With(answer, monthsAgo), new(2027, 3, 1), CodeLists.Default).Single(x => x.Accommodation == "STEP_FREE");
        Assert.Equal(["STEP_FREE", "QUIET_SPACE"], RoomAccess.Of(seeker, Room(), new(2027, 3, 1), CodeLists.Default).Select(x => x.Accommodation));
        Assert.True(Need(Answer.NotPossible).Excludes);
        Assert.False(Need(Answer.OnRequest).Excludes);
        Assert.False(Need(null).Excludes);
        Assert.True(Need(Answer.NotPossible, 12).Excludes);
        Assert.Null(Need(Answer.NotPossible, 13).Answer);
    }
}
