using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

/// <summary>What every engine owes for single rows: the answers of <see cref="IEntityTable"/>, and ETags that can be trusted.</summary>
public abstract class TableContract : EngineContract
{
    private static readonly EntityKey Key = new("p", "r");

    [Fact]
    public async Task A_missing_row_reads_as_null()
    {
        Assert.Null(await Table.GetAsync(Key, columns: null, CancellationToken.None));
    }

    [Fact]
    public async Task An_added_row_is_read_with_its_columns_and_the_etag_that_adding_gave()
    {
        var row = Row("first");

        Assert.Equal(AddResult.Added, await Table.AddAsync(row, CancellationToken.None));

        var stored = await ReadAsync();
        Assert.Equal("first", stored.GetText("Text"));
        Assert.Equal(row.ETag, stored.ETag);
    }

    [Fact]
    public async Task Adding_again_leaves_the_first_row_untouched()
    {
        var first = await AddAsync("first");

        Assert.Equal(AddResult.AlreadyThere, await Table.AddAsync(Row("second"), CancellationToken.None));

        var stored = await ReadAsync();
        Assert.Equal(("first", first.ETag), (stored.GetText("Text"), stored.ETag));
    }

    [Fact]
    public async Task Of_many_concurrent_adds_exactly_one_adds()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => Table.AddAsync(Row($"{i}"), CancellationToken.None))));

        Assert.Single(answers, AddResult.Added);
    }

    [Fact]
    public async Task Only_the_selected_columns_are_read()
    {
        await Table.AddAsync(Row("text").Set("Number", 7).Set("Other", true), CancellationToken.None);

        var stored = await Table.GetAsync(Key, ["Number", "Missing"], CancellationToken.None);

        Assert.Equal(["Number"], stored!.Columns.Keys);
    }

    [Fact]
    public async Task An_empty_selection_reads_the_etag_alone()
    {
        var row = await AddAsync("text");

        var stored = await Table.GetAsync(Key, [], CancellationToken.None);

        Assert.Empty(stored!.Columns);
        Assert.Equal(row.ETag, stored.ETag);
    }

    [Fact]
    public async Task Keys_differ_by_case()
    {
        await Table.AddAsync(new Entity("p", "row"), CancellationToken.None);

        Assert.Equal(AddResult.Added, await Table.AddAsync(new Entity("p", "ROW"), CancellationToken.None));
        Assert.Equal(AddResult.Added, await Table.AddAsync(new Entity("P", "row"), CancellationToken.None));
    }

    [Fact]
    public async Task Tables_do_not_see_each_others_rows()
    {
        await AddAsync("text");

        Assert.Null(await Open("Others").GetAsync(Key, columns: null, CancellationToken.None));
    }

    [Fact]
    public async Task A_replace_with_the_stored_etag_replaces_all_columns()
    {
        var row = await AddAsync("first");

        var changed = new Entity(Key) { ETag = row.ETag }.Set("Number", 2);
        Assert.Equal(SaveResult.Saved, await Table.ReplaceAsync(changed, CancellationToken.None));

        var stored = await ReadAsync();
        Assert.Equal(["Number"], stored.Columns.Keys);
        Assert.Equal(changed.ETag, stored.ETag);
        Assert.NotEqual(row.ETag, stored.ETag);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stale_replace_or_merge_changes_neither_the_row_nor_the_entity(bool merge)
    {
        var stale = (await AddAsync("first")).ETag;
        await Table.PutAsync(Row("second"), CancellationToken.None);

        var late = new Entity(Key) { ETag = stale }.Set("Text", "third");
        Assert.Equal(SaveResult.ChangedMeanwhile, await WriteAsync(late, merge));

        Assert.Equal("second", (await ReadAsync()).GetText("Text"));
        Assert.Equal(stale, late.ETag);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_replace_or_merge_of_a_missing_row_finds_it_gone(bool merge)
    {
        Assert.Equal(SaveResult.Gone, await WriteAsync(new Entity(Key) { ETag = "1" }, merge));
        Assert.Null(await Table.GetAsync(Key, columns: null, CancellationToken.None));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_replace_or_merge_without_an_etag_is_a_mistake(bool merge)
    {
        await AddAsync("first");

        var mistake = await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(Row("second"), merge));

        Assert.Equal("A replace or merge needs the ETag of the row as it was read.", mistake.Message);
    }

    [Fact]
    public async Task A_merge_overwrites_what_it_has_and_leaves_the_rest()
    {
        var row = await AddAsync("first", row => row.Set("Number", 1));

        var changes = new Entity(Key) { ETag = row.ETag }.Set("Number", 2).Set("Flag", true);
        Assert.Equal(SaveResult.Saved, await Table.MergeAsync(changes, CancellationToken.None));

        var stored = await ReadAsync();
        Assert.Equal(("first", 2L, true), (stored.GetText("Text"), stored.GetNumber("Number"), stored.GetFlag("Flag")));
        Assert.Equal(changes.ETag, stored.ETag);
    }

    [Fact]
    public async Task A_null_removes_a_column_in_a_replace_and_leaves_it_in_a_merge()
    {
        var row = await AddAsync("first", row => row.Set("Number", 1));
        var merge = new Entity(Key) { ETag = row.ETag }.Set("Number", (long?)null);
        await Table.MergeAsync(merge, CancellationToken.None);
        Assert.Equal(1, (await ReadAsync()).GetNumber("Number"));

        await Table.ReplaceAsync(merge.Set("Text", "second").Set("Text", (string?)null), CancellationToken.None);
        Assert.Empty((await ReadAsync()).Columns);
    }

    [Fact]
    public async Task A_merge_that_would_make_the_row_too_wide_is_refused()
    {
        var row = await AddAsync("first");
        var wide = new Entity(Key) { ETag = row.ETag };
        for (var i = 0; i < StorageLimits.Properties; i++)
        {
            wide.Set($"C{i}", i);
        }

        var refused = await Assert.ThrowsAsync<StorageLimitException>(() => Table.MergeAsync(wide, CancellationToken.None));

        Assert.Equal((StorageLimits.Properties + 1, row.ETag), (refused.Actual, (await ReadAsync()).ETag));
    }

    [Fact]
    public async Task Of_many_concurrent_replaces_exactly_one_wins()
    {
        var etag = (await AddAsync("start")).ETag;
        var writers = Enumerable.Range(0, 32).Select(i => new Entity(Key) { ETag = etag }.Set("Number", i)).ToList();

        var answers = await Task.WhenAll(writers.Select(row => Task.Run(() => Table.ReplaceAsync(row, CancellationToken.None))));

        var winner = writers[Assert.Single(Enumerable.Range(0, 32), i => answers[i] == SaveResult.Saved)];
        Assert.Equal(31, answers.Count(answer => answer == SaveResult.ChangedMeanwhile));
        Assert.Equal(winner.GetNumber("Number"), (await ReadAsync()).GetNumber("Number"));
    }

    [Fact]
    public async Task A_put_inserts_and_replaces_without_condition()
    {
        await Table.PutAsync(Row("first"), CancellationToken.None);
        var second = new Entity(Key).Set("Number", 2);
        await Table.PutAsync(second, CancellationToken.None);

        var stored = await ReadAsync();
        Assert.Equal(["Number"], stored.Columns.Keys);
        Assert.Equal(second.ETag, stored.ETag);
    }

    [Fact]
    public async Task A_delete_with_the_stored_etag_deletes()
    {
        var row = await AddAsync("first");

        Assert.Equal(SaveResult.Saved, await Table.DeleteAsync(Key, row.ETag, CancellationToken.None));

        Assert.Null(await Table.GetAsync(Key, columns: null, CancellationToken.None));
    }

    [Fact]
    public async Task A_stale_delete_leaves_the_row()
    {
        var stale = (await AddAsync("first")).ETag;
        await Table.PutAsync(Row("second"), CancellationToken.None);

        Assert.Equal(SaveResult.ChangedMeanwhile, await Table.DeleteAsync(Key, stale, CancellationToken.None));

        Assert.Equal("second", (await ReadAsync()).GetText("Text"));
    }

    [Fact]
    public async Task A_delete_without_an_etag_is_unconditional()
    {
        await AddAsync("first");

        Assert.Equal(SaveResult.Saved, await Table.DeleteAsync(Key, etag: null, CancellationToken.None));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1")]
    public async Task A_delete_of_a_missing_row_finds_it_gone(string? etag)
    {
        Assert.Equal(SaveResult.Gone, await Table.DeleteAsync(Key, etag, CancellationToken.None));
    }

    [Fact]
    public async Task A_row_that_was_deleted_and_added_again_never_has_an_old_etag()
    {
        var etags = new List<string?>();
        for (var life = 0; life < 20; life++)
        {
            etags.Add((await AddAsync("same")).ETag);
            await Table.DeleteAsync(Key, etag: null, CancellationToken.None);
        }

        Assert.Equal(20, etags.Distinct().Count());
    }

    private static Entity Row(string text) => new Entity(Key).Set("Text", text);

    private async Task<Entity> AddAsync(string text, Action<Entity>? set = null)
    {
        var row = Row(text);
        set?.Invoke(row);
        Assert.Equal(AddResult.Added, await Table.AddAsync(row, CancellationToken.None));
        return row;
    }

    private async Task<Entity> ReadAsync() => (await Table.GetAsync(Key, columns: null, CancellationToken.None))!;

    private Task<SaveResult> WriteAsync(Entity row, bool merge) =>
        merge ? Table.MergeAsync(row, CancellationToken.None) : Table.ReplaceAsync(row, CancellationToken.None);
}
