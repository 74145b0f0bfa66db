using System.Globalization;
using System.Runtime.CompilerServices;
using Monitoring.Storage;

namespace Monitoring.Availability;

/// <summary>
/// Every check as a compact fact, packed per site, vantage and hour. Table <c>CheckHours</c>: partition = site and vantage, row = UTC hour, columns
/// <c>Facts0</c> … with one line a check; query served: the facts of a period.
/// </summary>
public sealed class CheckHistory(ITables tables)
{
    private const int ColumnCharacters = 30_000;

    /// <summary>An hour holds some 7,000 checks; what a wilder schedule adds is left out.</summary>
    private const int MaxColumns = 12;

    private readonly IEntityTable _hours = tables.Open("CheckHours");

    /// <summary>Adds a fact to its hour. Two writers at once are rare (one worker checks a site); the loser tries again.</summary>
    public async Task AddAsync(string siteId, string vantageId, CheckFact fact, CancellationToken cancellationToken)
    {
        var key = new EntityKey($"{siteId}.{vantageId}", Keys.Hour(fact.At));
        var line = fact.Pack();
        while (true)
        {
            var row = await _hours.GetAsync(key, columns: null, cancellationToken);
            var next = Append(row ?? new Entity(key), line);
            var isSaved = row is null
                ? await _hours.AddAsync(next, cancellationToken) is AddResult.Added
                : await _hours.ReplaceAsync(next, cancellationToken) is SaveResult.Saved;
            if (isSaved)
            {
                return;
            }
        }
    }

    /// <summary>The facts from <paramref name="from"/> to <paramref name="to"/>, oldest first.</summary>
    public async IAsyncEnumerable<CheckFact> ListAsync(
        string siteId, string vantageId, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new RangeQuery($"{siteId}.{vantageId}") { From = Keys.Hour(from), Before = Keys.Hour(to.AddHours(1)) };
        await foreach (var row in _hours.QueryAsync(query, cancellationToken))
        {
            foreach (var fact in Unpack(row).Where(fact => fact.At >= from && fact.At <= to))
            {
                yield return fact;
            }
        }
    }

    /// <summary>Removes whole hours of a site from one vantage that ended before <paramref name="before"/>.</summary>
    /// <param name="dryRun">Only count.</param>
    /// <returns>How many hours.</returns>
    public async Task<int> RemoveAsync(string siteId, string vantageId, DateTimeOffset before, bool dryRun, CancellationToken cancellationToken)
    {
        var count = 0;
        var query = new RangeQuery($"{siteId}.{vantageId}") { Before = Keys.Hour(before), Columns = [] };
        await foreach (var chunk in _hours.QueryAsync(query, cancellationToken).Chunk(StorageLimits.BatchOperations).WithCancellation(cancellationToken))
        {
            count += dryRun ? chunk.Length : (await _hours.ApplyEachAsync(chunk.Select(row => TableOperation.Delete(row.Key)), cancellationToken)).Count(isGone => isGone);
        }

        return count;
    }

    private static Entity Append(Entity row, string line)
    {
        for (var i = 0; i < MaxColumns; i++)
        {
            var column = Column(i);
            var facts = row.GetText(column) ?? "";
            if (facts.Length + line.Length <= ColumnCharacters)
            {
                return row.Set(column, facts + line);
            }
        }

        return row;
    }

    private static IEnumerable<CheckFact> Unpack(Entity row)
    {
        var hour = DateTimeOffset.ParseExact(row.Key.Row, "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        for (var i = 0; row.GetText(Column(i)) is { } facts; i++)
        {
            foreach (var line in facts.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (CheckFact.Unpack(hour, line) is { } fact)
                {
                    yield return fact;
                }
            }
        }
    }

    private static string Column(int i) => string.Create(CultureInfo.InvariantCulture, $"Facts{i}");
}
