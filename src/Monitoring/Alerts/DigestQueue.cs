using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitoring.Storage;

namespace Monitoring.Alerts;

/// <summary>Which of a recipient's digests says something. What stands in the daily one includes what is to be summed up after a storm.</summary>
public enum DigestLane
{
    Daily,
    Hourly,
    Weekly,
}

/// <summary>What a digest is to say, and what became of it so far.</summary>
public sealed record QueuedAlert
{
    public required DigestLane Lane { get; init; }

    public required AlertRecord Record { get; init; }

    /// <summary>Its place among what the recipient was told of the matter.</summary>
    public int Number { get; init; }

    /// <summary>Of the mail of its own that tells it, or of the summary of a storm; null if there is none.</summary>
    public string? MailId { get; init; }

    /// <summary>Waits for the summary of a storm.</summary>
    public bool IsForSummary { get; init; }

    /// <summary>Of the last digest that says it; null if none does.</summary>
    public string? SaidBy { get; init; }

    internal string Row => DigestQueue.Row(Lane, Record.Key);

    internal string? ETag { get; init; }
}

/// <summary>
/// What each recipient's next digests will say. Table <c>DigestQueue</c>: partition = recipient, row = hash of the alert's key, for hourly and weekly ones with a letter before it;
/// query served: all of a recipient and lane. Rows are written when something is found, marked with the digest that says it, and removed when that has arrived as far as
/// can be known: so nothing falls between two digests. Table <c>DigestTold</c>: the same keys, of what was told.
/// </summary>
public sealed class DigestQueue(ITables tables)
{
    /// <summary>The work that composes a digest: its subject is a recipient and one of its digests.</summary>
    public const string ComposeWork = "compose-digest";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IEntityTable _queue = tables.Open("DigestQueue");
    private readonly IEntityTable _told = tables.Open("DigestTold");

    /// <summary>Puts a record in the next digest, unless one has said it already.</summary>
    public async Task AddAsync(string recipientId, QueuedAlert alert, CancellationToken cancellationToken)
    {
        if (await _told.GetAsync(new EntityKey(recipientId, alert.Row), columns: [], cancellationToken) is null)
        {
            var row = new Entity(recipientId, alert.Row)
                .Set("Record", JsonSerializer.Serialize(alert.Record, Readable))
                .Set("Number", alert.Number)
                .Set("MailId", alert.MailId)
                .Set("ForSummary", alert.IsForSummary ? true : null);
            await _queue.AddAsync(row, cancellationToken);
        }
    }

    /// <summary>Whether a digest has said it or the next one will.</summary>
    public async Task<bool> HoldsAsync(string recipientId, string alertKey, CancellationToken cancellationToken)
    {
        var key = new EntityKey(recipientId, Row(DigestLane.Daily, alertKey));
        return await _told.GetAsync(key, columns: [], cancellationToken) is not null || await _queue.GetAsync(key, columns: [], cancellationToken) is not null;
    }

    public async IAsyncEnumerable<QueuedAlert> ListAsync(string recipientId, DigestLane lane, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _queue.QueryAsync(Range(recipientId, lane), cancellationToken))
        {
            yield return new QueuedAlert
            {
                Lane = lane,
                Record = JsonSerializer.Deserialize<AlertRecord>(row.NeedText("Record"), Readable) ?? throw new StoredRowException(row.Key, "Record"),
                Number = (int)(row.GetNumber("Number") ?? 0),
                MailId = row.GetText("MailId"),
                IsForSummary = row.GetFlag("ForSummary") ?? false,
                SaidBy = row.GetText("SaidBy"),
                ETag = row.ETag,
            };
        }
    }

    /// <summary>After a digest that says them is written down. What changed meanwhile is left as it is.</summary>
    public Task SaidAsync(string recipientId, IEnumerable<QueuedAlert> alerts, string mailId, CancellationToken cancellationToken) =>
        MarkAsync(recipientId, alerts, row => row.Set("SaidBy", mailId), cancellationToken);

    /// <summary>After the summary of a storm that tells them is written down.</summary>
    public Task SummedUpAsync(string recipientId, IEnumerable<QueuedAlert> alerts, string mailId, CancellationToken cancellationToken) =>
        MarkAsync(recipientId, alerts, row => row.Set("ForSummary", false).Set("MailId", mailId), cancellationToken);

    /// <summary>After the digest that says them has arrived: first noted as told, then removed.</summary>
    public async Task RemoveAsync(string recipientId, IEnumerable<QueuedAlert> alerts, CancellationToken cancellationToken)
    {
        foreach (var chunk in alerts.Select(alert => alert.Row).Chunk(StorageLimits.BatchOperations))
        {
            await _told.BatchAsync([.. chunk.Select(row => TableOperation.Put(new Entity(recipientId, row)))], cancellationToken);
            await _queue.ApplyEachAsync(chunk.Select(row => TableOperation.Delete(new EntityKey(recipientId, row))), cancellationToken);
        }
    }

    internal static string Row(DigestLane lane, string alertKey) => Prefix(lane) + Keys.Hash(alertKey);

    private static RangeQuery Range(string recipientId, DigestLane lane) =>
        lane is DigestLane.Daily ? new RangeQuery(recipientId) { Before = "g" } : RangeQuery.StartingWith(recipientId, Prefix(lane));

    /// <summary>Hashes are hexadecimal: the letters that stand before those of other lanes sort after all of them.</summary>
    private static string Prefix(DigestLane lane) => lane switch
    {
        DigestLane.Hourly => "h.",
        DigestLane.Weekly => "w.",
        _ => "",
    };

    private Task MarkAsync(string recipientId, IEnumerable<QueuedAlert> alerts, Func<Entity, Entity> mark, CancellationToken cancellationToken) =>
        _queue.ApplyEachAsync(alerts.Select(alert => TableOperation.Merge(mark(new Entity(recipientId, alert.Row) { ETag = alert.ETag }))), cancellationToken);
}
