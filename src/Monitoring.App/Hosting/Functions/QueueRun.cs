using System.Diagnostics;
using System.Text;
using Monitoring.Work;

namespace Monitoring.App.Hosting.Functions;

/// <summary>
/// One message of the host's queue trigger. The host removes it after a 2xx and gives it again after anything else, so what we decide about a message is
/// stored before the answer: a crash between the two leaves it to be decided again.
/// </summary>
internal sealed class QueueRun(JobRunner runner, IWorkQueue queue, PoisonStore poison, TimeProvider time)
{
    public async Task<FunctionAnswer> RunAsync(ReceivedWork work, CancellationToken cancellationToken)
    {
        var outcome = Encoding.UTF8.GetByteCount(work.Body) <= WorkItem.MaxBytes
            ? await runner.RunAsync(work, cancellationToken)
            : new WorkOutcome.Poison($"longer than {WorkItem.MaxBytes} bytes");
        return outcome switch
        {
            WorkOutcome.Completed => FunctionAnswer.Done("done"),
            WorkOutcome.Deferred deferred => await PutBackAsync(work, deferred.After, cancellationToken),

            // At the last attempt we still know why; the host would give it up without a reason.
            WorkOutcome.Failed failed when work.DequeueCount >= IWorkQueue.MaxDequeueCount => await GiveUpAsync(work, failed.Reason, cancellationToken),
            WorkOutcome.Failed failed => FunctionAnswer.Failed($"failed: {failed.Reason}"),
            WorkOutcome.Poison given => await GiveUpAsync(work, given.Reason, cancellationToken),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>As a new message that remembers when the first one came; a crash before the answer leaves two, which is harmless.</summary>
    private async Task<FunctionAnswer> PutBackAsync(ReceivedWork work, TimeSpan after, CancellationToken cancellationToken)
    {
        var item = ((WorkItemReading.Newer)WorkItem.Read(work.Body)).Item;
        item = item with { Since = item.Since ?? work.EnqueuedAt };
        if (item.Kind != work.Kind || Encoding.UTF8.GetByteCount(item.Write()) > WorkItem.MaxBytes)
        {
            return await GiveUpAsync(work, $"written by a newer version ({item.Version}), and cannot be put back", cancellationToken);
        }

        await queue.EnqueueAsync(item, after, cancellationToken);
        return FunctionAnswer.Done("of a newer version, put back");
    }

    private async Task<FunctionAnswer> GiveUpAsync(ReceivedWork work, string reason, CancellationToken cancellationToken)
    {
        await poison.PutAsync(work, reason, time.GetUtcNow(), cancellationToken);
        return FunctionAnswer.Done($"given up: {reason}");
    }
}
