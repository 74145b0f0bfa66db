using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monitoring.Work;

/// <summary>
/// A message of the work queue: which kind of job, for which subject. It carries no facts: the subject's row decides, so a lost,
/// repeated or forged message can at most start what is due anyway.
/// </summary>
/// <param name="Kind">Names the job, e.g. <c>visit-source</c>; lower-case letters and hyphens.</param>
/// <param name="Subject">The opaque id the job is about.</param>
public sealed record WorkItem(
    [property: JsonPropertyName("workKind")] string Kind,
    [property: JsonPropertyName("workSubject")] string Subject)
{
    public const int CurrentVersion = 1;

    /// <summary>Azure Queues carry 64 KiB of text; base64 leaves 48 KiB.</summary>
    public const int MaxBytes = 48 * 1024;

    [JsonPropertyName("workVersion")]
    public int Version { get; init; } = CurrentVersion;

    /// <summary>When an item that was put back as a new message was first enqueued; null if it never was.</summary>
    [JsonPropertyName("workSince")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>What a newer program wrote that this one does not know, so that it is not lost when the item is put back.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Never throws: a message that cannot be read is an answer.</summary>
    public static WorkItemReading Read(string text)
    {
        try
        {
            var item = JsonSerializer.Deserialize<WorkItem>(text);
            return item switch
            {
                null or { Kind: null or "" } or { Subject: null or "" } => new WorkItemReading.Malformed("workKind and workSubject are expected"),
                { Version: > CurrentVersion } => new WorkItemReading.Newer(item),
                _ => new WorkItemReading.Read(item with { Since = null, Unknown = null }),
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            // The latter for halves of characters, which have no UTF-8.
            return new WorkItemReading.Malformed("a JSON object is expected");
        }
    }
}

/// <summary>What a message turned out to be.</summary>
public abstract record WorkItemReading
{
    private WorkItemReading()
    {
    }

    public sealed record Read(WorkItem Item) : WorkItemReading;

    /// <summary>Written by a newer program during an update: left for it.</summary>
    public sealed record Newer(WorkItem Item) : WorkItemReading;

    public sealed record Malformed(string Why) : WorkItemReading;
}
