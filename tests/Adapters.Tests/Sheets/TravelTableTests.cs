using System.Text;
using JobMatch.Adapters.Sheets;
using JobMatch.Matching;

namespace JobMatch.Adapters.Tests.Sheets;

public class TravelTableTests
{
    private static CodeLists Lists(string text) => CodeLists.Default.With(TravelTable.Read(Encoding.UTF8.GetBytes(text), CodeLists.Default));

    [Fact]
    public void Times_count_for_the_way_they_stand_for_and_for_no_other()
    {
        var lists = Lists("\uFEFFHome,Work,Minutes\r\n500103,500243,45\r\n500103,500107,0\r\n");
        Assert.Equal(new WayMinutes(45, 45), lists.Minutes("500103", "500243"));
        Assert.Equal(new WayMinutes(0, 0), lists.Minutes("500103", "500107"));
        Assert.Equal(CodeLists.Default.Minutes("500243", "500103"), lists.Minutes("500243", "500103"));
    }

    [Theory]
    [InlineData("", "row 1 is the header")]
    [InlineData("from,to,minutes\n500103,500107,35", "Row 1: the header must be home,work,minutes.")]
    [InlineData("home,work,minutes\n500103,500107", "Row 2: there must be three cells")]
    [InlineData("home,work,minutes\n999999,500107,35", "Row 2, home: there is no such district; use a six-digit code")]
    [InlineData("home,work,minutes\n500103,500105,35", "Row 2, work: 500105 went into 500157; name that one.")]
    [InlineData("home,work,minutes\n500103,500107,35 min", "Row 2, minutes: use a whole number from 0 to 1440.")]
    [InlineData("home,work,minutes\n500103,500107,-1", "Row 2, minutes: use a whole number from 0 to 1440.")]
    [InlineData("home,work,minutes\n500103,500107,1441", "Row 2, minutes: use a whole number from 0 to 1440.")]
    [InlineData("home,work,minutes\n500103,500107,35\n500107,500103,40\n500103,500107,36", "Row 4: this way stands in row 2 already; keep one of them.")]
    [InlineData("home,work,minutes\n1,500107,35\n500103,500107,x", "Row 2, home: there is no such district; use a six-digit code of the list, such as 500103. Row 3, minutes:")]
    public void What_is_wrong_is_told_by_row_and_column_with_what_would_be_right(string text, string told) =>
        Assert.Contains(told, Assert.Throws<FormatException>(() => Lists(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Ten_faults_are_told_and_how_many_more_there_are()
    {
        var rows = CodeLists.Default.Districts.Where(x => !x.Merged).Take(12).Select(x => $"\n500103,{x.Code},long");
        Assert.EndsWith("And 2 more.", Assert.Throws<FormatException>(() => Lists("home,work,minutes" + string.Concat(rows))).Message, StringComparison.Ordinal);
    }
}
