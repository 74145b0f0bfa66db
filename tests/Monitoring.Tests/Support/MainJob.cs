using System.Globalization;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Demo;
using Monitoring.App.Hosting;
using Monitoring.App.Mailing;
using Monitoring.Storage;
using Monitoring.Work;

namespace Monitoring.Tests.Support;

/// <summary>The main job in small: one feed that comes to tell of an arrest, one site that a proxy censors, one reader; and what must come of it.</summary>
internal static class MainJob
{
    public static string List(LoopbackWeb web, CensoringProxy proxy) => $"""
        version: 1
        country: KZ
        persons:
          - {"{"} id: person-1, name: Мирас Кыранбеков {"}"}
        topics:
          - {"{"} id: topic-1, name: Detention, severity: critical, keywords: ["задержан*"] {"}"}
        feeds:
          - {"{"} id: feed-1, name: feed, url: "{web.Url("/feed")}" {"}"}
        sites:
          - {"{"} id: site-1, name: site, url: "{web.Url("/")}", every: "00:10:00" {"}"}
        vantages:
          - {"{"} id: vantage-direct, name: direct, via: direct {"}"}
          - {"{"} id: vantage-proxy, name: proxy, via: proxy, proxy: "{proxy.Address}" {"}"}
        recipients:
          - {"{"} id: recipient-1, name: Reader, address: reader@example.org, language: ru, timeZone: Asia/Almaty, digest: "09:00", atOnce: high {"}"}
        """;

    /// <summary>What must be the same: everything that was found, decided and told, but not when.</summary>
    public static async Task<string> DumpAsync(Station station)
    {
        var tables = station.Get<ITables>();
        var lines = new List<string>();
        async Task AddAsync(string table, Func<Entity, string> line)
        {
            await foreach (var row in tables.Open(table).EnumerateAllAsync(CancellationToken.None))
            {
                lines.Add($"{table} {line(row)}");
            }
        }

        await AddAsync("Items", row => $"{row.Key} {row.GetText("Title")} {row.GetText("UnderstoodBy")}");
        await AddAsync("ItemTexts", row => $"{row.Key} {row.GetText("Text0")}");
        await AddAsync("Mentions", row => $"{row.Key} {row.GetText("Surface")}");
        await AddAsync("Flags", row => $"{row.Key} {row.GetText("State")} {row.GetText("Severity")} {row.GetText("Subjects")}");
        await AddAsync("Mails", row => $"{row.Key.Partition} {row.GetText("Kind")} {row.GetText("Tells")!.Split('.')[0]} {row.GetText("State")}");
        await AddAsync("Episodes", row => $"{row.Key.Partition} {row.GetText("VantageId")} {row.GetText("Class")} closed={row.GetTime("Closed") is not null}");
        await AddAsync("EpisodesOpen", row => row.Key.Row.Split('.')[0]);
        lines.Sort(StringComparer.Ordinal);

        var mails = (await station.Get<Outbox>().ListAsync(after: null, take: 100, CancellationToken.None)).Mails;
        var pickup = DataFolder.PickupFolder(station.Get<MailOptions>(), station.Get<StorageOptions>());
        var files = Directory.GetFiles(pickup, "*.eml").Length;
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"mails={mails.Count} sent={mails.Count(mail => mail.State is MailState.Sent)} files={files}"));
        var (pending, unsent) = (await CountAsync(tables, "Pending"), await CountAsync(tables, "MailsPending"));
        var queued = (await station.Get<IWorkQueue>().GetStateAsync(CancellationToken.None)).Sum(state => state.Length);
        var poison = await station.Get<IWorkQueue>().ListPoisonAsync(CancellationToken.None).CountAsync();
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"left: pending={pending} mails={unsent} queue={queued} poison={poison}"));
        return string.Join('\n', lines);
    }

    private static ValueTask<int> CountAsync(ITables tables, string table) => tables.Open(table).EnumerateAllAsync(CancellationToken.None).CountAsync();

    /// <summary>What the feed says at each step: one old item, then an arrest.</summary>
    public sealed class Press(LoopbackWeb web)
    {
        private string? _arrest;

        public void Set(int step, DateTimeOffset now)
        {
            web.On("/", $"<html><head><title>Новости города</title></head><body>{new string('x', 2000)}</body></html>", 200, "Content-Type: text/html");
            if (step == 1)
            {
                _arrest ??= Item("2", "Мирас Кыранбеков задержан", now);
            }

            web.On("/feed", $"<rss version=\"2.0\"><channel><title>Лента</title>{_arrest}{Item("1", "Мирас Кыранбеков дал интервью", now.AddHours(-100))}</channel></rss>");
        }

        private static string Item(string id, string title, DateTimeOffset at) =>
            $"<item><guid isPermaLink=\"false\">{id}</guid><title>{title}</title><pubDate>{at.ToString("R", CultureInfo.InvariantCulture)}</pubDate><description>Подробности позже.</description></item>";
    }
}
