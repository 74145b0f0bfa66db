using System.Globalization;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

/// <summary>What every engine owes for ranges: ordinal order, exact bounds, and no row lost or doubled where one page ends and the next begins.</summary>
public abstract class TableQueryContract : EngineContract
{
    /// <summary>Every character a key may have, in ordinal order.</summary>
    private const string Legal = "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~";

    [Fact]
    public async Task An_empty_table_has_no_rows()
    {
        Assert.Empty(await KeysAsync(new RangeQuery("p")));
        Assert.Empty(await Table.EnumerateAllAsync(CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Rows_come_in_ordinal_order_whatever_legal_characters_their_keys_have()
    {
        await PutAsync("p", Legal.Reverse().Select(c => $"{c}"));

        Assert.Equal(Legal.Select(c => $"{c}"), await KeysAsync(new RangeQuery("p")));
    }

    [Fact]
    public async Task A_prefix_comes_before_what_it_begins()
    {
        await PutAsync("p", ["a-", "a", "aa", "a~", "A"]);

        Assert.Equal(["A", "a", "a-", "aa", "a~"], await KeysAsync(new RangeQuery("p")));
    }

    [Fact]
    public async Task Only_the_rows_of_the_partition_come()
    {
        await PutAsync("p", ["1"]);
        await PutAsync("p-", ["2"]);
        await PutAsync("P", ["3"]);

        Assert.Equal(["1"], await KeysAsync(new RangeQuery("p")));
    }

    [Theory]
    [InlineData("b", null, "b,c,d")] // from: included
    [InlineData(null, "c", "a,b")] // before: excluded
    [InlineData("b", "d", "b,c")]
    [InlineData("aa", "cc", "b,c")] // bounds need not exist
    [InlineData("c", "c", "")]
    [InlineData("d", "a", "")] // upside down
    [InlineData("e", null, "")]
    public async Task A_range_includes_its_start_and_excludes_its_end(string? from, string? before, string expected)
    {
        await PutAsync("p", ["a", "b", "c", "d"]);

        Assert.Equal(expected, string.Join(',', await KeysAsync(new RangeQuery("p") { From = from, Before = before })));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "b")]
    [InlineData(3, "b,c,d")]
    [InlineData(9, "b,c,d")]
    public async Task Take_stops_after_that_many_rows(int take, string expected)
    {
        await PutAsync("p", ["a", "b", "c", "d"]);

        Assert.Equal(expected, string.Join(',', await KeysAsync(new RangeQuery("p") { From = "b", Take = take })));
    }

    [Theory]
    [InlineData("ab", "ab,ab-,abc,ab~~")]
    [InlineData("~", "~,~~")] // the last legal character
    [InlineData("x", "")]
    [InlineData("a", "a~,ab,ab-,abc,ab~~,ac")]
    public async Task Starting_with_finds_the_prefix_and_all_it_begins(string prefix, string expected)
    {
        await PutAsync("p", ["AB", "ab", "ab-", "abc", "ab~~", "ac", "a~", "b", "~", "~~"]);

        Assert.Equal(
            expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            await KeysAsync(RangeQuery.StartingWith("p", prefix)));
    }

    [Fact]
    public async Task A_query_reads_only_the_selected_columns_and_the_etag()
    {
        var row = new Entity("p", "r").Set("Text", "text").Set("Number", 1);
        await Table.PutAsync(row, CancellationToken.None);

        var read = Assert.Single(await Table.QueryAsync(new RangeQuery("p") { Columns = ["Number"] }, CancellationToken.None).ToListAsync());

        Assert.Equal(["Number"], read.Columns.Keys);
        Assert.Equal(row.ETag, read.ETag);
    }

    [Theory]
    [InlineData(499)]
    [InlineData(500)] // exactly one page
    [InlineData(501)]
    [InlineData(1000)]
    [InlineData(1203)]
    public async Task A_long_range_comes_whole_over_all_pages(int rows)
    {
        await PutAsync("p", Numbers(rows));

        Assert.Equal(Numbers(rows), await KeysAsync(new RangeQuery("p")));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(1000)]
    public async Task Take_counts_over_all_pages(int take)
    {
        await PutAsync("p", Numbers(1203));

        Assert.Equal(Numbers(1203).Skip(100).Take(take), await KeysAsync(new RangeQuery("p") { From = "00100", Take = take }));
    }

    [Fact]
    public async Task A_row_deleted_where_a_page_ends_does_not_stop_the_reading()
    {
        await PutAsync("p", Numbers(1203));
        var read = new List<string>();
        await foreach (var row in Table.QueryAsync(new RangeQuery("p"), CancellationToken.None))
        {
            read.Add(row.Key.Row);
            await Table.DeleteAsync(row.Key, row.ETag, CancellationToken.None);
        }

        Assert.Equal(Numbers(1203), read);
    }

    [Fact]
    public async Task A_cancelled_reading_stops()
    {
        await PutAsync("p", Numbers(501));
        using var stop = new CancellationTokenSource();
        var read = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Table.QueryAsync(new RangeQuery("p"), stop.Token))
            {
                read++;
                await stop.CancelAsync();
            }
        });

        Assert.InRange(read, 1, 500);
    }

    [Fact]
    public async Task Everything_is_enumerated_once_over_pages_and_partitions()
    {
        await PutAsync("a", Numbers(700));
        await PutAsync("b", ["1"]);
        await PutAsync("c", Numbers(600));

        var rows = await Table.EnumerateAllAsync(CancellationToken.None).ToListAsync();

        var expected = Numbers(700).Select(row => $"a/{row}").Append("b/1").Concat(Numbers(600).Select(row => $"c/{row}"));
        Assert.Equal(expected, rows.Select(row => row.Key.ToString()).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal(row.Key.Row, row.GetText("Row")));
    }

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(0, count).Select(i => i.ToString("D5", CultureInfo.InvariantCulture));

    private async Task PutAsync(string partition, IEnumerable<string> rows)
    {
        foreach (var chunk in rows.Chunk(StorageLimits.BatchOperations))
        {
            await Table.BatchAsync([.. chunk.Select(row => TableOperation.Put(new Entity(partition, row).Set("Row", row)))], CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<string>> KeysAsync(RangeQuery query) =>
        await Table.QueryAsync(query, CancellationToken.None).Select(row => row.Key.Row).ToListAsync();
}
