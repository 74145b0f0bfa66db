using System.Text;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>Answers that are cut off, stop coming, or hold damaged rows.</summary>
public sealed class CutOffAnswerTests
{
    public static TheoryData<string> Reads => ["Table.Get", "Table.Query", "Table.List", "Blob.List", "Queue.Get", "Queue.List"];

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task An_answer_that_ends_before_its_length_is_asked_for_again_and_then_a_failure(string operation)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Raw("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"value\":[]}"));

        var failure = await FailAsync(server, operation);

        Assert.Equal(StorageProblem.Unreachable, failure.Problem);
        Assert.Equal($"The {operation.Split('.')[0].ToLowerInvariant()} service 127.0.0.1:{server.Port} broke off without an answer.", failure.Message);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n")]
    public async Task A_blob_that_is_cut_off_is_never_taken_for_a_whole_one(string answer)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Raw(answer));

        Assert.Equal(StorageProblem.Failed, (await FailAsync(server, "Blob.Get")).Problem);
    }

    [Fact]
    public async Task A_blob_that_stops_coming_is_a_failure_and_no_cancellation()
    {
        await using var server = FakeStorage.Saying(new StorageReply.Silent("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort"));

        Assert.Equal(StorageProblem.Failed, (await FailAsync(server, "Blob.Get", TimeSpan.FromMilliseconds(200))).Problem);
    }

    [Theory]
    [InlineData("\"A@odata.type\":\"Edm.Int64\",\"A\":\"99999999999999999999\"")]
    [InlineData("\"A@odata.type\":\"Edm.Int64\",\"A\":\"many\"")]
    [InlineData("\"A@odata.type\":\"Edm.DateTime\",\"A\":\"once\"")]
    [InlineData("\"A@odata.type\":\"Edm.DateTime\",\"A\":\"0001-01-01T00:00:00+14:00\"")]
    [InlineData("\"A@odata.type\":\"Edm.Binary\",\"A\":\"?\"")]
    [InlineData("\"A@odata.type\":\"Edm.Double\",\"A\":\"\"")]
    public async Task A_column_that_is_not_of_its_type_is_named(string column)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Answer(200, $"{{\"PartitionKey\":\"p\",\"RowKey\":\"r\",{column}}}"));
        using var account = new FakeAccount(server);

        var damaged = await Assert.ThrowsAsync<StoredRowException>(() => account.RunAsync("Table.Get"));

        Assert.Equal("A", damaged.Column);
    }

    [Fact]
    public async Task Random_bytes_and_cut_answers_are_never_another_exception()
    {
        var random = new Random(20261122);
        var page = Encoding.UTF8.GetBytes("{\"odata.metadata\":\"x\",\"value\":[{\"odata.etag\":\"W/\\\"1\\\"\",\"PartitionKey\":\"p\",\"RowKey\":\"r\",\"N@odata.type\":\"Edm.Int64\",\"N\":\"5\",\"T\":\"Қазақ\"}]}");
        await using var server = new FakeStorage(_ =>
        {
            var bytes = page[..random.Next(page.Length + 1)];
            for (var i = 0; i < random.Next(4) && bytes.Length > 0; i++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            return Task.FromResult<StorageReply>(new StorageReply.Answer(200, bytes));
        });
        using var account = new FakeAccount(server);

        for (var i = 0; i < 2000; i++)
        {
            var outcome = await Record.ExceptionAsync(() => account.RunAsync(i % 2 == 0 ? "Table.Query" : "Table.Get"));
            Assert.True(outcome is null or StorageUnavailableException or StoredRowException, $"Round {i}: {outcome}");
        }
    }

    private static async Task<StorageUnavailableException> FailAsync(FakeStorage server, string operation, TimeSpan? timeout = null)
    {
        using var account = new FakeAccount(server, RelayedAccount.Quick(timeout ?? TimeSpan.FromSeconds(30), retries: 2));
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => account.RunAsync(operation));
        Told.OneLineWithoutSecrets(failure);
        return failure;
    }
}
