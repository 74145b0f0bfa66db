using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace Monitoring.Feeds.Reading;

/// <summary>
/// Makes the relative links of a piece of HTML absolute and changes nothing else: no other scheme, no mark inside the text, no markup. An
/// <c>xml:base</c> holds for its element and what is inside. One pass without a tree: any markup takes a time that grows with its length.
/// </summary>
internal static class AbsoluteLinks
{
    /// <summary>A long base would make many short links long: what comes after so many more characters stays as it is.</summary>
    private const int MostGrowth = 2_000_000;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Attributes = FrozenSet.ToFrozenSet(
        ["href", "src", "poster", "cite", "longdesc", "background", "action", "data", "codebase"], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string In(string html, Uri baseUrl)
    {
        var bases = html.Contains("xml:base", StringComparison.OrdinalIgnoreCase) ? new BaseScope(baseUrl) : null;
        var links = new List<Range>();
        var result = new StringBuilder(html.Length);
        var copied = 0;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && result.Length - copied < MostGrowth; at = html.IndexOf('<', at))
        {
            var tag = new HtmlTag(html, at);
            links.Clear();
            string? ownBase = null;
            while (tag.ReadAttribute())
            {
                if (Attributes.Contains(html.AsSpan(tag.Name)))
                {
                    links.Add(tag.Value);
                }
                else if (bases is not null && html.AsSpan(tag.Name).Equals("xml:base", StringComparison.OrdinalIgnoreCase))
                {
                    ownBase = html[tag.Value];
                }
            }

            var current = bases?.Enter(ownBase, tag.Kind) ?? baseUrl;
            foreach (var link in links)
            {
                if (Absolute(html[link], current) is { } absolute)
                {
                    result.Append(html, copied, link.Start.Value - copied).Append(absolute);
                    copied = link.End.Value;
                }
            }

            bases?.Leave(tag.Kind);
            at = tag.End;
        }

        return copied == 0 ? html : result.Append(html, copied, html.Length - copied).ToString();
    }

    /// <summary>Null if the link stays as it is.</summary>
    private static string? Absolute(string link, Uri baseUrl)
    {
        var text = WebUtility.HtmlDecode(link).Trim();
        var mark = text.AsSpan().IndexOfAny(":/?#");
        var isLeft = text.Length == 0 || (mark >= 0 && text[mark] == ':') || text[0] == '#';
        return isLeft || WebLink.Resolve(baseUrl, text) is not { } url ? null : WebUtility.HtmlEncode(url.AbsoluteUri);
    }

    /// <summary>The bases of the elements that are open.</summary>
    private sealed class BaseScope(Uri outermost)
    {
        private const int Most = 64;

        private readonly List<(int Depth, Uri Url)> _bases = [];
        private int _depth;

        /// <returns>The base of the element's own links.</returns>
        public Uri Enter(string? ownBase, HtmlTagKind kind)
        {
            _depth += kind is HtmlTagKind.Start or HtmlTagKind.Empty ? 1 : 0;
            var current = _bases.Count > 0 ? _bases[^1].Url : outermost;
            if (ownBase is null || _bases.Count == Most || WebLink.Resolve(current, WebUtility.HtmlDecode(ownBase)) is not { } url)
            {
                return current;
            }

            _bases.Add((_depth, url));
            return url;
        }

        public void Leave(HtmlTagKind kind)
        {
            if (kind is not (HtmlTagKind.End or HtmlTagKind.Empty))
            {
                return;
            }

            while (_bases.Count > 0 && _bases[^1].Depth >= _depth)
            {
                _bases.RemoveAt(_bases.Count - 1);
            }

            _depth--;
        }
    }
}
