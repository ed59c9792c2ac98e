using System.Globalization;
using System.Text;
using System.Text.Json;

namespace JobMatch.Flows.Shapes;

/// <summary>What people type, made comparable: trimmed, composed, without characters that cannot be seen.</summary>
public static class CleanText
{
    // The globalization-invariant mode leaves string.Normalize without data; these are the accented letters of names and
    // pinyin, which some keyboards send as a letter and a mark. Per mark: letter, then the composed letter.
    private static readonly Dictionary<(char Letter, char Mark), char> Composed = new (char Mark, string Pairs)[]
    {
        ('\u0300', "aàeèiìoòuùAÀEÈIÌOÒUÙüǜÜǛnǹNǸ"),
        ('\u0301', "aáeéiíoóuúyýcćnńsśzźlĺrŕAÁEÉIÍOÓUÚYÝCĆNŃSŚZŹüǘÜǗ"),
        ('\u0302', "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷAÂEÊIÎOÔUÛ"),
        ('\u0303', "aãnñoõiĩuũAÃNÑOÕIĨUŨ"),
        ('\u0304', "aāeēiīoōuūAĀEĒIĪOŌUŪüǖÜǕ"),
        ('\u0306', "aăgğAĂGĞ"),
        ('\u0308', "aäeëiïoöuüyÿAÄEËIÏOÖUÜ"),
        ('\u030A', "aåuůAÅUŮ"),
        ('\u030B', "oőuűOŐUŰ"),
        ('\u030C', "aǎeěiǐoǒuǔcčdďnňrřsštťzžAǍEĚIǏOǑUǓCČSŠZŽüǚÜǙ"),
        ('\u0327', "cçsşCÇSŞ"),
        ('\u0328', "aąeęAĄEĘ"),
    }.SelectMany(x => x.Pairs.Chunk(2).Select(pair => ((pair[0], x.Mark), pair[1]))).ToDictionary(x => x.Item1, x => x.Item2);

    /// <summary>
    /// Trims, composes and unifies line ends. Null for text that holds what cannot be seen: control characters, marks that
    /// turn the direction of reading, halves of characters. Lines and tabs pass only where <paramref name="lines"/> says so.
    /// </summary>
    public static string? Of(string text, bool lines = false)
    {
        var clean = new StringBuilder(text.Length);
        var trimmed = text.Replace("\r\n", "\n", StringComparison.Ordinal).Trim(Blank);
        for (var i = 0; i < trimmed.Length; i++)
        {
            var c = trimmed[i];
            if (clean.Length > 0 && Composed.TryGetValue((clean[^1], c), out var composed))
                clean[^1] = composed;
            else if (char.IsHighSurrogate(c) && i + 1 < trimmed.Length && char.IsLowSurrogate(trimmed[i + 1]))
                clean.Append(c).Append(trimmed[++i]);
            else if (Unseen(c) && !(lines && c is '\n' or '\t'))
                return null;
            else
                clean.Append(c);
        }
        return clean.ToString();
    }

    /// <summary>The text of a JSON string, as <see cref="Of"/>; null also where the JSON escapes half of a character.</summary>
    public static string? OfJson(JsonElement json)
    {
        try
        {
            return json.GetString() is { } text ? Of(text) : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Characters as people count them, code points: a rare name's character is one.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    /// <summary>Full-width digits, letters and signs as half-width ones, the wide space as a space. For codes, numbers, phones and dates, not for prose.</summary>
    public static string HalfWidth(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = source[i] switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(source[i] - 0xFEE0),
                '\u3000' or '\u00A0' => ' ',
                var c => c,
            };
    });

    private static readonly char[] Blank = [' ', '\t', '\n', '\r', '\v', '\f', '\u0085', '\u00A0', '\u2028', '\u2029', '\u3000', '\u200B', '\uFEFF'];

    private static bool Unseen(char c) =>
        char.IsControl(c) || char.IsSurrogate(c) || c is >= '\u2028' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\uFFFE' or '\uFFFF'
        || char.GetUnicodeCategory(c) is UnicodeCategory.OtherNotAssigned && c >= '\uFDD0' && c <= '\uFDEF';
}
