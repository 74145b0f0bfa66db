namespace Monitoring.Tests.Support;

/// <summary>How an answer does not arrive.</summary>
public enum Loss
{
    /// <summary>The connection ends.</summary>
    Broken,

    /// <summary>Nothing comes.</summary>
    Silent,
}

/// <summary>
/// Stands before one service of Azurite and passes everything on, but for one answer that a test has it lose: the service has done what was asked, and the
/// client does not get to know.
/// </summary>
internal sealed class StorageRelay : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly Uri _service;
    private readonly FakeStorage _front;
    private Func<StorageRequest, bool>? _loses;
    private Loss _loss;
    private Func<Task> _meanwhile = () => Task.CompletedTask;

    public StorageRelay(Uri service)
    {
        _service = service;
        _front = new FakeStorage(AnswerAsync);
    }

    /// <summary>The service's address, as the client is to know it.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{_front.Port}{_service.AbsolutePath}");

    /// <summary>How many requests came.</summary>
    public int Requests => _front.Requests.Count;

    /// <summary>How many answers were lost.</summary>
    public int Lost { get; private set; }

    /// <summary>Loses the answer to the next such request that took effect.</summary>
    /// <param name="meanwhile">What others do before the client finds out.</param>
    public void Lose(Loss loss, string method, string part, Func<Task>? meanwhile = null)
    {
        _loss = loss;
        _meanwhile = meanwhile ?? _meanwhile;
        _loses = request => request.Is(method, part);
    }

    public async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        _http.Dispose();
    }

    private async Task<StorageReply> AnswerAsync(StorageRequest request)
    {
        var answer = await PassOnAsync(request);
        if (answer.Status is < 200 or > 299 || _loses?.Invoke(request) is not true)
        {
            return answer;
        }

        _loses = null;
        Lost++;
        await _meanwhile();
        return _loss == Loss.Broken ? new StorageReply.Broken() : new StorageReply.Silent();
    }

    private async Task<StorageReply.Answer> PassOnAsync(StorageRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(_service, request.Target));
        message.Content = new ByteArrayContent(request.Body);
        foreach (var (name, value) in request.Headers)
        {
            var isAdded = name is "Host" or "Content-Length" || message.Headers.TryAddWithoutValidation(name, value) || message.Content.Headers.TryAddWithoutValidation(name, value);
            Assert.True(isAdded, name);
        }

        using var answer = await _http.SendAsync(message);
        var headers = answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated)
            .Where(header => header.Key is not ("Connection" or "Keep-Alive" or "Transfer-Encoding" or "Content-Length"))
            .Select(header => $"{header.Key}: {header.Value}");
        var length = request.Method is "HEAD" && answer.Content.Headers.ContentLength is { } bytes ? bytes : 0;
        var body = await answer.Content.ReadAsByteArrayAsync();
        return new StorageReply.Answer((int)answer.StatusCode, request.Method is "HEAD" ? new byte[length] : body, [.. headers]);
    }
}
