namespace Monitoring.Feeds.Reading;

/// <summary>A feed while it is read.</summary>
internal sealed class FeedDraft
{
    private readonly Newest<FeedItem> _items = new(item => item.Published);

    public FeedFormat? Format { get; set; }

    public string? Version { get; set; }

    public FieldSet Fields { get; } = new();

    public bool HasItems => !_items.IsEmpty;

    public void Add(FeedItem item) => _items.Add(item);

    public FeedDocument ToDocument(FeedBody source)
    {
        var items = _items.Take();
        if (_items.LeftOut > 0)
        {
            source.Repairs.Note(FeedRepairKind.TooManyItems, 0, _items.LeftOut);
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
            Contributors = Fields.Contributors,
            Publishers = Fields.Publishers,
            Published = Fields.Published.Value,
            Updated = Fields.Updated.Value ?? Fields.Published.Value,
            TimeToLive = Fields.TimeToLive,
            Rights = Fields.Rights.Value,
            Generator = Fields.Generator,
            Image = Fields.Image.Value,
            Icon = Fields.Icon,
            Categories = Fields.Categories,
            Links = Fields.Links,
            Items = items,
            Repairs = source.Repairs.ToReport(source.Bytes.Span),
        };
    }
}
