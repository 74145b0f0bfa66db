using Monitoring.Blocking.Fingerprints;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Fingerprints;

public sealed class FingerprintStoreTests : IAsyncDisposable
{
    private static readonly TestClock Clock = new();

    private readonly SqliteEngine _engine = new(Clock);
    private readonly LimitedTables _tables;
    private readonly FingerprintStore _store;

    public FingerprintStoreTests()
    {
        _tables = new LimitedTables(_engine.Tables);
        _store = new FingerprintStore(_tables);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task What_is_imported_is_read_again_with_all_its_fields()
    {
        var full = Prints.Of("d\u0435nied", PatternType.Regexp, "header.x-app-url", FingerprintScope.Injb, "KZ", "ZZ") with { Confidence = 7, Origin = "a", ExampleUrl = "b", Notes = "c\nd", OtherNames = "e" };
        var wrote = 0;

        Assert.Equal(FingerprintImportResult.Imported, await _store.ImportAsync(Import([full, Prints.Of("x")]), rows => wrote += rows, CancellationToken.None));

        var source = Assert.Single(await _store.LoadAsync(CancellationToken.None));
        Assert.Equal(("ooni", Clock.GetUtcNow(), "tester", 2), (source.Name, source.ChangedAt, source.ChangedBy, wrote));
        Assert.Equal(full with { Countries = source.Fingerprints[0].Countries }, source.Fingerprints[0]);
        Assert.Equal(["KZ", "ZZ"], source.Fingerprints[0].Countries);
        Assert.Empty(source.Fingerprints[1].Countries);
    }

    [Fact]
    public async Task An_import_replaces_the_earlier_one_of_its_name_and_leaves_nothing_lying()
    {
        await ImportAsync("a", "b", "c");
        await _store.ImportAsync(Import([Prints.Of("z")]) with { Source = "партнёр" }, _ => { }, CancellationToken.None);
        await ImportAsync("b", "d");

        Assert.Equal(["b d", "z"], (await TellAsync()).Order(StringComparer.Ordinal));
        Assert.Equal(5, await CountRowsAsync());
    }

    [Fact]
    public async Task The_same_import_again_changes_nothing()
    {
        await ImportAsync("a", "b");
        var version = await _store.GetVersionAsync(CancellationToken.None);

        Assert.Equal(FingerprintImportResult.Unchanged, await ImportAsync("a", "b"));
        Assert.Equal(version, await _store.GetVersionAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_crash_at_any_write_leaves_the_old_or_the_new_and_the_next_import_cleans_up()
    {
        var old = Enumerable.Range(0, 150).Select(i => $"old {i}").ToArray();
        var fresh = Enumerable.Range(0, 150).Select(i => $"new {i}").ToArray();
        for (var write = 1; ; write++)
        {
            await ImportAsync(old);
            var left = write;
            var mortal = new FingerprintStore(new HookedTables(_tables, call => call.IsWrite && --left == 0 ? throw new SimulatedCrashException() : Task.CompletedTask));
            var died = await Record.ExceptionAsync(() => mortal.ImportAsync(Import([.. fresh.Select(pattern => Prints.Of(pattern))]), _ => { }, CancellationToken.None));

            Assert.Contains(Assert.Single(await TellAsync()), (string[])[string.Join(' ', old), string.Join(' ', fresh)]);
            Assert.Equal(FingerprintImportResult.Imported, await ImportAsync("last"));
            Assert.Equal(["last"], await TellAsync());
            Assert.Equal(2, await CountRowsAsync());
            if (died is null)
            {
                Assert.True(write > 5);
                return;
            }
        }
    }

    [Fact]
    public async Task Of_two_imports_at_once_one_is_told_to_come_again_and_the_other_stands_whole()
    {
        await ImportAsync("old");
        var isFirst = true;
        var slow = new FingerprintStore(new HookedTables(_tables, async call =>
        {
            if (call is { Method: nameof(IEntityTable.BatchAsync) } && isFirst)
            {
                isFirst = false;
                await ImportAsync("other");
            }
        }));

        Assert.Equal(FingerprintImportResult.ChangedMeanwhile, await slow.ImportAsync(Import([Prints.Of("slow")]), _ => { }, CancellationToken.None));
        Assert.Equal(["other"], await TellAsync());
        Assert.Equal(2, await CountRowsAsync());
    }

    [Fact]
    public async Task Our_own_are_added_beside_the_imported()
    {
        await ImportAsync("a");
        var before = await _store.GetVersionAsync(CancellationToken.None);

        Assert.IsType<OwnFingerprintResult.Added>(await _store.AddOwnAsync(Own("Сайт закрыт"), CancellationToken.None));

        var own = (await _store.LoadAsync(CancellationToken.None)).Single(source => source.Name == FingerprintStore.Own);
        var one = Assert.Single(own.Fingerprints);
        Assert.Equal(("Провайдер 1", FingerprintScope.Isp, "body", "Сайт закрыт", "KZ"), (one.Name, one.Scope, one.Location, one.Pattern, Assert.Single(one.Countries)));
        Assert.Equal((Clock.GetUtcNow(), "editor"), (own.ChangedAt, own.ChangedBy));
        Assert.NotEqual(before, await _store.GetVersionAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_name_of_our_own_is_taken_once()
    {
        await _store.AddOwnAsync(Own("first"), CancellationToken.None);

        Assert.IsType<OwnFingerprintResult.NameTaken>(await _store.AddOwnAsync(Own("second"), CancellationToken.None));
        Assert.Equal(["first"], await TellAsync());
    }

    [Fact]
    public async Task What_is_wrong_with_one_of_our_own_is_told_by_field()
    {
        var result = await _store.AddOwnAsync(Own("(") with { Location = "title", Country = "Kazakhstan", Type = PatternType.Regexp }, CancellationToken.None);

        Assert.Equal(["location_found", "expected_countries"], Assert.IsType<OwnFingerprintResult.Wrong>(result).Problems.Select(problem => problem.Field));
        Assert.Empty(await TellAsync());
    }

    [Fact]
    public async Task An_import_cannot_be_called_like_our_own() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _store.ImportAsync(Import([]) with { Source = FingerprintStore.Own }, _ => { }, CancellationToken.None));

    [Fact]
    public async Task Workers_look_every_few_minutes_and_read_again_only_after_a_change()
    {
        var reads = new List<string>();
        var clock = new TestClock();
        using var library = new FingerprintLibrary(
            new FingerprintStore(new HookedTables(_tables, call =>
            {
                reads.AddRange(call is { Method: nameof(IEntityTable.QueryAsync) } ? [call.Partition == "sources" ? "look" : "read"] : []);
                return Task.CompletedTask;
            })),
            clock);
        Assert.Equal(0, (await library.GetAsync(CancellationToken.None)).Count);
        await ImportAsync("blocked here", "other");

        Assert.Equal(0, (await library.GetAsync(CancellationToken.None)).Count);
        clock.Advance(FingerprintLibrary.LookEvery);
        var set = await library.GetAsync(CancellationToken.None);
        reads.Clear();
        clock.Advance(FingerprintLibrary.LookEvery);

        Assert.Same(set, await library.GetAsync(CancellationToken.None));
        Assert.Equal(["look"], reads);
        Assert.Single(set.MatchPage("is blocked here"u8, []));
        await _store.AddOwnAsync(Own("is"), CancellationToken.None);
        clock.Advance(FingerprintLibrary.LookEvery);
        Assert.Equal(3, (await library.GetAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task One_of_our_own_that_is_removed_is_known_no_more()
    {
        await _store.AddOwnAsync(Own("first"), CancellationToken.None);
        var before = await _store.GetVersionAsync(CancellationToken.None);

        await _store.RemoveOwnAsync("Провайдер 1", "another", Clock.GetUtcNow(), CancellationToken.None);

        Assert.NotEqual(before, await _store.GetVersionAsync(CancellationToken.None));
        var own = Assert.Single(await _store.LoadAsync(CancellationToken.None));
        Assert.Equal(("another", 0), (own.ChangedBy, own.Fingerprints.Count));
    }

    private static OwnFingerprint Own(string pattern) => new("Провайдер 1", FingerprintLocation.Body, PatternType.Contains, pattern, "KZ", "editor", Clock.GetUtcNow());

    private static FingerprintImport Import(IReadOnlyList<Fingerprint> fingerprints) => new("ooni", fingerprints, "tester", Clock.GetUtcNow());

    private Task<FingerprintImportResult> ImportAsync(params string[] patterns) => _store.ImportAsync(Import([.. patterns.Select(pattern => Prints.Of(pattern))]), _ => { }, CancellationToken.None);

    /// <summary>The patterns of each source.</summary>
    private async Task<string[]> TellAsync() =>
        [.. (await _store.LoadAsync(CancellationToken.None)).Select(source => string.Join(' ', source.Fingerprints.Select(fingerprint => fingerprint.Pattern)))];

    private ValueTask<int> CountRowsAsync() => _tables.Open("Fingerprints").EnumerateAllAsync(CancellationToken.None).CountAsync();
}
