using System.ComponentModel.DataAnnotations;

namespace Monitoring.Work;

/// <summary>How work is claimed, and how the standalone program works through its queues. Section <c>Work</c>.</summary>
public sealed class WorkOptions
{
    /// <summary>Pause between two looks into an empty queue. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a message is ours before another worker may take it; renewed while the job runs. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a source or site counts as queued after it was found due: longer than a message normally waits, short enough to recover a lost one.
    /// Default 15 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ClaimFor { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Jobs of one kind at the same time. Default 8.</summary>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 8;

    /// <summary>
    /// How long one of several workers has the turn to start timer jobs before another may take it; renewed at a third of it. A dead worker's turn is taken
    /// over after at most four thirds. 15 s to 60 s, which are the limits of Azure's leases. Default 30 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:15", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ScheduleLease { get; set; } = TimeSpan.FromSeconds(30);
}
