using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>What pages call records and their words.</summary>
internal static class ProgrammeWords
{
    /// <summary>By its own name, the person's, or its id.</summary>
    public static string NameOf(ListedRecord one, Func<string, string, string> t) =>
        one.File.Facts.Title ?? one.Person?.Name ?? one.Person?.Id ?? (one.File.Facts.Participant is null ? one.File.Facts.Id : t("已删除", "Erased"));

    /// <summary>A stretch of time as people write it.</summary>
    public static string Time(PageFrame frame, Interval when)
    {
        var (from, to) = (when.From.ToOffset(People.Offset), when.To.ToOffset(People.Offset));
        return from.Date == to.Date ? $"{frame.Moment(from)}–{to:HH:mm}" : $"{frame.Moment(from)} – {frame.Moment(to)}";
    }

    public static Option[] Choices(IEnumerable<ProgrammeWord> words, Func<string, string, string> t) =>
        [new("", t("请选择", "Please choose")), .. words.Select(word => new Option(word.Code, t(word.Label.Zh, word.Label.En)))];
}
