using System.Globalization;
using Monitoring.Evidence;
using Monitoring.Fetching;
using Monitoring.Items;

namespace Monitoring.WatchedPages;

/// <summary>What came when an article's page was asked for.</summary>
public abstract record ArticleAnswer
{
    /// <summary>Names the text that says so.</summary>
    private const string FrontPage = "@reason.front_page";

    private ArticleAnswer()
    {
    }

    /// <summary>A page, as far as can be told the one that was asked for.</summary>
    public sealed record Page(HttpExchange Exchange, string Html) : ArticleAnswer
    {
        public FoundArticle Read(ArticleExtraction extraction)
        {
            var article = extraction.Read(Html, Exchange.FinalUrl) ?? new Article();
            return new FoundArticle
            {
                Title = article.Title?.Value ?? "",
                Text = article.Text?.Value ?? "",
                Published = article.Published?.Value,
                Author = article.Author?.Value,
                Language = article.Language?.Value,
                Canonical = article.Canonical?.Value,
            }.Clean();
        }
    }

    /// <summary>The server says that there is no such page: 404, 410, or its front page in place of the article.</summary>
    /// <param name="How">As <see cref="GoneSign.How"/>.</param>
    public sealed record Missing(HttpExchange Exchange, string How) : ArticleAnswer
    {
        /// <summary>For operators.</summary>
        public string What => How == FrontPage ? "the front page of the site" : How;
    }

    /// <summary>A failure, refusal, challenge, block or anything else that says nothing of the article.</summary>
    /// <param name="Why">Failure strings, HTTP statuses; never an address or text of the page.</param>
    public sealed record Other(string Why, TimeSpan? RetryAfter) : ArticleAnswer
    {
        /// <summary>It would be the same next time.</summary>
        public bool IsFinal { get; init; }
    }

    /// <summary>Longest page, decompressed, that is looked into with a 404.</summary>
    private const int MaxRefusal = 4 * 1024 * 1024;

    /// <param name="asked">The address that was asked for.</param>
    public static ArticleAnswer Of(FetchResult result, Uri asked)
    {
        switch (result)
        {
            case FetchResult.Fetched fetched when fetched.Exchange.Header("Content-Type") is { Length: > 0 } type && !type.Contains("html", StringComparison.OrdinalIgnoreCase):
                return new Other("no HTML", RetryAfter: null) { IsFinal = true };
            case FetchResult.Fetched fetched:
                var html = Decode(fetched.Exchange, fetched.Content);
                return Instead.Of(fetched.Exchange, html) is { } instead ? new Other(Instead.Say(instead), RetryAfter: null)
                    : LeadsToFront(fetched.Exchange, asked) ? new Missing(fetched.Exchange, FrontPage)
                    : new Page(fetched.Exchange, html);
            case FetchResult.Refused { Exchange: { Status: 404 or 410 } exchange }:
                // Some blocks and challenges come with this status.
                var body = ContentCoding.Decode(exchange.Body, exchange.Header("Content-Encoding"), MaxRefusal) ?? exchange.Body;
                return Instead.Of(exchange, Decode(exchange, body)) is { } other and not (InsteadKind.Empty or InsteadKind.Login)
                    ? new Other($"{Status(exchange)}, {Instead.Say(other)}", RetryAfter: null)
                    : new Missing(exchange, Status(exchange));
            case FetchResult.Refused refused:
                return new Other(Status(refused.Exchange), refused.RetryAfter);
            case FetchResult.Failed failed:
                return new Other(failed.Failure, RetryAfter: null);
            default:
                return new Other("nothing", RetryAfter: null);
        }
    }

    private static string Decode(HttpExchange exchange, ReadOnlyMemory<byte> content) =>
        TextDecoding.Decode(content.Span, exchange.Header("Content-Type"), exchange.FinalUrl.Host).Text;

    private static string Status(HttpExchange exchange) => string.Create(CultureInfo.InvariantCulture, $"HTTP {exchange.Status}");

    private static bool LeadsToFront(HttpExchange exchange, Uri asked) => exchange.Redirects.Count > 0 && IsFront(exchange.FinalUrl) && !IsFront(asked);

    /// <summary><c>/</c>, and that of one language: <c>/ru/</c>.</summary>
    private static bool IsFront(Uri url) => url.Query.Length == 0 && url.AbsolutePath.Trim('/') is { Length: 0 or 2 };
}
