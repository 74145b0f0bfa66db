namespace Monitoring.Storage.Sqlite;

/// <summary>Leases as rows of the database file; times are UTC ticks. One that ran out is still its holder's until another takes it, as with blobs.</summary>
public sealed class SqliteLeases(SqliteDatabase database, TimeProvider time) : ILeases
{
    private const string Create = "CREATE TABLE IF NOT EXISTS leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID";
    private const string Acquire = """
        INSERT INTO leases (name, holder, until) VALUES ($0, $1, $2)
          ON CONFLICT DO UPDATE SET holder = excluded.holder, until = excluded.until WHERE holder = excluded.holder OR until <= $3
        """;

    private const string Renew = "UPDATE leases SET until = $2 WHERE name = $0 AND holder = $1";
    private const string Release = "DELETE FROM leases WHERE name = $0 AND holder = $1";

    private readonly SqliteDatabase _database = database;
    private readonly TimeProvider _time = time;

    public async Task<ILease?> TryAcquireAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var acquired = await _database.WriteAsync(
            session =>
            {
                session.Execute(Create);
                return session.Execute(Acquire, name, holder, (now + duration).UtcTicks, now.UtcTicks);
            },
            cancellationToken);
        return acquired == 1 ? new Lease(this, name, holder, duration) : null;
    }

    private sealed class Lease(SqliteLeases leases, string name, string holder, TimeSpan duration) : ILease
    {
        public Task<bool> RenewAsync(CancellationToken cancellationToken)
        {
            var until = leases._time.GetUtcNow() + duration;
            return leases._database.WriteAsync(session => session.Execute(Renew, name, holder, until.UtcTicks) == 1, cancellationToken);
        }

        public Task ReleaseAsync(CancellationToken cancellationToken) => leases._database.WriteAsync(session => session.Execute(Release, name, holder), cancellationToken);
    }
}
