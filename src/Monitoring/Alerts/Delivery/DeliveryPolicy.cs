namespace Monitoring.Alerts.Delivery;

/// <summary>When a mail that could not be sent is tried again. Pure.</summary>
public static class DeliveryPolicy
{
    /// <summary>After this many attempts a mail has failed; operators see it.</summary>
    public const int MaxAttempts = 12;

    /// <summary>1, 2, 4 … minutes, at most an hour: twelve attempts span about seven hours. Null: give up.</summary>
    public static TimeSpan? Pause(int attempts) =>
        attempts >= MaxAttempts ? null : TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, Math.Clamp(attempts - 1, 0, 10))));
}
