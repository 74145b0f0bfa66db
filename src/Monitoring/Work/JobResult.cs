namespace Monitoring.Work;

/// <summary>What a job answers when it ends normally; a broken environment or a bug throws instead.</summary>
public abstract record JobResult
{
    private JobResult()
    {
    }

    /// <summary>The work is done and its consequences are stored.</summary>
    public sealed record Done(string Summary) : JobResult;

    /// <summary>The rows say that nothing has to be done: a repeated or stale message.</summary>
    public sealed record NothingDue : JobResult;

    /// <summary>May not run yet (politeness): come again after this time. No job sleeps.</summary>
    public sealed record NotNow(TimeSpan After) : JobResult;
}
