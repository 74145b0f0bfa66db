using System.Net.Sockets;
using System.Security.Authentication;
using Monitoring.Network;

namespace Monitoring.Tests.Network;

public sealed class FailureClassifierTests
{
    [Theory]
    [InlineData(SocketError.ConnectionRefused, Failure.ConnectionRefused)]
    [InlineData(SocketError.ConnectionReset, Failure.ConnectionReset)]
    [InlineData(SocketError.Shutdown, Failure.ConnectionReset)]
    [InlineData(SocketError.ConnectionAborted, Failure.ConnectionAborted)]
    [InlineData(SocketError.TimedOut, Failure.Timeout)]
    [InlineData(SocketError.HostUnreachable, Failure.HostUnreachable)]
    [InlineData(SocketError.HostDown, Failure.HostUnreachable)]
    [InlineData(SocketError.NetworkUnreachable, Failure.NetworkUnreachable)]
    [InlineData(SocketError.HostNotFound, Failure.DnsNxdomain)]
    [InlineData(SocketError.NoData, Failure.DnsNoAnswer)]
    [InlineData(SocketError.TryAgain, Failure.DnsTemporary)]
    [InlineData(SocketError.NoRecovery, Failure.DnsServfail)]
    [InlineData(SocketError.NetworkDown, Failure.NetworkUnreachable)]
    [InlineData(SocketError.NetworkReset, Failure.NetworkReset)]
    [InlineData(SocketError.AddressFamilyNotSupported, Failure.AddressFamilyNotSupported)]
    [InlineData(SocketError.AddressNotAvailable, Failure.AddressNotAvailable)]
    [InlineData(SocketError.MessageSize, Failure.MessageSize)]
    [InlineData(SocketError.NoBufferSpaceAvailable, Failure.NoBufferSpace)]
    [InlineData(SocketError.NotConnected, Failure.ConnectionReset)]
    [InlineData(SocketError.AccessDenied, Failure.PermissionDenied)] // a firewall of our own machine
    [InlineData(SocketError.TooManyOpenSockets, "unknown_failure: SocketException")] // our own fault
    public void Sockets_fail_with_a_code(SocketError error, string name)
    {
        Assert.Equal(name, FailureClassifier.Classify(new SocketException((int)error)));
    }

    public static TheoryData<string, Exception> Failures => new()
    {
        { Failure.Timeout, new OperationCanceledException() },
        { Failure.Timeout, new TimeoutException() },
        { Failure.Timeout, new TaskCanceledException("x", new TimeoutException()) },
        { Failure.Eof, new EndOfStreamException() },
        { Failure.Eof, new IOException("closed") },
        { Failure.Eof, new HttpIOException(HttpRequestError.ResponseEnded) },
        { Failure.Eof, new HttpRequestException(HttpRequestError.ResponseEnded) },
        { Failure.ConnectionReset, new HttpRequestException("x", new IOException("y", new SocketException((int)SocketError.ConnectionReset))) },
        { Failure.ConnectionReset, new AuthenticationException("x", new IOException("y", new SocketException((int)SocketError.ConnectionReset))) },
        { Failure.DnsBogon, new HttpRequestException("x", new NetworkFailureException(Failure.DnsBogon)) },
        { Failure.SslFailedHandshake, new AuthenticationException("x") },
        { Failure.SslFailedHandshake, new HttpRequestException("x", new AuthenticationException("y", new InvalidOperationException("of the library"))) },
        { "unknown_failure: HttpIOException", new HttpIOException(HttpRequestError.InvalidResponse) },
        { "unknown_failure: InvalidOperationException", new InvalidOperationException("http://10.0.0.1/secret") }, // text is never kept
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void The_most_specific_cause_gives_the_name(string name, Exception failure) => Assert.Equal(name, FailureClassifier.Classify(failure));
}
