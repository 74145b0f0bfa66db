using Monitoring.App.Hosting;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Hosting;

/// <summary>Of several workers one schedules, and another takes over when it dies.</summary>
public sealed class ScheduleTurnTests : IAsyncDisposable
{
    private static readonly WorkOptions Options = new() { ScheduleLease = TimeSpan.FromSeconds(30) };

    private readonly TestClock _clock = new();
    private readonly MemoryLeases _leases;
    private readonly List<Worker> _workers = [];
    private readonly LogLines<ScheduleTurn> _log = new();

    public ScheduleTurnTests() => _leases = new MemoryLeases(_clock);

    [Fact]
    public void One_of_two_has_the_turn_as_long_as_it_lives()
    {
        var (first, second) = (Start("a"), Start("b"));

        Pass(seconds: 300);

        Assert.Equal((1, 0, true, false), (first.Turns, second.Turns, first.IsAtWork, second.IsAtWork));
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    public void A_dead_holder_is_replaced_after_at_most_four_thirds_of_the_lease(int asksAfter)
    {
        _leases.Take("dead", Options.ScheduleLease);
        Pass(asksAfter);
        var next = Start("b");

        Pass(seconds: 29 - asksAfter);
        Assert.Equal(0, next.Turns);

        Pass(seconds: 11);
        Assert.Equal((1, true), (next.Turns, next.IsAtWork));
    }

    [Fact]
    public async Task Whoever_stops_gives_its_turn_away_at_once()
    {
        var (first, second) = (Start("a"), Start("b"));

        await first.DisposeAsync();

        Assert.Null(_leases.Holder);
        Pass(seconds: 10);

        // After an await the test is in another context, where time's work is done on another thread.
        WaitFor(() => second.IsAtWork);
        Assert.False(first.IsAtWork);
    }

    [Fact]
    public void Whoever_lost_the_turn_stops_its_work_and_waits_for_the_next()
    {
        var worker = Start("a");

        var started = _clock.GetUtcNow();
        _leases.Take("other", Options.ScheduleLease);
        Pass(seconds: 10);
        WaitFor(() => !worker.IsAtWork);
        Assert.Equal(["Warning: Another worker has the turn to schedule"], _log.Lines);

        PassUntil(() => worker is { Turns: 2, IsAtWork: true });
        Assert.True(_clock.GetUtcNow() - started >= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void While_the_store_cannot_be_asked_the_turn_lasts_as_long_as_the_lease_and_no_longer()
    {
        var worker = Start("a");
        _leases.IsOutOfReach = true;

        Pass(seconds: 29);
        Assert.True(worker.IsAtWork);

        Pass(seconds: 1);
        WaitFor(() => !worker.IsAtWork);
        Assert.Contains("Error: The turn to schedule cannot be asked for: storage Unreachable", _log.Lines);

        _leases.IsOutOfReach = false;
        PassUntil(() => worker is { Turns: 2, IsAtWork: true });
    }

    [Fact]
    public void A_store_that_is_out_of_reach_at_the_start_is_asked_again()
    {
        _leases.IsOutOfReach = true;
        var worker = Start("a");
        Assert.False(worker.IsAtWork);

        _leases.IsOutOfReach = false;
        Pass(seconds: 10);

        Assert.True(worker.IsAtWork);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }
    }

    private Worker Start(string holder)
    {
        var worker = new Worker(new ScheduleTurn(_leases, holder, Options, _clock, _log));
        _workers.Add(worker);
        return worker;
    }

    private void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>A turn's end is told to its work on another thread.</summary>
    private static void WaitFor(Func<bool> isSo) => Assert.True(SpinWait.SpinUntil(isSo, TimeSpan.FromSeconds(10)));

    private void PassUntil(Func<bool> isSo) => WaitFor(() =>
    {
        Pass(seconds: 1);
        return isSo();
    });

    private sealed class Worker : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Worker(ScheduleTurn turn) => _running = turn.WhileOursAsync(WorkAsync, _stop.Token);

        public int Turns { get; private set; }

        public bool IsAtWork { get; private set; }

        public async ValueTask DisposeAsync()
        {
            if (!_stop.IsCancellationRequested)
            {
                await _stop.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
                _stop.Dispose();
            }
        }

        private Task WorkAsync(CancellationToken cancellationToken)
        {
            (Turns, IsAtWork) = (Turns + 1, true);
            var ended = new TaskCompletionSource();
            cancellationToken.Register(() =>
            {
                IsAtWork = false;
                ended.SetResult();
            });
            return ended.Task;
        }
    }
}
