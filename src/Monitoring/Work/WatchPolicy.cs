namespace Monitoring.Work;

/// <param name="Job">A timer job, or the work of a queue.</param>
/// <param name="Within">How long ago its last success may be.</param>
/// <param name="Succeeded">Its last success; null if it never had one.</param>
public sealed record WatchedJob(string Job, TimeSpan Within, DateTimeOffset? Succeeded);

/// <summary>What operators were told of a job that is late.</summary>
/// <param name="Since">Its last success before, or when it was first looked for.</param>
public sealed record ToldLate(DateTimeOffset Since, DateTimeOffset ToldAt);

public enum WatchNews
{
    /// <summary>It keeps its promise, or that it does not was told.</summary>
    None,
    Late,

    /// <summary>Late for another day.</summary>
    StillLate,
    WorksAgain,
}

/// <summary>When operators are told that a job has not succeeded within its promise: once, again each day while it lasts, and when it works again. Pure.</summary>
public static class WatchPolicy
{
    private static readonly TimeSpan Again = TimeSpan.FromDays(1);

    /// <param name="firstLook">When anybody first looked: a job that never succeeded is late from then on.</param>
    public static WatchNews Judge(WatchedJob job, DateTimeOffset firstLook, ToldLate? told, DateTimeOffset now)
    {
        var isLate = now - Since(job, firstLook) > job.Within;
        return (isLate, told) switch
        {
            (true, null) => WatchNews.Late,
            (true, { ToldAt: var at }) when now - at >= Again => WatchNews.StillLate,
            (false, not null) => WatchNews.WorksAgain,
            _ => WatchNews.None,
        };
    }

    public static DateTimeOffset Since(WatchedJob job, DateTimeOffset firstLook) => job.Succeeded ?? firstLook;
}
