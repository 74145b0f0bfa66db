namespace Monitoring.Feeds.Reading.Xml;

/// <summary>Puts the text of an element into the field it belongs to. A lower rank goes first.</summary>
internal static class ElementValues
{
    /// <summary>Added to the rank of what counts only if nothing else tells it.</summary>
    public const int Weak = 1000;

    /// <summary>Elements whose text may hold markup.</summary>
    public static bool IsText(FeedTerm term) => term is FeedTerm.Title or FeedTerm.OtherTitle or FeedTerm.Description or FeedTerm.Summary or FeedTerm.OtherSummary
        or FeedTerm.Content or FeedTerm.HtmlContent or FeedTerm.FullText or FeedTerm.Rights;

    public static void TakeText(FieldSet fields, FeedTerm term, FeedText? value, int rank)
    {
        if (value is null or { Written: "" })
        {
            return;
        }

        switch (term)
        {
            case FeedTerm.Title:
                fields.Title.Offer(value, rank);
                break;
            case FeedTerm.OtherTitle:
                fields.Title.OfferFirst(value, rank + 1);
                break;
            case FeedTerm.Description or FeedTerm.Summary:
                fields.AddBody(value, rank);
                break;
            case FeedTerm.OtherSummary:
                fields.AddBody(value, rank + Weak);
                break;
            case FeedTerm.Content or FeedTerm.HtmlContent:
                fields.LongBody.OfferFirst(value, rank);
                break;
            case FeedTerm.FullText:
                fields.LongBody.OfferFirst(value, rank + 1);
                break;
            case FeedTerm.Rights:
                fields.Rights.Offer(value, rank);
                break;
        }
    }

    /// <param name="place">What links are relative to, and whether this is Atom.</param>
    public static void Take(FieldSet fields, FeedTerm term, ElementAttributes attributes, string value, (Uri Base, bool IsAtom) place, int rank)
    {
        switch (term)
        {
            case FeedTerm.Guid:
                TakeGuid(fields, attributes, value, place.Base, rank);
                break;
            case FeedTerm.Id:
                fields.Id.Offer(place.IsAtom && IsRelative(value) && Uri.TryCreate(place.Base, value, out var absolute) ? absolute.OriginalString : value, rank);
                break;
            case FeedTerm.OtherId:
                fields.Id.Offer(value, rank + 2);
                break;
            case FeedTerm.Link:
                var url = WebLink.Resolve(place.Base, value);
                fields.Link.Offer(url, rank);
                fields.AddLink(url is null ? null : new FeedLink(url, "alternate", null, null));
                break;
            case FeedTerm.Location:
                fields.Link.Offer(WebLink.Resolve(place.Base, value), rank);
                fields.Id.Offer(value, rank);
                break;
            case FeedTerm.Url or FeedTerm.ImageUrl:
                fields.Image.OfferFirst(WebLink.Resolve(place.Base, value), rank);
                break;
            case FeedTerm.IconUrl:
                fields.Icon ??= WebLink.Resolve(place.Base, value);
                fields.Image.OfferFirst(fields.Icon, rank + 1);
                break;
            case FeedTerm.Comments:
                fields.Comments ??= WebLink.Resolve(place.Base, value);
                break;
            case FeedTerm.License or FeedTerm.Documentation or FeedTerm.CommentFeed:
                TakeLink(fields, term, WebLink.Resolve(place.Base, value));
                break;
            case FeedTerm.Category:
                fields.AddCategory(value);
                break;
            case FeedTerm.Keywords:
                foreach (var keyword in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    fields.AddCategory(keyword);
                }

                break;
            case FeedTerm.Language:
                fields.Language.Offer(value, rank);
                break;
            case FeedTerm.Generator:
                fields.Generator = value;
                break;
            case FeedTerm.TimeToLive:
                fields.SetTimeToLive(value);
                break;
            default:
                TakeDate(fields, term, FeedDate.Read(value), rank);
                break;
        }
    }

    /// <summary>Elements that say what Atom says with a link, by the names of IANA's registry of link relations.</summary>
    public static void TakeLink(FieldSet fields, FeedTerm term, Uri? url)
    {
        var relation = term switch
        {
            FeedTerm.License => "license",
            FeedTerm.Documentation => "help",
            _ => "replies",
        };
        fields.AddLink(url is null ? null : new FeedLink(url, relation, null, null));
    }

    private static void TakeDate(FieldSet fields, FeedTerm term, DateTimeOffset? date, int rank)
    {
        switch (term)
        {
            case FeedTerm.Published:
                fields.Published.Offer(date, rank);
                break;
            case FeedTerm.Updated:
                fields.Updated.Offer(date, rank);
                break;
            case FeedTerm.Date:
                fields.Published.OfferFirst(date, rank + 1);
                fields.Updated.OfferFirst(date, rank + 1);
                break;
            case FeedTerm.Created:
                fields.Created ??= date;
                fields.Published.OfferFirst(date, rank + 2);
                break;
            case FeedTerm.Expires:
                fields.Expires ??= date;
                break;
        }
    }

    private static void TakeGuid(FieldSet fields, ElementAttributes attributes, string value, Uri baseUrl, int rank)
    {
        fields.Id.Offer(value, rank);
        var mayBeLink = attributes.IsPermaLink is null || !attributes.IsPermaLink.Equals("false", StringComparison.OrdinalIgnoreCase);
        if (mayBeLink && value.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(value, UriKind.Absolute, out _))
        {
            fields.Link.OfferFirst(WebLink.Resolve(baseUrl, value), Weak);
        }
    }

    /// <summary>Ids are compared as they are written; only what could not be an address without its document is completed.</summary>
    private static bool IsRelative(string id) => !id.Contains(':', StringComparison.Ordinal) && id.Contains('/', StringComparison.Ordinal);
}
