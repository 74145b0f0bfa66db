using System.Net;

namespace Monitoring.Benchmarks;

/// <summary>Keeps the requests that our client makes, signatures and all, so that they can be sent again as they were.</summary>
/// <param name="passOn">Whether they are sent also now; otherwise each is answered with a refusal.</param>
internal sealed class RecordedRequests(bool passOn) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly List<Recorded> _requests = [];

    /// <summary>New ones on each call: a request is only sent once.</summary>
    public List<HttpRequestMessage> Take() => _requests.ConvertAll(request => request.ToMessage());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = request.Headers.NonValidated.Select(header => (header.Key, $"{header.Value}")).ToList();
        var content = request.Content?.Headers.NonValidated.Select(header => (header.Key, $"{header.Value}")).ToList() ?? [];
        _requests.Add(new Recorded(request.Method, request.RequestUri!, headers, content, body));
        return passOn ? await base.SendAsync(request, cancellationToken) : new HttpResponseMessage(HttpStatusCode.BadRequest);
    }

    private sealed record Recorded(HttpMethod Method, Uri Address, List<(string Name, string Value)> Headers, List<(string Name, string Value)> ContentHeaders, byte[]? Body)
    {
        public HttpRequestMessage ToMessage()
        {
            var message = new HttpRequestMessage(Method, Address) { Content = Body is null ? null : new ByteArrayContent(Body) };
            Headers.ForEach(header => message.Headers.TryAddWithoutValidation(header.Name, header.Value));
            ContentHeaders.ForEach(header => message.Content!.Headers.TryAddWithoutValidation(header.Name, header.Value));
            return message;
        }
    }
}
