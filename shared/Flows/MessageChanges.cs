using System.Security.Cryptography;
using System.Text;
using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>How every flow writes what happened to a message.</summary>
internal static class MessageChanges
{
    private const int Tries = 10;

    /// <summary>
    /// Writes a change, deciding again whenever somebody else wrote first: a receipt may come before our own save.
    /// </summary>
    /// <param name="stored">As read; stale is fine.</param>
    /// <param name="change">Gives the same object back where nothing is to be written.</param>
    /// <returns>The message as it stands, and its version.</returns>
    public static async Task<Stored<Message>> Change(this IMessages messages, Stored<Message> stored, Func<Message, Message> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var next = change(stored.Value);
            if (ReferenceEquals(next, stored.Value))
                return stored;
            try
            {
                return new(next, await messages.Save(next, stored.ETag, cancel));
            }
            catch (ConflictException) when (attempt < Tries)
            {
                stored = await messages.Find(next.Id, cancel) ?? throw new ConflictException("A message");
            }
        }
    }

    /// <summary>Applies a receipt and keeps it; once, however often it comes.</summary>
    /// <param name="arrived">Counts where the vendor names no time.</param>
    public static async Task Apply(
        this IMessages messages, Stored<Message> stored, GatewayReport report, DateTimeOffset arrived, DateTimeOffset now, CancellationToken cancel)
    {
        var receipt = new Receipt(KeyOf(report), report.Delivered, report.Code, report.At ?? arrived);
        for (var attempt = 1; ; attempt++)
        {
            var next = stored.Value.After(report.Delivered ? Happening.Arrived : Happening.WillNotArrive, now, report.Delivered ? null : report.Code);
            try
            {
                await messages.Save(next with { VendorId = next.VendorId ?? report.VendorId }, stored.ETag, receipt, cancel);
                return;
            }
            catch (ConflictException) when (attempt < Tries)
            {
                stored = await messages.Find(next.Id, cancel) ?? throw new ConflictException("A message");
            }
        }
    }

    /// <summary>What a message's phone is recognised by; bound to the message, so that two messages cannot be linked by it.</summary>
    public static ValueTask<string> OfPhone(this IKeyedHash hash, MessageId id, string phone, CancellationToken cancel) =>
        hash.Of("message phone", $"{id}|{phone}", cancel);

    /// <summary>The person behind a subject id; null after erasure.</summary>
    public static async Task<Stored<SeekerFile>?> BySubject(this ISeekers seekers, string subject, CancellationToken cancel) =>
        await seekers.IdOf(subject, cancel) is { } id ? await seekers.Find(id, cancel) : null;

    private static string KeyOf(GatewayReport report) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{report.VendorId}|{report.OutId}|{report.Delivered}|{report.Code}|{report.At?.UtcTicks}")).AsSpan(0, 16));
}
