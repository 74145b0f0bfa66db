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
        var found = compiled.Find(told.Text);
        var sources = told.Parts.Select(part => compiled.List.FindSource(part.Telling.Item.Key.SourceId)).ToList();
        var outlet = sources.Select(source => compiled.List.FindOutlet(source?.Outlet)).FirstOrDefault(outlet => outlet is not null);
        var assessed = Assessment.Assess(told.Text, found, outlet?.Id, compiled.SeverityOf);
        var flag = assessed is null ? null : MakeFlag(told, found, assessed, outlet?.Name ?? sources[0]?.Name, compiled.UnderstoodBy);
        return new Judged(told, found, sources[0], flag);
    }

    private Flag MakeFlag(Tellings told, IReadOnlyList<Finding> found, Assessed assessed, string? outlet, string understoodBy) => new()
    {
        Item = told.Item.Key,
        Severity = assessed.Severity,
        Subjects = assessed.Subjects,
        Title = told.Item.Title.Length > 0 ? told.Item.Title : told.Item.Summary,
        Outlet = outlet,
        Sources = told.Parts.Count,
        Country = told.Item.Country,
        Language = told.Item.Language,
        Link = told.Item.Link,
        Published = told.Published,
        At = told.ContentSeen,
        Passage = MarkedText.Of(told.Text, assessed.Passage.Start, assessed.Passage.Length, found.Select(finding => finding.Mark)),
        Reasons = [.. assessed.Reasons.Take(MaxReasons), .. told.WhyOld(options.OldAfter) is { } old ? (Reason[])[old] : [], .. told.Item.Gone is { } gone ? (Reason[])[gone.Reason] : []],
        UnderstoodBy = understoodBy,
    };
}
