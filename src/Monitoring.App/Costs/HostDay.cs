namespace Monitoring.App.Costs;

/// <summary>
/// What the Functions host itself asks of the storage account. It is not ours to count, so this is an estimate:
/// 1. each queue is looked into every <see cref="PollEvery"/> while it is empty; each message is received and removed; after each lot of messages the host
/// looks again at growing pauses from a tenth of a second, some six times;
/// 2. each timer holds a lease for a minute and renews it at half of that; timers slower than a minute write down each run;
/// 3. each instance asks every ten seconds who is the first of them; a function that no visitor calls has an instance of its own.
/// </summary>
internal static class HostDay
{
    /// <summary>Messages that an instance takes at a time: <c>batchSize</c> in host.json.</summary>
    public const double BatchSize = 8;

    private const double LooksAfterMessages = 6;

    /// <summary><c>maxPollingInterval</c> in host.json.</summary>
    public static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan RenewTimerEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskFirstEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestNoted = TimeSpan.FromMinutes(1);

    public static StorageUse Of(IReadOnlyList<FunctionDay> timers, IReadOnlyList<FunctionDay> queues) => new(
        BlobWrites: timers.Where(timer => timer.Runs <= Day / ShortestNoted).Sum(timer => timer.Runs),
        BlobReads: timers.Count * (Day / RenewTimerEvery) + (timers.Count + queues.Count) * (Day / AskFirstEvery),
        Queues: queues.Count * (Day / PollEvery) + queues.Sum(queue => 2 * queue.Runs + LooksAfterMessages * queue.Runs / queue.Together));
}
