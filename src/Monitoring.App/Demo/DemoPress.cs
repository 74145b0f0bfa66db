using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Monitoring.App.Demo;

/// <summary>One answered request of a feed.</summary>
internal sealed record PressRequest(DateTimeOffset At, int Status);

/// <summary>The demo's press: twelve feeds and a page, by host name. Some behave badly, as real ones do.</summary>
internal sealed class DemoPress(IReadOnlyList<DemoArticle> articles, DateTimeOffset start, double factor, TimeProvider time)
{
    /// <summary>What the rate-limited feed asks for at its second visit.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, ConcurrentQueue<PressRequest>> _requests = new(StringComparer.Ordinal);
    private volatile bool _isLive;

    /// <summary>The feeds by name; the page is called <c>page</c>. Each is at <c>http://name.test</c>.</summary>
    public static IReadOnlyList<string> Feeds { get; } =
        ["ru-rss", "ru-1251", "kk-atom", "en-json", "ru-rdf", "en-atom03", "ru-broken", "ru-304", "ru-500", "kk-429", "kk-rss", "ru-undated"];

    /// <summary>From now on the live articles are published.</summary>
    public void GoLive() => _isLive = true;

    public IReadOnlyList<PressRequest> RequestsOf(string feed) => [.. _requests.GetValueOrDefault(feed) ?? []];

    /// <summary>Answers a request to one of the press's hosts; false if the host is not one of them.</summary>
    public async Task<bool> AnswerAsync(HttpContext context)
    {
        var name = context.Request.Host.Host.Split('.')[0];
        if (!Feeds.Contains(name) && name != "page")
        {
            return false;
        }

        var queue = _requests.GetOrAdd(name, _ => new ConcurrentQueue<PressRequest>());
        context.Response.StatusCode = (name, queue.Count) switch
        {
            ("ru-500", > 0) => StatusCodes.Status500InternalServerError,
            ("kk-429", 1) => StatusCodes.Status429TooManyRequests,
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
        return name switch
        {
            "kk-atom" => FeedWriter.Atom("Дала жаңалықтары", "kk", published),
            "en-json" => FeedWriter.Json("Qum Press", "en", published),
            "ru-rdf" => FeedWriter.Rdf("Область сегодня", published),
            "en-atom03" => FeedWriter.OldAtom("Steppe Weekly", published),
            "ru-broken" => FeedWriter.BrokenRss("Кафе новостей", published),
            "ru-undated" => FeedWriter.OldRss("Полезные советы", published),
            "ru-1251" => FeedWriter.Rss("Ежедневная хроника", "ru", published, "windows-1251"),
            "page" => FeedWriter.Page("Город", published),
            _ => FeedWriter.Rss(name, name[..2], published),
        };
    }
}
