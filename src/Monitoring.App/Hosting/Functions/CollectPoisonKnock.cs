using Monitoring.Work;

namespace Monitoring.App.Hosting.Functions;

/// <summary>
/// Messages that the Functions host gave up lie in queues <c>…-poison</c>, where nobody looks: killed five times with the process, or no base64. Brings them
/// to the others that were given up. One timer for all of them, because a trigger of its own for each would be an instance of its own for each.
/// </summary>
internal sealed class CollectPoisonKnock(IEnumerable<IWorkJob> jobs, IWorkQueue queue, PoisonStore poison, TimeProvider time) : IKnock
{
    private const int AtOnce = 32;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    public string Name => "CollectPoison";

    public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
    {
        var collected = 0;
        foreach (var kind in jobs.Select(job => job.Kind))
        {
            while (await queue.ReceiveAsync($"{kind}-poison", AtOnce, Lease, cancellationToken) is { Count: > 0 } given)
            {
                foreach (var work in given)
                {
                    // The row first: a crash between leaves the message, and the next pass writes the same row.
                    await poison.PutAsync(work with { Kind = kind }, "given up by the Functions host after five attempts", time.GetUtcNow(), cancellationToken);
                    await queue.CompleteAsync(work, cancellationToken);
                    collected++;
                }
            }
        }

        return collected == 0 ? new JobResult.NothingDue() : new JobResult.Done($"{collected} messages that the host gave up");
    }
}
