using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>An outbox with its jobs on a store of its own, and a transport that does as it is told and remembers what it took.</summary>
internal sealed class MailKit : IAsyncDisposable, IMailTransport
{
    private readonly SqliteEngine _engine;

    private MailKit()
    {
        _engine = new SqliteEngine(Clock);
        Tables = new HookedTables(_engine.Tables, call => Before(call));
        Outbox = new Outbox(Tables, _engine.Blobs, _engine.Queue);
        Digests = new DigestQueue(Tables);
        Router = new AlertRouter(Outbox, Digests, new AlertMail(Options), Clock);
        List = new WatchlistStore(Tables, Clock);
        Reader = new WatchlistReader(List);
        Job = new SendMailJob(Outbox, this, Reader, Options, Clock);
        Knock = new SendAlertsKnock(Outbox, _engine.Queue, Options, Clock);
    }

    public string Name => "test";

    public bool IsIdempotent { get; set; } = true;

    /// <summary>Runs before each call of a table.</summary>
    public Func<TableCall, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>What the transport answers.</summary>
    public Func<OutgoingMail, DeliveryResult> Answer { get; set; } = _ => new DeliveryResult.Sent();

    public List<OutgoingMail> Taken { get; } = [];

    public TestClock Clock { get; } = new();

    public AlertsOptions Options { get; } = new();

    public ITables Tables { get; }

    public IBlobStore Blobs => _engine.Blobs;

    public IWorkQueue Queue => _engine.Queue;

    public WatchlistStore List { get; }

    public WatchlistReader Reader { get; }

    public Outbox Outbox { get; }

    public DigestQueue Digests { get; }

    public AlertRouter Router { get; }

    public SendMailJob Job { get; }

    public SendAlertsKnock Knock { get; }

    /// <param name="recipients">Stand in the watch list.</param>
    public static async Task<MailKit> CreateAsync(params Recipient[] recipients)
    {
        var kit = new MailKit();
        foreach (var recipient in recipients)
        {
            await kit.List.EditAsync(recipient, stamp: null, "editor", CancellationToken.None);
        }

        return kit;
    }

    public async Task<IReadOnlyList<Mail>> MailsAsync() => (await Outbox.ListAsync(after: null, take: 100, CancellationToken.None)).Mails;

    /// <summary>The only mail there is.</summary>
    public async Task<Mail> MailAsync() => Assert.Single(await MailsAsync());

    /// <summary>Runs the sending job once for the only mail there is.</summary>
    public async Task<JobResult> SendAsync() => await Job.RunAsync((await MailAsync()).Key, CancellationToken.None);

    public async Task<int> PendingAsync() => await Outbox.ListPendingAsync(CancellationToken.None).CountAsync();

    public Task<DeliveryResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        Taken.Add(mail);
        return Task.FromResult(Answer(mail));
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
