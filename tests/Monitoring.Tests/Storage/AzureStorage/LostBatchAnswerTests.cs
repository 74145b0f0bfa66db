using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>Batches that took effect and whose answer was lost.</summary>
public sealed class LostBatchAnswerTests : IAsyncLifetime
{
    private RelayedAccount? _account;

    private RelayedAccount Account => _account!;

    private IEntityTable Table => Account.Table;

    public async Task InitializeAsync()
    {
        _account = await RelayedAccount.TakeAsync();
        await Table.BatchAsync([.. Rows("old", 4).Select(TableOperation.Add)], CancellationToken.None);
    }

    public async Task DisposeAsync() => await Account.DisposeAsync();

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task Adds_of_ours_are_saved(Loss loss)
    {
        var rows = Rows("new", 3);
        Account.TableRelay.Lose(loss, "POST", "/$batch");

        Assert.IsType<BatchResult.Saved>(await Table.BatchAsync([.. rows.Select(TableOperation.Add)], CancellationToken.None));
        await AssertReplaceableAsync(rows);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task Adds_of_which_another_changed_one_since_are_saved_and_that_one_is_known_as_changed(Loss loss)
    {
        var rows = Rows("new", 3);
        Account.TableRelay.Lose(loss, "POST", "/$batch", () => Account.TheirTable.PutAsync(new Entity("p", "new1").Set("Text", "theirs"), CancellationToken.None));

        Assert.IsType<BatchResult.Saved>(await Table.BatchAsync([.. rows.Select(TableOperation.Add)], CancellationToken.None));
        Assert.Equal(SaveResult.ChangedMeanwhile, await Table.ReplaceAsync(rows[1].Set("Text", "again"), CancellationToken.None));
        await AssertReplaceableAsync([rows[0], rows[2]]);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task An_add_that_another_wrote_over_is_refused(Loss loss)
    {
        var row = Rows("new", 1);
        Account.TableRelay.Lose(loss, "POST", "/$batch", () => Account.TheirTable.PutAsync(new Entity("p", "new0").Set("Text", "theirs"), CancellationToken.None));

        Assert.Equal(new BatchResult.Refused(0), await Table.BatchAsync([TableOperation.Add(row[0])], CancellationToken.None));
        Assert.Equal(1, Account.TableRelay.Lost);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task Operations_of_every_kind_are_saved(Loss loss)
    {
        var (replaced, merged) = (await ReadAsync("old0"), await ReadAsync("old1"));
        var (added, put) = (new Entity("p", "new").Set("Text", "ours"), new Entity("p", "old2").Set("Text", "ours"));
        Account.TableRelay.Lose(loss, "POST", "/$batch");

        var result = await Table.BatchAsync(
            [TableOperation.Add(added), TableOperation.Replace(replaced), TableOperation.Merge(merged), TableOperation.Put(put), TableOperation.Delete(new EntityKey("p", "old3"))],
            CancellationToken.None);

        Assert.IsType<BatchResult.Saved>(result);
        Assert.Null(await Table.GetAsync(new EntityKey("p", "old3"), columns: null, CancellationToken.None));
        await AssertReplaceableAsync([added, replaced, merged, put]);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task Operations_that_another_wrote_over_are_refused(Loss loss)
    {
        var replaced = await ReadAsync("old0");
        Account.TableRelay.Lose(loss, "POST", "/$batch", () => Account.TheirTable.PutAsync(new Entity("p", "old0").Set("Text", "theirs"), CancellationToken.None));

        var result = await Table.BatchAsync([TableOperation.Delete(new EntityKey("p", "old3")), TableOperation.Replace(replaced)], CancellationToken.None);

        Assert.IsType<BatchResult.Refused>(result);
        Assert.Equal("theirs", (await ReadAsync("old0")).GetText("Text"));
        Assert.Equal(1, Account.TableRelay.Lost);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task Deletes_of_ours_are_saved(Loss loss)
    {
        Account.TableRelay.Lose(loss, "POST", "/$batch");

        Assert.IsType<BatchResult.Saved>(await DeleteAsync("old0", "old1"));
        Assert.Equal(1, Account.TableRelay.Lost);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task Deletes_of_rows_of_which_another_wrote_one_since_are_refused(Loss loss)
    {
        Account.TableRelay.Lose(loss, "POST", "/$batch", () => Account.TheirTable.AddAsync(new Entity("p", "old1").Set("Text", "theirs"), CancellationToken.None));

        Assert.Equal(new BatchResult.Refused(0), await DeleteAsync("old0", "old1"));
        Assert.Equal("theirs", (await ReadAsync("old1")).GetText("Text"));
        Assert.Equal(1, Account.TableRelay.Lost);
    }

    private Task<BatchResult> DeleteAsync(params string[] rows) =>
        Table.BatchAsync([.. rows.Select(row => TableOperation.Delete(new EntityKey("p", row)))], CancellationToken.None);

    private async Task<Entity> ReadAsync(string row) => (await Table.GetAsync(new EntityKey("p", row), columns: null, CancellationToken.None))!;

    private async Task AssertReplaceableAsync(IReadOnlyList<Entity> rows)
    {
        Assert.Equal(1, Account.TableRelay.Lost);
        foreach (var row in rows)
        {
            Assert.Equal((await ReadAsync(row.Key.Row)).ETag, row.ETag);
            Assert.Equal(SaveResult.Saved, await Table.ReplaceAsync(row.Set("Text", "again"), CancellationToken.None));
        }
    }

    private static List<Entity> Rows(string name, int count) => [.. Enumerable.Range(0, count).Select(i => new Entity("p", $"{name}{i}").Set("Text", "ours"))];
}
