using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Monitoring.App.Demo;

/// <summary>One answered request of a feed.</summary>
internal sealed record PressRequest(DateTimeOffset At, int Status);

/// <summary>The demo's press: twelve feeds and a page, by host name. Some behave badly, as real ones do.</summary>
internal sealed class DemoPress(IReadOnlyList<DemoArticle> articles, DateTimeOffset start, double factor, TimeProvider time)
{
    /// <summary>What the rate-limiting feed asks for.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, ConcurrentQueue<PressRequest>> _requests = new(StringComparer.Ordinal);
    private volatile bool _isLive;

    /// <summary>The sources by their short name, which is also their host's (<c>http://ru-rss.test</c>), and the name people call them by.</summary>
    public static IReadOnlyDictionary<string, string> Sources { get; } = new Dictionary<string, string>
    {
        ["ru-rss"] = "Степной вестник, лента",
        ["ru-1251"] = "Ежедневная хроника",
        ["kk-atom"] = "Дала жаңалықтары",
        ["en-json"] = "Steppe Reporter",
        ["ru-rdf"] = "Область сегодня",
        ["en-atom03"] = "Steppe Weekly",
        ["ru-broken"] = "Кафе новостей",
        ["ru-304"] = "Городской листок",
        ["ru-500"] = "Областной театрал",
        ["kk-429"] = "Ауыл үні",
        ["kk-rss"] = "Жерұйық",
        ["ru-undated"] = "Полезные советы",
        [Page] = "Город, страница новостей",
    };

    /// <summary>The one source that is a page with links.</summary>
    public const string Page = "page";

    /// <summary>From now on the live articles are published, one feed fails, and another limits its next visitor.</summary>
    public void GoLive() => _isLive = true;

    public IReadOnlyList<PressRequest> RequestsOf(string feed) => [.. _requests.GetValueOrDefault(feed) ?? []];

    /// <summary>Answers a request to one of the press's hosts; false if the host is not one of them.</summary>
    public async Task<bool> AnswerAsync(HttpContext context)
    {
        var name = context.Request.Host.Host.Split('.')[0];
        if (!Sources.ContainsKey(name))
        {
            return false;
        }

        var queue = _requests.GetOrAdd(name, _ => new ConcurrentQueue<PressRequest>());
        context.Response.StatusCode = name switch
        {
            "ru-500" when _isLive => StatusCodes.Status500InternalServerError,
            "kk-429" when _isLive && !queue.Any(request => request.Status == StatusCodes.Status429TooManyRequests) => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status200OK,
        };
        if (context.Response.StatusCode == StatusCodes.Status429TooManyRequests)
        {
            context.Response.Headers.RetryAfter = $"{(int)RetryAfter.TotalSeconds}";
        }

        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            await SendAsync(context, name);
        }

        queue.Enqueue(new PressRequest(time.GetUtcNow(), context.Response.StatusCode));
        return true;
    }

    private async Task SendAsync(HttpContext context, string name)
    {
        var body = Write(name, $"http://{context.Request.Host}");
        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..16]}\"";
        context.Response.Headers.ETag = etag;
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private byte[] Write(string name, string root)
    {
        var published = articles
            .Where(article => article.Feed == name && (_isLive || !article.Live))
            .Select(article => new PublishedArticle(article.Title, article.Text, $"{root}/{article.Number}", article.Hours is { } hours ? start - TimeSpan.FromHours(hours) * factor : null))
            .Reverse();
        var title = Sources[name];
        return name switch
        {
            "kk-atom" => FeedWriter.Atom(title, "kk", published),
            "en-json" => FeedWriter.Json(title, "en", published),
            "ru-rdf" => FeedWriter.Rdf(title, published),
            "en-atom03" => FeedWriter.OldAtom(title, published),
            "ru-broken" => FeedWriter.BrokenRss(title, published),
            "ru-undated" => FeedWriter.OldRss(title, published),
            "ru-1251" => FeedWriter.Rss(title, "ru", published, "windows-1251"),
            Page => FeedWriter.Page(title, published),
            _ => FeedWriter.Rss(title, name[..2], published),
        };
    }
}
