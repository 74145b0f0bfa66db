using System.Globalization;
using System.Runtime.CompilerServices;
using Monitoring.Items;
using Monitoring.Languages;
using Monitoring.Queries;
using Monitoring.Watchlist;

namespace Monitoring.Advice;

/// <summary>A stored item for which a query holds.</summary>
/// <param name="Passage">The sentence of the first hit, with the hits in it marked.</param>
public sealed record SearchExample(Item Item, string Source, DateTimeOffset Published, MarkedText Passage, int Hits);

/// <param name="Since">Items that were published then or later; undated ones by when they were first seen.</param>
/// <param name="MostRead">After so many stored items the search ends; null: never.</param>
public sealed record SearchScope(DateTimeOffset Since, int? MostRead = null)
{
    /// <summary>Only items of this source, by its id.</summary>
    public string? Source { get; init; }

    /// <summary>Only items published on this day (UTC).</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Of the examples those after a place (<see cref="SearchReport.Next"/>); the counts are of all.</summary>
    public string? After { get; init; }
}

/// <summary>What a query would have found.</summary>
/// <param name="IsWhole">No stored item was left out.</param>
/// <param name="Read">Stored items that were looked at.</param>
/// <param name="InPeriod">Of these, those of the period: their texts were read.</param>
/// <param name="PerDay">Items found by the day (UTC) they were published on, the first day first.</param>
/// <param name="PerSource">Items found by source, the most first.</param>
/// <param name="Examples">The newest first, at most <see cref="StoredSearch.MostExamples"/>.</param>
/// <param name="Next">The place after the last example; null if there are no more.</param>
public sealed record SearchReport(
    bool IsWhole,
    int Read,
    int InPeriod,
    int Found,
    IReadOnlyList<(DateOnly Day, int Found)> PerDay,
    IReadOnlyList<(Source Source, int Found)> PerSource,
    IReadOnlyList<SearchExample> Examples,
    string? Next);

/// <summary>
/// Asks a query of the stored items of a period. Items are stored by source and not in the order of time, so every item row of every listed source is read,
/// one after the other; the texts only of those in the period. In memory are the counts and the examples, whatever is stored. Stores nothing.
/// </summary>
public sealed class StoredSearch(ItemStore items, ListCompiler compiler, TimeProvider time)
{
    public const int MostExamples = 20;

    public static readonly TimeSpan UsualPeriod = TimeSpan.FromDays(30);

    /// <param name="note">Told before each source how many of all are done, and how many items were read.</param>
    public async Task<SearchReport> RunAsync(Query query, SearchScope scope, Action<int, int, int> note, CancellationToken cancellationToken)
    {
        var compiled = await compiler.GetAsync(cancellationToken);
        var index = QueryIndex.Compile([query]);
        var (now, run) = (time.GetUtcNow(), new Run(scope.After));
        await foreach (var (item, source) in ListAsync(compiled, scope.Source, (done, all) => note(done, all, run.Read), cancellationToken))
        {
            if (run.Read == scope.MostRead)
            {
                run.IsWhole = false;
                break;
            }

            run.Read++;
            if (DateOf(item) < scope.Since || (scope.Day is { } day && DayOf(item) != day))
            {
                continue;
            }

            var document = await ReadAsync(item, source, cancellationToken);
            if (index.Find(query.AsksForNames ? compiled.WithFound(document) : document, now) is [var match])
            {
                run.Take(item, source, document.Text.Text, match);
            }

            run.InPeriod++;
        }

        return run.Report();
    }

    private static DateTimeOffset DateOf(Item item) => item.Published ?? item.FirstSeen;

    private static DateOnly DayOf(Item item) => DateOnly.FromDateTime(DateOf(item).UtcDateTime);

    private async IAsyncEnumerable<(Item, Source)> ListAsync(CompiledList compiled, string? only, Action<int, int> note, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sources = compiled.List.Sources.Where(source => only is null || source.Id == only).DistinctBy(source => source.Id).OrderBy(source => source.Id, StringComparer.Ordinal).ToList();
        for (var done = 0; done < sources.Count; done++)
        {
            note(done, sources.Count);
            await foreach (var item in items.ListAsync(sources[done].Id, after: null, cancellationToken))
            {
                yield return (item, sources[done]);
            }
        }

        note(sources.Count, sources.Count);
    }

    private async Task<QueryDocument> ReadAsync(Item item, Source source, CancellationToken cancellationToken) =>
        new(TokenizedText.Of(Understanding.WholeText(item.Title, await items.GetWholeTextAsync(item, cancellationToken))), item.Title.Length)
        {
            Sources = [(source.Id, source.Name)],
            Language = item.Language,
            Country = item.Country,
            Published = DateOf(item),
        };

    private sealed class Run(string? after)
    {
        private readonly SortedDictionary<DateOnly, int> _days = [];
        private readonly Dictionary<string, (Source Source, int Found)> _sources = new(StringComparer.Ordinal);
        private readonly PriorityQueue<(SearchExample Example, string Place), string> _newest = new(StringComparer.Ordinal);
        private int _found;
        private bool _hasMore;

        public bool IsWhole { get; set; } = true;

        public int Read { get; set; }

        public int InPeriod { get; set; }

        public void Take(Item item, Source source, string text, QueryMatch match)
        {
            var (published, day) = (DateOf(item), DayOf(item));
            _found++;
            _days[day] = _days.GetValueOrDefault(day) + 1;
            _sources[source.Id] = (source, _sources.GetValueOrDefault(source.Id).Found + 1);
            var place = string.Create(CultureInfo.InvariantCulture, $"{published.UtcTicks:D19}.{item.Key}");
            if (after is not null && string.CompareOrdinal(place, after) >= 0)
            {
                return;
            }

            var (start, length) = Sentences.Around(text, match.Hits[0].Start, match.Hits[0].Length);
            var passage = MarkedText.Of(text, start, length, match.Hits.Select(hit => new Mark(hit.Start, hit.Length)));
            _newest.Enqueue((new SearchExample(item, source.Name, published, passage, match.Hits.Count), place), place);
            if (_newest.Count > MostExamples)
            {
                _hasMore = true;
                _newest.Dequeue();
            }
        }

        public SearchReport Report()
        {
            var newest = _newest.UnorderedItems.Select(pair => pair.Element).OrderByDescending(shown => shown.Place, StringComparer.Ordinal).ToList();
            return new SearchReport(
                IsWhole,
                Read,
                InPeriod,
                _found,
                [.. _days.Select(day => (day.Key, day.Value))],
                [.. _sources.Values.OrderByDescending(source => source.Found).ThenBy(source => source.Source.Name, StringComparer.Ordinal)],
                [.. newest.Select(shown => shown.Example)],
                _hasMore ? newest[^1].Place : null);
        }
    }
}
