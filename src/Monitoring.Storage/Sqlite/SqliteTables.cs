using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Monitoring.Storage.Sqlite;

/// <summary>Entity tables in one database file.</summary>
public sealed class SqliteTables(SqliteDatabase database) : ITables
{
    private readonly ConcurrentDictionary<string, SqliteTable> _tables = new(StringComparer.Ordinal);

    /// <summary>Starts at a random point, so that no two processes, and no two lives of a row, give the same ETag.</summary>
    private long _lastETag = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) >>> 2;

    public IEntityTable Open(string name) => _tables.GetOrAdd(name, key => new SqliteTable(database, key, NextETag));

    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var name in database.Read(ReadNames))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
        }
    }

    private static List<string> ReadNames(SqliteSession session)
    {
        using var reader = session.Command("SELECT substr(name, 3) FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 2) = 't_' ORDER BY name").ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private string NextETag() => Interlocked.Increment(ref _lastETag).ToString("x", CultureInfo.InvariantCulture);
}
