using System.Globalization;
using System.Net.Sockets;
using Azure;
using Azure.Identity;

namespace Monitoring.Storage.AzureStorage;

/// <summary>
/// Turns what is no answer to work with into one line for an operator: which service, what is wrong, and what would mend it. Messages of the service are
/// not repeated: they quote keys of rows.
/// </summary>
internal sealed class StorageFailure(StorageServiceKind kind, Uri endpoint, StorageCredential credential, TimeProvider time)
{
    /// <summary>Azure refuses requests whose date is further from its own ("Authorize with Shared Key").</summary>
    private static readonly TimeSpan SkewAllowed = TimeSpan.FromMinutes(15);

    private string Place => $"The {Service} service {endpoint.Authority}";

    private string Service => kind.ToString().ToLowerInvariant();

    private string Role => kind switch
    {
        StorageServiceKind.Table => "Storage Table Data Contributor",
        StorageServiceKind.Blob => "Storage Blob Data Contributor",
        _ => "Storage Queue Data Contributor",
    };

    /// <summary>What the pipeline throws when there is no answer: the transport's failures, one or all of the attempts', and those of the identity.</summary>
    public static bool IsOfTransport(Exception failure) =>
        failure is RequestFailedException or AggregateException or OperationCanceledException or IOException or HttpRequestException or AuthenticationFailedException;

    /// <summary>No attempt was answered, or no identity could be had.</summary>
    public StorageUnavailableException Unanswered(Exception failure)
    {
        var causes = Causes(failure).ToList();
        var socket = causes.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode;
        var http = causes.OfType<HttpRequestException>().FirstOrDefault()?.HttpRequestError;
        return causes.Exists(cause => cause is AuthenticationFailedException) ? new(
                StorageProblem.Denied, $"{Place}: no identity could be had. Sign in (az login), or give this program a managed identity, or set Storage__ConnectionString.", failure)
            : socket is SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData || http == HttpRequestError.NameResolutionError ? Unreachable(
                "has a name that cannot be resolved: check the account's name and this machine's DNS.", failure)
            : socket == SocketError.ConnectionRefused ? Unreachable("refuses connections: is the address right, and is it running?", failure)
            : http == HttpRequestError.SecureConnectionError ? Unreachable("cannot be spoken to over TLS: check the address and the certificate.", failure)
            : causes.Exists(cause => cause is OperationCanceledException) ? Unreachable("did not answer in time.", failure)
            : Unreachable("broke off without an answer.", failure);
    }

    /// <summary>The service was broken in every attempt.</summary>
    public StorageUnavailableException Broken(int status, string code, string operation) =>
        Unreachable(string.Create(CultureInfo.InvariantCulture, $"answers {status}{Named(code)} to {operation}, after all attempts."), null);

    /// <summary>The service does not let us in.</summary>
    public StorageUnavailableException Refused(Response response)
    {
        var code = ServiceClient.Code(response);
        if (response.Headers.Date is { } date && (time.GetUtcNow() - date).Duration() is var skew && skew > SkewAllowed)
        {
            return new StorageUnavailableException(
                StorageProblem.Denied,
                string.Create(CultureInfo.InvariantCulture, $"{Place} refuses access: this machine's clock is {skew.TotalMinutes:F0} minutes away from the service's. Set the clock."));
        }

        var why = code switch
        {
            "AuthorizationPermissionMismatch" => $"the identity lacks the role {Role}; a new role needs some minutes.",
            "AuthorizationFailure" => "the account's network rules do not let this machine in, or the identity lacks the role " + Role + ".",
            "KeyBasedAuthenticationNotPermitted" => "the account takes no keys: use an identity (Storage__AccountName).",
            _ => credential switch
            {
                StorageCredential.SharedKey => "the account's key is wrong or was renewed.",
                StorageCredential.SharedAccessSignature => "the shared access signature is wrong, has expired or does not allow this.",
                _ => $"the identity is not known to it, or lacks the role {Role}.",
            },
        };
        return new StorageUnavailableException(StorageProblem.Denied, $"{Place} refuses access ({response.Status}{Named(code)}): {why}");
    }

    public StorageUnavailableException Unexpected(int status, string code, string operation) => new(
        StorageProblem.Failed, string.Create(CultureInfo.InvariantCulture, $"{Place} answers {status}{Named(code)} to {operation}, which is not expected."));

    public StorageUnavailableException Unreadable(string operation, Exception? cause) => new(
        StorageProblem.Failed, $"{Place} answers {operation} with content that cannot be read.", cause);

    private StorageUnavailableException Unreachable(string what, Exception? failure) => new(StorageProblem.Unreachable, $"{Place} {what}", failure);

    private static string Named(string code) => code.Length is > 0 and < 80 && code.All(char.IsAsciiLetterOrDigit) ? " " + code : "";

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = (cause as AggregateException)?.InnerExceptions.LastOrDefault() ?? cause.InnerException)
        {
            yield return cause;
        }
    }
}
