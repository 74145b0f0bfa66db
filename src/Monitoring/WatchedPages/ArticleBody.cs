using AngleSharp.Dom;

namespace Monitoring.WatchedPages;

/// <summary>Finds the lines of an article in the blocks of its page: goes down to where most of the running text is, and leaves out there what is none.</summary>
internal static class ArticleBody
{
    /// <summary>A block with this share of the running text holds the article; around it are other things.</summary>
    private const double MostOfIt = 0.6;

    private const double LargePart = 0.4;

    /// <summary>Shorter bodies are looked for once more, without trust in classes and ids.</summary>
    public const int ShortBody = 140;

    /// <param name="title">Does not belong to the text; null if unknown.</param>
    public static string Of(IElement page, string? title)
    {
        var body = Text(new ArticleBlocks(useHints: true).Cut(page), title);
        if (body.Length >= ShortBody)
        {
            return body;
        }

        var unhinted = Text(new ArticleBlocks(useHints: false).Cut(page), title);
        return body.Length == 0 || unhinted.Length > 10 * body.Length ? unhinted : body;
    }

    /// <summary>All lines of a part that somebody chose, except what is never text.</summary>
    public static string Chosen(IElement part) => string.Join('\n', new ArticleBlocks(useHints: false).Cut(part).Lines.Select(line => line.Text));

    private static string Text(ArticleBlock page, string? title)
    {
        var article = page;
        while (article.Inner.Where(inner => !inner.IsLine).MaxBy(inner => inner.Weight) is { } heaviest
            && heaviest.Weight > 0
            && heaviest.Weight >= MostOfIt * article.Weight
            && (heaviest.Paragraphs > 1 || ArticleHints.IsBody(heaviest.Element)))
        {
            article = heaviest;
        }

        var lines = new List<string>();
        Lead(article, lines);
        Keep(article, article.Weight, lines);
        return string.Join('\n', lines.Where(line => line != title).Distinct());
    }

    /// <summary>Openings often stand before the body, beside it.</summary>
    private static void Lead(ArticleBlock article, List<string> lines)
    {
        if (article.Parent is { } parent)
        {
            Lead(parent, lines);
            var before = parent.Inner.TakeWhile(inner => inner != article).Where(inner => !inner.IsLine && inner.Weight > 0 && ArticleHints.IsLead(inner.Element));
            foreach (var lead in before)
            {
                Keep(lead, lead.Weight, lines);
            }
        }
    }

    /// <param name="whole">The weight of the article: a small part that begins with a cue is a list of others, a large one only begins with a link to one.</param>
    private static void Keep(ArticleBlock block, double whole, List<string> lines)
    {
        foreach (var inner in block.Inner.Where(inner => !inner.IsOutside && !inner.IsNear))
        {
            if (inner.IsLine)
            {
                if (IsText(inner) && !ArticleHints.IsCue(inner.Text))
                {
                    lines.Add(inner.Text);
                }
            }
            else if (inner.Weight >= LargePart * whole || !ArticleHints.IsCue(inner.FirstLine!.Text))
            {
                Keep(inner, whole, lines);
            }
        }
    }

    private static bool IsText(ArticleBlock line) =>
        line.LinkDensity <= 0.5 && (line.Text.Length >= ArticleBlocks.ShortLine || line.Text[^1] is '.' or '!' or '?' or '…' or ':' or ';' or '»' or '”' or '"');
}
