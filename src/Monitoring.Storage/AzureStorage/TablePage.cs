using System.Text.Json;

namespace Monitoring.Storage.AzureStorage;

/// <summary>One page of a query: an object whose <c>value</c> is a list of rows.</summary>
internal static class TablePage
{
    /// <exception cref="JsonException">It is something else, or cut off.</exception>
    public static List<Entity> Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        Need(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        List<Entity>? rows = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRows = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (isRows)
            {
                rows = ReadRows(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        Need(reader.TokenType == JsonTokenType.EndObject);
        return rows ?? throw new JsonException();
    }

    private static List<Entity> ReadRows(ref Utf8JsonReader reader)
    {
        Need(reader.TokenType == JsonTokenType.StartArray);
        var rows = new List<Entity>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            rows.Add(EntityJson.Read(ref reader).Entity);
        }

        Need(reader.TokenType == JsonTokenType.EndArray);
        return rows;
    }

    private static void Need(bool isSo)
    {
        if (!isSo)
        {
            throw new JsonException();
        }
    }
}
