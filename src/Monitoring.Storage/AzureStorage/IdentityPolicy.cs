using Azure.Core;
using Azure.Core.Pipeline;

namespace Monitoring.Storage.AzureStorage;

/// <summary>
/// A bearer token for each request. A token that the service calls expired or revoked before its time (401) is replaced by a new one, once a request: the
/// clock of the machine that keeps it may be wrong.
/// </summary>
internal sealed class IdentityPolicy(StorageCredential.Identity credential) : BearerTokenAuthenticationPolicy(credential.Source, Scope)
{
    private const string Scope = "https://storage.azure.com/.default";

    protected override async ValueTask<bool> AuthorizeRequestOnChallengeAsync(HttpMessage message)
    {
        // Only claims make a source fetch a token instead of giving the one it keeps; a revoked token's challenge names them.
        if (await base.AuthorizeRequestOnChallengeAsync(message))
        {
            return true;
        }

        // The source may have replaced by itself what this policy still keeps.
        var fresh = new TokenRequestContext([Scope], message.Request.ClientRequestId, isCaeEnabled: true);
        var token = await credential.Source.GetTokenAsync(fresh, message.CancellationToken);
        var header = $"{token.TokenType ?? "Bearer"} {token.Token}";
        if (message.Request.Headers.TryGetValue("Authorization", out var refused) && string.Equals(refused, header, StringComparison.Ordinal))
        {
            return false;
        }

        message.Request.Headers.SetValue("Authorization", header);
        return true;
    }
}
