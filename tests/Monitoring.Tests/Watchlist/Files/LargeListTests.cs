using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.Tests.Watchlist.Files;

/// <summary>
/// A list of 20,000 entries with 1,000 characters of notes each: 46 MB if they were kept. Of entries an import keeps not more than a batch; what grows with
/// their number are stamps, ids and the report, less than a kilobyte for each, and of a check names and ids, less than half of one.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class LargeListTests
{
    private const int Entries = 20_000;
    private const int Note = 1000;

    /// <summary>Measured: about 670.</summary>
    private const long ImportBytesPerEntry = 1000;

    /// <summary>Measured: about 280.</summary>
    private const long CheckBytesPerEntry = 500;

    /// <summary>Of a batch as entries and as rows, and of the store.</summary>
    private const long BytesInFlight = 4_000_000;

    [Fact]
    public void Its_check_keeps_names_and_ids_and_no_entries()
    {
        var gauge = new MemoryGauge();
        using var text = new WatchedText(new ListText(Entries, Note), gauge, every: 2_000_000);

        var result = WatchlistCheck.Check(text, "list.yaml");

        Assert.Equal((true, Entries), (result.IsGood, result.Counts[EntryKind.Feed]));
        Assert.InRange(gauge.Peak, 0, BytesInFlight + Entries * CheckBytesPerEntry);
    }

    [Fact]
    public async Task It_is_imported_completely_and_again_and_retired_with_never_more_than_a_batch_of_entries_in_memory()
    {
        await using var list = new StoredList();
        var feeds = new LiveEntries(Entries);

        var first = await list.Import.RunAsync(feeds.Read(), dryRun: false, overwrite: false, onlyAdd: false, CancellationToken.None);
        var again = await list.Import.RunAsync(feeds.Read(), dryRun: false, overwrite: false, onlyAdd: false, CancellationToken.None);

        Assert.Equal((Entries + 1, 0), (first.Count(EntryChange.Added), first.Unchanged));
        Assert.Equal((0, Entries + 1), (again.Changes.Count, again.Unchanged));
        Assert.Equal(Entries, await list.Store.ListAsync(EntryKind.Feed, CancellationToken.None).CountAsync());
        Assert.InRange(feeds.MostAlive, 1, 110);

        var retired = await list.ImportAsync("outlets: [{ id: outlet-1, name: Outlet, country: KZ }]");
        Assert.Equal((Entries, 1), (retired.Count(EntryChange.Retired), retired.Unchanged));
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(Entries)]
    public async Task An_import_takes_a_kilobyte_of_memory_an_entry_however_long_its_texts_are(int entries)
    {
        await using var list = new StoredList();
        await list.Import.RunAsync(Feeds(entries), dryRun: false, overwrite: false, onlyAdd: false, CancellationToken.None);
        var gauge = new MemoryGauge();

        var changed = Feeds(entries).Select(read => read with { Entry = read.Entry with { Country = "UZ" } });
        var report = await list.Import.RunAsync(gauge.Watch(changed, entries / 10), dryRun: false, overwrite: false, onlyAdd: false, CancellationToken.None);

        Assert.Equal(entries + 1, report.Count(EntryChange.Changed));
        Assert.InRange(gauge.Peak, 0, BytesInFlight + entries * ImportBytesPerEntry);
    }

    [Fact]
    public void The_measures_see_a_reader_that_keeps_entries()
    {
        var gauge = new MemoryGauge();
        var feeds = new LiveEntries(Entries);

        var kept = gauge.Watch(feeds.Read(), Entries / 4).ToList();

        Assert.InRange(gauge.Peak, BytesInFlight + Entries * ImportBytesPerEntry + 1, long.MaxValue);
        Assert.Equal((Entries + 1, true), (kept.Count, feeds.MostAlive > Entries / 2));
    }

    private static IEnumerable<FileEntry> Feeds(int entries)
    {
        foreach (var entry in ListFile.Read(new ListText(entries, Note)))
        {
            yield return entry;
        }
    }

    /// <summary>The entries of the list, and how many of those it gave were still held by anybody when it looked.</summary>
    private sealed class LiveEntries(int entries)
    {
        private readonly List<WeakReference> _given = [];

        public int MostAlive { get; private set; }

        public IEnumerable<FileEntry> Read()
        {
            _given.Clear();
            foreach (var entry in Feeds(entries))
            {
                _given.Add(new WeakReference(entry.Entry));
                yield return entry;
                if (_given.Count % 2_000 == 0)
                {
                    GC.Collect();
                    MostAlive = Math.Max(MostAlive, _given.Count(reference => reference.IsAlive));
                }
            }
        }
    }

    private sealed class WatchedText(TextReader inner, MemoryGauge gauge, int every) : TextReader
    {
        private int _read;

        public override int Peek() => inner.Peek();

        public override int Read()
        {
            Count(1);
            return inner.Read();
        }

        public override int Read(char[] buffer, int index, int count)
        {
            var length = inner.Read(buffer, index, count);
            Count(length);
            return length;
        }

        private void Count(int characters)
        {
            _read += characters;
            if (_read >= every)
            {
                gauge.Look();
                _read = 0;
            }
        }
    }
}
