namespace Monitoring.Feeds.Reading.Xml;

/// <summary>What an element means in a feed, whatever the format calls it.</summary>
internal enum FeedTerm
{
    /// <summary>No element of a feed; its children may be.</summary>
    Unknown,

    // Documents.
    Rss,
    Rdf,
    Feed,
    Channel,
    UrlSet,
    SitemapIndex,

    // Items.
    Item,
    Entry,
    SitemapEntry,

    // Containers whose title and link are their own.
    Image,
    TextInput,
    Source,
    Ignored,

    // Persons.
    Author,
    Publisher,
    Contributor,
    PersonName,
    PersonEmail,
    PersonUrl,

    // Texts.
    Title,
    OtherTitle,
    Description,
    Summary,
    OtherSummary,
    Content,
    HtmlContent,
    FullText,
    Rights,
    Generator,
    Category,
    Keywords,
    Language,
    TimeToLive,

    // Identity and links.
    Guid,
    Id,
    OtherId,
    Link,
    Url,
    Location,
    Comments,
    Enclosure,
    Thumbnail,
    ImageUrl,
    IconUrl,
    License,
    Documentation,
    CommentFeed,

    // Dates.
    Published,
    Updated,
    Date,
    Created,
    Expires,
}
