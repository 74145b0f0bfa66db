using System.Globalization;
using Monitoring.Storage;

namespace Monitoring.Blocking.Fingerprints;

/// <summary>
/// Imported and own fingerprints. Table <c>Fingerprints</c>: partition <c>sources</c> has one row a source, which names the partition of its fingerprints:
/// <c>own</c>, or one for each import. Queries served: all sources; all of a source.
/// An import is seen as a whole or not at all: its rows are written beside those of the earlier one, then the source's row is turned to them.
/// </summary>
public sealed class FingerprintStore(ITables tables)
{
    /// <summary>The source of our own; no import may be called so.</summary>
    public const string Own = "own";

    private const string Sources = "sources";

    /// <summary>Partitions, separated by spaces, that an import may have left behind if it never ended.</summary>
    private const string Remove = "Remove";

    private readonly IEntityTable _table = tables.Open("Fingerprints");

    /// <summary>Differs as soon as any source does.</summary>
    public async Task<string> GetVersionAsync(CancellationToken cancellationToken) => VersionOf(await ListSourcesAsync(cancellationToken));

    /// <summary>All sources with their fingerprints, of one version. If one changes while they are read, they are read again.</summary>
    public async Task<IReadOnlyList<FingerprintSource>> LoadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var rows = await ListSourcesAsync(cancellationToken);
            var sources = new List<FingerprintSource>();
            foreach (var row in rows.Where(row => row.GetText("Current") is not null))
            {
                var fingerprints = await _table.QueryAsync(new RangeQuery(row.NeedText("Current")), cancellationToken).Select(FingerprintRow.Read).ToListAsync(cancellationToken);
                sources.Add(new FingerprintSource(row.NeedText("Name"), row.NeedTime("ChangedAt"), row.NeedText("ChangedBy"), fingerprints));
            }

            if (VersionOf(rows) == await GetVersionAsync(cancellationToken))
            {
                return sources;
            }
        }
    }

    /// <summary>Replaces what was imported under the same name. A crash leaves the old or the new; what it left lying is removed by the next import of this name.</summary>
    /// <param name="wrote">Told how many rows were written since it was told last.</param>
    public async Task<FingerprintImportResult> ImportAsync(FingerprintImport import, Action<int> wrote, CancellationToken cancellationToken)
    {
        if (import.Source is Own or "")
        {
            throw new ArgumentException("An import needs a name that is not our own.", nameof(import));
        }

        var content = FingerprintRow.HashOf(import.Fingerprints);
        var source = await GetSourceAsync(import.Source, cancellationToken);
        if (source.GetText("Content") == content)
        {
            return FingerprintImportResult.Unchanged;
        }

        // No other import has this partition: of those that read the same ETag, one passes the first save. It is noted before it is written, because
        // rows that nobody names would stay for ever.
        var partition = $"import~{Keys.Hash(import.Source, content, source.ETag ?? "")}";
        string[] left = [.. (source.GetText(Remove) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries), partition];
        if (!await SaveAsync(source.Set(Remove, string.Join(' ', left.Distinct(StringComparer.Ordinal))), cancellationToken))
        {
            return FingerprintImportResult.ChangedMeanwhile;
        }

        await WriteAsync(partition, import.Fingerprints, wrote, cancellationToken);
        string[] stale = [.. left.Append(source.GetText("Current")).OfType<string>().Where(name => name != partition).Distinct(StringComparer.Ordinal)];
        source.Set("Current", partition).Set("Content", content).Set("ChangedAt", import.When).Set("ChangedBy", import.Who).Set(Remove, string.Join(' ', stale));
        if (!await SaveAsync(source, cancellationToken))
        {
            await ClearAsync(partition, cancellationToken);
            return FingerprintImportResult.ChangedMeanwhile;
        }

        foreach (var old in stale)
        {
            await ClearAsync(old, cancellationToken);
        }

        // A lost race is no harm: they are looked for once more.
        await SaveAsync(source.Set(Remove, (string?)null), cancellationToken);
        return FingerprintImportResult.Imported;
    }

    /// <summary>Adds one of our own, which counts as a provider's of its country. After a crash half-way it is stored, but workers may see it only with the next change.</summary>
    public async Task<OwnFingerprintResult> AddOwnAsync(OwnFingerprint own, CancellationToken cancellationToken)
    {
        var problems = new List<(string, string)>();
        var fingerprint = FingerprintRules.Read(name => FieldOf(own, name), (field, message) => problems.Add((field, message)));
        if (fingerprint is null)
        {
            return new OwnFingerprintResult.Wrong(problems);
        }

        var row = FingerprintRow.Write(new EntityKey(Own, Keys.Safe(fingerprint.Name)), fingerprint).Set("AddedBy", own.Who).Set("AddedAt", own.When);
        var added = await _table.AddAsync(row, cancellationToken);

        // Also when it was there: whoever added it may have died here.
        await EditOwnAsync(added is AddResult.Added, own.Who, own.When, cancellationToken);
        return added is AddResult.Added ? new OwnFingerprintResult.Added() : new OwnFingerprintResult.NameTaken();
    }

    /// <summary>Removes one of our own; nothing happens if there is none of that name.</summary>
    public async Task RemoveOwnAsync(string name, string who, DateTimeOffset when, CancellationToken cancellationToken)
    {
        var result = await _table.DeleteAsync(new EntityKey(Own, Keys.Safe(name)), etag: null, cancellationToken);
        await EditOwnAsync(result is SaveResult.Saved, who, when, cancellationToken);
    }

    /// <summary>Raises the edition, by which workers see that something changed.</summary>
    /// <param name="isNews">Whether the row was changed just now, and not before a crash.</param>
    private async Task EditOwnAsync(bool isNews, string who, DateTimeOffset when, CancellationToken cancellationToken)
    {
        Entity source;
        do
        {
            source = await GetSourceAsync(Own, cancellationToken);
            source.Set("Current", Own).Set("Edition", (source.GetNumber("Edition") ?? 0) + 1);
            if (isNews || source.GetTime("ChangedAt") is null)
            {
                source.Set("ChangedAt", when).Set("ChangedBy", who);
            }
        }
        while (!await SaveAsync(source, cancellationToken));
    }

    private static string FieldOf(OwnFingerprint own, string name) => name switch
    {
        "name" => own.Name,
        "scope" => FingerprintRules.Word(FingerprintScope.Isp),
        "location_found" => own.Location,
        "pattern_type" => FingerprintRules.Word(own.Type),
        "pattern" => own.Pattern,
        "expected_countries" => own.Country,
        _ => "",
    };

    private static string VersionOf(IEnumerable<Entity> sources) =>
        Keys.Hash([.. sources.SelectMany(row => (string[])[row.GetText("Current") ?? "", (row.GetNumber("Edition") ?? 0).ToString(CultureInfo.InvariantCulture)])]);

    private Task<List<Entity>> ListSourcesAsync(CancellationToken cancellationToken) => _table.QueryAsync(new RangeQuery(Sources), cancellationToken).ToListAsync(cancellationToken).AsTask();

    private async Task<Entity> GetSourceAsync(string name, CancellationToken cancellationToken)
    {
        var key = new EntityKey(Sources, Keys.Safe(name));
        return await _table.GetAsync(key, columns: null, cancellationToken) ?? new Entity(key).Set("Name", name);
    }

    private async Task<bool> SaveAsync(Entity source, CancellationToken cancellationToken) => source.ETag is null
        ? await _table.AddAsync(source, cancellationToken) is AddResult.Added
        : await _table.ReplaceAsync(source, cancellationToken) is SaveResult.Saved;

    private async Task WriteAsync(string partition, IReadOnlyList<Fingerprint> fingerprints, Action<int> wrote, CancellationToken cancellationToken)
    {
        var rows = fingerprints.Select((fingerprint, index) => FingerprintRow.Write(new EntityKey(partition, index.ToString("D6", CultureInfo.InvariantCulture)), fingerprint));
        foreach (var chunk in EntityTableBatches.Chunks(_table.Name, rows.Select(TableOperation.Put)))
        {
            await _table.BatchAsync(chunk, cancellationToken);
            wrote(chunk.Count);
        }
    }

    private async Task ClearAsync(string partition, CancellationToken cancellationToken)
    {
        var rows = _table.QueryAsync(new RangeQuery(partition) { Columns = [] }, cancellationToken).Select(row => TableOperation.Delete(row.Key));
        await foreach (var chunk in EntityTableBatches.ChunksAsync(_table.Name, rows, cancellationToken))
        {
            await _table.BatchAsync(chunk, cancellationToken);
        }
    }
}
