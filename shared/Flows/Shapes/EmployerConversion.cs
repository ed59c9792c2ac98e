using JobMatch.Matching;

namespace JobMatch.Flows.Shapes;

/// <summary>An employer's shape as what is stored, and back.</summary>
public static class EmployerConversion
{
    /// <summary>The employer as the shape says it; version and site check are left for <see cref="PutEmployer"/>.</summary>
    public static Reading<Employer> ToEmployer(this EmployerShape shape, string id)
    {
        var found = new Findings(CodeLists.Default, default);
        found.Say(CallerId.Check(id));
        return found.With(new Employer
        {
            Id = id,
            Name = shape.Name ?? "",
            CreditCode = CodeOf(shape.CreditCode, found),
            Contacts = [.. (shape.Contacts ?? []).Index().Select(x => Contact(x.Item, $"contacts[{x.Index}]", found))],
            Approved = shape.Approved ?? false,
        });
    }

    /// <summary>What was put, as stored.</summary>
    public static EmployerShape ToShape(this Employer employer) => new()
    {
        Name = employer.Name,
        CreditCode = employer.CreditCode,
        Contacts = [.. employer.Contacts.Select(x => new EmployerContactShape { Name = x.Name, Phone = x.Phone, Email = x.Email })],
        Approved = employer.Approved,
    };

    private static string? CodeOf(string? text, Findings found)
    {
        var code = text is null ? null : CreditCode.Parse(text);
        if (code is null && text is not null)
            found.Say(Faults.BadCreditCode("creditCode"));
        return code;
    }

    private static EmployerContact Contact(EmployerContactShape shape, string field, Findings found)
    {
        if (shape.Email is { } email && !(email.Split('@') is [{ Length: > 0 }, { Length: > 2 } domain] && domain.Contains('.', StringComparison.Ordinal) && !email.Any(char.IsWhiteSpace)))
            found.Say(Faults.WrongType($"{field}.email", new("an e-mail address, such as name@example.org", "电子邮箱，例如 name@example.org")));
        return new(shape.Name ?? "", found.Phone(shape.Phone, $"{field}.phone") ?? "", shape.Email);
    }
}
