using Monitoring.Storage;

namespace Monitoring.Items.Stories;

/// <summary>Lets go what was filed longer ago than the window: sketches of texts, then the rows of the index.</summary>
public sealed class StoryWindow(StoryStore store, StoryIndex index)
{
    /// <returns>How many rows of the index went, or would go.</returns>
    public async Task<int> RemoveExpiredAsync(DateTimeOffset now, bool dryRun, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var expired in index.ListExpiredAsync(now, cancellationToken).Chunk(StorageLimits.BatchOperations).WithCancellation(cancellationToken))
        {
            count += expired.Length;
            if (dryRun)
            {
                continue;
            }

            foreach (var entry in expired.Where(entry => entry.Item is not null))
            {
                // One that changed meanwhile was filed anew.
                if (await store.GetItemAsync(entry.Item!.Value, cancellationToken) is { Sketch: not null } filed && filed.Number == entry.Number)
                {
                    await store.SaveItemAsync(filed with { Sketch = null }, cancellationToken);
                }
            }

            await index.RemoveAsync(expired, cancellationToken);
        }

        return count;
    }
}
