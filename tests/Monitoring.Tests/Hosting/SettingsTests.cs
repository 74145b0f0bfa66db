using System.Net;
using System.Text.Json;
using Monitoring.Alerts;
using Monitoring.App.Demo;
using Monitoring.App.Hosting;
using Monitoring.Availability;
using Monitoring.Feeds;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Hosting;

public sealed class SettingsTests
{
    private static readonly string Sample = Repository.Path("local.settings.sample.json");

    [Fact]
    public void The_sample_names_every_setting_and_no_other()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Sample), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });

        var names = json.RootElement.GetProperty("Values").EnumerateObject().Select(value => value.Name).Where(name => name.Contains("__", StringComparison.Ordinal));

        Assert.Equal(SettingNames.Known.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_sample_is_enough_for_the_functions_tools()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Sample), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var values = json.RootElement.GetProperty("Values");

        Assert.False(json.RootElement.GetProperty("IsEncrypted").GetBoolean());
        Assert.Equal(("custom", "UseDevelopmentStorage=true"), (values.GetProperty("FUNCTIONS_WORKER_RUNTIME").GetString(), values.GetProperty("AzureWebJobsStorage").GetString()));
        Assert.All(values.EnumerateObject(), value => Assert.Equal(JsonValueKind.String, value.Value.ValueKind));
    }

    [Fact]
    public void The_sample_binds_to_the_defaults()
    {
        using var folder = new TempFolder();
        var defaults = Settings.Load(folder.Write("empty.json", """{ "Values": {} }"""), []);

        var sample = Settings.Load(Sample, []);

        foreach (var (_, type) in Settings.Sections)
        {
            foreach (var property in type.GetProperties().Where(property => property.CanWrite))
            {
                Assert.Equal((property.Name, property.GetValue(Options(defaults, type))), (property.Name, property.GetValue(Options(sample, type))));
            }
        }
    }

    [Fact]
    public void Every_setting_of_the_sample_is_explained_in_the_line_above_it()
    {
        var lines = File.ReadAllLines(Sample);

        var bare = lines.Zip(lines.Skip(1)).Where(pair => pair.Second.StartsWith("    \"", StringComparison.Ordinal) && !pair.First.Contains("//", StringComparison.Ordinal));

        Assert.Empty(bare);
    }

    [Theory]
    [InlineData("Smtp", "00:01:00", false)]
    [InlineData("Smtp", "00:01:01", true)]
    [InlineData("Pickup", "00:00:10", true)] // a file is written at once
    public void A_mail_may_not_be_given_up_while_it_is_still_being_sent(string transport, string sendingAtMost, bool isGood)
    {
        using var folder = new TempFolder();
        var load = () => TestStation.Settings(
            folder, ("Mail__Transport", transport), ("Mail__SmtpHost", "mail.example"), ("Mail__Timeout", "00:01:00"), ("Alerts__SendingAtMost", sendingAtMost));

        Assert.Equal(
            isGood ? null : "Mail__Timeout: Less than Alerts__SendingAtMost is expected: a mail that is still being sent would be taken for one that a dead process left.",
            (Record.Exception(load) as StartException)?.Message.Trim());
    }

    [Theory]
    [InlineData("Availability__OpenAfter", "three", "Availability__OpenAfter: 'three' is no whole number.")]
    [InlineData("Availability__OpenAfter", "7", "Availability__OpenAfter: The field OpenAfter must be between 1 and 6.")]
    [InlineData("Feeds__Interval", "15 min", "Feeds__Interval: '15 min' is no time span such as \"00:15:00\".")]
    [InlineData("Feeds__Interval", "00:00:00", "Feeds__Interval: The field Interval must be between 00:00:00.1000000 and 1.00:00:00.")]
    [InlineData("Web__Port", "70000", "Web__Port: The field Port must be between 0 and 65535.")]
    [InlineData("Web__Address", "localhost", "Web__Address: An IP address such as 127.0.0.1 or 0.0.0.0 is expected.")]
    [InlineData("Web__TimeZone", "Almaty", "Web__TimeZone: An IANA time zone such as Asia/Almaty is expected.")]
    [InlineData("Network__Resolver", "8.8.8.8", "Network__Resolver: An IP address with a port, such as 192.0.2.1:53, is expected.")]
    [InlineData("Probes__Resolvers", "udp://9.9.9.9:53 9.9.9.9", "Probes__Resolvers: '9.9.9.9' is no resolver: udp://192.0.2.1:53 or https://dns.example/dns-query is expected, several separated by spaces.")]
    [InlineData("Knocks__PollFeeds", "* * * * *", "Knocks__PollFeeds: Six cron fields (second minute hour day month weekday) are expected.")]
    [InlineData("Health__StorageWithin", "00:00:00", "Health__StorageWithin: The field StorageWithin must be between 00:00:00.1000000 and 00:01:00.")]
    [InlineData("Telemetry__OtlpEndpoint", "collector:4318", "Telemetry__OtlpEndpoint: An address such as http://127.0.0.1:4318/ is expected.")]
    [InlineData("Telemetry__OtlpEndpoint", "collector", "Telemetry__OtlpEndpoint: An address such as http://127.0.0.1:4318/ is expected.")]
    [InlineData("Alerts__From", "nobody", "Alerts__From: The From field is not a valid e-mail address.")]
    [InlineData("Retention__UnflaggedItems", "12:00:00", "Retention__UnflaggedItems: At least one day is expected (1.00:00:00), or 0 to keep for ever; not 12:00:00.")]
    [InlineData("Retention__Captures", "-30.00:00:00", "Retention__Captures: At least one day is expected (1.00:00:00), or 0 to keep for ever; not -30.00:00:00.")]
    [InlineData("Retention__Tombstones", "399.00:00:00", "Retention__Tombstones: At least 400 days are expected (400.00:00:00), or 0 to keep for ever; not 399.00:00:00.")]
    [InlineData("Retention__LongestRun", "00:00:00", "Retention__LongestRun: The field LongestRun must be between 00:00:01 and 1.00:00:00.")]
    [InlineData("Storage__Engine", "Oracle", "Storage__Engine: The Engine field does not equal any of the values specified in AllowedValuesAttribute.")]
    [InlineData("Storage__Engine", "Azure", "Storage__ConnectionString: The engine Azure needs one of Storage__ConnectionString, Storage__AccountName, or the three Storage__…ServiceUri.")]
    [InlineData("Storage__Credential", "password", "Storage__Credential: The Credential field does not equal any of the values specified in AllowedValuesAttribute.")]
    [InlineData("Work__ScheduleLease", "00:00:10", "Work__ScheduleLease: The field ScheduleLease must be between 00:00:15 and 00:01:00.")]
    [InlineData("Web__AccessToken", "short", "Web__AccessToken: At least 32 characters are expected.")]
    [InlineData("EasyAuth__TenantId", "contoso.com", "EasyAuth__TenantId: A GUID is expected: the directory (tenant) id of Microsoft Entra.")]
    [InlineData("Functions__Deadline", "00:00:00", "Functions__Deadline: The field Deadline must be between 00:00:01 and 1.00:00:00.")]
    [InlineData("Vantages__Almaty__Proxy", "socks4://x:1", "Vantages__Almaty__Proxy: an address http://user:password@host:port is expected, or with socks5 or socks5h instead of http.")]
    [InlineData("Feeds__Intervall", "00:15:00", "Feeds__Intervall: unknown setting; did you mean 'Feeds__Interval'?")]
    [InlineData("Feed__Interval", "00:15:00", "Feed__Interval: unknown setting; did you mean 'Feeds__Interval'?")]
    public void A_wrong_setting_stops_the_start_and_names_what_was_expected(string name, string value, string message)
    {
        using var folder = new TempFolder();
        var file = folder.Write("settings.json", JsonSerializer.Serialize(new { Values = new Dictionary<string, string> { [name] = value } }));

        var failure = Assert.Throws<StartException>(() => Settings.Load(file, []));

        Assert.Equal((ExitCode.BadSettings, message), (failure.ExitCode, failure.Message));
    }

    [Theory]
    [InlineData("AccountName=press;AccountKey=half-a-key", "Storage__ConnectionString: AccountKey is not base64: a key of a storage account has 88 characters and ends in \"==\".")]
    [InlineData("AccountName=press", "Storage__ConnectionString: AccountKey or SharedAccessSignature is missing in the connection string.")]
    [InlineData("press", "Storage__ConnectionString: Part 1 of the connection string is not NAME=VALUE with a known name (DefaultEndpointsProtocol, AccountName, AccountKey, EndpointSuffix, TableEndpoint, BlobEndpoint, QueueEndpoint, FileEndpoint, SharedAccessSignature, UseDevelopmentStorage, DevelopmentStorageProxyUri).")]
    public void A_wrong_connection_string_stops_the_start_without_quoting_it(string text, string message)
    {
        using var folder = new TempFolder();
        var values = new Dictionary<string, string> { ["Storage__Engine"] = "Azure", ["Storage__ConnectionString"] = text };
        var file = folder.Write("settings.json", JsonSerializer.Serialize(new { Values = values }));

        var failure = Assert.Throws<StartException>(() => Settings.Load(file, []));

        Assert.Equal((ExitCode.BadSettings, message), (failure.ExitCode, failure.Message));
    }

    [Theory]
    [InlineData("AccountName", "press", "https://press.table.core.windows.net/")]
    [InlineData("ConnectionString", "UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    public void An_account_is_named_in_one_of_three_ways(string name, string value, string tables)
    {
        var options = new StorageOptions { Engine = "Azure" };
        typeof(StorageOptions).GetProperty(name)!.SetValue(options, value);

        Assert.Equal(tables, options.Account().Tables.AbsoluteUri);
        options.TableServiceUri = new Uri("https://other.example/");
        Assert.Throws<FormatException>(options.Account);
    }

    [Fact]
    public void The_three_services_go_together()
    {
        var options = new StorageOptions { Engine = "Azure", TableServiceUri = new Uri("https://t.example/"), BlobServiceUri = new Uri("https://b.example/") };

        Assert.Equal("Storage__TableServiceUri, __BlobServiceUri and __QueueServiceUri go together, each an https address.", Assert.Throws<FormatException>(options.Account).Message);

        options.QueueServiceUri = new Uri("https://q.example/");
        Assert.Equal("https://q.example/", options.Account().Queues.AbsoluteUri);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        using var folder = new TempFolder();
        var file = folder.Write("settings.json", """{ "Values": { "Web__Port": "x", "Work__Concurrency": "0", "Nonsense": "1" } }""");

        var failure = Assert.Throws<StartException>(() => Settings.Load(file, []));

        Assert.Equal(3, failure.Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_the_environment_over_the_file()
    {
        using var folder = new TempFolder();
        var file = folder.Write("settings.json", """{ "Values": { "Availability__OpenAfter": "4", "Availability__CloseAfter": "4", "Alerts__FromName": "file" } }""");
        Environment.SetEnvironmentVariable("Availability__OpenAfter", "5");
        Environment.SetEnvironmentVariable("Availability__CloseAfter", "5");
        try
        {
            var settings = Settings.Load(file, [new("Availability__OpenAfter", "6")]);

            Assert.Equal((6, 5, "file"), (settings.Get<AvailabilityOptions>().OpenAfter, settings.Get<AvailabilityOptions>().CloseAfter, settings.Get<AlertsOptions>().FromName));
        }
        finally
        {
            Environment.SetEnvironmentVariable("Availability__OpenAfter", null);
            Environment.SetEnvironmentVariable("Availability__CloseAfter", null);
        }
    }

    [Fact]
    public void The_demos_fast_settings_are_legal()
    {
        using var folder = new TempFolder();
        var file = folder.Write("settings.json", """{ "Values": {} }""");

        var settings = Settings.Load(file, DemoSettings.Make(folder.Path, new IPEndPoint(IPAddress.Loopback, 53), port: 0));

        Assert.Equal(TimeSpan.FromSeconds(30), settings.Get<FeedsOptions>().Interval);
    }

    [Fact]
    public void A_setting_given_twice_has_its_last_value()
    {
        using var folder = new TempFolder();
        var file = folder.Write("settings.json", """{ "Values": {} }""");

        var settings = Settings.Load(file, [new("Availability__OpenAfter", "4"), new("availability:openafter", "5")]);

        Assert.Equal(5, settings.Get<AvailabilityOptions>().OpenAfter);
    }

    [Theory]
    [InlineData("{", "settings.json:1: this is not valid JSON.")]
    [InlineData("[]", "settings.json: an object \"Values\" with the settings is expected.")]
    [InlineData("""{ "Values": { "Web__Port": { "a": 1 } } }""", "settings.json: Values.Web__Port: a single value is expected.")]
    public void A_malformed_settings_file_is_named_with_its_line(string content, string message)
    {
        using var folder = new TempFolder();
        var file = folder.Write("settings.json", content);

        var failure = Assert.Throws<StartException>(() => Settings.Load(file, []));

        Assert.EndsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_the_functions_host_may_stand_in_the_same_file()
    {
        using var folder = new TempFolder();
        var file = folder.Write("settings.json", """{ "IsEncrypted": false, "Values": { "FUNCTIONS_WORKER_RUNTIME": "custom", "AzureWebJobsStorage": "UseDevelopmentStorage=true" } }""");

        Assert.Equal(7071, Settings.Load(file, []).Get<WebOptions>().Port);
    }

    [Fact]
    public void A_vantage_proxy_with_its_password_binds_by_the_vantage_name()
    {
        using var folder = new TempFolder();
        var file = folder.Write("settings.json", """{ "Values": { "Vantages__Almaty mobile__Proxy": "http://user:secret@proxy.example.org:3128" } }""");

        Assert.Equal("user:secret", Settings.Load(file, []).Vantages["Almaty mobile"].Proxy!.UserInfo);
    }

    private static object Options(Settings settings, Type type) => settings.All.Single(options => options.GetType() == type);
}
