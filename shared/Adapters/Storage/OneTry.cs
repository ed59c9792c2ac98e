using Azure.Core;
using Azure.Core.Pipeline;

namespace JobMatch.Adapters.Storage;

/// <summary>
/// Storage calls that are tried once, within a time limit, and not sent at all after a moment. For a commit whose message
/// already waits hidden in a queue: after that moment plus the limit it is certain that nothing more can arrive.
/// Works through Azure.Core's message properties and policies only, so it works with Azure's own clients too (see AddTo).
/// </summary>
public static class OneTry
{
    private const string Property = "JobMatch.OneTry";

    /// <summary>
    /// Until the result is disposed, calls made in this asynchronous flow are sent at most once and given up after
    /// <paramref name="timeout"/> (TaskCanceledException: whether it arrived is unknown). When the clock has reached
    /// <paramref name="sendBefore"/> just before the wire, after signing, the call is not sent: NotSentException.
    /// </summary>
    /// <param name="timeout">The longest that the one try may take, answer included.</param>
    /// <param name="sendBefore">The first moment at which it is too late to send; null for none.</param>
    /// <param name="clock">The clock that sendBefore was read from; the system's if null.</param>
    public static IDisposable AtMost(TimeSpan timeout, DateTimeOffset? sendBefore = null, TimeProvider? clock = null) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?>
        {
            [Property] = new Limit(timeout, sendBefore, clock ?? TimeProvider.System),
        });

    /// <summary>Makes clients with these options obey AtMost. The options of this folder do so from the start.</summary>
    public static void AddTo(ClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddPolicy(new Once(), HttpPipelinePosition.PerCall);
        options.AddPolicy(new NotTooLate(), HttpPipelinePosition.BeforeTransport);
    }

    private sealed record Limit(TimeSpan Timeout, DateTimeOffset? SendBefore, TimeProvider Clock);

    private static Limit? LimitOf(HttpMessage message) =>
        message.TryGetProperty(Property, out var value) ? value as Limit : null;

    private sealed class Once : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            if (LimitOf(message) is not { } limit)
                return;
            message.NetworkTimeout = limit.Timeout;
            message.ResponseClassifier = new NeverAgain();
        }
    }

    private sealed class NotTooLate : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            if (LimitOf(message) is { SendBefore: { } sendBefore } limit && limit.Clock.GetUtcNow() >= sendBefore)
                throw new NotSentException();
        }
    }

    private sealed class NeverAgain : ResponseClassifier
    {
        public override bool IsRetriableResponse(HttpMessage message) => false;
        public override bool IsRetriableException(Exception exception) => false;
        public override bool IsRetriable(HttpMessage message, Exception exception) => false;
    }
}

/// <summary>A call was not sent, because its moment had passed: storage has certainly not seen it.</summary>
public sealed class NotSentException() : Exception("The storage call was not sent: the moment by which it had to leave has passed.");
