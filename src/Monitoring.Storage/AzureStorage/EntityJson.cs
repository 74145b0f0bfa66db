using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Monitoring.Storage.AzureStorage;

/// <summary>
/// Rows as the table service writes them: OData JSON with minimal metadata. On writing every type that JSON does not have is annotated, a double always:
/// 1.0 would be stored as an Int32 otherwise. On reading an unannotated whole number is a long.
/// </summary>
internal static class EntityJson
{
    /// <summary>The engine's own column: the mark by which a write is known again after a lost answer.</summary>
    public const string WriteId = StorageLimits.WriteIdColumn;

    private const string TypeSuffix = "@odata.type";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(IBufferWriter<byte> output, Entity entity, string writeId)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        writer.WriteString("PartitionKey"u8, entity.Key.Partition);
        writer.WriteString("RowKey"u8, entity.Key.Row);
        foreach (var (name, value) in entity.Columns)
        {
            WriteValue(writer, name, value);
        }

        writer.WriteString(WriteId, writeId);
        writer.WriteEndObject();
    }

    /// <summary>Reads one row; the reader stands on its opening brace, and on its closing one afterwards.</summary>
    /// <exception cref="JsonException">No row.</exception>
    /// <exception cref="StoredRowException">A column is of a type that we do not write.</exception>
    public static StoredEntity Read(ref Utf8JsonReader reader)
    {
        var row = new RowBeingRead();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            row.Take(name, ref reader);
        }

        return reader.TokenType == JsonTokenType.EndObject ? row.Finish() : throw new JsonException();
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteString(name, text);
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case long number:
                WriteTyped(writer, name, "Edm.Int64", number.ToString(CultureInfo.InvariantCulture));
                break;
            case double real when double.IsFinite(real):
                writer.WriteString(name + TypeSuffix, "Edm.Double");
                writer.WriteNumber(name, real);
                break;
            case double real:
                // JSON has neither NaN nor infinities.
                WriteTyped(writer, name, "Edm.Double", real.ToString(CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                WriteTyped(writer, name, "Edm.DateTime", time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                writer.WriteString(name + TypeSuffix, "Edm.Binary");
                writer.WriteBase64String(name, bytes);
                break;
            default:
                throw new NotSupportedException($"A column cannot be a {value.GetType().Name}.");
        }
    }

    private static void WriteTyped(Utf8JsonWriter writer, string name, string type, string value)
    {
        writer.WriteString(name + TypeSuffix, type);
        writer.WriteString(name, value);
    }

    /// <summary>The pieces of one row, in whatever order they come.</summary>
    private ref struct RowBeingRead()
    {
        private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
        private readonly List<(string Name, object? Value)> _values = [];
        private string? _partition;
        private string? _row;
        private string? _etag;
        private string? _writeId;

        public void Take(string name, ref Utf8JsonReader reader)
        {
            switch (name)
            {
                case "PartitionKey":
                    _partition = reader.GetString();
                    break;
                case "RowKey":
                    _row = reader.GetString();
                    break;
                case "odata.etag":
                    _etag = reader.GetString();
                    break;
                case WriteId:
                    _writeId = reader.GetString();
                    break;
                case "Timestamp" or "odata.metadata":
                    reader.Skip();
                    break;
                default:
                    TakeColumn(name, ref reader);
                    break;
            }
        }

        public readonly StoredEntity Finish()
        {
            if (_partition is null || _row is null)
            {
                throw new JsonException();
            }

            var entity = new Entity(_partition, _row) { ETag = _etag };
            foreach (var (name, value) in _values)
            {
                SetTyped(entity, name, value);
            }

            return new StoredEntity(entity, _writeId);
        }

        private readonly void TakeColumn(string name, ref Utf8JsonReader reader)
        {
            if (name.EndsWith(TypeSuffix, StringComparison.Ordinal))
            {
                _types[name[..^TypeSuffix.Length]] = reader.GetString() ?? "";
                return;
            }

            _values.Add((name, reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.True or JsonTokenType.False => reader.GetBoolean(),
                JsonTokenType.Number => reader.TryGetInt64(out var number) ? number : reader.GetDouble(),
                JsonTokenType.Null => null,
                _ => throw new JsonException(),
            }));
        }

        private readonly void SetTyped(Entity entity, string name, object? value)
        {
            try
            {
                Set(entity, name, _types.GetValueOrDefault(name), value);
            }
            catch (Exception damaged) when (damaged is FormatException or OverflowException)
            {
                throw new StoredRowException(entity.Key, name);
            }
        }

        private static void Set(Entity entity, string name, string? type, object? value)
        {
            switch (type, value)
            {
                case (_, null):
                    break;
                case ("Edm.Int64", string text):
                    entity.Set(name, long.Parse(text, CultureInfo.InvariantCulture));
                    break;
                case ("Edm.Double", string text):
                    entity.Set(name, double.Parse(text, CultureInfo.InvariantCulture));
                    break;
                case ("Edm.Double", long number):
                    entity.Set(name, (double)number);
                    break;
                case ("Edm.DateTime", string text):
                    entity.Set(name, DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
                    break;
                case ("Edm.Binary", string text):
                    entity.Set(name, Convert.FromBase64String(text));
                    break;
                case (_, string text):
                    entity.Set(name, text);
                    break;
                case (_, bool flag):
                    entity.Set(name, flag);
                    break;
                case (_, long number):
                    entity.Set(name, number);
                    break;
                default:
                    entity.Set(name, (double)value);
                    break;
            }
        }
    }
}

/// <param name="WriteId">The mark of the write that the row comes from; null if its writer left none.</param>
internal readonly record struct StoredEntity(Entity Entity, string? WriteId);
