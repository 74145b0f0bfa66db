using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Monitoring.App.Exporting;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Exporting;

/// <summary>What reaches a collector, as bytes: the names of our instruments and spans, and nothing of what is watched.</summary>
public sealed class TelemetryExportTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _received = new();
    private LoopbackWeb _collector = null!;

    public async Task InitializeAsync()
    {
        _collector = await LoopbackWeb.StartAsync();
        foreach (var path in (string[])["/v1/traces", "/v1/metrics"])
        {
            _collector.On(path, async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);

                // Protobuf keeps texts as they are.
                _received.Enqueue(path + " " + Encoding.UTF8.GetString(body.ToArray()));
            });
        }
    }

    public async Task DisposeAsync() => await _collector.DisposeAsync();

    [Fact]
    public async Task A_collector_learns_what_was_done_and_not_of_whom()
    {
        await using var world = await WorldAsync();
        await world.LiveAsync();
        await world.PageAsync("/review?secret-query=1");
        await world.PageAsync("/availability/site-1");

        await FlushAsync(world);

        var metrics = string.Join('\n', _received.Where(text => text.StartsWith("/v1/metrics ", StringComparison.Ordinal)));
        Assert.All(
            ["monitoring.visits", "monitoring.items", "monitoring.flags", "monitoring.checks", "monitoring.verdicts", "monitoring.mails", "monitoring.job.duration", "monitoring.queue.age"],
            name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        var spans = string.Join('\n', _received.Where(text => text.StartsWith("/v1/traces ", StringComparison.Ordinal)));
        Assert.All(["job visit-source", "job PollFeeds", "monitoring.outcome"], name => Assert.Contains(name, spans, StringComparison.Ordinal));
        Assert.All(
            ["Кыранбеков", "Лента", "Silent", "Сайт", "Читательница", "reader@example.org", "person-1", "feed-1", "site-1", "/feed", "/missing", "secret-query", "задержан", "example.org"],
            planted => Assert.DoesNotContain(planted, metrics + spans, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tags_that_are_not_listed_and_events_do_not_leave()
    {
        await using var world = await WorldAsync();
        using (var span = Telemetry.Spans.StartActivity("job export-test"))
        {
            span!.SetTag("url.full", "https://secret.example/path").SetTag("user_agent.original", "secret agent").SetTag("http.route", "/mails/{key}");
            span.AddException(new InvalidOperationException("a secret message"));
        }

        await FlushAsync(world);

        var all = string.Join('\n', _received);
        Assert.Contains("job export-test", all, StringComparison.Ordinal);
        Assert.Contains("/mails/{key}", all, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_address_nothing_is_measured_or_sent()
    {
        await using var world = await SmallWorld.StartAsync();

        Assert.DoesNotContain(world.Station.Services.GetServices<IHostedService>(), service => service is TelemetryExport or QueueGauges);
    }

    [Fact]
    public async Task Whoever_is_visited_gets_no_id_of_a_span()
    {
        using var listener = new ActivityListener { ShouldListenTo = source => source.Name == Telemetry.Name, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        var site = await LoopbackWeb.StartAsync();
        site.On("/feed", "x");
        using (var span = Telemetry.Spans.StartActivity("job outer"))
        {
            Assert.NotNull(span);
            await FetchKit.Fetcher().GetAsync(site.Url("/feed"));
            await ProbeKit.Direct(new FakeResolver(), new SocketDialer(AddressGuard.PublicAndLoopback), TrustPolicy.System, TimeProvider.System).Invoke(site.Url("/feed"));
        }

        Assert.True(site.Requests.Count >= 2);
        Assert.All(site.Requests, request => Assert.DoesNotContain("traceparent", request.Headers.Keys));
        await site.DisposeAsync();
    }

    private Task<SmallWorld> WorldAsync() => SmallWorld.StartAsync(("Telemetry__OtlpEndpoint", _collector.Url("/").AbsoluteUri));

    private static Task FlushAsync(SmallWorld world) => world.Station.Services.GetServices<IHostedService>().OfType<TelemetryExport>().Single().StopAsync(CancellationToken.None);
}
