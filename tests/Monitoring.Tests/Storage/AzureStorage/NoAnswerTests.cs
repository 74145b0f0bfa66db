using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Monitoring.Storage;
using Monitoring.Storage.AzureStorage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>No answer at all: the line says why, and a caller who gives up is not told that the store failed.</summary>
public sealed class NoAnswerTests
{
    private const string Nowhere = "The table service 127.0.0.1:9";

    public static TheoryData<string> Operations => [.. FakeAccount.Operations];

    public static TheoryData<Exception, string> Failures => new()
    {
        { new HttpRequestException(HttpRequestError.NameResolutionError), "has a name that cannot be resolved: check the account's name and this machine's DNS." },
        { new HttpRequestException("", new SocketException((int)SocketError.HostNotFound)), "has a name that cannot be resolved: check the account's name and this machine's DNS." },
        { new HttpRequestException("", new SocketException((int)SocketError.ConnectionRefused)), "refuses connections: is the address right, and is it running?" },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, "", new AuthenticationException()), "cannot be spoken to over TLS: check the address and the certificate." },
        { new HttpRequestException("", new SocketException((int)SocketError.NetworkUnreachable)), "broke off without an answer." },
        { new IOException(), "broke off without an answer." },
        { new TaskCanceledException(), "did not answer in time." },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_the_network_says_is_told_by_what_would_mend_it(Exception failure, string told)
    {
        var options = new StorageClientOptions { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(1), Transport = FakeAccount.Failing(failure) };

        Assert.Equal($"{Nowhere} {told}", await UnreachableAsync(FakeAccount.Somewhere(), "Table.Get", options));
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_refuses()
    {
        using var free = new Socket(SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)free.LocalEndPoint!).Port;

        Assert.Equal($"The queue service 127.0.0.1:{port} refuses connections: is the address right, and is it running?", await UnreachableAsync(FakeAccount.Somewhere(port), "Queue.Get"));
    }

    [Fact]
    public async Task A_certificate_that_this_machine_does_not_know_is_a_failure_of_TLS()
    {
        using var authority = new TestAuthority();
        await using var server = new FakeStorage(_ => throw new InvalidOperationException(), authority.For("localhost"));

        Assert.Equal(
            $"The blob service 127.0.0.1:{server.Port} cannot be spoken to over TLS: check the address and the certificate.",
            await UnreachableAsync(FakeAccount.Somewhere(server.Port, "https"), "Blob.List"));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_service_that_keeps_silent_did_not_answer_in_time(string operation)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Silent());
        var attempts = new List<Uri?>();
        var options = RelayedAccount.Quick(TimeSpan.FromMilliseconds(100), retries: 1, FakeAccount.Noting(attempts));

        var told = await UnreachableAsync(FakeAccount.At(server), operation, options);

        Assert.EndsWith("did not answer in time.", told, StringComparison.Ordinal);
        Assert.Equal(2, attempts.Count);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Whoever_gives_up_while_the_service_is_silent_is_only_cancelled(string operation)
    {
        using var gaveUp = new CancellationTokenSource();
        await using var server = new FakeStorage(_ =>
        {
            gaveUp.Cancel();
            return Task.FromResult<StorageReply>(new StorageReply.Silent());
        });
        using var account = new FakeAccount(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => account.RunAsync(operation, gaveUp.Token));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Whoever_gives_up_while_the_service_wants_to_be_left_alone_is_cancelled_at_once()
    {
        using var gaveUp = new CancellationTokenSource();
        await using var server = new FakeStorage(_ =>
        {
            gaveUp.CancelAfter(TimeSpan.FromMilliseconds(20));
            return Task.FromResult<StorageReply>(new StorageReply.Answer(503, "", "Retry-After: 3600"));
        });
        using var account = new FakeAccount(server);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => account.RunAsync("Table.Get", gaveUp.Token));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Whoever_gives_up_in_the_middle_of_a_page_gets_no_further_row()
    {
        using var gaveUp = new CancellationTokenSource();
        await using var server = FakeStorage.Saying(new StorageReply.Answer(200, """{"value":[{"PartitionKey":"p","RowKey":"1"},{"PartitionKey":"p","RowKey":"2"}]}"""));
        using var account = new FakeAccount(server);
        await using var rows = account.Table.QueryAsync(new RangeQuery("p"), gaveUp.Token).GetAsyncEnumerator(CancellationToken.None);

        Assert.True(await rows.MoveNextAsync());
        await gaveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await rows.MoveNextAsync());
    }

    [Fact]
    public async Task Whoever_gives_up_in_the_middle_of_a_blob_is_only_cancelled()
    {
        using var gaveUp = new CancellationTokenSource();
        await using var server = FakeStorage.Saying(new StorageReply.Silent("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort"));
        using var account = new FakeAccount(server);
        await using var blob = await account.Blobs.OpenAsync("captures/one", CancellationToken.None);
        var buffer = new byte[100];
        await blob!.ReadExactlyAsync(buffer.AsMemory(0, 5), CancellationToken.None);

        var rest = blob.ReadAsync(buffer, gaveUp.Token);
        await gaveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await rest);
    }

    private static async Task<string> UnreachableAsync(StorageAccount at, string operation, StorageClientOptions? options = null)
    {
        using var account = new FakeAccount(at, options);
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => account.RunAsync(operation));
        Assert.Equal(StorageProblem.Unreachable, failure.Problem);
        Told.OneLineWithoutSecrets(failure);
        return failure.Message;
    }
}
