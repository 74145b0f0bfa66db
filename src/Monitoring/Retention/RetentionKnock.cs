using Monitoring.Work;

namespace Monitoring.Retention;

/// <summary>The timer's pass: once a day, in pieces if it takes long.</summary>
public sealed class RetentionKnock(RetentionPass pass, RetentionPlaceStore places, RetentionOptions options, TimeProvider time) : IKnock
{
    /// <summary>A little less than a day, so that a daily timer always finds it due and a restart does not.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromHours(20);

    private static readonly TimeSpan NoteAfter = TimeSpan.FromSeconds(30);

    public string Name => "Retention";

    public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var from = await places.GetAsync(cancellationToken);
        if (from.Rule is null && started - from.CompletedAt < Rest)
        {
            return new JobResult.NothingDue();
        }

        var (isComplete, noted) = (true, started);
        var report = await pass.RunAsync(dryRun: false, from, DoneAsync, cancellationToken);
        if (isComplete)
        {
            await places.PutAsync(new RetentionPlace(time.GetUtcNow(), Rule: null, Part: null), cancellationToken);
        }

        return new JobResult.Done(isComplete ? report.ToString() : $"{report}; to be continued");

        async Task<bool> DoneAsync(int done, int all, RetentionPlace place)
        {
            var now = time.GetUtcNow();
            isComplete = done == all || now - started < options.LongestRun;
            if (!isComplete || now - noted >= NoteAfter)
            {
                noted = now;
                await places.PutAsync(place, cancellationToken);
            }

            return isComplete;
        }
    }
}
