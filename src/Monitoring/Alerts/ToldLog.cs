using System.Globalization;
using System.Text.Json;
using Monitoring.Storage;

namespace Monitoring.Alerts;

/// <summary>
/// What everybody was told of each matter. Nothing here is ever changed: of two workers who tell one recipient at the same moment one is
/// first, and the other looks again. Table <c>Told</c>: partition = matter, row = recipient and number; query served: all of a matter.
/// </summary>
public sealed class ToldLog(ITables tables)
{
    private readonly IEntityTable _told = tables.Open("Told");

    /// <summary>All that was told of a matter, by recipient in the order of telling.</summary>
    public async Task<ILookup<string, ToldAlert>> ReadAsync(string matter, CancellationToken cancellationToken)
    {
        var told = new List<ToldAlert>();
        await foreach (var row in _told.QueryAsync(new RangeQuery(Keys.Safe(matter)), cancellationToken))
        {
            told.Add(Read(row));
        }

        return told.ToLookup(alert => alert.RecipientId, StringComparer.Ordinal);
    }

    /// <returns>False if something with this number was written before.</returns>
    public async Task<bool> AddAsync(string matter, ToldAlert alert, CancellationToken cancellationToken)
    {
        var row = new Entity(Keys.Safe(matter), string.Create(CultureInfo.InvariantCulture, $"{alert.RecipientId}.{alert.Number:D4}"))
            .Set("Record", alert.Record)
            .Set("Change", alert.Change.ToString())
            .Set("Review", alert.Review.ToString())
            .Set("By", alert.By.ToString())
            .Set("Facts", JsonSerializer.Serialize(alert.Facts))
            .Set("At", alert.At)
            .Set("Key", alert.Key);
        return await _told.AddAsync(row, cancellationToken) is AddResult.Added;
    }

    private static ToldAlert Read(Entity row) => new()
    {
        RecipientId = row.Key.Row[..row.Key.Row.IndexOf('.', StringComparison.Ordinal)],
        Number = int.Parse(row.Key.Row.AsSpan(row.Key.Row.IndexOf('.', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture),
        Record = row.NeedText("Record"),
        Change = Enum.Parse<AlertChange>(row.NeedText("Change")),
        Review = Enum.Parse<AlertReview>(row.NeedText("Review")),
        By = Enum.Parse<ToldBy>(row.NeedText("By")),
        Facts = JsonSerializer.Deserialize<IReadOnlyList<string>>(row.NeedText("Facts")) ?? throw new StoredRowException(row.Key, "Facts"),
        At = row.NeedTime("At"),
        Key = row.NeedText("Key"),
    };
}
