namespace Monitoring.Benchmarks.Polling;

/// <summary>The system's clock, set ahead: timers and durations are real, and what is due in an hour can be due now.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
