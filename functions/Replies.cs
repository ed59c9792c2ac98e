using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions;

/// <summary>Replies that need a person, and letting texts go on for somebody who had stopped them.</summary>
public static class Replies
{
    public static void MapReplies(this Triggers triggers)
    {
        triggers.Http("GET", "/api/tasks", "tasks.read", All).Audited(AuditAct.RepliesOpened, null)
            .Describe(x => x.WithSummary("Replies that need a person, the most pressing first; at most 100.").Produces<ListAnswer<TaskAnswer>>());
        triggers.Http("POST", "/api/tasks/{id}/done", "tasks.end", (HttpContext context, string id, EndTask flow) => End(context, id, null, flow)).Audited(AuditAct.ReplyEnded)
            .Describe(x => x.WithSummary("Says that a task is done; twice is once.").Produces(204));
        triggers.Http("POST", "/api/tasks/{id}/answer", "tasks.end", Answer).Audited(AuditAct.ReplyEnded)
            .Describe(x => x.WithSummary("Texts an answer to whoever wrote, and ends the task.").Accepts<AnswerShape>("application/json").Produces(204));
        triggers.Http("POST", "/api/seekers/{id}/opt-in", "seekers.optIn", OptIn).AuditedPerson(AuditAct.TextsResumed)
            .Describe(x => x.WithSummary("Lets texts go on for somebody who had stopped them and has asked for them again; twice is once.").Produces(204));
    }

    private static async Task<IResult> All(HttpContext context, ListTasks flow, CancellationToken cancel)
    {
        var open = await flow.Run(cancel);
        return Answers.List(context, "task", open.Items.Select(TaskAnswer.Of), open.Total);
    }

    private static async Task<IResult> Answer(HttpContext context, string id, EndTask flow)
    {
        var (answer, problem) = await Requests.Read<AnswerShape, AnswerShape>(context, null, shape => new(shape, []));
        return answer is null ? problem! : await End(context, id, answer.Text, flow);
    }

    private static async Task<IResult> End(HttpContext context, string id, string? text, EndTask flow) => await flow.Run(id, text, context.RequestAborted) switch
    {
        Ended.Done => Results.NoContent(),
        Ended.Refused x => Requests.Invalid(context, x.Faults),
        _ => Problems.NotFound(context),
    };

    private static async Task<IResult> OptIn(HttpContext context, string id, ISeekers seekers, OptOut flow, TimeProvider time, CancellationToken cancel)
    {
        if (await seekers.Find(id, cancel) is null)
            return Problems.NotFound(context);
        await flow.Resume(id, time.GetUtcNow(), cancel);
        return Results.NoContent();
    }
}

/// <summary>A reply that needs a person.</summary>
/// <param name="Kind">contact, replyNotUnderstood, replyToSeveral, replyWithoutQuestion or replyToFollowUp.</param>
/// <param name="Text">What was written; absent where it is no longer kept.</param>
/// <param name="Ways">How the people prefer to be contacted.</param>
/// <param name="People">Everybody known under the phone that wrote.</param>
public sealed record TaskAnswer(
    string Id, string Kind, DateTimeOffset At, DateTimeOffset? Due, string? Text, IReadOnlyList<string> Ways, IReadOnlyList<TaskPersonAnswer> People, IReadOnlyList<string> Events)
{
    internal static TaskAnswer Of(OpenTask x) => new(
        x.Task.Id, x.Task.Kind, x.Task.At, x.Task.Due, x.Text, x.Task.Ways ?? [],
        [.. x.People.Select(person => new TaskPersonAnswer(person.Id, person.Name, person.Phone, person.OptedOutAt is not null))], x.Task.Events);
}

/// <param name="OptedOut">Has stopped texts; an answer still reaches them.</param>
public sealed record TaskPersonAnswer(string Id, string? Name, string? Phone, bool OptedOut);
