using Monitoring.App.Hosting;
using Monitoring.Storage.AzureStorage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Commands;

/// <summary>Moving, keeping and bringing back what is in a storage account.</summary>
public sealed class AccountCommandTests : IAsyncLifetime
{
    private static readonly OutsideWorld World = TestStation.World(TimeProvider.System);

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, AzuriteAccount> _accounts = [];

    public async Task InitializeAsync()
    {
        _folder.Write("settings.json", """{ "Values": {} }""");
        _folder.Write("passphrase", "correct horse battery\n");
        _accounts["first"] = await AzuriteProcess.TakeAsync();
        _accounts["second"] = await AzuriteProcess.TakeAsync();
        await using var store = Open("first");
        await store.ToMovable().FillAsync();
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task What_goes_to_a_folder_and_into_another_account_is_the_same()
    {
        var there = await RunAsync("first", "storage", "copy", "--from", "Azure", "--to", "Sqlite:" + _folder.File("data"));
        var back = await RunAsync("second", "storage", "copy", "--from", "Sqlite:" + _folder.File("data"), "--to", "Azure");

        Assert.Equal((0, 0), (there.ExitCode, back.ExitCode));
        Assert.Contains("Both stores hold the same.", back.Output, StringComparison.Ordinal);
        await using var first = Open("first");
        await using var second = Open("second");
        Assert.Equal(await first.ToMovable().SumsAsync(), await second.ToMovable().SumsAsync());
    }

    [Fact]
    public async Task A_backup_is_restored_into_another_account()
    {
        var backup = await RunAsync("first", "backup", _folder.File("a.backup"), "--passphrase-file", _folder.File("passphrase"));
        var restore = await RunAsync("second", "restore", _folder.File("a.backup"), "--passphrase-file", _folder.File("passphrase"));

        Assert.Equal((0, "", 0, ""), (backup.ExitCode, backup.Errors, restore.ExitCode, restore.Errors));
        await using var first = Open("first");
        await using var second = Open("second");
        Assert.Equal(await first.ToMovable().SumsAsync(), await second.ToMovable().SumsAsync());
    }

    [Fact]
    public async Task A_backup_of_an_account_that_changes_meanwhile_says_so()
    {
        await using var store = Open("first");
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(store, stop.Token);

        var backup = await RunAsync("first", "backup", _folder.File("a.backup"), "--passphrase-file", _folder.File("passphrase"));
        await stop.CancelAsync();
        await writing;

        Assert.Equal(ExitCode.AnswerIsNo, backup.ExitCode);
        Assert.Contains("The store changed while it was read, so this is not its state at one moment.", backup.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("a.backup")));
    }

    private static async Task WriteAsync(AzureStore store, CancellationToken stop)
    {
        for (var i = 1000; !stop.IsCancellationRequested; i++)
        {
            await store.Tables.Open("Things").PutAsync(MovingKit.Thing(i % 10_000), CancellationToken.None);
        }
    }

    private AzureStore Open(string account) => new(ConnectionString.Parse(_accounts[account].ConnectionString), TimeProvider.System);

    private Task<Terminal> RunAsync(string account, params string[] args) => Terminal.RunAsync(
        World, [.. args, "--settings", _folder.File("settings.json"), "--set", "Storage__Engine=Azure", "--set", $"Storage__ConnectionString={_accounts[account].ConnectionString}"]);
}
