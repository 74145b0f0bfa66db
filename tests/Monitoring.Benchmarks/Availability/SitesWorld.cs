using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Monitoring.App.Demo;

namespace Monitoring.Benchmarks.Availability;

/// <summary>A thousand sites over TLS on loopback, each with a name of its own, and three networks that hinder some of them. Counts the pages it gives.</summary>
internal sealed class SitesWorld : IAsyncDisposable
{
    public const int Sites = 1_000;
    public const int Vantages = 4;

    /// <summary>One in fifty is reset and one in a hundred dropped.</summary>
    public const int Hindered = Sites / 50 + Sites / 100;

    /// <summary>A page as long as a front page of a small newspaper.</summary>
    private const int PageBytes = 40_000;

    private static readonly TimeSpan SlowBy = TimeSpan.FromMilliseconds(200);

    private readonly DemoAuthority _authority = new(DateTimeOffset.UtcNow);
    private readonly DemoResolver _resolver = new(new Dictionary<string, IPAddress>());
    private readonly WebApplication _web;
    private readonly List<CensoringProxy> _proxies = [];
    private readonly byte[] _rest = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<p>Новость дня, коротко и по делу.</p>", PageBytes / 60)));
    private long _pages;

    private SitesWorld(WebApplication web)
    {
        _web = web;
    }

    /// <summary>Given so far.</summary>
    public long Pages => Interlocked.Read(ref _pages);

    public string RootPem => _authority.Root.ExportCertificatePem();

    public IPEndPoint Resolver => _resolver.Endpoint;

    public static async Task<SitesWorld> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        SitesWorld? world = null;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https => https.ServerCertificateSelector = (_, name) => world!._authority.For(name ?? "canary.test"))));
        world = new SitesWorld(builder.Build());
        world._web.Run(world.AnswerAsync);
        await world._web.StartAsync();

        // In two of three networks.
        for (var network = 0; network < Vantages - 1; network++)
        {
            var hindered = Enumerable.Range(0, Sites).Where(_ => network > 0)
                .Select(site => KeyValuePair.Create(Host(site), site % 50 == 0 ? Censorship.ResetAfterHello : site % 100 == 1 ? Censorship.DropAfterHello : Censorship.None));
            world._proxies.Add(new CensoringProxy(hindered, new Uri("http://block.test/"), SlowBy, TimeProvider.System));
        }

        return world;
    }

    public string WriteList()
    {
        var port = new Uri(_web.Urls.First()).Port;
        var list = new StringBuilder("version: 1\ncountry: KZ\nvantages:\n  - { name: direct, via: direct }\n");
        foreach (var (network, proxy) in _proxies.Index())
        {
            list.Append(CultureInfo.InvariantCulture, $"  - {{ name: network {network}, via: proxy, network: AS6450{network}, country: KZ, proxy: \"{proxy.Address}\", canary: \"https://canary.test:{port}/\" }}\n");
        }

        list.Append("sites:\n");
        for (var site = 0; site < Sites; site++)
        {
            list.Append(CultureInfo.InvariantCulture, $"  - {{ name: Site {site}, url: \"https://{Host(site)}:{port}/\", every: \"00:05:00\" }}\n");
        }

        return list.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        foreach (var proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        await _resolver.DisposeAsync();
        _authority.Dispose();
    }

    private static string Host(int site) => string.Create(CultureInfo.InvariantCulture, $"site-{site}.test");

    private async Task AnswerAsync(HttpContext context)
    {
        if (!context.Request.Host.Host.StartsWith("canary", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _pages);
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync($"<!DOCTYPE html><html><head><title>{context.Request.Host.Host}</title></head><body>", context.RequestAborted);
        await context.Response.Body.WriteAsync(_rest, context.RequestAborted);
    }
}
