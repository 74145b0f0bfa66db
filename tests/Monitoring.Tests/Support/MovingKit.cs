using System.Globalization;
using System.Text;
using Monitoring.Storage;
using Monitoring.Storage.Moving;

namespace Monitoring.Tests.Support;

/// <summary>Stores for copies and backups, and something of every kind to put into them.</summary>
internal static class MovingKit
{
    public static MovableStore Store(this IEngine engine, string name) => new(name, new LimitedTables(engine.Tables), engine.Blobs);

    /// <summary>Three tables with every type of column and several partitions, an empty table, and blobs in two folders.</summary>
    public static async Task FillAsync(this MovableStore store, int rows = 250)
    {
        var things = store.Tables.Open("Things");
        for (var i = 0; i < rows; i++)
        {
            await things.PutAsync(Thing(i), CancellationToken.None);
        }

        await store.Tables.Open("Others").PutAsync(new Entity("p", "r").Set("Text", ""), CancellationToken.None);
        await store.Tables.Open("bare").PutAsync(new Entity("p", "r"), CancellationToken.None);
        await store.Tables.Open("Nothing").GetAsync(new EntityKey("p", "r"), columns: null, CancellationToken.None);
        for (var i = 0; i < 10; i++)
        {
            await store.PutBlobAsync(string.Create(CultureInfo.InvariantCulture, $"captures/a/{i}"), new string('x', i * 20_000));
        }

        await store.PutBlobAsync("keys/1", "key");
    }

    public static Entity Thing(int i) => new Entity("p" + (i / 120).ToString(CultureInfo.InvariantCulture), i.ToString("D6", CultureInfo.InvariantCulture))
        .Set("Text", "Мирас Кыранбеков \U0001F600 " + i.ToString(CultureInfo.InvariantCulture))
        .Set("Number", long.MaxValue - i)
        .Set("Real", i == 0 ? double.NaN : i / 3.0)
        .Set("Whole", 1.0)
        .Set("Flag", i % 2 == 0)
        .Set("Time", new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero).AddTicks(i))
        .Set("Bytes", Encoding.UTF8.GetBytes(new string('b', i)));

    public static async Task PutBlobAsync(this MovableStore store, string name, string content)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        var present = await store.Blobs.GetPropertiesAsync(name, CancellationToken.None);
        await store.Blobs.PutAsync(name, stream, present is null ? BlobCondition.CreateOnly : BlobCondition.IfMatch(present.ETag), CancellationToken.None);
    }

    public static Task<IReadOnlyList<PartSum>> SumsAsync(this MovableStore store) => store.SumAsync(_ => { }, CancellationToken.None);

    public static Task<CopyReport> CopyToAsync(this MovableStore from, MovableStore to) =>
        new StoreCopy(from, to, new TestClock(), _ => { }).RunAsync(CancellationToken.None);
}
