using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using JobMatch.Flows.Shapes;
using JobMatch.Matching;
using Microsoft.OpenApi;

namespace JobMatch.Functions;

/// <summary>
/// The schemas of the contract, from the same types, attributes and code lists that <see cref="ShapeReader"/> reads with, so
/// that the document and the service agree. What is put may say null for "not stated"; what is answered leaves that out.
/// </summary>
internal sealed class ContractSchemas(CodeLists codes, OpenApiDocument document)
{
    private readonly IDictionary<string, IOpenApiSchema> told = document.Components!.Schemas ?? new Dictionary<string, IOpenApiSchema>();
    private readonly SortedDictionary<string, IOpenApiSchema> written = new(StringComparer.Ordinal);

    public static OpenApiSchema Id => new() { Type = JsonSchemaType.String, Pattern = CallerId.Form };

    /// <summary>Replaces the document's schemas by those of these types and of all that they hold.</summary>
    public void Write(IEnumerable<Type> types)
    {
        document.Components!.Schemas = written;
        foreach (var type in types.Where(type => type != typeof(string) && type != typeof(void)))
            Of(type);
    }

    /// <summary>A closed list's members as they are written.</summary>
    public static OpenApiSchema Words(Type type) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. Enum.GetValues(type).Cast<object>().Select(x => JsonSerializer.SerializeToNode(x, type, ShapeJson.Options)!)],
    };

    private IOpenApiSchema Of(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(string)) return new OpenApiSchema { Type = JsonSchemaType.String };
        if (type == typeof(bool)) return new OpenApiSchema { Type = JsonSchemaType.Boolean };
        if (type == typeof(int)) return new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" };
        if (type == typeof(double) || type == typeof(decimal)) return new OpenApiSchema { Type = JsonSchemaType.Number };
        if (type == typeof(DateOnly)) return new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" };
        if (type == typeof(DateTimeOffset)) return new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" };
        if (type == typeof(SmallCount)) return Named(nameof(SmallCount), Count);
        if (type.IsEnum) return Named(type.Name, () => Words(type));
        return ShapeJson.Options.GetTypeInfo(type) switch
        {
            { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } => List(Of(element)),
            { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } element } => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = Of(element) },
            var info => Named(NameOf(type), () => Thing(info)),
        };
    }

    // The names that the routes' answers refer to.
    private static string NameOf(Type type) =>
        type.IsGenericType ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] + "Of" + string.Concat(type.GetGenericArguments().Select(NameOf)) : type.Name;

    private OpenApiSchemaReference Named(string name, Func<OpenApiSchema> make)
    {
        if (!written.ContainsKey(name))
        {
            written[name] = new OpenApiSchema();
            var made = make();
            made.Description ??= told.TryGetValue(name, out var known) ? known.Description : null;
            written[name] = made;
        }
        return new(name, document);
    }

    private OpenApiSchema Thing(JsonTypeInfo info)
    {
        var isShape = info.Type.Namespace == typeof(SeekerShape).Namespace;
        var descriptions = told.TryGetValue(NameOf(info.Type), out var known) ? known.Properties : null;
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = false,
            AnyOf = AtLeast(info.Type),
            Properties = new Dictionary<string, IOpenApiSchema>(),
            Required = new SortedSet<string>(StringComparer.Ordinal),
        };
        foreach (var property in info.Properties)
        {
            var isNeeded = Find<RequiredAttribute>(property) is not null;
            var isAlwaysThere = !isShape && Find<JsonIgnoreAttribute>(property)?.Condition == JsonIgnoreCondition.Never;
            if (isNeeded || isAlwaysThere || !property.IsGetNullable)
                schema.Required.Add(property.Name);
            var value = Member(info.Type, property, isShape);
            value = property.IsGetNullable && !isNeeded && (isShape || isAlwaysThere) ? OrNull(value) : value;
            schema.Properties[property.Name] = Told(value, descriptions?.TryGetValue(property.Name, out var old) == true ? old : null);
        }
        return schema;
    }

    private IOpenApiSchema Member(Type owner, JsonPropertyInfo property, bool isShape)
    {
        var plain = Of(property.PropertyType);
        var hasCodes = isShape || typeof(PositionShape).IsAssignableFrom(owner) || typeof(EventShape).IsAssignableFrom(owner);
        var member = CodedThroughout.Contains(owner) ? CodesOnly(property, plain) : hasCodes ? Coded(property, plain, isShape) : plain;
        if (member is OpenApiSchema schema)
        {
            if (Find<MaxLengthAttribute>(property)?.Length is { } most)
            {
                var isText = schema.Type == JsonSchemaType.String;
                (schema.MaxLength, schema.MaxItems) = (isText ? most : null, isText ? null : most);
            }
            if (Find<RangeAttribute>(property) is { } range)
                (schema.Minimum, schema.Maximum) = (Convert.ToString(range.Minimum, CultureInfo.InvariantCulture), Convert.ToString(range.Maximum, CultureInfo.InvariantCulture));
        }
        return member;
    }

    private static readonly Type[] CodedThroughout = [typeof(CandidateAnswer), typeof(AdjustmentAnswer), typeof(OfferAnswer), typeof(UnmetNeedAnswer)];

    private static OpenApiSchema Count() => new()
    {
        OneOf = [new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0" }, Words(SmallCount.Below)],
        Description = "An employer reads no number below five, and outside Development numbers rounded down to a multiple of five.",
    };

    // What an employer sees of a person is coded throughout.
    private IOpenApiSchema CodesOnly(JsonPropertyInfo property, IOpenApiSchema plain) => property.Name switch
    {
        "skills" => List(Codes(nameof(Skill), codes.Skills.Select(x => x.Code))),
        "occupations" => List(Codes(nameof(Occupation), codes.Occupations.Select(x => x.Code))),
        "district" => Codes(nameof(District), codes.Districts.Where(x => x.ReplacedBy is [] or [_]).Select(x => x.Code)),
        "code" or "accommodation" => Accommodations,
        _ => plain,
    };

    // What only code lists and formats can tell of a member.
    private IOpenApiSchema Coded(JsonPropertyInfo property, IOpenApiSchema plain, bool isShape)
    {
        var isMap = ShapeJson.Options.GetTypeInfo(property.PropertyType).Kind == JsonTypeInfoKind.Dictionary;
        IOpenApiSchema Value(IOpenApiSchema value) => isShape ? OrNull(value) : value;
        switch (property.Name)
        {
            case "capacity" or "demands" when isMap:
                return Map(Codes(nameof(Axis), CodeLists.CodesOf<Axis>()), Value(new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "0", Maximum = "3" }));
            case "needs":
                return Map(Accommodations, Value(Of(typeof(Mark))));
            case "avoid":
                return Map(Codes("Avoidable", [.. CodeLists.CodesOf<Shift>(), .. CodeLists.CodesOf<Exposure>()]), Value(Of(typeof(Avoidance))));
            case "exposures":
                return Map(Codes(nameof(Exposure), CodeLists.CodesOf<Exposure>()), Value(Of(typeof(YesNo))));
            case "accommodations":
                return Map(Accommodations, Value(new OpenApiSchema { OneOf = [Of(typeof(Answer)), Of(typeof(AccommodationShape))] }));
            case "skills" or "skillsRequired" or "skillsOptional":
                return List(OrFree(Codes(nameof(Skill), codes.Skills.Select(x => x.Code))));
            case "occupations":
                return List(OrFree(Codes(nameof(Occupation), codes.Occupations.Select(x => x.Code))));
            case "occupation":
                return OrFree(Codes(nameof(Occupation), codes.Occupations.Select(x => x.Code)));
            case "licences":
                return List(Codes("Licence", codes.Skills.Where(x => x.Kind == SkillKind.Licence).Select(x => x.Code)));
            case "district":
                return Codes(nameof(District), codes.Districts.Where(x => x.ReplacedBy is [] or [_]).Select(x => x.Code));
            case "phone":
                return new OpenApiSchema { Type = JsonSchemaType.String, Pattern = PhoneNumber.Form };
            case "creditCode":
                return new OpenApiSchema { Type = JsonSchemaType.String, Pattern = CreditCode.Form };
            case "language":
                return new OpenApiSchema { Type = JsonSchemaType.String, Pattern = SeekerConversion.LanguageForm, MaxLength = Limits.Tag };
            case "shifts" when plain is OpenApiSchema shifts:
                shifts.MinItems = 1;
                return shifts;
            default:
                return plain;
        }
    }

    private OpenApiSchemaReference Accommodations => Codes(nameof(Accommodation), codes.Accommodations.Select(x => x.Code));

    private OpenApiSchemaReference Codes(string list, IEnumerable<string> members) =>
        Named(list + "Code", () => new() { Type = JsonSchemaType.String, Enum = [.. members.Select(x => (JsonNode)x)] });

    private static OpenApiSchema OrFree(IOpenApiSchema coded) => new()
    {
        AnyOf = [coded, new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Limits.FreeText, Pattern = "^(?![A-Z][A-Z0-9_]*$)", Description = "Free text; what is in capitals only is a code." }],
    };

    private static OpenApiSchema List(IOpenApiSchema item) => new() { Type = JsonSchemaType.Array, Items = item };

    private static OpenApiSchema Map(IOpenApiSchema keys, IOpenApiSchema value) => new() { Type = JsonSchemaType.Object, PropertyNames = keys, AdditionalProperties = value };

    private static OpenApiSchema OrNull(IOpenApiSchema value)
    {
        if (value is OpenApiSchema { Type: { } type, Enum: null } plain)
        {
            plain.Type = type | JsonSchemaType.Null;
            return plain;
        }
        return new() { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, value] };
    }

    // What must be there in one of several ways.
    private static List<IOpenApiSchema>? AtLeast(Type type) =>
        type == typeof(SeekerShape) ? [With("phone", new() { Type = JsonSchemaType.String }), With("contact", With("helper", new() { Type = JsonSchemaType.String }))]
        : typeof(PositionShape).IsAssignableFrom(type) ? [With("district", new() { Type = JsonSchemaType.String }), With("work", With("place", Words("REMOTE")))]
        : typeof(EventShape).IsAssignableFrom(type) ? [With("district", new() { Type = JsonSchemaType.String }), With("online", new() { Type = JsonSchemaType.String }), With("kind", Words("ONLINE_FAIR", "LIVESTREAM_FAIR"))]
        : null;

    private static OpenApiSchema With(string member, OpenApiSchema value) => new()
    {
        Required = new HashSet<string> { member },
        Properties = new Dictionary<string, IOpenApiSchema> { [member] = value },
        Type = JsonSchemaType.Object,
    };

    private static OpenApiSchema Words(params string[] words) => new() { Type = JsonSchemaType.String, Enum = [.. words.Select(x => (JsonNode)x)] };

    private static IOpenApiSchema Told(IOpenApiSchema schema, IOpenApiSchema? old)
    {
        var description = old?.Description ?? old?.OneOf?.LastOrDefault()?.Description;
        if (schema is OpenApiSchema plain)
            plain.Description ??= description;
        else if (schema is OpenApiSchemaReference reference && description is not null)
            reference.Description = description;
        return schema;
    }

    private static T? Find<T>(JsonPropertyInfo property) where T : Attribute =>
        property.AttributeProvider is MemberInfo member ? member.GetCustomAttribute<T>() : null;
}
