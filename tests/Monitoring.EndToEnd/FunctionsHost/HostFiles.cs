using System.Globalization;
using System.Text.Json;
using NCrontab;

namespace Monitoring.EndToEnd.FunctionsHost;

/// <summary>How often a failed timer is tried again, and after what pause.</summary>
internal sealed record RetryPolicy(int Most, TimeSpan Delay);

/// <summary>A function with a timer.</summary>
/// <param name="Retry">Null: a failure waits for the next time.</param>
internal sealed record TimerFunction(string Name, string Binding, CrontabSchedule Schedule, RetryPolicy? Retry);

/// <summary>A function with a queue; without the prefix of our queues.</summary>
internal sealed record QueueFunction(string Name, string Binding, string Kind);

/// <summary>What host.json says that matters here.</summary>
internal sealed record HostLimits(TimeSpan FunctionTimeout, TimeSpan InitializationTimeout, TimeSpan VisibilityTimeout, int MaxDequeueCount, int AtOnce);

/// <summary>Reads host.json and every function.json of an app as the Functions host does, and refuses what the host would refuse.</summary>
internal sealed class HostFiles
{
    private const string QueuePrefix = "work-";

    private HostFiles(IReadOnlyDictionary<string, string> settings, string executable, HostLimits limits) => (Settings, Executable, Limits) = (settings, executable, limits);

    /// <summary>The app settings: those of the triggers, and the handler's environment.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>The handler.</summary>
    public string Executable { get; }

    public HostLimits Limits { get; }

    public List<TimerFunction> Timers { get; } = [];

    public List<QueueFunction> Queues { get; } = [];

    public List<string> Sites { get; } = [];

    /// <summary>The names of those that the host posts to.</summary>
    public IEnumerable<string> Posted => [.. Timers.Select(timer => timer.Name), .. Queues.Select(queue => queue.Name)];

    /// <param name="shorten">What takes minutes in the world; null: nothing.</param>
    /// <exception cref="InvalidDataException">The host would not start this app, or would not index a function.</exception>
    public static HostFiles Read(string root, IReadOnlyDictionary<string, string> settings, Func<HostLimits, HostLimits>? shorten = null)
    {
        using var host = Parse(Path.Combine(root, "host.json"));
        var limits = ReadLimits(host.RootElement);
        var files = new HostFiles(settings, ReadExecutable(root, host.RootElement), shorten?.Invoke(limits) ?? limits);
        foreach (var folder in Directory.GetDirectories(root).Where(folder => File.Exists(Path.Combine(folder, "function.json"))).Order(StringComparer.Ordinal))
        {
            using var function = Parse(Path.Combine(folder, "function.json"));
            files.Add(Path.GetFileName(folder), [.. function.RootElement.GetProperty("bindings").EnumerateArray()], ReadRetry(Path.GetFileName(folder), function.RootElement));
        }

        return files;
    }

    private void Add(string name, JsonElement[] bindings, RetryPolicy? retry)
    {
        var trigger = bindings.Single(binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.Ordinal));
        var binding = trigger.GetProperty("name").GetString()!;
        switch (trigger.GetProperty("type").GetString())
        {
            case "timerTrigger" when bindings.Length == 1:
                Timers.Add(new TimerFunction(name, binding, Schedule(name, Resolve(name, trigger.GetProperty("schedule").GetString()!)), retry));
                break;
            case "queueTrigger" when retry is not null:
                throw Wrong(name, "messages are tried again by host.json, not by a retry policy");
            case "queueTrigger" when bindings.Length == 1:
                Need(name, trigger.GetProperty("connection").GetString()!);
                var queue = trigger.GetProperty("queueName").GetString()!;
                Queues.Add(new QueueFunction(name, binding, queue.StartsWith(QueuePrefix, StringComparison.Ordinal) ? queue[QueuePrefix.Length..] : throw Wrong(name, $"the queue {queue} is not one of ours")));
                break;
            case "httpTrigger" when bindings.Length == 2 && bindings[1].GetProperty("type").GetString() == "http":
                Sites.Add(name);
                break;
            case var type:
                throw Wrong(name, $"the host does not know {type} in these bindings");
        }
    }

    private static RetryPolicy? ReadRetry(string name, JsonElement function) =>
        !function.TryGetProperty("retry", out var retry) ? null
        : retry.GetProperty("strategy").GetString() == "fixedDelay" ? new RetryPolicy(retry.GetProperty("maxRetryCount").GetInt32(), Span(retry.GetProperty("delayInterval")))
        : throw Wrong(name, "of the strategies only fixedDelay is known here");

    /// <summary>A setting between percent signs is the whole value.</summary>
    private string Resolve(string function, string value) => value is ['%', .. var setting, '%'] ? Need(function, setting) : value;

    private string Need(string function, string setting) =>
        Settings.TryGetValue(setting, out var value) && value.Length > 0 ? value : throw Wrong(function, $"the setting {setting} is missing");

    private static CrontabSchedule Schedule(string function, string cron) =>
        CrontabSchedule.TryParse(cron, new CrontabSchedule.ParseOptions { IncludingSeconds = true }) ?? throw Wrong(function, $"'{cron}' is no schedule");

    /// <summary>At the root; the host would look for another one on the PATH.</summary>
    private static string ReadExecutable(string root, JsonElement host)
    {
        var path = Path.Combine(root, host.GetProperty("customHandler").GetProperty("description").GetProperty("defaultExecutablePath").GetString()!);
        return File.Exists(path) ? path : throw Wrong("host.json", $"there is no {path}");
    }

    private static HostLimits ReadLimits(JsonElement host)
    {
        var (handler, queues) = (host.GetProperty("customHandler"), host.GetProperty("extensions").GetProperty("queues"));
        if (host.GetProperty("version").GetString() != "2.0" || handler.TryGetProperty("http", out _) || !handler.GetProperty("enableProxyingHttpRequest").GetBoolean())
        {
            throw Wrong("host.json", "version 2.0, proxying and no routes are expected");
        }

        return new HostLimits(
            Span(host.GetProperty("functionTimeout")),
            Span(handler.GetProperty("initializationTimeout")),
            Span(queues.GetProperty("visibilityTimeout")),
            queues.GetProperty("maxDequeueCount").GetInt32(),
            queues.GetProperty("batchSize").GetInt32() + queues.GetProperty("newBatchThreshold").GetInt32());
    }

    private static TimeSpan Span(JsonElement value) => TimeSpan.Parse(value.GetString()!, CultureInfo.InvariantCulture);

    private static JsonDocument Parse(string file) => JsonDocument.Parse(File.ReadAllText(file));

    private static InvalidDataException Wrong(string function, string what) => new($"{function}: {what}.");
}
