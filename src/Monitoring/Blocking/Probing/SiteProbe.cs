using System.Net;
using System.Security.Authentication;
using Monitoring.Evidence;

namespace Monitoring.Blocking.Probing;

/// <param name="Pages">The answered requests with their bodies, for evidence.</param>
public sealed record Probed(Measurement Measurement, IReadOnlyList<HttpExchange> Pages);

/// <summary>What is measured: a site of the watch list, or a vantage's canary.</summary>
public sealed record Target(string SiteId, Uri Url, string VantageId, string? Network);

/// <summary>
/// Walks from the name to the page, layer by layer and redirect by redirect, within one budget of time and connections. Records what each layer did
/// and judges nothing.
/// </summary>
internal sealed class SiteProbe(TlsProbe tls, HttpProbe http, ProbeOptions options, TimeProvider time)
{
    private const int MaxRedirects = 10;
    private const int MaxAddresses = 3;

    public async Task<Probed> MeasureAsync(Target target, ILine line, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.CheckTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var run = new Run(line, tls, http, new Budget(options.MaxConnections), time);
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
                run.EndStep(url);
                break;
            }
        }

        var measurement = new Measurement
        {
            SiteId = target.SiteId,
            VantageId = target.VantageId,
            Network = target.Network,
            Started = started,
            Milliseconds = time.GetElapsedTime(stamp).TotalMilliseconds,
            Hops = run.Hops,
            VantageFailure = run.VantageFailure,
        };
        return new Probed(measurement, run.Pages);
    }

    private sealed class Budget(int connections)
    {
        private int _left = connections;

        public bool TryTake() => _left-- > 0;
    }

    /// <summary>One measurement under way.</summary>
    private sealed class Run(ILine line, TlsProbe tls, HttpProbe http, Budget budget, TimeProvider time)
    {
        private DnsObservation? _dns;
        private List<TcpObservation> _tcp = [];
        private TlsObservation? _tls;

        public List<Hop> Hops { get; } = [];

        public List<HttpExchange> Pages { get; } = [];

        public string? VantageFailure { get; private set; }

        /// <summary>One hop. The address it redirects to, or null at the end of the way.</summary>
        public async Task<Uri?> StepAsync(Uri url, CancellationToken cancellationToken)
        {
            (_dns, _tcp, _tls) = (null, [], null);
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

        private async Task<Uri?> RequestAsync(Uri url, Stream stream, CancellationToken cancellationToken)
        {
            var line = stream;
            if (url.Scheme == Uri.UriSchemeHttps)
            {
                var (encrypted, observed) = await tls.HandshakeAsync(stream, url.IdnHost, cancellationToken);
                _tls = observed;
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
            // Without an answer of its own the line resolves at its far end; bogons are never dialled.
            IPAddress?[] addresses = _dns is null
                ? [null]
                : [.. _dns.Addresses.Except(_dns.Bogons, StringComparer.Ordinal).Select(IPAddress.Parse).Take(MaxAddresses)];
            foreach (var address in addresses)
            {
                if (!budget.TryTake())
                {
                    return null;
                }

                var connection = await line.ConnectAsync(url.IdnHost, address, url.Port, cancellationToken);
                _tcp.Add(connection.Observation);
                VantageFailure ??= connection.VantageFailure;
                if (connection.Stream is not null)
                {
                    return connection.Stream;
                }
            }

            return null;
        }

        private static Uri? Next(Uri url, HttpObservation page) =>
            page.Status is 301 or 302 or 303 or 307 or 308 && Uri.TryCreate(url, page.Header("Location"), out var next) && next.Scheme is "http" or "https" ? next : null;

        private void Keep(Uri url, HttpObservation page, byte[] body, DateTimeOffset at)
        {
            if (page.Status is { } status)
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
