namespace JobMatch.Flows;

/// <summary>Whether a receipt fits a message of ours.</summary>
public enum Fit { Applied, NoMessage, OtherPhone }

/// <summary>
/// Applies one receipt. Receipts carry no signature: one counts only for a message whose unguessable id or vendor id it
/// names and whose phone it names too.
/// </summary>
public sealed class TakeReceipt(IMessages messages, IKeyedHash hash, TimeProvider time)
{
    public async Task<Fit> Run(string gateway, GatewayReport report, DateTimeOffset arrived, CancellationToken cancel)
    {
        var known = false;
        foreach (var id in await Candidates(gateway, report, cancel))
        {
            if (await messages.Find(id, cancel) is not { } stored)
                continue;
            known = true;
            if (stored.Value.PhoneHash != await hash.OfPhone(id, report.Phone, cancel))
                continue;
            await messages.Apply(stored, report, arrived, time.GetUtcNow(), cancel);
            return Fit.Applied;
        }
        return known ? Fit.OtherPhone : Fit.NoMessage;
    }

    private async Task<IReadOnlyList<MessageId>> Candidates(string gateway, GatewayReport report, CancellationToken cancel) =>
        MessageId.TryParse(report.OutId, out var id) ? [id]
        : report.VendorId is { } vendorId ? await messages.ByVendorId(gateway, vendorId, cancel)
        : [];
}
