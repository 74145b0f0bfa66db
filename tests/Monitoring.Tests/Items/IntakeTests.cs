using Monitoring.Evidence;
using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Items;

public sealed class IntakeTests : IAsyncLifetime
{
    private readonly List<TableCall> _calls = [];
    private Func<TableCall, Task> _before = _ => Task.CompletedTask;
    private NewsDesk _desk = null!;

    public async Task InitializeAsync() => _desk = await NewsDesk.OpenAsync(call =>
    {
        _calls.Add(call);
        return _before(call);
    });

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task A_new_item_is_stored_once()
    {
        Assert.Equal("1 new, 0 changed, waiting", await _desk.TellVisitAsync(NewsDesk.Item("1", "Title", "Text")));
        await _desk.UnderstandAsync();
        Assert.Equal("0 new, 0 changed", await _desk.TellVisitAsync(NewsDesk.Item("1", "Title", "Text")));

        var item = (await _desk.GetAsync("1"))!;
        Assert.Equal(("Title", "Text", "KZ", "https://example.org/1"), (item.Title, item.Summary, item.Country, item.Link!.AbsoluteUri));
        Assert.Equal("Text", await _desk.TextAsync("1"));
    }

    [Fact]
    public async Task Of_a_source_that_has_no_items_none_is_looked_up()
    {
        var items = Enumerable.Range(0, 40).Select(i => NewsDesk.Item($"{i}", "A")).ToArray();
        _calls.Clear();

        Assert.Equal("40 new, 0 changed, waiting", await _desk.TellVisitAsync(items));

        Assert.DoesNotContain(_calls, call => call is { Table: "Items", Method: nameof(IEntityTable.GetAsync) });
    }

    [Fact]
    public async Task A_first_visit_that_died_half_way_stores_nothing_twice()
    {
        var items = Enumerable.Range(0, 40).Select(i => NewsDesk.Item($"{i}", "A")).ToArray();
        await _desk.VisitAsync(items[..20]);
        _desk.Seen = SeenMarks.None;

        Assert.Equal("20 new, 0 changed, waiting", await _desk.TellVisitAsync(items));
    }

    [Fact]
    public async Task A_visit_that_brings_nothing_new_reads_no_items_and_writes_nothing()
    {
        await _desk.VisitAsync(NewsDesk.Item("1", "A"), NewsDesk.Item("2", "B"));
        _desk.Seen = SeenMarks.FromBytes(_desk.Seen.ToBytes()); // as the source's row keeps it
        _calls.Clear();

        await _desk.VisitAsync(NewsDesk.Item("2", "B"), NewsDesk.Item("1", "A"));

        Assert.DoesNotContain(_calls, call => call.IsWrite || call.Table == "Items");
    }

    [Fact]
    public async Task A_changed_item_is_the_same_item_with_another_text()
    {
        await _desk.VisitAsync(isBaseline: true, NewsDesk.Item("1", "Title", "Text"));
        await _desk.UnderstandAsync();
        var first = (await _desk.GetAsync("1"))!;
        _desk.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("0 new, 1 changed, waiting", await _desk.TellVisitAsync(NewsDesk.Item("1", "Title", "Other")));

        var second = (await _desk.GetAsync("1"))!;
        Assert.Equal((first.FirstSeen, true, first.FirstSeen.AddHours(1), null), (second.FirstSeen, second.IsBaseline, second.ContentSeen, second.UnderstoodBy));
        Assert.Equal("Other", await _desk.TextAsync("1"));
        Assert.Equal([NewsDesk.Key("1")], await _desk.PendingAsync());
    }

    [Fact]
    public async Task What_an_item_said_before_is_kept_with_its_times_and_captures()
    {
        var start = _desk.Clock.GetUtcNow();
        foreach (var text in (string[])["One", "Two", "Three"])
        {
            await _desk.VisitAsync(NewsDesk.Item("1", "Title " + text, text));
            _desk.Clock.Advance(TimeSpan.FromHours(1));
        }

        var versions = await _desk.VersionsAsync("1");
        Assert.Equal([("Title One", "One", start, start.AddHours(1)), ("Title Two", "Two", start.AddHours(1), start.AddHours(2))], versions.Select(version => (version.Title, version.Text, version.At, version.Until)));
        Assert.Equal((await _desk.GetAsync("1"))!.EarlierCaptures, versions.Select(version => version.CaptureId));
    }

    [Fact]
    public async Task Of_an_item_that_changes_with_every_visit_the_first_and_the_last_versions_are_kept()
    {
        for (var i = 0; i < 60; i++)
        {
            await _desk.VisitAsync(NewsDesk.Item("1", "Title", $"Text {i}"));
            _desk.Clock.Advance(TimeSpan.FromHours(1));
        }

        var kept = (await _desk.VersionsAsync("1")).Select(version => version.Text);
        Assert.Equal([0, .. Enumerable.Range(10, 49)], kept.Select(text => int.Parse(text.AsSpan(5), System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(50, (await _desk.GetAsync("1"))!.EarlierCaptures.Count);
    }

    [Fact]
    public async Task A_version_survives_a_death_after_the_new_text_was_stored()
    {
        await _desk.VisitAsync(NewsDesk.Item("1", "Title", "Old"));
        _desk.Clock.Advance(TimeSpan.FromHours(1));
        _before = call => call is { Table: "Items", IsWrite: true } ? throw new InvalidOperationException("death") : Task.CompletedTask;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _desk.VisitAsync(NewsDesk.Item("1", "Title", "New")));
        _before = _ => Task.CompletedTask;

        await _desk.VisitAsync(NewsDesk.Item("1", "Title", "New"));

        Assert.Equal(["Old"], (await _desk.VersionsAsync("1")).Select(version => version.Text));
        Assert.Equal("New", await _desk.TextAsync("1"));
    }

    [Fact]
    public async Task An_item_that_changes_back_is_changed_again()
    {
        await _desk.VisitAsync(NewsDesk.Item("1", "A"));
        await _desk.VisitAsync(NewsDesk.Item("1", "B"));

        Assert.Equal("0 new, 1 changed, waiting", await _desk.TellVisitAsync(NewsDesk.Item("1", "A")));
        Assert.Equal("A", (await _desk.GetAsync("1"))!.Title);
    }

    [Fact]
    public async Task Of_a_guid_that_stands_twice_in_a_document_the_first_counts_at_every_visit()
    {
        var twice = new[] { NewsDesk.Item("1", "First"), NewsDesk.Item("1", "Second") };

        Assert.Equal("1 new, 0 changed, waiting", await _desk.TellVisitAsync(twice));
        Assert.Equal("0 new, 0 changed", await _desk.TellVisitAsync(twice));
        Assert.Equal("First", (await _desk.GetAsync("1"))!.Title);
    }

    [Fact]
    public async Task Items_without_title_and_text_are_none()
    {
        Assert.Equal("0 new, 0 changed", await _desk.TellVisitAsync(NewsDesk.Item("1", ""), NewsDesk.Item("2", "", "")));
        Assert.Null(await _desk.GetAsync("1"));
    }

    [Fact]
    public async Task A_visit_repeated_after_a_crash_before_the_pending_rows_asks_for_the_items_again()
    {
        _before = call => call is { Table: "Pending", IsWrite: true } ? throw new SimulatedCrashException() : Task.CompletedTask;
        await Assert.ThrowsAsync<SimulatedCrashException>(() => _desk.VisitAsync(NewsDesk.Item("1", "A")));
        Assert.Empty(await _desk.PendingAsync());
        _before = _ => Task.CompletedTask;

        Assert.Equal("0 new, 0 changed, waiting", await _desk.TellVisitAsync(NewsDesk.Item("1", "A")));
        Assert.Equal([NewsDesk.Key("1")], await _desk.PendingAsync());
    }

    [Fact]
    public async Task A_change_is_stored_though_the_old_version_is_understood_at_the_same_moment()
    {
        await _desk.VisitAsync(NewsDesk.Item("1", "Title", "Old"));
        _before = async call =>
        {
            if (call is { Table: "Items", Method: nameof(IEntityTable.ReplaceAsync) })
            {
                _before = _ => Task.CompletedTask;
                await _desk.UnderstandAsync();
            }
        };

        await _desk.VisitAsync(NewsDesk.Item("1", "Title", "New"));

        var item = (await _desk.GetAsync("1"))!;
        Assert.Equal(("New", "New", null), (item.Summary, await _desk.TextAsync("1"), item.UnderstoodBy));
        Assert.Equal([NewsDesk.Key("1")], await _desk.PendingAsync());
    }

    [Fact]
    public async Task Texts_are_cut_without_cutting_a_character_in_two()
    {
        var title = new string('a', 999) + "😀";
        var text = new string('b', 299) + "😀😀";

        await _desk.VisitAsync(NewsDesk.Item("1", title, text));

        var item = (await _desk.GetAsync("1"))!;
        Assert.Equal((new string('a', 999), new string('b', 299) + "…"), (item.Title, item.Summary));
        Assert.Equal(text, await _desk.TextAsync("1"));
    }

    [Fact]
    public async Task Halves_of_pairs_become_the_sign_for_no_character()
    {
        await _desk.VisitAsync(NewsDesk.Item("1", "a\ud83db", "c\udc00"));

        Assert.Equal(("a\ufffdb", "c\ufffd"), ((await _desk.GetAsync("1"))!.Title, await _desk.TextAsync("1")));
        Assert.Equal("0 new, 0 changed", await _desk.TellVisitAsync(NewsDesk.Item("1", "a\ud83db", "c\udc00")));
    }

    [Fact]
    public async Task A_date_in_the_future_is_now()
    {
        var now = _desk.Clock.GetUtcNow();

        await _desk.VisitAsync(NewsDesk.Item("1", "A") with { Published = now.AddYears(1) }, NewsDesk.Item("2", "B") with { Published = now.AddDays(-1) }, NewsDesk.Item("3", "C"));

        Assert.Equal([now, now.AddDays(-1), null], [(await _desk.GetAsync("1"))!.Published, (await _desk.GetAsync("2"))!.Published, (await _desk.GetAsync("3"))!.Published]);
    }

    [Fact]
    public async Task A_document_of_long_articles_is_stored_in_several_batches()
    {
        var articles = Enumerable.Range(0, 30).Select(i => NewsDesk.Item(FormattableString.Invariant($"{i}"), "Title", new string('ж', 150_000))).ToArray();

        Assert.Equal("30 new, 0 changed, waiting", await _desk.TellVisitAsync(articles));
        Assert.Equal(150_000, (await _desk.TextAsync("29")).Length);
    }

    [Fact]
    public async Task More_items_than_a_batch_holds_are_all_stored_and_found_in_order()
    {
        var items = Enumerable.Range(0, 450).Select(i => NewsDesk.Item(FormattableString.Invariant($"{i}"), FormattableString.Invariant($"T{i}"))).ToArray();

        Assert.Equal("450 new, 0 changed, waiting", await _desk.TellVisitAsync(items));

        var pending = await _desk.PendingAsync();
        Assert.Equal(items.Select(item => NewsDesk.Key(item.SourceGuid!).ItemId).Order(StringComparer.Ordinal), pending.Select(key => key.ItemId));
        Assert.Equal("T449", (await _desk.GetAsync("449"))!.Title);
    }

    [Fact]
    public async Task Every_item_names_the_capture_it_was_read_from_and_a_visit_without_news_makes_none()
    {
        await _desk.VisitAsync(NewsDesk.Item("1", "A"));
        _desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await _desk.VisitAsync(NewsDesk.Item("1", "A"));

        var capture = await _desk.Station.Get<CaptureStore>().ListAsync(NewsDesk.Source, 10, CancellationToken.None).SingleAsync();
        Assert.Equal(capture.Id, (await _desk.GetAsync("1"))!.CaptureId);
    }
}
