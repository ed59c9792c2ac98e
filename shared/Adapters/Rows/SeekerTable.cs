using Azure;
using JobMatch.Adapters.Secrets;
using JobMatch.Adapters.Storage;
using JobMatch.Flows;
using JobMatch.Matching;

namespace JobMatch.Adapters.Rows;

/// <summary>
/// People. One person is one partition of <c>Seekers</c>: <c>profile</c>, <c>key</c> (their data key, wrapped) and what else
/// is held about them. <c>Subjects</c> is the one way back from a subject id; <c>PhoneIndex</c> finds people by keyed
/// hash of their phone, in partitions <c>name|…</c> of their name, and in <c>helper|…</c> of their helpers' phones.
/// </summary>
public sealed class SeekerTable(TableClient seekers, TableClient subjects, TableClient phones, DataKeys keys, PhoneHash hash) : ISeekers
{
    public const string ProfileRow = "profile";
    public const string KeyRow = "key";

    public async Task<Stored<SeekerFile>?> Find(string id, CancellationToken cancel)
    {
        var (profile, wrapped) = await Rows(id, cancel);
        if (profile is null || wrapped is null)
            return null;
        return new(profile.ToSeeker(await keys.Open(wrapped, cancel), seekers.Name), profile.ETag.ToString());
    }

    public async Task<string?> IdOf(string subject, CancellationToken cancel) =>
        (await subjects.FindRow(Bucket(subject), subject, cancel))?.GetString("Id");

    // The person's own row decides: an index may hold one that was never written, or lack who did not consent to matching.
    public async Task<IReadOnlyDictionary<DateOnly, int>> CountByMonth(CancellationToken cancel)
    {
        var months = new Dictionary<DateOnly, int>();
        await foreach (var row in seekers.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"RowKey eq {ProfileRow}"), select: ["FirstPut"], cancellationToken: cancel))
        {
            var month = People.MonthOf(People.DayOf(row.GetDateTimeOffset("FirstPut")!.Value));
            months[month] = months.GetValueOrDefault(month) + 1;
        }
        return months;
    }

    public async Task<IReadOnlyList<string>> ByPhone(string phone, CancellationToken cancel)
    {
        var key = await hash.Of(phone, cancel);
        var found = new List<string>();
        // } follows | in the order of keys.
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {PhoneHash.Partition(key)} and RowKey ge {key + "|"} and RowKey lt {key + "}"}");
        await foreach (var row in phones.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
        {
            // The person's own partition decides: an index row may be older than a change of the phone.
            if (await IdOf(row.RowKey[(key.Length + 1)..], cancel) is { } id && await Find(id, cancel) is { } stored && stored.Value.Phone == phone)
                found.Add(id);
        }
        return found;
    }

    public async Task<IReadOnlyList<string>> ByName(string name, CancellationToken cancel)
    {
        var found = new List<string>();
        var (partition, key) = await NameKey(name, cancel);
        await foreach (var row in phones.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {key + "|"} and RowKey lt {key + "}"}"), cancellationToken: cancel))
        {
            // Likewise.
            if (await IdOf(row.RowKey[(key.Length + 1)..], cancel) is { } id && await Find(id, cancel) is { Value.Name: { } held } && FindPeople.NameOf(held) == FindPeople.NameOf(name))
                found.Add(id);
        }
        return found;
    }

    public async Task<IReadOnlyList<string>> HelpedBy(string phone, CancellationToken cancel)
    {
        var key = await hash.Of(phone, cancel);
        List<string> found = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {HelperPartition(key)} and RowKey ge {key + "|"} and RowKey lt {key + "}"}");
        await foreach (var row in phones.QueryAsync<TableEntity>(filter, cancellationToken: cancel))
            if (await IdOf(row.RowKey[(key.Length + 1)..], cancel) is { } id)
                found.Add(id);
        return found;
    }

    public async Task<string> Save(SeekerFile file, string? etag, CancellationToken cancel)
    {
        var subject = file.Facts.Id;
        var wrapped = etag is null ? null : (await Rows(file.Id, cancel)).Wrapped;
        var key = wrapped is null ? await keys.New(cancel) : await keys.Open(wrapped, cancel);
        // What finds a person is written before the person: a crash leaves a pointer to nobody, never somebody not found.
        if (etag is null)
            await subjects.UpsertEntityAsync(new TableEntity(Bucket(subject), subject) { ["Id"] = file.Id }, TableUpdateMode.Replace, cancel);
        if (file.Phone is { } phone)
        {
            var hashed = await hash.Of(phone, cancel);
            await phones.UpsertEntityAsync(new TableEntity(PhoneHash.Partition(hashed), $"{hashed}|{subject}"), TableUpdateMode.Replace, cancel);
        }
        if (file.Name is { } name && FindPeople.NameOf(name).Length > 0)
        {
            var (partition, named) = await NameKey(name, cancel);
            await phones.UpsertEntityAsync(new TableEntity(partition, $"{named}|{subject}"), TableUpdateMode.Replace, cancel);
        }
        foreach (var helper in file.Own.Helpers.Where(helper => helper.Until is null))
        {
            var hashed = await hash.Of(helper.Phone, cancel);
            await phones.UpsertEntityAsync(new TableEntity(HelperPartition(hashed), $"{hashed}|{subject}"), TableUpdateMode.Replace, cancel);
        }
        return await SaveRows(file, etag, key, isNew: wrapped is null, cancel);
    }

    private async Task<(string Partition, string Hash)> NameKey(string name, CancellationToken cancel)
    {
        var hashed = await hash.Of("seeker name", FindPeople.NameOf(name), cancel);
        return ("name|" + PhoneHash.Partition(hashed), hashed);
    }

    public async Task Erase(SeekerFile file, string etag, CancellationToken cancel)
    {
        var (_, wrapped) = await Rows(file.Id, cancel);
        try
        {
            await seekers.SubmitTransactionAsync(
            [
                new(TableTransactionActionType.Delete, new TableEntity(file.Id, ProfileRow), new ETag(etag)),
                new(TableTransactionActionType.Delete, new TableEntity(file.Id, KeyRow)),
            ], cancel);
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            throw new ConflictException($"Seeker {file.Id}");
        }
        if (wrapped is not null)
            keys.Forget(wrapped);
        // From here on nobody finds the person; the rest would be found by the walk through all tables too.
        await foreach (var row in seekers.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {file.Id}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancel))
            await seekers.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancel);
        await subjects.DeleteEntityAsync(Bucket(file.Facts.Id), file.Facts.Id, ETag.All, cancel);
    }

    private async Task<string> SaveRows(SeekerFile file, string? etag, DataKey key, bool isNew, CancellationToken cancel)
    {
        var profile = file.ToRow(key, seekers.Name);
        var rows = new List<TableTransactionAction>
        {
            etag is null ? new(TableTransactionActionType.Add, profile) : new(TableTransactionActionType.UpdateReplace, profile, new ETag(etag)),
        };
        if (isNew)
            rows.Add(new(TableTransactionActionType.Add, new TableEntity(file.Id, KeyRow) { ["Wrapped"] = key.Wrapped }));
        rows.AddRange(file.ConsentRows().Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)));
        try
        {
            var responses = (await seekers.SubmitTransactionAsync(rows, cancel)).Value;
            return responses[0].Headers.ETag?.ToString() ?? "";
        }
        catch (RequestFailedException e) when (e.IsConflict())
        {
            throw new ConflictException($"Seeker {file.Id}");
        }
    }

    // Two rows by their keys: a query for both would read all of the person's rows.
    private async Task<(TableEntity? Profile, string? Wrapped)> Rows(string id, CancellationToken cancel)
    {
        var (profile, key) = (seekers.FindRow(id, ProfileRow, cancel), seekers.FindRow(id, KeyRow, cancel));
        return (await profile, (await key)?.GetString("Wrapped"));
    }

    private static string HelperPartition(string hash) => "helper|" + PhoneHash.Partition(hash);

    // A subject is random hex: its first two digits spread people over 256 partitions.
    private static string Bucket(string subject) => subject[..2];
}

/// <summary>A seeker and the rows that hold them. What the engine may know stands open; everything else is sealed.</summary>
public static class SeekerRow
{
    public static TableEntity ToRow(this SeekerFile file, DataKey key, string table)
    {
        var row = new TableEntity(file.Id, SeekerTable.ProfileRow)
        {
            ["Version"] = file.Version,
            ["Subject"] = file.Facts.Id,
            ["Facts"] = Written.Of(file.Facts.WithoutFreeText()),
            ["Language"] = file.Language,
            ["Prefer"] = file.Contact.Prefer,
            ["HoursPerDay"] = file.HoursPerDay,
            ["Consent"] = Written.Of(file.Consent),
            ["Withdrawn"] = Written.Of(file.Withdrawn),
            ["Interests"] = file.Interests.Count > 0 ? Written.Of(file.Interests) : null,
            ["SoughtBy"] = file.SoughtBy.Count > 0 ? Written.Of(file.SoughtBy) : null,
            ["Releases"] = file.Releases.Count > 0 ? Written.Of(file.Releases) : null,
            ["OptedOutAt"] = file.OptedOutAt,
            ["OptedInAt"] = file.OptedInAt,
            ["FirstPut"] = file.FirstPut,
            ["ChangedAt"] = file.ChangedAt,
        };
        void Seal(string property, string? text) => row[property] = text is null ? null : key.Seal(new(table, file.Id, SeekerTable.ProfileRow, property), text);
        Seal("Name", file.Name);
        Seal("Phone", file.Phone);
        Seal("Helper", file.Contact.Helper);
        Seal("Certificate", file.Certificate is { } certificate ? Written.Of(certificate) : null);
        Seal("WhyDeclined", file.WhyDeclined.Count > 0 ? Written.Of(file.WhyDeclined) : null);
        Seal("Own", file.Own != new OwnChoices() ? Written.Of(file.Own) : null);
        Seal("FreeText", file.Facts.HasFreeText() ? file.Facts.FreeText() : null);
        return row;
    }

    /// <exception cref="System.Security.Cryptography.CryptographicException">A sealed cell was changed or moved.</exception>
    public static SeekerFile ToSeeker(this TableEntity row, DataKey key, string table)
    {
        string? Open(string property) => row.GetString(property) is { } value ? key.Open(new(table, row.PartitionKey, row.RowKey, property), value) : null;
        var facts = Written.Read<Seeker>(row.GetString("Facts")!);
        return new()
        {
            Id = row.PartitionKey,
            Version = row.GetInt64("Version")!.Value,
            Facts = Open("FreeText") is { } text ? facts.WithFreeText(text) : facts,
            Name = Open("Name"),
            Phone = Open("Phone"),
            Language = row.GetString("Language")!,
            Contact = new(row.GetString("Prefer"), Open("Helper")),
            HoursPerDay = row.GetInt32("HoursPerDay"),
            Certificate = Open("Certificate") is { } certificate ? Written.Read<Certificate>(certificate) : null,
            WhyDeclined = Open("WhyDeclined") is { } why ? Written.Read<Dictionary<string, ClosingReason>>(why) : new(),
            Consent = Written.Read<Consents>(row.GetString("Consent")!),
            Withdrawn = Written.Read<Consents>(row.GetString("Withdrawn")!),
            Own = Open("Own") is { } own ? Written.Read<OwnChoices>(own) : new(),
            Interests = row.GetString("Interests") is { } interests ? Written.Read<Dictionary<string, DateOnly>>(interests) : new(),
            SoughtBy = row.GetString("SoughtBy") is { } sought ? Written.Read<Dictionary<string, DateOnly>>(sought) : new(),
            Releases = row.GetString("Releases") is { } releases ? Written.Read<IReadOnlyList<Release>>(releases) : [],
            OptedOutAt = row.GetDateTimeOffset("OptedOutAt"),
            OptedInAt = row.GetDateTimeOffset("OptedInAt"),
            FirstPut = row.GetDateTimeOffset("FirstPut")!.Value,
            ChangedAt = row.GetDateTimeOffset("ChangedAt")!.Value,
        };
    }

    /// <summary>One row per consent given: <c>consent|{purpose}|{day}</c>, kept as proof also after it is withdrawn.</summary>
    internal static IEnumerable<TableEntity> ConsentRows(this SeekerFile file)
    {
        var given = new[] { ("matching", file.Consent.Matching), ("sms", file.Consent.Sms), ("employers", file.Consent.Employers), ("statistics", file.Consent.Statistics) };
        return given.Where(x => x.Item2 is not null)
            .Select(x => new TableEntity(file.Id, $"consent|{x.Item1}|{x.Item2:yyyy-MM-dd}") { ["Policy"] = Policy.Version });
    }
}
