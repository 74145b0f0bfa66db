using System.Security.Cryptography;
using System.Text;
using Azure.Core;

namespace Monitoring.Storage.AzureStorage;

/// <summary>Leases on empty blobs. The holder's name makes the id of the lease, so that asking again after a lost answer is harmless.</summary>
internal sealed class BlobLeases(ServiceClient service, BlobRequests requests) : ILeases
{
    public async Task<ILease?> TryAcquireAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        var blob = BlobNames.Check($"leases/{name}");
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(holder)).AsSpan(0, 16)).ToString();
        using var message = await AcquireAsync(blob, id, duration, cancellationToken);
        return message.Response.Status switch
        {
            201 => new Lease(service, requests, blob, id),
            409 => null,
            _ => throw service.Unexpected(message.Response, "Blob.AcquireLease"),
        };
    }

    private async Task<HttpMessage> AcquireAsync(string blob, string id, TimeSpan duration, CancellationToken cancellationToken)
    {
        var message = await requests.SendAsync("Blob.AcquireLease", requests.Lease(blob, "acquire", id, duration), cancellationToken);
        if (message.Response.Status is not 404)
        {
            return message;
        }

        // The first one to ask makes the blob; of two, either's will do.
        message.Dispose();
        using var made = await requests.WriteAsync("Blob.Put", () => requests.Put(blob, ReadOnlyMemory<byte>.Empty, BlobCondition.CreateOnly, "lease"), cancellationToken);
        return await requests.SendAsync("Blob.AcquireLease", requests.Lease(blob, "acquire", id, duration), cancellationToken);
    }

    private sealed class Lease(ServiceClient service, BlobRequests requests, string blob, string id) : ILease
    {
        public async Task<bool> RenewAsync(CancellationToken cancellationToken)
        {
            using var message = await requests.SendAsync("Blob.RenewLease", requests.Lease(blob, "renew", id, duration: null), cancellationToken);
            return message.Response.Status switch
            {
                200 => true,
                404 or 409 or 412 => false,
                _ => throw service.Unexpected(message.Response, "Blob.RenewLease"),
            };
        }

        public async Task ReleaseAsync(CancellationToken cancellationToken)
        {
            using var message = await requests.SendAsync("Blob.ReleaseLease", requests.Lease(blob, "release", id, duration: null), cancellationToken);
            if (message.Response.Status is not (200 or 404 or 409 or 412))
            {
                throw service.Unexpected(message.Response, "Blob.ReleaseLease");
            }
        }
    }
}
