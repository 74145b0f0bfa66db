using Microsoft.Extensions.Logging;
using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.Items;

/// <summary>Items of a source could not be understood; the others were. Makes the work item fail visibly while the items stay pending.</summary>
public sealed class ItemsFailedException(int count) : Exception($"{count} items could not be understood.");

/// <summary>Understands what waits of one source. One item that cannot be understood does not stop the others.</summary>
public sealed partial class UnderstandJob(ItemStore items, Understanding understanding, ListCompiler compiler, ILogger<UnderstandJob> logger) : IWorkJob
{
    public const string WorkKind = "understand";

    public string Kind => WorkKind;

    public async Task<JobResult> RunAsync(string subject, CancellationToken cancellationToken)
    {
        var compiled = await compiler.GetAsync(cancellationToken);
        var (understood, flagged, failed) = (0, 0, 0);
        await foreach (var key in items.ListPendingAsync(subject, cancellationToken))
        {
            try
            {
                var result = await understanding.UnderstandAsync(key, compiled, cancellationToken);
                understood++;
                flagged += result is Understood.Unflagged ? 0 : 1;
            }
            catch (Exception failure) when (failure is not StorageUnavailableException && !cancellationToken.IsCancellationRequested)
            {
                LogFailed(key.ToString(), failure.GetType().Name, failure.StackTrace);
                failed++;
            }
        }

        return (understood, failed) switch
        {
            (_, > 0) => throw new ItemsFailedException(failed),
            (0, _) => new JobResult.NothingDue(),
            _ => new JobResult.Done($"{understood} items understood, {flagged} flagged"),
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Item {Item} could not be understood: {Failure}{Stack}")]
    private partial void LogFailed(string item, string failure, string? stack);
}

/// <summary>The sweep: asks for every source that still has items waiting, and for every article that is due, whatever became of their work items.</summary>
public sealed class HousekeepingKnock(ItemStore items, ArticleSweep articles, IWorkQueue queue, TimeProvider time) : IKnock
{
    public string Name => "Housekeeping";

    public async Task<JobResult> RunAsync(CancellationToken cancellationToken)
    {
        var sources = 0;
        var last = "";
        await foreach (var key in items.ListPendingAsync(sourceId: null, cancellationToken))
        {
            // Keys come sorted by source: each source is met in one run.
            if (key.SourceId != last)
            {
                last = key.SourceId;
                await queue.EnqueueAsync(new WorkItem(UnderstandJob.WorkKind, last), TimeSpan.Zero, cancellationToken);
                sources++;
            }
        }

        var due = await articles.EnqueueDueAsync(time.GetUtcNow(), cancellationToken);
        string[] did = [.. sources > 0 ? [$"{sources} sources had items waiting"] : (string[])[], .. due > 0 ? [$"{due} articles are due"] : (string[])[]];
        return did.Length == 0 ? new JobResult.NothingDue() : new JobResult.Done(string.Join(", ", did));
    }
}
