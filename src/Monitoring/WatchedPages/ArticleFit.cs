using Monitoring.Items;

namespace Monitoring.WatchedPages;

/// <summary>
/// Whether the article of a page is the one that an item tells of, so that no front page, cookie notice or list becomes its text. Pure. In this order:
/// 1. no text, or not more than the source tells: nothing gained; 2. the page contains what the source tells: it is; 3. at least half of the words of the
/// title stand on the page, one of them in the text; words are the first five letters of those with four or more, so that endings do not count.
/// </summary>
internal static class ArticleFit
{
    private const int ShortestWord = 4;
    private const int Stem = 5;

    /// <summary>Shorter words of a source are found on many pages.</summary>
    private const int ShortestTold = 40;

    /// <summary>Null: it fits. Otherwise why not, for operators.</summary>
    /// <param name="told">The text that the source gives.</param>
    public static string? Fault(string title, string told, string pageTitle, string text)
    {
        if (text.Length == 0)
        {
            return "a page without text";
        }

        if (text.Length <= told.Length)
        {
            return "no more text than the source gives";
        }

        if (told.Length >= ShortestTold && ArticleText.Contains(text, told))
        {
            return null;
        }

        var words = Words(title.Length > 0 ? title : told);
        var (inText, onPage) = (Words(text), Words(pageTitle));
        onPage.UnionWith(inText);
        return words.Overlaps(inText) && words.Count(onPage.Contains) * 2 >= words.Count ? null : "a page that does not tell of the item";
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var (start, i) = (0, 0); i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                continue;
            }

            if (i - start >= ShortestWord)
            {
                words.Add(text.Substring(start, Math.Min(Stem, i - start)));
            }

            start = i + 1;
        }

        return words;
    }
}
