using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Costs;
using Monitoring.App.Hosting;
using Monitoring.Availability;
using Monitoring.Network;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Costs;

/// <summary>What the meter counts is what goes over the wire to an account: requests through relays before Azurite.</summary>
public sealed class BilledRequestsTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly StorageMeter _meter = new();
    private readonly ScriptedPress _press = new(TimeProvider.System);
    private readonly List<StorageRelay> _relays = [];
    private Station? _station;

    private Station Station => _station ?? throw new InvalidOperationException("Not open.");

    public async Task InitializeAsync()
    {
        var account = await AzuriteProcess.TakeAsync();
        _relays.AddRange(new[] { account.TableEndpoint, account.BlobEndpoint, account.QueueEndpoint }.Select(endpoint => new StorageRelay(endpoint)));
        var relayed = account with { TableEndpoint = _relays[0].Endpoint, BlobEndpoint = _relays[1].Endpoint, QueueEndpoint = _relays[2].Endpoint };
        _station = TestStation.Open(_folder, TimeProvider.System, Adjust, ("Storage__Engine", "Azure"), ("Storage__ConnectionString", relayed.ConnectionString));
        await _station.BecomeWorkerAsync(CancellationToken.None);
        await _station.ImportAsync(_folder, """
            version: 1
            country: KZ
            persons: [{ id: person-1, name: Мирас Кыранбеков }]
            topics: [{ id: topic-1, name: Detention, severity: critical, keywords: ["задержан*"] }]
            feeds: [{ id: feed-1, name: First, url: "http://feed-1.example/rss" }, { id: feed-2, name: Second, url: "http://feed-2.example/rss" }]
            sites: [{ id: site-1, name: First, url: "http://site-1.example/" }, { id: site-2, name: Second, url: "http://site-2.example/" }]
            vantages:
              - { id: direct, name: direct, via: direct }
              - { id: proxy-1, name: first, via: proxy, proxy: "http://198.51.100.1:3128" }
            recipients: [{ id: reader-1, name: First, address: first@example.org, digest: "08:00", atOnce: high }]
            """);
        foreach (var knock in Station.Services.GetServices<IKnock>())
        {
            Assert.True(await Station.Get<JobRunner>().RunAsync(knock, CancellationToken.None), knock.Name);
        }

        // The first subjects make the tables that are missing.
        await VisitAsync("feed-1");
        await RunAsync("check-site", "site-1");
        await Station.Get<NeighbourhoodStore>().AddAsync("proxy-0", "site-0", [], TimeProvider.System.GetUtcNow(), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await Station.DisposeAsync();
        foreach (var relay in _relays)
        {
            await relay.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task A_visit_with_news_that_is_flagged_makes_as_many_requests_as_are_counted()
    {
        var (sent, counted) = await CompareAsync(() => VisitAsync("feed-2"));

        Assert.Equal((counted.Tables, counted.BlobWrites + counted.BlobReads, counted.Queues), sent);
        Assert.Equal((1, 1, 4), (counted.Queues, counted.BlobWrites, counted.BlobReads)); // a message to understand; a capture, and a lease taken and given back
    }

    [Fact]
    public async Task A_check_of_a_blocked_site_makes_as_many_requests_as_are_counted()
    {
        var (sent, counted) = await CompareAsync(() => RunAsync("check-site", "site-2"));

        Assert.Equal((counted.Tables, counted.BlobWrites + counted.BlobReads, counted.Queues), sent);
        Assert.Equal((CostProfile.Check + 2 * CostProfile.CheckedVantage + CostProfile.KeptTrouble).Tables, counted.Tables);
    }

    [Fact]
    public async Task A_knock_makes_as_many_requests_as_are_counted()
    {
        foreach (var knock in Station.Services.GetServices<IKnock>())
        {
            var (sent, counted) = await CompareAsync(() => Station.Get<JobRunner>().RunAsync(knock, CancellationToken.None));

            Assert.Equal((knock.Name, (counted.Tables, counted.BlobWrites + counted.BlobReads, counted.Queues)), (knock.Name, sent));
        }
    }

    private void Adjust(IServiceCollection services)
    {
        _meter.AddTo(services);
        foreach (var feed in new[] { "feed-1", "feed-2" })
        {
            _press.Publishes(feed, new Article(feed, DateTimeOffset.UnixEpoch, IsArrest: true, IsDated: false));
        }

        services.AddSingleton(_press.Transport);
        services.AddSingleton<IResolver>(new FakeResolver().Knows("site-1.example", Some.Address).Knows("site-2.example", Some.Address));
        services.AddSingleton<IDialer>(new ScriptedSites(IPAddress.Parse("198.51.100.1"), "site-2.example"));
    }

    private async Task VisitAsync(string feed)
    {
        await RunAsync("visit-source", feed);
        await RunAsync("understand", feed);
    }

    private async Task RunAsync(string kind, string subject)
    {
        var job = Station.Services.GetServices<IWorkJob>().Single(job => job.Kind == kind);
        Assert.IsType<JobResult.Done>(await job.RunAsync(subject, CancellationToken.None));
    }

    private async Task<((double Tables, double Blobs, double Queues) Sent, StorageUse Counted)> CompareAsync(Func<Task> run)
    {
        _meter.Take();
        var before = _relays.ConvertAll(relay => relay.Requests);
        await run();
        return ((_relays[0].Requests - before[0], _relays[1].Requests - before[1], _relays[2].Requests - before[2]), _meter.Take());
    }
}
