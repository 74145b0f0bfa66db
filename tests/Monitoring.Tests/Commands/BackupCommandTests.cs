using System.Runtime.Versioning;
using System.Text.Json;
using Monitoring.App.Hosting;
using Monitoring.Storage;
using Monitoring.Storage.Moving;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Commands;

public sealed class BackupCommandTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    private string BackupPath => _folder.File("my.backup");

    private string Data => _folder.File("a");

    public async Task InitializeAsync()
    {
        _folder.Write("settings.json", """{ "Values": {} }""");
        _folder.Write("passphrase", "correct horse battery\nnot this line\n");
        await using var data = DataFolder.Open(Data, World.Time);
        await data.ToMovable().FillAsync();
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_backup_is_taken_beside_a_running_worker_and_restored_elsewhere()
    {
        await using var data = DataFolder.Open(Data, World.Time);
        using var worker = data.BecomeWorker();

        var backup = await BackupAsync();
        var restore = await RestoreAsync("b");

        Assert.Equal((0, ""), (backup.ExitCode, backup.Errors));
        Assert.Contains("bytes written, read back and good.", backup.Output, StringComparison.Ordinal);
        Assert.Equal((0, ""), (restore.ExitCode, restore.Errors));
        Assert.Contains("Restored what was kept on 2026-11-22 03:00 UTC", restore.Output, StringComparison.Ordinal);
        await using var restored = DataFolder.Open(_folder.File("b"), World.Time);
        Assert.Equal(await data.ToMovable().SumsAsync(), await restored.ToMovable().SumsAsync());
    }

    [Fact]
    public async Task Writes_during_the_backup_neither_wait_nor_come_into_it()
    {
        await using var data = DataFolder.Open(Data, World.Time);
        var store = data.ToMovable();
        var before = (await store.SumsAsync()).Where(part => part.Kind is PartKind.Table).ToList();

        await using (var snapshot = await data.SnapshotAsync(CancellationToken.None))
        {
            await store.Tables.Open("Things").PutAsync(MovingKit.Thing(5000), CancellationToken.None);
            var kept = store with { Tables = new LimitedTables(snapshot.Tables) };
            Assert.Equal(before, (await kept.SumsAsync()).Where(part => part.Kind is PartKind.Table));
        }

        Assert.False(Directory.Exists(Path.Combine(Data, "backup-snapshot")));
    }

    [Fact]
    public async Task What_a_killed_backup_left_goes_at_the_next_start_but_not_that_of_a_running_one()
    {
        await using var data = DataFolder.Open(Data, World.Time);
        await using (var snapshot = await data.SnapshotAsync(CancellationToken.None))
        {
            await using var other = DataFolder.Open(Data, World.Time);
            Assert.True(await new LimitedTables(snapshot.Tables).Open("Things").EnumerateAllAsync(CancellationToken.None).AnyAsync());
            var second = await BackupAsync();
            Assert.Equal((ExitCode.StorageInUse, $"Another backup runs on the data folder {Data}.\n"), (second.ExitCode, second.Errors));
        }

        Directory.CreateDirectory(Path.Combine(Data, "backup-snapshot"));
        File.WriteAllText(Path.Combine(Data, "backup-snapshot", "snapshot.db"), "left");
        await using var next = DataFolder.Open(Data, World.Time);

        Assert.False(Directory.Exists(Path.Combine(Data, "backup-snapshot")));
    }

    [Fact]
    public async Task For_machines_there_is_json()
    {
        var backup = JsonDocument.Parse((await BackupAsync("--json")).Output).RootElement;
        var restore = JsonDocument.Parse((await RestoreAsync("b", "--json")).Output).RootElement;

        Assert.Equal(new FileInfo(BackupPath).Length, backup.GetProperty("bytes").GetInt64());
        Assert.Equal((0, 5), (backup.GetProperty("skipped").GetInt32(), backup.GetProperty("parts").GetArrayLength()));
        Assert.True(restore.GetProperty("same").GetBoolean());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_file_is_for_its_owner_alone_and_nothing_unfinished_stays()
    {
        await File.WriteAllTextAsync(BackupPath + ".unfinished", "left by a killed one");

        await BackupAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(BackupPath));
        Assert.False(File.Exists(BackupPath + ".unfinished"));
    }

    [Fact]
    public async Task A_file_that_exists_is_never_overwritten()
    {
        _folder.Write("my.backup", "precious");

        var backup = await BackupAsync();

        Assert.Equal((ExitCode.NotWritable, $"{BackupPath}: exists already; a backup never overwrites a file.\n"), (backup.ExitCode, backup.Errors));
        Assert.Equal("precious", await File.ReadAllTextAsync(BackupPath));
    }

    [Fact]
    public async Task A_place_that_is_none_is_told()
    {
        var backup = await RunAsync("backup", _folder.File("nowhere/my.backup"), "--data", Data, "--passphrase-file", _folder.File("passphrase"));

        Assert.Equal((ExitCode.NotWritable, $"The folder {_folder.File("nowhere")} cannot be written to.\n"), (backup.ExitCode, backup.Errors));
    }

    [Fact]
    public async Task Bad_files_are_told_in_one_line_and_leave_an_empty_store()
    {
        await BackupAsync();
        var good = await File.ReadAllBytesAsync(BackupPath);
        await BadAsync(good[..^1], ExitCode.BadBackup, "is cut off, or damaged after byte");
        await BadAsync(good[..(BackupLength + 65_552)], ExitCode.BadBackup, "is cut off, or damaged after byte");
        await BadAsync([.. good[..^100], .. new byte[100]], ExitCode.BadBackup, "is cut off, or damaged after byte");
        await BadAsync("a text"u8.ToArray(), ExitCode.BadBackup, "is no backup of this program.");
        _folder.Write("passphrase", "correct horse batterie");
        await BadAsync(good, ExitCode.WrongPassphrase, "does not open with this passphrase (or its first bytes are damaged).");

        var missing = await RunAsync("restore", _folder.File("missing"), "--data", _folder.File("b"));
        Assert.Equal((ExitCode.NoInput, $"{_folder.File("missing")}: cannot be read (FileNotFoundException).\n"), (missing.ExitCode, missing.Errors));
    }

    [Fact]
    public async Task A_store_that_holds_data_or_has_a_worker_is_not_restored_into()
    {
        await BackupAsync();

        var full = await RestoreAsync("a");
        await using var data = DataFolder.Open(_folder.File("b"), World.Time);
        using var worker = data.BecomeWorker();
        var used = await RestoreAsync("b");

        Assert.Equal((ExitCode.StoreNotEmpty, $"The store {Data} already holds data: a backup is restored into an empty one.\n"), (full.ExitCode, full.Errors));
        Assert.Equal((ExitCode.StorageInUse, $"A worker runs on the data folder {data.Place}: stop the service first.\n"), (used.ExitCode, used.Errors));
    }

    [Fact]
    public async Task An_interrupted_restore_starts_no_service_until_it_is_done_anew()
    {
        await BackupAsync();
        await using (var data = DataFolder.Open(_folder.File("b"), World.Time))
        {
            var store = data.ToMovable();
            await new UnfinishedMove(store).BeginAsync(MoveKind.Restore, "a backup", World.Time.GetUtcNow(), CancellationToken.None);
            await store.Tables.Open("Half").PutAsync(new Entity("p", "r"), CancellationToken.None);
        }

        var refused = await RunAsync("once", "--data", _folder.File("b"));

        Assert.Equal(
            (ExitCode.StoreUnfinished, $"The store {_folder.File("b")} holds what a restore that was not finished left: run 'restore' again, or empty the store.\n"),
            (refused.ExitCode, refused.Errors));
        Assert.Equal(0, (await RestoreAsync("b")).ExitCode);
        Assert.Equal(0, (await RunAsync("access-token", "--data", _folder.File("b"))).ExitCode);
    }

    private static int BackupLength => Monitoring.Storage.Backups.BackupHeader.Length;

    private static OutsideWorld World { get; } = TestStation.World(new TestClock());

    private Task<Terminal> BackupAsync(params string[] more) => RunAsync(["backup", BackupPath, "--data", Data, "--passphrase-file", _folder.File("passphrase"), .. more]);

    private Task<Terminal> RestoreAsync(string into, params string[] more) =>
        RunAsync(["restore", BackupPath, "--data", _folder.File(into), "--passphrase-file", _folder.File("passphrase"), .. more]);

    private Task<Terminal> RunAsync(params string[] args) => Terminal.RunAsync(World, [.. args, "--settings", _folder.File("settings.json")]);

    private async Task BadAsync(byte[] file, int code, string message)
    {
        await File.WriteAllBytesAsync(BackupPath, file);

        var restore = await RestoreAsync("b");

        Assert.Equal(code, restore.ExitCode);
        Assert.StartsWith($"{BackupPath}: {message}", restore.Errors, StringComparison.Ordinal);
        Assert.Single(restore.Errors.TrimEnd('\n').Split('\n'));
        await using var data = DataFolder.Open(_folder.File("b"), World.Time);
        Assert.True(await data.ToMovable().IsEmptyAsync(CancellationToken.None));
    }
}
