using System.Text;
using Azure.Core;
using Monitoring.Storage.AzureStorage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>Every attempt is signed for itself. The expected signatures were computed from the written rules by other means.</summary>
public sealed class SigningTests
{
    private readonly TestClock _clock = new();

    [Theory]
    [InlineData("/Things(PartitionKey='p',RowKey='r')", "aB4uEPVtQmpqZXAip/qvYiF5I0Ei2fShizus3t233I0=")]
    [InlineData("/?comp=properties&timeout=5", "Cip6hAeP5mt6wkTXpN1MMBPP3Ru2h+to/88YiUc4Zs4=")]
    public async Task A_table_request_has_a_lite_signature(string target, string signature)
    {
        var sent = await SendAsync(StorageServiceKind.Table, RequestMethod.Get, target);

        Assert.Equal($"SharedKeyLite account:{signature}", sent.Headers["Authorization"]);
        Assert.Equal("Sun, 22 Nov 2026 03:00:00 GMT", sent.Headers["x-ms-date"]);
    }

    [Fact]
    public async Task A_blob_request_has_a_signature_over_all_its_headers()
    {
        var sent = await SendAsync(StorageServiceKind.Blob, RequestMethod.Put, "/monitoring/captures/one?comp=block&blockid=YWJj%2Fw%3D%3D", request =>
        {
            request.Headers.SetValue("Content-Type", "application/octet-stream");
            request.Headers.SetValue("If-None-Match", "*");
            request.Headers.SetValue("x-ms-meta-writeid", "0011");
            request.Content = RequestContent.Create(Encoding.ASCII.GetBytes("12345"));
        });

        Assert.Equal("SharedKey account:vJng51KTBokWZ77j3jVF2p+N6DZ8vt+6N5SKBAO/FtQ=", sent.Headers["Authorization"]);
    }

    [Fact]
    public async Task A_queue_request_has_a_signature_over_its_query_in_order()
    {
        var sent = await SendAsync(StorageServiceKind.Queue, RequestMethod.Get, "/work-k/messages?visibilitytimeout=60&numofmessages=32");

        Assert.Equal("SharedKey account:BG1VoKf+HZBnnz40zg8WTeSFv3pFBzDoRL1D2grUlB4=", sent.Headers["Authorization"]);
    }

    [Theory]
    [InlineData("Table.Insert")]
    [InlineData("Blob.Put")]
    [InlineData("Queue.Put")]
    public async Task Each_attempt_has_its_own_date_and_signature_and_all_have_one_request_id(string operation)
    {
        await using var server = new FakeStorage(_ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            return Task.FromResult<StorageReply>(new StorageReply.Answer(503));
        });
        using var account = new FakeAccount(server, time: _clock);

        await Record.ExceptionAsync(() => account.RunAsync(operation));

        Assert.Equal(["Sun, 22 Nov 2026 03:00:00 GMT", "Sun, 22 Nov 2026 03:00:30 GMT", "Sun, 22 Nov 2026 03:01:00 GMT"], server.Requests.Select(request => request.Headers["x-ms-date"]));
        Assert.Equal(3, server.Requests.Select(request => request.Headers["Authorization"]).Distinct().Count());
        Assert.Single(server.Requests.Select(request => request.Headers["x-ms-client-request-id"]).Distinct());
        Assert.Single(server.Requests.Select(request => request.Text).Distinct());
    }

    [Theory]
    [InlineData("Table.Get", "/account/Things(PartitionKey='partition',RowKey='row-nobody-may-read-in-a-log')?sv=1&sig=a%2Bb")]
    [InlineData("Blob.List", "/account/monitoring?restype=container&comp=list&prefix=captures%2F&sv=1&sig=a%2Bb")]
    public async Task A_shared_access_signature_is_in_the_address_once_however_often_it_is_tried(string operation, string target)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Answer(503));
        using var account = new FakeAccount(FakeAccount.Somewhere(server.Port, credential: new StorageCredential.SharedAccessSignature("sv=1&sig=a%2Bb")));

        await Record.ExceptionAsync(() => account.RunAsync(operation));

        Assert.Equal([target, target, target], server.Requests.Select(request => request.Target));
        Assert.All(server.Requests, request => Assert.DoesNotContain("Authorization", request.Headers.Keys));
    }

    private async Task<StorageRequest> SendAsync(StorageServiceKind kind, RequestMethod method, string target, Action<Request>? change = null)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Answer(204));
        var key = new StorageCredential.SharedKey("account", Convert.FromBase64String(FakeAccount.Secret));
        using var service = new ServiceClient(kind, new Uri($"http://127.0.0.1:{server.Port}/account"), key, new StorageClientOptions(), _clock);
        using var message = service.Create(method, target);
        message.Request.ClientRequestId = "request-1";
        change?.Invoke(message.Request);

        await service.SendAsync(message, "Some.Thing", "Things", CancellationToken.None);

        return Assert.Single(server.Requests);
    }
}
