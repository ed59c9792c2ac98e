using System.Text.RegularExpressions;

namespace JobMatch.Flows.Shapes;

/// <summary>Ids that callers choose. They stand in addresses, logs and queues, so they must not be personal.</summary>
public static partial class CallerId
{
    /// <summary>How an id looks, as a regular expression of ECMA-262.</summary>
    public const string Form = "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$";

    /// <summary>What is wrong with an id, or null. <paramref name="field"/> is where the caller wrote it.</summary>
    public static FieldError? Check(string? id, string field = "id") =>
        id is null || !Pattern().IsMatch(id) ? Faults.BadId(field,
            "Use 1 to 63 Latin letters, digits, dots, dashes or underscores, beginning with a letter or a digit.",
            "请使用 1 到 63 个英文字母、数字、点、短横线或下划线，并以字母或数字开头。")
        : LooksPersonal(id) ? Faults.BadId(field,
            "This looks like a phone or an identity number. Choose an id that says nothing about a person.",
            "这像是手机号或身份证号。请换一个不含个人信息的编号。")
        : null;

    /// <summary>
    /// True for a mainland mobile or an identity or disability-certificate number: as the whole id, whatever separates its
    /// digits, or standing in it by itself. A valid social credit code of digits alone is none.
    /// </summary>
    public static bool LooksPersonal(string id)
    {
        var whole = Separators().Replace(id, "");
        return WholePhone().IsMatch(whole) || Phone().IsMatch(id) || Identities(id).Concat(Identities(whole)).Any();
    }

    private static IEnumerable<Match> Identities(string text) =>
        Identity().Matches(text).Where(x => CreditCode.Parse(Separators().Replace(x.Value, "")) is null || BirthDate().IsMatch(Separators().Replace(x.Value, "")));

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z")]
    private static partial Regex Pattern();

    [GeneratedRegex("[._-]")]
    private static partial Regex Separators();

    [GeneratedRegex(@"^(00)?(86)?1[3-9][0-9]{9}\z")]
    private static partial Regex WholePhone();

    [GeneratedRegex(@"(?<![0-9])(00)?(86[._-]?)?1[3-9][0-9][._-]?[0-9]{4}[._-]?[0-9]{4}(?![0-9])")]
    private static partial Regex Phone();

    // 17 digits and a digit or X; a certificate adds category, grade and perhaps B and a count of reissues.
    [GeneratedRegex(@"(?<![0-9])[0-9]{6}[._-]?[0-9]{8}[._-]?[0-9]{3}[0-9Xx]([1-7][1-4])?(?![0-9])")]
    private static partial Regex Identity();

    [GeneratedRegex(@"^[0-9]{6}(18|19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")]
    private static partial Regex BirthDate();
}
