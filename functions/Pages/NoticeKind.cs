namespace JobMatch.Functions.Pages;

/// <summary>Why a page is not what was asked for.</summary>
public enum NoticeKind { NotFound, Forbidden, NotYourDuty, Failed }
