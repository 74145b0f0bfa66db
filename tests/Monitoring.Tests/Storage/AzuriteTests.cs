using System.Net;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

/// <summary>What the tests of the Azure engine rely on in their server: an account for each, and a time that the test gives.</summary>
public sealed class AzuriteTests : IAsyncLifetime
{
    /// <summary>Far from the real time: a message or a lease that looked at that would be long gone.</summary>
    private static readonly DateTimeOffset T = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new();
    private HandSigned? _account;

    private HandSigned Account => _account ?? throw new InvalidOperationException("Not taken.");

    public async Task InitializeAsync() => _account = new HandSigned(await AzuriteProcess.TakeAsync(), _http);

    public Task DisposeAsync()
    {
        _http.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_entity_comes_back_from_its_table()
    {
        await Expect(HttpStatusCode.Created, Account.TableAsync(HttpMethod.Post, "/Tables", """{"TableName":"News"}"""));
        await Expect(HttpStatusCode.Created, Account.TableAsync(HttpMethod.Post, "/News", """{"PartitionKey":"p","RowKey":"r","Title":"Жаңалық"}"""));

        var entity = await Expect(HttpStatusCode.OK, Account.TableAsync(HttpMethod.Get, "/News(PartitionKey='p',RowKey='r')"));

        Assert.Contains("\"Title\":\"Жаңалық\"", entity, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_account_of_another_test_is_empty()
    {
        await Expect(HttpStatusCode.Created, Account.TableAsync(HttpMethod.Post, "/Tables", """{"TableName":"News"}"""));
        var other = new HandSigned(await AzuriteProcess.TakeAsync(), _http);

        Assert.Contains("\"value\":[]", await Expect(HttpStatusCode.OK, other.TableAsync(HttpMethod.Get, "/Tables")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_comes_out_when_the_time_of_the_test_says_so()
    {
        await Expect(HttpStatusCode.Created, Account.QueueAsync(HttpMethod.Put, "/work", now: T));
        var put = Account.QueueAsync(HttpMethod.Post, "/work/messages?visibilitytimeout=30", "<QueueMessage><MessageText>visit</MessageText></QueueMessage>", T);
        await Expect(HttpStatusCode.Created, put);

        Assert.DoesNotContain("visit", await ReceiveAsync(T + 29 * Second), StringComparison.Ordinal);
        Assert.Contains("visit", await ReceiveAsync(T + 30 * Second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_is_over_when_the_time_of_the_test_says_so()
    {
        await PutBlobAsync();

        await Expect(HttpStatusCode.Created, AcquireAsync(T));
        await Expect(HttpStatusCode.Conflict, AcquireAsync(T + 14 * Second));
        await Expect(HttpStatusCode.Created, AcquireAsync(T + 15 * Second));
    }

    [Fact]
    public async Task Every_version_has_its_own_tag_while_time_stands_still()
    {
        await Expect(HttpStatusCode.Created, Account.TableAsync(HttpMethod.Post, "/Tables", """{"TableName":"News"}"""));
        HashSet<string> tags = [];

        for (var version = 0; version < 500; version++)
        {
            using var row = await Account.TableAsync(HttpMethod.Put, "/News(PartitionKey='p',RowKey='r')", $$"""{"Version":{{version}}}""", T);
            tags.Add(row.Headers.ETag!.Tag);
            tags.Add(await PutBlobAsync());
        }

        Assert.Equal(1000, tags.Count);
    }

    [Fact]
    public async Task A_request_signed_years_ago_is_taken()
    {
        // Unlike Azure, which refuses after 15 minutes. Clients that sign with the clock of a test need this.
        using var tables = await Account.TableAsync(HttpMethod.Get, "/Tables", now: T);
        using var containers = await Account.BlobAsync(HttpMethod.Get, "/?comp=list", now: T);
        using var queues = await Account.QueueAsync(HttpMethod.Get, "/?comp=list", now: T);

        Assert.All([tables, containers, queues], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    private static async Task<string> Expect(HttpStatusCode status, Task<HttpResponseMessage> answer)
    {
        using var response = await answer;
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{status} was expected, {response.StatusCode} came: {body}");
        return body;
    }

    private Task<string> ReceiveAsync(DateTimeOffset now) => Expect(HttpStatusCode.OK, Account.QueueAsync(HttpMethod.Get, "/work/messages", now: now));

    private async Task<string> PutBlobAsync()
    {
        using var container = await Account.BlobAsync(HttpMethod.Put, "/leases?restype=container", now: T);
        using var blob = await Account.BlobAsync(HttpMethod.Put, "/leases/scheduler", "held", T, ("x-ms-blob-type", "BlockBlob"));
        Assert.Equal(HttpStatusCode.Created, blob.StatusCode);
        return blob.Headers.ETag!.Tag;
    }

    private Task<HttpResponseMessage> AcquireAsync(DateTimeOffset now) =>
        Account.BlobAsync(HttpMethod.Put, "/leases/scheduler?comp=lease", null, now, ("x-ms-lease-action", "acquire"), ("x-ms-lease-duration", "15"));
}
