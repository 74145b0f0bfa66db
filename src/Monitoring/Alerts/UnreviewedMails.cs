using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitoring.Storage;

namespace Monitoring.Alerts;

/// <summary>What a recipient was mailed before any editor looked, and since when it waits.</summary>
/// <param name="Record">Its key.</param>
/// <param name="Fact">What the mail says.</param>
/// <param name="Page">Where it is judged, from the root.</param>
public sealed record UnreviewedMail(string Record, string RecipientId, Reason Fact, string Page, DateTimeOffset Mailed);

/// <summary>
/// Mails that went out unreviewed and still are. Table <c>MailsUnreviewed</c>: one partition, row = record and recipient; queries served: all, those of a record. There are as
/// many as editors leave lying.
/// </summary>
public sealed class UnreviewedMails(ITables tables)
{
    /// <summary>So long an editor has, before it is said that nobody looked.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    /// <summary>So long digests remind of it, each day; after that it stands on our page only.</summary>
    public static readonly TimeSpan Reminded = TimeSpan.FromDays(8);

    private const string Partition = "mailed";
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IEntityTable _mails = tables.Open("MailsUnreviewed");

    public Task AddAsync(string record, string recipientId, AlertRecord alert, DateTimeOffset mailed, CancellationToken cancellationToken) =>
        _mails.AddAsync(
            new Entity(Partition, $"{Keys.Safe(record)}~{recipientId}").Set("Record", record).Set("Fact", JsonSerializer.Serialize(alert.Fact, Readable)).Set("Page", alert.Page).Set("Mailed", mailed),
            cancellationToken);

    /// <summary>After an editor looked, or the program took it back.</summary>
    public async Task RemoveAsync(string record, CancellationToken cancellationToken)
    {
        await foreach (var row in _mails.QueryAsync(RangeQuery.StartingWith(Partition, Keys.Safe(record) + "~") with { Columns = [] }, cancellationToken))
        {
            await _mails.DeleteAsync(row.Key, etag: null, cancellationToken);
        }
    }

    /// <summary>Those that were mailed then or before; nobody has looked, and nobody will.</summary>
    public async Task RemoveOlderAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await foreach (var row in _mails.QueryAsync(new RangeQuery(Partition), cancellationToken))
        {
            await (row.NeedTime("Mailed") <= before ? _mails.DeleteAsync(row.Key, etag: null, cancellationToken) : Task.CompletedTask);
        }
    }

    /// <summary>Those that wait for longer than <see cref="Patience"/>.</summary>
    public async IAsyncEnumerable<UnreviewedMail> ListAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _mails.QueryAsync(new RangeQuery(Partition), cancellationToken))
        {
            if (now - row.NeedTime("Mailed") > Patience)
            {
                yield return new UnreviewedMail(
                    row.NeedText("Record"),
                    row.Key.Row[(row.Key.Row.LastIndexOf('~') + 1)..],
                    JsonSerializer.Deserialize<Reason>(row.NeedText("Fact"), Readable) ?? throw new StoredRowException(row.Key, "Fact"),
                    row.NeedText("Page"),
                    row.NeedTime("Mailed"));
            }
        }
    }
}
