using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitoring.Names;
using Monitoring.Storage;
using Monitoring.Violations;

namespace Monitoring.Items;

/// <summary>The mentions and keyword hits of items, with where, how and why. Table <c>Mentions</c>: partition = item key, row = place and subject; query served: all of an item.</summary>
public sealed class FindingStore(ITables tables)
{
    /// <summary>A text with more of them says nothing new with the rest.</summary>
    public const int MaxFindings = 100;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IEntityTable _mentions = tables.Open("Mentions");

    public async Task<IReadOnlyList<Finding>> ListAsync(ItemKey item, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        await foreach (var row in _mentions.QueryAsync(new RangeQuery(item.ToString()), cancellationToken))
        {
            findings.Add(Read(row));
        }

        return findings;
    }

    /// <summary>The different words by which an entry was found, in all items. Reads the whole table: for maintenance only.</summary>
    public async Task<IReadOnlyCollection<string>> ListSurfacesAsync(string subjectId, CancellationToken cancellationToken) =>
        await _mentions.EnumerateAllAsync(cancellationToken).Where(row => row.GetText("SubjectId") == subjectId).Select(row => row.NeedText("Surface"))
            .ToHashSetAsync(StringComparer.OrdinalIgnoreCase, cancellationToken);

    /// <summary>Removes some of an item's findings.</summary>
    public Task RemoveAsync(ItemKey item, IEnumerable<Finding> findings, CancellationToken cancellationToken) =>
        _mentions.ApplyEachAsync(findings.Select(finding => TableOperation.Delete(KeyOf(item.ToString(), finding))), cancellationToken);

    /// <summary>Makes the stored findings of an item those of its present text. Writing them again changes nothing.</summary>
    public async Task ReplaceAsync(ItemKey item, IReadOnlyList<Finding> findings, string understoodBy, CancellationToken cancellationToken)
    {
        var partition = item.ToString();
        var rows = findings.Take(MaxFindings).Select(finding => Write(partition, finding, understoodBy)).DistinctBy(row => row.Key).ToList();
        var kept = rows.Select(row => row.Key.Row).ToHashSet(StringComparer.Ordinal);
        var stale = new List<EntityKey>();
        await foreach (var old in _mentions.QueryAsync(new RangeQuery(partition) { Columns = [] }, cancellationToken))
        {
            if (!kept.Contains(old.Key.Row))
            {
                stale.Add(old.Key);
            }
        }

        foreach (var chunk in rows.Select(TableOperation.Put).Concat(stale.Select(TableOperation.Delete)).Chunk(StorageLimits.BatchOperations))
        {
            await _mentions.BatchAsync(chunk, cancellationToken);
        }
    }

    private static EntityKey KeyOf(string partition, Finding finding) =>
        new(partition, string.Create(CultureInfo.InvariantCulture, $"{finding.Start:D7}-{finding.Kind}-{finding.SubjectId}"));

    private static Entity Write(string partition, Finding finding, string understoodBy) =>
        new Entity(KeyOf(partition, finding))
            .Set("Kind", finding.Kind.ToString())
            .Set("SubjectId", finding.SubjectId)
            .Set("Name", finding.Name)
            .Set("Start", finding.Start)
            .Set("Length", finding.Length)
            .Set("Surface", finding.Surface)
            .Set("Band", finding.Band?.ToString())
            .Set("Score", finding.Score)
            .Set("Status", finding.Status?.ToString())
            .Set("Victim", finding.Victim?.ToString())
            .Set("Actor", finding.Actor?.ToString())
            .Set("Reasons", JsonSerializer.Serialize(finding.Reasons, Readable))
            .Set("UnderstoodBy", understoodBy);

    private static Finding Read(Entity row) => new(
        Enum.Parse<FindingKind>(row.NeedText("Kind")),
        row.NeedText("SubjectId"),
        row.NeedText("Name"),
        (int)(row.GetNumber("Start") ?? 0),
        (int)(row.GetNumber("Length") ?? 0),
        row.NeedText("Surface"),
        JsonSerializer.Deserialize<IReadOnlyList<Reason>>(row.NeedText("Reasons"), Readable) ?? [])
    {
        Band = row.GetText("Band") is { } band ? Enum.Parse<Band>(band) : null,
        Score = (int?)row.GetNumber("Score"),
        Status = row.GetText("Status") is { } status ? Enum.Parse<ViolationStatus>(status) : null,
        Victim = row.GetText("Victim") is { } victim ? Enum.Parse<Victim>(victim) : null,
        Actor = row.GetText("Actor") is { } actor ? Enum.Parse<ActorKind>(actor) : null,
    };
}
