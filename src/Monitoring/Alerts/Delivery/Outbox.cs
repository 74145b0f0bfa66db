using System.Runtime.CompilerServices;
using System.Text.Json;
using Monitoring.Alerts.Mails;
using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.Alerts.Delivery;

/// <param name="Text">The plain-text part.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Language">Of the mail's own words.</param>
public sealed record MailContent(string Text, string Html, string Language)
{
    /// <summary>With a line before all others: it may have come before.</summary>
    public MailContent AsRepeat()
    {
        var note = Texts.Of(Language)["repeat.sentence"];
        return this with { Text = MailPlainText.Before(Text, note), Html = MailHtml.Before(Html, note) };
    }
}

/// <summary>
/// Mails written down before anything is sent. Contents: blobs <c>mails/&lt;recipient&gt;/&lt;mail&gt;.json</c>. Table <c>Mails</c>: partition = recipient, row =
/// mail id; query served: one mail. Table <c>MailList</c>: partition <c>all</c>, row = newest first; query served: all mails by time. Table
/// <c>MailsPending</c>: one partition, row = mail key; query served: what is still to be sent.
/// </summary>
public sealed class Outbox(ITables tables, IBlobStore blobs, IWorkQueue queue)
{
    public const string SendMail = "send-mail";

    private const string PendingPartition = "pending";
    private const string ListPartition = "all";

    private readonly IEntityTable _mails = tables.Open("Mails");
    private readonly IEntityTable _list = tables.Open("MailList");
    private readonly IEntityTable _pending = tables.Open("MailsPending");

    /// <summary>
    /// Writes a mail down and asks for it to be sent: content, mail, list row, pending row, work item. Adding it again finishes what a crash left
    /// undone, and changes nothing when all is done.
    /// </summary>
    public async Task AddAsync(Mail mail, MailContent content, CancellationToken cancellationToken)
    {
        // What was told long ago may have lost its content; it is not written again.
        if (await GetAsync(mail.RecipientId, mail.MailId, cancellationToken) is { State: not MailState.Pending })
        {
            return;
        }

        using var json = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(content));
        await blobs.PutAsync(BlobName(mail.RecipientId, mail.MailId), json, BlobCondition.CreateOnly, cancellationToken);
        if (await _mails.AddAsync(mail.ToRow(), cancellationToken) is AddResult.AlreadyThere)
        {
            mail = await GetAsync(mail.RecipientId, mail.MailId, cancellationToken) ?? mail;
        }

        if (mail.State is MailState.Pending)
        {
            await _list.PutAsync(new Entity(ListKey(mail)), cancellationToken);
            await AskAsync(mail, cancellationToken);
        }
    }

    /// <summary>Sends a mail that is over once more, because somebody asked for that: the same words under the same id.</summary>
    /// <returns>False if it is not over, or changed meanwhile, or what it said was removed.</returns>
    public async Task<bool> ResendAsync(Mail mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var again = mail with { State = MailState.Pending, Since = now, NotBefore = null, Attempts = 0, IsRepeat = true };
        if (!mail.IsOver || await GetContentLengthAsync(mail, cancellationToken) == 0 || await SaveAsync(again.Noting(now, "asked for once more"), cancellationToken) is null)
        {
            return false;
        }

        await AskAsync(mail, cancellationToken);
        return true;
    }

    /// <summary>Takes back a mail that nobody began to send.</summary>
    /// <returns>False if it is too late.</returns>
    public async Task<bool> WithdrawAsync(Mail mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (mail.State is not MailState.Pending)
        {
            return mail.State is MailState.Withdrawn;
        }

        const string Why = "what it tells was taken back";
        if (await SaveAsync((mail with { State = MailState.Withdrawn, Since = now, Reason = Why }).Noting(now, "withdrawn: " + Why), cancellationToken) is null)
        {
            return await GetAsync(mail.RecipientId, mail.MailId, cancellationToken) is { } stored && await WithdrawAsync(stored, now, cancellationToken);
        }

        await RemovePendingAsync(mail, cancellationToken);
        return true;
    }

    public async Task<Mail?> GetAsync(string recipientId, string mailId, CancellationToken cancellationToken) =>
        await _mails.GetAsync(new EntityKey(recipientId, mailId), columns: null, cancellationToken) is { } row ? Mail.FromRow(row) : null;

    /// <summary>By <see cref="Mail.Key"/>; null if there is none or the text is no key.</summary>
    public Task<Mail?> GetAsync(string key, CancellationToken cancellationToken) =>
        key.Split('.') is [{ Length: > 0 } recipient, { Length: > 0 } mail] && !key.AsSpan().ContainsAnyExcept(Keys.Allowed)
            ? GetAsync(recipient, mail, cancellationToken)
            : Task.FromResult<Mail?>(null);

    public async Task<MailContent?> GetContentAsync(Mail mail, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.OpenAsync(BlobName(mail.RecipientId, mail.MailId), cancellationToken);
        return stream is null ? null : await JsonSerializer.DeserializeAsync<MailContent>(stream, cancellationToken: cancellationToken);
    }

    /// <summary>Saves a new state, if nobody else did since the mail was read; the mail with its new ETag, or null.</summary>
    public async Task<Mail?> SaveAsync(Mail mail, CancellationToken cancellationToken)
    {
        var row = mail.ToRow();
        return await _mails.ReplaceAsync(row, cancellationToken) is SaveResult.Saved ? mail with { ETag = row.ETag } : null;
    }

    /// <summary>After a mail was sent or has failed for good.</summary>
    public Task RemovePendingAsync(Mail mail, CancellationToken cancellationToken) =>
        _pending.DeleteAsync(new EntityKey(PendingPartition, mail.Key), etag: null, cancellationToken);

    public async IAsyncEnumerable<string> ListPendingAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _pending.QueryAsync(new RangeQuery(PendingPartition), cancellationToken))
        {
            yield return row.Key.Row;
        }
    }

    /// <summary>Mails newest first, from after <paramref name="after"/> (a list key of an earlier page, or null).</summary>
    /// <param name="recipientId">Of whom; null: of all. The list is looked through for them.</param>
    /// <returns>The mails, and the key to continue after; null at the end.</returns>
    public async Task<(IReadOnlyList<Mail> Mails, string? Next)> ListAsync(string? after, int take, CancellationToken cancellationToken, string? recipientId = null)
    {
        var mails = new List<Mail>();
        var last = (string?)null;
        var query = new RangeQuery(ListPartition) { From = after is null ? null : after + "-", Take = recipientId is null ? take + 1 : null };
        await foreach (var row in _list.QueryAsync(query, cancellationToken))
        {
            if (recipientId is not null && !KeyIn(row.Key.Row).StartsWith(recipientId + ".", StringComparison.Ordinal))
            {
                continue;
            }

            if (mails.Count == take)
            {
                return (mails, last);
            }

            last = row.Key.Row;
            if (await GetAsync(KeyIn(last), cancellationToken) is { } mail)
            {
                mails.Add(mail);
            }
        }

        return (mails, null);
    }

    /// <summary>Mails made before <paramref name="before"/> that are over (sent or given up), newest first.</summary>
    public async IAsyncEnumerable<Mail> ListOverAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _list.QueryAsync(new RangeQuery(ListPartition) { From = Keys.NewestFirst(before) }, cancellationToken))
        {
            if (await GetAsync(KeyIn(row.Key.Row), cancellationToken) is { IsOver: true } mail)
            {
                yield return mail;
            }
        }
    }

    /// <summary>
    /// Removes what a mail that is over said: the words of its row, the content, then its place in the list, by which a run after a crash finds it
    /// again. The row itself stays: by its key nothing is told twice.
    /// </summary>
    /// <returns>The bytes of the content.</returns>
    public async Task<long> EmptyAsync(Mail mail, CancellationToken cancellationToken)
    {
        await SaveAsync(mail with { Subject = "", Why = null }, cancellationToken);
        var length = await GetContentLengthAsync(mail, cancellationToken);
        await blobs.DeleteAsync(BlobName(mail.RecipientId, mail.MailId), cancellationToken);
        await _list.DeleteAsync(ListKey(mail), etag: null, cancellationToken);
        return length;
    }

    /// <summary>Bytes; 0 if the content was removed.</summary>
    public async Task<long> GetContentLengthAsync(Mail mail, CancellationToken cancellationToken) =>
        (await blobs.GetPropertiesAsync(BlobName(mail.RecipientId, mail.MailId), cancellationToken))?.Length ?? 0;

    private async Task AskAsync(Mail mail, CancellationToken cancellationToken)
    {
        await _pending.PutAsync(new Entity(PendingPartition, mail.Key), cancellationToken);
        await queue.EnqueueAsync(new WorkItem(SendMail, mail.Key), TimeSpan.Zero, cancellationToken);
    }

    private static EntityKey ListKey(Mail mail) => new(ListPartition, $"{Keys.NewestFirst(mail.CreatedAt)}.{mail.Key}");

    /// <summary>The mail's key in the key of its list row.</summary>
    private static string KeyIn(string listRow) => listRow[(listRow.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static string BlobName(string recipientId, string mailId) => $"mails/{recipientId}/{mailId}.json";
}
