using Monitoring.Items;

namespace Monitoring.Feeds;

/// <summary>A text of a feed as it was written: plain, or HTML that may hold anything; links inside it may be relative.</summary>
/// <param name="Value">With the markup, if it is HTML. Never escaped once more.</param>
public sealed record FeedText(string Value, bool IsHtml)
{
    /// <summary>As a reader sees it, without markup, scripts and references. Made anew each time.</summary>
    public string Plain => IsHtml ? PlainText.OfHtml(Value) : PlainText.Tidy(Value);

    public override string ToString() => Value;
}
