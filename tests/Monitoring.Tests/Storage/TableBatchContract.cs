using System.Globalization;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

/// <summary>What every engine owes for batches: all or nothing, and the index of what could not be done.</summary>
public abstract class TableBatchContract : EngineContract
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Up_to_a_hundred_operations_are_one_batch(int count)
    {
        Assert.IsType<BatchResult.Saved>(await BatchAsync(Adds(count)));

        Assert.Equal(count, await CountAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task No_or_more_than_a_hundred_operations_are_refused(int count)
    {
        var refused = await Assert.ThrowsAsync<StorageLimitException>(() => BatchAsync(Adds(count)));

        Assert.Equal(("1 to 100 operations a batch", (long)count), (refused.Limit, refused.Actual));
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_batch_mixes_all_kinds_of_operations()
    {
        var rows = Rows(3);
        await BatchAsync(rows.Select(TableOperation.Add));

        Assert.IsType<BatchResult.Saved>(await BatchAsync(
        [
            TableOperation.Replace(new Entity("p", "0") { ETag = rows[0].ETag }.Set("New", true)),
            TableOperation.Merge(new Entity("p", "1") { ETag = rows[1].ETag }.Set("New", true)),
            TableOperation.Delete(new EntityKey("p", "2")),
            TableOperation.Put(new Entity("p", "3")),
            TableOperation.Add(new Entity("p", "4")),
        ]));

        Assert.Equal("0:New 1:New,Number 3: 4:", await DumpAsync());
    }

    [Fact]
    public async Task Every_saved_entity_carries_its_new_etag()
    {
        var rows = Rows(3);

        await BatchAsync(rows.Select(TableOperation.Add));

        var stored = await Table.QueryAsync(new RangeQuery("p"), CancellationToken.None).Select(row => row.ETag).ToListAsync();
        Assert.Equal(stored, rows.Select(row => row.ETag));
        Assert.Equal(3, stored.Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task An_add_that_meets_a_row_refuses_the_whole_batch(int index)
    {
        await Table.AddAsync(new Entity("p", $"{index}"), CancellationToken.None);

        Assert.Equal(new BatchResult.Refused(index), await BatchAsync(Adds(5)));

        Assert.Equal($"{index}:", await DumpAsync());
    }

    [Theory]
    [InlineData(TableOperationKind.Replace)]
    [InlineData(TableOperationKind.Merge)]
    [InlineData(TableOperationKind.Delete)]
    public async Task A_stale_condition_refuses_the_whole_batch(TableOperationKind kind)
    {
        var row = Rows(1)[0];
        await Table.AddAsync(row, CancellationToken.None);
        var stale = row.ETag;
        await Table.PutAsync(row, CancellationToken.None);

        var refused = await BatchAsync([TableOperation.Add(new Entity("p", "x")), new TableOperation(kind, new Entity("p", "0") { ETag = stale })]);

        Assert.Equal(new BatchResult.Refused(1), refused);
        Assert.Equal("0:Number", await DumpAsync());
    }

    [Theory]
    [InlineData(TableOperationKind.Replace)]
    [InlineData(TableOperationKind.Merge)]
    [InlineData(TableOperationKind.Delete)]
    public async Task A_missing_row_refuses_the_whole_batch(TableOperationKind kind)
    {
        var refused = await BatchAsync([TableOperation.Add(new Entity("p", "x")), new TableOperation(kind, new Entity("p", "0") { ETag = "1" })]);

        Assert.Equal(new BatchResult.Refused(1), refused);
        Assert.Equal("", await DumpAsync());
    }

    [Fact]
    public async Task A_refused_batch_leaves_the_etags_of_its_entities()
    {
        var rows = Rows(2);
        await BatchAsync(rows.Select(TableOperation.Add));
        var etag = rows[0].ETag;
        rows[1].ETag = "stale";

        Assert.Equal(new BatchResult.Refused(1), await BatchAsync(rows.Select(TableOperation.Replace)));

        Assert.Equal(etag, rows[0].ETag);
        Assert.Equal(SaveResult.Saved, await Table.ReplaceAsync(rows[0], CancellationToken.None));
    }

    [Fact]
    public async Task A_replace_without_an_etag_stops_the_whole_batch()
    {
        await Table.AddAsync(new Entity("p", "0"), CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            BatchAsync([TableOperation.Add(new Entity("p", "x")), TableOperation.Replace(new Entity("p", "0").Set("New", true))]));

        Assert.Equal("0:", await DumpAsync());
    }

    [Fact]
    public async Task A_batch_has_one_partition()
    {
        var refused = await Assert.ThrowsAsync<StorageLimitException>(() => BatchAsync([.. Adds(1), TableOperation.Add(new Entity("q", "1"))]));

        Assert.Equal("Table Things, row q/1, property PartitionKey: one partition a batch (actual: 2).", refused.Message);
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_batch_names_each_row_once()
    {
        var refused = await Assert.ThrowsAsync<StorageLimitException>(() => BatchAsync([.. Adds(1), TableOperation.Put(new Entity("p", "0"))]));

        Assert.Equal("Table Things, row p/0, property RowKey: each row once a batch (actual: 2).", refused.Message);
    }

    [Fact]
    public async Task Missing_rows_are_added_and_those_there_are_left()
    {
        await BatchAsync(Adds(250).Where((_, i) => i % 100 == 7));

        var added = await Table.AddMissingAsync(Rows(250, "second"), CancellationToken.None);

        Assert.Equal(247, added.Count);
        Assert.Equal(250, await CountAsync());
        Assert.Null((await Table.GetAsync(new EntityKey("p", "107"), columns: null, CancellationToken.None))!.GetFlag("second"));
        Assert.Empty(await Table.AddMissingAsync(Rows(250), CancellationToken.None));
    }

    [Fact]
    public async Task Missing_rows_are_added_in_batches_that_are_not_too_large()
    {
        // 20 rows of just under 1 MiB: four fit in the 4 MiB of a batch, a fifth does not.
        var rows = Rows(20);
        rows.ForEach(row => Enumerable.Range(0, 15).ToList().ForEach(i => row.Set($"Bytes{i}", new byte[StorageLimits.BinaryBytes])));

        Assert.Equal(20, (await Table.AddMissingAsync(rows, CancellationToken.None)).Count);
        Assert.Equal(20, await CountAsync());
    }

    private static List<Entity> Rows(int count, string? mark = null) =>
        [.. Enumerable.Range(0, count).Select(i => new Entity("p", i.ToString(CultureInfo.InvariantCulture)).Set("Number", i).Set(mark ?? "none", mark is null ? null : true))];

    private static List<TableOperation> Adds(int count) => Rows(count).ConvertAll(TableOperation.Add);

    private Task<BatchResult> BatchAsync(IEnumerable<TableOperation> operations) => Table.BatchAsync([.. operations], CancellationToken.None);

    private async Task<int> CountAsync() => await Table.QueryAsync(new RangeQuery("p"), CancellationToken.None).CountAsync();

    private async Task<string> DumpAsync() => string.Join(
        ' ',
        await Table.QueryAsync(new RangeQuery("p"), CancellationToken.None)
            .Select(row => $"{row.Key.Row}:{string.Join(',', row.Columns.Keys.Order(StringComparer.Ordinal))}")
            .ToListAsync());
}
