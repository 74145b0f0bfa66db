using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Monitoring.Storage.Sqlite;

/// <summary>
/// The database file: WAL with <c>synchronous=FULL</c>, one writer, some readers. Reads run on the caller's thread: a point read
/// costs microseconds, and ranges come in short pages that hold no snapshot between them.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    private const int IdleReaders = 4;

    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly SqliteOptions _options;
    private readonly SqliteWriter _writer;

    private SqliteDatabase(SqliteOptions options, SqliteSession session)
    {
        _options = options;
        _writer = new SqliteWriter(session, options.File);
    }

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    /// <exception cref="StorageUnavailableException">The file is damaged, locked, not writable, or of a newer version.</exception>
    public static SqliteDatabase Open(SqliteOptions options)
    {
        SqliteSession? session = null;
        try
        {
            session = new SqliteSession(options, SqliteOpenMode.ReadWriteCreate);
            session.Execute("PRAGMA journal_mode=WAL");
            session.Execute("PRAGMA synchronous=FULL");
            session.Execute("PRAGMA cache_size=-8192");
            // 16 MB: pages that are written again and again go to the database a quarter as often. A start after a crash reads so much more.
            session.Execute("PRAGMA wal_autocheckpoint=4000");
            session.Execute("PRAGMA journal_size_limit=67108864");
            CheckVersion(session, options.File);
            return new SqliteDatabase(options, session);
        }
        catch (SqliteException failure)
        {
            session?.Dispose();
            throw SqliteFailure.Translate(failure, options.File);
        }
        catch (StorageUnavailableException)
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Writes the database as it is at this moment into a new file, while others go on writing. Runs on a thread of its own; cannot be cancelled half-way.</summary>
    /// <exception cref="StorageUnavailableException">The file exists or cannot be written, or the disk is full.</exception>
    public Task SnapshotAsync(string file, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                using var session = new SqliteSession(_options, SqliteOpenMode.ReadWrite);
                session.Execute("VACUUM INTO $0", file);
            }
            catch (SqliteException failure)
            {
                throw SqliteFailure.Translate(failure, file);
            }
        },
        cancellationToken,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => _writer.RunAsync(work, isOneStatement: false, cancellationToken);

    /// <summary>The same for a write that changes rows by one statement at most.</summary>
    internal Task<T> WriteOneAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) => _writer.RunAsync(work, isOneStatement: true, cancellationToken);

    internal T Read<T>(Func<SqliteSession, T> work)
    {
        SqliteSession? session = null;
        try
        {
            session = _readers.TryTake(out var idle) ? idle : OpenReader();
            var result = work(session);
            if (_readers.Count < IdleReaders)
            {
                _readers.Add(session);
                session = null;
            }

            return result;
        }
        catch (SqliteException failure)
        {
            throw SqliteFailure.Translate(failure, _options.File);
        }
        finally
        {
            session?.Dispose();
        }
    }

    private SqliteSession OpenReader()
    {
        var session = new SqliteSession(_options, SqliteOpenMode.ReadWrite);
        session.Execute("PRAGMA query_only=1");
        session.Execute("PRAGMA cache_size=-512");
        return session;
    }

    /// <summary>One row says what wrote the file. Reading the schema first also finds damage at the start rather than in the night.</summary>
    private static void CheckVersion(SqliteSession session, string file)
    {
        session.Execute("BEGIN IMMEDIATE");
        session.Execute("CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
        session.Execute("INSERT INTO meta (name, value) VALUES ('schema', $0) ON CONFLICT DO NOTHING", StoreVersion.Current.ToString(CultureInfo.InvariantCulture));
        var text = session.Scalar("SELECT value FROM meta WHERE name = 'schema'") as string;
        session.Execute("COMMIT");
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var stored))
        {
            throw new SqliteException("The schema version is no number.", SqliteFailure.Corrupt);
        }

        if (stored > StoreVersion.Current)
        {
            throw StoreVersion.TooNew($"The database file {file}", stored);
        }
    }
}
