using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>What the groups of accommodations are called on pages.</summary>
internal static class Groups
{
    public static Label LabelOf(string group) => group switch
    {
        "COMMUNICATION" => new("Talking and hearing", "沟通"),
        "INFORMATION" => new("Reading and computers", "阅读和电脑"),
        "WORKPLACE" => new("The workplace", "工作场所"),
        "EQUIPMENT" => new("Tools and equipment", "工具设备"),
        "TIME" => new("Working time", "工作时间"),
        "TASK" => new("Tasks", "工作任务"),
        "SUPPORT" => new("Support by people", "人员支持"),
        "PLACE_TRAVEL" => new("Place and travel", "地点和出行"),
        _ => new("Applying for the job", "应聘过程"),
    };
}
