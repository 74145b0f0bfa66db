using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.Tests.Watchlist.Files;

public sealed class WatchlistImportTests : IAsyncLifetime
{
    private const string Three = "persons: [{ name: Айдос, note: one }, { name: Бота }]\ntopics: [{ name: Арест, keywords: [арест*] }]\n";

    private StoredList _list = null!;

    public async Task InitializeAsync() => _list = await StoredList.OfAsync(Three);

    public async Task DisposeAsync() => await _list.DisposeAsync();

    [Fact]
    public async Task The_same_file_again_changes_nothing_at_all()
    {
        var (version, exported) = (await _list.VersionAsync(), await _list.ExportAsync());

        Assert.Equal(["3 unchanged"], await _list.TellImportAsync(Three));
        Assert.Equal((version, exported), (await _list.VersionAsync(), await _list.ExportAsync()));
    }

    [Fact]
    public async Task The_report_names_what_is_added_changed_and_retired()
    {
        var report = await _list.TellImportAsync("persons: [{ name: Айдос, note: two }, { name: Дана }]\ntopics: [{ name: Арест, keywords: [арест*] }]\n");

        Assert.Equal(["Changed new-1 Айдос", "Added new-4 Дана", "Retired new-2 Бота", "1 unchanged"], report);
        Assert.Equal(["Айдос", "Дана"], (await _list.LoadAsync()).Persons.Select(person => person.Name));
    }

    [Fact]
    public async Task A_dry_run_reports_the_same_and_changes_nothing()
    {
        const string Other = "persons: [{ name: Айдос, note: two }, { id: dana, name: Дана }]\ntopics: [{ name: Арест, keywords: [арест*] }]\n";
        var (version, exported) = (await _list.VersionAsync(), await _list.ExportAsync());

        var dry = await _list.TellImportAsync(Other, dryRun: true);

        Assert.Equal((version, exported), (await _list.VersionAsync(), await _list.ExportAsync()));
        Assert.Equal(["Changed new-1 Айдос", "Added dana Дана", "Retired new-2 Бота", "1 unchanged"], dry);
        Assert.Equal(dry, await _list.TellImportAsync(Other));
    }

    [Fact]
    public async Task Every_change_is_seen_by_workers_as_a_new_version()
    {
        var reader = new WatchlistReader(_list.Store);
        var before = await reader.GetAsync(CancellationToken.None);
        Assert.Same(before, await reader.GetAsync(CancellationToken.None));

        await _list.ImportAsync("persons: [{ name: Айдос, note: two }]");

        Assert.Equal("two", (await reader.GetAsync(CancellationToken.None)).Persons.Single().Note);
    }

    [Fact]
    public async Task An_entry_without_id_keeps_the_id_of_its_name()
    {
        Assert.Equal(["Changed new-2 Бота", "2 unchanged"], await _list.TellImportAsync(Three.Replace("name: Бота", "name: Бота, gender: female", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_source_keeps_its_id_when_it_is_renamed_and_a_person_does_with_the_id_in_the_file()
    {
        await _list.ImportAsync(Three + "feeds: [{ id: feed-1, name: Old, url: 'http://a.kz/' }]");

        var report = await _list.TellImportAsync(Three.Replace("name: Бота", "id: new-2, name: Ботагоз", StringComparison.Ordinal) + "feeds: [{ name: New, url: 'http://a.kz' }]");

        Assert.Equal(["Changed new-2 Ботагоз", "Changed feed-1 New", "2 unchanged"], report);
    }

    [Theory]
    [InlineData("{ id: new-2, name: Ботагоз }, { name: Бота }")]
    [InlineData("{ name: Бота }, { id: new-2, name: Ботагоз }")]
    public async Task A_new_namesake_of_somebody_renamed_is_somebody_else(string persons)
    {
        await _list.ImportAsync($"persons: [{persons}]");

        Assert.Equal(["new-2 Ботагоз", "new-4 Бота"], (await _list.LoadAsync()).Persons.Select(person => $"{person.Id} {person.Name}").Order());
        Assert.Equal(["2 unchanged"], await _list.TellImportAsync(await _list.ExportAsync()));
    }

    [Fact]
    public async Task A_retired_entry_that_comes_back_has_its_old_id()
    {
        await _list.ImportAsync("persons: [{ name: Айдос, note: one }]");

        Assert.Equal(["Added new-2 Бота", "Added new-3 Арест", "1 unchanged"], await _list.TellImportAsync(Three));
        Assert.Equal(["3 unchanged"], await _list.TellImportAsync(Three));
    }

    [Fact]
    public async Task Of_a_retired_and_an_active_namesake_the_active_one_is_meant()
    {
        await _list.ImportAsync("persons: [{ id: aaaa, name: Бота }, { name: Айдос }]"); // retires new-2, also called Бота

        Assert.Equal(["Changed aaaa Бота", "1 unchanged"], await _list.TellImportAsync("persons: [{ name: Бота, note: still }, { name: Айдос }]"));
    }

    [Fact]
    public async Task An_entry_retired_twice_is_reported_once()
    {
        await _list.ImportAsync("persons: [{ name: Айдос, note: one }]");

        Assert.Equal(["1 unchanged"], await _list.TellImportAsync("persons: [{ name: Айдос, note: one }]"));
    }

    [Fact]
    public async Task An_import_that_died_is_finished_by_the_next_one()
    {
        var dying = 0;
        await using var list = new StoredList(tables => new HookedTables(
            tables, call => call.Method == "BatchAsync" && ++dying == 2 ? throw new SimulatedCrashException() : Task.CompletedTask));

        await Assert.ThrowsAsync<SimulatedCrashException>(() => list.ImportAsync(Three));
        Assert.True(await list.Store.IsImportUnfinishedAsync(CancellationToken.None));

        Assert.Equal(["Added new-4 Арест", "2 unchanged"], await list.TellImportAsync(Three));
        Assert.False(await list.Store.IsImportUnfinishedAsync(CancellationToken.None));
        Assert.Equal(["3 unchanged"], await list.TellImportAsync(Three));
    }

    [Fact]
    public async Task An_import_that_died_after_its_last_entry_still_raises_the_version()
    {
        var raised = 0;
        await using var list = new StoredList(tables => new HookedTables(
            tables, call => call is { IsWrite: true, Partition: "version" } && ++raised == 2 ? throw new SimulatedCrashException() : Task.CompletedTask));
        await Assert.ThrowsAsync<SimulatedCrashException>(() => list.ImportAsync(Three));
        Assert.Equal("1", await list.VersionAsync());

        Assert.Equal(["3 unchanged"], await list.TellImportAsync(Three));
        Assert.Equal(("2", false), (await list.VersionAsync(), await list.Store.IsImportUnfinishedAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task Entries_too_large_for_one_batch_together_are_stored_in_several()
    {
        // Each is 60 KB in the table; a batch may hold 100 entries, and 4 MiB.
        var alias = new string('ж', 190);
        var persons = Enumerable.Range(0, 100).Select(i => FormattableString.Invariant($"  - {{ name: Person {i}, aliases: [{string.Join(',', Enumerable.Repeat(alias, 155))}] }}\n"));

        var report = await _list.ImportAsync("persons:\n" + string.Concat(persons));

        Assert.Equal(100, report.Count(EntryChange.Added));
        Assert.Equal(100, (await _list.LoadAsync()).Persons.Count);
    }

    [Fact]
    public async Task A_list_of_every_shape_that_was_accepted_can_be_loaded()
    {
        await _list.ImportAsync("persons: [{ name: Aa, aliases: [], context: [] }]\noutlets: [{ name: B, domains: [] }]\nrecipients: [{ name: R, address: 'r@a.kz', only: [], countries: [] }]\n");

        var list = await _list.LoadAsync();
        Assert.Equal(("Aa", "B", "R"), (list.Persons.Single().Name, list.Outlets.Single().Name, list.Recipients.Single().Name));
    }
}
