using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.Digests;
using Monitoring.Feeds;
using Monitoring.Storage;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>An outbox with its jobs on a store of its own, and a transport that does as it is told and remembers what it took.</summary>
internal sealed class MailKit : IAsyncDisposable, IMailTransport
{
    private readonly SqliteEngine _engine;
    private int _tokens;

    private MailKit()
    {
        _engine = new SqliteEngine(Clock);
        Tables = new HookedTables(_engine.Tables, call => Before(call));
        Outbox = new Outbox(Tables, _engine.Blobs, _engine.Queue);
        Digests = new DigestQueue(Tables);
        Unreviewed = new UnreviewedMails(Tables);
        Lanes = new MailLane(Tables);
        States = new RecipientStates(Tables, () => $"token{++_tokens}");
        Told = new ToldLog(Tables);
        Sending = new AlertSending(Outbox, Digests, States, Unreviewed, new AlertMail(Options), _engine.Queue, Clock);
        Router = new AlertRouter(Told, States, Lanes, Unreviewed, Sending, Options, Clock);
        List = new WatchlistStore(Tables, Clock);
        Reader = new WatchlistReader(List);
        Job = new SendMailJob(Outbox, this, States, new MailFailures(States, new OperatorMail(this, Options, Clock), Clock), Reader, Options, Clock);
        Knock = new SendAlertsKnock(Outbox, _engine.Queue, Options, Clock);
        var (digests, mails) = (new DigestStore(Tables, _engine.Blobs), new AlertMail(Options));
        var composing = new DigestComposing(
            new DigestReading(Digests, Outbox, Clock),
            digests,
            Digests,
            Unreviewed,
            new SourceHealthReport(new SourceStateStore(Tables), Clock),
            new DigestMails(new DigestMail(mails), new WeeklyMail(mails), new SensitiveMail(Options)),
            Outbox,
            Clock);
        DigestJob = new ComposeDigestJob(Reader, digests, composing, States, Lanes, Clock);
        DigestKnock = new SendDigestsKnock(Reader, digests, _engine.Queue, Clock);
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

    public UnreviewedMails Unreviewed { get; }

    public MailLane Lanes { get; }

    public RecipientStates States { get; }

    public ToldLog Told { get; }

    public AlertSending Sending { get; }

    public AlertRouter Router { get; }

    public SendMailJob Job { get; }

    public SendAlertsKnock Knock { get; }

    public ComposeDigestJob DigestJob { get; }

    public SendDigestsKnock DigestKnock { get; }

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

    /// <summary>Puts a record in a recipient's next daily digest.</summary>
    public Task QueueAsync(string recipientId, AlertRecord record) =>
        Digests.AddAsync(recipientId, new QueuedAlert { Lane = DigestLane.Daily, Record = record }, CancellationToken.None);

    /// <summary>What no daily digest has said yet.</summary>
    public async Task<IReadOnlyList<AlertRecord>> WaitingAsync(string recipientId) =>
        await Digests.ListAsync(recipientId, DigestLane.Daily, CancellationToken.None).Where(alert => alert.SaidBy is null).Select(alert => alert.Record).ToListAsync();

    public async Task<IReadOnlyList<Mail>> MailsAsync() => (await Outbox.ListAsync(after: null, take: 100, CancellationToken.None)).Mails;

    /// <summary>The only mail there is.</summary>
    public async Task<Mail> MailAsync() => Assert.Single(await MailsAsync());

    /// <summary>Runs the sending job once for the only mail there is.</summary>
    public async Task<JobResult> SendAsync() => await Job.RunAsync((await MailAsync()).Key, CancellationToken.None);

    /// <summary>Runs the sending job for every mail that is still to be sent.</summary>
    public async Task SendAllAsync()
    {
        foreach (var key in await Outbox.ListPendingAsync(CancellationToken.None).ToListAsync())
        {
            await Job.RunAsync(key, CancellationToken.None);
        }
    }

    public async Task<int> PendingAsync() => await Outbox.ListPendingAsync(CancellationToken.None).CountAsync();

    public Task<DeliveryResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        Taken.Add(mail);
        return Task.FromResult(Answer(mail));
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
