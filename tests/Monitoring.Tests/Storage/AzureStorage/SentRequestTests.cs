using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>What is sent, where the emulator takes more than the service does.</summary>
public sealed class SentRequestTests
{
    private const string Key = "PartitionKey='partition',RowKey='" + FakeAccount.SecretRow + "'";
    private const string Tag = "W/\"datetime'2026-11-22T01%3A24%3A16.0806346Z'\"";

    /// <summary>Operation; method and address; headers as they must be, or that must not be (name alone).</summary>
    public static TheoryData<string, string, string[]> Requests => new()
    {
        { "Table.Get", $"GET /account/Things({Key})", ["Accept: application/json;odata=minimalmetadata", "x-ms-version: 2021-12-02", "Authorization: SharedKeyLite account:*", "x-ms-date: *", "x-ms-client-request-id: *", "Date"] },
        { "Table.Insert", "POST /account/Things", ["Prefer: return-no-content", "Content-Type: application/json", "Accept: application/json;odata=minimalmetadata", "If-Match"] },
        { "Table.Replace", $"PUT /account/Things({Key})", [$"If-Match: {Tag}", "Content-Type: application/json"] },
        { "Table.Merge", $"PATCH /account/Things({Key})", [$"If-Match: {Tag}", "Content-Type: application/json"] },
        { "Table.Put", $"PUT /account/Things({Key})", ["If-Match", "If-None-Match"] },
        { "Table.Delete", $"DELETE /account/Things({Key})", ["If-Match: *", "Content-Length: 0"] },
        { "Table.Query", "GET /account/Things()?$filter=PartitionKey%20eq%20%27partition%27", ["Accept: application/json;odata=minimalmetadata"] },
        { "Table.Batch", "POST /account/$batch", ["Content-Type: multipart/mixed; boundary=batch_*", "Authorization: SharedKeyLite account:*"] },
        { "Blob.Put", "PUT /account/monitoring/captures/one", ["x-ms-blob-type: BlockBlob", "If-None-Match: *", "Content-Length: 2", "x-ms-meta-writeid: *", "Authorization: SharedKey account:*"] },
        { "Blob.Get", "GET /account/monitoring/captures/one", ["Content-Length", "x-ms-blob-type"] },
        { "Blob.GetProperties", "HEAD /account/monitoring/captures/one", ["Content-Length"] },
        { "Blob.List", "GET /account/monitoring?restype=container&comp=list&prefix=captures%2F", [] },
        { "Blob.Delete", "DELETE /account/monitoring/captures/one", ["If-Match"] },
        { "Blob.AcquireLease", "PUT /account/monitoring/leases/scheduler?comp=lease", ["x-ms-lease-action: acquire", "x-ms-lease-duration: 30", "x-ms-proposed-lease-id: ????????-????-????-????-????????????", "x-ms-lease-id", "Content-Length: 0"] },
        { "Queue.Put", "POST /account/work-visit-source/messages?visibilitytimeout=0&messagettl=-1", ["Content-Type: application/xml", "Authorization: SharedKey account:*"] },
        { "Queue.Get", "GET /account/work-visit-source/messages?numofmessages=1&visibilitytimeout=60", [] },
        { "Queue.Update", $"PUT /account/work-visit-source/messages/id?popreceipt={FakeAccount.SecretRow}&visibilitytimeout=60", ["Content-Length: 0"] },
        { "Queue.Delete", $"DELETE /account/work-visit-source/messages/id?popreceipt={FakeAccount.SecretRow}", [] },
        { "Queue.List", "GET /account/?comp=list&prefix=work-", [] },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Each_operation_is_sent_as_the_service_wants_it(string operation, string request, string[] headers)
    {
        var sent = (await SentAsync(account => account.RunAsync(operation)))[0];

        Assert.Equal(request, $"{sent.Method} {sent.Target}");
        Assert.All(headers, header => AssertHeader(sent, header));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.2, 1)]
    [InlineData(59.5, 60)]
    [InlineData(604_800, 604_800)]
    [InlineData(604_801, 604_800)]
    [InlineData(86_400 * 365, 604_800)]
    public async Task A_message_is_hidden_for_whole_seconds_and_at_most_seven_days(double after, int seconds)
    {
        var sent = await SentAsync(account => account.Queue.EnqueueAsync(new WorkItem("k", "s"), TimeSpan.FromSeconds(after), CancellationToken.None));

        Assert.EndsWith($"?visibilitytimeout={seconds}&messagettl=-1", sent[0].Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(32, 32)]
    [InlineData(1000, 32)]
    public async Task At_most_32_messages_are_asked_for_at_once(int max, int asked)
    {
        var sent = await SentAsync(account => account.Queue.ReceiveAsync("k", max, TimeSpan.FromMilliseconds(1), CancellationToken.None));

        Assert.EndsWith($"?numofmessages={asked}&visibilitytimeout=1", sent[0].Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_is_base64_of_UTF_8()
    {
        var sent = await SentAsync(account => account.Queue.EnqueueAsync(new WorkItem("k", "Жаңалық<&>"), TimeSpan.Zero, CancellationToken.None));

        var text = sent[0].Text.Replace("<QueueMessage><MessageText>", "", StringComparison.Ordinal).Replace("</MessageText></QueueMessage>", "", StringComparison.Ordinal);
        Assert.Equal(new WorkItem("k", "Жаңалық<&>").Write(), System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(text)));
    }

    [Fact]
    public async Task Blocks_have_ids_of_one_length_and_the_list_names_them_in_order()
    {
        var sent = await SentAsync(
            account => account.Blobs.PutAsync("big", new MemoryStream(new byte[9 * 1024 * 1024]), BlobCondition.CreateOnly, CancellationToken.None),
            new StorageReply.Answer(201));

        var ids = sent.Where(request => request.Target.Contains("comp=block&", StringComparison.Ordinal)).Select(request => Uri.UnescapeDataString(request.Target.Split("blockid=")[1])).ToList();
        Assert.Equal([4 * 1024 * 1024, 4 * 1024 * 1024, 1024 * 1024], sent.Take(3).Select(request => request.Body.Length));
        Assert.Single(ids.Select(id => Convert.FromBase64String(id).Length).Distinct());
        Assert.Equal(3, ids.Distinct().Count());
        Assert.EndsWith($"<BlockList>{string.Concat(ids.Select(id => $"<Latest>{id}</Latest>"))}</BlockList>", sent[3].Text, StringComparison.Ordinal);
        AssertHeader(sent[3], "If-None-Match: *");
        Assert.All(sent.Take(3), block => AssertHeader(block, "If-None-Match"));
    }

    [Fact]
    public async Task Leases_of_one_holder_have_one_id()
    {
        var ids = await SentAsync(async account =>
        {
            foreach (var holder in (string[])["one", "one", "two"])
            {
                var lease = await account.Leases.TryAcquireAsync("scheduler", holder, TimeSpan.FromSeconds(30), CancellationToken.None);
                await lease!.RenewAsync(CancellationToken.None);
            }
        }, new StorageReply.Answer(201), new StorageReply.Answer(200), new StorageReply.Answer(201), new StorageReply.Answer(200), new StorageReply.Answer(201), new StorageReply.Answer(200));

        var proposed = ids.Where((_, i) => i % 2 == 0).Select(request => request.Headers["x-ms-proposed-lease-id"]).ToList();
        Assert.Equal(proposed, ids.Where((_, i) => i % 2 == 1).Select(request => request.Headers["x-ms-lease-id"]));
        Assert.Equal(proposed[0], proposed[1]);
        Assert.NotEqual(proposed[0], proposed[2]);
        Assert.All(proposed, id => Guid.ParseExact(id, "D"));
    }

    [Fact]
    public async Task A_batch_has_absolute_addresses_and_a_condition_for_every_delete()
    {
        var sent = (await SentAsync(account => account.RunAsync("Table.Batch")))[0];
        var lines = sent.Text.Split("\r\n");

        Assert.Contains(lines, line => line.StartsWith("POST http://127.0.0.1:", StringComparison.Ordinal) && line.EndsWith("/account/Things HTTP/1.1", StringComparison.Ordinal));
        Assert.Contains("If-Match: *", lines);
        Assert.DoesNotContain('\n', sent.Text.Replace("\r\n", "", StringComparison.Ordinal));
    }

    /// <summary>Tags that are not of this service: it is asked all the same, and no row has such a one.</summary>
    [Theory]
    [InlineData("\"0x8DC\"")]
    [InlineData("")]
    [InlineData("0000000000000001")]
    [InlineData("W/datetime")]
    [InlineData("W/\"\r\nx-ms-evil: 1")]
    [InlineData("W/\"cut")]
    [InlineData("*")]
    public async Task A_tag_of_another_form_is_sent_as_one_that_never_matches(string tag)
    {
        var row = FakeAccount.Row();
        row.ETag = tag;

        var sent = await SentAsync(async account =>
        {
            Assert.Equal(SaveResult.ChangedMeanwhile, await account.Table.ReplaceAsync(row, CancellationToken.None));
            Assert.Equal(SaveResult.ChangedMeanwhile, await account.Table.DeleteAsync(row.Key, tag, CancellationToken.None));
        }, new StorageReply.Answer(412, "", "x-ms-error-code: UpdateConditionNotSatisfied"));

        Assert.All(sent, request => Assert.Equal("W/\"datetime'1601-01-01T00%3A00%3A00Z'\"", request.Headers["If-Match"]));
    }

    private static void AssertHeader(StorageRequest sent, string expected)
    {
        var (name, value) = expected.Split(": ", 2) is [var left, var right] ? (left, right) : (expected, null);
        var isThere = sent.Headers.TryGetValue(name, out var found);
        Assert.True(value is null ? !isThere : isThere && Matches(value, found!), $"{expected} was expected, '{found}' came.");
    }

    /// <summary>A star at the end stands for anything, a question mark for one character; a star alone is itself or anything.</summary>
    private static bool Matches(string pattern, string value) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false) && value.Length > 0;

    private static async Task<StorageRequest[]> SentAsync(Func<FakeAccount, Task> operation, params StorageReply[] replies)
    {
        await using var server = FakeStorage.Saying(replies.Length > 0 ? replies : [new StorageReply.Answer(418)]);
        using var account = new FakeAccount(server);
        var failure = await Record.ExceptionAsync(() => operation(account));
        Assert.True(failure is null or StorageUnavailableException, $"{failure}");
        return [.. server.Requests];
    }
}
