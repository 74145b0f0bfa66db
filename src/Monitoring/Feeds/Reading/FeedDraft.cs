namespace Monitoring.Feeds.Reading;

/// <summary>A feed while it is read. Keeps the newest items, because some feeds begin with their oldest.</summary>
internal sealed class FeedDraft
{
    private List<FeedItem> _items = [];
    private int _leftOut;

    public FeedFormat? Format { get; set; }

    public string? Version { get; set; }

    public FieldSet Fields { get; } = new();

    public bool HasItems => _items.Count > 0;

    public void Add(FeedItem item)
    {
        _items.Add(item);
        if (_items.Count >= 4 * FeedReader.MaxItems)
        {
            KeepNewest();
        }
    }

    public FeedDocument ToDocument(FeedBody source)
    {
        KeepNewest();
        if (_leftOut > 0)
        {
            source.Repairs.Note(FeedRepairKind.TooManyItems, 0, _leftOut);
        }

        return new FeedDocument
        {
            Format = Format!.Value,
            Version = Version,
            Encoding = source.Name,
            Title = Fields.PlainTitle,
            Description = Fields.FirstBody,
            Link = Fields.Link.Value,
            Id = Fields.Id.Value,
            Language = Fields.Language.Value ?? source.Language,
            Authors = Fields.Authors,
            Published = Fields.Published.Value,
            Updated = Fields.Updated.Value ?? Fields.Published.Value,
            TimeToLive = Fields.TimeToLive,
            Rights = Fields.Rights.Value,
            Generator = Fields.Generator,
            Image = Fields.Image.Value,
            Categories = Fields.Categories,
            Links = Fields.Links,
            Items = _items,
            Repairs = source.Repairs.ToReport(source.Bytes.Span),
        };
    }

    /// <summary>In the order of the document; of undated ones the first.</summary>
    private void KeepNewest()
    {
        if (_items.Count <= FeedReader.MaxItems)
        {
            return;
        }

        _leftOut += _items.Count - FeedReader.MaxItems;
        if (_items.TrueForAll(item => item.Published is null))
        {
            _items.RemoveRange(FeedReader.MaxItems, _items.Count - FeedReader.MaxItems);
            return;
        }

        _items =
        [
            .. _items.Select((item, place) => (Item: item, Place: place))
                .OrderByDescending(entry => entry.Item.Published ?? DateTimeOffset.MinValue)
                .Take(FeedReader.MaxItems)
                .OrderBy(entry => entry.Place)
                .Select(entry => entry.Item),
        ];
    }
}
