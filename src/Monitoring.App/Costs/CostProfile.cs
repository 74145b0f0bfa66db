namespace Monitoring.App.Costs;

/// <summary>
/// What the functions ask of the storage account, counted: a test lives a day with them and compares. Figures of knocks hold for rhythms near the usual ones.
/// Removing by retention is left out; it is once a day, and the other figures are of every minute. So are the looks at flagged articles, four of each in a
/// month.
/// </summary>
internal static class CostProfile
{
    /// <summary>Of the due index, a knock reads the slots of the last three minutes and the present one, and those of the time since the last knock.</summary>
    public const double SlotsAlways = 4;

    /// <summary>A knock at sources or sites: version of the list, roster, cursor read and moved, job log; without the slots.</summary>
    public static readonly StorageUse DueKnock = new(Tables: 6);

    /// <summary>One minute slot of the due index.</summary>
    public static readonly StorageUse Slot = new(Tables: 1);

    /// <summary>A source that is due: claimed, put in the slot where the claim ends, enqueued; and its hints that come too early or too late.</summary>
    public static readonly StorageUse EnqueuedSource = new(Tables: 7.2, Queues: 1);

    /// <inheritdoc cref="EnqueuedSource"/>
    public static readonly StorageUse EnqueuedSite = new(Tables: 8, Queues: 1);

    /// <summary>A knock at mails or items that wait, while none does.</summary>
    public static readonly StorageUse SweepKnock = new(Tables: 3);

    /// <summary>What articles that are due add to a knock at items, while none is.</summary>
    public static readonly StorageUse ArticlesSwept = new(Tables: 1);

    /// <summary>The hint of an article that was read meanwhile, found stale.</summary>
    public static readonly StorageUse SweptArticle = new(Tables: 2);

    /// <summary>A knock at digests, without the recipients.</summary>
    public static readonly StorageUse DigestKnock = new(Tables: 3);

    /// <summary>One recipient asked whether a digest is due.</summary>
    public static readonly StorageUse RecipientAsked = new(Tables: 1);

    /// <summary>One recipient's digest, enqueued.</summary>
    public static readonly StorageUse EnqueuedDigest = new(Queues: 1);

    /// <summary>A look into the empty poison queues of six kinds of work.</summary>
    public static readonly StorageUse PoisonKnock = new(Tables: 2, Queues: 6);

    /// <summary>A knock at OONI, which is off.</summary>
    public static readonly StorageUse OoniKnock = new(Tables: 2);

    /// <summary>A pass of retention that finds nothing old, without sources, sites and recipients.</summary>
    public static readonly StorageUse RetentionPass = new(Tables: 16);

    public static readonly StorageUse RetentionOfSource = new(Tables: 2);

    public static readonly StorageUse RetentionOfSite = new(Tables: 3, BlobWrites: 1);

    /// <summary>A site from one vantage.</summary>
    public static readonly StorageUse RetentionOfVantage = new(Tables: 1);

    public static readonly StorageUse RetentionOfRecipient = new(BlobWrites: 1);

    /// <summary>A visit that brings nothing new: list, state, the host's gate, next hint, state.</summary>
    public static readonly StorageUse Visit = new(Tables: 7);

    /// <summary>What something new adds to a visit: the capture, and batches of texts, items and waiting ones.</summary>
    public static readonly StorageUse News = new(Tables: 4, BlobWrites: 1, BlobReads: 2, Queues: 1);

    /// <summary>One new item looked up.</summary>
    public static readonly StorageUse NewItem = new(Tables: 1);

    /// <summary>A message to understand what waits of a source, without the items.</summary>
    public static readonly StorageUse Understand = new(Tables: 2);

    /// <summary>An item with a link, in which nothing is found.</summary>
    public static readonly StorageUse UnderstoodItem = new(Tables: 8);

    /// <summary>What an article adds to the visit that brings it: the day's limit, hint, row, message.</summary>
    public static readonly StorageUse AskedArticle = new(Tables: 4, Queues: 1);

    /// <summary>An article read on its page: list, row, item, the host's gate, capture, text, item, waiting row, row.</summary>
    public static readonly StorageUse ReadArticle = new(Tables: 14, BlobWrites: 1, BlobReads: 2, Queues: 1);

    /// <summary>An item understood once more, with its article and a look at its sightings.</summary>
    public static readonly StorageUse UnderstoodArticle = new(Tables: 10);

    /// <summary>What a flag adds: findings, the flag and its place in the queue, the article's row and hint; its story, filed while a lease is held.</summary>
    public static readonly StorageUse Flag = new(Tables: 13, BlobReads: 2);

    /// <summary>What a flag adds that joins a story: the item it is compared with. Of several that are alike up to six are read.</summary>
    public static readonly StorageUse JoinedStory = new(Tables: 1);

    /// <summary>What was told of a flag's story, looked up.</summary>
    public static readonly StorageUse LookedUpTold = new(Tables: 1);

    /// <summary>A flag told to one recipient: whether it is muted, that it is told, its place in the next digest.</summary>
    public static readonly StorageUse ToldInDigest = new(Tables: 4);

    /// <summary>A mail written into the outbox: what the recipient wants, how many came in the hour, the mail, and that nobody has reviewed it.</summary>
    public static readonly StorageUse WrittenMail = new(Tables: 9, BlobWrites: 1, Queues: 1);

    /// <summary>A check without its vantages: list, state, incidents, what is known of the site, hint, state.</summary>
    public static readonly StorageUse Check = new(Tables: 6);

    /// <summary>Whether fingerprints changed, asked once in a round.</summary>
    public static readonly StorageUse FingerprintLook = new(Tables: 1);

    /// <summary>What one vantage adds to a check: state, fact, episode.</summary>
    public static readonly StorageUse CheckedVantage = new(Tables: 5);

    /// <summary>The hour before, from one vantage, summed up into its day: days, facts, day.</summary>
    public static readonly StorageUse RolledHour = new(Tables: 3);

    /// <summary>The canary of a vantage asked for.</summary>
    public static readonly StorageUse Canary = new(Tables: 1);

    /// <summary>A canary that was measured anew.</summary>
    public static readonly StorageUse MeasuredCanary = new(Tables: 1);

    /// <summary>The one good measurement of a site, vantage and day that is kept in full.</summary>
    public static readonly StorageUse KeptGood = new(BlobWrites: 1);

    /// <summary>A measurement of trouble, with a page whose bytes are known already, and what the vantage met noted beside what it met at other sites.</summary>
    public static readonly StorageUse KeptTrouble = new(Tables: 4, BlobWrites: 1, BlobReads: 2);

    public static readonly StorageUse SentMail = new(Tables: 6, BlobReads: 1);

    /// <summary>A digest composed and written into the outbox, with a look at some mails that told the same; without sources and records.</summary>
    public static readonly StorageUse Digest = new(Tables: 18, BlobWrites: 2, Queues: 1);

    /// <summary>The health of all feeds, or of all pages, read for one digest; up to a thousand in one request.</summary>
    public static readonly StorageUse SourceHealth = new(Tables: 1);

    /// <summary>One record that a digest tells, marked.</summary>
    public static readonly StorageUse MarkedRecord = new(Tables: 1);

    /// <summary>One record of a digest that arrived days ago, noted as told and removed.</summary>
    public static readonly StorageUse RemovedRecord = new(Tables: 2);
}
