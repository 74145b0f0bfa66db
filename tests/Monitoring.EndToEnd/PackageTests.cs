using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Hosting;
using Monitoring.App.Hosting.Functions;
using Monitoring.EndToEnd.FunctionsHost;
using Monitoring.Work;
using Xunit.Abstractions;

namespace Monitoring.EndToEnd;

/// <summary>What is deployed: the files, and that they start as they are, with the settings of the sample.</summary>
public sealed class PackageTests(ITestOutputHelper output)
{
    private static readonly string[] BesideTheFunctions = ["Monitoring.App", "Samples/kazakhstan.yaml", "host.json", "libe_sqlite3.so", "wwwroot/monitoring.css"];

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_package_holds_the_program_at_its_root_the_functions_beside_it_and_nothing_else()
    {
        var root = await PublishedApp.FolderAsync();
        var files = Directory.GetFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal).ToList();
        var functions = (await ProgramFunctionsAsync()).Append("Pages").Select(name => $"{name}/function.json");

        output.WriteLine(string.Join('\n', files));
        Assert.Equal(BesideTheFunctions.Concat(functions).Order(StringComparer.Ordinal), files);
        Assert.True(File.GetUnixFileMode(Path.Combine(root, "Monitoring.App")).HasFlag(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute));
    }

    [Fact]
    public async Task It_starts_with_the_settings_of_the_sample_and_has_every_function_it_shows_the_host()
    {
        var files = await WithSampleAsync();
        var (ready, page) = (new List<double>(), new List<double>());
        for (var start = 0; start < 5; start++)
        {
            await using var host = await HostStandIn.StartAsync(files, rootPem: null);
            using var overview = await host.VisitAsync(HttpMethod.Get, "/", ("Authorization", $"Bearer {HostedApp.Token}"));
            page.Add(host.Handler.Age.TotalMilliseconds);
            ready.Add(host.Handler.ToReady.TotalMilliseconds);

            Assert.Equal(HttpStatusCode.OK, overview.StatusCode);
            await AssertFunctionsAsync(host, files);
        }

        output.WriteLine($"Cold start to ready, median of 5: {Median(ready)}.\nCold start to the first page, the store open, median of 5: {Median(page)}.");
    }

    /// <summary>As an operator starts it with the Functions tools: the sample, copied, with an account in it.</summary>
    private static async Task<HostFiles> WithSampleAsync()
    {
        var settings = new Dictionary<string, string>(SettingsFile.Read(Repository.Path("local.settings.sample.json")))
        {
            ["AzureWebJobsStorage"] = (await AzuriteProcess.TakeAsync()).ConnectionString,
            ["Web__AccessToken"] = HostedApp.Token,
        };
        return HostFiles.Read(await PublishedApp.FolderAsync(), settings);
    }

    /// <summary>A function answers in its own name; what is none would be a page, and closed.</summary>
    private static async Task AssertFunctionsAsync(HostStandIn host, HostFiles files)
    {
        using var client = new HttpClient();
        foreach (var function in files.Posted)
        {
            using var answer = await client.PostAsync(new Uri(host.Handler.Address, function), new StringContent("{}"));
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.StartsWith($"{function}: ", json.RootElement.GetProperty("Logs")[0].GetString(), StringComparison.Ordinal);
        }
    }

    private static async Task<IReadOnlyList<string>> ProgramFunctionsAsync()
    {
        using var folder = new TempFolder();
        var settings = Settings.Load(folder.Write("settings.json", """{ "Values": {} }"""), [new("Storage__DataFolder", folder.File("data"))]);
        await using var station = Station.Open(settings, OutsideWorld.Real);
        return [.. station.Services.GetServices<IKnock>().Select(knock => knock.Name), .. station.Get<JobRunner>().Kinds.Select(FunctionRuns.NameOf)];
    }

    private static string Median(List<double> milliseconds)
    {
        milliseconds.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds[milliseconds.Count / 2]:F0} ms (from {milliseconds[0]:F0} to {milliseconds[^1]:F0})");
    }
}
