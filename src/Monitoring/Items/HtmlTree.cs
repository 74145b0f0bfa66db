using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Monitoring.Items;

/// <summary>
/// Parses HTML from the network in a time that grows with its length. The parser's grows with the square of the depth: 500 KB of <c>&lt;div&gt;</c>
/// would keep it busy for minutes.
/// </summary>
internal static class HtmlTree
{
    /// <summary>Browsers stop at 512; pages that people made stay below 60.</summary>
    private const int MaxDepth = 500;

    /// <summary>Null if elements are nested too deeply.</summary>
    public static IHtmlDocument? Parse(string html)
    {
        INode? last = null;
        var parser = new HtmlParser(new HtmlParserOptions
        {
            OnCreated = (element, _) =>
            {
                // A new element stands nowhere yet; the one before it does.
                last = Depth(last) < MaxDepth ? element : throw new TooDeepException();
            },
        });
        try
        {
            return parser.ParseDocument(html);
        }
        catch (TooDeepException)
        {
            return null;
        }
    }

    /// <summary>What the page's links are relative to: it may name another base than its address.</summary>
    public static Uri BaseOf(IHtmlDocument page, Uri url) => WebLink.Resolve(url, page.QuerySelector("base[href]")?.GetAttribute("href")) ?? url;

    private static int Depth(INode? node)
    {
        var depth = 0;
        for (; node is not null && depth < MaxDepth; node = node.Parent)
        {
            depth++;
        }

        return depth;
    }

    private sealed class TooDeepException : Exception;
}
