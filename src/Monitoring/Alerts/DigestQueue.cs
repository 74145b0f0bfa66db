using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitoring.Storage;

namespace Monitoring.Alerts;

/// <summary>
/// What each recipient's next digest will say. Table <c>DigestQueue</c>: partition = recipient, row = hash of the alert's key; query served: all of a
/// recipient. Rows are written when something is found and removed when a digest that says it is stored, so nothing falls between two digests.
/// </summary>
public sealed class DigestQueue(ITables tables)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IEntityTable _queue = tables.Open("DigestQueue");
    private readonly IEntityTable _told = tables.Open("DigestTold");

    /// <summary>Puts a record in the next digest, unless one has said it already.</summary>
    public async Task AddAsync(string recipientId, AlertRecord record, CancellationToken cancellationToken)
    {
        var row = Row(record.Key);
        if (await _told.GetAsync(new EntityKey(recipientId, row), columns: [], cancellationToken) is null)
        {
            await _queue.PutAsync(new Entity(recipientId, row).Set("Record", JsonSerializer.Serialize(record, Readable)), cancellationToken);
        }
    }

    /// <summary>Whether a digest has said it or the next one will.</summary>
    public async Task<bool> HoldsAsync(string recipientId, string alertKey, CancellationToken cancellationToken)
    {
        var key = new EntityKey(recipientId, Row(alertKey));
        return await _told.GetAsync(key, columns: [], cancellationToken) is not null || await _queue.GetAsync(key, columns: [], cancellationToken) is not null;
    }

    public async IAsyncEnumerable<AlertRecord> ListAsync(string recipientId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _queue.QueryAsync(new RangeQuery(recipientId), cancellationToken))
        {
            yield return JsonSerializer.Deserialize<AlertRecord>(row.NeedText("Record"), Readable) ?? throw new StoredRowException(row.Key, "Record");
        }
    }

    /// <summary>After a digest that says them is stored: first noted as told, then removed.</summary>
    public async Task RemoveAsync(string recipientId, IReadOnlyList<string> alertKeys, CancellationToken cancellationToken)
    {
        foreach (var chunk in alertKeys.Select(Row).Distinct(StringComparer.Ordinal).Chunk(StorageLimits.BatchOperations))
        {
            await _told.BatchAsync([.. chunk.Select(row => TableOperation.Put(new Entity(recipientId, row)))], cancellationToken);
            foreach (var row in chunk)
            {
                await _queue.DeleteAsync(new EntityKey(recipientId, row), etag: null, cancellationToken);
            }
        }
    }

    private static string Row(string alertKey) => Keys.Hash(alertKey);
}
