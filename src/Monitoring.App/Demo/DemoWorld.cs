using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Monitoring.App.Hosting;
using Monitoring.Network;

namespace Monitoring.App.Demo;

/// <summary>
/// A small world on loopback: a press, sites, resolvers, and two networks that censor. Real servers on real sockets; the program meets them as it meets
/// the world, but for the guard and the trust that <see cref="Outside"/> gives it.
/// </summary>
internal sealed class DemoWorld : IAsyncDisposable
{
    /// <summary>An address that a censoring resolver gives; nobody dials it.</summary>
    private static readonly IPAddress Sinkhole = IPAddress.Parse("10.10.34.34");

    private readonly DemoAuthority _authority;
    private readonly WebApplication _server;
    private readonly Socket _closedPort;
    private readonly TimeProvider _time;
    private WebApplication? _reopened;

    private DemoWorld(DemoAuthority authority, WebApplication server, DemoPress press, Socket closedPort, double factor, TimeProvider time)
    {
        (_authority, _server, Press, _closedPort, _time) = (authority, server, press, closedPort, time);
        var ports = RunningPorts(server);
        (PressPort, HttpPort, HttpsPort) = (ports[0], ports[1], ports[2]);
        var blockPage = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{DemoSite.BlockPageHost}:{HttpPort}/"));
        var delay = TimeSpan.FromSeconds(6) * factor;
        Resolver = new DemoResolver(new Dictionary<string, IPAddress>());
        LyingResolver = new DemoResolver(new Dictionary<string, IPAddress> { ["samal.test"] = Sinkhole });
        Mobile = new CensoringProxy(
            [
                new("zhel.test", Censorship.DropAfterHello), new("tolqyn.test", Censorship.ResetAfterHello), new("ajar.test", Censorship.BlockPage),
                new("bulak.test", Censorship.RedirectToBlockPage), new("karavan-news.test", Censorship.Slow),
            ],
            blockPage, delay, time);
        Broadband = new CensoringProxy([new("zhel.test", Censorship.DropAfterHello)], blockPage, delay, time);
    }

    public DemoPress Press { get; }

    public DemoResolver Resolver { get; }

    public DemoResolver LyingResolver { get; }

    /// <summary>Censors five sites.</summary>
    public CensoringProxy Mobile { get; }

    /// <summary>Censors one, and has a resolver that lies about another.</summary>
    public CensoringProxy Broadband { get; }

    public int PressPort { get; }

    private int HttpPort { get; }

    private int HttpsPort { get; }

    /// <summary>The certificate of this world's authority.</summary>
    public X509Certificate2 Root => _authority.Root;

    /// <summary>What the program is allowed and trusts in this world.</summary>
    public OutsideWorld Outside => new(AddressGuard.PublicAndLoopback, TrustPolicy.Only(Root), _time);

    public static async Task<DemoWorld> StartAsync(IReadOnlyList<DemoArticle> articles, double factor, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var authority = new DemoAuthority(now);
        var press = new DemoPress(articles, now, factor, time);
        var server = Server(authority, ports: [0, 0], async context =>
        {
            if (!await press.AnswerAsync(context))
            {
                await DemoSite.WritePageAsync(context);
            }
        });
        await server.StartAsync(cancellationToken);

        // Bound and not listening: connections are refused, and nobody else can take the port meanwhile.
        var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new DemoWorld(authority, server, press, closed, factor, time);
    }

    public Uri UrlOf(DemoSite site)
    {
        var port = site.Host == DemoSite.DownHost ? ((IPEndPoint)_closedPort.LocalEndPoint!).Port : site.IsEncrypted ? HttpsPort : HttpPort;
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"{(site.IsEncrypted ? "https" : "http")}://{site.Host}:{port}/"));
    }

    public Uri Canary => UrlOf(new DemoSite(DemoSite.CanaryHost, "", IsEncrypted: true));

    /// <summary>One block ends, and the site that was down comes back.</summary>
    public async Task EaseAsync(CancellationToken cancellationToken)
    {
        Mobile.Lift("tolqyn.test");
        _reopened = Server(_authority, ports: [], DemoSite.WritePageAsync, _closedPort);
        await _reopened.StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Mobile.DisposeAsync();
        await Broadband.DisposeAsync();
        await Resolver.DisposeAsync();
        await LyingResolver.DisposeAsync();
        await _server.DisposeAsync();
        if (_reopened is not null)
        {
            await _reopened.DisposeAsync();
        }

        _closedPort.Dispose();
        _authority.Dispose();
    }

    /// <param name="bound">Listened on for the encrypted port: given back in between, another program might take it.</param>
    private static WebApplication Server(DemoAuthority authority, int[] ports, RequestDelegate answer, Socket? bound = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endpoint => bound ?? SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var port in ports)
            {
                kestrel.Listen(IPAddress.Loopback, port);
            }

            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https => https.ServerCertificateSelector = (_, name) => authority.For(name ?? DemoSite.CanaryHost)));
        });
        var app = builder.Build();
        app.Run(answer);
        return app;
    }

    private static int[] RunningPorts(WebApplication server) => [.. server.Urls.Select(url => new Uri(url).Port)];
}
