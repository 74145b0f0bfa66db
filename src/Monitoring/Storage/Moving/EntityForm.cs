using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Monitoring.Storage.Moving;

/// <summary>
/// A row as bytes that are the same for every engine: the keys, then the columns in ordinal order of their names, each with its type. The ETag is left out:
/// it is the engine's, and another engine gives another.
/// </summary>
internal static class EntityForm
{
    /// <summary>The longest form of a row within <see cref="StorageLimits"/>: UTF-8 takes at most 3 bytes where Azure counts 2.</summary>
    public const int MostBytes = 2 * StorageLimits.EntityBytes;

    private const byte Text = 1, Number = 2, Real = 3, False = 4, True = 5, Time = 6, Bytes = 7;

    public static void Write(Entity entity, IBufferWriter<byte> output)
    {
        WriteText(output, entity.Key.Partition);
        WriteText(output, entity.Key.Row);
        foreach (var (name, value) in entity.Columns.OrderBy(column => column.Key, StringComparer.Ordinal))
        {
            WriteText(output, name);
            WriteValue(output, value);
        }
    }

    /// <exception cref="FormException">The bytes are no row.</exception>
    public static Entity Read(ReadOnlySpan<byte> form)
    {
        var reader = new FormReader(form);
        var entity = new Entity(reader.Text(), reader.Text());
        while (!reader.IsAtEnd)
        {
            var name = reader.Text();
            switch (reader.Byte())
            {
                case Text:
                    entity.Set(name, reader.Text());
                    break;
                case Number:
                    entity.Set(name, reader.Int64());
                    break;
                case Real:
                    entity.Set(name, BitConverter.Int64BitsToDouble(reader.Int64()));
                    break;
                case False:
                    entity.Set(name, false);
                    break;
                case True:
                    entity.Set(name, true);
                    break;
                case Time:
                    entity.Set(name, reader.Time());
                    break;
                case Bytes:
                    entity.Set(name, reader.Bytes().ToArray());
                    break;
                default:
                    throw new FormException("a column of an unknown type");
            }
        }

        return entity;
    }

    public static void WriteText(IBufferWriter<byte> output, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        WriteInt32(output, length);
        Encoding.UTF8.GetBytes(text, output.GetSpan(length));
        output.Advance(length);
    }

    public static void WriteInt32(IBufferWriter<byte> output, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), number);
        output.Advance(4);
    }

    public static void WriteInt64(IBufferWriter<byte> output, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(8), number);
        output.Advance(8);
    }

    private static void WriteValue(IBufferWriter<byte> output, object value)
    {
        switch (value)
        {
            case string text:
                output.Write([Text]);
                WriteText(output, text);
                break;
            case long number:
                output.Write([Number]);
                WriteInt64(output, number);
                break;
            case double real:
                // There are many bit patterns that are no number; engines keep that fact, not the pattern.
                output.Write([Real]);
                WriteInt64(output, BitConverter.DoubleToInt64Bits(double.IsNaN(real) ? double.NaN : real));
                break;
            case bool flag:
                output.Write([flag ? True : False]);
                break;
            case DateTimeOffset time:
                output.Write([Time]);
                WriteInt64(output, time.UtcTicks);
                break;
            case byte[] bytes:
                output.Write([Bytes]);
                WriteInt32(output, bytes.Length);
                output.Write(bytes);
                break;
            default:
                throw new NotSupportedException($"A column cannot be a {value.GetType().Name}.");
        }
    }
}
