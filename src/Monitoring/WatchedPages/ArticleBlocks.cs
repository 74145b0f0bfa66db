using System.Text;
using AngleSharp.Dom;

namespace Monitoring.WatchedPages;

/// <summary>A part of a page: a line of text, or an element that holds such parts, with their sums.</summary>
internal sealed class ArticleBlock(IElement element, ArticleBlock? parent)
{
    public IElement Element => element;

    public ArticleBlock? Parent => parent;

    /// <summary>In the order of the page.</summary>
    public List<ArticleBlock> Inner { get; } = [];

    /// <summary>Of a line; empty for a part that holds others.</summary>
    public string Text { get; init; } = "";

    public bool IsLine => Text.Length > 0;

    public ArticleBlock? FirstLine { get; private set; }

    /// <summary>Menus, comments and the like (<see cref="ArticleHints"/>), itself or around it.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Date, author, counters.</summary>
    public bool IsNear { get; init; }

    /// <summary>Of a line: the share of its characters that are inside links.</summary>
    public double LinkDensity { get; init; }

    /// <summary>How much running text it holds.</summary>
    public double Weight { get; private set; }

    /// <summary>Lines that have a weight.</summary>
    public int Paragraphs { get; private set; }

    /// <summary>All lines, in the order of the page.</summary>
    public IEnumerable<ArticleBlock> Lines => IsLine ? [this] : Inner.SelectMany(inner => inner.Lines);

    public void Add(ArticleBlock inner)
    {
        Inner.Add(inner);
        FirstLine ??= inner.IsLine ? inner : inner.FirstLine;
        Weight += inner.IsLine ? inner.OwnWeight : inner.Weight;
        Paragraphs += inner.IsLine ? (inner.OwnWeight > 0 ? 1 : 0) : inner.Paragraphs;
    }

    /// <summary>Length and commas speak for running text, links against it.</summary>
    private double OwnWeight => IsOutside || IsNear || Text.Length < ArticleBlocks.ShortLine || LinkDensity > 0.5
        ? 0
        : (1 + Math.Min(Text.AsSpan().Count(','), 5) + Math.Min(Text.Length / 100.0, 5)) * (1 - LinkDensity);
}

/// <summary>Cuts a page into blocks and lines, and weighs them. One walk: the time grows with the length of the page.</summary>
internal sealed class ArticleBlocks(bool useHints)
{
    /// <summary>Shorter lines are headings, labels and words of menus.</summary>
    public const int ShortLine = 25;

    /// <summary>Elements that stand inside a line; all others begin a new one.</summary>
    private static readonly HashSet<string> Inline = new(
        [
            "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr",
            "picture", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
        ],
        StringComparer.Ordinal);

    private static readonly HashSet<string> Unseen = new(
        ["script", "style", "template", "noscript", "iframe", "object", "svg", "button", "select", "textarea", "input", "audio", "video", "head"], StringComparer.Ordinal);

    private readonly StringBuilder _run = new();
    private int _linked;

    public ArticleBlock Cut(IElement root)
    {
        var block = new ArticleBlock(root, parent: null);
        Walk(root, block, isLinked: false);
        End(block);
        return block;
    }

    private void Walk(INode node, ArticleBlock block, bool isLinked)
    {
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText text:
                    var start = _run.Length;
                    _run.Append(text.Data);
                    _linked += isLinked ? _run.Length - start : 0;
                    break;
                case IElement element when Unseen.Contains(element.LocalName):
                    break;
                case IElement { LocalName: "br" or "hr" }:
                    End(block);
                    break;
                case IElement element when Inline.Contains(element.LocalName) && !(useHints && ArticleHints.IsNear(element)):
                    Walk(element, block, isLinked || element.LocalName == "a");
                    break;
                case IElement element:
                    End(block);
                    Nest(element, block, isLinked);
                    break;
                default:
                    break;
            }
        }
    }

    private void Nest(IElement element, ArticleBlock block, bool isLinked)
    {
        var inner = new ArticleBlock(element, block)
        {
            IsOutside = block.IsOutside || (useHints && ArticleHints.IsOutside(element)),
            IsNear = block.IsNear || (useHints && ArticleHints.IsNear(element)),
        };
        Walk(element, inner, isLinked);
        End(inner);
        if (inner.Inner.Count > 0)
        {
            block.Add(inner);
        }
    }

    /// <summary>What was collected becomes a line of the block.</summary>
    private void End(ArticleBlock block)
    {
        var text = string.Join(' ', _run.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length > 0)
        {
            block.Add(new ArticleBlock(block.Element, block)
            {
                Text = text,
                IsOutside = block.IsOutside,
                IsNear = block.IsNear,
                LinkDensity = Math.Min(1, (double)_linked / text.Length),
            });
        }

        _run.Clear();
        _linked = 0;
    }
}
