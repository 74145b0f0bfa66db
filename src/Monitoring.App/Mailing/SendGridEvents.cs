using System.Text.Json;
using Monitoring.Alerts.Delivery;

namespace Monitoring.App.Mailing;

/// <summary>What SendGrid tells of mails, as its event webhook posts it: an array of flat objects, our own argument among their fields.</summary>
internal static class SendGridEvents
{
    private const int LongestReason = 200;

    /// <returns>Null if the body is not such an array. Events that do not concern delivery, or no mail of ours, are left out.</returns>
    public static IReadOnlyList<MailEvent>? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            return document.RootElement.ValueKind is JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(Read).OfType<MailEvent>()] : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The second is said of text that is no text: half of a character.
            return null;
        }
    }

    private static MailEvent? Read(JsonElement told)
    {
        MailEventKind? kind = Text(told, "event") switch
        {
            "processed" or "deferred" => MailEventKind.Taken,
            "delivered" => MailEventKind.Delivered,
            "bounce" when Text(told, "type") == "blocked" => MailEventKind.Blocked,
            "bounce" or "dropped" => MailEventKind.Bounced,
            "spamreport" => MailEventKind.Complained,
            _ => null,
        };
        return kind is not null && Text(told, "sg_event_id") is { Length: > 0 and < 200 } id && Text(told, SendGridMessage.IdArgument) is { Length: < 200 } mail && Time(told) is { } at
            ? new MailEvent(id, mail, kind.Value, at, Reason(Text(told, "reason")))
            : null;
    }

    private static string? Text(JsonElement told, string field) =>
        told.ValueKind is JsonValueKind.Object && told.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement told) =>
        told.TryGetProperty("timestamp", out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is > 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>Of a server's words only what holds no address: they quote the reader's.</summary>
    private static string? Reason(string? words)
    {
        if (words is null)
        {
            return null;
        }

        var safe = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => !word.Contains('@', StringComparison.Ordinal)));
        return safe.Length > LongestReason ? safe[..LongestReason] : safe;
    }
}
