using System.Buffers;

namespace Monitoring.Storage;

/// <summary>
/// The limits of Azure Tables (facts: "Scalability targets", "Understanding the Table service data model"), with our own narrower rule for keys:
/// ASCII <c>[A-Za-z0-9._~-]</c>, at most 512 characters, so that a key never needs escaping in a URL.
/// </summary>
public static class StorageLimits
{
    public const int KeyCharacters = 512;

    /// <summary>One less than Azure's 252: <see cref="WriteIdColumn"/> needs a place in every row.</summary>
    public const int Properties = 251;

    /// <summary>The column in which the Azure engine marks each write, so that a write whose answer was lost is known again.</summary>
    public const string WriteIdColumn = "WriteId";

    public const int PropertyNameCharacters = 255;

    /// <summary>64 KiB of UTF-16.</summary>
    public const int TextCharacters = 32 * 1024;

    public const int BinaryBytes = 64 * 1024;
    public const int EntityBytes = 1024 * 1024;
    public const int BatchOperations = 100;
    public const int BatchBytes = 4 * 1024 * 1024;

    /// <summary>The mark of a write as Azure counts it: 8 bytes, its name and 16 characters in UTF-16.</summary>
    private const int WriteIdBytes = 8 + 2 * 7 + 4 + 2 * 16;

    /// <summary>The headers and the address of one operation of a batch, generously.</summary>
    private const int OperationBytes = 768;

    /// <summary>What a character takes at most: <c>\u0416</c>.</summary>
    private const int EscapeBytes = 6;

    /// <summary>A text this short counts as if all of it were escapes: rows of such texts fit a batch all the same, and nobody has to count.</summary>
    private const int ShortText = 3000;

    /// <summary>Azure refuses earlier dates, among them the default of <see cref="DateTimeOffset"/>.</summary>
    public static readonly DateTimeOffset EarliestTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly SearchValues<char> InNames = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <exception cref="StorageLimitException">The entity breaks a limit.</exception>
    /// <returns>What the entity takes of a batch, in bytes: at least its length as JSON in UTF-8 with the headers around it.</returns>
    public static int Check(string table, Entity entity)
    {
        CheckKey(table, entity.Key, entity.Key.Partition, "PartitionKey");
        CheckKey(table, entity.Key, entity.Key.Row, "RowKey");
        if (entity.Columns.Count > Properties)
        {
            throw new StorageLimitException(table, entity.Key, null, $"at most {Properties} properties", entity.Columns.Count);
        }

        // Azure's published formula: 4 bytes, the keys in UTF-16, and for each property 8 bytes, its name in UTF-16 and its value.
        var keys = entity.Key.Partition.Length + entity.Key.Row.Length;
        var (size, sent) = (4 + WriteIdBytes + 2 * keys, OperationBytes + 2 * keys);
        foreach (var (name, value) in entity.Columns)
        {
            CheckName(table, entity.Key, name);
            size += 8 + 2 * name.Length + CheckValue(table, entity.Key, name, value);
            sent += 40 + 2 * name.Length + SentBytes(value);
        }

        return size <= EntityBytes ? sent : throw new StorageLimitException(table, entity.Key, null, $"at most {EntityBytes} bytes an entity", size);
    }

    public static void CheckBatch(string table, IReadOnlyList<TableOperation> operations)
    {
        if (operations.Count is 0 or > BatchOperations)
        {
            throw new StorageLimitException(table, operations.Count == 0 ? default : operations[0].Entity.Key, null, $"1 to {BatchOperations} operations a batch", operations.Count);
        }

        var rows = new HashSet<string>(operations.Count, StringComparer.Ordinal);
        var partition = operations[0].Entity.Key.Partition;
        long size = 0;
        foreach (var (_, entity) in operations)
        {
            size += Check(table, entity);
            if (!string.Equals(entity.Key.Partition, partition, StringComparison.Ordinal))
            {
                throw new StorageLimitException(table, entity.Key, "PartitionKey", "one partition a batch", 2);
            }

            if (!rows.Add(entity.Key.Row))
            {
                throw new StorageLimitException(table, entity.Key, "RowKey", "each row once a batch", 2);
            }
        }

        if (size > BatchBytes)
        {
            throw new StorageLimitException(table, operations[0].Entity.Key, null, $"at most {BatchBytes} bytes a batch", size);
        }
    }

    public static void CheckKey(string table, EntityKey key, string part, string property)
    {
        if (part.Length is 0 or > KeyCharacters)
        {
            throw new StorageLimitException(table, key, property, $"1 to {KeyCharacters} characters a key", part.Length);
        }

        if (part.AsSpan().IndexOfAnyExcept(Keys.Allowed) is >= 0 and var at)
        {
            throw new StorageLimitException(table, key, property, "characters A-Z a-z 0-9 . _ ~ - in keys; the first other one is at position", at);
        }
    }

    private static void CheckName(string table, EntityKey key, string name)
    {
        if (name.Length is 0 or > PropertyNameCharacters)
        {
            throw new StorageLimitException(table, key, name, $"1 to {PropertyNameCharacters} characters a property name", name.Length);
        }

        var isIdentifier = char.IsAsciiLetter(name[0]) && !name.AsSpan().ContainsAnyExcept(InNames);
        if (!isIdentifier || name is "PartitionKey" or "RowKey" or "Timestamp" or WriteIdColumn)
        {
            throw new StorageLimitException(table, key, name, "property names are ASCII identifiers other than the system's", name.Length);
        }
    }

    private static int CheckValue(string table, EntityKey key, string name, object value) => value switch
    {
        string text when text.Length > TextCharacters => throw new StorageLimitException(table, key, name, $"at most {TextCharacters} characters a text", text.Length),
        string text => 4 + 2 * text.Length,
        byte[] bytes when bytes.Length > BinaryBytes => throw new StorageLimitException(table, key, name, $"at most {BinaryBytes} bytes a binary", bytes.Length),
        byte[] bytes => 4 + bytes.Length,
        DateTimeOffset time when time < EarliestTime => throw new StorageLimitException(table, key, name, "no time before 1601; the year is", time.Year),
        bool => 1,
        _ => 8,
    };

    /// <summary>At least what a value takes as JSON in UTF-8: some characters become escapes of six bytes, bytes become base64.</summary>
    private static int SentBytes(object value) => value switch
    {
        string text => SentBytes(text.AsSpan()),
        byte[] bytes => (bytes.Length + 2) / 3 * 4,
        _ => 32,
    };

    private static int SentBytes(ReadOnlySpan<char> text)
    {
        if (text.Length <= ShortText)
        {
            return EscapeBytes * text.Length;
        }

        var bytes = 0;
        foreach (var c in text)
        {
            bytes += c is >= ' ' and <= '~' and not ('"' or '\\') ? 1 : c is >= '\u0400' and <= '\u04ff' ? 2 : EscapeBytes;
        }

        return bytes;
    }
}
