using System.Globalization;
using System.Net;
using System.Security.Authentication;
using Monitoring.Evidence;
using Monitoring.Network;

namespace Monitoring.Blocking.Probing;

/// <param name="Pages">The answered requests with their bodies, for evidence.</param>
public sealed record Probed(Measurement Measurement, IReadOnlyList<HttpExchange> Pages);

/// <summary>What is measured: a site of the watch list, or a vantage's canary.</summary>
/// <param name="Country">The vantage's, ISO 3166-1 alpha-2.</param>
public sealed record Target(string SiteId, Uri Url, string VantageId, string? Network, string? Country = null, LineKind Line = LineKind.Direct);

/// <summary>
/// Walks from the name to the page, layer by layer and redirect by redirect, within one budget of time and connections. Records what each layer did
/// and judges nothing.
/// </summary>
internal sealed class SiteProbe(ITlsProbe tls, IHttpProbe http, ProbeOptions options, TimeProvider time)
{
    private const int MaxRedirects = 10;
    private const int MaxAddresses = 3;

    /// <summary>No browser is sent to a longer address; our rows hold no longer one.</summary>
    private const int MaxUrl = 4 * 1024;

    public async Task<Probed> MeasureAsync(Target target, ILine line, ConnectionBudget budget, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.CheckTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var run = new Run(line, tls, http, budget, time);
        var (started, stamp) = (time.GetUtcNow(), time.GetTimestamp());
        for (Uri? next = target.Url; next is { } url && run.Hops.Count <= MaxRedirects;)
        {
            try
            {
                next = await run.StepAsync(url, both.Token);
            }
            catch (Exception failure) when (failure is OperationCanceledException or IOException or HttpRequestException or AuthenticationException
                && deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // The whole check took too long: the layer at work is the one that timed out.
                run.EndStepInTime(url);
                break;
            }
        }

        var measurement = new Measurement
        {
            SiteId = target.SiteId,
            VantageId = target.VantageId,
            Network = target.Network,
            Country = target.Country,
            Line = target.Line,
            Started = started,
            Milliseconds = time.GetElapsedTime(stamp).TotalMilliseconds,
            Hops = run.Hops,
            VantageFailure = run.VantageFailure,
        };
        return new Probed(measurement, run.Pages);
    }

    /// <summary>One measurement under way.</summary>
    private sealed class Run(ILine line, ITlsProbe tls, IHttpProbe http, ConnectionBudget budget, TimeProvider time)
    {
        private DnsObservation? _dns;
        private List<TcpObservation> _tcp = [];
        private TlsObservation? _tls;

        /// <summary>What is being connected to or shaken hands with, since when.</summary>
        private (Layer Layer, string With, long Since)? _atWork;

        public List<Hop> Hops { get; } = [];

        public List<HttpExchange> Pages { get; } = [];

        public string? VantageFailure { get; private set; }

        /// <summary>One hop. The address it redirects to, or null at the end of the way.</summary>
        public async Task<Uri?> StepAsync(Uri url, CancellationToken cancellationToken)
        {
            if (budget.IsSpent)
            {
                // What we did not try has not failed: the way ends with the redirect.
                return null;
            }

            (_dns, _tcp, _tls, _atWork) = (null, [], null, null);
            _dns = await line.ResolveAsync(url.IdnHost, cancellationToken);
            if (await ConnectAsync(url, cancellationToken) is not { } stream)
            {
                EndStep(url);
                return null;
            }

            await using (stream)
            {
                return await RequestAsync(url, stream, cancellationToken);
            }
        }

        /// <summary>Notes the hop as far as it came.</summary>
        public void EndStep(Uri url) => Hops.Add(new Hop(url, _dns, _tcp, _tls, Http: null));

        /// <summary>Notes the hop as far as it came, and that what was at work timed out. Name and page need no note: theirs is then missing.</summary>
        public void EndStepInTime(Uri url)
        {
            if (_atWork is var (layer, with, since))
            {
                var milliseconds = time.GetElapsedTime(since).TotalMilliseconds;
                if (layer is Layer.Tcp)
                {
                    _tcp.Add(new TcpObservation(with, Failure.Timeout, ProxyStatus: null, milliseconds));
                }
                else
                {
                    _tls = new TlsObservation(with, Failure.Timeout, CertificateFailure: null, Chain: [], milliseconds);
                }
            }

            EndStep(url);
        }

        private async Task<Uri?> RequestAsync(Uri url, Stream stream, CancellationToken cancellationToken)
        {
            var line = stream;
            if (url.Scheme == Uri.UriSchemeHttps)
            {
                _atWork = (Layer.Tls, url.IdnHost, time.GetTimestamp());
                var (encrypted, observed) = await tls.HandshakeAsync(stream, url.IdnHost, cancellationToken);
                (_tls, _atWork) = (observed, null);
                if (encrypted is null)
                {
                    EndStep(url);
                    return null;
                }

                line = encrypted;
            }

            await using (line)
            {
                var at = time.GetUtcNow();
                var (page, body) = await http.GetAsync(line, url, cancellationToken);
                Hops.Add(new Hop(url, _dns, _tcp, _tls, page));
                Keep(url, page, body, at);
                return Next(url, page);
            }
        }

        private async Task<Stream?> ConnectAsync(Uri url, CancellationToken cancellationToken)
        {
            // Without an answer of its own the line resolves at its far end.
            foreach (var address in _dns is null ? [null] : Addresses(_dns))
            {
                if (!budget.TryTake())
                {
                    return null;
                }

                _atWork = (Layer.Tcp, Endpoint(url.IdnHost, address, url.Port), time.GetTimestamp());
                var connection = await line.ConnectAsync(url.IdnHost, address, url.Port, cancellationToken);
                _tcp.Add(connection.Observation);
                _atWork = null;
                if (connection.Stream is not null)
                {
                    // A vantage that turned one connection away and let this one through works.
                    VantageFailure = null;
                    return connection.Stream;
                }

                VantageFailure ??= connection.VantageFailure;
            }

            return null;
        }

        private static string Endpoint(string host, IPAddress? address, int port) =>
            address is null ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port}") : new IPEndPoint(address, port).ToString();

        /// <summary>A few addresses, of both families in turn: where IPv6 leads nowhere it must not use up all attempts. Bogons are never dialled.</summary>
        private static IEnumerable<IPAddress?> Addresses(DnsObservation dns) => dns.Addresses.Except(dns.Bogons, StringComparer.Ordinal)
            .Select(IPAddress.Parse)
            .GroupBy(address => address.AddressFamily)
            .SelectMany(family => family.Index())
            .OrderBy(indexed => indexed.Index)
            .Select(indexed => indexed.Item)
            .Take(MaxAddresses);

        private static Uri? Next(Uri url, HttpObservation page) =>
            page is { Failure: null, Status: 301 or 302 or 303 or 307 or 308 } && page.Header("Location") is { Length: <= MaxUrl } location ? WebLink.Resolve(url, location) : null;

        private void Keep(Uri url, HttpObservation page, byte[] body, DateTimeOffset at)
        {
            if (page is { Failure: null, Status: { } status })
            {
                Pages.Add(new HttpExchange
                {
                    RequestUrl = url,
                    FinalUrl = url,
                    Status = status,
                    RequestHeaders = [],
                    ResponseHeaders = page.Headers,
                    Body = body,
                    Peer = IPEndPoint.TryParse(_tcp[^1].Endpoint, out var peer) ? peer.Address : null,
                    TlsLeafSha256 = _tls?.Chain is [var leaf, ..] ? leaf.Sha256 : null,
                    At = at,
                    Duration = TimeSpan.FromMilliseconds(page.Milliseconds),
                });
            }
        }
    }
}
