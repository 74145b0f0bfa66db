using System.Net.Sockets;
using System.Security.Authentication;

namespace Monitoring.Network;

/// <summary>
/// The one place that turns exceptions of sockets, TLS and HTTP into failure strings: most specific first, the kind of the exception where there is
/// no name. Text of exceptions is never kept: it quotes addresses.
/// </summary>
public static class FailureClassifier
{
    public static string Classify(Exception failure)
    {
        for (Exception? inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (Name(inner) is { } name)
            {
                return name;
            }
        }

        return IsHandshake(failure) ? Failure.SslFailedHandshake : Failure.UnknownPrefix + failure.GetType().Name;
    }

    /// <summary>A handshake's own failure comes bare, or with the TLS library's, which has no name; one with a cause (reset, end of stream) was named by it.</summary>
    private static bool IsHandshake(Exception? failure) => failure is AuthenticationException || (failure is not null && IsHandshake(failure.InnerException));

    private static string? Name(Exception failure) => failure switch
    {
        NetworkFailureException known => known.Failure,
        SocketException socket => Name(socket.SocketErrorCode),
        OperationCanceledException or TimeoutException => Failure.Timeout,
        EndOfStreamException => Failure.Eof,
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => Failure.Eof,
        // SslStream reports a peer that closes during the handshake as a bare IOException.
        IOException { InnerException: null } and not HttpIOException => Failure.Eof,
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => Failure.Eof,
        _ => null,
    };

    private static string? Name(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => Failure.ConnectionRefused,
        // Not connected is what a connection says that was made and reset before it was used.
        SocketError.ConnectionReset or SocketError.Shutdown or SocketError.NotConnected => Failure.ConnectionReset,
        SocketError.ConnectionAborted => Failure.ConnectionAborted,
        SocketError.TimedOut => Failure.Timeout,
        SocketError.HostUnreachable or SocketError.HostDown => Failure.HostUnreachable,
        SocketError.NetworkUnreachable or SocketError.NetworkDown => Failure.NetworkUnreachable,
        SocketError.NetworkReset => Failure.NetworkReset,
        SocketError.AddressFamilyNotSupported => Failure.AddressFamilyNotSupported,
        SocketError.AddressNotAvailable => Failure.AddressNotAvailable,
        SocketError.MessageSize => Failure.MessageSize,
        SocketError.NoBufferSpaceAvailable => Failure.NoBufferSpace,
        SocketError.AccessDenied => Failure.PermissionDenied,
        SocketError.HostNotFound => Failure.DnsNxdomain,
        SocketError.NoData => Failure.DnsNoAnswer,
        SocketError.TryAgain => Failure.DnsTemporary,
        SocketError.NoRecovery => Failure.DnsServfail,
        _ => null,
    };
}
