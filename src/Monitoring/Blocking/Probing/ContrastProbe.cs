using System.Net;

namespace Monitoring.Blocking.Probing;

/// <param name="Host">Where a line that resolves at its far end connects to.</param>
/// <param name="Address">Where any other connects to.</param>
/// <param name="Url">What is asked for there: a handshake with its host as server name, or over plain HTTP the page.</param>
internal sealed record Question(ContrastKind Kind, string Host, IPAddress? Address, int Port, Uri Url);

/// <summary>Asks a failing site's question a little otherwise, to see what the failure hangs on: its name, its address, or neither.</summary>
internal sealed class ContrastProbe(ITlsProbe tls, IHttpProbe http, TimeProvider time)
{
    /// <summary>What is worth asking after this failure; nothing if no connection was made.</summary>
    /// <param name="siteAddresses">Of the site as the control met it.</param>
    public static IEnumerable<Question> QuestionsOf(Measurement measurement, Against against, IReadOnlyList<string> siteAddresses)
    {
        var last = measurement.Last;
        if (last.Failed is not var (layer, _) || last.Tcp.LastOrDefault(attempt => attempt.Failure is null) is not { } connected)
        {
            yield break;
        }

        var address = IPEndPoint.TryParse(connected.Endpoint, out var endpoint) ? endpoint.Address : null;
        var (host, port) = (last.Url.IdnHost, last.Url.Port);
        if (layer is Layer.Tls)
        {
            yield return new Question(ContrastKind.NeutralServerName, host, address, port, new Uri($"https://{against.NeutralHost}/"));
            if (address is not null && siteAddresses.FirstOrDefault(other => other != address.ToString()) is { } elsewhere)
            {
                yield return new Question(ContrastKind.SameServerNameElsewhere, host, IPAddress.Parse(elsewhere), port, last.Url);
            }
        }

        if (layer is Layer.Http && last.Url.Scheme == Uri.UriSchemeHttp)
        {
            yield return new Question(ContrastKind.NeutralHost, host, address, port, new Uri($"http://{against.NeutralHost}/"));
        }

        if (layer is Layer.Http && last.Http is { BodyLength: > 0 })
        {
            yield return new Question(ContrastKind.CanaryTransfer, against.NeutralHost, Address: null, against.Canary.Port, against.Canary);
        }
    }

    public async Task<Contrast> AskAsync(Question question, ILine line, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var address = question.Address ?? await ResolveAsync(question.Host, line, cancellationToken);
        var connection = await line.ConnectAsync(question.Host, address, question.Port, cancellationToken);
        if (connection.Stream is not { } stream)
        {
            return Told(connection.Observation.Endpoint, Layer.Tcp, connection.Observation.Failure, status: null);
        }

        await using (stream)
        {
            var (layer, failure, status) = await AskAsync(question, stream, cancellationToken);
            return Told(connection.Observation.Endpoint, layer, failure, status);
        }

        Contrast Told(string endpoint, Layer? layer, string? failure, int? status) =>
            new(question.Kind, endpoint, question.Url.IdnHost, layer, failure, status, time.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>A canary is asked for by its name, as the line resolves names; a line that leaves that to its far end answers with nothing.</summary>
    private static async Task<IPAddress?> ResolveAsync(string host, ILine line, CancellationToken cancellationToken) =>
        await line.ResolveAsync(host, cancellationToken) is { } dns && dns.Addresses.Except(dns.Bogons, StringComparer.Ordinal).FirstOrDefault() is { } first ? IPAddress.Parse(first) : null;

    private async Task<(Layer? Layer, string? Failure, int? Status)> AskAsync(Question question, Stream stream, CancellationToken cancellationToken)
    {
        var wire = stream;
        if (question.Url.Scheme == Uri.UriSchemeHttps)
        {
            var (encrypted, observed) = await tls.HandshakeAsync(stream, question.Url.IdnHost, cancellationToken);
            if (encrypted is null || question.Kind is not ContrastKind.CanaryTransfer)
            {
                await (encrypted?.DisposeAsync() ?? ValueTask.CompletedTask);
                return observed.Failure is { } failure ? (Layer.Tls, failure, null) : (null, null, null);
            }

            wire = encrypted;
        }

        await using (wire)
        {
            var (page, _) = await http.GetAsync(wire, question.Url, cancellationToken);
            return page.Failure is { } failure ? (Layer.Http, failure, page.Status) : (null, null, page.Status);
        }
    }
}
