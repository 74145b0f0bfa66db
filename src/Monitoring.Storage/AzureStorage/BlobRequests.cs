using System.Globalization;
using System.Text;
using Azure.Core;

namespace Monitoring.Storage.AzureStorage;

/// <summary>The requests about the blobs of one container. Names are such that they need no escaping in an address.</summary>
internal sealed class BlobRequests(ServiceClient service, string container)
{
    public const string WriteIdHeader = "x-ms-meta-writeid";

    /// <summary>A condition that no blob fulfils, for ETags that are not of this service.</summary>
    private const string NeverMatches = "\"0x0\"";

    public HttpMessage Create(RequestMethod method, string name, string query = "") => service.Create(method, $"/{container}/{name}{query}");

    public HttpMessage List(string prefix, string? marker)
    {
        var next = marker is null ? "" : $"&marker={Uri.EscapeDataString(marker)}";
        return service.Create(RequestMethod.Get, $"/{container}?restype=container&comp=list&prefix={Uri.EscapeDataString(prefix)}{next}");
    }

    public HttpMessage Put(string name, ReadOnlyMemory<byte> content, BlobCondition condition, string writeId)
    {
        var message = Create(RequestMethod.Put, name);
        message.Request.Headers.SetValue("x-ms-blob-type", "BlockBlob");
        message.Request.Headers.SetValue("Content-Type", "application/octet-stream");
        return With(message, content, condition, writeId);
    }

    /// <param name="id">Of the same length for all blocks of a blob.</param>
    public HttpMessage PutBlock(string name, ReadOnlyMemory<byte> content, string id)
    {
        var message = Create(RequestMethod.Put, name, $"?comp=block&blockid={Uri.EscapeDataString(id)}");
        message.Request.Headers.SetValue("Content-Type", "application/octet-stream");
        message.Request.Content = RequestContent.Create(content);
        return message;
    }

    public HttpMessage PutBlockList(string name, IReadOnlyList<string> ids, BlobCondition condition, string writeId)
    {
        var message = Create(RequestMethod.Put, name, "?comp=blocklist");
        message.Request.Headers.SetValue("Content-Type", "application/xml");
        var list = $"<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>{string.Concat(ids.Select(id => $"<Latest>{id}</Latest>"))}</BlockList>";
        return With(message, Encoding.UTF8.GetBytes(list), condition, writeId);
    }

    /// <param name="action">acquire, renew or release.</param>
    public HttpMessage Lease(string name, string action, string leaseId, TimeSpan? duration)
    {
        var message = Create(RequestMethod.Put, name, "?comp=lease");
        message.Request.Headers.SetValue("x-ms-lease-action", action);
        message.Request.Headers.SetValue(duration is null ? "x-ms-lease-id" : "x-ms-proposed-lease-id", leaseId);
        if (duration is { } time)
        {
            message.Request.Headers.SetValue("x-ms-lease-duration", ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        return message;
    }

    public async Task<HttpMessage> SendAsync(string operation, HttpMessage message, CancellationToken cancellationToken)
    {
        await service.SendAsync(message, operation, container, cancellationToken);
        return message;
    }

    /// <summary>Sends; makes the container first if it turns out to be missing.</summary>
    public async Task<HttpMessage> WriteAsync(string operation, Func<HttpMessage> create, CancellationToken cancellationToken)
    {
        var message = await SendAsync(operation, create(), cancellationToken);
        if (message.Response.Status is not 404 || ServiceClient.Code(message.Response) is not "ContainerNotFound")
        {
            return message;
        }

        message.Dispose();
        await CreateContainerAsync(cancellationToken);
        return await SendAsync(operation, create(), cancellationToken);
    }

    public async Task CreateContainerAsync(CancellationToken cancellationToken)
    {
        using var message = service.Create(RequestMethod.Put, $"/{container}?restype=container");
        var status = await service.SendAsync(message, "Blob.CreateContainer", container, cancellationToken);
        if (status is not 201 && ServiceClient.Code(message.Response) is not "ContainerAlreadyExists")
        {
            throw service.Unexpected(message.Response, "Blob.CreateContainer");
        }
    }

    private static HttpMessage With(HttpMessage message, ReadOnlyMemory<byte> content, BlobCondition condition, string writeId)
    {
        message.Request.Headers.SetValue(WriteIdHeader, writeId);
        var (header, value) = condition is BlobCondition.MustMatch match ? ("If-Match", match.ETag.StartsWith('"') ? match.ETag : NeverMatches) : ("If-None-Match", "*");
        message.Request.Headers.SetValue(header, value);
        message.Request.Content = RequestContent.Create(content);
        return message;
    }
}
