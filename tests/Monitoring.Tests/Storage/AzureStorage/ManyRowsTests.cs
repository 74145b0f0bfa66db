using System.Globalization;
using System.Text;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>A long partition comes page by page, and is never in memory as a whole.</summary>
[Collection(AloneCollection.Name)]
public sealed class ManyRowsTests
{
    private const int Rows = 1_000_000;
    private const int PageRows = 1000;

    [Fact]
    public async Task A_million_rows_are_read_in_the_memory_of_some_pages()
    {
        await using var server = new FakeStorage(request => Task.FromResult<StorageReply>(Page(request)));
        using var account = new FakeAccount(server);
        var gauge = new MemoryGauge();
        var count = 0;

        await foreach (var row in account.Table.QueryAsync(new RangeQuery("p"), CancellationToken.None))
        {
            Assert.Equal(count, row.GetNumber("N"));
            if (++count % 200_000 == 0)
            {
                server.Requests.Clear();
                gauge.Look();
            }
        }

        Assert.Equal(Rows, count);
        Assert.InRange(gauge.Peak, 0, 8_000_000);
    }

    [Fact]
    public async Task No_more_is_asked_for_than_is_taken()
    {
        await using var server = new FakeStorage(request => Task.FromResult<StorageReply>(Page(request)));
        using var account = new FakeAccount(server);

        Assert.Equal(1500, await account.Table.QueryAsync(new RangeQuery("p"), CancellationToken.None).Take(1500).CountAsync());
        Assert.Equal(4, server.Requests.Count);
    }

    /// <summary>Every second page is empty and not the last, as the service may give one; every third continuation names a partition only.</summary>
    private static StorageReply.Answer Page(StorageRequest request)
    {
        var parameters = request.Target.Split('?')[1].Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        var page = parameters.TryGetValue("NextPartitionKey", out var next) ? int.Parse(next.Split('!')[1], CultureInfo.InvariantCulture) : 0;
        Assert.Equal("PartitionKey eq 'p'", parameters["$filter"]);
        Assert.Equal(page > 0 && page % 3 != 0, parameters.ContainsKey("NextRowKey"));
        var body = new StringBuilder("{\"value\":[");
        var first = page / 2 * PageRows;
        for (var i = first; page % 2 == 1 && i < first + PageRows; i++)
        {
            body.Append(CultureInfo.InvariantCulture, $"{(i > first ? "," : "")}{{\"PartitionKey\":\"p\",\"RowKey\":\"{i:d8}\",\"N@odata.type\":\"Edm.Int64\",\"N\":\"{i}\"}}");
        }

        string[] headers = page + 1 == 2 * Rows / PageRows ? []
            : (page + 1) % 3 == 0 ? [$"x-ms-continuation-NextPartitionKey: 1!{page + 1}"]
            : [$"x-ms-continuation-NextPartitionKey: 1!{page + 1}", "x-ms-continuation-NextRowKey: 1!8!a+b/c="];
        return new StorageReply.Answer(200, body.Append("]}").ToString(), headers);
    }
}
