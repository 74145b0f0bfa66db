using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

/// <summary>The limits stand before every method, and before the engine.</summary>
public sealed class LimitedTablesTests : EngineContract
{
    private static readonly Entity Bad = new("p", "a/b");

    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Theory]
    [InlineData("Abc")]
    [InlineData("a12")]
    public void Table_names_are_letters_and_digits(string name)
    {
        Assert.Equal(name, Open(name).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("1abc")]
    [InlineData("a_b_c")]
    [InlineData("Таблица")]
    [InlineData("Things\n")]
    [InlineData("x; DROP TABLE meta")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")] // 64
    public void Other_table_names_are_refused(string name)
    {
        var refused = Assert.Throws<ArgumentException>(() => Open(name));

        Assert.StartsWith($"'{name}' is no table name: 3 to 63 ASCII letters and digits, the first a letter.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_method_lets_an_illegal_key_pass()
    {
        await RefusedAsync(() => Table.GetAsync(Bad.Key, columns: null, CancellationToken.None));
        await RefusedAsync(() => Table.AddAsync(Bad, CancellationToken.None));
        await RefusedAsync(() => Table.ReplaceAsync(Bad, CancellationToken.None));
        await RefusedAsync(() => Table.MergeAsync(Bad, CancellationToken.None));
        await RefusedAsync(() => Table.PutAsync(Bad, CancellationToken.None));
        await RefusedAsync(() => Table.DeleteAsync(Bad.Key, etag: null, CancellationToken.None));
        await RefusedAsync(() => Table.BatchAsync([TableOperation.Delete(Bad.Key)], CancellationToken.None));
    }

    [Fact]
    public void A_query_checks_its_partition()
    {
        var refused = Assert.Throws<StorageLimitException>(() => Table.QueryAsync(new RangeQuery("a/b"), CancellationToken.None));

        Assert.Equal(("PartitionKey", 1L), (refused.Property, refused.Actual));
    }

    private static async Task RefusedAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<StorageLimitException>(call);

        Assert.Equal(("RowKey", 1L), (refused.Property, refused.Actual));
    }
}
