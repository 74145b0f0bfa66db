using Monitoring.Languages;
using Monitoring.Queries;
using Monitoring.Watchlist;

namespace Monitoring.Items;

/// <summary>What list and rules make of an item.</summary>
/// <param name="Source">Of the item itself; null if it is no longer on the list.</param>
/// <param name="Flag">Null if nothing is found that is worth one.</param>
public sealed record Judged(Tellings Told, IReadOnlyList<Finding> Found, Source? Source, Flag? Flag);

/// <summary>Says what a list makes of all that is told of an item. Reads only.</summary>
public sealed class ItemJudge(Sightings sightings, ItemsOptions options)
{
    private const int MaxReasons = 8;

    public async Task<Judged> JudgeAsync(Item item, CompiledList compiled, CancellationToken cancellationToken)
    {
        var told = await sightings.ReadAsync(item, cancellationToken);
        var sources = told.Parts.Select(part => compiled.List.FindSource(part.Telling.Item.Key.SourceId)).ToList();
        var outlet = sources.Select(source => compiled.List.FindOutlet(source?.Outlet)).FirstOrDefault(outlet => outlet is not null);
        var found = compiled.Find(DocumentOf(told, sources), told.ContentSeen, outlet?.Id);
        var assessed = Assessment.Assess(told.Text, found, outlet?.Id, compiled.SeverityOf);
        var flag = assessed is null ? null : MakeFlag(told, found, assessed, outlet, compiled.UnderstoodBy) with { Outlet = outlet?.Name ?? sources[0]?.Name };
        return new Judged(told, found, sources[0], flag);
    }

    /// <summary>Days count back from when its content was met, so that the same item is judged alike at any time.</summary>
    private static QueryDocument DocumentOf(Tellings told, IEnumerable<Source?> sources) => new(TokenizedText.Of(told.Text), told.Item.Title.Length)
    {
        Sources = [.. sources.OfType<Source>().Select(source => (source.Id, source.Name))],
        Language = told.Item.Language,
        Country = told.Item.Country,
        Published = told.Published ?? told.Item.FirstSeen,
    };

    private Flag MakeFlag(Tellings told, IReadOnlyList<Finding> found, Assessed assessed, Outlet? outlet, string understoodBy) => new()
    {
        Item = told.Item.Key,
        Severity = assessed.Severity,
        Subjects = assessed.Subjects,
        Title = told.Item.Title.Length > 0 ? told.Item.Title : told.Item.Summary,
        Sources = told.Parts.Count,
        Country = told.Item.Country,
        Language = told.Item.Language,
        Link = told.Item.Link,
        Published = told.Published,
        At = told.ContentSeen,
        Passage = MarkedText.Of(told.Text, assessed.Passage.Start, assessed.Passage.Length, found.Select(finding => finding.Mark)),
        Reasons = [.. assessed.Reasons.Take(MaxReasons), .. told.WhyOld(options.OldAfter) is { } old ? (Reason[])[old] : [], .. told.Item.Gone is { } gone ? (Reason[])[gone.Reason] : []],
        Priority = ReviewPriority.Of(assessed, found, outlet?.Id, told.WhyOld(options.OldAfter) is not null, told.Item.Gone is not null),
        UnderstoodBy = understoodBy,
    };
}
