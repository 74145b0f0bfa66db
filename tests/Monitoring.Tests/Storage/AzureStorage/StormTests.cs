using System.Collections.Concurrent;
using System.Diagnostics;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>A service that is busy or broken: it is asked again, as often and as late as it should be, and no more.</summary>
public sealed class StormTests
{
    private const string Batch = """
        --batchresponse_1
        Content-Type: multipart/mixed; boundary=changesetresponse_1

        --changesetresponse_1
        Content-Type: application/http
        Content-Transfer-Encoding: binary

        HTTP/1.1 STATUS X
        Content-Type: application/json

        {"odata.error":{"code":"CODE","message":{"lang":"en-US","value":"0:It is said.\nRequestId:1"}}}
        --changesetresponse_1--
        --batchresponse_1--

        """;

    private static readonly StorageReply Fine = new StorageReply.Answer(204, "", "ETag: W/\"datetime'2026-11-22T01%3A24%3A16.0806346Z'\"");

    public static TheoryData<string> Operations => [.. FakeAccount.Operations];

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Five_refusals_are_survived(int status)
    {
        var busy = new StorageReply.Answer(status, "<html>busy");
        await using var server = FakeStorage.Saying(busy, busy, busy, busy, busy, Fine);
        using var account = new FakeAccount(server, RelayedAccount.Quick(TimeSpan.FromSeconds(30)));

        Assert.Equal(AddResult.Added, await account.Table.AddAsync(FakeAccount.Row(), CancellationToken.None));
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_storm_that_outlasts_all_attempts_is_told_in_one_line(string operation)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Answer(503, "", "x-ms-error-code: ServerBusy"));
        using var account = new FakeAccount(server);

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => account.RunAsync(operation));

        Assert.Equal(StorageProblem.Unreachable, failure.Problem);
        Assert.Equal($"The {operation.Split('.')[0].ToLowerInvariant()} service 127.0.0.1:{server.Port} answers 503 ServerBusy to {operation}, after all attempts.", failure.Message);
        Assert.Equal(3, server.Requests.Count);
        Told.OneLineWithoutSecrets(failure);
    }

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(503, "ServerBusy")]
    [InlineData(504, "OperationTimedOut")]
    [InlineData(408, "OperationTimedOut")]
    [InlineData(429, "TooManyRequests")]
    public async Task A_batch_that_broke_inside_its_answer_is_tried_again(int status, string code)
    {
        await using var server = FakeStorage.Saying(Answer(status, code), Answer(status, code), Answer(409, "EntityAlreadyExists"), new StorageReply.Answer(404));
        using var account = new FakeAccount(server);

        var result = await account.Table.BatchAsync([TableOperation.Put(FakeAccount.Row())], CancellationToken.None);

        Assert.Equal(new BatchResult.Refused(0), result);
        Assert.Equal(3, server.Requests.Count(request => request.Is("POST", "/$batch")));
    }

    [Fact]
    public async Task A_batch_that_always_breaks_inside_its_answer_finds_the_service_unreachable()
    {
        await using var server = FakeStorage.Saying(Answer(503, "ServerBusy"));
        using var account = new FakeAccount(server);

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => account.RunAsync("Table.Batch"));

        Assert.Equal(StorageProblem.Unreachable, failure.Problem);
        Assert.Equal($"The table service 127.0.0.1:{server.Port} answers 503 ServerBusy to Table.Batch, after all attempts.", failure.Message);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_batch_that_was_refused_is_not_tried_again()
    {
        await using var server = FakeStorage.Saying(Answer(409, "EntityAlreadyExists"));
        using var account = new FakeAccount(server);

        await account.Table.BatchAsync([TableOperation.Add(FakeAccount.Row())], CancellationToken.None);

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task The_next_attempt_comes_no_earlier_than_the_service_says(int status)
    {
        var times = new ConcurrentQueue<long>();
        await using var server = new FakeStorage(_ =>
        {
            times.Enqueue(Stopwatch.GetTimestamp());
            return Task.FromResult(times.Count == 1 ? new StorageReply.Answer(status, "", "Retry-After: 1") : Fine);
        });
        using var account = new FakeAccount(server);

        await account.RunAsync("Table.Insert");

        Assert.Equal(2, times.Count);

        // A timer of the machine may fire some milliseconds early.
        Assert.True(Stopwatch.GetElapsedTime(times.First(), times.Last()) >= TimeSpan.FromSeconds(0.95));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(412)]
    [InlineData(413)]
    public async Task What_asking_again_does_not_mend_is_asked_once(int status)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Answer(status));
        using var account = new FakeAccount(server);

        await Record.ExceptionAsync(() => account.RunAsync("Table.Delete"));

        Assert.Single(server.Requests);
    }

    private static StorageReply.Answer Answer(int status, string code) => new(
        202,
        Batch.Replace("STATUS", $"{status}", StringComparison.Ordinal).Replace("CODE", code, StringComparison.Ordinal).ReplaceLineEndings("\r\n"),
        "Content-Type: multipart/mixed; boundary=batchresponse_1");
}
