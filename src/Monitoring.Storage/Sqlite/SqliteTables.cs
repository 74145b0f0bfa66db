using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Monitoring.Storage.Sqlite;

/// <summary>Entity tables in one database file.</summary>
public sealed class SqliteTables(SqliteDatabase database) : ITables
{
    private readonly ConcurrentDictionary<string, SqliteTable> _tables = new(StringComparer.Ordinal);

    /// <summary>Starts at a random point, so that no two processes, and no two lives of a row, give the same ETag.</summary>
    private long _lastETag = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) >>> 2;

    public IEntityTable Open(string name) => _tables.GetOrAdd(name, key => new SqliteTable(database, key, NextETag));

    private string NextETag() => Interlocked.Increment(ref _lastETag).ToString("x", CultureInfo.InvariantCulture);
}
