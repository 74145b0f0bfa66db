using System.Runtime.Versioning;
using System.Text.Json;
using Monitoring.App.Hosting;
using Monitoring.Storage.Moving;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Commands;

public sealed class StorageCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_copy_shows_each_part_and_ends_well()
    {
        await FillAsync("a");

        var copy = await RunAsync("copy", "a", "b");

        Assert.Equal((0, ""), (copy.ExitCode, copy.Errors));
        Assert.Contains("263 rows and blobs written", copy.Output, StringComparison.Ordinal);
        Assert.Contains("Both stores hold the same.", copy.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("verify", "a", "b")).ExitCode);
    }

    [Fact]
    public async Task For_machines_counts_and_whole_hashes_are_json()
    {
        await FillAsync("a");

        var copy = await RunAsync("copy", "a", "b", "--json");

        var json = JsonDocument.Parse(copy.Output).RootElement;
        Assert.True(json.GetProperty("same").GetBoolean());
        Assert.Equal(263, json.GetProperty("written").GetInt64());
        var things = json.GetProperty("parts").EnumerateArray().Single(part => part.GetProperty("name").GetString() == "Things");
        Assert.Equal((250, 64), (things.GetProperty("to").GetProperty("count").GetInt32(), things.GetProperty("to").GetProperty("hash").GetString()!.Length));
    }

    [Fact]
    public async Task Stores_that_differ_answer_no()
    {
        await FillAsync("a");
        await RunAsync("copy", "a", "b");
        await using (var data = DataFolder.Open(_folder.File("b"), World.Time))
        {
            await data.ToMovable().Tables.Open("Things").DeleteAsync(MovingKit.Thing(1).Key, etag: null, CancellationToken.None);
        }

        var verify = await RunAsync("verify", "a", "b");

        Assert.Equal(ExitCode.AnswerIsNo, verify.ExitCode);
        Assert.Contains("DIFFERS", verify.Output, StringComparison.Ordinal);
        Assert.Contains("The stores differ.", verify.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_worker_runs_on_either_nothing_is_copied()
    {
        await FillAsync("a");
        await using var data = DataFolder.Open(_folder.File("a"), World.Time);
        using var worker = data.BecomeWorker();

        var copy = await RunAsync("copy", "a", "b");

        Assert.Equal((ExitCode.StorageInUse, $"A worker runs on the data folder {data.Place}: stop the service first.\n"), (copy.ExitCode, copy.Errors));
    }

    [Fact]
    public async Task Mails_that_lie_as_files_are_told_of()
    {
        await FillAsync("a");
        Directory.CreateDirectory(_folder.File("a/mail"));
        _folder.Write("a/mail/1.eml", "mail");

        var copy = await RunAsync("copy", "a", "b");

        Assert.Contains($"1 mails lie in {_folder.File("a/mail")}: sent mails are files of this machine and do not go along.", copy.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_half_copied_store_starts_no_service()
    {
        await FillAsync("a");
        await using (var data = DataFolder.Open(_folder.File("b"), World.Time))
        {
            await new UnfinishedMove(data.ToMovable()).BeginAsync(MoveKind.Copy, _folder.File("a"), World.Time.GetUtcNow(), CancellationToken.None);
        }

        foreach (var command in new[] { "run", "once", "access-token" })
        {
            var refused = await Terminal.RunAsync(World, command, "--settings", Settings(), "--data", _folder.File("b"));

            Assert.Equal(ExitCode.StoreUnfinished, refused.ExitCode);
            Assert.Equal($"The store {_folder.File("b")} holds a copy from {_folder.File("a")} that was not finished: run the same 'storage copy' again, or empty the store.\n", refused.Errors);
        }

        Assert.Equal(0, (await RunAsync("copy", "a", "b")).ExitCode);
        Assert.Equal(0, (await Terminal.RunAsync(World, "access-token", "--settings", Settings(), "--data", _folder.File("b"))).ExitCode);
    }

    [Theory]
    [InlineData("Oracle", 2, "Oracle: a store is named Sqlite (the data folder of the settings), Sqlite:FOLDER, or Azure (the account of the settings).")]
    [InlineData("Sqlite:", 2, "Sqlite:: a store is named Sqlite (the data folder of the settings), Sqlite:FOLDER, or Azure (the account of the settings).")]
    [InlineData("Sqlite:/nowhere", 15, "/nowhere: there is no store in this folder.")]
    public async Task A_store_that_is_none_is_told_in_one_line(string from, int code, string line)
    {
        var copy = await Terminal.RunAsync(World, "storage", "copy", "--from", from, "--to", "Sqlite:" + _folder.File("b"), "--settings", Settings());

        Assert.Equal((code, line + "\n"), (copy.ExitCode, copy.Errors));
        Assert.False(Directory.Exists(_folder.File("b")));
    }

    [Fact]
    public async Task A_store_is_not_copied_into_itself()
    {
        await FillAsync("a");

        Assert.Equal((ExitCode.Usage, $"{_folder.File("a")}: two different stores are needed.\n"), await RunAsync("copy", "a", "a") is var copy ? (copy.ExitCode, copy.Errors) : default);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_folder_that_others_may_look_into_is_warned_of_and_a_new_one_is_none()
    {
        await FillAsync("a");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("a")));
        File.SetUnixFileMode(_folder.File("a"), File.GetUnixFileMode(_folder.File("a")) | UnixFileMode.OtherRead);
        var warning = $"Warning: others on this machine may look into the data folder; mend it with: chmod 700 '{_folder.File("a")}'\n";

        Assert.Equal(warning, (await RunAsync("copy", "a", "b")).Errors);
        Assert.Equal(warning, (await Terminal.RunAsync(World, "access-token", "--settings", Settings(), "--data", _folder.File("a"))).Errors);
    }

    private static OutsideWorld World { get; } = TestStation.World(new TestClock());

    private string Settings() => _folder.Write("settings.json", """{ "Values": {} }""");

    private Task<Terminal> RunAsync(string verb, string from, string to, params string[] more) => Terminal.RunAsync(
        World, ["storage", verb, "--from", "Sqlite:" + _folder.File(from), "--to", "sqlite:" + _folder.File(to), "--settings", Settings(), .. more]);

    private async Task FillAsync(string name)
    {
        await using var data = DataFolder.Open(_folder.File(name), World.Time);
        await data.ToMovable().FillAsync();
    }
}
