using System.Diagnostics;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Monitoring.Storage.AzureStorage;

/// <summary>
/// One service of a storage account, spoken to over REST through Azure.Core's pipeline: client request ids, retries with jitter and Retry-After, a signature
/// for each attempt. Answers are given to the caller; what is no answer to work with becomes a <see cref="StorageUnavailableException"/>.
/// </summary>
internal sealed class ServiceClient : IDisposable
{
    /// <summary>One version for all three services; Azurite refuses those newer than itself.</summary>
    private const string Version = "2021-12-02";

    /// <summary>Activities are named after the operation and carry the table, container or queue, never a key.</summary>
    private static readonly ActivitySource Activities = new("Monitoring.Storage");

    private readonly DisposableHttpPipeline _pipeline;
    private readonly StorageFailure _failure;

    public ServiceClient(StorageServiceKind kind, Uri endpoint, StorageCredential credential, StorageClientOptions options, TimeProvider time)
    {
        Endpoint = endpoint.AbsoluteUri.TrimEnd('/');
        _failure = new StorageFailure(kind, endpoint, credential, time);
        _pipeline = Build(kind, credential, options, time);
    }

    /// <summary>Without a slash at the end.</summary>
    public string Endpoint { get; }

    /// <summary>A request to the path, which is percent-encoded already and begins with a slash.</summary>
    public HttpMessage Create(RequestMethod method, string pathAndQuery)
    {
        var message = _pipeline.CreateMessage();
        message.Request.Method = method;

        // Sockets send a request without content again by themselves when the connection ends, and we would not know that it may have happened twice.
        message.Request.Content = method == RequestMethod.Get || method == RequestMethod.Head ? null : RequestContent.Create(ReadOnlyMemory<byte>.Empty);
        message.Request.Uri.Reset(new Uri(Endpoint + pathAndQuery));
        message.Request.Headers.SetValue("x-ms-version", Version);
        return message;
    }

    /// <summary>Sends, and gives back the status. Any status is an answer, unless all attempts met a broken service.</summary>
    /// <param name="operation">E.g. <c>Table.Insert</c>.</param>
    /// <param name="subject">The table, container or queue.</param>
    /// <exception cref="StorageUnavailableException">No answer, or one that says that the service or our access to it is broken.</exception>
    public async Task<int> SendAsync(HttpMessage message, string operation, string subject, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity(operation, ActivityKind.Client);
        activity?.SetTag("az.namespace", "Microsoft.Storage").SetTag("db.collection.name", subject).SetTag("server.address", message.Request.Uri.Host);
        try
        {
            await _pipeline.SendAsync(message, cancellationToken);
        }
        catch (Exception failure) when (StorageFailure.IsOfTransport(failure) && !cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            throw _failure.Unanswered(failure);
        }

        var status = message.Response.Status;
        activity?.SetTag("http.response.status_code", status);
        return status is 401 or 403 ? throw _failure.Refused(message.Response)
            : AnswerClassifier.IsBroken(status) ? throw Unexpected(message.Response, operation)
            : status;
    }

    /// <summary>An answer that the caller does not expect.</summary>
    public StorageUnavailableException Unexpected(Response response, string operation) => Unexpected(response.Status, Code(response), operation);

    /// <summary>The same, of an answer within an answer.</summary>
    public StorageUnavailableException Unexpected(int status, string code, string operation) =>
        AnswerClassifier.IsBroken(status) ? _failure.Broken(status, code, operation) : _failure.Unexpected(status, code, operation);

    /// <summary>An answer of the expected status whose content is not what it should be.</summary>
    public StorageUnavailableException Unreadable(string operation, Exception? cause = null) => _failure.Unreadable(operation, cause);

    /// <summary>The service's own word for what happened, e.g. <c>EntityAlreadyExists</c>; empty if it gave none.</summary>
    public static string Code(Response response) => response.Headers.TryGetValue("x-ms-error-code", out var code) ? code : ErrorBody.Code(response);

    public void Dispose() => _pipeline.Dispose();

    private static DisposableHttpPipeline Build(StorageServiceKind kind, StorageCredential credential, StorageClientOptions options, TimeProvider time)
    {
        var client = new PipelineOptions();
        client.Transport = options.Transport ?? Sockets();
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = options.MaxRetries;
        client.Retry.Delay = options.Delay;
        client.Retry.MaxDelay = options.MaxDelay;
        client.Retry.NetworkTimeout = options.NetworkTimeout;

        // The content of requests is ours to tell, with an allow-list; addresses hold keys and signatures.
        client.Diagnostics.IsLoggingEnabled = false;
        client.Diagnostics.IsDistributedTracingEnabled = false;
        HttpPipelinePolicy[] perCall = credential is StorageCredential.SharedAccessSignature signature ? [new SignaturePolicy(signature)] : [];
        HttpPipelinePolicy[] perRetry = credential switch
        {
            StorageCredential.SharedKey key => [new AttemptsPolicy(), new SharedKeyPolicy(key, kind, time)],
            StorageCredential.Identity identity => [new AttemptsPolicy(), new IdentityPolicy(identity)],
            _ => [new AttemptsPolicy()],
        };
        return HttpPipelineBuilder.Build(client, perCall, perRetry, new HttpPipelineTransportOptions(), new AnswerClassifier());
    }

    private static HttpClientTransport Sockets() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),

        // New addresses of the service are noticed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    });

    private sealed class PipelineOptions : ClientOptions;
}
