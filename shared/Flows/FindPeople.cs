using System.Text;
using JobMatch.Flows.Shapes;

namespace JobMatch.Flows;

/// <summary>
/// Finds people by what they say of themselves at the desk: their phone, their id here, or their whole name. Nothing in between,
/// since names and numbers are kept so that only an equal one finds them.
/// </summary>
public sealed class FindPeople(ISeekers seekers)
{
    /// <summary>How many are shown at most; the rest has to be told apart by phone.</summary>
    public const int Most = 20;

    public async Task<Ranked<SeekerFile>> Run(string asked, CancellationToken cancel)
    {
        asked = asked.Trim();
        var ids = new List<string>();
        if (PhoneNumber.Parse(asked) is { } phone)
            ids.AddRange(await seekers.ByPhone(phone, cancel));
        else if (CallerId.Check(asked) is null)
            ids.Add(asked);
        if (NameOf(asked).Length > 0)
            ids.AddRange(await seekers.ByName(asked, cancel));
        List<SeekerFile> found = [];
        var all = ids.Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var id in all.Take(Most))
            if (await seekers.Find(id, cancel) is { } stored)
                found.Add(stored.Value);
        return new(found, all.Count <= Most ? found.Count : all.Count);
    }

    /// <summary>A name as it is compared: without blanks, full-width letters as narrow ones, all in capitals.</summary>
    public static string NameOf(string name) => string.Concat(name.Normalize(NormalizationForm.FormKC).Where(letter => !char.IsWhiteSpace(letter))).ToUpperInvariant();
}
