using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>
/// Reads a shape out of JSON and says everything that is wrong with it at once: unknown and doubled fields, wrong types,
/// unknown words, what is missing, too long, too many or out of range. What only the whole can tell (code lists, phones,
/// dates against each other) is said by the conversion that follows: <c>ShapeReader.Read&lt;PositionShape&gt;(root).Then(x => x.ToFile(…))</c>.
/// </summary>
public static partial class ShapeReader
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, Member>> Plans = new();
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, object>> Words = new();
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    /// <summary>JSON out of a request's body. False where it is no JSON, nested deeper than 16, or above <see cref="Limits.Bytes"/>.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, out JsonElement root)
    {
        root = default;
        if (utf8.Length > Limits.Bytes)
            return false;
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            root = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads a shape. Never throws, whatever the JSON. Value is null only where the whole is no object.</summary>
    /// <param name="beside">Members at the top that are the caller's own business.</param>
    public static Reading<T> Read<T>(JsonElement root, params IReadOnlyCollection<string> beside) where T : class
    {
        var pass = new Pass(beside);
        var value = (T?)pass.Object(root, typeof(T), "");
        if (value is null && pass.Errors.Count == 0)
            pass.Say(Faults.WrongType("", Expected.Object));
        return new(value, pass.Errors);
    }

    /// <inheritdoc cref="Read{T}(JsonElement, IReadOnlyCollection{string})"/>
    public static Reading<T> Read<T>(JsonObject root) where T : class => Read<T>(JsonSerializer.SerializeToElement(root));

    /// <summary>The words that stand for the members of a closed list in JSON.</summary>
    private static IReadOnlyDictionary<string, object> WordsOf(Type type) => Words.GetOrAdd(type, static type =>
        Enum.GetValues(type).Cast<object>().ToDictionary(x => JsonSerializer.SerializeToElement(x, type, ShapeJson.Options).GetString()!));

    private static IReadOnlyDictionary<string, Member> PlanOf(Type type) => Plans.GetOrAdd(type, static type =>
        ShapeJson.Options.GetTypeInfo(type).Properties.ToDictionary(x => x.Name, x => new Member(x)));

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex TimeWithZone();

    private sealed class Member(JsonPropertyInfo property)
    {
        public Type Type { get; } = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

        public bool Required { get; } = Find<RequiredAttribute>(property) is not null;

        public int? MaxLength { get; } = Find<MaxLengthAttribute>(property)?.Length;

        public (int Least, int Most)? Range { get; } = Find<RangeAttribute>(property) is { } range ? ((int)range.Minimum, (int)range.Maximum) : null;

        public bool Lines { get; } = Find<DataTypeAttribute>(property)?.DataType == DataType.MultilineText;

        public void Set(object target, object? value) => property.Set!(target, value);

        private static T? Find<T>(JsonPropertyInfo property) where T : Attribute =>
            property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();
    }

    private static class Expected
    {
        public static readonly Label Object = new("an object, as { … }", "对象，形如 { … }");
        public static readonly Label List = new("a list, as [ … ]", "列表，形如 [ … ]");
        public static readonly Label Text = new("text", "文字");
        public static readonly Label CleanText = new("text without control characters", "不含控制字符的文字");
        public static readonly Label SomeText = new("text that is not empty", "非空的文字");
        public static readonly Label Number = new("a whole number", "整数");
        public static readonly Label Bool = new("true or false", "true 或 false");
        public static readonly Label AnswerOrObject = new("an answer as text, or an object with \"answer\"", "答复（文字），或带 answer 的对象");
    }

    /// <summary>One reading: the errors so far, and a reader per kind of type. Recursion follows the types, so its depth is theirs.</summary>
    private sealed class Pass(IReadOnlyCollection<string> beside)
    {
        public List<FieldError> Errors { get; } = [];

        public void Say(FieldError error)
        {
            if (Errors.Count < Limits.Errors)
                Errors.Add(error);
        }

        public object? Object(JsonElement json, Type type, string path)
        {
            if (json.ValueKind != JsonValueKind.Object)
                return Wrong(path, Expected.Object);
            var plan = PlanOf(type);
            var made = ShapeJson.Options.GetTypeInfo(type).CreateObject!();
            var missing = plan.Where(x => x.Value.Required).Select(x => x.Key).ToHashSet();
            foreach (var (name, value) in MembersOf(json, path))
            {
                if (path.Length == 0 && beside.Contains(name))
                    continue;
                if (!plan.TryGetValue(name, out var member))
                {
                    Say(Faults.UnknownField(Under(path, Shown(name)), Nearest.To(name, plan.Keys), plan.Keys));
                    continue;
                }
                var before = Errors.Count;
                var read = Value(value, member, Under(path, name));
                if (read is not null)
                    member.Set(made, read);
                if (read is not null || Errors.Count > before)
                    missing.Remove(name);
            }
            foreach (var name in missing)
                Say(Faults.Required(Under(path, name)));
            return made;
        }

        private object? Value(JsonElement json, Member member, string path)
        {
            if (json.ValueKind == JsonValueKind.Null)
                return null;
            var value = Typed(json, member.Type, path, member);
            if (value is string text && member.MaxLength is { } characters && CleanText.Length(text) > characters)
                return Wrong(Faults.TooLong(path, characters));
            if (value is int number && member.Range is var (least, most) && (number < least || number > most))
                return Wrong(Faults.OutOfRange(path, least, most));
            return value is "" ? null : value;
        }

        private object? Typed(JsonElement json, Type type, string path, Member? member)
        {
            if (type == typeof(string))
                return Text(json, path, member is { Lines: true });
            if (type == typeof(int))
                return Whole(json, path);
            if (type == typeof(bool))
                return json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : Wrong(path, Expected.Bool);
            if (type == typeof(DateOnly))
                return Date(json, path);
            if (type == typeof(DateTimeOffset))
                return Time(json, path);
            if (type.IsEnum)
                return Word(json, type, path);
            if (type == typeof(AccommodationShape))
                return Accommodation(json, path);
            return ShapeJson.Options.GetTypeInfo(type) switch
            {
                { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } => List(json, element, path, member?.MaxLength ?? Limits.Entries),
                { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } element } => Map(json, element, path),
                _ => Object(json, type, path),
            };
        }

        private object? Text(JsonElement json, string path, bool lines) =>
            json.ValueKind != JsonValueKind.String ? Wrong(path, Expected.Text)
            : TextOf(() => json.GetString()!) is { } text && CleanText.Of(text, lines) is { } clean ? clean
            : Wrong(path, Expected.CleanText);

        private object? Whole(JsonElement json, string path)
        {
            if (json.ValueKind != JsonValueKind.Number)
                return Wrong(path, Expected.Number);
            if (json.TryGetInt32(out var number))
                return number;
            if (!json.TryGetDecimal(out var exact))
                return Wrong(Faults.OutOfRange(path, int.MinValue, int.MaxValue));
            return exact != decimal.Truncate(exact) ? Wrong(path, Expected.Number)
                : exact is < int.MinValue or > int.MaxValue ? Wrong(Faults.OutOfRange(path, int.MinValue, int.MaxValue))
                : (int)exact;
        }

        private object? Date(JsonElement json, string path) =>
            Text(json, path, lines: false) is not string text ? null
            : text.Length == 0 ? null
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 2000 and <= 2100 ? date
            : Wrong(Faults.BadDate(path));

        private object? Time(JsonElement json, string path) =>
            Text(json, path, lines: false) is not string text ? null
            : text.Length == 0 ? null
            : TimeWithZone().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Year is >= 2000 and <= 2100 ? time
            : Wrong(Faults.BadDate(path, "Use a time with its zone, such as 2027-03-01T09:00:00+08:00.", "请填写带时区的时间，例如 2027-03-01T09:00:00+08:00。"));

        private object? Word(JsonElement json, Type type, string path) =>
            Text(json, path, lines: false) is not string text ? null
            : text.Length == 0 ? null
            : WordsOf(type).TryGetValue(text, out var member) ? member
            : Wrong(Faults.UnknownCode(path, WordsOf(type).Keys));

        private object? Accommodation(JsonElement json, string path) => json.ValueKind switch
        {
            JsonValueKind.String => Word(json, typeof(Answer), path) is Answer answer ? new AccommodationShape { Answer = answer } : null,
            JsonValueKind.Object => Object(json, typeof(AccommodationShape), path),
            _ => Wrong(path, Expected.AnswerOrObject),
        };

        private object? List(JsonElement json, Type element, string path, int most)
        {
            if (json.ValueKind != JsonValueKind.Array)
                return Wrong(path, Expected.List);
            if (json.GetArrayLength() > most)
                return Wrong(Faults.TooMany(path, most));
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
            foreach (var (i, item) in json.EnumerateArray().Index())
                if (Typed(item, element, $"{path}[{i}]", null) is { } value)
                {
                    if (value is "")
                        Wrong($"{path}[{i}]", Expected.SomeText);
                    else
                        list.Add(value);
                }
            return list;
        }

        private object? Map(JsonElement json, Type element, string path)
        {
            if (json.ValueKind != JsonValueKind.Object)
                return Wrong(path, Expected.Object);
            if (json.GetPropertyCount() > Limits.Members)
                return Wrong(Faults.TooMany(path, Limits.Members));
            var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element))!;
            foreach (var (key, item) in MembersOf(json, path))
                if (item.ValueKind != JsonValueKind.Null && Typed(item, element, Under(path, Shown(key)), null) is { } value)
                    map[key] = value;
            return map;
        }

        private IEnumerable<(string Name, JsonElement Value)> MembersOf(JsonElement json, string path)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in json.EnumerateObject())
                if (TextOf(() => member.Name) is not { } name)
                    Wrong(path, Expected.CleanText);
                else if (!seen.Add(name))
                    Say(Faults.Duplicate(Under(path, Shown(name))));
                else
                    yield return (name, member.Value);
        }

        private object? Wrong(string path, Label right) => Wrong(Faults.WrongType(path, right));

        private object? Wrong(FieldError error)
        {
            Say(error);
            return null;
        }

        // JSON may escape half of a surrogate pair, which is no text; System.Text.Json says so only when asked for the text.
        private static string? TextOf(Func<string> read)
        {
            try
            {
                return read();
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        private static string Under(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

        private static string Shown(string name) => name.Length <= 60 ? name : name[..60] + "…";
    }
}
