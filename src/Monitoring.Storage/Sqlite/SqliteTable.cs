using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Given = System.Collections.Generic.List<(Monitoring.Storage.Entity Entity, string ETag)>;

namespace Monitoring.Storage.Sqlite;

/// <summary>One entity table: partition key, row key, ETag, and the columns as one JSON value. Keys are ASCII, so SQLite's binary order is ordinal order.</summary>
internal sealed class SqliteTable(SqliteDatabase database, string name, Func<string> nextETag) : IEntityTable
{
    private const int PageRows = 500;

    private readonly string _create = $"CREATE TABLE IF NOT EXISTS t_{name} (pk TEXT NOT NULL, rk TEXT NOT NULL, etag TEXT NOT NULL, cols TEXT NOT NULL, PRIMARY KEY (pk, rk)) WITHOUT ROWID";
    private readonly string _get = $"SELECT etag, cols FROM t_{name} WHERE pk = $0 AND rk = $1";
    private readonly string _add = $"INSERT INTO t_{name} (pk, rk, etag, cols) VALUES ($0, $1, $2, CAST($3 AS TEXT)) ON CONFLICT DO NOTHING";
    private readonly string _put = $"INSERT INTO t_{name} (pk, rk, etag, cols) VALUES ($0, $1, $2, CAST($3 AS TEXT)) ON CONFLICT DO UPDATE SET etag = excluded.etag, cols = excluded.cols";
    private readonly string _update = $"UPDATE t_{name} SET etag = $2, cols = CAST($3 AS TEXT) WHERE pk = $0 AND rk = $1";
    private readonly string _replace = $"UPDATE t_{name} SET etag = $2, cols = CAST($3 AS TEXT) WHERE pk = $0 AND rk = $1 AND etag = $4";
    private readonly string _delete = $"DELETE FROM t_{name} WHERE pk = $0 AND rk = $1";
    private readonly string _deleteSame = $"DELETE FROM t_{name} WHERE pk = $0 AND rk = $1 AND etag = $2";
    private readonly string _from = $"SELECT rk, etag, cols FROM t_{name} WHERE pk = $0 AND rk >= $1 AND rk < $2 ORDER BY rk LIMIT $3";
    private readonly string _after = $"SELECT rk, etag, cols FROM t_{name} WHERE pk = $0 AND rk > $1 AND rk < $2 ORDER BY rk LIMIT $3";
    private readonly string _all = $"SELECT pk, rk, etag, cols FROM t_{name} WHERE (pk, rk) > ($0, $1) ORDER BY pk, rk LIMIT $2";

    private Task? _created;

    public string Name => name;

    public async Task<Entity?> GetAsync(EntityKey key, IReadOnlyCollection<string>? columns, CancellationToken cancellationToken)
    {
        await CreateOnceAsync();
        return database.Read(session => Find(session, key, columns));
    }

    public Task<AddResult> AddAsync(Entity entity, CancellationToken cancellationToken)
    {
        var columns = ColumnsJson.Write(entity);
        return WriteAsync((session, given) => Store(session, _add, entity, columns, given) ? AddResult.Added : AddResult.AlreadyThere, cancellationToken);
    }

    public Task<SaveResult> ReplaceAsync(Entity entity, CancellationToken cancellationToken)
    {
        var columns = ColumnsJson.Write(entity);
        return WriteAsync((session, given) => TryReplace(session, entity, columns, given), cancellationToken);
    }

    public Task<SaveResult> MergeAsync(Entity entity, CancellationToken cancellationToken) =>
        WriteAsync((session, given) => TryMerge(session, entity, given), cancellationToken);

    public Task PutAsync(Entity entity, CancellationToken cancellationToken)
    {
        var columns = ColumnsJson.Write(entity);
        return WriteAsync((session, given) => Store(session, _put, entity, columns, given), cancellationToken);
    }

    public Task<SaveResult> DeleteAsync(EntityKey key, string? etag, CancellationToken cancellationToken) =>
        WriteAsync((session, _) => TryDelete(session, key, etag), cancellationToken);

    public async Task<BatchResult> BatchAsync(IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        var columns = operations.Select(Columns).ToArray();
        try
        {
            return await WriteAsync<BatchResult>(
                isOneStatement: operations.Count == 1,
                (session, given) =>
                {
                    for (var i = 0; i < operations.Count; i++)
                    {
                        if (!TryRun(session, operations[i], columns[i], given))
                        {
                            throw new BatchRefusedException(i);
                        }
                    }

                    return new BatchResult.Saved();
                },
                cancellationToken);
        }
        catch (BatchRefusedException refused)
        {
            return new BatchResult.Refused(refused.Index);
        }
    }

    public async IAsyncEnumerable<Entity> QueryAsync(RangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CreateOnceAsync();
        var left = query.Take ?? int.MaxValue;
        var (sql, lower) = (_from, query.From ?? "");
        while (left > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wanted = Math.Min(left, PageRows);
            var page = database.Read(session => ReadPage(session, sql, query, lower, wanted));
            foreach (var entity in page)
            {
                yield return entity;
            }

            if (page.Count < wanted)
            {
                yield break;
            }

            left -= page.Count;
            (sql, lower) = (_after, page[^1].Key.Row);
        }
    }

    public async IAsyncEnumerable<Entity> EnumerateAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CreateOnceAsync();
        var last = new EntityKey("", "");
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = database.Read(session => ReadAllPage(session, last));
            foreach (var entity in page)
            {
                yield return entity;
            }

            if (page.Count < PageRows)
            {
                yield break;
            }

            last = page[^1].Key;
        }
    }

    private Task<T> WriteAsync<T>(Func<SqliteSession, Given, T> work, CancellationToken cancellationToken) => WriteAsync(isOneStatement: true, work, cancellationToken);

    /// <summary>Entities get their ETags after the commit: of a write that was undone, the caller must still have the ETag it read.</summary>
    private async Task<T> WriteAsync<T>(bool isOneStatement, Func<SqliteSession, Given, T> work, CancellationToken cancellationToken)
    {
        await CreateOnceAsync();
        var given = new Given(1);
        var answer = await (isOneStatement ? database.WriteOneAsync(Work, cancellationToken) : database.WriteAsync(Work, cancellationToken));
        given.ForEach(pair => pair.Entity.ETag = pair.ETag);
        return answer;

        T Work(SqliteSession session) => work(session, given);
    }

    /// <summary>Two callers may both create it; the statement is harmless twice. A failed attempt is repeated by the next call.</summary>
    private async ValueTask CreateOnceAsync()
    {
        if (_created is { IsCompletedSuccessfully: true })
        {
            return;
        }

        var creating = database.WriteAsync(session => session.Execute(_create), CancellationToken.None);
        await creating;
        _created = creating;
    }

    /// <summary>Of what is stored as it is. Written before the one writer's turn: while it writes, nobody else does.</summary>
    private static byte[] Columns(TableOperation operation) =>
        operation.Kind is TableOperationKind.Merge or TableOperationKind.Delete ? [] : ColumnsJson.Write(operation.Entity);

    private bool TryRun(SqliteSession session, TableOperation operation, byte[] columns, Given given) => operation.Kind switch
    {
        TableOperationKind.Add => Store(session, _add, operation.Entity, columns, given),
        TableOperationKind.Put => Store(session, _put, operation.Entity, columns, given),
        TableOperationKind.Replace => TryReplace(session, operation.Entity, columns, given) == SaveResult.Saved,
        TableOperationKind.Merge => TryMerge(session, operation.Entity, given) == SaveResult.Saved,
        _ => TryDelete(session, operation.Entity.Key, operation.Entity.ETag) == SaveResult.Saved,
    };

    private SaveResult TryReplace(SqliteSession session, Entity entity, byte[] columns, Given given)
    {
        var (condition, etag) = (Condition(entity), nextETag());
        if (session.Execute(_replace, entity.Key.Partition, entity.Key.Row, etag, columns, condition) == 0)
        {
            return WhyNot(session, entity.Key);
        }

        given.Add((entity, etag));
        return SaveResult.Saved;
    }

    private SaveResult TryMerge(SqliteSession session, Entity entity, Given given)
    {
        var condition = Condition(entity);
        if (Find(session, entity.Key, columns: null) is not { } stored || !string.Equals(stored.ETag, condition, StringComparison.Ordinal))
        {
            return WhyNot(session, entity.Key);
        }

        Store(session, _update, entity, ColumnsJson.Write(stored.Overlay(entity)), given);
        return SaveResult.Saved;
    }

    private SaveResult TryDelete(SqliteSession session, EntityKey key, string? etag) =>
        (etag is null ? session.Execute(_delete, key.Partition, key.Row) : session.Execute(_deleteSame, key.Partition, key.Row, etag)) == 1 ? SaveResult.Saved : WhyNot(session, key);

    private static string Condition(Entity entity) => entity.ETag ?? throw new InvalidOperationException("A replace or merge needs the ETag of the row as it was read.");

    /// <summary>Asked after a condition did not hold, in the same transaction.</summary>
    private SaveResult WhyNot(SqliteSession session, EntityKey key) => Find(session, key, columns: []) is null ? SaveResult.Gone : SaveResult.ChangedMeanwhile;

    private bool Store(SqliteSession session, string sql, Entity entity, byte[] columns, Given given)
    {
        var etag = nextETag();
        if (session.Execute(sql, entity.Key.Partition, entity.Key.Row, etag, columns) == 0)
        {
            return false;
        }

        given.Add((entity, etag));
        return true;
    }

    private Entity? Find(SqliteSession session, EntityKey key, IReadOnlyCollection<string>? columns)
    {
        using var reader = session.Command(_get, key.Partition, key.Row).ExecuteReader();
        return reader.Read() ? ReadEntity(reader, key, etagAt: 0, columns) : null;
    }

    private static List<Entity> ReadPage(SqliteSession session, string sql, RangeQuery query, string lower, int rows)
    {
        using var reader = session.Command(sql, query.Partition, lower, query.Before ?? "\u007f", rows).ExecuteReader();
        var page = new List<Entity>();
        while (reader.Read())
        {
            page.Add(ReadEntity(reader, new EntityKey(query.Partition, reader.GetString(0)), etagAt: 1, query.Columns));
        }

        return page;
    }

    private List<Entity> ReadAllPage(SqliteSession session, EntityKey last)
    {
        using var reader = session.Command(_all, last.Partition, last.Row, PageRows).ExecuteReader();
        var page = new List<Entity>();
        while (reader.Read())
        {
            page.Add(ReadEntity(reader, new EntityKey(reader.GetString(0), reader.GetString(1)), etagAt: 2, columns: null));
        }

        return page;
    }

    private static Entity ReadEntity(SqliteDataReader reader, EntityKey key, int etagAt, IReadOnlyCollection<string>? columns)
    {
        var entity = new Entity(key) { ETag = reader.GetString(etagAt) };
        if (columns is not { Count: 0 })
        {
            ColumnsJson.Read(reader.GetFieldValue<byte[]>(etagAt + 1), entity, columns);
        }

        return entity;
    }

    /// <summary>Carries the refusal out of the write, so that the savepoint undoes the operations before it. Never leaves this class.</summary>
    private sealed class BatchRefusedException(int index) : Exception(index.ToString(CultureInfo.InvariantCulture))
    {
        public int Index { get; } = index;
    }
}
