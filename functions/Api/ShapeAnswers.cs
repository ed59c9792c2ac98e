using JobMatch.Flows;
using JobMatch.Flows.Shapes;

namespace JobMatch.Functions;

/// <summary>A position as it was posted; a closed one says so.</summary>
public sealed record PositionAnswer : PositionShape
{
    private PositionAnswer(PositionShape shape) : base(shape) { }

    /// <summary>True where it is closed; absent otherwise.</summary>
    public bool? Closed { get; init; }

    internal static PositionAnswer Of(PositionFile file) => new(file.ToShape()) { Closed = file.Facts.Closed ? true : null };
}

/// <summary>A recruitment event as it was put, with how far it is.</summary>
public sealed record EventAnswer : EventShape
{
    private EventAnswer(EventShape shape) : base(shape) { }

    public string Id { get; init; } = "";

    public EventStatus Status { get; init; }

    internal static EventAnswer Of(RecruitmentEvent x) => new(x.ToShape()) { Id = x.Id, Status = x.Status };
}
