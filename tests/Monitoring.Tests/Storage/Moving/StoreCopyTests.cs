using System.Collections.Concurrent;
using Monitoring.Storage;
using Monitoring.Storage.Moving;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.Moving;

/// <summary>From one store to another, whatever their engines; what is copied is asked of the ports alone.</summary>
public abstract class StoreCopyContract : IAsyncLifetime
{
    private IEngine _fromEngine = null!;
    private IEngine _toEngine = null!;
    private readonly ConcurrentQueue<TableCall> _writes = new();
    private Func<TableCall, Task> _beforeWrite = _ => Task.CompletedTask;
    private MovableStore _from = null!;
    private MovableStore _to = null!;

    private protected abstract Task<IEngine> FromAsync(TestClock clock);

    private protected abstract Task<IEngine> ToAsync(TestClock clock);

    public async Task InitializeAsync()
    {
        (_fromEngine, _toEngine) = (await FromAsync(new TestClock()), await ToAsync(new TestClock()));
        _from = _fromEngine.Store("from");
        _to = _toEngine.Store("to") with { Tables = new HookedTables(new LimitedTables(_toEngine.Tables), BeforeAsync) };
        await _from.FillAsync();
    }

    public async Task DisposeAsync()
    {
        await _fromEngine.DisposeAsync();
        await _toEngine.DisposeAsync();
    }

    [Fact]
    public async Task Everything_is_there_afterwards_with_its_types()
    {
        var report = await _from.CopyToAsync(_to);

        Assert.True(report.IsVerified);
        Assert.Equal(
            [(PartKind.Table, "Others", 1L), (PartKind.Table, "Things", 250L), (PartKind.Table, "bare", 1L), (PartKind.Blobs, "captures", 10L), (PartKind.Blobs, "keys", 1L)],
            report.Parts.Select(part => (part.Kind, part.Name, part.To!.Count)));
        Assert.Equal(250 + 2 + 11, report.Written);
        var row = await _to.Tables.Open("Things").GetAsync(MovingKit.Thing(7).Key, columns: null, CancellationToken.None);
        Assert.Equal(MovingKit.Thing(7).Columns.OrderBy(column => column.Key), row!.Columns.OrderBy(column => column.Key));
    }

    [Fact]
    public async Task Rows_go_in_batches_of_one_partition()
    {
        await _from.CopyToAsync(_to);

        // 250 rows in partitions of 120, 120 and 10.
        Assert.Equal(["p0", "p0", "p1", "p1", "p2"], _writes.Where(write => write.Table == "Things").Select(write => write.Partition).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_mark_is_gone_when_the_copy_is_verified()
    {
        await _from.CopyToAsync(_to);

        await new UnfinishedMove(_to).RefuseAsync(CancellationToken.None);
        Assert.Empty(await _to.Tables.Open(UnfinishedMove.Table).EnumerateAllAsync(CancellationToken.None).ToListAsync());
        Assert.DoesNotContain(UnfinishedMove.Table, await _to.ListTablesAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public async Task A_copy_that_died_goes_on_where_it_was(int writes)
    {
        await DieAfterAsync(writes);
        await Assert.ThrowsAsync<SimulatedCrashException>(() => _from.CopyToAsync(_to));
        _beforeWrite = _ => Task.CompletedTask;
        var present = (await _to.SumsAsync()).Sum(part => part.Count);

        var report = await _from.CopyToAsync(_to);

        Assert.True(report.IsVerified);
        Assert.Equal(250 + 2 + 11 - present, report.Written);
    }

    [Fact]
    public async Task A_store_that_is_half_filled_is_refused_by_everybody_else()
    {
        await DieAfterAsync(3);
        await Assert.ThrowsAsync<SimulatedCrashException>(() => _from.CopyToAsync(_to));
        _beforeWrite = _ => Task.CompletedTask;
        const string Message = "The store to holds a copy from from that was not finished: run the same 'storage copy' again, or empty the store.";

        await RefusedAsync(StorageProblem.Unfinished, Message, () => new UnfinishedMove(_to).RefuseAsync(CancellationToken.None));
        await RefusedAsync(StorageProblem.Unfinished, Message, () => (_from with { Name = "elsewhere" }).CopyToAsync(_to));
        await RefusedAsync(StorageProblem.Unfinished, Message, () => _to.CopyToAsync(_from));
    }

    [Fact]
    public async Task Rows_and_blobs_deleted_or_changed_at_the_source_since_an_interruption_do_not_stay()
    {
        await DieAfterAsync(6);
        await Assert.ThrowsAsync<SimulatedCrashException>(() => _from.CopyToAsync(_to));
        _beforeWrite = _ => Task.CompletedTask;
        await _from.Tables.Open("Others").DeleteAsync(new EntityKey("p", "r"), etag: null, CancellationToken.None);
        await _from.Tables.Open("Things").DeleteAsync(MovingKit.Thing(3).Key, etag: null, CancellationToken.None);
        await _from.Tables.Open("Things").PutAsync(MovingKit.Thing(5).Set("Text", "other"), CancellationToken.None);
        await _to.PutBlobAsync("captures/left", "left");
        await _to.PutBlobAsync("keys/1", "kez");

        var report = await _from.CopyToAsync(_to);

        Assert.True(report.IsVerified);
        Assert.Equal([249L, 1, 10, 1], report.Parts.Select(part => part.To!.Count));
        Assert.Equal(await _from.SumsAsync(), await _to.SumsAsync());
    }

    [Fact]
    public async Task A_source_that_changes_is_told_and_running_again_brings_it_over()
    {
        var added = 1000;
        var busy = _from with
        {
            Tables = new HookedTables(_from.Tables, async call =>
            {
                if (call is { Table: "Things", Method: nameof(IEntityTable.EnumerateAllAsync) })
                {
                    await _from.Tables.Open("Things").PutAsync(MovingKit.Thing(added++), CancellationToken.None);
                }
            }),
        };

        var first = await busy.CopyToAsync(_to);
        var second = await _from.CopyToAsync(_to);

        Assert.Equal((false, true), (first.IsVerified, first.SourceChanged));
        Assert.Equal(["Things"], first.Parts.Where(part => !part.IsSame).Select(part => part.Name));
        Assert.Equal((true, 1L), (second.IsVerified, second.Written));
    }

    [Fact]
    public async Task A_destination_that_holds_data_is_refused_and_left_alone()
    {
        await _to.PutBlobAsync("keys/mine", "mine");
        var before = await _to.SumsAsync();

        await RefusedAsync(
            StorageProblem.NotEmpty,
            "The store to already holds data: a copy needs an empty one, or one where a copy from from was interrupted.",
            () => _from.CopyToAsync(_to));
        Assert.Equal(before, await _to.SumsAsync());
        await new UnfinishedMove(_to).RefuseAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Comparing_finds_each_difference_and_changes_nothing()
    {
        await _from.CopyToAsync(_to);
        await _to.Tables.Open("Things").MergeAsync((await _to.Tables.Open("Things").GetAsync(MovingKit.Thing(1).Key, ["Flag"], CancellationToken.None))!.Set("Flag", true), CancellationToken.None);
        await _to.PutBlobAsync("keys/1", "kez");
        var before = await _to.SumsAsync();

        var parts = await new StoreCopy(_from, _to, new TestClock(), _ => { }).CompareAsync(CancellationToken.None);

        Assert.Equal(["Things", "keys"], parts.Where(part => !part.IsSame).Select(part => part.Name));
        Assert.All(parts, part => Assert.Equal(part.From!.Count, part.To!.Count));
        Assert.Equal(before, await _to.SumsAsync());
    }

    private static async Task RefusedAsync(StorageProblem problem, string message, Func<Task> move)
    {
        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(move);
        Assert.Equal((problem, message), (refusal.Problem, refusal.Message));
    }

    private Task DieAfterAsync(int writes)
    {
        _beforeWrite = call => call.Table != UnfinishedMove.Table && Interlocked.Decrement(ref writes) < 0 ? throw new SimulatedCrashException() : Task.CompletedTask;
        return Task.CompletedTask;
    }

    private async Task BeforeAsync(TableCall call)
    {
        if (call.IsWrite)
        {
            await _beforeWrite(call);
            _writes.Enqueue(call);
        }
    }
}

public sealed class SqliteToSqliteCopyTests : StoreCopyContract
{
    private protected override Task<IEngine> FromAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    private protected override Task<IEngine> ToAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));
}

public sealed class SqliteToAzureCopyTests : StoreCopyContract
{
    private protected override Task<IEngine> FromAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    private protected override Task<IEngine> ToAsync(TestClock clock) => AzuriteEngine.CreateAsync(clock);
}

public sealed class AzureToSqliteCopyTests : StoreCopyContract
{
    private protected override Task<IEngine> FromAsync(TestClock clock) => AzuriteEngine.CreateAsync(clock);

    private protected override Task<IEngine> ToAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));
}
