using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Azure.Core;

namespace Monitoring.Storage.AzureStorage;

/// <summary>
/// Block blobs in one container, which is made when the first write finds it missing. Content goes up in blocks of at most 4 MiB, so that a long stream
/// needs no more memory than that and a broken one leaves nothing. Each write leaves a mark in the blob's metadata, by which it is known again when its
/// answer was lost.
/// </summary>
public sealed class BlobContainerClient : IBlobStore, IDisposable
{
    private readonly ServiceClient _service;
    private readonly BlobRequests _requests;
    private readonly Func<string> _nextWriteId;

    /// <param name="container">3 to 63 lower-case letters, digits and single hyphens.</param>
    public BlobContainerClient(StorageAccount account, string container, StorageClientOptions options, TimeProvider time)
    {
        _service = new ServiceClient(StorageServiceKind.Blob, account.Blobs, account.Credential, options, time);
        _requests = new BlobRequests(_service, container);
        _nextWriteId = options.NextWriteId ?? WriteIds.Random;
        Leases = new BlobLeases(_service, _requests);
    }

    /// <summary>Leases on small blobs in the same container.</summary>
    public ILeases Leases { get; }

    /// <summary>Makes the container if it is missing.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => _requests.CreateContainerAsync(cancellationToken);

    public async Task<PutBlobResult> PutAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken)
    {
        BlobNames.Check(name);
        var writeId = _nextWriteId();
        var blocks = new BlobBlocks(content);
        var first = await blocks.NextAsync(cancellationToken);
        using var message = blocks.IsAtEnd
            ? await _requests.WriteAsync("Blob.Put", () => _requests.Put(name, first, condition, writeId), cancellationToken)
            : await PutBlocksAsync(name, first, blocks, condition, writeId, cancellationToken);
        return message.Response.Status switch
        {
            201 => PutBlobResult.Stored,
            409 or 412 when AttemptsPolicy.WasUnsure(message) && await IsOursAsync(name, writeId, cancellationToken) => PutBlobResult.Stored,
            409 or 412 when condition is BlobCondition.MustBeAbsent => PutBlobResult.AlreadyThere,
            404 or 412 => PutBlobResult.ChangedMeanwhile,
            _ => throw _service.Unexpected(message.Response, "Blob.Put"),
        };
    }

    public async Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        using var message = _requests.Create(RequestMethod.Get, BlobNames.Check(name));
        message.BufferResponse = false;
        await _requests.SendAsync("Blob.Get", message, cancellationToken);
        return message.Response.Status switch
        {
            200 => new BlobReadStream(message.ExtractResponseContent() ?? Stream.Null, message.Response.Headers.ContentLengthLong, _service),
            404 => null,
            _ => throw _service.Unexpected(message.Response, "Blob.Get"),
        };
    }

    public async Task<BlobProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken)
    {
        using var message = await HeadAsync(BlobNames.Check(name), cancellationToken);
        if (message.Response.Status is 404)
        {
            return null;
        }

        var headers = message.Response.Headers;
        return headers.ContentLengthLong is { } length && headers.TryGetValue("ETag", out var etag) && headers.TryGetValue("Last-Modified", out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var modified)
            ? new BlobProperties(name, length, etag, modified)
            : throw _service.Unreadable("Blob.GetProperties");
    }

    public async IAsyncEnumerable<BlobProperties> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? marker = null;
        do
        {
            using var message = await _requests.SendAsync("Blob.List", _requests.List(prefix, marker), cancellationToken);
            var page = message.Response.Status switch
            {
                200 => BlobListPage.TryRead(message.Response.Content.ToMemory()) ?? throw _service.Unreadable("Blob.List"),
                404 => BlobListPage.Empty,
                _ => throw _service.Unexpected(message.Response, "Blob.List"),
            };
            marker = page.NextMarker;
            foreach (var blob in page.Blobs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return blob;
            }
        }
        while (marker is not null);
    }

    /// <summary>After a lost answer, a blob that is gone counts as deleted by another.</summary>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        using var message = await _requests.SendAsync("Blob.Delete", _requests.Create(RequestMethod.Delete, BlobNames.Check(name)), cancellationToken);
        return message.Response.Status switch
        {
            202 => true,
            404 => false,
            _ => throw _service.Unexpected(message.Response, "Blob.Delete"),
        };
    }

    public void Dispose() => _service.Dispose();

    private async Task<HttpMessage> PutBlocksAsync(
        string name, ReadOnlyMemory<byte> first, BlobBlocks blocks, BlobCondition condition, string writeId, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        for (var block = first; block.Length > 0; block = await blocks.NextAsync(cancellationToken))
        {
            // The mark keeps two writers' blocks apart.
            var id = Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{writeId}{ids.Count:D6}")));
            ids.Add(id);
            var content = block;
            using var stored = await _requests.WriteAsync("Blob.PutBlock", () => _requests.PutBlock(name, content, id), cancellationToken);
            if (stored.Response.Status is not 201)
            {
                throw _service.Unexpected(stored.Response, "Blob.PutBlock");
            }
        }

        return await _requests.WriteAsync("Blob.PutBlockList", () => _requests.PutBlockList(name, ids, condition, writeId), cancellationToken);
    }

    private async Task<bool> IsOursAsync(string name, string writeId, CancellationToken cancellationToken)
    {
        using var message = await HeadAsync(name, cancellationToken);
        return message.Response.Headers.TryGetValue(BlobRequests.WriteIdHeader, out var stored) && string.Equals(stored, writeId, StringComparison.Ordinal);
    }

    private async Task<HttpMessage> HeadAsync(string name, CancellationToken cancellationToken)
    {
        var message = await _requests.SendAsync("Blob.GetProperties", _requests.Create(RequestMethod.Head, name), cancellationToken);
        return message.Response.Status is 200 or 404 ? message : throw _service.Unexpected(message.Response, "Blob.GetProperties");
    }
}
