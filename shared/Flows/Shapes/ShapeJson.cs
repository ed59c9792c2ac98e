using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>How the contract's JSON is written: camelCase, members of code lists in upper case, answers and states in camelCase, what is not stated left out.</summary>
public static class ShapeJson
{
    /// <summary>For writing. Reading goes through <see cref="ShapeReader"/>, which says every fault at once.</summary>
    public static readonly JsonSerializerOptions Options = Make();

    /// <summary>Sets the same conventions on a host's own options, so that answers and the OpenAPI document say the same.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // Answers are application/json with nosniff, never part of a page: + and < may stand as they are.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.NumberHandling = JsonNumberHandling.Strict;
        Code<Contract>(options);
        Code<Place>(options);
        Code<Shift>(options);
        Code<Rest>(options);
        Code<PayPeriod>(options);
        Code<Board>(options);
        Code<Lodging>(options);
        Code<EventKind>(options);
        Code<ContactWay>(options);
        Code<ResourceKind>(options);
        Code<OutcomeStage>(options);
        Code<ClosingReason>(options);
        Code<FollowUpOf>(options);
        Code<CaseReason>(options);
        Word<Education>(options);
        Word<LodgingWish>(options);
        Word<Mark>(options);
        Word<Avoidance>(options);
        Word<Answer>(options);
        Word<YesNo>(options);
        Word<Verdict>(options);
        Word<Result>(options);
        Word<Whom>(options);
        Word<EventStatus>(options);
        Word<MessageState>(options);
        Word<ChangeKind>(options);
        Word<ParticipantRule>(options);
        Word<GoodsLevel>(options);
        Word<FollowUpAnswer>(options);
        Word<FollowUpEnd>(options);
        options.Converters.Add(new SmallCountJson());
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        Configure(options);
        options.MakeReadOnly();
        return options;
    }

    private static void Code<T>(JsonSerializerOptions options) where T : struct, Enum =>
        options.Converters.Add(new JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false));

    private static void Word<T>(JsonSerializerOptions options) where T : struct, Enum =>
        options.Converters.Add(new JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
}
