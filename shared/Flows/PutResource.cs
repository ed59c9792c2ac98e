using JobMatch.Matching;

namespace JobMatch.Flows;

/// <summary>Writes what a base lends. What is booked stays booked.</summary>
public sealed class PutResource(IBookings bookings)
{
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<Put<ResourceFile>> Run(Resource wanted, long? ifMatch, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await bookings.Find(wanted.Id, cancel);
            if (Overtaken.By(stored?.Value.Version, ifMatch))
                return new Put<ResourceFile>.Stale(stored?.Value);
            if (stored is { } same && Written.Of(same.Value.Facts) == Written.Of(wanted))
                return new Put<ResourceFile>.Unchanged(same.Value);
            var next = new ResourceFile(wanted, (stored?.Value.Version ?? 0) + 1);
            try
            {
                await bookings.Save(next, stored?.ETag, cancel);
                return stored is null ? new Put<ResourceFile>.Created(next) : new Put<ResourceFile>.Updated(next);
            }
            catch (ConflictException) when (attempt < Put<ResourceFile>.Tries)
            {
            }
        }
    }
}
