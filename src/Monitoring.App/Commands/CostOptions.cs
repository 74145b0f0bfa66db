using System.CommandLine;
using System.Globalization;
using Monitoring.App.Costs;

namespace Monitoring.App.Commands;

/// <summary>The options of <c>cost</c>: each is a number with its range, and its default is that of the record it belongs to.</summary>
internal static class CostOptions
{
    private const double Most = 1_000_000;

    private static readonly CostPlan Plan = new();
    private static readonly ActiveTimes Times = new();
    private static readonly Prices Prices = new();

    private static readonly Option<double> Feeds = Whole("--feeds", "Feeds on the watch list.", Plan.Feeds, 0, Most);
    private static readonly Option<double> Pages = Whole("--pages", "Watched pages.", Plan.Pages, 0, Most);
    private static readonly Option<double> Sites = Whole("--sites", "Watched sites.", Plan.Sites, 0, Most);
    private static readonly Option<double> Vantages = Whole("--vantages", "Vantages, the direct one included.", Plan.Vantages, 1, 100);
    private static readonly Option<double> Recipients = Whole("--recipients", "Recipients; each gets a digest a day.", Plan.Recipients, 0, Most);
    private static readonly Option<double> NewItems = Number("--items", "New items of a source in a day.", Plan.NewItems, 0, 10_000);
    private static readonly Option<double> Teasers = Number("--teasers", "Part of the new items whose own page is read for the whole text.", Plan.Teasers, 0, 1);
    private static readonly Option<double> Flagged = Number("--flagged", "Part of the new items that are flagged.", Plan.Flagged, 0, 1);
    private static readonly Option<double> Mails = Number("--mails", "Mails sent at once in a day, to all recipients together.", Plan.Mails, 0, Most);
    private static readonly Option<double> Trouble = Number("--trouble", "Part of the checks from one vantage that find trouble.", Plan.Trouble, 0, 1);

    private static readonly Option<double> Every = Number("--every", "Minutes between two visits of a source, if its entry fixes them; 0: as the schedule finds them.", Plan.EveryMinutes, 0, 10_080);

    private static readonly Option<double> Memory = Whole("--memory", "Memory of an instance, in MB; Flex Consumption has 512, 2048 and 4096.", 2048, 512, 4096);
    private static readonly Option<double> StorageMilliseconds = Number("--storage-ms", "Milliseconds of one request to the storage account.", Times.StorageMilliseconds, 0, 10_000);
    private static readonly Option<double> FetchSeconds = Number("--fetch-seconds", "Seconds of fetching one source.", Times.FetchSeconds, 0, 600);
    private static readonly Option<double> CheckSeconds = Number("--check-seconds", "Seconds of checking one site from one vantage.", Times.CheckSeconds, 0, 600);
    private static readonly Option<double> MailSeconds = Number("--mail-seconds", "Seconds of handing over one mail.", Times.MailSeconds, 0, 600);

    private static readonly Option<double> GigabyteSecond = Price("--price-gb-second", "Price of a GB-second of active time.", Prices.GigabyteSecond);
    private static readonly Option<double> FreeGigabyteSeconds = Number("--free-gb-seconds", "GB-seconds free in a month.", Prices.FreeGigabyteSeconds, 0, 1e12);
    private static readonly Option<double> MillionExecutions = Price("--price-executions", "Price of a million executions.", Prices.MillionExecutions);
    private static readonly Option<double> FreeExecutions = Number("--free-executions", "Executions free in a month.", Prices.FreeExecutions, 0, 1e12);
    private static readonly Option<double> TableRequests = Price("--price-tables", "Price of 10,000 requests to tables.", Prices.Tables);
    private static readonly Option<double> BlobWrites = Price("--price-blob-writes", "Price of 10,000 writes and lists of blobs.", Prices.BlobWrites);
    private static readonly Option<double> BlobReads = Price("--price-blob-reads", "Price of 10,000 reads of blobs and other requests.", Prices.BlobReads);
    private static readonly Option<double> QueueRequests = Price("--price-queues", "Price of 10,000 requests to queues.", Prices.Queues);

    public static IReadOnlyList<Option> All { get; } =
    [
        Feeds, Pages, Sites, Vantages, Recipients, NewItems, Teasers, Flagged, Mails, Trouble, Every,
        Memory, StorageMilliseconds, FetchSeconds, CheckSeconds, MailSeconds,
        GigabyteSecond, FreeGigabyteSeconds, MillionExecutions, FreeExecutions, TableRequests, BlobWrites, BlobReads, QueueRequests,
    ];

    public static CostPlan PlanOf(ParseResult parsed) => new()
    {
        Feeds = parsed.GetValue(Feeds),
        Pages = parsed.GetValue(Pages),
        Sites = parsed.GetValue(Sites),
        Vantages = parsed.GetValue(Vantages),
        Recipients = parsed.GetValue(Recipients),
        NewItems = parsed.GetValue(NewItems),
        Flagged = parsed.GetValue(Flagged),
        Mails = parsed.GetValue(Mails),
        Trouble = parsed.GetValue(Trouble),
        EveryMinutes = parsed.GetValue(Every),
    };

    public static ActiveTimes TimesOf(ParseResult parsed) => new()
    {
        StorageMilliseconds = parsed.GetValue(StorageMilliseconds),
        FetchSeconds = parsed.GetValue(FetchSeconds),
        CheckSeconds = parsed.GetValue(CheckSeconds),
        MailSeconds = parsed.GetValue(MailSeconds),
    };

    public static Prices PricesOf(ParseResult parsed) => new()
    {
        GigabyteSecond = parsed.GetValue(GigabyteSecond),
        FreeGigabyteSeconds = parsed.GetValue(FreeGigabyteSeconds),
        MillionExecutions = parsed.GetValue(MillionExecutions),
        FreeExecutions = parsed.GetValue(FreeExecutions),
        Tables = parsed.GetValue(TableRequests),
        BlobWrites = parsed.GetValue(BlobWrites),
        BlobReads = parsed.GetValue(BlobReads),
        Queues = parsed.GetValue(QueueRequests),
    };

    /// <summary>Of an instance, in GB.</summary>
    public static double MemoryOf(ParseResult parsed) => parsed.GetValue(Memory) / 1024;

    private static Option<double> Whole(string name, string description, double usual, double least, double most) => Make(name, description, usual, least, most, NumberStyles.None);

    private static Option<double> Number(string name, string description, double usual, double least, double most) => Make(name, description, usual, least, most, NumberStyles.AllowDecimalPoint);

    private static Option<double> Price(string name, string description, double usual) => Number(name, description, usual, 0, 1000);

    private static Option<double> Make(string name, string description, double usual, double least, double most, NumberStyles styles) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (double.TryParse(text, styles, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            {
                return value;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} {text}: {(styles is NumberStyles.None ? "a whole number" : "a number")} from {least} to {most:0} is expected."));
            return usual;
        },
    };
}
