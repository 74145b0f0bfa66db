using System.Net;
using System.Net.Sockets;
using Monitoring.Network;

namespace Monitoring.Tests.Network;

public sealed class SocketDialerTests
{
    [Fact]
    public async Task An_address_that_the_guard_refuses_is_not_dialled()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var failure = await Assert.ThrowsAsync<NetworkFailureException>(() => new SocketDialer(AddressGuard.PublicOnly).ConnectAsync((IPEndPoint)listener.LocalEndpoint, CancellationToken.None));

        Assert.Equal(Failure.DnsBogon, failure.Failure);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task An_address_from_settings_is_not_judged()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        await using var stream = await new SocketDialer(AddressGuard.PublicOnly).ConnectTrustedAsync((IPEndPoint)listener.LocalEndpoint, CancellationToken.None);

        Assert.True(stream.CanWrite);
    }

    [Fact]
    public async Task A_failed_connection_has_a_name()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var endpoint = (IPEndPoint)listener.LocalEndpoint;
        listener.Stop();

        var failure = await Assert.ThrowsAsync<NetworkFailureException>(() => new SocketDialer(AddressGuard.PublicAndLoopback).ConnectAsync(endpoint, CancellationToken.None));

        Assert.Equal(Failure.ConnectionRefused, failure.Failure);
    }

    [Fact]
    public async Task A_cancelled_connection_is_no_failure() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new SocketDialer(AddressGuard.PublicAndLoopback).ConnectAsync(new IPEndPoint(IPAddress.Loopback, 9), new CancellationToken(canceled: true)));
}
