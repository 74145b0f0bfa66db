using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Monitoring.App.Hosting;
using Monitoring.Feeds;
using Monitoring.Network;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;
using Monitoring.Work;

namespace Monitoring.Benchmarks.Polling;

/// <summary>
/// The program, composed as it is shipped, with its store in a folder; but loopback may be dialled, every name leads there, the pause between two visits of
/// a host is none, and of all jobs only those that visit feeds run.
/// </summary>
internal static class PolledStore
{
    /// <summary>Between two visits of a feed.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(30);

    public static Station Open(string folder, int concurrency, TimeProvider time, Action<IServiceCollection>? adjust = null)
    {
        var settings = Path.Combine(folder, "settings.json");
        File.WriteAllText(settings, "{ \"Values\": {} }\n");
        return Station.Open(
            Settings.Load(settings, [
                KeyValuePair.Create("Storage__DataFolder", (string?)Path.Combine(folder, "data")),
                KeyValuePair.Create("Fetching__HostInterval", (string?)"00:00:00"),
                KeyValuePair.Create("Work__Concurrency", (string?)concurrency.ToString(CultureInfo.InvariantCulture)),
            ]),
            new OutsideWorld(AddressGuard.PublicAndLoopback, TrustPolicy.System, time),
            services =>
            {
                services.AddSingleton<IResolver, LoopbackNames>().RemoveAll<IKnock>().RemoveAll<IWorkJob>();
                services.AddSingleton<IWorkJob, VisitSourceJob>().AddSingleton<IKnock>(provider => ActivatorUtilities.CreateInstance<DueSourcesKnock>(provider, EntryKind.Feed));
                adjust?.Invoke(services);
            });
    }

    /// <summary>Puts the feeds on the watch list.</summary>
    public static Task ListAsync(string folder, LoopbackFeeds feeds) => ListAsync(folder, feeds, first: 0, feeds.Count);

    /// <summary>Adds some feeds of the server to the watch list.</summary>
    public static async Task ListAsync(string folder, LoopbackFeeds feeds, int first, int count)
    {
        await using var station = Open(folder, concurrency: 1, TimeProvider.System);
        var entries = Enumerable.Range(first, count).Select(feed => new FeedSource
        {
            Id = IdOf(feed),
            Name = string.Create(CultureInfo.InvariantCulture, $"Газета {feed}"),
            Country = "KZ",
            Url = LoopbackFeeds.UrlOf(feed, feeds.Port),
            Every = Every,
        });
        await station.Get<WatchlistImport>().RunAsync(entries.Select(entry => new FileEntry(entry, Line: 0, Path: "")), dryRun: false, overwrite: false, onlyAdd: true, CancellationToken.None);
    }

    public static string IdOf(int feed) => string.Create(CultureInfo.InvariantCulture, $"feed-{feed:00000}");

    private sealed class LoopbackNames : IResolver
    {
        private static readonly ResolverAnswer Loopback = new([IPAddress.Loopback], Failure: null);

        public string Name => "loopback";

        public Task<ResolverAnswer> ResolveAsync(string host, CancellationToken cancellationToken) => Task.FromResult(Loopback);
    }
}
