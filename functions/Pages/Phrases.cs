using System.Text;
using System.Text.RegularExpressions;
using JobMatch.Matching;
using Match = System.Text.RegularExpressions.Match;

namespace JobMatch.Functions.Pages;

/// <summary>
/// Marks in a finished page which words are of the other language, so that a voice reads them right: what people typed (titles,
/// names, addresses) stands among our own words wherever it is shown. WCAG 3.1.2.
/// </summary>
public static partial class Phrases
{
    /// <summary>Elements without an end.</summary>
    private static readonly HashSet<string> Void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

    /// <summary>Elements whose text is no text of the page, or can hold no element.</summary>
    private static readonly HashSet<string> Raw = ["script", "style", "title", "textarea"];

    /// <param name="html">Well-formed: every element that needs an end has one, and what is written in it is encoded.</param>
    public static string Mark(string html)
    {
        var marked = new StringBuilder(html.Length + 256);
        var open = new Stack<(string Name, string Lang)>();
        string? raw = null;
        var at = 0;
        foreach (Match tag in Tags().Matches(html))
        {
            var text = html.AsSpan(at, tag.Index - at);
            at = tag.Index + tag.Length;
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            var ends = tag.ValueSpan.StartsWith("</", StringComparison.Ordinal);
            if (raw is not null && !(ends && name == raw))
            {
                marked.Append(text).Append(tag.ValueSpan);
                continue;
            }
            var lang = open.TryPeek(out var around) ? around.Lang : "";
            if (raw is not null || around.Name == "option")
                marked.Append(text);
            else
                Mark(text.ToString(), lang, marked);
            raw = null;
            if (name.Length == 0 || ends)
            {
                marked.Append(tag.ValueSpan);
                while (ends && open.TryPop(out var closed) && closed.Name != name)
                {
                }
                continue;
            }
            if (Lang().Match(tag.Value) is { Success: true } stated)
                lang = stated.Groups[1].Value;
            else if (name == "option" && Foreign(Following(html, at), lang) is { } foreign)
            {
                marked.Append("<option lang=\"").Append(foreign).Append('"').Append(tag.ValueSpan["<option".Length..]);
                open.Push((name, foreign));
                continue;
            }
            marked.Append(tag.ValueSpan);
            if (Void.Contains(name) || tag.ValueSpan.EndsWith("/>", StringComparison.Ordinal))
                continue;
            open.Push((name, lang));
            raw = Raw.Contains(name) ? name : null;
        }
        return marked.Append(html.AsSpan(at)).ToString();
    }

    private static void Mark(string text, string lang, StringBuilder marked)
    {
        var (phrases, other) = Other(lang);
        if (phrases is null)
        {
            marked.Append(text);
            return;
        }
        var at = 0;
        foreach (Match phrase in phrases.Matches(text))
        {
            marked.Append(text.AsSpan(at, phrase.Index - at)).Append("<span lang=\"").Append(other).Append("\">").Append(phrase.ValueSpan).Append("</span>");
            at = phrase.Index + phrase.Length;
        }
        marked.Append(text.AsSpan(at));
    }

    // An option can hold no element. A Chinese voice reads Latin letters; an English one reads no Chinese.
    private static string? Foreign(string text, string lang) =>
        Other(lang) is ({ } phrases, var other) && phrases.IsMatch(text) && (lang.StartsWith("en", StringComparison.Ordinal) || !Chinese().IsMatch(text)) ? other : null;

    private static string Following(string html, int at) => html.IndexOf('<', at) is > 0 and var end ? html[at..end] : "";

    private static (Regex? Phrases, string Other) Other(string lang) =>
        lang.StartsWith("zh", StringComparison.Ordinal) ? (Latin(), Languages.Tag(Language.English))
        : lang.StartsWith("en", StringComparison.Ordinal) ? (Chinese(), Languages.Tag(Language.Chinese))
        : (null, "");

    [GeneratedRegex("""<(?:!--.*?--|![^>]*|/?(?<name>[A-Za-z][A-Za-z0-9-]*)(?:"[^"]*"|'[^']*'|[^>"'])*)>""", RegexOptions.Singleline)]
    private static partial Regex Tags();

    [GeneratedRegex("""\slang="([^"]*)"(?=[\s/>])""")]
    private static partial Regex Lang();

    /// <summary>From the first Chinese character to the last, with digits and signs between them.</summary>
    [GeneratedRegex("[\u3400-\u9fff](?:[^A-Za-z\u3400-\u9fff&<>]*[\u3400-\u9fff\u3001-\u3011\uff01-\uff5e])*")]
    private static partial Regex Chinese();

    /// <summary>Two words or more: a single one among Chinese is a name or a unit.</summary>
    [GeneratedRegex("[A-Za-z][A-Za-z'’-]+(?:(?:, | & |[ .])[A-Za-z][A-Za-z'’-]+)+")]
    private static partial Regex Latin();
}
