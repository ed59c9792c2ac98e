using System.Text;
using System.Text.RegularExpressions;
using JobMatch.Flows;

namespace JobMatch.Adapters.Gateways;

/// <summary>
/// The templates that a vendor has approved: code → text, its variables as <c>${name}</c> or <c>{1}</c>. A finished text is
/// sent by the template whose fixed words it has, and the variables take what stands between: however that is cut, the vendor
/// puts the same text together again.
/// </summary>
public sealed partial class VendorTemplates : Dictionary<string, string>
{
    private readonly Lock gate = new();
    private List<(string Code, Regex Form, IReadOnlyList<string> Variables)>? forms;

    /// <summary>The template for a text and its variables' values in their order; null where none has its words.</summary>
    internal (string Code, IReadOnlyList<(string Name, string Value)> Values)? Find(string text)
    {
        foreach (var (code, form, variables) in Forms())
            if (form.Match(text) is { Success: true } match)
                return (code, [.. variables.Select((name, index) => (name, match.Groups[index + 1].Value))]);
        return null;
    }

    internal static Sent Missing => new Sent.Refused("noTemplate", "no template has the words of this text");

    // The most fixed words first, so that a template that is little but a variable is the last resort.
    private List<(string Code, Regex Form, IReadOnlyList<string> Variables)> Forms()
    {
        lock (gate)
            return forms ??= [.. this.OrderByDescending(template => Variable().Replace(template.Value, "").Length).Select(template => Form(template.Key, template.Value))];
    }

    private static (string Code, Regex Form, IReadOnlyList<string> Variables) Form(string code, string text)
    {
        var pattern = new StringBuilder("^");
        var from = 0;
        foreach (Match variable in Variable().Matches(text))
        {
            pattern.Append(Regex.Escape(text[from..variable.Index])).Append("(.+?)");
            from = variable.Index + variable.Length;
        }
        pattern.Append(Regex.Escape(text[from..])).Append('$');
        return (code, new(pattern.ToString(), RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking), [.. Variable().Matches(text).Select(variable => variable.Groups[1].Value)]);
    }

    [GeneratedRegex(@"\$?\{(\w+)\}")]
    private static partial Regex Variable();
}
