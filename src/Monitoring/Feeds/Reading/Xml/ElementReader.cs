using System.Text;
using Monitoring.Items;

namespace Monitoring.Feeds.Reading.Xml;

/// <summary>Puts what elements say where it belongs: into the feed, the item, or a picture or source beside it.</summary>
internal sealed class ElementReader(FeedBody source, XmlText text)
{
    private const int Weak = ElementValues.Weak;

    /// <summary>Of a person or a source; a longer one is none.</summary>
    private const int LongestLoose = 1024;

    private const int LongestBase = 500;

    /// <summary>A base above this length is long, and holds for so many uses only: all links of a document on one would cost their number times its length.</summary>
    private const int LongBase = 100;

    private const int MostLongUses = 50_000;

    /// <summary>What relative links lead to when they cannot be afforded.</summary>
    private static readonly Uri Nowhere = new("about:blank");

    private readonly List<(int Depth, Uri Url)> _bases = [];
    private readonly StringBuilder _loose = new();
    private readonly FieldSet _spare = new();
    private readonly PersonDraft _person = new();
    private FieldSet? _item;
    private FieldSet? _inner;
    private int _innerDepth;
    private FeedTerm _innerTerm;
    private int _longUses;

    public FeedDraft Feed { get; } = new();

    /// <summary>0 outside of items.</summary>
    public int ItemDepth { get; private set; }

    private bool IsAtom => Feed.Format is FeedFormat.Atom;

    private FieldSet Fields => _inner ?? _item ?? Feed.Fields;

    /// <summary>What relative links are relative to. RSS means its site, whoever serves the feed.</summary>
    private Uri Base
    {
        get
        {
            var nearest = _bases.Count > 0 ? _bases[^1].Url
                : !IsAtom && Feed.Fields.Link.Value is { OriginalString.Length: <= LongestBase } site ? site
                : source.Base;
            return nearest.OriginalString.Length > LongBase && ++_longUses > MostLongUses ? Nowhere : nearest;
        }
    }

    public bool IsItem(FeedTerm term) => term switch
    {
        FeedTerm.Item or FeedTerm.Entry => _inner is null,
        FeedTerm.Url => Feed.Format is FeedFormat.Sitemap,
        FeedTerm.SitemapEntry => Feed.Format is FeedFormat.SitemapIndex,
        _ => false,
    };

    /// <returns>Whether a feed begins with this element.</returns>
    public bool Begin(FeedTerm term, ReadOnlySpan<byte> name, ReadOnlySpan<byte> tag, int at)
    {
        Feed.Format = term switch
        {
            FeedTerm.Rss => FeedFormat.Rss,
            FeedTerm.Rdf => FeedFormat.Rdf,
            FeedTerm.Feed or FeedTerm.Entry => FeedFormat.Atom,
            FeedTerm.Channel => name.SequenceEqual("CHANNEL"u8) ? FeedFormat.Cdf : FeedFormat.Rss,
            FeedTerm.UrlSet => FeedFormat.Sitemap,
            FeedTerm.SitemapIndex => FeedFormat.SitemapIndex,
            _ => null,
        };
        Feed.Version = Feed.Format is null || tag.IsEmpty ? null : ElementAttributes.Read(tag, text, at).Version;
        return Feed.Format is not null;
    }

    /// <returns>Whether the text of the element is wanted.</returns>
    public bool Open(FeedTerm term, ElementAttributes attributes, string? address, string? language, int depth)
    {
        if (address is not null && WebLink.Resolve(Base, address) is { OriginalString.Length: <= LongestBase } url)
        {
            _bases.Add((depth, url));
        }

        if (_person.IsOpen)
        {
            return term is FeedTerm.PersonName or FeedTerm.PersonEmail or FeedTerm.PersonUrl or FeedTerm.Url;
        }

        if (_inner is not null)
        {
            OpenLink(term is FeedTerm.Link ? attributes : default, depth * 8);
            return _innerTerm is not FeedTerm.Ignored && term is FeedTerm.Title or FeedTerm.Link or FeedTerm.Url;
        }

        if (IsItem(term))
        {
            OpenItem(attributes, language, depth);
            return false;
        }

        switch (term)
        {
            case FeedTerm.Rss or FeedTerm.Rdf or FeedTerm.Feed or FeedTerm.Channel:
                Feed.Fields.Language.Offer(language, Weak + depth);
                Feed.Fields.Updated.Offer(FeedDate.Read(attributes.LastModified), Weak);
                Feed.Fields.Link.Offer(WebLink.Resolve(Base, attributes.Address), Weak);
                return false;
            case FeedTerm.Image or FeedTerm.TextInput or FeedTerm.Source or FeedTerm.Ignored:
                (_inner, _innerDepth, _innerTerm) = (new FieldSet(), depth, term);
                _inner.Link.Offer(WebLink.Resolve(Base, attributes.Address), Weak);
                _loose.Clear();
                return false;
            case FeedTerm.Author or FeedTerm.Publisher or FeedTerm.Contributor:
                _person.Open(depth);
                _loose.Clear();
                return false;
            case FeedTerm.Enclosure:
                OpenEnclosure(attributes, depth * 8);
                return false;
            case FeedTerm.Thumbnail:
                Fields.Image.OfferFirst(WebLink.Resolve(Base, attributes.Address), depth * 8);
                return false;
            case FeedTerm.Link:
                OpenLink(attributes, depth * 8);
                return attributes.Address is null;
            case FeedTerm.License when attributes.Address is not null:
                ElementValues.TakeLink(Fields, term, WebLink.Resolve(Base, attributes.Address));
                return false;
            case FeedTerm.Category:
                Fields.AddCategory(attributes.Label);
                return attributes.Label is null;
            case FeedTerm.Unknown or FeedTerm.PersonName or FeedTerm.PersonEmail or FeedTerm.PersonUrl or FeedTerm.Url or FeedTerm.UrlSet or FeedTerm.SitemapIndex or FeedTerm.SitemapEntry
                or FeedTerm.Item or FeedTerm.Entry:
                return false;
            default:
                return true;
        }
    }

    /// <summary>Whether a text at this place belongs to a person or a source that has no elements inside.</summary>
    public bool TakesText(int depth) => _person.IsOpen ? _person.Depth == depth : _inner is not null && _innerDepth == depth;

    public void AddText(string piece) => _loose.Append(piece.AsSpan(0, Math.Min(piece.Length, LongestLoose - _loose.Length)));

    /// <param name="value">The text of an element that was wanted.</param>
    public void Take(FeedTerm term, ElementAttributes attributes, string value, bool isMarkup, int depth)
    {
        var rank = depth * 8;
        if (_person.IsOpen)
        {
            _person.Add(term, isMarkup ? PlainText.OfHtml(value) : value, Base);
            return;
        }

        if (ElementValues.IsText(term))
        {
            ElementValues.TakeText(Fields, term, TextConstruct.Read(term, attributes, value, isMarkup, (Base, IsAtom)), rank);
            return;
        }

        value = isMarkup ? PlainText.OfHtml(value) : value;
        if (value.Length > 0)
        {
            ElementValues.Take(Fields, term, attributes, value, (Base, IsAtom), rank);
        }
    }

    public void Close(FeedTerm term, int depth)
    {
        while (_bases.Count > 0 && _bases[^1].Depth >= depth)
        {
            _bases.RemoveAt(_bases.Count - 1);
        }

        if (_person.IsOpen && depth == _person.Depth)
        {
            ClosePerson(term);
        }
        else if (_inner is not null && depth == _innerDepth)
        {
            CloseInner(_inner, depth * 8);
        }
        else if (depth == ItemDepth)
        {
            Feed.Add(_item!.ToItem(Feed.Fields.Language.Value));
            (_item, ItemDepth) = (null, 0);
        }
    }

    private void OpenItem(ElementAttributes attributes, string? language, int depth)
    {
        _spare.Clear();
        (_item, ItemDepth) = (_spare, depth);
        _item.Language.Offer(language, Weak);
        _item.Id.Offer(attributes.About, Weak);
        _item.Link.Offer(WebLink.Resolve(Base, attributes.Address), Weak);
        _item.Link.Offer(WebLink.Resolve(Base, attributes.About), Weak + 1);
        _item.Updated.Offer(FeedDate.Read(attributes.LastModified), Weak);
    }

    private void OpenLink(ElementAttributes attributes, int rank)
    {
        if (WebLink.Resolve(Base, attributes.Address) is not { } url)
        {
            return;
        }

        var relation = attributes.Relation is { Length: > 0 } given ? given.ToLowerInvariant() : "alternate";
        Fields.AddLink(new FeedLink(url, relation, attributes.Type, attributes.Title));
        if (relation == "enclosure")
        {
            Fields.AddEnclosure(url, attributes.Type, attributes.Length, rank);
        }
        else if (relation == "alternate")
        {
            Fields.Link.Offer(url, attributes.Type is null || attributes.Type.Contains("html", StringComparison.OrdinalIgnoreCase) ? rank : rank + 1);
        }
    }

    private void OpenEnclosure(ElementAttributes attributes, int rank)
    {
        var url = WebLink.Resolve(Base, attributes.Address);
        Fields.AddEnclosure(url, attributes.Type, attributes.Length, rank + 1);
        if (attributes.Medium is "image")
        {
            Fields.Image.OfferFirst(url, rank + 1);
        }
    }

    private void ClosePerson(FeedTerm term)
    {
        var person = _person.Close(_loose.ToString());
        if (term == FeedTerm.Author)
        {
            Fields.AddAuthor(person);
        }
        else if (term == FeedTerm.Publisher)
        {
            Fields.AddPublisher(person);
        }
        else
        {
            Fields.AddContributor(person);
        }
    }

    private void CloseInner(FieldSet inner, int rank)
    {
        _inner = null;
        if (_innerTerm == FeedTerm.Source)
        {
            Fields.SourceTitle = inner.PlainTitle is { Length: > 0 } title ? title : _loose.Length is > 0 and < LongestLoose ? _loose.ToString() : null;
            Fields.SourceLink = inner.Link.Value;
        }
        else if (_innerTerm == FeedTerm.Image)
        {
            Fields.Image.OfferFirst(inner.Image.Value ?? WebLink.Resolve(Base, _loose.ToString()), rank);
        }
    }
}
