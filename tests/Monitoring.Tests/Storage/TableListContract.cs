using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

/// <summary>What every engine owes to maintenance: which tables there are, and all rows of one in order.</summary>
public abstract class TableListContract : EngineContract
{
    [Fact]
    public async Task An_empty_store_has_no_tables()
    {
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task Tables_that_hold_rows_are_listed_in_ordinal_order()
    {
        string[] names = ["items", "Things", "Abc9", "abc", "Zoo"];
        foreach (var name in names)
        {
            await Open(name + "X").PutAsync(new Entity("p", "r"), CancellationToken.None);
        }

        Assert.Equal(["Abc9X", "ThingsX", "ZooX", "abcX", "itemsX"], await NamesAsync());
    }

    [Fact]
    public async Task Work_messages_are_no_table()
    {
        await Engine.Queue.EnqueueAsync(new Monitoring.Work.WorkItem("kind", "id"), TimeSpan.Zero, CancellationToken.None);

        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task All_rows_come_in_ordinal_order_of_partitions_and_rows_over_many_pages()
    {
        string[] partitions = ["a", "A", "a.b", "a-b", "~", "0", "_", "Ab"];
        var expected = new List<EntityKey>();
        foreach (var partition in partitions.Order(StringComparer.Ordinal))
        {
            expected.AddRange(Enumerable.Range(0, 150).Select(i => new EntityKey(partition, (i % 2 == 0 ? "r" : "R") + $"{i / 2}")).OrderBy(key => key.Row, StringComparer.Ordinal));
        }

        foreach (var chunk in expected.GroupBy(key => key.Partition).Reverse().SelectMany(rows => EntityTableBatches.Chunks(Table.Name, rows.Reverse().Select(key => TableOperation.Put(new Entity(key))))))
        {
            await Table.BatchAsync(chunk, CancellationToken.None);
        }

        Assert.Equal(expected, await Table.EnumerateAllAsync(CancellationToken.None).Select(row => row.Key).ToListAsync());
    }

    private ValueTask<List<string>> NamesAsync() => new LimitedTables(Engine.Tables).ListAsync(CancellationToken.None).ToListAsync();
}
