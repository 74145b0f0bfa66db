using Azure.Core;
using Azure.Core.Pipeline;

namespace Monitoring.Storage.AzureStorage;

/// <summary>Appends a shared access signature to the address of each request, once.</summary>
internal sealed class SignaturePolicy(StorageCredential.SharedAccessSignature credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var uri = message.Request.Uri;
        uri.Query = uri.Query is { Length: > 1 } query ? $"{query}&{credential.Query}" : $"?{credential.Query}";
    }
}
