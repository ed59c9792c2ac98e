namespace JobMatch.Functions.Demo;

/// <summary>How far the demonstration's data is; told by <c>/health/ready</c>.</summary>
public sealed class DemoState
{
    public DemoStage Stage { get; set; }
}

public enum DemoStage { None, Loading, Done }
