using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing.Patterns;
using NCrontab;

namespace JobMatch.Functions.Hosting;

/// <summary>
/// Everything the service answers to, each declared once next to what it calls. Three readers follow it: the
/// endpoints of the program, the local loop that runs where no Functions host does, and the function.json files.
/// </summary>
public sealed partial class Triggers
{
    private readonly List<HttpTrigger> http = [];
    private readonly List<QueueTrigger> queues = [];
    private readonly List<TimerTrigger> timers = [];

    public IReadOnlyList<HttpTrigger> HttpTriggers => http;
    public IReadOnlyList<QueueTrigger> QueueTriggers => queues;
    public IReadOnlyList<TimerTrigger> TimerTriggers => timers;

    /// <summary>Declares a route. Its first path segment is literal, since each first segment becomes one function.</summary>
    /// <param name="method">One HTTP method, such as <c>GET</c>.</param>
    /// <param name="route">An ASP.NET Core route pattern, such as <c>/api/seekers/{id}</c>; <c>/</c> is the root.</param>
    /// <param name="action">The access rule that a caller must pass; carried by the endpoint as <see cref="RequiredAction"/>.</param>
    /// <param name="handler">A handler as for minimal APIs.</param>
    /// <exception cref="ArgumentException">No action, a route that starts with a parameter or a reserved word, a second
    /// declaration of one method and route, or a first segment that is also a queue's or a timer's name.</exception>
    public HttpTrigger Http(string method, string route, string action, Delegate handler) =>
        Add(new HttpTrigger(method, route, action, app => app.MapMethods(route, [method.ToUpperInvariant()], handler)));

    /// <summary>Declares routes that a library maps by itself, such as static files or the OpenAPI document.</summary>
    /// <param name="method">As in <see cref="Http"/>; GET includes HEAD.</param>
    /// <param name="route">A pattern that covers all that <paramref name="map"/> adds, such as <c>/assets/{*rest}</c>.</param>
    /// <param name="action">As in <see cref="Http"/>.</param>
    /// <param name="map">Adds the endpoints and returns what describes them.</param>
    /// <exception cref="ArgumentException">As in <see cref="Http"/>.</exception>
    public HttpTrigger Mapped(string method, string route, string action, Func<IEndpointRouteBuilder, IEndpointConventionBuilder> map) =>
        Add(new HttpTrigger(method, route, action, map));

    /// <summary>Declares a queue's consumer; the function is named like the queue. The queue and its poison queue are created at start.</summary>
    /// <param name="queue">3 to 56 lower-case letters, digits and single hyphens, a letter first (56, so that <c>-poison</c> still fits).</param>
    /// <param name="handler">Takes the services of one run, the message's text and a token that is cancelled on stop or
    /// when the deadline has passed. Returning means done; an exception means another try, at last the poison queue.
    /// It may be called twice for one message.</param>
    /// <exception cref="ArgumentException">A name outside the rules above, or taken.</exception>
    public QueueTrigger Queue(string queue, Func<IServiceProvider, string, CancellationToken, Task> handler)
    {
        if (queue.Length is < 3 or > 56 || !QueueName().IsMatch(queue) || queue.EndsWith("-poison", StringComparison.Ordinal))
            throw new ArgumentException($"'{queue}' is no queue name: 3 to 56 lower-case letters, digits and single hyphens, a letter first, not ending in -poison.", nameof(queue));
        Reserve(queue);
        var trigger = new QueueTrigger(queue, handler);
        queues.Add(trigger);
        return trigger;
    }

    /// <summary>Declares work by the clock. It should only put messages or do something short: a failed run waits for the next tick.</summary>
    /// <param name="name">The function's name: a letter, then letters, digits and hyphens.</param>
    /// <param name="schedule">Six fields, seconds first, in UTC (the host's default).</param>
    /// <param name="handler">As for <see cref="Queue"/>, without a message.</param>
    /// <exception cref="ArgumentException">A name outside the rule above or taken, or a schedule that cannot be read.</exception>
    public TimerTrigger Timer(string name, string schedule, Func<IServiceProvider, CancellationToken, Task> handler)
    {
        if (!FunctionName().IsMatch(name)) throw new ArgumentException($"'{name}' is no function name: a letter, then letters, digits and hyphens.", nameof(name));
        var parsed = CrontabSchedule.TryParse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
            ?? throw new ArgumentException($"The schedule '{schedule}' of {name} is not six fields, seconds first.", nameof(schedule));
        Reserve(name);
        var trigger = new TimerTrigger(name, schedule, parsed, handler);
        timers.Add(trigger);
        return trigger;
    }

    private HttpTrigger Add(HttpTrigger trigger)
    {
        if (trigger.Segment is "admin" or "runtime" or "administration")
            throw new ArgumentException($"The Functions host keeps '/{trigger.Segment}' for itself.", nameof(trigger));
        if (IsFunction(trigger.Segment) || IsFunction(trigger.FunctionName)) throw Taken(trigger.Segment);
        if (http.Any(other => Same(other.FunctionName, trigger.FunctionName) && !Same(other.Segment, trigger.Segment)))
            throw new ArgumentException($"'/{trigger.Segment}' and another first segment would both be the function {trigger.FunctionName}.", nameof(trigger));
        if (http.Any(other => other.Method == trigger.Method && other.Route.Equals(trigger.Route, StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"{trigger.Method} {trigger.Route} is declared twice.", nameof(trigger));
        http.Add(trigger);
        return trigger;
    }

    private void Reserve(string name)
    {
        if (IsFunction(name) || http.Any(trigger => Same(trigger.Segment, name) || Same(trigger.FunctionName, name)) || Same(name, "host"))
            throw Taken(name);
    }

    private bool IsFunction(string name) => queues.Any(q => Same(q.Queue, name)) || timers.Any(t => Same(t.Name, name));
    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
    private static ArgumentException Taken(string name) =>
        new($"'{name}' is taken. A queue or timer may not share its name with another, nor with the first segment of a route: its invocation endpoint would be open to everyone.");

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex QueueName();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]{0,127}$")]
    private static partial Regex FunctionName();
}

/// <summary>What a caller must be allowed to do; on every endpoint that <see cref="Triggers"/> maps for the world.</summary>
public sealed record RequiredAction(string Action);

/// <summary>Marks an endpoint that only the Functions host can reach: no route of a published function leads to it.</summary>
public sealed record HostInvocation(string FunctionName);

/// <summary>One declared route.</summary>
public sealed class HttpTrigger
{
    private readonly Func<IEndpointRouteBuilder, IEndpointConventionBuilder> map;
    private readonly List<Action<IEndpointConventionBuilder>> descriptions = [];

    internal HttpTrigger(string method, string route, string action, Func<IEndpointRouteBuilder, IEndpointConventionBuilder> map)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(method);
        ArgumentException.ThrowIfNullOrWhiteSpace(action);
        Method = method.ToUpperInvariant();
        Route = "/" + route.TrimStart('/');
        Action = action;
        Pattern = RoutePatternFactory.Parse(Route);
        Segment = FirstSegment(Pattern);
        this.map = map;
    }

    public string Method { get; }
    /// <summary>The pattern, with its leading slash.</summary>
    public string Route { get; }
    public string Action { get; }
    /// <summary>The first path segment, empty for the root.</summary>
    public string Segment { get; }
    internal RoutePattern Pattern { get; }
    internal string FunctionName => FunctionFiles.HttpName(Segment);

    /// <summary>Adds metadata when the route is mapped: a name, a summary, OpenAPI answers.</summary>
    public HttpTrigger With(Action<IEndpointConventionBuilder> describe)
    {
        descriptions.Add(describe);
        return this;
    }

    /// <summary>As <see cref="With"/>, for what is offered on route handlers only, such as <c>Produces</c>. Not for <see cref="Triggers.Mapped"/>.</summary>
    public HttpTrigger Describe(Action<RouteHandlerBuilder> describe) => With(builder => describe((RouteHandlerBuilder)builder));

    internal void Map(IEndpointRouteBuilder app)
    {
        var endpoints = map(app);
        endpoints.Add(endpoint => endpoint.Metadata.Add(new RequiredAction(Action)));
        foreach (var describe in descriptions) describe(endpoints);
    }

    private static string FirstSegment(RoutePattern pattern) => pattern.PathSegments switch
    {
        [] => "",
        [var first, ..] when first.Parts is [RoutePatternLiteralPart literal] => literal.Content,
        _ => throw new ArgumentException($"{pattern.RawText} starts with a parameter. Its function would catch every path, the host's invocation endpoints included."),
    };
}

/// <summary>One declared queue consumer.</summary>
public sealed record QueueTrigger(string Queue, Func<IServiceProvider, string, CancellationToken, Task> Handler)
{
    /// <summary>Where a message lies after its last failed try.</summary>
    public string PoisonQueue => Queue + "-poison";
}

/// <summary>One declared timer.</summary>
public sealed record TimerTrigger(string Name, string Schedule, CrontabSchedule Times, Func<IServiceProvider, CancellationToken, Task> Handler);
