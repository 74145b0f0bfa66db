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
/// <param name="IsTeaser">Its text stands on its own page.</param>
internal sealed record Article(string Guid, DateTimeOffset At, bool IsArrest, bool IsDated, bool IsTeaser = false)
{
    private static readonly string[] Names =
    [
        "Мирас Кыранбеков", "Ерлан Тоқсанов", "Санжар Оралбаев", "Даулет Шынғысов", "Тимур Веденский", "Руслан Загоруйко",
        "Нурлан Бейсекеев", "Арман Жолдыбаев", "Виктор Пшеничный", "Олжас Кенесарин", "Марат Утемуратов", "Игорь Лукьяненко",
    ];

    /// <summary>Everybody who is arrested in these feeds.</summary>
    public static IReadOnlyList<string> Everybody => Names;

    /// <summary>Each arrest is another person's: articles about one would be one story, told once.</summary>
    public string Who { get; } = Names[((Guid[0] * 4) + (Guid[^1] / 2)) % Names.Length];
}

/// <summary>Feeds without sockets: each answers with the articles that are published by now, and with 304 to who has them.</summary>
internal sealed class ScriptedPress(TimeProvider time) : HttpMessageHandler
{
    private readonly Dictionary<string, IReadOnlyList<Article>> _articles = [];
    private readonly Dictionary<string, int> _served = [];
    private readonly Dictionary<string, IReadOnlyList<Article>> _fresh = [];

    public HttpTransport Transport => new(new HttpMessageInvoker(this), route => throw new NotSupportedException($"{route}"));

    /// <summary>The article of a page.</summary>
    public Article Find(string feed, string guid) => _articles[feed].Single(article => article.Guid == guid);

    /// <param name="feed">Its id and the first label of its host.</param>
    public void Publishes(string feed, params IReadOnlyList<Article> articles) => (_articles[feed], _served[feed]) = ([.. articles.OrderBy(article => article.At)], 0);

    /// <summary>What the last answer of a feed had that the ones before did not; nothing for the second one who asks.</summary>
    public IReadOnlyList<Article> TakeFresh(string feed) => _fresh.Remove(feed, out var fresh) ? fresh : [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var feed = request.RequestUri!.Host.Split('.')[0];
        if (request.RequestUri.AbsolutePath != "/rss")
        {
            return Task.FromResult(Answer(Page(Find(feed, request.RequestUri.AbsolutePath.TrimStart('/'))), "text/html"));
        }

        var published = _articles[feed].Where(article => article.At <= time.GetUtcNow()).ToList();
        var tag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{published.Count}\""));
        if (request.Headers.IfNoneMatch.Contains(tag))
        {
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotModified) { Content = new ByteArrayContent([]), Headers = { ETag = tag } });
        }

        _fresh[feed] = published[_served[feed]..];
        _served[feed] = published.Count;
        var body = FeedSample.Rss(string.Concat(published.Select(article => Item(feed, article))));
        var answer = Answer(body, "application/rss+xml");
        answer.Headers.ETag = tag;
        return Task.FromResult(answer);
    }

    private static HttpResponseMessage Answer(string body, string type) => new(HttpStatusCode.OK)
    {
        Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
    };

    private static string Page(Article article) =>
        $"<html><head><title>Погода в городе</title></head><body><article><h1>Погода в городе</h1><p>{Long($"Погода в городе меняется, подробности {article.Guid}.")}</p></article></body></html>";

    private static string Long(string sentence) => string.Join(' ', Enumerable.Repeat(sentence, 40));

    private static string Item(string feed, Article article)
    {
        var date = article.IsDated ? $"<pubDate>{article.At.ToString("R", CultureInfo.InvariantCulture)}</pubDate>" : "";
        return $"<item><guid isPermaLink=\"false\">{article.Guid}</guid><title>{(article.IsArrest ? $"{article.Who} задержан" : "Погода в городе")}</title>{date}"
            + $"<link>http://{feed}.example/{article.Guid}</link><description>{(article.IsTeaser ? $"Подробности {article.Guid}." : Long($"Подробности {article.Guid}."))}</description></item>";
    }
}
