using System.Text;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Rows;

internal enum IndexKind
{
    Seeker,
    Position,

    /// <summary>A person who is stored and has not agreed to be matched; only that they exist.</summary>
    Unmatched,

    /// <summary>A tombstone: closed or erased.</summary>
    Gone,
}

[Flags]
internal enum IndexFlags
{
    None = 0,
    Sms = 1,
    Shown = 2,
    OptedOut = 4,
    Words = 8,
    English = 16,
    Interested = 32,
    Uninvited = 64,
    EasyRead = 128,
}

/// <summary>One seeker or position of the index at one version, from a change row or a snapshot's chunk.</summary>
/// <param name="At">When the change was written, by storage's clock; how long a tombstone is kept counts from it.</param>
internal sealed record IndexRow(IndexKind Kind, string Source, long Version, DateTimeOffset At)
{
    public IndexFlags Flags { get; init; }

    /// <summary>Whose position it is.</summary>
    public string Employer { get; init; } = "";

    /// <summary>The facts as <see cref="Written"/> writes them, in UTF-8; a seeker's without free words.</summary>
    public ReadOnlyMemory<byte> Facts { get; init; }

    /// <summary>A seeker's free words; sealed wherever they are stored.</summary>
    public string? Words { get; init; }

    public Seeker ToSeeker()
    {
        var facts = Written.Read<Seeker>(Facts.Span);
        return Words is null ? facts : facts.WithFreeText(Words);
    }

    public Position ToPosition() => Written.Read<Position>(Facts.Span);

    public MarketSeeker ToMarketSeeker() => new(
        Source, ToSeeker, Version, Flags.HasFlag(IndexFlags.Sms), Flags.HasFlag(IndexFlags.Shown), Flags.HasFlag(IndexFlags.OptedOut), Flags.HasFlag(IndexFlags.English), Flags.HasFlag(IndexFlags.Interested),
        Flags.HasFlag(IndexFlags.Uninvited), Flags.HasFlag(IndexFlags.EasyRead));

    public MarketPosition ToMarketPosition() => new(Source, ToPosition, Version, Employer);

    public static IndexRow Of(SeekerFile file, DateTimeOffset at) => !file.MayBeMatched()
        ? new(IndexKind.Unmatched, file.Facts.Id, file.Version, at)
        : new(IndexKind.Seeker, file.Facts.Id, file.Version, at)
        {
            Flags = (file.MayBeTexted() ? IndexFlags.Sms : 0) | (file.Consent.Employers is not null ? IndexFlags.Shown : 0) | (file.OptedOutAt is not null ? IndexFlags.OptedOut : 0)
                | (People.LanguageOf(file.Language) == Language.English ? IndexFlags.English : 0) | (file.Interests.Count > 0 ? IndexFlags.Interested : 0)
                | (file.Wants(TextKind.Invitation) ? 0 : IndexFlags.Uninvited) | (Voice.Of(file).EasyRead ? IndexFlags.EasyRead : 0),
            Facts = Encoding.UTF8.GetBytes(Written.Of(file.Facts.WithoutFreeText())),
            Words = file.Facts.HasFreeText() ? file.Facts.FreeText() : null,
        };

    /// <summary>No version that is written late is higher.</summary>
    public static IndexRow Erased(string subject, DateTimeOffset at) => new(IndexKind.Gone, subject, long.MaxValue, at);

    public static IndexRow Of(PositionFile file, DateTimeOffset at) => file.Facts.Closed
        ? new(IndexKind.Gone, file.Id, file.Version, at)
        : new(IndexKind.Position, file.Id, file.Version, at) { Employer = file.Employer, Facts = Encoding.UTF8.GetBytes(Written.Of(file.Facts)) };
}

/// <summary>
/// Many index rows as bytes, one after the other: kind, version, time, source, flags, employer, facts. Facts stay the text that
/// a change row holds, so that a field added to a record needs nothing here, and are not parsed on the way.
/// </summary>
internal static class IndexChunk
{
    /// <summary>What a row takes at most; free words count threefold, since they are sealed beside the rows, as text.</summary>
    public static int SizeOf(IndexRow row) =>
        40 + Encoding.UTF8.GetByteCount(row.Source) + Encoding.UTF8.GetByteCount(row.Employer) + row.Facts.Length + 3 * Encoding.UTF8.GetByteCount(row.Words ?? "");

    public static byte[] Write(IEnumerable<IndexRow> rows)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var row in rows)
        {
            writer.Write((byte)row.Kind);
            writer.Write7BitEncodedInt64(row.Version);
            writer.Write7BitEncodedInt64(row.At.UtcTicks);
            writer.Write(row.Source);
            writer.Write((byte)(row.Flags | (row.Words is null ? 0 : IndexFlags.Words)));
            writer.Write(row.Employer);
            writer.Write7BitEncodedInt(row.Facts.Length);
            writer.Write(row.Facts.Span);
        }
        return bytes.ToArray();
    }

    /// <param name="words">The free words of those rows that have some, in order.</param>
    public static List<IndexRow> Read(byte[] chunk, IReadOnlyList<string> words)
    {
        using var bytes = new MemoryStream(chunk);
        using var reader = new BinaryReader(bytes);
        var (rows, spoken) = (new List<IndexRow>(), 0);
        while (bytes.Position < bytes.Length)
        {
            var (kind, version, at) = ((IndexKind)reader.ReadByte(), reader.Read7BitEncodedInt64(), new DateTimeOffset(reader.Read7BitEncodedInt64(), TimeSpan.Zero));
            var (source, flags, employer, length) = (reader.ReadString(), (IndexFlags)reader.ReadByte(), reader.ReadString(), reader.Read7BitEncodedInt());
            rows.Add(new(kind, source, version, at)
            {
                Flags = flags & ~IndexFlags.Words,
                Employer = employer,
                Facts = chunk.AsMemory((int)bytes.Position, length),
                Words = flags.HasFlag(IndexFlags.Words) ? words[spoken++] : null,
            });
            bytes.Position += length;
        }
        return rows;
    }
}

/// <summary>A seeker's free words: kept apart from the codes wherever a row holds the facts.</summary>
public static class FreeTexts
{
    private sealed record Words(IReadOnlyList<string>? Skills, IReadOnlyList<string>? Occupations);

    public static bool HasFreeText(this Seeker seeker) =>
        (seeker.Skills ?? []).Concat(seeker.Occupations ?? []).Any(entry => !CodeLists.IsCode(entry));

    /// <summary>Skills and occupations with their free words, in order, as one text.</summary>
    public static string FreeText(this Seeker seeker) => Written.Of(new Words(seeker.Skills, seeker.Occupations));

    /// <summary>The facts with codes only.</summary>
    public static Seeker WithoutFreeText(this Seeker seeker) => seeker with
    {
        Skills = seeker.Skills is { } skills ? [.. skills.Where(CodeLists.IsCode)] : null,
        Occupations = seeker.Occupations is { } occupations ? [.. occupations.Where(CodeLists.IsCode)] : null,
    };

    public static Seeker WithFreeText(this Seeker seeker, string text)
    {
        var words = Written.Read<Words>(text);
        return seeker with { Skills = words.Skills, Occupations = words.Occupations };
    }
}
