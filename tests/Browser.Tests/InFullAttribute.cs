using System.Reflection;
using Xunit.Sdk;

namespace JobMatch.Browser.Tests;

/// <summary>A row that only the whole matrix has, <c>JOBMATCH_MATRIX=full</c>: a quick run takes a journey one way.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class InFullAttribute(params object[] row) : DataAttribute
{
    public static bool Whole => Environment.GetEnvironmentVariable("JOBMATCH_MATRIX") == "full";

    public object[] Row => row;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Whole ? [row] : [];
}
