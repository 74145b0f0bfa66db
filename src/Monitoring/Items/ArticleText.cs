namespace Monitoring.Items;

/// <summary>How the text of an article's page and what its source tells of it stand together. Pure.</summary>
public static class ArticleText
{
    private static readonly char[] Cut = ['…', '.', ' ', '[', ']', '(', ')', '>', '»'];

    /// <summary>The article, and after it what the source tells, unless title or article contain that.</summary>
    public static string Join(string title, string told, string article) => article.Length == 0 || Contains($"{title}\n{article}", told)
        ? article.Length == 0 ? told : article
        : $"{article}\n{told}";

    /// <summary>Whether a text stands in another, but for white space and for the marks by which a teaser ends.</summary>
    public static bool Contains(string text, string part) => Plain(text).Contains(Plain(part).TrimEnd(Cut), StringComparison.OrdinalIgnoreCase);

    /// <summary>The next version of an item keeps what its page told of it.</summary>
    internal static Item Keep(Item present, Item next) => next with
    {
        Published = next.Published ?? (present.ArticleAt is null ? null : present.Published),
        ArticleAt = present.ArticleAt,
        ArticleCaptureId = present.ArticleCaptureId,
        Gone = present.Gone,
    };

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
