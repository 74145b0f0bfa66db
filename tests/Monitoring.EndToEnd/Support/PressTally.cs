using Monitoring.Alerts.Delivery;
using Monitoring.App.Hosting;
using Monitoring.Feeds;
using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.EndToEnd.Support;

/// <summary>How far the work on a busy press is. <paramref name="Waiting"/> counts messages.</summary>
internal sealed record PressTally(int Feeds, int Visited, int Items, int Pending, int Unsent, long Waiting)
{
    public bool IsDone => Visited == Feeds && Pending == 0 && Unsent == 0 && Waiting == 0;

    /// <summary>Every item once, every story told once, nothing given up.</summary>
    public static async Task AssertOnceAsync(Station station, TempFolder folder, int feeds)
    {
        var items = await RowsAsync(station, "Items");
        Assert.Equal(feeds * BusyPress.ItemsOfEach, items.Count);
        Assert.Equal(items.Count, items.Select(item => item.GetText("Link")).Distinct().Count());
        Assert.DoesNotContain(null, items.Select(item => item.GetText("UnderstoodBy")));

        var outbox = station.Get<Outbox>();
        var mails = new List<Mail>();
        string? after = null;
        do
        {
            (var page, after) = await outbox.ListAsync(after, take: 500, CancellationToken.None);
            mails.AddRange(page);
        }
        while (after is not null);

        // Each feed tells of the arrest in its own words: a story is mailed once, however many tell it.
        var flags = (await RowsAsync(station, "Flags")).Where(flag => flag.GetText("Severity") == nameof(Severity.Critical)).ToList();
        Assert.Equal(feeds, flags.Count);
        Assert.Equal(flags.Select(flag => flag.GetText("StoryId")).Distinct().Count(), mails.Count);
        Assert.All(mails, mail => Assert.Equal(MailState.Sent, mail.State));

        // A mail that was cut off while it was sent may be sent again, under the same id.
        Assert.Equal(mails.Count, Directory.GetFiles(folder.File("data/mail"), "*.eml").Length);
        Assert.Empty(await station.Get<IWorkQueue>().ListPoisonAsync(CancellationToken.None).ToListAsync());
    }

    public static async Task<PressTally> TakeAsync(Station station, int feeds)
    {
        var visited = await station.Get<SourceStateStore>().ListAsync(EntryKind.Feed, CancellationToken.None).CountAsync(source => source.LastSuccess is not null);
        if (visited < feeds)
        {
            return new PressTally(feeds, visited, 0, 0, 0, -1);
        }

        var waiting = (await station.Get<IWorkQueue>().GetStateAsync(CancellationToken.None)).Sum(state => state.Length);
        var pending = await station.Get<ItemStore>().ListPendingAsync(sourceId: null, CancellationToken.None).CountAsync();
        var unsent = await station.Get<Outbox>().ListPendingAsync(CancellationToken.None).CountAsync();
        return new PressTally(feeds, visited, (await RowsAsync(station, "Items")).Count, pending, unsent, waiting);
    }

    private static async Task<List<Entity>> RowsAsync(Station station, string table) =>
        await station.Get<ITables>().Open(table).EnumerateAllAsync(CancellationToken.None).ToListAsync();
}
