using System.Collections.Concurrent;
using System.Diagnostics;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>What OpenTelemetry gets to see: one activity for each operation, and nothing of what is stored.</summary>
public sealed class ActivityTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _seen = new();
    private readonly ActivitySource _test = new("test");
    private readonly ActivityListener _listener;
    private readonly Activity _root;

    public ActivityTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Monitoring.Storage" or "test" || source.Name.StartsWith("Azure", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _seen.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        _root = _test.StartActivity("root")!;
    }

    public void Dispose()
    {
        _root.Dispose();
        _listener.Dispose();
        _test.Dispose();
    }

    [Theory]
    [InlineData("Table.Put", "Things")]
    [InlineData("Blob.Put", "monitoring")]
    [InlineData("Queue.Put", "visit-source")]
    public async Task An_operation_is_one_activity_over_all_its_attempts(string operation, string subject)
    {
        await using var server = FakeStorage.Saying(new StorageReply.Answer(503), new StorageReply.Answer(operation is "Table.Put" ? 204 : 201, "", "ETag: W/\"1\""));
        using var account = new FakeAccount(server);

        await account.RunAsync(operation);

        var activity = Assert.Single(Mine());
        Assert.Equal(operation, activity.OperationName);
        Assert.Equal(ActivityKind.Client, activity.Kind);
        var expected = new Dictionary<string, object?>
        {
            ["az.namespace"] = "Microsoft.Storage",
            ["db.collection.name"] = subject,
            ["server.address"] = "127.0.0.1",
            ["http.response.status_code"] = operation is "Table.Put" ? 204 : 201,
        };
        Assert.Equal(expected, activity.TagObjects.ToDictionary());
    }

    [Fact]
    public async Task An_operation_without_an_answer_is_an_error()
    {
        using var account = new FakeAccount(FakeAccount.Somewhere(), new Monitoring.Storage.AzureStorage.StorageClientOptions { MaxRetries = 0, Transport = FakeAccount.Failing(new IOException(FakeAccount.SecretRow)) });

        await Record.ExceptionAsync(() => account.RunAsync("Table.Get"));

        var activity = Assert.Single(Mine());
        Assert.Equal(ActivityStatusCode.Error, activity.Status);
        Assert.DoesNotContain(FakeAccount.SecretRow, activity.StatusDescription + string.Join(' ', activity.TagObjects), StringComparison.Ordinal);
    }

    /// <summary>Other tests run beside.</summary>
    private IEnumerable<Activity> Mine() => _seen.Where(activity => activity.TraceId == _root.TraceId);
}
