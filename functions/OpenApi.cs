using System.Globalization;
using JobMatch.Flows;
using JobMatch.Flows.Shapes;
using JobMatch.Functions.Hosting;
using JobMatch.Matching;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace JobMatch.Functions;

/// <summary>The contract in full, generated from the routes, the shapes and the code lists: <c>/openapi/v1.json</c>.</summary>
public static class OpenApi
{
    private const string Json = "application/json", Problem = "application/problem+json";

    public static void MapContract(this Triggers triggers) =>
        triggers.Mapped("GET", "/openapi/{documentName}.json", "openapi", app => app.MapOpenApi("/openapi/{documentName}.json"));

    public static WebApplicationBuilder AddContract(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddOperationTransformer((operation, context, _) => Describe(operation, context.Description, context.Document!));
            options.AddDocumentTransformer((document, context, _) => Complete(document, context));
        });
        return builder;
    }

    private static Task Complete(OpenApiDocument document, OpenApiDocumentTransformerContext context)
    {
        document.Info = new() { Title = "JobMatch", Version = "v1", Description = "Matches job seekers with disabilities to positions and tells them in time." };
        document.Servers = [];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "{keyId}.{secret}" },
        };
        var metadata = context.DescriptionGroups.SelectMany(group => group.Items).SelectMany(item => item.ActionDescriptor.EndpointMetadata).ToList();
        var spoken = metadata.OfType<IAcceptsMetadata>().Select(x => x.RequestType).Concat(metadata.OfType<IProducesResponseTypeMetadata>().Select(x => x.Type));
        new ContractSchemas(context.ApplicationServices.GetRequiredService<CodeLists>(), document).Write([.. spoken.OfType<Type>(), typeof(ProblemBody)]);
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, ApiDescription route, OpenApiDocument document)
    {
        var metadata = route.ActionDescriptor.EndpointMetadata;
        var action = metadata.OfType<RequiredAction>().Last().Action;
        var path = "/" + route.RelativePath;
        var takes = metadata.OfType<IAcceptsMetadata>().FirstOrDefault()?.ContentTypes ?? [];
        var (put, post) = (route.HttpMethod == "PUT" && takes.Contains(Json), route.HttpMethod == "POST" && path.StartsWith("/api/", StringComparison.Ordinal));
        var callback = action.StartsWith("callbacks.", StringComparison.Ordinal);
        Parameters(operation, path);
        if (put)
            operation.Parameters!.Add(Header("If-Match", "The ETag that was read; 412 where another version stands."));
        if (post)
            operation.Parameters!.Add(Header("Idempotency-Key", "The same key and body replay the first answer for 24 hours; another body is 422, a twin still running 409.", Idempotency.Longest));
        if (put || (route.HttpMethod == "GET" && action is "seekers.read" or "employers.read" or "positions.read" or "events.read" && path.Contains('{', StringComparison.Ordinal)) || (route.HttpMethod == "GET" && (path.EndsWith("/records/{id}", StringComparison.Ordinal) || path.EndsWith("/resources/{id}", StringComparison.Ordinal) || action == "opportunities.read" && path.EndsWith("/{id}", StringComparison.Ordinal))))
            ETags(operation);
        if (callback)
            Pushed(operation);
        if (operation.RequestBody?.Content is { } bodies && bodies.TryGetValue("multipart/form-data", out var form))
            form.Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "file" },
                Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "CSV, xlsx or NDJSON." } },
            };
        List<int> refusals = [400, 500];
        if (!Access.May(Caller.Nobody, action))
            refusals.AddRange(callback ? [401] : [401, 403]);
        if (!callback && !Access.May(Caller.Nobody, action))
            operation.Security = [new() { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
        if (callback || (path.Contains('{', StringComparison.Ordinal) && action is not ("seekers.write" or "employers.write" or "events.write")) || action == "positions.import")
            refusals.Add(404);
        if (takes.Count > 0 || callback)
            refusals.Add(413);
        if (takes.Count > 0)
            refusals.Add(415);
        if (put)
            refusals.AddRange([412, 422]);
        if (post)
            refusals.AddRange([409, 413, 422]);
        if (put && action == "bookings.write")
            refusals.Add(409);
        if (operation.Parameters!.Any(x => x.Name is "state" or "district" or "budget" or "to"))
            refusals.Add(422);
        if (callback)
            refusals.Add(503);
        foreach (var status in refusals.Distinct().Order())
            operation.Responses!.TryAdd(status.ToString(CultureInfo.InvariantCulture), Refusal(status, document));
        operation.Parameters!.Add(Header("Accept-Language", "Chinese by default; en for English."));
        return Task.CompletedTask;
    }

    private static void Parameters(OpenApiOperation operation, string path)
    {
        operation.Parameters ??= [];
        if (path.Contains("{token}", StringComparison.Ordinal))
            operation.Parameters.Add(new OpenApiParameter { Name = "token", In = ParameterLocation.Path, Required = true, Description = "What the gateway was registered with.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            var ours = parameter.Name is "id" && !path.StartsWith("/api/messages", StringComparison.Ordinal) || parameter.Name is "positionId" or "employer" or "event";
            (parameter.Schema, parameter.Description) = parameter.Name switch
            {
                _ when ours => (ContractSchemas.Id, "Chosen by the caller; refused when it looks like a phone or an identity number."),
                "state" => (ContractSchemas.Words(typeof(MessageState)), "Only messages in this state."),
                "top" => (parameter.Schema, "How many are wanted, 1-100; 10 where not stated. What is beyond is taken as the nearest."),
                "district" => (parameter.Schema, "A district's code; all districts where not stated."),
                "budget" => (new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = Limits.Budget.ToString(CultureInfo.InvariantCulture) }, "As if announced with so many messages."),
                "from" => (parameter.Schema, "The last answer's next."),
                _ => (parameter.Schema, parameter.Description),
            };
        }
    }

    private static OpenApiParameter Header(string name, string description, int? most = null) =>
        new() { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = most } };

    private static void ETags(OpenApiOperation operation)
    {
        foreach (var answer in operation.Responses!.Where(x => x.Key is "200" or "201").Select(x => x.Value).OfType<OpenApiResponse>())
            answer.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["ETag"] = new OpenApiHeader { Required = true, Description = "The version, for If-Match.", Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^\"[0-9]+\"$" } },
            };
    }

    private static void Pushed(OpenApiOperation operation)
    {
        operation.RequestBody = new OpenApiRequestBody { Description = "What the vendor's page says.", Required = true, Content = Content("*/*", new OpenApiSchema()) };
        if (operation.Responses!["200"] is OpenApiResponse taken)
            (taken.Description, taken.Content) = ("What the vendor expects.", Content("*/*", new OpenApiSchema()));
    }

    private static OpenApiResponse Refusal(int status, OpenApiDocument document) => new()
    {
        Description = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
        Content = Content(Problem, new OpenApiSchemaReference(nameof(ProblemBody), document)),
    };

    private static Dictionary<string, OpenApiMediaType> Content(string type, IOpenApiSchema schema) => new() { [type] = new OpenApiMediaType { Schema = schema } };
}
