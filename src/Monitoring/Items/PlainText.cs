using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Monitoring.Items;

/// <summary>
/// The text of a piece of HTML as a reader sees it: markup gone, entities decoded, blocks on lines of their own, scripts and styles left out. Of HTML that
/// is nested as no page of people is, only the tags are taken away.
/// </summary>
public static partial class PlainText
{
    /// <summary>More input than this is cut before parsing.</summary>
    private const int MaxInput = 2_000_000;

    private static readonly HashSet<string> Hidden = new(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT", "IFRAME", "OBJECT", "SVG"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Blocks = new(
        [
            "P", "DIV", "BR", "LI", "UL", "OL", "H1", "H2", "H3", "H4", "H5", "H6", "TR", "TD", "TH", "CAPTION", "TABLE", "DL", "DT", "DD", "BLOCKQUOTE", "SECTION",
            "ARTICLE", "ASIDE", "HEADER", "FOOTER", "MAIN", "NAV", "ADDRESS", "FIGURE", "FIGCAPTION", "DETAILS", "SUMMARY", "OPTION", "CENTER", "FORM", "HR", "PRE",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static string OfHtml(string html)
    {
        // Most titles and many summaries hold no markup at all.
        if (html.AsSpan().IndexOfAny('<', '&') < 0)
        {
            return Tidy(html);
        }

        var input = html.Length <= MaxInput ? html : html[..MaxInput];
        using var document = HtmlTree.Parse(input);
        if (document is null)
        {
            return Tidy(WebUtility.HtmlDecode(Tag().Replace(input, "\n")));
        }

        var text = new StringBuilder(input.Length);
        Append(document.Body!, text);
        return Tidy(text.ToString());
    }

    /// <summary>Walks without recursion, and by position: asking a node for its next sibling searches all of them.</summary>
    private static void Append(INode root, StringBuilder text)
    {
        var open = new Stack<(INode Node, int Next)>();
        open.Push((root, 0));
        while (open.TryPop(out var place))
        {
            var (node, next) = place;
            if (next == node.ChildNodes.Length)
            {
                text.Append(IsBlock(node) ? "\n" : "");
                continue;
            }

            open.Push((node, next + 1));
            var child = node.ChildNodes[next];
            text.Append(child is IText run ? run.Data : IsBlock(child) ? "\n" : "");
            if (child is IElement element && !Hidden.Contains(element.LocalName))
            {
                open.Push((child, 0));
            }
        }
    }

    private static bool IsBlock(INode node) => node is IElement element && Blocks.Contains(element.LocalName);

    /// <summary>Runs of blanks become one, lines are trimmed, empty lines go.</summary>
    private static string Tidy(string text)
    {
        var lines = text.Split('\n', '\r')
            .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .Where(line => line.Length > 0);
        return string.Join('\n', lines);
    }

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tag();
}
