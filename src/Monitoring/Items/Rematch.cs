using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>What a rematch made of an item.</summary>
public enum Rematched
{
    /// <summary>Its flag is as it was, or it has none as before.</summary>
    Unchanged,
    Flagged,
    Changed,

    /// <summary>It was decided and waits for review again.</summary>
    Reopened,

    /// <summary>It waited for review, and no longer does.</summary>
    Withdrawn,

    /// <summary>It could not be understood; the log says why.</summary>
    Failed,
}

/// <param name="Read">How many stored items were looked at, those the present list had understood included.</param>
public sealed record RematchReport(int Read, IReadOnlyDictionary<Rematched, int> Results)
{
    public int this[Rematched result] => Results.GetValueOrDefault(result);
}

/// <summary>
/// Understands stored items of the sources on the list again, after the list or the rules changed. May be stopped anywhere and run beside a running
/// service or another rematch: what says that an item is done stands at the item, the stored place only spares reading what was read.
/// </summary>
public sealed partial class Rematch(
    ItemStore items, ItemRematch one, ListCompiler compiler, RematchPlaceStore places, TimeProvider time, ILogger<Rematch> logger)
{
    private const int BatchSize = 100;
    private const int AtOnce = 4;

    /// <param name="note">Told before each source and after each batch how many sources of all are done, and how many items were read.</param>
    public async Task<RematchReport> RunAsync(RematchScope scope, Action<int, int, int> note, CancellationToken cancellationToken)
    {
        var (read, results) = (0, new Dictionary<Rematched, int>());
        while (true)
        {
            var compiled = await compiler.GetAsync(cancellationToken);
            var isWhole = true;
            await foreach (var batch in BatchesAsync(scope, compiled, (done, all) => note(done, all, read), cancellationToken))
            {
                if (!scope.DryRun && !await IsPresentAsync(compiled, cancellationToken))
                {
                    isWhole = false;
                    break;
                }

                foreach (var result in await RunAsync(batch.Where(item => IsWanted(item, scope, compiled)), scope, compiled, cancellationToken))
                {
                    results[result] = results.GetValueOrDefault(result) + 1;
                }

                read += batch.Length;

                // After a failure the place stays, so that the next run tries that item again.
                if (!scope.DryRun && !results.ContainsKey(Rematched.Failed))
                {
                    await places.PutAsync(scope, compiled.UnderstoodBy, new RematchPlace(batch[^1].Key.SourceId, batch[^1].Key.ItemId), cancellationToken);
                }
            }

            // A list that changed on the way has been met by some items only, and an older one must not have the last word.
            if (scope.DryRun || (isWhole && await IsPresentAsync(compiled, cancellationToken)))
            {
                await (scope.DryRun || results.ContainsKey(Rematched.Failed) ? Task.CompletedTask : places.EndAsync(scope, compiled.UnderstoodBy, time.GetUtcNow(), cancellationToken));
                return new RematchReport(read, results);
            }
        }
    }

    /// <summary>The stored items after the place where an earlier run was stopped.</summary>
    private async IAsyncEnumerable<Item[]> BatchesAsync(RematchScope scope, CompiledList compiled, Action<int, int> note, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var place = scope.DryRun ? null : await places.GetAsync(scope, compiled.UnderstoodBy, cancellationToken);
        var sources = compiled.List.Sources.Select(source => source.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        for (var done = 0; done < sources.Count; done++)
        {
            note(done, sources.Count);
            if (string.CompareOrdinal(sources[done], place?.SourceId) < 0)
            {
                continue;
            }

            var after = sources[done] == place?.SourceId ? place.ItemId : null;
            await foreach (var batch in items.ListAsync(sources[done], after, cancellationToken).Chunk(BatchSize).WithCancellation(cancellationToken))
            {
                yield return batch;
                note(done, sources.Count);
            }
        }
    }

    private async Task<bool> IsPresentAsync(CompiledList compiled, CancellationToken cancellationToken) =>
        (await compiler.GetAsync(cancellationToken)).UnderstoodBy == compiled.UnderstoodBy;

    private static bool IsWanted(Item item, RematchScope scope, CompiledList compiled) =>
        (scope.All || item.UnderstoodBy != compiled.UnderstoodBy) && (scope.Since is not { } since || item.ContentSeen >= since);

    private async Task<IReadOnlyCollection<Rematched>> RunAsync(IEnumerable<Item> batch, RematchScope scope, CompiledList compiled, CancellationToken cancellationToken)
    {
        var results = new ConcurrentBag<Rematched>();
        await Parallel.ForEachAsync(
            batch,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (item, cancellation) => results.Add(await RunAsync(item, scope, compiled, cancellation)));
        return results;
    }

    private async Task<Rematched> RunAsync(Item item, RematchScope scope, CompiledList compiled, CancellationToken cancellationToken)
    {
        try
        {
            return await one.RunAsync(item, compiled, scope.DryRun, cancellationToken);
        }
        catch (Exception failure) when (failure is not StorageUnavailableException && !cancellationToken.IsCancellationRequested)
        {
            LogFailed(item.Key.ToString(), failure.GetType().Name, failure.StackTrace);
            return Rematched.Failed;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Item {Item} could not be understood again: {Failure}{Stack}")]
    private partial void LogFailed(string item, string failure, string? stack);
}
