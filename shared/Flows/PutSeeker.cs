using System.Security.Cryptography;

namespace JobMatch.Flows;

/// <summary>Registers a seeker or replaces what is held, and lets the index know.</summary>
public sealed class PutSeeker(ISeekers seekers, IMarket market, IGroups groups, IErasures erasures, IWork work, TimeProvider time)
{
    /// <param name="wanted">
    /// What the caller says of the person; <c>Facts.Id</c>, versions and times are ignored and filled in here.
    /// </param>
    /// <param name="ifMatch">The version that the caller read; null = whichever stands.</param>
    /// <param name="imported">An import gives a withdrawn consent again only with a later date.</param>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    public async Task<Put<SeekerFile>> Run(SeekerFile wanted, long? ifMatch, bool imported, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var stored = await seekers.Find(wanted.Id, cancel);
            if (Overtaken.By(stored?.Value.Version, ifMatch))
                return new Put<SeekerFile>.Stale(stored?.Value);
            if (stored is null && imported && await erasures.Last(wanted.Id, cancel) is { } erased && !Since(wanted.Consent, People.DayOf(erased.At)))
                return new Put<SeekerFile>.Erased();
            var next = Next(stored?.Value, wanted, imported, time.GetUtcNow());
            if (stored is { } same && SameSaid(same.Value, next))
            {
                // Whoever wrote it may have died before the index row, and this caller is told that it is there.
                if (!await market.Holds(same.Value.Facts.Id, same.Value.Version, cancel))
                    await Index(same.Value, cancel);
                return new Put<SeekerFile>.Unchanged(same.Value);
            }
            try
            {
                await Commit(next, stored?.ETag, cancel);
                return stored is null ? new Put<SeekerFile>.Created(next) : new Put<SeekerFile>.Updated(next);
            }
            catch (ConflictException) when (attempt < Put<SeekerFile>.Tries)
            {
            }
        }
    }

    /// <summary>Changes a person as they stand, again where somebody else wrote in between.</summary>
    /// <param name="change">Gives back the very same where there is nothing to change.</param>
    /// <returns>As they stand then; null where there is no such person.</returns>
    /// <exception cref="ConflictException">Five races lost in a row.</exception>
    internal async Task<SeekerFile?> Change(string seeker, Func<SeekerFile, SeekerFile> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await seekers.Find(seeker, cancel) is not { } stored)
                return null;
            var next = change(stored.Value);
            if (ReferenceEquals(next, stored.Value))
                return next;
            next = next with { Version = stored.Value.Version + 1, ChangedAt = time.GetUtcNow() };
            try
            {
                await Commit(next, stored.ETag, cancel);
                return next;
            }
            catch (ConflictException) when (attempt < Put<SeekerFile>.Tries)
            {
            }
        }
    }

    /// <summary>The same for what the person chose for themselves.</summary>
    internal Task<SeekerFile?> Choose(string seeker, Func<OwnChoices, OwnChoices> choose, CancellationToken cancel) => Change(
        seeker, file => choose(file.Own) is var own && ReferenceEquals(own, file.Own) ? file : file with { Own = own }, cancel);

    /// <summary>Writes a version and lets the index know; the message that was put first makes good for a crash in between.</summary>
    private async Task Commit(SeekerFile next, string? etag, CancellationToken cancel)
    {
        var body = new WorkItem(WorkKind.SeekerChanged, next.Facts.Id, next.Version).ToBody();
        var hidden = await work.Commit(Queues.Work, body, () => seekers.Save(next, etag, cancel), cancel);
        await work.Follow(hidden, () => Index(next, cancel), cancel);
    }

    // What the index holds has been noted in both.
    private async Task Index(SeekerFile file, CancellationToken cancel)
    {
        await groups.Put(file, cancel);
        await market.Put(file, cancel);
    }

    /// <summary>The file as it will stand: identity and history kept, withdrawals remembered.</summary>
    internal static SeekerFile Next(SeekerFile? current, SeekerFile wanted, bool imported, DateTimeOffset now)
    {
        var consent = imported && current is not null ? LaterThan(current.Withdrawn, current.Consent, wanted.Consent) : wanted.Consent;
        var optIn = consent.Sms is { } day && current?.OptedOutAt is { } left && day > People.DayOf(left);
        return wanted with
        {
            Version = (current?.Version ?? 0) + 1,
            Facts = wanted.Facts with { Id = current?.Facts.Id ?? NewSubject(), Declines = current?.Facts.Declines ?? wanted.Facts.Declines, DeclinedBy = current?.Facts.DeclinedBy },
            WhyDeclined = current?.WhyDeclined ?? wanted.WhyDeclined,
            Interests = current?.Interests ?? wanted.Interests,
            SoughtBy = current?.SoughtBy ?? wanted.SoughtBy,
            Releases = current?.Releases ?? wanted.Releases,
            Own = current?.Own ?? wanted.Own,
            Consent = consent,
            Withdrawn = current is null ? wanted.Withdrawn : Withdrawals(current, consent, People.DayOf(now)),
            OptedOutAt = optIn ? null : current?.OptedOutAt,
            OptedInAt = current?.OptedInAt,
            FirstPut = current?.FirstPut ?? now,
            ChangedAt = now,
        };
    }

    private static bool Since(Consents said, DateOnly day) =>
        said.Matching > day || said.Sms > day || said.Employers > day || said.Statistics > day;

    private static Consents LaterThan(Consents withdrawn, Consents held, Consents said)
    {
        static DateOnly? Pick(DateOnly? withdrawn, DateOnly? held, DateOnly? said) => said is not null && withdrawn is not null && said <= withdrawn ? held : said;
        return new(
            Pick(withdrawn.Matching, held.Matching, said.Matching), Pick(withdrawn.Sms, held.Sms, said.Sms),
            Pick(withdrawn.Employers, held.Employers, said.Employers), Pick(withdrawn.Statistics, held.Statistics, said.Statistics));
    }

    private static Consents Withdrawals(SeekerFile current, Consents now, DateOnly today)
    {
        static DateOnly? Pick(DateOnly? before, DateOnly? held, DateOnly? now, DateOnly today) => held is not null && now is null ? today : before;
        var (was, held) = (current.Withdrawn, current.Consent);
        return new(
            Pick(was.Matching, held.Matching, now.Matching, today), Pick(was.Sms, held.Sms, now.Sms, today),
            Pick(was.Employers, held.Employers, now.Employers, today), Pick(was.Statistics, held.Statistics, now.Statistics, today));
    }

    private static bool SameSaid(SeekerFile before, SeekerFile after) =>
        Written.Of(before with { Version = 0, ChangedAt = default }) == Written.Of(after with { Version = 0, ChangedAt = default });

    // 128 bits from the system: the id by which every other table knows the person says nothing about them.
    private static string NewSubject() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
