using Monitoring.Feeds.Reading;
using Monitoring.Items;

namespace Monitoring.Feeds;

/// <summary>A text of a feed: plain, or HTML that may hold anything.</summary>
public sealed record FeedText
{
    private readonly Uri? _base;

    /// <param name="baseUrl">What its relative links are relative to; null if nobody knows.</param>
    internal FeedText(string written, bool isHtml, Uri? baseUrl)
    {
        (Written, IsHtml, _base) = (written, isHtml, baseUrl);
    }

    public bool IsHtml { get; }

    /// <summary>With the markup, if it is HTML, and then with absolute links. Never escaped once more. Made anew each time.</summary>
    public string Value => IsHtml && _base is not null ? AbsoluteLinks.In(Written, _base) : Written;

    /// <summary>As a reader sees it, without markup, scripts and references. Made anew each time.</summary>
    public string Plain => IsHtml ? PlainText.OfHtml(Written) : PlainText.Tidy(Written);

    /// <summary>As the feed has it.</summary>
    internal string Written { get; }

    public override string ToString() => Value;
}
