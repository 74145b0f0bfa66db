using System.Globalization;
using System.Text.Json;
using Monitoring.Work;

namespace Monitoring.App.Hosting.Functions;

/// <summary>
/// Reads the message out of what the host posts: <c>Data.msg</c> is its text, written as a JSON string once more; <c>Metadata</c> tells its id, count and
/// time, as text in text, unless members of the message have overwritten them. So metadata is believed only where nothing depends on it.
/// </summary>
internal static class QueueInvocation
{
    /// <summary>Null: there is no message in it.</summary>
    public static ReceivedWork? Read(JsonElement root, string kind, DateTimeOffset now)
    {
        if (Member(Member(root, "Data"), "msg") is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } message)
        {
            return null;
        }

        var metadata = Member(root, "Metadata");
        var count = int.TryParse(Text(metadata, "DequeueCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(number, 1) : 1;
        var isTime = DateTimeOffset.TryParse(Text(metadata, "InsertionTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var enqueued);
        return new ReceivedWork(kind, Text(metadata, "Id") ?? "", Receipt: "", Unwrap(message), count, isTime ? enqueued.ToUniversalTime() : now, now);
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } && parent.Value.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? parent, string name) => Member(parent, name) is { } member ? Unwrap(member) : null;

    /// <summary>A string's content, and that once more if it is a JSON string itself; anything else as it is written.</summary>
    private static string Unwrap(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            return value.GetRawText();
        }

        try
        {
            var text = value.GetString()!;
            return text is ['"', .., '"'] ? JsonSerializer.Deserialize<string>(text)! : text;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Halves of characters, or quotation marks that mean nothing: whoever reads it calls it malformed.
            return value.GetRawText();
        }
    }
}
