using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Monitoring.Storage.Sqlite;

/// <summary>
/// The columns of a row as one JSON object, readable in a database browser. Text, bool and long are JSON's own; the others keep their
/// type as an object with one member: <c>{"real":"0.5"}</c>, <c>{"time":"2026-11-22T07:05:01.1234567Z"}</c>, <c>{"bytes":"base64"}</c>.
/// </summary>
internal static class ColumnsJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>What a JSON text does not hold as it is (RFC 8259, section 7). Halves of surrogate pairs without their other half become U+FFFD.</summary>
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c), '"', '\\']);

    /// <summary>Of one character, at most: <c>\u000a</c>.</summary>
    private const int EscapeBytes = 6;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    public static byte[] Write(Entity entity)
    {
        var buffer = t_buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        var writer = t_writer ??= new Utf8JsonWriter(buffer, Options);
        writer.Reset(buffer);
        writer.WriteStartObject();
        foreach (var (name, value) in entity.Columns)
        {
            WriteValue(writer, name, value);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads the columns into <paramref name="entity"/>; with <paramref name="columns"/> only those.</summary>
    /// <exception cref="StoredRowException">Somebody damaged the row.</exception>
    public static void Read(ReadOnlySpan<byte> json, Entity entity, IReadOnlyCollection<string>? columns)
    {
        var name = "cols";
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (ReadName(ref reader, ref name))
            {
                reader.Read();
                if (columns is null || columns.Contains(name))
                {
                    ReadValue(ref reader, entity, name);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        catch (Exception damage) when (damage is JsonException or FormatException or InvalidOperationException)
        {
            // Without the reader's own words: they quote the row.
            throw new StoredRowException(entity.Key, name);
        }
    }

    private static bool ReadName(ref Utf8JsonReader reader, ref string name)
    {
        if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject)
        {
            return false;
        }

        name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString()! : throw new JsonException();
        return true;
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, object value)
    {
        switch (value)
        {
            case string text:
                WriteText(writer, name, text);
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case long number:
                writer.WriteNumber(name, number);
                break;
            case double real:
                WriteTyped(writer, name, "real"u8, real.ToString("R", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                WriteTyped(writer, name, "time"u8, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                WriteTyped(writer, name, "bytes"u8, Convert.ToBase64String(bytes));
                break;
            default:
                throw new NotSupportedException($"A column cannot be a {value.GetType().Name}.");
        }
    }

    /// <summary>The writer looks at each character that is not ASCII by itself; here what stands between escapes is turned into UTF-8 as a whole.</summary>
    private static void WriteText(Utf8JsonWriter writer, string name, ReadOnlySpan<char> text)
    {
        writer.WritePropertyName(name);
        var json = ArrayPool<byte>.Shared.Rent(2 + EscapeBytes * text.Length);
        json[0] = (byte)'"';
        var end = 1;
        while (text.Length > 0)
        {
            var plain = text.IndexOfAny(Escaped) is >= 0 and var at ? at : text.Length;
            end += Encoding.UTF8.GetBytes(text[..plain], json.AsSpan(end));
            if (plain < text.Length)
            {
                Utf8.TryWrite(json.AsSpan(end), CultureInfo.InvariantCulture, $"\\u{(int)text[plain]:x4}", out var written);
                end += written;
                plain++;
            }

            text = text[plain..];
        }

        json[end] = (byte)'"';
        writer.WriteRawValue(json.AsSpan(0, end + 1), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(json);
    }

    private static void WriteTyped(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> type, string value)
    {
        writer.WriteStartObject(name);
        writer.WriteString(type, value);
        writer.WriteEndObject();
    }

    private static void ReadValue(ref Utf8JsonReader reader, Entity entity, string name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                entity.Set(name, reader.GetString());
                break;
            case JsonTokenType.True or JsonTokenType.False:
                entity.Set(name, reader.GetBoolean());
                break;
            case JsonTokenType.Number:
                entity.Set(name, reader.GetInt64());
                break;
            case JsonTokenType.StartObject:
                ReadTyped(ref reader, entity, name);
                break;
            default:
                throw new StoredRowException(entity.Key, name);
        }
    }

    private static void ReadTyped(ref Utf8JsonReader reader, Entity entity, string name)
    {
        reader.Read();
        var type = reader.GetString();
        reader.Read();
        switch (type)
        {
            case "real":
                entity.Set(name, double.Parse(reader.GetString()!, CultureInfo.InvariantCulture));
                break;
            case "time":
                entity.Set(name, DateTimeOffset.ParseExact(reader.GetString()!, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
                break;
            case "bytes":
                entity.Set(name, reader.GetBytesFromBase64());
                break;
            default:
                throw new StoredRowException(entity.Key, name);
        }

        reader.Read();
    }
}
