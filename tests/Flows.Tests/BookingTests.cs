using JobMatch.Matching;

namespace JobMatch.Flows.Tests;

/// <summary>Bookings by several at once, and by processes that die at any call.</summary>
public sealed class BookingTests
{
    private static readonly DateTimeOffset Nine = new(2027, 3, 1, 9, 0, 0, People.Offset);

    private static async Task<World> AtTheBase(int people = 3, params (string Id, ResourceKind Kind, int Units)[] resources)
    {
        var world = Town.New(Enumerable.Repeat(World.Fate.Delivered, people));
        foreach (var (id, kind, units) in resources.Length == 0 ? [("room", ResourceKind.Room, 1), ("other", ResourceKind.Room, 1)] : resources)
            await ((IBookings)world).Save(new ResourceFile(new(id, kind, id, "base", units, new(8, 0), new(22, 0), new Dictionary<string, StatedAnswer>()), 1), null, default);
        return world;
    }

    private static Interval At(double from, double to) => new(Nine.AddHours(from), Nine.AddHours(to));

    private static BookSlot Flow(World world) => new(world, world, CodeLists.Default, world);

    private static Task<Booked> Book(World world, string id, int person, Interval when, string room = "room") => Flow(world).Run(id, room, $"person-{person}", when, default);

    private static async Task<IReadOnlyList<Booking>> Held(World world, string room = "room") => (await ((IBookings)world).Calendar(room, [new(2027, 3, 1)], default)).Bookings;

    [Fact]
    public async Task A_time_is_ones_own_twice_is_once_and_whoever_comes_later_is_told_what_is_free()
    {
        var world = await AtTheBase();
        Assert.True(Assert.IsType<Booked.Accepted>(await Book(world, "a", 0, At(0, 2))).New);
        Assert.False(Assert.IsType<Booked.Accepted>(await Book(world, "a", 0, At(0, 2))).New);
        Assert.IsType<Booked.OtherBooking>(await Book(world, "a", 0, At(3, 4)));
        Assert.IsType<Booked.OtherBooking>(await Book(world, "a", 1, At(0, 2)));
        var late = Assert.IsType<Booked.Refused>(await Book(world, "b", 1, At(1, 3)));
        Assert.Equal((BookingRefusal.Taken, At(2, 4)), (late.Why, late.Free[0]));
        Assert.Equal(5, late.Free.Count);
        Assert.All(late.Free, free => Assert.False(free.Intersects(At(0, 2))));
        Assert.IsType<Booked.Accepted>(await Book(world, "b", 1, late.Free[0]));
        Assert.IsType<Booked.NotFound>(await Book(world, "c", 0, At(0, 1), "no-such-room"));
        Assert.IsType<Booked.Nobody>(await Book(world, "c", 9, At(5, 6)));
        Assert.Equal(["a", "b"], (await Held(world)).Select(x => x.Id));
    }

    [Fact]
    public async Task What_is_given_back_is_free_and_nobody_gives_back_anothers()
    {
        var world = await AtTheBase();
        await Book(world, "a", 0, At(0, 2));
        Assert.False(await Flow(world).Cancel("a", "person-1", default));
        Assert.True(await Flow(world).Cancel("a", "person-0", default));
        Assert.False(await Flow(world).Cancel("a", "person-0", default));
        Assert.Empty(await Held(world));
        Assert.Empty(await ((IBookings)world).OfPersonFrom("person-0", default, default));
        Assert.IsType<Booked.Accepted>(await Book(world, "b", 1, At(1, 3)));
    }

    [Fact]
    public async Task A_persons_hours_and_whereabouts_are_held_to_over_all_rooms_and_equipment_takes_no_hours()
    {
        var world = await AtTheBase(1, ("room", ResourceKind.Room, 1), ("other", ResourceKind.Room, 1), ("camera", ResourceKind.Equipment, 1));
        world.Put(world.Person("person-0") with { HoursPerDay = 3 });
        await Book(world, "a", 0, At(0, 2));
        Assert.Equal(BookingRefusal.Elsewhere, Assert.IsType<Booked.Refused>(await Book(world, "b", 0, At(1, 2), "other")).Why);
        Assert.Equal(BookingRefusal.HoursOfTheDay, Assert.IsType<Booked.Refused>(await Book(world, "b", 0, At(2, 3.25), "other")).Why);
        Assert.IsType<Booked.Accepted>(await Book(world, "b", 0, At(2, 3), "other"));
        Assert.IsType<Booked.Accepted>(await Book(world, "c", 0, At(0, 9), "camera"));
        Assert.IsType<Booked.Accepted>(await Book(world, "d", 0, At(24, 27)));
    }

    [Fact]
    public async Task A_room_that_cannot_give_what_a_person_must_have_is_not_booked()
    {
        var world = await AtTheBase(1);
        await ((IBookings)world).Save(new ResourceFile(new("stairs", ResourceKind.Room, "x", "b", 1, new(8, 0), new(22, 0), new Dictionary<string, StatedAnswer> { ["STEP_FREE"] = new(Answer.NotPossible, Town.Today) }), 1), null, default);
        world.Put(world.Person("person-0") with { Facts = world.Person("person-0").Facts with { Needs = new Dictionary<string, Mark> { ["STEP_FREE"] = Mark.Must } } });
        var refused = Assert.IsType<Booked.Refused>(await Book(world, "a", 0, At(0, 1), "stairs"));
        Assert.Equal((BookingRefusal.NoAccess, "STEP_FREE"), (refused.Why, Assert.Single(refused.Needs).Accommodation));
        Assert.IsType<Booked.Accepted>(await Book(world, "a", 0, At(0, 1)));
    }

    [Fact]
    public async Task A_loan_over_several_days_is_there_on_each_and_only_as_often_as_there_are_pieces()
    {
        var world = await AtTheBase(3, ("camera", ResourceKind.Equipment, 2));
        Assert.IsType<Booked.Accepted>(await Book(world, "a", 0, At(0, 50), "camera"));
        Assert.IsType<Booked.Accepted>(await Book(world, "b", 1, At(24, 26), "camera"));
        Assert.IsType<Booked.Refused>(await Book(world, "c", 2, At(1, 25), "camera"));
        Assert.IsType<Booked.Accepted>(await Book(world, "c", 2, At(1, 24), "camera"));
        Assert.True(await Flow(world).Cancel("a", null, default));
        Assert.IsType<Booked.Accepted>(await Book(world, "d", 0, At(24, 25), "camera"));
    }

    [Fact]
    public async Task Three_at_once_for_one_time_give_one_booking_in_every_order()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var world = await AtTheBase();
            var answers = new Booked[3];
            Assert.All(await world.Interleave(seed, [.. Enumerable.Range(0, 3).Select(i => (Func<Task>)(async () => answers[i] = await Book(world, $"b{i}", i, At(i * 0.5, 2))))]), Assert.True);
            Assert.Single(answers.OfType<Booked.Accepted>());
            Assert.Single(await Held(world));
            foreach (var (refused, i) in answers.Select((x, i) => (x, i)).Where(x => x.x is Booked.Refused))
                Assert.Empty(await ((IBookings)world).OfPersonFrom($"person-{i}", default, default));
        }
    }

    [Fact]
    public async Task One_person_at_two_desks_never_gets_two_rooms_at_once()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var world = await AtTheBase(1);
            Assert.All(await world.Interleave(seed, () => Book(world, "a", 0, At(0, 2)), () => Book(world, "b", 0, At(1, 3), "other")), Assert.True);
            Assert.Single([.. await Held(world), .. await Held(world, "other")]);
        }
    }

    [Fact]
    public async Task Whoever_dies_at_any_call_leaves_a_booking_or_none_and_asking_again_gets_it()
    {
        for (var call = 1; ; call++)
            foreach (var after in (bool[])[false, true])
            {
                var world = await AtTheBase(2);
                (world.DieAt, world.DieAfter) = (call, after);
                var survived = await world.Survives(() => Book(world, "a", 0, At(0, 2)));
                if (survived)
                {
                    Assert.True(call > 5);
                    return;
                }
                world.DieAt = 0;
                // The same again is the same booking; and another person finds it free or taken, never both.
                Assert.IsType<Booked.Accepted>(await Book(world, "a", 0, At(0, 2)));
                Assert.IsType<Booked.Refused>(await Book(world, "b", 1, At(1, 3)));
                Assert.Single(await Held(world));
            }
    }

    [Fact]
    public async Task What_was_left_unfinished_stops_counting_after_two_minutes()
    {
        var world = await AtTheBase(1);
        world.Put(world.Person("person-0") with { HoursPerDay = 2 });
        // Dies after the person's own row and before the room's.
        world.Before = what =>
        {
            if (what == "bookings.Save")
                world.DieAt = world.Calls;
        };
        Assert.False(await world.Survives(() => Book(world, "a", 0, At(0, 2))));
        (world.Before, world.DieAt) = (null, 0);
        Assert.Empty(await Held(world));
        Assert.Equal(BookingRefusal.Elsewhere, Assert.IsType<Booked.Refused>(await Book(world, "b", 0, At(1, 3), "other")).Why);
        world.Now += TimeSpan.FromMinutes(3);
        Assert.IsType<Booked.Accepted>(await Book(world, "b", 0, At(1, 3), "other"));
    }
}
