using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Monitoring.Work;

namespace Monitoring.Storage.Sqlite;

/// <summary>The work queue in the database file: one row a message; times are UTC ticks. A receipt is the dequeue count, so an old lease cannot complete a newer one.</summary>
public sealed class SqliteWorkQueue(SqliteDatabase database, TimeProvider time) : IWorkQueue
{
    private const string Create = """
        CREATE TABLE IF NOT EXISTS work (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, body TEXT NOT NULL,
          enqueued INTEGER NOT NULL, visible INTEGER NOT NULL, dequeues INTEGER NOT NULL, leases INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS work_visible ON work (kind, visible, id);
        CREATE TABLE IF NOT EXISTS work_poison (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL, reason TEXT NOT NULL, poisoned INTEGER NOT NULL);
        """;

    private const string Enqueue = "INSERT INTO work (kind, body, enqueued, visible, dequeues, leases) VALUES ($0, $1, $2, $3, 0, 0)";
    private const string AnyVisible = "SELECT 1 FROM work WHERE kind = $0 AND visible <= $1 LIMIT 1";
    private const string Visible = "SELECT id, body, dequeues, enqueued, leases FROM work WHERE kind = $0 AND visible <= $1 ORDER BY visible, id LIMIT $2";
    private const string Lease = "UPDATE work SET visible = $1, dequeues = dequeues + 1, leases = leases + 1 WHERE id = $0";
    private const string Renew = "UPDATE work SET visible = $2 WHERE id = $0 AND leases = $1";
    private const string Complete = "DELETE FROM work WHERE id = $0 AND leases = $1";
    private const string Release = "UPDATE work SET visible = $2, dequeues = dequeues - $3 WHERE id = $0 AND leases = $1";
    private const string CopyToPoison = "INSERT INTO work_poison (id, kind, body, reason, poisoned) SELECT id, kind, body, $1, $2 FROM work WHERE id = $0 AND leases = $3";
    private const string State = "SELECT kind, COUNT(*), MIN(CASE WHEN visible <= $0 THEN visible END) FROM work GROUP BY kind ORDER BY kind";
    private const string ListPoison = "SELECT id, kind, body, reason, poisoned FROM work_poison WHERE id > $0 ORDER BY id LIMIT 100";
    private const string Requeue = "INSERT INTO work (kind, body, enqueued, visible, dequeues, leases) SELECT kind, body, $1, $1, 0, 0 FROM work_poison WHERE id = $0";
    private const string DropPoison = "DELETE FROM work_poison WHERE id = $0";

    private Task? _created;

    public Task EnqueueAsync(WorkItem item, TimeSpan visibleAfter, CancellationToken cancellationToken)
    {
        var body = item.Write();
        if (Encoding.UTF8.GetByteCount(body) > WorkItem.MaxBytes)
        {
            throw new ArgumentException($"A work item is at most {WorkItem.MaxBytes} bytes long.", nameof(item));
        }

        var now = time.GetUtcNow();
        return WriteAsync(session => session.Execute(Enqueue, item.Kind, body, now.UtcTicks, (now + visibleAfter).UtcTicks), cancellationToken);
    }

    public async Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(string kind, int max, TimeSpan lease, CancellationToken cancellationToken)
    {
        await CreateOnceAsync();
        var now = time.GetUtcNow();

        // A look costs nothing; a write transaction on every idle poll would keep the disk busy.
        return database.Read(session => session.Scalar(AnyVisible, kind, now.UtcTicks)) is null
            ? []
            : await WriteAsync(session => LeaseVisible(session, kind, max, now, now + lease), cancellationToken);
    }

    public async Task<ReceivedWork?> RenewAsync(ReceivedWork work, TimeSpan lease, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + lease;
        var renewed = await WriteAsync(session => session.Execute(Renew, Id(work), Receipt(work), until.UtcTicks), cancellationToken);
        return renewed == 1 ? work with { LeasedUntil = until } : null;
    }

    public async Task<bool> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken) =>
        await WriteAsync(session => session.Execute(Complete, Id(work), Receipt(work)), cancellationToken) == 1;

    public Task ReleaseAsync(ReceivedWork work, TimeSpan after, string reason, CancellationToken cancellationToken) =>
        work.DequeueCount >= IWorkQueue.MaxDequeueCount ? PoisonAsync(work, reason, cancellationToken) : GiveBackAsync(work, after, uncount: 0, cancellationToken);

    public Task DeferAsync(ReceivedWork work, TimeSpan after, CancellationToken cancellationToken) => GiveBackAsync(work, after, uncount: 1, cancellationToken);

    public Task PoisonAsync(ReceivedWork work, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return WriteAsync(session => Poison(session, Id(work), Receipt(work), reason, now), cancellationToken);
    }

    public async Task<IReadOnlyList<QueueState>> GetStateAsync(CancellationToken cancellationToken)
    {
        await CreateOnceAsync();
        return database.Read(session =>
        {
            using var reader = session.Command(State, time.GetUtcNow().UtcTicks).ExecuteReader();
            var states = new List<QueueState>();
            while (reader.Read())
            {
                states.Add(new QueueState(reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : Time(reader.GetInt64(2))));
            }

            return states;
        });
    }

    public async IAsyncEnumerable<PoisonedWork> ListPoisonAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await CreateOnceAsync();
        var last = 0L;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = database.Read(session => ReadPoison(session, last));
            foreach (var poisoned in page)
            {
                yield return poisoned;
            }

            if (page.Count == 0)
            {
                yield break;
            }

            last = long.Parse(page[^1].Id, CultureInfo.InvariantCulture);
        }
    }

    public async Task<bool> RequeuePoisonAsync(string id, CancellationToken cancellationToken)
    {
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var now = time.GetUtcNow().UtcTicks;
        return await WriteAsync(session => session.Execute(Requeue, number, now) == 1 && session.Execute(DropPoison, number) == 1, cancellationToken);
    }

    private Task GiveBackAsync(ReceivedWork work, TimeSpan after, int uncount, CancellationToken cancellationToken)
    {
        var visible = (time.GetUtcNow() + after).UtcTicks;
        return WriteAsync(session => session.Execute(Release, Id(work), Receipt(work), visible, uncount), cancellationToken);
    }

    private static List<ReceivedWork> LeaseVisible(SqliteSession session, string kind, int max, DateTimeOffset now, DateTimeOffset until)
    {
        var leased = new List<ReceivedWork>();
        var visible = ReadVisible(session, kind, max, now);
        while (visible.Count > 0)
        {
            foreach (var (id, body, dequeues, enqueued, leases) in visible)
            {
                if (dequeues >= IWorkQueue.MaxDequeueCount)
                {
                    Poison(session, id, leases, "its worker died five times", now);
                    continue;
                }

                session.Execute(Lease, id, until.UtcTicks);
                leased.Add(new ReceivedWork(Text(id), Text(leases + 1), body, dequeues + 1, Time(enqueued), until));
            }

            // The places of poisoned messages go to the next ones: an empty answer means that none is visible.
            visible = leased.Count < max ? ReadVisible(session, kind, max - leased.Count, now) : [];
        }

        return leased;
    }

    private static List<(long Id, string Body, int Dequeues, long Enqueued, long Leases)> ReadVisible(SqliteSession session, string kind, int max, DateTimeOffset now)
    {
        using var reader = session.Command(Visible, kind, now.UtcTicks, max).ExecuteReader();
        var rows = new List<(long, string, int, long, long)>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3), reader.GetInt64(4)));
        }

        return rows;
    }

    private static bool Poison(SqliteSession session, long id, long receipt, string reason, DateTimeOffset now) =>
        session.Execute(CopyToPoison, id, reason, now.UtcTicks, receipt) == 1 && session.Execute(Complete, id, receipt) == 1;

    private static List<PoisonedWork> ReadPoison(SqliteSession session, long after)
    {
        using var reader = session.Command(ListPoison, after).ExecuteReader();
        var page = new List<PoisonedWork>();
        while (reader.Read())
        {
            page.Add(new PoisonedWork(Text(reader.GetInt64(0)), reader.GetString(1), reader.GetString(2), reader.GetString(3), Time(reader.GetInt64(4))));
        }

        return page;
    }

    private async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await CreateOnceAsync();
        return await database.WriteAsync(work, cancellationToken);
    }

    private async ValueTask CreateOnceAsync()
    {
        if (_created is { IsCompletedSuccessfully: true })
        {
            return;
        }

        var creating = database.WriteAsync(session => session.Execute(Create), CancellationToken.None);
        await creating;
        _created = creating;
    }

    private static long Id(ReceivedWork work) => long.Parse(work.Id, CultureInfo.InvariantCulture);

    private static long Receipt(ReceivedWork work) => long.Parse(work.Receipt, CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
