using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Monitoring.App.Hosting.Functions;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Hosting.Functions;

/// <summary>The process listens before its store is open. Until then the host and visitors are told to come again; an operator is told why.</summary>
public sealed class StoreOpeningTests : IAsyncLifetime
{
    private static readonly StorageUnavailableException Unreachable = new(StorageProblem.Unreachable, "The table service press refuses connections.");

    private readonly TestClock _clock = new();
    private readonly LogLines<StoreOpening> _log = new();
    private readonly StoreOpening _opening;
    private HandlerKit? _kit;

    public StoreOpeningTests() => _opening = new StoreOpening(_clock, _log);

    public async Task InitializeAsync() => _kit = await HandlerKit.StartAsync(_clock);

    public Task DisposeAsync() => _kit!.DisposeAsync().AsTask();

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_asked_again_until_it_opens()
    {
        var attempts = 0;
        var opened = _opening.OpenAsync(_ => ++attempts < 4 ? throw Unreachable : Task.FromResult<IDisposable>(new MemoryStream()), CancellationToken.None);

        for (var tried = 1; tried < 4; tried++)
        {
            Assert.Equal((tried, false), (attempts, opened.IsCompleted));
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        await opened;
        Assert.Equal(4, attempts);
        Assert.Equal(Enumerable.Repeat("Error: The store cannot be opened yet: The table service press refuses connections.", 3), _log.Lines);
        Assert.True(await _opening.IsOpenAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(StorageProblem.TooNew)]
    [InlineData(StorageProblem.Unfinished)]
    public async Task A_store_that_must_not_be_used_ends_the_process(StorageProblem problem)
    {
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => _opening.OpenAsync(_ => throw new StorageUnavailableException(problem, "Newer."), CancellationToken.None));

        Assert.Equal(problem, failure.Problem);
    }

    [Fact]
    public async Task Until_then_a_visitor_is_told_to_come_again()
    {
        var visit = CallAsync("GET", "/review", passedOn: true);

        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(visit.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((503, ""), await visit);
    }

    [Fact]
    public async Task Until_then_a_function_fails_so_that_the_host_keeps_the_message()
    {
        var call = CallAsync("POST", "/VisitSource", passedOn: false);

        _clock.Advance(TimeSpan.FromSeconds(30));

        var (status, body) = await call;
        Assert.Equal(500, status);
        Assert.Equal("VisitSource: the store is not open yet", JsonDocument.Parse(body).RootElement.GetProperty("Logs")[0].GetString());
    }

    [Fact]
    public async Task Until_then_the_probe_is_answered_at_once()
    {
        Assert.Equal((200, "ok"), await CallAsync("GET", "/", passedOn: false));
    }

    [Fact]
    public async Task Whoever_waits_when_it_opens_goes_on()
    {
        var visit = CallAsync("GET", "/review", passedOn: true);

        await _opening.OpenAsync(_ => Task.FromResult<IDisposable>(new MemoryStream()), CancellationToken.None);

        Assert.Equal((200, "page"), await visit);
    }

    [Fact]
    public async Task A_role_that_is_missing_is_named()
    {
        using var enough = new CancellationTokenSource();
        await using var service = new FakeStorage(_ =>
        {
            enough.CancelAfter(TimeSpan.Zero);
            return Task.FromResult<StorageReply>(new StorageReply.Answer(403, "", "x-ms-error-code: AuthorizationPermissionMismatch"));
        });
        var endpoint = $"http://127.0.0.1:{service.Port}/press";
        using var folder = new TempFolder();
        await using var station = TestStation.Open(folder, TimeProvider.System, adjust: null, ("Storage__Engine", "Azure"),
            ("Storage__ConnectionString", $"AccountName=press;AccountKey={FakeAccount.Secret};TableEndpoint={endpoint};BlobEndpoint={endpoint};QueueEndpoint={endpoint}"));

        var refused = _opening.OpenAsync(_ => station.OpenAsWorkerAsync(CancellationToken.None), enough.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refused);
        Assert.Contains("the identity lacks the role Storage Table Data Contributor", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    private async Task<(int Status, string Body)> CallAsync(string method, string path, bool passedOn)
    {
        var context = new DefaultHttpContext { Request = { Method = method, Path = path, Body = new MemoryStream("{}"u8.ToArray()) }, Response = { Body = new MemoryStream() } };
        if (passedOn)
        {
            context.Request.Headers["x-ms-invocation-id"] = "1";
        }

        await new HostDoor(page => page.Response.WriteAsync("page"), _kit!.Station.Get<FunctionRuns>(), _opening).InvokeAsync(context);
        return (context.Response.StatusCode, Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray()));
    }
}
