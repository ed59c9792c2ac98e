using System.Security.Cryptography;
using JobMatch.Adapters.Secrets;

namespace JobMatch.Adapters.Tests.Secrets;

public sealed class SealingTests : IDisposable
{
    private static readonly Cell Name = new("Seekers", "s-1", "profile", "Name");
    private readonly string folder = Directory.CreateTempSubdirectory("jobmatch-keys-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_is_sealed_opens_again_and_says_nothing_of_its_content()
    {
        var key = await NewKey();
        var value = key.Seal(Name, "王小明 +8613800000000");
        Assert.Equal("王小明 +8613800000000", key.Open(Name, value));
        Assert.Matches(@"^v1\|[0-9a-f]{8}\|[A-Za-z0-9_-]{16}\|[A-Za-z0-9_-]+\|[A-Za-z0-9_-]{22}$", value);
        Assert.NotEqual(value, key.Seal(Name, "王小明 +8613800000000"));
        Assert.Equal("", key.Open(Name, key.Seal(Name, "")));
    }

    [Theory]
    [InlineData("Employers", "s-1", "profile", "Name")]
    [InlineData("Seekers", "s-2", "profile", "Name")]
    [InlineData("Seekers", "s-1", "key", "Name")]
    [InlineData("Seekers", "s-1", "profile", "Phone")]
    [InlineData("Seekers", "s-1p", "rofile", "Name")] // the same letters, cut elsewhere
    public async Task A_value_moved_to_another_cell_does_not_open(string table, string partition, string row, string property)
    {
        var key = await NewKey();
        var value = key.Seal(Name, "王小明");
        Assert.ThrowsAny<CryptographicException>(() => key.Open(new Cell(table, partition, row, property), value));
    }

    [Fact]
    public async Task A_value_changed_in_any_of_its_parts_does_not_open()
    {
        var key = await NewKey();
        var parts = key.Seal(Name, "王小明").Split('|');
        for (var part = 0; part < parts.Length; part++)
        {
            var changed = (string[])parts.Clone();
            changed[part] = (parts[part][0] == 'A' ? 'B' : 'A') + parts[part][1..];
            Assert.ThrowsAny<CryptographicException>(() => key.Open(Name, string.Join('|', changed)));
            changed[part] = "";
            Assert.ThrowsAny<CryptographicException>(() => key.Open(Name, string.Join('|', changed)));
        }
        Assert.ThrowsAny<CryptographicException>(() => key.Open(Name, string.Join('|', parts[..4])));
    }

    [Fact]
    public async Task One_persons_key_does_not_open_anothers_values()
    {
        var (anna, bo) = (await NewKey(), await NewKey());
        Assert.ThrowsAny<CryptographicException>(() => bo.Open(Name, anna.Seal(Name, "王小明")));
    }

    [Fact]
    public async Task A_data_key_comes_back_from_its_wrapped_form()
    {
        var master = Master();
        var key = await DataKey.New(master, default);
        var again = await DataKey.Open(master, key.Wrapped, default);
        Assert.Equal("王小明", again.Open(Name, key.Seal(Name, "王小明")));
        Assert.Equal(key.Wrapped, again.Wrapped);
    }

    [Fact]
    public async Task After_rotation_old_keys_open_and_are_wrapped_again_under_the_new_master_key()
    {
        var key = await DataKey.New(Master(), default);
        var sealedName = key.Seal(Name, "王小明");

        var master = FileMasterKey.Rotate(PathOf("master-key.json"));
        Assert.Equal("王小明", (await DataKey.Open(master, key.Wrapped, default)).Open(Name, sealedName));

        var rewrapped = await DataKey.Rewrap(master, key.Wrapped, default);
        Assert.Contains(master.Id, rewrapped, StringComparison.Ordinal);
        Assert.Equal("王小明", (await DataKey.Open(master, rewrapped!, default)).Open(Name, sealedName));
        Assert.Null(await DataKey.Rewrap(master, rewrapped!, default));
    }

    [Fact]
    public async Task A_data_key_wrapped_by_another_master_key_does_not_open()
    {
        var key = await DataKey.New(Master(), default);
        var stranger = FileMasterKey.Open(PathOf("other.json"), createIfAbsent: true);
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await DataKey.Open(stranger, key.Wrapped, default));
    }

    [Fact]
    public void The_master_key_file_is_for_its_owner_only_and_is_not_made_outside_development()
    {
        Assert.Throws<InvalidOperationException>(() => FileMasterKey.Open(PathOf("absent.json"), createIfAbsent: false));
        Assert.False(File.Exists(PathOf("absent.json")));

        var made = FileMasterKey.Open(PathOf("master-key.json"), createIfAbsent: true);
        Assert.Equal(made.Id, FileMasterKey.Open(PathOf("master-key.json"), createIfAbsent: false).Id);
        Assert.Equal(["master-key.json"], Directory.GetFiles(folder).Select(Path.GetFileName));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("master-key.json")));
        File.SetUnixFileMode(PathOf("master-key.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Throws<InvalidOperationException>(() => FileMasterKey.Open(PathOf("master-key.json"), createIfAbsent: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("secret that must not be quoted")]
    [InlineData("""{"current":"a","keys":{"a":"c2hvcnQ="}}""")]
    public void A_broken_key_file_is_refused_without_being_quoted(string content)
    {
        File.WriteAllText(PathOf("broken.json"), content);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(PathOf("broken.json"), UnixFileMode.UserRead);
        var refusal = Assert.Throws<InvalidOperationException>(() => FileMasterKey.Open(PathOf("broken.json"), createIfAbsent: true));
        Assert.DoesNotContain("secret that", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twenty_processes_that_start_at_once_share_one_master_key()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Master().Id)));
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task Opened_keys_are_remembered_up_to_a_bound_and_can_be_forgotten()
    {
        var counting = new CountingMaster(Master());
        var keys = new DataKeys(counting, capacity: 10);
        var wrapped = new List<string>();
        for (var i = 0; i < 100; i++) wrapped.Add((await DataKey.New(counting, default)).Wrapped);

        await keys.Open(wrapped[0], default);
        await keys.Open(wrapped[0], default);
        Assert.Equal(1, counting.Unwrapped);

        keys.Forget(wrapped[0]);
        await keys.Open(wrapped[0], default);
        Assert.Equal(2, counting.Unwrapped);

        foreach (var one in wrapped) await keys.Open(one, default);
        counting.Unwrapped = 0;
        foreach (var one in wrapped) await keys.Open(one, default);
        Assert.InRange(counting.Unwrapped, 90, 100);
    }

    private FileMasterKey Master() => FileMasterKey.Open(PathOf("master-key.json"), createIfAbsent: true);

    private ValueTask<DataKey> NewKey() => DataKey.New(Master(), default);

    private string PathOf(string name) => Path.Combine(folder, name);

    private sealed class CountingMaster(IMasterKey master) : IMasterKey
    {
        public int Unwrapped { get; set; }

        public string Id => master.Id;

        public ValueTask<WrappedKey> Wrap(ReadOnlyMemory<byte> dataKey, CancellationToken cancel) => master.Wrap(dataKey, cancel);

        public ValueTask<byte[]> Unwrap(WrappedKey wrapped, CancellationToken cancel)
        {
            Unwrapped++;
            return master.Unwrap(wrapped, cancel);
        }
    }
}
