using System.Globalization;
using System.Text;
using Monitoring.Work;

namespace Monitoring.Storage.AzureStorage;

/// <summary>
/// The work queue on Azure Queues, one queue for each kind. A receipt carries how many deliveries do not count. Whoever lost a
/// lease finds its receipt refused.
/// </summary>
public sealed class QueueServiceClient : IWorkQueue, IDisposable
{
    private readonly ServiceClient _service;
    private readonly QueueRequests _requests;
    private readonly PoisonStore _poison;
    private readonly TimeProvider _time;

    public QueueServiceClient(StorageAccount account, PoisonStore poison, StorageClientOptions options, TimeProvider time)
    {
        _service = new ServiceClient(StorageServiceKind.Queue, account.Queues, account.Credential, options, time);
        _requests = new QueueRequests(_service);
        (_poison, _time) = (poison, time);
    }

    /// <summary>Makes the queue of a kind if it is missing: the Functions host does not.</summary>
    public Task CreateAsync(string kind, CancellationToken cancellationToken) => _requests.CreateAsync(kind, cancellationToken);

    public Task EnqueueAsync(WorkItem item, TimeSpan visibleAfter, CancellationToken cancellationToken)
    {
        var body = item.Write();
        return Encoding.UTF8.GetByteCount(body) <= WorkItem.MaxBytes
            ? _requests.PutAsync(item.Kind, QueueMessage.Encode(body, deferrals: 0), visibleAfter, cancellationToken)
            : throw new ArgumentException($"A work item is at most {WorkItem.MaxBytes} bytes long.", nameof(item));
    }

    public Task<IReadOnlyList<ReceivedWork>> ReceiveAsync(string kind, int max, TimeSpan lease, CancellationToken cancellationToken) =>
        PoisonStore.ReceiveAsync(
            this,
            max,
            async most => [.. (await _requests.GetAsync(kind, most, lease, cancellationToken)).Select(message => Work(kind, message))],
            cancellationToken);

    public Task<ReceivedWork?> RenewAsync(ReceivedWork work, TimeSpan lease, CancellationToken cancellationToken) =>
        UpdateAsync(work, lease, text: null, cancellationToken);

    public Task<bool> CompleteAsync(ReceivedWork work, CancellationToken cancellationToken) =>
        _requests.DeleteAsync(work.Kind, work.Id, Receipt.Of(work).PopReceipt, cancellationToken);

    public Task ReleaseAsync(ReceivedWork work, TimeSpan after, string reason, CancellationToken cancellationToken) =>
        work.DequeueCount >= IWorkQueue.MaxDequeueCount ? PoisonAsync(work, reason, cancellationToken) : UpdateAsync(work, after, text: null, cancellationToken);

    public Task PoisonAsync(ReceivedWork work, string reason, CancellationToken cancellationToken) =>
        _poison.GiveUpAsync(this, work, reason, _time.GetUtcNow(), cancellationToken);

    public Task DeferAsync(ReceivedWork work, TimeSpan after, CancellationToken cancellationToken)
    {
        var text = QueueMessage.Encode(work.Body, Receipt.Of(work).Deferrals + 1);

        // The longest message has no room for the mark: its attempt counts.
        return UpdateAsync(work, after, text.Length <= WorkItem.MaxBytes / 3 * 4 ? text : null, cancellationToken);
    }

    public async Task<IReadOnlyList<QueueState>> GetStateAsync(CancellationToken cancellationToken)
    {
        var states = new List<QueueState>();
        foreach (var kind in await _requests.ListAsync(cancellationToken))
        {
            if (await _requests.CountAsync(kind, cancellationToken) is > 0 and var count)
            {
                var visible = await _requests.PeekAsync(kind, cancellationToken);
                states.Add(new QueueState(kind, count, visible.Count > 0 ? visible.Min(message => message.InsertedAt) : null));
            }
        }

        return states;
    }

    public IAsyncEnumerable<PoisonedWork> ListPoisonAsync(CancellationToken cancellationToken) => _poison.ListAsync(cancellationToken);

    public Task<bool> RequeuePoisonAsync(string id, CancellationToken cancellationToken) =>
        _poison.RequeueAsync(
            id, poisoned => _requests.PutAsync(poisoned.Kind, QueueMessage.Encode(poisoned.Body, deferrals: 0), TimeSpan.Zero, cancellationToken), cancellationToken);

    public void Dispose() => _service.Dispose();

    private async Task<ReceivedWork?> UpdateAsync(ReceivedWork work, TimeSpan hiddenFor, string? text, CancellationToken cancellationToken)
    {
        var (deferrals, receipt) = Receipt.Of(work);
        return await _requests.UpdateAsync(work.Kind, work.Id, receipt, hiddenFor, text, cancellationToken) is var (next, until)
            ? work with { Receipt = new Receipt(deferrals, next).Write(), LeasedUntil = until }
            : null;
    }

    private static ReceivedWork Work(string kind, QueueMessage message) => new(
        kind, message.Id, new Receipt(message.Deferrals, message.Receipt).Write(), message.Body, message.Attempts, message.InsertedAt, message.NextVisibleAt);

    /// <summary>What the receipt of a received message is made of.</summary>
    private readonly record struct Receipt(int Deferrals, string PopReceipt)
    {
        public static Receipt Of(ReceivedWork work)
        {
            var colon = work.Receipt.IndexOf(':', StringComparison.Ordinal);
            return new Receipt(int.Parse(work.Receipt.AsSpan(0, colon), CultureInfo.InvariantCulture), work.Receipt[(colon + 1)..]);
        }

        public string Write() => string.Create(CultureInfo.InvariantCulture, $"{Deferrals}:{PopReceipt}");
    }
}
