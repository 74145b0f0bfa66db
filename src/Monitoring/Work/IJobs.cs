namespace Monitoring.Work;

/// <summary>A job that a timer starts. It only finds what is due and enqueues it; two at once do no harm.</summary>
public interface IKnock
{
    /// <summary>The name of its timer setting and of its Azure function, e.g. <c>PollFeeds</c>.</summary>
    string Name { get; }

    Task<JobResult> RunAsync(CancellationToken cancellationToken);
}

/// <summary>A job that a work item starts. It may be started twice for one item, also at the same time.</summary>
public interface IWorkJob
{
    /// <summary>The queue it serves, e.g. <c>visit-source</c>.</summary>
    string Kind { get; }

    Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken);
}
