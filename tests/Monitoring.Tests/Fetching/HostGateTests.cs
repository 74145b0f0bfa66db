using Monitoring.Fetching;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Fetching;

public sealed class HostGateTests : IAsyncLifetime
{
    private const string Host = "site.kz";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private SqliteEngine _engine = null!;

    public Task InitializeAsync()
    {
        _engine = Create();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task A_host_nobody_visits_is_entered() => Assert.Null(await EnterAsync(Gate(), Now));

    [Fact]
    public async Task One_visit_at_a_time_enters_also_of_another_instance()
    {
        await EnterAsync(Gate(), Now);

        Assert.Equal(Now.AddSeconds(2), await EnterAsync(Gate(), Now));
    }

    [Fact]
    public async Task Hosts_do_not_wait_for_each_other()
    {
        var gate = Gate();
        await EnterAsync(gate, Now);

        Assert.Null(await EnterAsync(gate, Now, "www.site.kz"));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public async Task A_visit_that_died_is_over_after_the_longest_time(int seconds, bool enters)
    {
        await EnterAsync(Gate(), Now);

        Assert.Equal(enters, await EnterAsync(Gate(), Now.AddSeconds(seconds)) is null);
    }

    [Theory]
    [InlineData(true)] // the instance remembers
    [InlineData(false)] // the row says it
    public async Task After_a_visit_the_pause_is_kept(bool isSameInstance)
    {
        var gate = Gate();
        await EnterAsync(gate, Now);
        await gate.LeaveAsync(Host, Now.AddSeconds(5), CancellationToken.None);
        var next = isSameInstance ? gate : Gate();

        Assert.Equal(Now.AddSeconds(5), await EnterAsync(next, Now.AddSeconds(4)));
        Assert.Null(await EnterAsync(next, Now.AddSeconds(5)));
    }

    [Fact]
    public async Task Of_many_at_once_one_enters()
    {
        var entered = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => EnterAsync(Gate(), Now))));

        Assert.Equal(1, entered.Count(notBefore => notBefore is null));
    }

    private static SqliteEngine Create() => new(new TestClock());

    private static Task<DateTimeOffset?> EnterAsync(HostGate gate, DateTimeOffset now, string host = Host) => gate.EnterAsync(host, now, Longest, CancellationToken.None);

    private HostGate Gate() => new(_engine.Tables);
}
