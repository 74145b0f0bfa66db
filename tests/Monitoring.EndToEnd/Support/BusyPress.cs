using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Monitoring.App.Demo;

namespace Monitoring.EndToEnd.Support;

/// <summary>Many feeds on loopback, each with a host of its own, a report about a listed person and two others. Counts its visits.</summary>
internal sealed class BusyPress : IAsyncDisposable
{
    public const int ItemsOfEach = 3;

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, bool> _hanging = new(StringComparer.Ordinal);

    /// <summary>All of it is news: published when the first feed is visited, after it was listed. Feeds tell whole seconds, so it is the next one.</summary>
    private readonly Lazy<DateTimeOffset> _published = new(() => DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1));

    private BusyPress(WebApplication app)
    {
        _app = app;
    }

    public ConcurrentDictionary<string, int> Visits { get; } = new(StringComparer.Ordinal);

    public DemoResolver Resolver { get; } = new(new Dictionary<string, IPAddress>());

    public static async Task<BusyPress> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var press = new BusyPress(app);
        app.Run(press.AnswerAsync);
        await app.StartAsync();
        return press;
    }

    /// <summary>The next visitor of this host gets no answer, for as long as it waits.</summary>
    public void HangOnce(string host) => _hanging[host] = true;

    /// <summary>A watch list with all feeds, the person, and one recipient who wants to know at once.</summary>
    public string WriteList(int feeds)
    {
        var port = new Uri(_app.Urls.First()).Port;
        var list = new StringBuilder("""
            version: 1
            country: KZ
            persons:
              - name: Айсулу Бозторгаева
                gender: female
            topics:
              - name: Detention
                severity: critical
                keywords: ["задержан*"]
            recipients:
              - name: Desk
                address: desk@demo.invalid
                timeZone: Asia/Almaty
                digest: "07:00:00"
                atOnce: high
            feeds:

            """);
        for (var feed = 0; feed < feeds; feed++)
        {
            list.Append(CultureInfo.InvariantCulture, $"  - name: Feed {feed}\n    url: \"http://feed{feed}.test:{port}/\"\n    every: \"12:00:00\"\n    fullText: false\n");
        }

        return list.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Resolver.DisposeAsync();
    }

    /// <summary>Nothing is told before it happened.</summary>
    private async Task PublishAsync()
    {
        while (_published.Value - DateTimeOffset.UtcNow is { Ticks: > 0 } left)
        {
            await Task.Delay(left);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        Visits.AddOrUpdate(host, 1, (_, visits) => visits + 1);
        if (_hanging.TryRemove(host, out _))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }

        await PublishAsync();
        PublishedArticle Article(int number, string title, string text) => new(title, text, $"http://{host}/{number}", _published.Value);
        var feed = FeedWriter.Rss(host, "ru", [
            Article(1, $"В Алматы задержана Айсулу Бозторгаева, сообщает {host}", $"Журналистка Айсулу Бозторгаева задержана. Об этом пишет {host}."),
            Article(2, $"Погода на неделю от {host}", "Снег с дождём, ветер умеренный."),
            Article(3, $"Айсулу Бозторгаева получила премию, {host}", "Премию вручили в столице."),
        ]);
        context.Response.ContentType = "application/rss+xml";
        await context.Response.Body.WriteAsync(feed);
    }
}
