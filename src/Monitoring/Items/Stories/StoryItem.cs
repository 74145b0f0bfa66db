using Monitoring.Languages;
using Monitoring.Watchlist;

namespace Monitoring.Items.Stories;

/// <summary>A flagged item as stories see it.</summary>
public sealed record StoryItem
{
    public required ItemKey Key { get; init; }

    public required string Title { get; init; }

    /// <summary>All that is told, the title first.</summary>
    public required string Text { get; init; }

    public string? Language { get; init; }

    public Uri? Link { get; init; }

    /// <summary>Ids of the watch list's persons that are named.</summary>
    public IReadOnlyList<string> Persons { get; init; } = [];

    /// <summary>Ids of the watch list's outlets that are named.</summary>
    public IReadOnlyList<string> Outlets { get; init; } = [];

    /// <summary>Codes of the kinds of act it reports.</summary>
    public IReadOnlyList<string> Acts { get; init; } = [];

    /// <summary>Where listed outlets are named in <see cref="Text"/>, by their ids.</summary>
    public IReadOnlyList<NamedSource> NamedOutlets { get; init; } = [];

    /// <summary>The outlet's id, otherwise the source's.</summary>
    public required string Publisher { get; init; }

    public required string PublisherName { get; init; }

    public DateTimeOffset? Published { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    /// <param name="judged">Of a flagged item.</param>
    internal static StoryItem Of(Judged judged, WatchlistSnapshot list)
    {
        var (item, outlet) = (judged.Told.Item, list.FindOutlet(judged.Source?.Outlet));
        var outlets = judged.Found.Where(finding => finding.Kind is FindingKind.Outlet && finding.SubjectId != outlet?.Id).ToList();
        return new StoryItem
        {
            Key = item.Key,
            Title = judged.Flag?.Title ?? item.Title,
            Text = judged.Told.Text,
            Language = item.Language ?? LanguageDetector.Detect(judged.Told.Text)?.Language,
            Link = item.Link,
            Persons = [.. judged.Found.Where(finding => finding.Kind is FindingKind.Person).Select(finding => finding.SubjectId).Distinct(StringComparer.Ordinal)],
            Outlets = [.. outlets.Select(finding => finding.SubjectId).Distinct(StringComparer.Ordinal)],
            Acts = [.. judged.Found.Where(finding => finding.Kind is FindingKind.Violation).Select(finding => finding.SubjectId).Distinct(StringComparer.Ordinal)],
            NamedOutlets = [.. outlets.Select(finding => new NamedSource(finding.SubjectId, finding.Start, finding.Length))],
            Publisher = outlet?.Id ?? item.Key.SourceId,
            PublisherName = outlet?.Name ?? judged.Source?.Name ?? item.Key.SourceId,
            Published = judged.Told.Published,
            FirstSeen = item.FirstSeen,
        };
    }
}

/// <summary>An outlet or agency named at a place of a text.</summary>
public readonly record struct NamedSource(string Id, int Start, int Length);
