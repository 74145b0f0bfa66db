using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Monitoring.Storage.Sqlite;

/// <summary>
/// The one writer of a process. Writes queue up and are committed together: one transaction and one fsync for all that arrived while the
/// previous commit ran. A write is answered only after its commit, so an answered write survives a power cut.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MaxGroup = 256;

    private readonly Channel<Write> _writes = Channel.CreateBounded<Write>(new BoundedChannelOptions(4 * MaxGroup) { SingleReader = true });
    private readonly SqliteSession _session;
    private readonly string _file;
    private readonly Task _loop;

    public SqliteWriter(SqliteSession session, string file)
    {
        _session = session;
        _file = file;
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Runs a write inside the next group's transaction. If it throws, only its own changes are undone.</summary>
    /// <param name="isOneStatement">It changes rows by one statement at most, which the engine undoes by itself: it needs no savepoint.</param>
    public Task<T> RunAsync<T>(Func<SqliteSession, T> work, bool isOneStatement, CancellationToken cancellationToken)
    {
        var write = new Write<T>(work) { IsOneStatement = isOneStatement };
        return !cancellationToken.IsCancellationRequested && _writes.Writer.TryWrite(write) ? write.Answer : WaitAsync(write, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _loop;
        _session.Dispose();
    }

    private async Task<T> WaitAsync<T>(Write<T> write, CancellationToken cancellationToken)
    {
        await _writes.Writer.WriteAsync(write, cancellationToken);
        return await write.Answer;
    }

    private void Loop()
    {
        var group = new List<Write>(MaxGroup);
        while (_writes.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < MaxGroup && _writes.Reader.TryRead(out var write))
            {
                group.Add(write);
            }

            CommitGroup(group);
            group.Clear();
        }
    }

    /// <summary>Answers every write of the group, whatever happens: nobody may wait for ever.</summary>
    private void CommitGroup(List<Write> group)
    {
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var write in group)
            {
                RunOne(write);
            }

            _session.Execute("COMMIT");
            group.ForEach(write => write.Complete());
        }
        catch (SqliteException failure)
        {
            var translated = SqliteFailure.Translate(failure, _file);
            group.ForEach(write => write.Fail(translated));
            if (!_session.IsAutocommit)
            {
                _session.Execute("ROLLBACK");
            }
        }
    }

    private void RunOne(Write write)
    {
        if (!write.IsOneStatement)
        {
            _session.Execute("SAVEPOINT one");
        }

        try
        {
            write.Execute(_session);
        }
        catch (Exception failure) when (failure is not SqliteException || !_session.IsAutocommit)
        {
            // The engine kept the transaction: undo this write alone and answer it alone.
            if (!write.IsOneStatement)
            {
                _session.Execute("ROLLBACK TO one");
            }

            write.Fail(failure is SqliteException sqlite ? SqliteFailure.Translate(sqlite, _file) : failure);
        }

        if (!write.IsOneStatement)
        {
            _session.Execute("RELEASE one");
        }
    }

    private abstract class Write
    {
        public required bool IsOneStatement { get; init; }

        public abstract void Execute(SqliteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Write<T>(Func<SqliteSession, T> work) : Write
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Answer => _answer.Task;

        public override void Execute(SqliteSession session) => _result = work(session);

        public override void Complete() => _answer.TrySetResult(_result!);

        public override void Fail(Exception failure) => _answer.TrySetException(failure);
    }
}
