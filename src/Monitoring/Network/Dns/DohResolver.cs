using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Monitoring.Network.Dns;

/// <summary>
/// Asks one named server over HTTPS (RFC 8484) by GET, with HTTP/2 where the server speaks it. Whatever is not a DNS message of status 200, a redirect
/// too, is <c>dns_server_misbehaving</c>, as OONI has it.
/// </summary>
/// <param name="address">Of the server's DNS queries, such as <c>https://dns.example/dns-query</c>.</param>
/// <param name="http">Must not follow redirects: see <see cref="DohTransport"/>.</param>
/// <param name="timeout">For one question.</param>
public sealed class DohResolver(Uri address, HttpMessageInvoker http, TimeSpan timeout, TimeProvider time) : IResolver
{
    private const string MediaType = "application/dns-message";
    private const int MaxAnswerBytes = ushort.MaxValue;

    public string Name => $"doh {Domains.AsciiAuthority(address)}";

    public Task<ResolverAnswer> ResolveAsync(string host, CancellationToken cancellationToken) =>
        DnsLookup.ResolveAsync(host, (name, type) => AskAsync(name, type, cancellationToken));

    private async Task<ResolverAnswer> AskAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await ExchangeAsync(name, type, both.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return ResolverAnswer.Failed(FailureClassifier.Classify(failure));
        }
    }

    private async Task<ResolverAnswer> ExchangeAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        // Id 0, so that caches see equal questions as one (RFC 8484 section 4.1).
        var question = new DnsMessage(Id: 0, IsResponse: false, ResponseCode: 0, name, type, []);
        using var request = new HttpRequestMessage(HttpMethod.Get, Question(question)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaType));
        using var response = await http.SendAsync(request, cancellationToken);
        var isMessage = string.Equals(response.Content.Headers.ContentType?.MediaType, MediaType, StringComparison.OrdinalIgnoreCase);
        if (response.StatusCode is not HttpStatusCode.OK || !isMessage)
        {
            return ResolverAnswer.Failed(Failure.DnsMisbehaving);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MaxAnswerBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > MaxAnswerBytes ? ResolverAnswer.Failed(Failure.DnsMisbehaving) : DnsLookup.Judge(question, buffer.AsSpan(0, length));
    }

    private Uri Question(DnsMessage question)
    {
        var separator = address.Query.Length > 0 ? '&' : '?';
        return new Uri($"{address.GetLeftPart(UriPartial.Query)}{separator}dns={Base64Url.EncodeToString(question.Write())}");
    }
}
