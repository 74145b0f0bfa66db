namespace Monitoring.Tests.Support;

/// <summary>A clock that stands until a test moves it; timers fire while it moves.</summary>
internal sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = start;

    public TestClock() : this(new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, firing every timer that comes due, in order.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _now = end;
        }
    }

    /// <summary>Moves on from timer to timer until the work is done; while none is set the work is at work.</summary>
    public async Task<T> FinishAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            NextDue(DateTimeOffset.MaxValue)?.Fire();
            await Task.Yield();
        }

        return await work;
    }

    /// <summary>
    /// Does work that waits for nothing but this clock: on this thread alone, and so in the same order every time. Moves on when all of it waits.
    /// </summary>
    public T Run<T>(Func<Task<T>> work)
    {
        var (before, alone) = (SynchronizationContext.Current, new OneThread());
        SynchronizationContext.SetSynchronizationContext(alone);
        try
        {
            var running = work();
            while (!running.IsCompleted)
            {
                if (!alone.RunNext())
                {
                    (NextDue(DateTimeOffset.MaxValue) ?? throw new InvalidOperationException("The work waits for something else than the clock.")).Fire();
                }
            }

            return running.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Waits until so many timers are set that fire after this time.</summary>
    public async Task TimersAsync(int count, TimeSpan after)
    {
        while (!AreSet())
        {
            await Task.Yield();
        }

        bool AreSet()
        {
            lock (_gate)
            {
                return _timers.Count(timer => timer.Due == _now + after) >= count;
            }
        }
    }

    private Timer? NextDue(DateTimeOffset end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is not null && next.Due > _now)
            {
                _now = next.Due!.Value;
            }

            return next;
        }
    }

    private sealed class OneThread : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();

        public override void Post(SendOrPostCallback d, object? state)
        {
            lock (_posted)
            {
                _posted.Enqueue((d, state));
            }
        }

        /// <returns>False if nothing is to be run.</returns>
        public bool RunNext()
        {
            (SendOrPostCallback Callback, object? State) next;
            lock (_posted)
            {
                if (!_posted.TryDequeue(out next))
                {
                    return false;
                }
            }

            next.Callback(next.State);
            return true;
        }
    }

    private sealed class Timer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? Due { get; private set; }

        public void Fire()
        {
            lock (clock._gate)
            {
                Due = _period > TimeSpan.Zero ? Due + _period : null;
            }

            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                clock._timers.Remove(this);
                clock._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
