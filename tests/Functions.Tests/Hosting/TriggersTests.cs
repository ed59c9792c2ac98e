using JobMatch.Functions.Hosting;
using Microsoft.AspNetCore.Http;

namespace JobMatch.Functions.Tests.Hosting;

public sealed class TriggersTests
{
    private readonly Triggers triggers = new();

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_route_without_an_action_cannot_be_declared(string action) =>
        Assert.Throws<ArgumentException>(() => triggers.Http("GET", "/jobs", action, () => Results.Ok()));

    [Theory]
    [InlineData("/{page}")]
    [InlineData("/{*rest}")]
    [InlineData("/{**rest}")]
    [InlineData("/x{page}")]
    [InlineData("/admin/keys")]
    [InlineData("/runtime")]
    public void A_route_that_would_catch_everything_or_belongs_to_the_host_cannot_be_declared(string route) =>
        Assert.Throws<ArgumentException>(() => triggers.Http("GET", route, "read", () => Results.Ok()));

    [Fact]
    public void One_method_and_route_cannot_be_declared_twice()
    {
        triggers.Http("GET", "/jobs", "read", () => Results.Ok());
        triggers.Http("POST", "/jobs", "write", () => Results.Ok());
        Assert.Throws<ArgumentException>(() => triggers.Http("get", "/Jobs", "read", () => Results.Ok()));
    }

    [Fact]
    public void A_route_may_not_begin_with_the_name_of_a_queue_or_timer_whichever_comes_first()
    {
        triggers.Http("POST", "/Send-Message/now", "write", () => Results.Ok());
        Assert.Throws<ArgumentException>(() => triggers.Queue("send-message", (_, _, _) => Task.CompletedTask));
        triggers.Timer("Fold", "0 * * * * *", (_, _) => Task.CompletedTask);
        Assert.Throws<ArgumentException>(() => triggers.Http("GET", "/fold", "read", () => Results.Ok()));
        Assert.Throws<ArgumentException>(() => triggers.Queue("fold", (_, _, _) => Task.CompletedTask));
        Assert.Throws<ArgumentException>(() => triggers.Timer("http-send-message", "0 * * * * *", (_, _) => Task.CompletedTask));
    }

    [Fact]
    public void Two_first_segments_may_not_make_one_function()
    {
        triggers.Http("GET", "/sitemap.xml", "read", () => Results.Ok());
        Assert.Throws<ArgumentException>(() => triggers.Http("GET", "/sitemap-xml", "read", () => Results.Ok()));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Work")]
    [InlineData("1work")]
    [InlineData("send--message")]
    [InlineData("send_message")]
    [InlineData("work-poison")]
    [InlineData("a23456789-a23456789-a23456789-a23456789-a23456789-a234567")] // 57: its poison queue's name would be too long
    [InlineData("host")]
    public void A_name_that_a_queue_or_a_function_may_not_have_is_refused(string queue) =>
        Assert.Throws<ArgumentException>(() => triggers.Queue(queue, (_, _, _) => Task.CompletedTask));

    [Theory]
    [InlineData("*/5 * * * *")] // five fields
    [InlineData("every minute")]
    [InlineData("")]
    public void A_schedule_that_is_not_six_fields_is_refused(string schedule) =>
        Assert.Throws<ArgumentException>(() => triggers.Timer("Sweep", schedule, (_, _) => Task.CompletedTask));
}
