using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Hosting;
using Monitoring.App.Hosting.Functions;
using Monitoring.Retention;
using Monitoring.Tests.Support;
using Monitoring.Work;
using NCrontab;

namespace Monitoring.Tests.Hosting.Functions;

/// <summary>The Functions host knows of our jobs what these files say: each job has its folder, and no folder is left over.</summary>
public sealed partial class FunctionFoldersTests : IDisposable
{
    private const string Pages = "Pages";

    private static readonly string Root = Repository.Path("src", "Monitoring.App", "Functions");

    private readonly TempFolder _folder = new();
    private readonly Station _station;

    public FunctionFoldersTests() => _station = TestStation.Open(_folder, TimeProvider.System);

    [Fact]
    public void Every_job_has_one_folder_and_every_folder_a_job()
    {
        var jobs = _station.Services.GetServices<IKnock>().Select(knock => knock.Name).Concat(_station.Get<JobRunner>().Kinds.Select(FunctionRuns.NameOf)).Append(Pages);

        Assert.Equal(jobs.Order(StringComparer.Ordinal), Folders().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_timer_job_has_a_timer_with_its_own_setting()
    {
        foreach (var knock in _station.Services.GetServices<IKnock>())
        {
            var binding = Assert.Single(Bindings(knock.Name));

            Assert.Equal(("timerTrigger", "in", "timer"), Kind(binding));
            Assert.Equal($"%Knocks__{knock.Name}%", binding.GetProperty("schedule").GetString());
            Assert.False(binding.GetProperty("runOnStartup").GetBoolean());
            Assert.NotNull(CrontabSchedule.TryParse(Sample()[$"Knocks__{knock.Name}"], new CrontabSchedule.ParseOptions { IncludingSeconds = true }));
        }
    }

    [Fact]
    public void A_kind_of_work_has_the_trigger_of_its_queue_in_the_account_of_the_host()
    {
        foreach (var kind in _station.Get<JobRunner>().Kinds)
        {
            var binding = Assert.Single(Bindings(FunctionRuns.NameOf(kind)));

            Assert.Equal(("queueTrigger", "in", "msg"), Kind(binding));
            Assert.Equal($"work-{kind}", binding.GetProperty("queueName").GetString());
            Assert.Equal("AzureWebJobsStorage", binding.GetProperty("connection").GetString());
        }
    }

    [Fact]
    public void The_pages_have_one_trigger_for_every_path_and_one_output_as_proxying_demands()
    {
        var bindings = Bindings(Pages);

        Assert.Equal([("httpTrigger", "in", "req"), ("http", "out", "res")], bindings.Select(Kind));
        Assert.Equal("{*path}", bindings[0].GetProperty("route").GetString());
        Assert.Equal("anonymous", bindings[0].GetProperty("authLevel").GetString());
    }

    [Fact]
    public void Every_setting_and_connection_the_files_name_stands_in_the_sample()
    {
        var texts = Folders().Select(folder => File.ReadAllText(Path.Combine(Root, folder, "function.json")));
        var named = texts.SelectMany(text => SettingName().Matches(text)).Select(match => match.Groups[1].Value + match.Groups[2].Value).ToList();

        Assert.Equal(Folders().Count(folder => folder != Pages), named.Count);
        Assert.All(named, name => Assert.NotEmpty(Sample()[name]));
    }

    [Fact]
    public void The_hosts_limits_fit_ours()
    {
        var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "host.json"))).RootElement;
        var (handler, queues) = (host.GetProperty("customHandler"), host.GetProperty("extensions").GetProperty("queues"));
        var timeout = TimeSpan.Parse(host.GetProperty("functionTimeout").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(IWorkQueue.MaxDequeueCount, queues.GetProperty("maxDequeueCount").GetInt32());
        Assert.Equal("base64", queues.GetProperty("messageEncoding").GetString());
        Assert.Equal("", host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.True(handler.GetProperty("enableProxyingHttpRequest").GetBoolean());
        Assert.False(handler.TryGetProperty("enableForwardingHttpRequest", out _));
        Assert.InRange(new FunctionsOptions().Deadline, new RetentionOptions().LongestRun + TimeSpan.FromMinutes(1), timeout - TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void The_executable_is_what_the_project_makes_and_the_files_go_to_the_root_of_the_package()
    {
        var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "host.json"))).RootElement;
        var project = XDocument.Load(Repository.Path("src", "Monitoring.App", "Monitoring.App.csproj"));

        var content = Assert.Single(project.Descendants("Content"), item => item.Attribute("Include")?.Value == "Functions/**/*.json");

        Assert.Equal("Monitoring.App", host.GetProperty("customHandler").GetProperty("description").GetProperty("defaultExecutablePath").GetString());
        Assert.Equal(("%(RecursiveDir)%(Filename)%(Extension)", "PreserveNewest"), (content.Attribute("Link")!.Value, content.Attribute("CopyToPublishDirectory")!.Value));
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "Monitoring.App")), "the program itself");
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "host.json")), "host.json beside the program");
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, Pages, "function.json")), "function folders beside the program");
    }

    public void Dispose()
    {
        _station.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Dispose();
    }

    private static IEnumerable<string> Folders() => Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)!);

    private static List<JsonElement> Bindings(string function) =>
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, function, "function.json"))).RootElement.GetProperty("bindings").EnumerateArray()];

    private static (string?, string?, string?) Kind(JsonElement binding) =>
        (binding.GetProperty("type").GetString(), binding.GetProperty("direction").GetString(), binding.GetProperty("name").GetString());

    private static Dictionary<string, string> Sample() =>
        JsonDocument.Parse(File.ReadAllText(Repository.Path("local.settings.sample.json")), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })
            .RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!);

    [GeneratedRegex("\"%([^%\"]*)%\"|\"connection\": \"([^\"]*)\"")]
    private static partial Regex SettingName();
}
