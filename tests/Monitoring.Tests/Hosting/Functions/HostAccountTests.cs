using Monitoring.App.Hosting;
using Monitoring.App.Hosting.Functions;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Hosting.Functions;

/// <summary>The program and the triggers of its host must look at the same queues.</summary>
public sealed class HostAccountTests
{
    private const string Port = FunctionsHost.PortVariable;
    private const string Emulator = "UseDevelopmentStorage=true";

    [Fact]
    public void Under_the_host_storage_is_the_hosts_account_if_no_other_is_named()
    {
        var settings = Load((Port, "4711"), ("AzureWebJobsStorage", Emulator));

        var host = FunctionsHost.Find(settings);

        Assert.Equal("127.0.0.1:4711", host!.Listening.Endpoint.ToString());
        Assert.Equal((StorageOptions.Azure, Emulator), (settings.Get<StorageOptions>().Engine, settings.Get<StorageOptions>().ConnectionString));
    }

    [Fact]
    public void So_it_is_with_an_identity()
    {
        var settings = Load(
            (Port, "4711"), ("AzureWebJobsStorage__accountName", "pressdesk"), ("AzureWebJobsStorage__credential", "managedidentity"), ("AzureWebJobsStorage__clientId", "0000"));

        Assert.NotNull(FunctionsHost.Find(settings));
        var storage = settings.Get<StorageOptions>();
        Assert.Equal(("pressdesk", "managedidentity", "0000"), (storage.AccountName, storage.Credential, storage.ClientId));
    }

    [Fact]
    public void Without_the_host_nothing_of_it_is_used()
    {
        var settings = Load(("AzureWebJobsStorage", Emulator));

        Assert.Null(FunctionsHost.Find(settings));
        Assert.Equal((StorageOptions.Sqlite, ""), (settings.Get<StorageOptions>().Engine, settings.Get<StorageOptions>().ConnectionString));
    }

    [Theory]
    [InlineData("4711", "Sqlite", "", Emulator, "Storage__Engine: under the Functions host only Azure is possible.")]
    [InlineData("4711", "Azure", "pressdesk", Emulator, "AzureWebJobsStorage: the account of the Storage__ settings is expected (pressdesk.queue.core.windows.net), because the queue triggers read this one; or leave those settings out.")]
    [InlineData("4711", "", "pressdesk", "", "AzureWebJobsStorage: the account of the Storage__ settings is expected (pressdesk.queue.core.windows.net), because the queue triggers read this one; or leave those settings out.")]
    [InlineData("4711", "", "pressdesk", "AccountName=x", "AzureWebJobsStorage: AccountKey or SharedAccessSignature is missing in the connection string.")]
    [InlineData("http", "", "", Emulator, "FUNCTIONS_CUSTOMHANDLER_PORT: 'http' is no port.")]
    [InlineData("0", "", "", Emulator, "FUNCTIONS_CUSTOMHANDLER_PORT: '0' is no port.")]
    [InlineData("70000", "", "", Emulator, "FUNCTIONS_CUSTOMHANDLER_PORT: '70000' is no port.")]
    public void What_cannot_be_is_told_at_the_start(string port, string engine, string account, string host, string message)
    {
        var settings = Load((Port, port), ("Storage__Engine", engine), ("Storage__AccountName", account), ("AzureWebJobsStorage", host));

        var refusal = Assert.Throws<StartException>(() => FunctionsHost.Find(settings));

        Assert.Equal((ExitCode.BadSettings, message), (refusal.ExitCode, refusal.Message));
    }

    private static Settings Load(params (string Name, string Value)[] values)
    {
        using var folder = new TempFolder();
        return TestStation.Settings(folder, values);
    }
}
