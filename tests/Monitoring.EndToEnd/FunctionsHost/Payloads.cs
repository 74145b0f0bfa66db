using System.Text.Json;
using System.Text.Json.Nodes;
using Monitoring.Storage.AzureStorage;

namespace Monitoring.EndToEnd.FunctionsHost;

/// <summary>
/// What the host posts, with its peculiarities: whatever is no object is JSON in a string, times are strings once, and the members of a message that is an
/// object are copied over the metadata.
/// </summary>
internal static class Payloads
{
    public static string Timer(TimerFunction function, DateTimeOffset last, DateTimeOffset now, bool isPastDue, int retry = 0) => Write(
        function.Binding,
        new JsonObject
        {
            ["Schedule"] = new JsonObject { ["AdjustForDST"] = true },
            ["ScheduleStatus"] = new JsonObject { ["Last"] = Time(last), ["Next"] = Time(now), ["LastUpdated"] = Time(last) },
            ["IsPastDue"] = isPastDue,
        },
        retry == 0 ? [] : new JsonObject { ["RetryContext"] = new JsonObject { ["RetryCount"] = retry, ["MaxRetryCount"] = function.Retry!.Most, ["Exception"] = new JsonObject { ["Message"] = "HttpRequestException" } } },
        function.Name,
        now);

    public static string Queue(QueueFunction function, QueueMessage message, DateTimeOffset now)
    {
        var metadata = new JsonObject
        {
            ["DequeueCount"] = $"{message.Deliveries}",
            ["ExpirationTime"] = Time(DateTimeOffset.MaxValue),
            ["Id"] = Json(message.Id),
            ["InsertionTime"] = Time(message.InsertedAt),
            ["NextVisibleTime"] = Time(message.NextVisibleAt),
            ["PopReceipt"] = Json(message.Receipt),
        };
        Merge(metadata, message.Body);
        return Write(function.Binding, Json(message.Body), metadata, function.Name, now);
    }

    private static void Merge(JsonObject metadata, string body)
    {
        if (!body.TrimStart().StartsWith('{') || Parse(body) is not JsonObject members)
        {
            return;
        }

        foreach (var (name, value) in members.Where(member => member.Value is not JsonArray))
        {
            var overwritten = metadata.Select(member => member.Key).FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;
            metadata[overwritten] = value is JsonObject ? value.DeepClone() : value?.ToJsonString();
        }
    }

    private static string Write(string binding, JsonNode value, JsonObject metadata, string function, DateTimeOffset now)
    {
        metadata["sys"] = new JsonObject { ["MethodName"] = function, ["UtcNow"] = Time(now), ["RandGuid"] = Guid.NewGuid().ToString() };
        return new JsonObject { ["Data"] = new JsonObject { [binding] = value }, ["Metadata"] = metadata }.ToJsonString();
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}
