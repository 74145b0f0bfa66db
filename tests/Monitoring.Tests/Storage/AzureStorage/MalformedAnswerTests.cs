using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>Answers that are not what they should be: each is a failure of the store in one line, never another exception and never a success.</summary>
public sealed class MalformedAnswerTests
{
    private const string Html = "<html><head><title>Captive portal</title></head><body>Please <b>log in<br></body></html>";

    private static readonly string Deep = new('[', 100_000);

    /// <summary>Answer of status 200 with this body, to an operation that reads.</summary>
    public static TheoryData<string, string> Bodies => new()
    {
        { "Table.Get", "" },
        { "Table.Get", "{" },
        { "Table.Get", "{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"Text\":\"cut of" },
        { "Table.Get", "{\"PartitionKey\":\"p\"}" },
        { "Table.Get", "{\"PartitionKey\":5,\"RowKey\":\"r\"}" },
        { "Table.Get", "[1,2]" },
        { "Table.Get", "null" },
        { "Table.Get", Html },
        { "Table.Get", "{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"A\":" + Deep },
        { "Table.Get", "{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"odata.metadata\":" + Deep },
        { "Table.Get", "{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"A\":\"\\ud800\"}" },
        { "Table.Get", "{\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"A@odata.type\":7,\"A\":\"1\"}" },
        { "Table.Query", "" },
        { "Table.Query", "{}" },
        { "Table.Query", "{\"value\":5}" },
        { "Table.Query", "{\"value\":[{\"PartitionKey\":\"p\",\"RowKey\":\"r\"}" },
        { "Table.Query", "{\"value\":[{\"PartitionKey\":\"p\",\"RowKey\":\"r\"}," },
        { "Table.Query", "{\"value\":[5]}" },
        { "Table.Query", Html },
        { "Table.Query", Deep },
        { "Table.List", "{\"value\":[{}]}" },
        { "Table.List", "{\"value\":[{\"TableName\":null}]}" },
        { "Table.List", "{\"value\":[{\"TableName\":\"\"}]}" },
        { "Table.List", "{\"value\":[" },
        { "Table.List", "[]" },
        { "Table.List", Deep },
        { "Table.List", Html },
        { "Blob.List", "" },
        { "Blob.List", "<EnumerationResults><Blobs><Blob><Name>a</Name>" },
        { "Blob.List", "<EnumerationResults><Blobs><Blob><Name>a</Name></Blob></Blobs></EnumerationResults>" },
        { "Blob.List", "<EnumerationResults><Blobs><Blob><Name>a</Name><Properties><Etag>x</Etag><Content-Length>99999999999999999999</Content-Length><Last-Modified>Sun, 22 Nov 2026 01:00:00 GMT</Last-Modified></Properties></Blob></Blobs></EnumerationResults>" },
        { "Blob.List", "<EnumerationResults><Blobs><Blob><Name>a</Name><Properties><Etag>x</Etag><Content-Length>1</Content-Length><Last-Modified>once</Last-Modified></Properties></Blob></Blobs></EnumerationResults>" },
        { "Blob.List", "<EnumerationResults/>" },
        { "Blob.List", "<QueueMessagesList/>" },
        { "Blob.List", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><EnumerationResults><Blobs>&a;</Blobs></EnumerationResults>" },
        { "Blob.List", Html },
        { "Queue.Get", "" },
        { "Queue.Get", "<QueueMessagesList><QueueMessage><MessageId>" },
        { "Queue.Get", "<QueueMessagesList><QueueMessage/></QueueMessagesList>" },
        { "Queue.Get", Message(dequeued: "99999999999") },
        { "Queue.Get", Message(dequeued: "often") },
        { "Queue.Get", Message(time: "yesterday") },
        { "Queue.Get", "<!DOCTYPE QueueMessagesList [<!ENTITY a \"b\">]><QueueMessagesList>&a;</QueueMessagesList>" },
        { "Queue.Get", "<EnumerationResults/>" },
        { "Queue.Get", Html },
        { "Queue.List", "<EnumerationResults><Queues><Queue><Name>x</Name></Queue></Queues><NextMarker/></EnumerationResults>" },
        { "Queue.List", "<EnumerationResults><Queues><Queue/></Queues><NextMarker/></EnumerationResults>" },
        { "Queue.List", "{}" },
        { "Queue.List", Html },
    };

    /// <summary>What a write may be told that is no answer of the service.</summary>
    public static TheoryData<string, int, string> Writes
    {
        get
        {
            var writes = new TheoryData<string, int, string>();
            string[] names = ["Table.Insert", "Table.Replace", "Table.Merge", "Table.Put", "Table.Delete", "Table.Batch", "Blob.Put", "Blob.Delete", "Blob.AcquireLease", "Queue.Put", "Queue.Update", "Queue.Delete"];
            foreach (var name in names)
            {
                writes.Add(name, 200, Html);
                writes.Add(name, 302, "");
                writes.Add(name, 418, Html);
                writes.Add(name, 400, "{\"odata.error\":{\"code\":\"Bad Thing with " + FakeAccount.SecretRow + "\",\"message\":7}}");
                writes.Add(name, 400, "{\"odata.error\":" + Deep);
                writes.Add(name, 400, "<Error><Code>" + FakeAccount.SecretRow + "</Code>");
                writes.Add(name, 400, "[]");
            }

            return writes;
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Content_that_cannot_be_read_is_a_failure_of_the_store(string operation, string body)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Answer(200, body));

        var failure = await FailAsync(server, operation);

        Assert.Equal(StorageProblem.Failed, failure.Problem);
        Assert.Equal($"The {Service(operation)} service 127.0.0.1:{server.Port} answers {operation} with content that cannot be read.", failure.Message);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_that_is_told_something_else_has_not_succeeded(string operation, int status, string body)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Answer(status, body));

        var failure = await FailAsync(server, operation);

        Assert.Equal(StorageProblem.Failed, failure.Problem);
        Assert.Equal($"The {Service(operation)} service 127.0.0.1:{server.Port} answers {status} to {operation}, which is not expected.", failure.Message);
    }

    [Theory]
    [InlineData("Table.Insert")]
    [InlineData("Table.Replace")]
    [InlineData("Table.Merge")]
    [InlineData("Table.Put")]
    [InlineData("Queue.Update")]
    public async Task A_write_without_its_tag_or_receipt_has_not_succeeded(string operation)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Answer(204));

        Assert.Equal(StorageProblem.Failed, (await FailAsync(server, operation)).Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Content-Length: 5")]
    [InlineData("Content-Length: 5|ETag: \"x\"|Last-Modified: once")]
    public async Task Properties_without_their_headers_are_a_failure(string headers)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Raw($"HTTP/1.1 200 OK\r\n{string.Concat(headers.Split('|').Select(header => header.Length > 0 ? header + "\r\n" : ""))}\r\n"));

        Assert.Equal(StorageProblem.Failed, (await FailAsync(server, "Blob.GetProperties")).Problem);
    }

    [Theory]
    [InlineData("")]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task A_count_of_messages_that_is_no_number_is_a_failure(string count)
    {
        await using var server = new FakeStorage(request => Task.FromResult<StorageReply>(request.Is("GET", "comp=list")
            ? new StorageReply.Answer(200, "<EnumerationResults><Queues><Queue><Name>work-k</Name></Queue></Queues><NextMarker/></EnumerationResults>")
            : new StorageReply.Answer(200, "", $"x-ms-approximate-messages-count: {count}")));

        Assert.Equal(StorageProblem.Failed, (await FailAsync(server, "Queue.List")).Problem);
    }

    [Fact]
    public async Task A_renewal_until_no_time_is_a_failure()
    {
        await using var server = FakeStorage.Saying(new StorageReply.Answer(204, "", "x-ms-popreceipt: next", "x-ms-time-next-visible: soon"));

        Assert.Equal(StorageProblem.Failed, (await FailAsync(server, "Queue.Update")).Problem);
    }

    [Theory]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Length: 32\r\n\r\n--b\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Length: 20\r\n\r\nHTTP/1.1 abc nothing")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Length: 20\r\n\r\nHTTP/1.1 409 Conflict")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Length: 99999999\r\n\r\nHTTP/1.1 409 Conflict")]
    public async Task A_batch_whose_parts_cannot_be_read_has_not_succeeded(string answer)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Raw(answer));

        await FailAsync(server, "Table.Batch");
    }

    private static string Service(string operation) => operation.Split('.')[0].ToLowerInvariant();

    private static string Message(string dequeued = "1", string time = "Sun, 22 Nov 2026 01:00:00 GMT") =>
        $"<QueueMessagesList><QueueMessage><MessageId>i</MessageId><InsertionTime>{time}</InsertionTime><PopReceipt>p</PopReceipt><TimeNextVisible>{time}</TimeNextVisible><DequeueCount>{dequeued}</DequeueCount><MessageText>e30=</MessageText></QueueMessage></QueueMessagesList>";

    private static async Task<StorageUnavailableException> FailAsync(FakeStorage server, string operation)
    {
        using var account = new FakeAccount(server);
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => account.RunAsync(operation));
        Told.OneLineWithoutSecrets(failure);
        return failure;
    }
}
