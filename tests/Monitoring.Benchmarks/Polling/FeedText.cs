using System.Globalization;
using System.Text;

namespace Monitoring.Benchmarks.Polling;

/// <summary>
/// Feeds of newsrooms, generated: Russian sentences of invented news from a fixed seed. A feed lists its newest items first; no two feeds and no two items
/// have the same bytes.
/// </summary>
internal sealed class FeedText
{
    /// <summary>Bodies that items share, so that a feed is put together as fast as its bytes are copied.</summary>
    private const int Bodies = 256;

    private const int Seed = 20261123;

    private static readonly DateTimeOffset First = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Words =
        ("суд журналист редакция акимат адвокат задержание город вечером область полиция министр заявил сообщил отметил решение дело статья газета жители площадь " +
        "арест протокол заседание прокурор обвинение свидетель издание сайт доступ закон проект депутат вода дорога школа больница цены тенге бюджет стройка завод " +
        "рабочие забастовка степь река паводок акция митинг разрешение отказ жалоба письмо ответ пресс-служба вчера сегодня утром после перед около более почти " +
        "в на по о об из за от до при для без между против также который которая которые было были будет может должны нового прошлого года месяца недели").Split(' ');

    private readonly byte[][] _bodies;

    /// <param name="itemBytes">Of one item, about.</param>
    public FeedText(int itemBytes)
    {
        var random = new Random(Seed);
        _bodies = [.. Enumerable.Range(0, Bodies).Select(_ => Encoding.UTF8.GetBytes(Body(random, itemBytes)))];
    }

    /// <param name="feed">Its number.</param>
    /// <param name="items">How many it lists.</param>
    /// <param name="newest">The number of the newest of them.</param>
    public byte[] Write(int feed, int items, int newest)
    {
        using var feedText = new MemoryStream();
        Add(feedText, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Газета {feed}</title><link>http://feed-{feed}.test/</link><language>ru</language>\n");
        for (var item = newest; item > newest - items; item--)
        {
            var published = First.AddMinutes(item).ToString("R", CultureInfo.InvariantCulture);
            Add(feedText, $"<item><guid isPermaLink=\"false\">{feed}-{item}</guid><link>http://feed-{feed}.test/news/{item}</link><pubDate>{published}</pubDate>");
            feedText.Write(_bodies[(feed * 31 + item) % Bodies]);
        }

        Add(feedText, $"</channel></rss>\n");
        return feedText.ToArray();
    }

    private static string Body(Random random, int itemBytes)
    {
        var body = new StringBuilder($"<title>{Sentence(random)}</title><description>{Sentence(random)}. {Sentence(random)}.</description><content:encoded><![CDATA[");
        while (Encoding.UTF8.GetByteCount(body.ToString()) < itemBytes - 420)
        {
            body.Append(CultureInfo.InvariantCulture, $"<p>{Sentence(random)}. {Sentence(random)}.</p>\n");
        }

        return body.Append("]]></content:encoded></item>\n").ToString();
    }

    private static string Sentence(Random random)
    {
        var words = Enumerable.Range(0, random.Next(6, 12)).Select(_ => Words[random.Next(Words.Length)]);
        var sentence = string.Join(' ', words);
        return char.ToUpper(sentence[0], CultureInfo.InvariantCulture) + sentence[1..];
    }

    private static void Add(MemoryStream to, FormattableString text) => to.Write(Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture)));
}
