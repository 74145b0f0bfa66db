using System.Globalization;
using Monitoring.Evidence;
using Monitoring.Feeds.Discovery;
using Monitoring.Fetching;
using Monitoring.Items;
using Monitoring.Watchlist;

namespace Monitoring.Feeds;

/// <summary>What a visit came to, as the source's row will say it.</summary>
public sealed record VisitResult
{
    /// <summary>Failure strings, HTTP statuses, counts; never an address or text of the source.</summary>
    public required string Outcome { get; init; }

    /// <summary>The source answered with something that could be read, 304 included.</summary>
    public required bool IsReadable { get; init; }

    public int New { get; init; }

    /// <summary>New and changed items wait for understanding.</summary>
    public bool HasWaiting { get; init; }

    public DateTimeOffset? Newest { get; init; }

    public SeenMarks? Seen { get; init; }

    public bool GuidsRepeat { get; init; }

    /// <summary>What the reader wants to know at the next visit; null: what it knew at this one.</summary>
    public string? Memory { get; init; }

    public Validators? Validators { get; init; }

    public string? Repairs { get; init; }

    /// <summary>The share of the document's items that the last visit had seen; null for a first visit and an empty document.</summary>
    public double? Known { get; init; }

    /// <summary>Feeds that the page names which came instead of a feed.</summary>
    public IReadOnlyList<Uri> Feeds { get; init; } = [];

    /// <summary>Where its address leads for good.</summary>
    public Relocation? Moved { get; init; }

    /// <summary>An answer that often passes by itself: 404, 429, 5xx.</summary>
    public bool IsSoft { get; init; }

    public bool IsGone { get; init; }

    public TimeSpan? AtLeastEvery { get; init; }

    public TimeSpan? FreshFor { get; init; }

    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Reads a fetched answer with the reader of the source's kind and stores its items.</summary>
public sealed class SourceIntake(IEnumerable<ISourceReader> readers, Intake intake, TimeProvider time)
{
    private readonly Dictionary<EntryKind, ISourceReader> _readers = readers.ToDictionary(reader => reader.Kind);

    public string Accept(Source source) => _readers[source.Kind].Accept;

    public async Task<VisitResult> TakeAsync(Source source, SourceState state, FetchResult result, CancellationToken cancellationToken)
    {
        // What cannot be read where it moved to is looked for at its old address again.
        var unmoved = state.Moved is { } moved && !moved.Holds(source.Url, time.GetUtcNow()) ? moved : null;
        switch (result)
        {
            case FetchResult.Fetched fetched:
                return await ReadAsync(source, state, fetched, unmoved, cancellationToken);
            case FetchResult.NotModified unchanged:
                return new VisitResult
                {
                    IsReadable = true,
                    Outcome = "304, nothing new",
                    Validators = state.Validators,
                    Moved = Relocation.After(state.Moved, source.Url, unchanged.Exchange),
                    Known = 1,
                    FreshFor = Freshness.Of(unchanged.Exchange),
                };
            case FetchResult.Refused { Exchange.Status: var status } refused:
                return new VisitResult
                {
                    IsReadable = false,
                    Outcome = string.Create(CultureInfo.InvariantCulture, $"HTTP {status}"),
                    Validators = state.Validators,
                    Moved = unmoved,
                    IsSoft = status is 404 or 429 or >= 500,
                    IsGone = status == 410,
                    RetryAfter = refused.RetryAfter,
                };
            case FetchResult.Failed failed:
                return new VisitResult { IsReadable = false, Outcome = failed.Failure, Validators = state.Validators, Moved = unmoved };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<VisitResult> ReadAsync(Source source, SourceState state, FetchResult.Fetched fetched, Relocation? unmoved, CancellationToken cancellationToken)
    {
        var exchange = fetched.Exchange;
        switch (Read(source, state, fetched))
        {
            case SourceReading.Unreadable unreadable:
                return new VisitResult { IsReadable = false, Outcome = $"unreadable: {unreadable.What}", Moved = unmoved, Feeds = unreadable.Feeds };
            case SourceReading.Document document:
                var delivery = new Delivery(source, document.Items, document.Language, exchange, IsBaseline: state.LastSuccess is null, state.Seen) { ListedAt = state.ListedAt, GuidsRepeat = state.GuidsRepeat };
                var now = time.GetUtcNow();
                var taken = await intake.AcceptAsync(delivery, now, cancellationToken);
                Telemetry.Items.Add(taken.New, Telemetry.Tag(Telemetry.Outcome, "new"));
                Telemetry.Items.Add(taken.Changed, Telemetry.Tag(Telemetry.Outcome, "changed"));
                return new VisitResult
                {
                    IsReadable = true,
                    Outcome = document.WaitsFor ?? string.Create(CultureInfo.InvariantCulture, $"{document.Items.Count} items, {taken.New} new, {taken.Changed} changed"),
                    New = taken.New,
                    HasWaiting = taken.HasWaiting,
                    // As stored: a date in the future is a mistake of the source.
                    Newest = document.Items.Max(item => item.Published > now ? now : item.Published),
                    Seen = taken.Seen,
                    GuidsRepeat = taken.GuidsRepeat,
                    Memory = document.Memory,
                    // A 304 would say nothing of whether the answer came twice.
                    Validators = document.WaitsFor is null ? ValidatorsOf(exchange) : null,
                    Repairs = document.Repairs.Count == 0 ? null : string.Join("; ", document.Repairs),
                    Moved = Relocation.After(state.Moved, source.Url, exchange),
                    Known = delivery.IsBaseline ? null : Known(document, taken),
                    AtLeastEvery = document.AtLeastEvery,
                    FreshFor = Freshness.Of(exchange),
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>A text that did not change is known wholly, one that waits not at all.</summary>
    private static double? Known(SourceReading.Document document, IntakeResult taken) => document switch
    {
        { Items.Count: > 0 } => 1 - (double)taken.New / document.Items.Count,
        { Memory: not null, WaitsFor: null } => 1,
        _ => null,
    };

    /// <summary>A page may be anything with a good status; of a feed only what cannot be read is looked at more closely.</summary>
    private SourceReading Read(Source source, SourceState state, FetchResult.Fetched fetched)
    {
        var exchange = fetched.Exchange;
        var contentType = exchange.Header("Content-Type");
        if (source.Kind is EntryKind.Page && Instead.Of(exchange, Html()) is { } other)
        {
            return new SourceReading.Unreadable(Instead.Say(other));
        }

        var reading = _readers[source.Kind].Read(source, fetched.Content, exchange.FinalUrl, contentType, new SourceMemory(state.Memory, time.GetUtcNow()));
        if (source.Kind is not EntryKind.Feed || reading is not SourceReading.Unreadable { IsHtml: true } page)
        {
            return reading;
        }

        var html = Html();
        var what = Instead.Of(exchange, html) is { } instead and not InsteadKind.Empty ? $"{page.What}, {Instead.Say(instead)}" : page.What;
        return page with { What = what, Feeds = FeedCandidates.NamedBy(html, exchange.FinalUrl) };

        string Html() => TextDecoding.Decode(fetched.Content.Span, contentType, exchange.FinalUrl.Host).Text;
    }

    private static Validators? ValidatorsOf(HttpExchange exchange)
    {
        var (etag, lastModified) = (exchange.Header("ETag"), exchange.Header("Last-Modified"));
        return etag is null && lastModified is null ? null : new Validators(exchange.FinalUrl, etag, lastModified);
    }
}
