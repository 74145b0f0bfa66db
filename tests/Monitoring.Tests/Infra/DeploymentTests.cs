using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Hosting;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Infra;

/// <summary>What Azure is told fits what the program reads, listens to and leaves open.</summary>
public sealed partial class DeploymentTests
{
    /// <summary>Those of the Functions host: identity instead of keys, and no page of its own.</summary>
    private static readonly string[] HostSettings =
    [
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId", "AzureWebJobsDisableHomepage",
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
    ];

    /// <summary>Settings whose default does not work, or says nothing, where the Functions host runs.</summary>
    private static readonly string[] NeededThere =
        ["Storage__Engine", "Storage__AccountName", "Storage__Credential", "Storage__ClientId", "Web__AccessToken", "Alerts__From", "Alerts__PublicUrl", "Fetching__Contact"];

    private static BicepFile App => BicepFile.Named("modules/app.bicep");

    [Fact]
    public void Every_app_setting_is_one_that_the_program_or_the_host_reads()
    {
        Assert.Empty(App.Object("programSettings").Keys.Except(SettingNames.Known));
        Assert.Equal(HostSettings, App.Object("hostSettings").Keys);
    }

    [Fact]
    public void Every_setting_without_a_usable_default_is_there_and_so_is_every_rhythm()
    {
        var knocks = SettingNames.Known.Where(name => name.StartsWith("Knocks__", StringComparison.Ordinal)).ToList();

        Assert.Empty(NeededThere.Concat(knocks).Except(App.Object("programSettings").Keys));
    }

    [Fact]
    public void The_settings_as_they_are_written_bind()
    {
        using var folder = new TempFolder();
        var literals = App.Object("programSettings").Where(setting => setting.Value.StartsWith('\'')).Select(setting => (setting.Key, setting.Value.Trim('\'')));

        var settings = TestStation.Settings(folder, [.. literals, ("Storage__AccountName", "press")]);

        Assert.Equal("https://press.table.core.windows.net/", settings.Get<StorageOptions>().Account().Tables.AbsoluteUri);
        Assert.Equivalent(new KnockOptions(), settings.Get<KnockOptions>());
    }

    [Fact]
    public void The_access_token_stands_in_the_vault_and_the_app_has_only_a_reference_to_it()
    {
        Assert.Equal("'@Microsoft.KeyVault(SecretUri=${accessTokenUri})'", App.Object("programSettings")["Web__AccessToken"]);
        Assert.Equal(["main.bicep", "vault.bicep"], BicepFile.All.Where(file => file.Parameters.Contains("accessToken")).Select(file => Path.GetFileName(file.Path)));
        Assert.All(["main.bicep", "modules/vault.bicep"], name => Assert.Matches(@"@secure\(\)\nparam accessToken string\b", BicepFile.Named(name).Text));
        Assert.Equal(["vault"], BicepFile.Named("main.bicep").Modules.Where(module => module.Given.Contains("accessToken")).Select(module => module.Symbol));
        Assert.All(BicepFile.All, file => Assert.DoesNotMatch(@"(?m)^output .*\baccessToken\b", file.Text));
        Assert.DoesNotContain("accessToken", File.ReadAllText(Repository.Path("infra", "main.parameters.sample.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_role_is_one_that_is_documented_and_all_go_to_the_app()
    {
        var documented = new Dictionary<string, string>
        {
            ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
            ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
            ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
            ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
            ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        };
        var used = BicepFile.All.SelectMany(file => Guids().Matches(file.Text).Select(match => (file.Path, match.Value))).ToList();

        Assert.Equal(documented.Keys.Order(StringComparer.Ordinal), used.Select(one => one.Value).Order(StringComparer.Ordinal));
        Assert.All(used, one => Assert.EndsWith("roles.bicep", one.Path, StringComparison.Ordinal));
    }

    /// <summary>Asked of the running program, at every path it knows; what belongs to its own form for the token is behind the sign-in.</summary>
    [Fact]
    public async Task Signing_in_leaves_out_exactly_what_the_program_leaves_open()
    {
        await using var kit = await HandlerKit.StartAsync(new TestClock());
        var routes = kit.Station.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => "/" + Parameter().Replace(endpoint.RoutePattern.RawText!, "x").TrimStart('/'));
        var files = Directory.GetFiles(Repository.Path("src", "Monitoring.App", "wwwroot")).Select(file => "/" + Path.GetFileName(file));
        string[] ownForm = ["/access", "/monitoring.css"];

        var open = new List<string>();
        foreach (var path in routes.Concat(files).Distinct())
        {
            open.AddRange(await kit.IsOpenAsync(path) ? [path] : []);
        }

        Assert.Equal([.. ownForm, .. BicepFile.Named("modules/auth.bicep").Array("anonymousPaths").Select(path => path.Replace("*", "x/x", StringComparison.Ordinal))], open.Order(StringComparer.Ordinal).OrderBy(path => !ownForm.Contains(path)));
        Assert.Matches(@"excludedPaths: anonymousPaths\b", BicepFile.Named("modules/auth.bicep").Text);
        Assert.Contains("requireAuthentication: true", BicepFile.Named("modules/auth.bicep").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_a_queue_for_every_kind_of_work()
    {
        using var folder = new TempFolder();
        await using var station = TestStation.Open(folder, new TestClock());

        Assert.Equal(station.Get<JobRunner>().Kinds.Order(StringComparer.Ordinal), BicepFile.Named("modules/storage.bicep").Array("kinds").Order(StringComparer.Ordinal));
        Assert.Contains("name: 'work-${kind}'", BicepFile.Named("modules/storage.bicep").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_a_rhythm_for_every_timer_job()
    {
        using var folder = new TempFolder();
        await using var station = TestStation.Open(folder, new TestClock());
        var written = App.Object("programSettings").Keys;

        Assert.All(station.Services.GetServices<IKnock>(), knock => Assert.Contains($"Knocks__{knock.Name}", written));
    }

    [Theory]
    [InlineData("modules/storage.bicep", "allowSharedKeyAccess: false")]
    [InlineData("modules/storage.bicep", "allowBlobPublicAccess: false")]
    [InlineData("modules/storage.bicep", "minimumTlsVersion: 'TLS1_2'")]
    [InlineData("modules/app.bicep", "runtime: { name: 'custom', version: '1.0' }")]
    [InlineData("modules/app.bicep", "httpsOnly: true")]
    [InlineData("modules/plan.bicep", "sku: { name: 'FC1', tier: 'FlexConsumption' }")]
    [InlineData("modules/plan.bicep", "reserved: true")]
    [InlineData("modules/vault.bicep", "enableRbacAuthorization: true")]
    [InlineData("modules/vault.bicep", "enablePurgeProtection: true")]
    [InlineData("modules/insights.bicep", "DisableLocalAuth: true")]
    public void What_keeps_strangers_out_is_written_down(string file, string words) => Assert.Contains(words, BicepFile.Named(file).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("no-poll", "PollFeeds")]
    [InlineData("poison", "was given up")]
    [InlineData("failed-sends", "could not be sent")]
    [InlineData("server-errors", ">= 500")]
    public void The_operator_is_told_of_what_the_program_really_writes(string rule, string words)
    {
        var query = Regex.Match(BicepFile.Named("modules/alerts.bicep").Text, $@"name: '{rule}'\n.*\n\s+query: '(.*)'").Groups[1].Value;

        Assert.Contains(words, query, StringComparison.Ordinal);
        if (words.Contains(' ', StringComparison.Ordinal) && !words.StartsWith('>'))
        {
            Assert.Contains(Directory.GetFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains($"{words}: {{Reason}}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_dry_run_of_the_deployment_prints_its_commands_and_runs_none()
    {
        var (code, output, _) = await DeployAsync("--dry-run", "press", Repository.Path("infra", "main.parameters.sample.json"));

        Assert.Equal(0, code);
        Assert.Equal(
            ["az deployment", "infra/package.sh artifacts/package", "rm -f", "env -C", "az functionapp", "curl --fail"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(' ', line.Split(' ').Take(2))));
        Assert.Contains("/healthz", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_never_takes_the_place_of_something_else()
    {
        using var folder = new TempFolder();
        folder.Write("thesis.txt", "the only copy");

        var (code, output, errors) = await RunAsync("package.sh", folder.Path);

        Assert.Equal((2, "", $"{folder.Path}: an older package, or nothing, is expected there."), (code, output, errors.Trim()));
        Assert.True(File.Exists(folder.File("thesis.txt")));
    }

    [Theory]
    [InlineData("Usage: infra/deploy.sh [--dry-run] RESOURCE_GROUP PARAMETERS_FILE")]
    [InlineData("Usage: infra/deploy.sh [--dry-run] RESOURCE_GROUP PARAMETERS_FILE", "--dry-run", "press")]
    [InlineData("nowhere.json: a parameters file like infra/main.parameters.sample.json is expected.", "--dry-run", "press", "nowhere.json")]
    public async Task A_deployment_without_what_it_needs_says_what_it_expects(string message, params string[] arguments)
    {
        var (code, output, errors) = await DeployAsync(arguments);

        Assert.Equal((2, "", message), (code, output, errors.Trim()));
    }

    private static Task<(int Code, string Output, string Errors)> DeployAsync(params string[] arguments) => RunAsync("deploy.sh", arguments);

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string script, params string[] arguments)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", [Repository.Path("infra", script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync();
        return (bash.ExitCode, await output, await errors);
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Guids();
}
