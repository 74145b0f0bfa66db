using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>Writes to a table that took effect and whose answer was lost: ours are known again, and another's write since is never called our success.</summary>
public sealed class LostTableAnswerTests : IAsyncLifetime
{
    private static readonly EntityKey Key = new("p", "r");

    private RelayedAccount? _account;

    private RelayedAccount Account => _account!;

    private IEntityTable Table => Account.Table;

    public async Task InitializeAsync()
    {
        _account = await RelayedAccount.TakeAsync();
        await Table.PutAsync(Row("there"), CancellationToken.None);
    }

    public async Task DisposeAsync() => await Account.DisposeAsync();

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task An_insert_of_ours_is_added(Loss loss)
    {
        var row = Row("new");
        Account.TableRelay.Lose(loss, "POST", "/Things");

        Assert.Equal(AddResult.Added, await Table.AddAsync(row, CancellationToken.None));
        await AssertOursAsync(row);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task An_insert_that_another_wrote_over_is_not_added(Loss loss)
    {
        var row = Row("new");
        Account.TableRelay.Lose(loss, "POST", "/Things", () => Account.TheirTable.PutAsync(Row("new", "theirs"), CancellationToken.None));

        Assert.Equal(AddResult.AlreadyThere, await Table.AddAsync(row, CancellationToken.None));
        Assert.Null(row.ETag);
        await AssertLostAsync("new");
    }

    [Theory]
    [InlineData(Loss.Broken, false)]
    [InlineData(Loss.Broken, true)]
    [InlineData(Loss.Silent, false)]
    [InlineData(Loss.Silent, true)]
    public async Task A_replace_or_merge_of_ours_is_saved(Loss loss, bool merge)
    {
        var row = await StoredAsync();
        Account.TableRelay.Lose(loss, merge ? "PATCH" : "PUT", "RowKey='there'");

        Assert.Equal(SaveResult.Saved, await SaveAsync(row, merge));
        await AssertOursAsync(row);
    }

    [Theory]
    [InlineData(Loss.Broken, false)]
    [InlineData(Loss.Broken, true)]
    [InlineData(Loss.Silent, false)]
    [InlineData(Loss.Silent, true)]
    public async Task A_replace_or_merge_that_another_wrote_over_is_not_saved(Loss loss, bool merge)
    {
        var row = await StoredAsync();
        Account.TableRelay.Lose(loss, merge ? "PATCH" : "PUT", "RowKey='there'", () => Account.TheirTable.PutAsync(Row("there", "theirs"), CancellationToken.None));

        Assert.Equal(SaveResult.ChangedMeanwhile, await SaveAsync(row, merge));
        await AssertLostAsync("there");
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task A_replace_of_a_row_that_another_removed_since_says_gone(Loss loss)
    {
        var row = await StoredAsync();
        Account.TableRelay.Lose(loss, "PUT", "RowKey='there'", () => Account.TheirTable.DeleteAsync(row.Key, etag: null, CancellationToken.None));

        Assert.Equal(SaveResult.Gone, await SaveAsync(row, merge: false));
        Assert.Equal(1, Account.TableRelay.Lost);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task A_put_has_the_tag_of_the_attempt_that_was_answered(Loss loss)
    {
        var row = Row("there", "ours");
        Account.TableRelay.Lose(loss, "PUT", "RowKey='there'", () => Account.TheirTable.PutAsync(Row("there", "theirs"), CancellationToken.None));

        await Table.PutAsync(row, CancellationToken.None);

        await AssertOursAsync(row);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task A_delete_of_ours_says_gone(Loss loss)
    {
        var row = await StoredAsync();
        Account.TableRelay.Lose(loss, "DELETE", "RowKey='there'");

        Assert.Equal(SaveResult.Gone, await Table.DeleteAsync(row.Key, row.ETag, CancellationToken.None));
        Assert.Null(await Table.GetAsync(row.Key, columns: null, CancellationToken.None));
        Assert.Equal(1, Account.TableRelay.Lost);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task A_delete_leaves_the_row_that_another_wrote_since(Loss loss)
    {
        var row = await StoredAsync();
        Account.TableRelay.Lose(loss, "DELETE", "RowKey='there'", () => Account.TheirTable.AddAsync(Row("there", "theirs"), CancellationToken.None));

        Assert.Equal(SaveResult.ChangedMeanwhile, await Table.DeleteAsync(row.Key, row.ETag, CancellationToken.None));
        await AssertLostAsync("there");
    }

    private Task<SaveResult> SaveAsync(Entity row, bool merge) =>
        merge ? Table.MergeAsync(row, CancellationToken.None) : Table.ReplaceAsync(row, CancellationToken.None);

    private async Task<Entity> StoredAsync() => (await Table.GetAsync(Key with { Row = "there" }, columns: null, CancellationToken.None))!.Set("Text", "ours");

    /// <summary>The write stands, and its tag is the one that a next replace needs.</summary>
    private async Task AssertOursAsync(Entity row)
    {
        var stored = await Table.GetAsync(row.Key, columns: null, CancellationToken.None);

        Assert.Equal(1, Account.TableRelay.Lost);
        Assert.Equal("ours", stored?.GetText("Text"));
        Assert.Equal(stored?.ETag, row.ETag);
        Assert.Equal(SaveResult.Saved, await Table.ReplaceAsync(row.Set("Text", "again"), CancellationToken.None));
    }

    private async Task AssertLostAsync(string row)
    {
        var stored = await Table.GetAsync(Key with { Row = row }, columns: null, CancellationToken.None);

        Assert.Equal(1, Account.TableRelay.Lost);
        Assert.Equal("theirs", stored?.GetText("Text"));
    }

    private static Entity Row(string row, string text = "ours") => new Entity("p", row).Set("Text", text);
}
