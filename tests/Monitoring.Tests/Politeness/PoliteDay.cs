using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Monitoring.App.Hosting;
using Monitoring.Feeds;
using Monitoring.Fetching;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Politeness;

/// <summary>
/// Three workers on one store visit the sources of sixty servers for a while of test time: the program's knocks, queue, gate and fetcher, all with their
/// defaults. What happens at one time happens one after the other, so a day is the same each time.
/// </summary>
internal static class PoliteDay
{
    private const int Workers = 3;

    /// <summary>Between two looks into the queue. The program looks every second.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <summary>What each server saw.</summary>
    public static async Task<IReadOnlyList<PoliteRecord>> LiveAsync(TimeSpan length)
    {
        using var folder = new TempFolder();
        var clock = new TestClock();
        var quiet = new Quiet();
        using var web = new PoliteWeb(clock, quiet);
        var stations = Enumerable.Range(1, Workers).Select(number => TestStation.Open(folder, clock, services => Adjust(services, web, number))).ToList();
        await stations[0].ImportAsync(folder, List(web));
        var start = clock.GetUtcNow();
        var nextKnock = start;
        for (var now = start; now < start + length; now += Step)
        {
            await web.AdvanceAsync(now);
            if (now >= nextKnock)
            {
                nextKnock = await KnockAsync(stations[0], now);
            }

            foreach (var station in stations)
            {
                await WorkAsync(station, quiet);
            }
        }

        // Nobody is left waiting for an answer.
        await web.AdvanceAsync(clock.GetUtcNow() + TimeSpan.FromHours(1));
        foreach (var station in stations)
        {
            await station.DisposeAsync();
        }

        return web.Records;
    }

    private static void Adjust(IServiceCollection services, PoliteWeb web, int worker)
    {
        var chance = new Random(worker);
        services.AddSingleton(new HttpTransport(new HttpMessageInvoker(web, disposeHandler: false), route => throw new NotSupportedException($"{route}")));
        services.AddSingleton<Func<double>>(chance.NextDouble);
    }

    private static string List(PoliteWeb web) => string.Create(CultureInfo.InvariantCulture, $$"""
        version: 1
        country: KZ
        feeds:
        {{string.Concat(web.Hosts.SelectMany(host => Enumerable.Range(1, host.Kind.Feeds).Select(feed => $"  - {{ id: {host.Host.Split('.')[0]}-{feed}, name: {host.Host} {feed}, url: \"http://{host.Host}/{feed}\" }}\n")))}}
        """);

    private static async Task<DateTimeOffset> KnockAsync(Station station, DateTimeOffset now)
    {
        var knock = station.Services.GetServices<IKnock>().OfType<DueSourcesKnock>().Single(knock => knock.Name == "PollFeeds");
        await station.Get<JobRunner>().RunAsync(knock, CancellationToken.None);
        return new DateTimeOffset(station.Get<KnockOptions>().Of(knock.Name).GetNextOccurrence(now.UtcDateTime), TimeSpan.Zero);
    }

    private static async Task WorkAsync(Station station, Quiet quiet)
    {
        var options = station.Get<WorkOptions>();
        foreach (var work in await station.Data.Queue.ReceiveAsync(VisitSourceJob.WorkKind, options.Concurrency, options.Lease, CancellationToken.None))
        {
            quiet.Enter();
            _ = Task.Run(async () =>
            {
                try
                {
                    var outcome = await station.Get<JobRunner>().RunAsync(work, CancellationToken.None);
                    await (outcome is WorkOutcome.Completed ? station.Data.Queue.CompleteAsync(work, CancellationToken.None)
                        : throw new InvalidOperationException($"A visit ended with {outcome}."));
                }
                finally
                {
                    quiet.Leave();
                }
            });
            await quiet.WhenQuietAsync();
        }
    }
}
