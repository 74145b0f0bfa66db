using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Monitoring.App.Commands;
using Monitoring.App.Demo;
using Monitoring.App.Hosting;

namespace Monitoring.Tests.Support;

/// <summary>
/// One feed, one site, one censoring proxy, one reader, and the program with its pages at work on them: after <see cref="LiveAsync"/> there are two flags,
/// an open episode, mails and a failing source.
/// </summary>
internal sealed partial class SmallWorld : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LoopbackWeb _web;
    private readonly CensoringProxy _proxy;
    private readonly WebApplication _app;

    private SmallWorld(LoopbackWeb web, CensoringProxy proxy, TestClock clock, params (string, string)[] settings)
    {
        (_web, _proxy, Clock) = (web, proxy, clock);
        (Station, _app) = Station.OpenWithPages(TestStation.Settings(_folder, [("Web__Port", "0"), .. settings]), TestStation.World(clock));
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
    }

    public TestClock Clock { get; }

    public Station Station { get; }

    /// <summary>Follows no redirects, keeps cookies.</summary>
    public HttpClient Client { get; }

    public Uri Root => Client.BaseAddress!;

    public static async Task<SmallWorld> StartAsync(params (string, string)[] settings)
    {
        var world = new SmallWorld(
            await LoopbackWeb.StartAsync(), new CensoringProxy([new("127.0.0.1", Censorship.BlockPage)], new Uri("http://127.0.0.1/"), TimeSpan.Zero, TimeProvider.System), new TestClock(), settings);
        await world._app.StartAsync();
        world.Client.BaseAddress = new UriBuilder(RunCommand.AddressOf(world._app)) { Host = "127.0.0.1" }.Uri;
        return world;
    }

    /// <summary>Two visits and four rounds of checks.</summary>
    public async Task LiveAsync()
    {
        await Station.ImportAsync(_folder, $$"""
            version: 1
            country: KZ
            persons:
              - { id: person-1, name: Мирас Кыранбеков }
            topics:
              - { id: topic-1, name: Detention, severity: critical, keywords: ["задержан*"] }
            feeds:
              - { id: feed-1, name: Лента <b>дня</b>, url: "{{_web.Url("/feed")}}", fullText: false }
              - { id: feed-2, name: Silent, url: "{{_web.Url("/missing")}}", every: "00:20:00" }
            sites:
              - { id: site-1, name: Сайт & Co, url: "{{_web.Url("/")}}", every: "00:10:00" }
            vantages:
              - { id: vantage-direct, name: direct, via: direct }
              - { id: vantage-proxy, name: proxy, via: proxy, network: AS64500, proxy: "{{_proxy.Address}}" }
            recipients:
              - { id: recipient-1, name: Читательница, address: reader@example.org, language: ru, timeZone: Asia/Almaty, digest: "09:00", atOnce: high }
            """);
        _web.On("/", $"<html><head><title>Новости города</title></head><body>{new string('x', 2000)}</body></html>", 200, "Content-Type: text/html");
        var old = Item("1", "Мирас Кыранбеков дал интервью", Clock.GetUtcNow().AddHours(-100), "Первый абзац.<p>Второй &amp; последний.");
        for (var step = 0; step < 4; step++)
        {
            var news = step == 0 ? "" : Item("2", "Мирас Кыранбеков задержан <script>alert(1)</script>", Clock.GetUtcNow().AddHours(-1), "Подробности позже.");
            _web.On("/feed", $"<rss version=\"2.0\"><channel><title>Лента</title>{news}{old}</channel></rss>");
            await Station.CycleAsync();

            // The gate of the one host: the second source has its turn after the pause.
            Clock.Advance(TimeSpan.FromSeconds(10));
            await Station.CycleAsync();
            Clock.Advance(TimeSpan.FromMinutes(16));
        }
    }

    /// <summary>The first source changes what it says of the arrest, and the one that was silent tells of it too.</summary>
    public async Task RetellAsync()
    {
        _web.On("/feed", $"<rss version=\"2.0\"><channel>{Item("2", "Мирас Кыранбеков отпущен", Clock.GetUtcNow(), "Подробности завтра.")}</channel></rss>");
        _web.On("/missing", $"<rss version=\"2.0\"><channel>{Item("2", "Мирас Кыранбеков задержан полицией", Clock.GetUtcNow(), "Подробности завтра.<p>Адвокат не допущен.")}</channel></rss>");
        for (var step = 0; step < 2; step++)
        {
            Clock.Advance(TimeSpan.FromDays(1));
            await Station.CycleAsync();
        }
    }

    public async Task<string> PageAsync(string path)
    {
        using var answer = await Client.GetAsync(path);
        return answer.StatusCode is HttpStatusCode.OK ? await answer.Content.ReadAsStringAsync() : throw new InvalidOperationException($"{path} answered {answer.StatusCode}.");
    }

    /// <summary>Posts a form as the page at <paramref name="page"/> would, with its antiforgery token.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await PageAsync(page)).Groups[1].Value;
        using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await Client.PostAsync(action, form);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Station.DisposeAsync();
        await _web.DisposeAsync();
        await _proxy.DisposeAsync();
        _folder.Dispose();
    }

    private static string Item(string id, string title, DateTimeOffset at, string text) =>
        $"<item><guid isPermaLink=\"false\">{id}</guid><link>https://example.org/{id}</link><title>{WebUtility.HtmlEncode(WebUtility.HtmlEncode(title))}</title>"
        + $"<pubDate>{at.ToString("R", CultureInfo.InvariantCulture)}</pubDate><description>{WebUtility.HtmlEncode(text)}</description></item>";

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
