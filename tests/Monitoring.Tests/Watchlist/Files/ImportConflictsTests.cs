using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Watchlist.Files;

/// <summary>A file never silently undoes what editors changed on pages.</summary>
public sealed class ImportConflictsTests : IAsyncLifetime
{
    private const string File = "persons:\n  - { id: aaaa, name: Айдос, note: file }\n  - { id: bbbb, name: Бота }\n";

    private StoredList _list = null!;

    public async Task InitializeAsync()
    {
        _list = await StoredList.OfAsync(File);
        await _list.EditAsync<Person>("aaaa", person => person with { Note = "page" });
    }

    public async Task DisposeAsync() => await _list.DisposeAsync();

    [Fact]
    public async Task An_edited_entry_that_differs_in_the_file_is_left_as_it_is()
    {
        Assert.Equal(["Conflict aaaa Айдос", "1 unchanged"], await _list.TellImportAsync(File));
        Assert.Equal("page", await NoteAsync());
    }

    [Fact]
    public async Task An_edited_entry_that_is_missing_in_the_file_is_not_retired()
    {
        Assert.Equal(["Conflict aaaa Айдос", "1 unchanged"], await _list.TellImportAsync("persons: [{ id: bbbb, name: Бота }]"));
        Assert.Equal("page", await NoteAsync());
    }

    [Fact]
    public async Task Overwrite_takes_the_side_of_the_file()
    {
        Assert.Equal(["Changed aaaa Айдос", "1 unchanged"], await _list.TellImportAsync(File, overwrite: true));
        Assert.Equal("file", await NoteAsync());
        Assert.Equal(["2 unchanged"], await _list.TellImportAsync(File));
    }

    [Fact]
    public async Task Overwrite_retires_what_is_missing_in_the_file() => Assert.Equal(
        ["Retired aaaa Айдос", "1 unchanged"], await _list.TellImportAsync("persons: [{ id: bbbb, name: Бота }]", overwrite: true));

    [Fact]
    public async Task A_dry_run_tells_the_conflict() => Assert.Equal(["Conflict aaaa Айдос", "1 unchanged"], await _list.TellImportAsync(File, dryRun: true));

    [Fact]
    public async Task After_an_export_the_file_may_change_the_entry_again()
    {
        var exported = await _list.ExportAsync(mark: true);

        Assert.Equal(["Changed aaaa Айдос", "1 unchanged"], await _list.TellImportAsync(exported.Replace("page", "merged", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_edit_made_after_the_list_was_read_for_an_export_is_still_a_conflict()
    {
        var read = await _list.LoadAsync();
        await _list.EditAsync<Person>("aaaa", person => person with { Note = "later" });
        await _list.Store.MarkExportedAsync(read, CancellationToken.None);

        Assert.Equal(["Conflict aaaa Айдос", "1 unchanged"], await _list.TellImportAsync(StoredList.Export(read)));
        Assert.Equal("later", await NoteAsync());
    }

    [Fact]
    public async Task A_file_that_has_caught_up_with_the_edit_may_change_it_again()
    {
        Assert.Equal(["2 unchanged"], await _list.TellImportAsync(File.Replace("file", "page", StringComparison.Ordinal)));

        Assert.Equal(["Changed aaaa Айдос", "1 unchanged"], await _list.TellImportAsync(File));
    }

    [Fact]
    public async Task An_entry_added_on_pages_is_a_conflict_until_it_stands_in_a_file()
    {
        await _list.Store.EditAsync(new Person { Id = "cccc", Name = "Дана" }, stamp: null, "editor", CancellationToken.None);

        Assert.Equal(["Conflict aaaa Айдос", "Conflict cccc Дана", "1 unchanged"], await _list.TellImportAsync(File));
        Assert.Equal(["Conflict aaaa Айдос", "2 unchanged"], await _list.TellImportAsync(File + "  - { name: Дана }\n"));
    }

    [Fact]
    public async Task Two_editors_of_one_moment_cannot_both_save()
    {
        var stamp = await _list.Store.ListStampsAsync(CancellationToken.None).FirstAsync();
        var person = (await _list.LoadAsync()).Find<Person>(EntryKind.Person, "aaaa")!;

        var first = await _list.Store.EditAsync(person with { Note = "first" }, stamp, "one", CancellationToken.None);
        var second = await _list.Store.EditAsync(person with { Note = "second" }, stamp, "two", CancellationToken.None);

        Assert.Equal((SaveResult.Saved, SaveResult.ChangedMeanwhile, "first"), (first, second, await NoteAsync()));
    }

    [Fact]
    public async Task What_somebody_changes_while_the_import_runs_is_left_and_told_and_the_rest_is_imported()
    {
        StoredList? list = null;
        var edited = false;
        await using var stored = list = new StoredList(tables => new HookedTables(tables, async call =>
        {
            if (call is { Method: "BatchAsync" } && !edited && await list!.VersionAsync() is not ("0" or "1"))
            {
                edited = true;
                await list.EditAsync<Person>("aaaa", person => person with { Note = "meanwhile" });
            }
        }));
        await list.ImportAsync(File);

        Assert.Equal(["ChangedMeanwhile aaaa Айдос", "Changed bbbb Бота", "0 unchanged"], await list.TellImportAsync(File.Replace(" }", ", gender: male }", StringComparison.Ordinal)));
        Assert.Equal(["meanwhile", null], (await list.LoadAsync()).Persons.Select(person => person.Note));
        Assert.Equal(["Conflict aaaa Айдос", "1 unchanged"], await list.TellImportAsync(File.Replace(" }", ", gender: male }", StringComparison.Ordinal)));
    }

    private async Task<string?> NoteAsync() => (await _list.LoadAsync()).Find<Person>(EntryKind.Person, "aaaa")!.Note;
}
