namespace Monitoring.Storage.Sqlite;

/// <summary>Leases as rows of the database file: one for each name, with its holder and the end of its time in UTC ticks. Workers of one machine share the file and the clock.</summary>
public sealed class SqliteLeases(SqliteDatabase database, TimeProvider time) : ILeases
{
    private const string Create = "CREATE TABLE IF NOT EXISTS leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID";
    private const string Take = "INSERT INTO leases (name, holder, until) VALUES ($0, $1, $2) ON CONFLICT DO UPDATE SET holder = $1, until = $2 WHERE holder = $1 OR until <= $3";

    /// <summary>Also when its time is over, as long as nobody else took it: so do blob leases.</summary>
    private const string Renew = "UPDATE leases SET until = $2 WHERE name = $0 AND holder = $1";

    private const string Release = "DELETE FROM leases WHERE name = $0 AND holder = $1";

    public async Task<ILease?> TryAcquireAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        // Whole seconds, as blob leases have.
        var whole = TimeSpan.FromSeconds(Math.Floor(duration.TotalSeconds));
        var now = time.GetUtcNow();
        var taken = await database.WriteAsync(
            session =>
            {
                session.Execute(Create);
                return session.Execute(Take, name, holder, (now + whole).UtcTicks, now.UtcTicks);
            },
            cancellationToken);
        return taken == 1 ? new Lease(database, time, name, holder, whole) : null;
    }

    private sealed class Lease(SqliteDatabase database, TimeProvider time, string name, string holder, TimeSpan duration) : ILease
    {
        public async Task<bool> RenewAsync(CancellationToken cancellationToken)
        {
            var until = (time.GetUtcNow() + duration).UtcTicks;
            return await database.WriteAsync(session => session.Execute(Renew, name, holder, until), cancellationToken) == 1;
        }

        public Task ReleaseAsync(CancellationToken cancellationToken) => database.WriteAsync(session => session.Execute(Release, name, holder), cancellationToken);
    }
}
