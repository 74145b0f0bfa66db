using Monitoring.Storage;
using Monitoring.Storage.Backups;
using Monitoring.Storage.Moving;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.Backups;

public sealed class StoreBackupTests : IAsyncLifetime
{
    private const string Passphrase = "Қара сөз, ескі сөз";
    private const int Schema = 1;

    private readonly SqliteEngine _fromEngine = new(new TestClock());
    private readonly SqliteEngine _toEngine = new(new TestClock());
    private MovableStore _from = null!;
    private MovableStore _to = null!;
    private byte[] _file = [];
    private BackupContents _written = null!;

    public async Task InitializeAsync()
    {
        (_from, _to) = (_fromEngine.Store("from"), _toEngine.Store("to"));
        await _from.FillAsync();
        (_file, _written) = await WriteAsync(_from);
    }

    public async Task DisposeAsync()
    {
        await _fromEngine.DisposeAsync();
        await _toEngine.DisposeAsync();
    }

    [Fact]
    public async Task A_restored_store_holds_what_the_other_held()
    {
        var (backup, parts) = await RestoreAsync(_file);

        Assert.All(parts, part => Assert.True(part.IsSame));
        Assert.Equal(await _from.SumsAsync(), await _to.SumsAsync());
        Assert.Equal((Schema, new TestClock().GetUtcNow(), 0L), (backup.Schema, backup.Taken, backup.Skipped));
        Assert.Equal(_written.Parts, backup.Parts);
        await new UnfinishedMove(_to).RefuseAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_backup_names_nobody_in_clear()
    {
        foreach (var word in new[] { "Things", "captures", "Кыранбеков", "xxxxxxxx" })
        {
            Assert.True(_file.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(word)) < 0);
        }

        var (again, _) = await WriteAsync(_from);
        Assert.NotEqual(_file[24..40], again[24..40]);
    }

    [Fact]
    public async Task A_passphrase_may_be_typed_in_either_of_unicodes_spellings()
    {
        var (composed, decomposed) = ("тайный пароль", "тайный пароль".Normalize(System.Text.NormalizationForm.FormD));
        Assert.NotEqual(composed, decomposed);
        using var output = new MemoryStream();
        await StoreBackup.WriteAsync(_to, Schema, DateTimeOffset.UnixEpoch, output, composed, _ => { }, CancellationToken.None);

        output.Position = 0;
        Assert.Empty((await StoreBackup.VerifyAsync(output, decomposed, Schema, _ => { }, CancellationToken.None)).Parts);
    }

    [Fact]
    public async Task A_blob_that_is_deleted_meanwhile_is_skipped_and_counted()
    {
        var (file, written) = await WriteAsync(_from with { Blobs = new VanishingBlobs(_from.Blobs, "captures/a/3") });

        var (backup, _) = await RestoreAsync(file);

        Assert.Equal((1L, 1L, 9L), (written.Skipped, backup.Skipped, backup.Parts.Single(part => part.Name == "captures").Count));
    }

    [Fact]
    public async Task A_store_that_holds_data_is_not_restored_into()
    {
        await _to.PutBlobAsync("keys/mine", "mine");

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(() => RestoreAsync(_file));

        Assert.Equal((StorageProblem.NotEmpty, "The store to already holds data: a backup is restored into an empty one."), (refusal.Problem, refusal.Message));
    }

    [Fact]
    public async Task After_an_interruption_the_store_is_refused_until_a_restore_begins_anew()
    {
        var writes = 0;
        var dying = _to with { Tables = new HookedTables(_to.Tables, call => call.IsWrite && ++writes == 5 ? throw new SimulatedCrashException() : Task.CompletedTask) };
        await Assert.ThrowsAsync<SimulatedCrashException>(() => new StoreRestore(dying, new TestClock(), _ => { }).RunAsync(() => new MemoryStream(_file), Passphrase, Schema, CancellationToken.None));
        Assert.False(await _to.IsEmptyAsync(CancellationToken.None));

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(() => new UnfinishedMove(_to).RefuseAsync(CancellationToken.None));
        Assert.Equal("The store to holds what a restore that was not finished left: run 'restore' again, or empty the store.", refusal.Message);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => WriteAsync(_to));

        // Another backup, with less in it: nothing of the first may stay.
        await _from.Tables.Open("Others").DeleteAsync(new EntityKey("p", "r"), etag: null, CancellationToken.None);
        var (_, parts) = await RestoreAsync((await WriteAsync(_from)).File);

        Assert.All(parts, part => Assert.True(part.IsSame));
        Assert.Equal(await _from.SumsAsync(), await _to.SumsAsync());
        await new UnfinishedMove(_to).RefuseAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Of_a_bad_backup_nothing_is_written()
    {
        // The last chunk: everything before it is good.
        _file[^20] ^= 1;

        var damage = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(_file));

        Assert.Equal(BackupProblem.Damaged, damage.Problem);
        Assert.Matches("^is cut off, or damaged after byte [0-9]+$", damage.Message);
        Assert.True(await _to.IsEmptyAsync(CancellationToken.None));
        await new UnfinishedMove(_to).RefuseAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_wrong_passphrase_is_told_apart_from_damage()
    {
        var wrong = await Assert.ThrowsAsync<BackupException>(() => StoreBackup.VerifyAsync(new MemoryStream(_file), Passphrase + "?", Schema, _ => { }, CancellationToken.None));

        Assert.Equal((BackupProblem.WrongPassphrase, "does not open with this passphrase (or its first bytes are damaged)"), (wrong.Problem, wrong.Message));
    }

    [Fact]
    public async Task A_backup_of_a_newer_schema_is_not_read()
    {
        var newer = await Assert.ThrowsAsync<BackupException>(() => StoreBackup.VerifyAsync(new MemoryStream(_file), Passphrase, schema: 0, _ => { }, CancellationToken.None));

        Assert.Equal((BackupProblem.TooNew, "was written by a newer version (schema 1); this one reads up to 0"), (newer.Problem, newer.Message));
    }

    private async Task<(byte[] File, BackupContents Contents)> WriteAsync(MovableStore store)
    {
        using var output = new MemoryStream();
        var contents = await StoreBackup.WriteAsync(store, Schema, new TestClock().GetUtcNow(), output, Passphrase, _ => { }, CancellationToken.None);
        return (output.ToArray(), contents);
    }

    private Task<(BackupContents Backup, IReadOnlyList<PartComparison> Parts)> RestoreAsync(byte[] file) =>
        new StoreRestore(_to, new TestClock(), _ => { }).RunAsync(() => new MemoryStream(file), Passphrase, Schema, CancellationToken.None);

    /// <summary>Lists a blob and has none when it is opened.</summary>
    private sealed class VanishingBlobs(IBlobStore inner, string gone) : IBlobStore
    {
        public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) => name == gone ? Task.FromResult<Stream?>(null) : inner.OpenAsync(name, cancellationToken);

        public Task<PutBlobResult> PutAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken) => inner.PutAsync(name, content, condition, cancellationToken);

        public Task<BlobProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken) => inner.GetPropertiesAsync(name, cancellationToken);

        public IAsyncEnumerable<BlobProperties> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

        public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);
    }
}
