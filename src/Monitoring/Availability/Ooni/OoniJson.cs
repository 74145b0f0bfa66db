using System.Globalization;
using System.Text.Json;

namespace Monitoring.Availability.Ooni;

/// <summary>Reads an answer of the aggregation API. Unknown fields are passed over; a row that does not add up makes the whole answer unusable, because a part would read as fewer measurements.</summary>
internal static class OoniJson
{
    /// <summary>Fifty domains in all countries are some 2 MB.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const int MaxDepth = 16;
    private const int LongestName = 300;

    /// <summary>Far more than OONI has in a week; sums of them stay in range.</summary>
    private const long Most = 1_000_000_000;

    /// <param name="field">The axis asked for.</param>
    /// <param name="problem">Null if the rows could be read.</param>
    public static IReadOnlyList<OoniRow> Read(ReadOnlyMemory<byte> json, string field, out string? problem)
    {
        if (json.Length > MaxBytes)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"{json.Length} bytes; at most {MaxBytes} are expected");
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (document.RootElement.ValueKind is not JsonValueKind.Object || !document.RootElement.TryGetProperty("result", out var result) || result.ValueKind is not JsonValueKind.Array)
            {
                problem = "an object with an array 'result' is expected";
                return [];
            }

            var rows = new List<OoniRow>(result.GetArrayLength());
            foreach (var (index, element) in result.EnumerateArray().Index())
            {
                if (Row(element, field) is not { } row)
                {
                    problem = string.Create(CultureInfo.InvariantCulture, $"result[{index}]: domain, {field} and counts that add up are expected");
                    return [];
                }

                rows.Add(row);
            }

            problem = null;
            return rows;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The latter for halves of characters in a text, which have no UTF-16.
            problem = "JSON is expected";
            return [];
        }
    }

    private static OoniRow? Row(JsonElement row, string field)
    {
        if (row.ValueKind is not JsonValueKind.Object || Text(row, "domain") is not { Length: > 0 } domain || Text(row, field) is not { } axis
            || Count(row, "measurement_count") is not { } all || Count(row, "anomaly_count") is not { } anomalies
            || Count(row, "confirmed_count") is not { } confirmed || Count(row, "failure_count") is not { } failures)
        {
            return null;
        }

        return anomalies + confirmed + failures <= all ? new OoniRow(domain, axis, new OoniCounts(all, anomalies, confirmed, failures)) : null;
    }

    /// <summary>Networks are numbers; what is absent or null is empty (the API leaves out what is null).</summary>
    private static string? Text(JsonElement row, string name)
    {
        if (!row.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return "";
        }

        return value.ValueKind switch
        {
            JsonValueKind.String when value.GetString() is { Length: <= LongestName } text => text,
            JsonValueKind.Number when value.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    private static long? Count(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var count) && count is >= 0 and <= Most ? count : null;
}
