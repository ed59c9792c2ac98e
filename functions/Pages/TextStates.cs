using JobMatch.Matching;

namespace JobMatch.Functions.Pages;

/// <summary>How far a text has come, as the person it is for reads it.</summary>
internal static class TextStates
{
    public static Label Of(MessageState state) => state switch
    {
        MessageState.Created => new("not sent yet", "还没有发出"),
        MessageState.Sending or MessageState.Unknown or MessageState.Accepted => new("sent, not known yet whether it arrived", "已发出，还不知道是否送到"),
        MessageState.Delivered => new("arrived", "已送到"),
        MessageState.Failed => new("did not arrive", "没有送到"),
        _ => new("not sent, or never heard of again", "没有发出或没有回音"),
    };
}
