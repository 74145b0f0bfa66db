namespace Monitoring.Availability.Telling;

/// <summary>When people are reminded of an open episode: after 6 h, after 24 h, then daily. Pure.</summary>
public static class Reminders
{
    private static readonly TimeSpan First = TimeSpan.FromHours(6);

    /// <returns>How many reminders are due so long after the opening; only the last of them is told.</returns>
    public static int Due(TimeSpan open) => open < First ? 0 : 1 + (int)open.TotalDays;
}
