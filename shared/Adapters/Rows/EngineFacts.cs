using System.Text;
using System.Text.Json;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// Reads a position's text for packing: an instance that starts does so a hundred thousand times, and the serializer takes most of
/// that time. It knows the text that <see cref="Written"/> writes; where there is anything else in it, the serializer reads it.
/// </summary>
internal static class EngineFacts
{
    private static readonly byte[][] Names =
    [
        .. ((string[])[
            nameof(Position.Id), nameof(Position.Title), nameof(Position.Occupation), nameof(Position.District), nameof(Position.Openings), nameof(Position.Signed),
            nameof(Position.ClosesOn), nameof(Position.Closed), nameof(Position.FirstPut), nameof(Position.Demands), nameof(Position.Accommodations), nameof(Position.Exposures),
            nameof(Position.SkillsRequired), nameof(Position.SkillsOptional), nameof(Position.EducationMin), nameof(Position.Licences), nameof(Position.Contract), nameof(Position.Place),
            nameof(Position.Shifts), nameof(Position.Rest), nameof(Position.HoursPerWeek), nameof(Position.Pay), nameof(Position.Board), nameof(Position.Lodging),
            nameof(Position.ProbationMonths), nameof(Position.SiteCheck), nameof(Position.Declines),
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>The position without what no rule reads: who confirmed an answer, and why not.</summary>
    public static Position ReadPosition(ReadOnlySpan<byte> text)
    {
        try
        {
            return Read(text) ?? Written.Read<Position>(text);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            return Written.Read<Position>(text);
        }
    }

    private static Position? Read(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text);
        json.Read();
        var position = new Position { Id = "", Title = "", ClosesOn = default, FirstPut = default };
        var (id, title, occupation, district) = ((string?)null, (string?)null, (string?)null, (string?)null);
        var (openings, signed, closed) = (position.Openings, position.Signed, position.Closed);
        var (closesOn, firstPut) = ((DateOnly?)null, (DateOnly?)null);
        var (demands, accommodations, exposures, declines) = (position.Demands, position.Accommodations, position.Exposures, position.Declines);
        var (required, optional, licences) = (position.SkillsRequired, position.SkillsOptional, position.Licences);
        var (education, contract, place, rest, board, lodging) = ((Education?)null, (Contract?)null, position.Place, (Rest?)null, (Board?)null, (Lodging?)null);
        var (shifts, hours, probation, pay, check) = ((IReadOnlyList<Shift>?)null, (int?)null, (int?)null, (Pay?)null, (SiteCheck?)null);
        // Properties come in the order in which they are declared.
        for (var at = 0; json.Read() && json.TokenType is JsonTokenType.PropertyName; at++)
        {
            while (at < Names.Length && !json.ValueTextEquals(Names[at]))
                at++;
            json.Read();
            switch (at)
            {
                case 0: id = json.GetString(); break;
                case 1: title = json.GetString(); break;
                case 2: occupation = json.GetString(); break;
                case 3: district = json.GetString(); break;
                case 4: openings = json.GetInt32(); break;
                case 5: signed = json.GetInt32(); break;
                case 6: closesOn = Day(ref json); break;
                case 7: closed = json.GetBoolean(); break;
                case 8: firstPut = Day(ref json); break;
                case 9: demands = Map(ref json, static (ref Utf8JsonReader x) => Closed<Axis>.Read(ref x), static (ref Utf8JsonReader x) => x.GetInt32()); break;
                case 10: accommodations = Map(ref json, static (ref Utf8JsonReader x) => x.GetString()!, Stated); break;
                case 11: exposures = Map(ref json, static (ref Utf8JsonReader x) => Closed<Exposure>.Read(ref x), static (ref Utf8JsonReader x) => x.GetBoolean()); break;
                case 12: required = Items(ref json, static (ref Utf8JsonReader x) => x.GetString()!); break;
                case 13: optional = Items(ref json, static (ref Utf8JsonReader x) => x.GetString()!); break;
                case 14: education = Closed<Education>.Read(ref json); break;
                case 15: licences = Items(ref json, static (ref Utf8JsonReader x) => x.GetString()!); break;
                case 16: contract = Closed<Contract>.Read(ref json); break;
                case 17: place = Closed<Place>.Read(ref json); break;
                case 18: shifts = Items(ref json, static (ref Utf8JsonReader x) => Closed<Shift>.Read(ref x)); break;
                case 19: rest = Closed<Rest>.Read(ref json); break;
                case 20: hours = json.GetInt32(); break;
                case 21: pay = Paid(ref json); break;
                case 22: board = Closed<Board>.Read(ref json); break;
                case 23: lodging = Closed<Lodging>.Read(ref json); break;
                case 24: probation = json.GetInt32(); break;
                case 25: check = JsonSerializer.Deserialize<SiteCheck>(ref json); break;
                case 26: declines = Map(ref json, static (ref Utf8JsonReader x) => x.GetString()!, static (ref Utf8JsonReader x) => JsonSerializer.Deserialize<Decline>(ref x)); break;
                default: return null;
            }
        }
        if (id is null || title is null || closesOn is null || firstPut is null)
            return null;
        return new()
        {
            Id = id,
            Title = title,
            Occupation = occupation,
            District = district,
            Openings = openings,
            Signed = signed,
            ClosesOn = closesOn.Value,
            Closed = closed,
            FirstPut = firstPut.Value,
            Demands = demands,
            Accommodations = accommodations,
            Exposures = exposures,
            SkillsRequired = required,
            SkillsOptional = optional,
            EducationMin = education,
            Licences = licences,
            Contract = contract,
            Place = place,
            Shifts = shifts,
            Rest = rest,
            HoursPerWeek = hours,
            Pay = pay,
            Board = board,
            Lodging = lodging,
            ProbationMonths = probation,
            SiteCheck = check,
            Declines = declines,
        };
    }

    private delegate T Reader<T>(ref Utf8JsonReader json);

    private static Dictionary<TKey, TValue> Map<TKey, TValue>(ref Utf8JsonReader json, Reader<TKey> key, Reader<TValue> value) where TKey : notnull
    {
        var map = new Dictionary<TKey, TValue>();
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var name = key(ref json);
            json.Read();
            map[name] = value(ref json);
        }
        return map;
    }

    private static List<T> Items<T>(ref Utf8JsonReader json, Reader<T> item)
    {
        var list = new List<T>();
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
            list.Add(item(ref json));
        return list;
    }

    private static StatedAnswer Stated(ref Utf8JsonReader json)
    {
        var (answer, on) = ((Answer?)null, default(DateOnly));
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var (isAnswer, isDay) = (json.ValueTextEquals("Answer"u8), json.ValueTextEquals("On"u8));
            json.Read();
            if (isAnswer)
                answer = Closed<Answer>.Read(ref json);
            else if (isDay)
                on = Day(ref json);
        }
        return new(answer ?? throw new FormatException("No answer."), on);
    }

    private static Pay Paid(ref Utf8JsonReader json)
    {
        var (min, max, per, guaranteed) = ((int?)null, (int?)null, default(PayPeriod), false);
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            if (json.ValueTextEquals("Min"u8))
                min = Number(ref json);
            else if (json.ValueTextEquals("Max"u8))
                max = Number(ref json);
            else if (json.ValueTextEquals("Per"u8))
                per = json.Read() ? Closed<PayPeriod>.Read(ref json) : default;
            else if (json.ValueTextEquals("Guaranteed"u8))
                guaranteed = json.Read() && json.GetBoolean();
            else
                throw new FormatException("Pay says more.");
        return new(min, max, per, guaranteed);
    }

    private static int Number(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetInt32();
    }

    // yyyy-MM-dd
    private static DateOnly Day(ref Utf8JsonReader json)
    {
        var day = json.ValueSpan;
        if (day.Length != 10)
            throw new FormatException("No day.");
        static int Digits(ReadOnlySpan<byte> digits)
        {
            var number = 0;
            foreach (var digit in digits)
                number = 10 * number + digit - '0';
            return number;
        }
        return new(Digits(day[..4]), Digits(day[5..7]), Digits(day[8..]));
    }

    private static class Closed<T> where T : struct, Enum
    {
        private static readonly (byte[] Name, T Member)[] Members = [.. Enum.GetValues<T>().Select(member => (Encoding.UTF8.GetBytes(member.ToString()), member))];

        public static T Read(ref Utf8JsonReader json)
        {
            foreach (var (name, member) in Members)
                if (json.ValueTextEquals(name))
                    return member;
            throw new FormatException("No such member.");
        }
    }
}
