using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Monitoring.Items;

/// <summary>The text of a piece of HTML as a reader sees it: markup gone, entities decoded, blocks on lines of their own, scripts and styles left out.</summary>
public static class PlainText
{
    /// <summary>More input than this is cut before parsing.</summary>
    private const int MaxInput = 2_000_000;

    private static readonly HashSet<string> Hidden = new(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "IFRAME", "OBJECT", "SVG"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Blocks = new(
        ["P", "DIV", "BR", "LI", "UL", "OL", "H1", "H2", "H3", "H4", "H5", "H6", "TR", "TABLE", "BLOCKQUOTE", "SECTION", "ARTICLE", "FIGURE", "FIGCAPTION", "HR", "PRE"],
        StringComparer.OrdinalIgnoreCase);

    public static string OfHtml(string html)
    {
        // Most titles and many summaries hold no markup at all.
        if (html.AsSpan().IndexOfAny('<', '&') < 0)
        {
            return Tidy(html);
        }

        var input = html.Length <= MaxInput ? html : html[..MaxInput];
        using var document = new HtmlParser().ParseDocument(input);
        var text = new StringBuilder(input.Length);
        Append(document.Body!, text);
        return Tidy(text.ToString());
    }

    /// <summary>Walks without recursion: hostile markup may be nested a million deep.</summary>
    private static void Append(INode root, StringBuilder text)
    {
        var node = root.FirstChild;
        while (node is not null)
        {
            var isHidden = node is IElement element && Hidden.Contains(element.LocalName);
            if (node is IText run)
            {
                text.Append(run.Data);
            }
            else if (node is IElement block && Blocks.Contains(block.LocalName))
            {
                text.Append('\n');
            }

            if (!isHidden && node.FirstChild is { } child)
            {
                node = child;
                continue;
            }

            while (node is not null && node.NextSibling is null)
            {
                node = ReferenceEquals(node.Parent, root) ? null : node.Parent;
                if (node is IElement { LocalName: var name } && Blocks.Contains(name))
                {
                    text.Append('\n');
                }
            }

            node = node?.NextSibling;
        }
    }

    /// <summary>Runs of blanks become one, lines are trimmed, empty lines go.</summary>
    private static string Tidy(string text)
    {
        var lines = text.Split('\n', '\r')
            .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .Where(line => line.Length > 0);
        return string.Join('\n', lines);
    }
}
