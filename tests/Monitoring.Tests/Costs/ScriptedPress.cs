using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Monitoring.Fetching;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Costs;

/// <param name="At">When it is published.</param>
/// <param name="IsArrest">It names a listed person and a topic: it will be flagged.</param>
/// <param name="IsDated">Only dated news is told at once.</param>
internal sealed record Article(string Guid, DateTimeOffset At, bool IsArrest, bool IsDated);

/// <summary>Feeds without sockets: each answers with the articles that are published by now, and with 304 to who has them.</summary>
internal sealed class ScriptedPress(TimeProvider time) : HttpMessageHandler
{
    private readonly Dictionary<string, IReadOnlyList<Article>> _articles = [];
    private readonly Dictionary<string, int> _served = [];
    private readonly Dictionary<string, IReadOnlyList<Article>> _fresh = [];

    public HttpTransport Transport => new(new HttpMessageInvoker(this), route => throw new NotSupportedException($"{route}"));

    /// <param name="feed">Its id and the first label of its host.</param>
    public void Publishes(string feed, params IReadOnlyList<Article> articles) => (_articles[feed], _served[feed]) = ([.. articles.OrderBy(article => article.At)], 0);

    /// <summary>What the last answer of a feed had that the ones before did not; nothing for the second one who asks.</summary>
    public IReadOnlyList<Article> TakeFresh(string feed) => _fresh.Remove(feed, out var fresh) ? fresh : [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var feed = request.RequestUri!.Host.Split('.')[0];
        var published = _articles[feed].Where(article => article.At <= time.GetUtcNow()).ToList();
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{published.Count}\""));
        if (request.Headers.IfNoneMatch.Contains(tag))
        {
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotModified) { Content = new ByteArrayContent([]), Headers = { ETag = tag } });
        }

        _fresh[feed] = published[_served[feed]..];
        _served[feed] = published.Count;
        var body = FeedSample.Rss(string.Concat(published.Select(Item)));
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/rss+xml") } },
            Headers = { ETag = tag },
        });
    }

    private static string Item(Article article)
    {
        var date = article.IsDated ? $"<pubDate>{article.At.ToString("R", CultureInfo.InvariantCulture)}</pubDate>" : "";
        return $"<item><guid isPermaLink=\"false\">{article.Guid}</guid><title>{(article.IsArrest ? "Мирас Кыранбеков задержан" : "Погода в городе")}</title>{date}"
            + $"<description>Подробности {article.Guid}.</description></item>";
    }
}
