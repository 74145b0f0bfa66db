using Monitoring.Storage;

namespace Monitoring.Items;

/// <summary>
/// Names an item: its source, and a hash of what the source calls it. Written <c>source.item</c>. The same thing met again has the same key, so
/// nothing is stored twice.
/// </summary>
public readonly record struct ItemKey(string SourceId, string ItemId)
{
    /// <summary>From the guid if the source gives one, otherwise from the canonical link, otherwise from the title.</summary>
    public static ItemKey Of(string sourceId, IncomingItem item) => new(
        sourceId,
        item switch
        {
            { SourceGuid: { Length: > 0 } guid } => Keys.Hash("guid", guid),
            { Link: { } link } => Keys.Hash("link", CanonicalLink.Of(link)),
            _ => Keys.Hash("title", item.Title),
        });

    /// <summary>For a source that calls different things by one guid: from guid and link, or guid and title.</summary>
    public static ItemKey OfRepeatedGuid(string sourceId, IncomingItem item) =>
        item.SourceGuid is { Length: > 0 } guid ? new ItemKey(sourceId, Keys.Hash("repeated guid", guid, Place(item.Link, item.Title))) : Of(sourceId, item);

    /// <summary>What else tells two items apart that have one guid.</summary>
    public static string Place(Uri? link, string title) => link is null ? title : CanonicalLink.Of(link);

    public EntityKey Row => new(SourceId, ItemId);

    public override string ToString() => $"{SourceId}.{ItemId}";

    /// <summary>The inverse of <see cref="ToString"/>; null if the text is no key.</summary>
    public static ItemKey? Parse(string text) =>
        text.Split('.') is [{ Length: > 0 } source, { Length: > 0 } item] && !text.AsSpan().ContainsAnyExcept(Keys.Allowed) ? new ItemKey(source, item) : null;
}
