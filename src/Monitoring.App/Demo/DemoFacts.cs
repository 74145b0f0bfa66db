using System.Globalization;
using System.Security.Cryptography;
using Monitoring.Alerts.Delivery;
using Monitoring.App.Hosting;
using Monitoring.App.Mailing;
using Monitoring.Availability;
using Monitoring.Evidence;
using Monitoring.Feeds;
using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Watchlist;

namespace Monitoring.App.Demo;

/// <summary>One kind of planted fact: how many were planted, how many found, and what was found that was not planted.</summary>
/// <param name="Missing">What was planted and not found, by number or kind, never by name.</param>
internal sealed record FactRow(string What, int Planted, int Found, int Surplus, IReadOnlyList<string> Missing)
{
    public bool IsGood => Found == Planted && Surplus == 0;
}

/// <summary>Compares what the program stored with what the demo planted. The rules here are written again, in the demo's terms: they must not share a mistake with the program's.</summary>
internal sealed class DemoFacts(Station station, DemoWorld world, IReadOnlyList<DemoArticle> articles)
{
    /// <summary>Who has to be told of trouble from where, and which of it ends.</summary>
    private static readonly (string Host, string Vantage, string Class, bool Ends)[] Episodes =
    [
        ("zhel.test", DemoList.Mobile, "blocked.tls_timeout", false),
        ("zhel.test", DemoList.Broadband, "blocked.tls_timeout", false),
        ("tolqyn.test", DemoList.Mobile, "blocked.tls_reset", true),
        ("ajar.test", DemoList.Mobile, "blocked.http_blockpage", false),
        ("bulak.test", DemoList.Mobile, "blocked.http_redirect", false),
        ("samal.test", DemoList.Broadband, "blocked.dns", false),
        (DemoSite.DownHost, DemoList.Direct, "down_everywhere.tcp", true),
    ];

    private WatchlistSnapshot _list = null!;

    public async Task<IReadOnlyList<FactRow>> CompareAsync(CancellationToken cancellationToken)
    {
        _list = await station.Get<WatchlistReader>().GetAsync(cancellationToken);
        var items = await ItemsAsync(cancellationToken);
        var episodes = await EpisodesAsync(cancellationToken);
        var mails = await MailsAsync(cancellationToken);
        var pickup = DataFolder.PickupFolder(station.Get<MailOptions>(), station.Get<StorageOptions>());
        return
        [
            Row("articles stored once", articles.Select(article => Number(article)), items.Values.SelectMany(keys => keys.Select((_, i) => i == 0 ? keys[0].Number : "again"))),
            Row("flags, with who, what and how severe", articles.Where(article => article.Flag.Count > 0).Select(ExpectedFlag), await FlagsAsync(items, cancellationToken)),
            Row("bodies kept with their SHA-256", ["all"], [await AreCapturesGoodAsync(items, cancellationToken) ? "all" : "damaged"]),
            Row("episodes opened", Episodes.Select(episode => $"{episode.Host} {episode.Vantage} {episode.Class}"), episodes.Select(episode => $"{episode.Host} {episode.Vantage} {episode.Episode.Verdict.Class}")),
            Row("episodes closed", Episodes.Where(episode => episode.Ends).Select(episode => $"{episode.Host} {episode.Vantage}"), episodes.Where(episode => episode.Episode.Closed is not null).Select(episode => $"{episode.Host} {episode.Vantage}")),
            Row("verdicts now, by site and vantage", ExpectedVerdicts(), await VerdictsAsync(cancellationToken)),
            Row("mails at once", ExpectedMails(items, episodes), mails.Where(mail => mail.Kind is MailKind.Alert).Select(mail => $"{mail.RecipientId} {mail.Tells}")),
            Row("digests", _list.Recipients.Select(recipient => recipient.Id), mails.Where(mail => mail.Kind is MailKind.Digest).Select(mail => mail.RecipientId)),
            Row("mails sent and on disk", mails.Select(mail => mail.MailId), mails.Where(mail => mail.State is MailState.Sent && File.Exists(Path.Combine(pickup, mail.MailId + ".eml"))).Select(mail => mail.MailId)),
            Row("manners: 304, Retry-After, a failing source reported", ["unchanged", "waited", "reported"], await MannersAsync(cancellationToken)),
        ];
    }

    /// <summary>Whether every source's first visit has ended: what comes from now on is news.</summary>
    public async Task<bool> HaveAllBeenReadAsync(CancellationToken cancellationToken)
    {
        _list = await station.Get<WatchlistReader>().GetAsync(cancellationToken);
        var read = 0;
        foreach (var source in _list.Sources)
        {
            read += await station.Get<SourceStateStore>().GetAsync(source.Kind, source.Id, cancellationToken) is { LastSuccess: not null } ? 1 : 0;
        }

        return read == _list.Sources.Count;
    }

    /// <summary>Whether every episode has begun, so that the world may ease.</summary>
    public async Task<bool> HaveAllOpenedAsync(CancellationToken cancellationToken)
    {
        _list = await station.Get<WatchlistReader>().GetAsync(cancellationToken);
        return (await EpisodesAsync(cancellationToken)).Count >= Episodes.Length;
    }

    private static FactRow Row(string what, IEnumerable<string> planted, IEnumerable<string> found)
    {
        var expected = planted.ToList();
        var left = found.ToList();
        var missing = expected.Where(one => !left.Remove(one)).ToList();
        return new FactRow(what, expected.Count, expected.Count - missing.Count, left.Count, [.. missing.Select(one => one.Split(' ')[0]).Select(one => one.StartsWith('#') ? one : Keys.Hash(one)[..8])]);
    }

    private static string Number(DemoArticle article) => string.Create(CultureInfo.InvariantCulture, $"#{article.Number}");

    private static string ExpectedFlag(DemoArticle article) => $"{Number(article)} {article.Severity} {article.Act} {string.Join(", ", article.Flag.Order(StringComparer.Ordinal))}";

    /// <summary>Stored items by article.</summary>
    private async Task<Dictionary<int, List<(string Number, Item Item)>>> ItemsAsync(CancellationToken cancellationToken)
    {
        var byTitle = articles.ToDictionary(article => (DemoPress.Sources[article.Feed], article.Title));
        var items = new Dictionary<int, List<(string, Item)>>();
        await foreach (var row in station.Get<ITables>().Open("Items").EnumerateAllAsync(cancellationToken))
        {
            var item = Item.FromRow(row);
            var feed = _list.FindSource(item.Key.SourceId)?.Name ?? "";
            var number = byTitle.TryGetValue((feed, item.Title), out var article) ? article.Number : 0;
            if (!items.TryGetValue(number, out var list))
            {
                items.Add(number, list = []);
            }

            list.Add((article is null ? "unknown" : Number(article), item));
        }

        return items;
    }

    private async Task<IReadOnlyList<string>> FlagsAsync(Dictionary<int, List<(string Number, Item Item)>> items, CancellationToken cancellationToken)
    {
        var numbers = items.Values.SelectMany(list => list).ToDictionary(pair => pair.Item.Key, pair => pair.Number);
        var found = new List<string>();
        string? after = null;
        do
        {
            var (flags, next) = await station.Get<FlagStore>().ListAsync(FlagState.New, after, take: 100, cancellationToken);
            found.AddRange(flags.Select(flag => $"{numbers.GetValueOrDefault(flag.Item)} {flag.Severity} {flag.Acts.FirstOrDefault()?.Id} {string.Join(", ", flag.Named.Concat(flag.Topics).Select(subject => subject.Name).Distinct().Order(StringComparer.Ordinal))}"));
            after = next;
        }
        while (after is not null);
        return found;
    }

    private async Task<bool> AreCapturesGoodAsync(Dictionary<int, List<(string Number, Item Item)>> items, CancellationToken cancellationToken)
    {
        var captures = station.Get<CaptureStore>();
        foreach (var (_, item) in items.Values.SelectMany(list => list))
        {
            if (await captures.GetAsync(item.Key.SourceId, item.CaptureId ?? "", cancellationToken) is not { } capture || await captures.OpenBodyAsync(capture, cancellationToken) is not { } body)
            {
                return false;
            }

            await using (body)
            {
                if (Convert.ToHexStringLower(await SHA256.HashDataAsync(body, cancellationToken)) != capture.Sha256)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private async Task<List<(string Host, string Vantage, Episode Episode)>> EpisodesAsync(CancellationToken cancellationToken)
    {
        var found = new List<(string, string, Episode)>();
        foreach (var site in _list.Sites)
        {
            await foreach (var episode in station.Get<EpisodeStore>().ListAsync(site.Id, after: null, take: 100, cancellationToken))
            {
                found.Add((site.Url.Host, _list.Find<Vantage>(EntryKind.Vantage, episode.VantageId)?.Name ?? "", episode));
            }
        }

        return found;
    }

    private static IEnumerable<string> ExpectedVerdicts()
    {
        string[] vantages = [DemoList.Direct, DemoList.Mobile, DemoList.Broadband];
        return DemoSite.All.SelectMany(site => vantages.Select(vantage =>
        {
            var trouble = Episodes.FirstOrDefault(episode => episode.Host == site.Host && episode.Vantage == vantage && !episode.Ends);
            return $"{site.Host} {vantage} {trouble.Class ?? "reachable"}";
        }));
    }

    private async Task<IReadOnlyList<string>> VerdictsAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var site in _list.Sites)
        {
            var states = await station.Get<VantageStateStore>().ListAsync(site.Id, cancellationToken);
            found.AddRange(states.Select(state => $"{site.Url.Host} {_list.Find<Vantage>(EntryKind.Vantage, state.VantageId)?.Name} {state.Verdict?.Class}"));
        }

        return found;
    }

    private async Task<IReadOnlyList<Mail>> MailsAsync(CancellationToken cancellationToken)
    {
        var all = new List<Mail>();
        string? after = null;
        do
        {
            var (mails, next) = await station.Get<Outbox>().ListAsync(after, take: 100, cancellationToken);
            all.AddRange(mails);
            after = next;
        }
        while (after is not null);
        return all;
    }

    private IEnumerable<string> ExpectedMails(Dictionary<int, List<(string Number, Item Item)>> items, List<(string Host, string Vantage, Episode Episode)> episodes)
    {
        foreach (var (name, _, _, atOnce, sites, only) in DemoList.Recipients)
        {
            var recipient = _list.Recipients.First(recipient => recipient.Name == name).Id;
            foreach (var article in articles.Where(article => article.Mail && article.Severity >= Enum.Parse<Severity>(atOnce, ignoreCase: true) && (only.Length == 0 || article.Flag.Intersect(only).Any())))
            {
                yield return $"{recipient} item.{(items.TryGetValue(article.Number, out var stored) ? stored[0].Item.Key.ToString() : Number(article))}";
            }

            foreach (var (host, vantage, _, ends) in Episodes.Where(episode => sites && (only.Length == 0 || DemoSite.All.First(site => site.Host == episode.Host).Outlet is { } outlet && only.Contains(outlet))))
            {
                var episode = episodes.Find(found => found.Host == host && found.Vantage == vantage).Episode;
                var key = episode is null ? $"{host} {vantage}" : $"episode.{episode.SiteId}.{episode.Id}";
                yield return $"{recipient} {key}.opened";
                if (ends)
                {
                    yield return $"{recipient} {key}.closed";
                }
            }
        }
    }

    private async Task<IReadOnlyList<string>> MannersAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        if (world.Press.RequestsOf("ru-304").Any(request => request.Status == StatusCodes.Status304NotModified))
        {
            found.Add("unchanged");
        }

        var limited = world.Press.RequestsOf("kk-429");
        var refused = limited.FirstOrDefault(request => request.Status == StatusCodes.Status429TooManyRequests);
        if (refused is not null && limited.Where(request => request.At > refused.At).All(request => request.At - refused.At >= DemoPress.RetryAfter))
        {
            found.Add("waited");
        }

        var failing = _list.Sources.First(source => source.Name == DemoPress.Sources["ru-500"]);
        if (await station.Get<SourceStateStore>().GetAsync(failing.Kind, failing.Id, cancellationToken) is { Failures: > 0, LastOutcome: "HTTP 500" })
        {
            found.Add("reported");
        }

        return found;
    }
}
