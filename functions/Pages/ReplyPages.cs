using JobMatch.Flows;
using JobMatch.Functions.Hosting;

namespace JobMatch.Functions.Pages;

/// <summary>Where staff do what a machine could not: replies that need a person.</summary>
public static class ReplyPages
{
    private static readonly Field[] Fields = [Field.Text("text", "Answer", "回复", ("required", new("Write the answer, or say that it was dealt with another way.", "请填写回复内容，或选择已用其他方式处理。")))];

    public static void MapReplyPages(this Triggers triggers)
    {
        triggers.Page("GET", "/staff/replies", "pages.staff.people", (HttpContext context, string? task, ListTasks flow) => List(context, task, Form.Empty, flow)).Audited(AuditAct.RepliesOpened, "task");
        triggers.Page("POST", "/staff/replies", "pages.staff.people", End).Audited(AuditAct.ReplyEnded, "task");
    }

    private static async Task<IResult> End(HttpContext context, string? task, EndTask flow, ListTasks list)
    {
        var form = await Form.Posted(context);
        var ended = await flow.Run(task ?? "", form.Value("done").Length > 0 ? null : form.Value("text"), context.RequestAborted);
        return ended is Ended.Refused x ? await List(context, task, form.With(x.Faults, Fields, Languages.Of(context)), list, 422) : Show.Next("/staff/replies");
    }

    private static async Task<IResult> List(HttpContext context, string? task, Form form, ListTasks flow, int status = 200)
    {
        if (task is not null)
        {
            if (await flow.One(task, context.RequestAborted) is not { } chosen)
                return Show.NotFound(context);
            foreach (var person in chosen.People)
                await context.Audit(AuditAct.SeekerOpened, person.Facts.Id, task);
            return Show.Page<RepliesPage, RepliesModel>(context, new(form, new([], 0), chosen), status);
        }
        return Show.Page<RepliesPage, RepliesModel>(context, new(form, await flow.Run(context.RequestAborted), null));
    }
}

/// <param name="Chosen">The one that is being dealt with; null where the list is shown.</param>
public sealed record RepliesModel(Form Form, Ranked<OpenTask> Open, OpenTask? Chosen);
