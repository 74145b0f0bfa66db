using AngleSharp.Dom;

namespace Monitoring.WatchedPages;

/// <summary>The parts of a page that a selector chooses.</summary>
internal static class PageParts
{
    /// <summary>In the order of the page. A part inside another one is left to it: read with each around it, a deep page would take a time that grows with its square.</summary>
    public static IEnumerable<IElement> Outermost(IParentNode page, string selector)
    {
        var parts = page.QuerySelectorAll(selector);
        var all = parts.ToHashSet();
        return parts.Where(part => !part.GetAncestors().OfType<IElement>().Any(all.Contains));
    }
}
