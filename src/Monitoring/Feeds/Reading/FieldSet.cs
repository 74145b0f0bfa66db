using System.Globalization;
using Monitoring.Items;

namespace Monitoring.Feeds.Reading;

/// <summary>
/// What is known of a feed or of one of its items while it is read. Several elements may say the same thing: the best one counts, that is the one that
/// stands nearest to the item, then the most telling, then the last.
/// </summary>
internal sealed class FieldSet
{
    private List<(int Rank, FeedText Text)>? _bodies;
    private List<FeedPerson>? _authors;
    private List<FeedPerson>? _publishers;
    private List<FeedPerson>? _contributors;
    private List<string>? _categories;
    private List<FeedLink>? _links;
    private List<FeedEnclosure>? _enclosures;

    public Best<FeedText> Title;
    public Best<FeedText> LongBody;
    public Best<FeedText> Rights;
    public Best<string> Id;
    public Best<Uri> Link;
    public Best<Uri> Image;
    public Best<string> Language;
    public Best<DateTimeOffset?> Published;
    public Best<DateTimeOffset?> Updated;

    public DateTimeOffset? Created { get; set; }

    public DateTimeOffset? Expires { get; set; }

    public Uri? Comments { get; set; }

    public Uri? Icon { get; set; }

    public string? Generator { get; set; }

    public string? SourceTitle { get; set; }

    public Uri? SourceLink { get; set; }

    public TimeSpan? TimeToLive { get; private set; }

    public IReadOnlyList<FeedPerson> Authors => _authors ?? _publishers ?? [];

    public IReadOnlyList<FeedPerson> Publishers => _publishers ?? [];

    public IReadOnlyList<FeedPerson> Contributors => _contributors ?? [];

    public IReadOnlyList<string> Categories => _categories ?? [];

    public IReadOnlyList<FeedLink> Links => _links ?? [];

    public IReadOnlyList<FeedEnclosure> Enclosures => _enclosures ?? [];

    public string PlainTitle => Title.Value is { } title ? OneLine(title.IsHtml ? title.Plain : title.Written) : "";

    /// <summary>The first of the bodies that stand nearest.</summary>
    public FeedText? FirstBody => Bodies.FirstOrDefault() ?? LongBody.Value;

    /// <summary>What is called content; otherwise the second body.</summary>
    public FeedText? Content => LongBody.Value ?? Bodies.Skip(1).FirstOrDefault();

    private IEnumerable<FeedText> Bodies => _bodies is null ? [] : _bodies.Where(body => body.Rank == _bodies.Min(other => other.Rank)).Select(body => body.Text);

    /// <summary>As new: what was handed out stays with whoever has it.</summary>
    public void Clear()
    {
        (_bodies, _authors, _publishers, _contributors, _categories, _links, _enclosures) = (null, null, null, null, null, null, null);
        (Title, LongBody, Rights, Id, Link, Image, Language, Published, Updated) = (default, default, default, default, default, default, default, default, default);
        (Comments, Icon, Generator, SourceTitle, SourceLink, TimeToLive, Created, Expires) = (null, null, null, null, null, null, null, null);
    }

    public void AddBody(FeedText text, int rank)
    {
        // Nobody writes more than two.
        if (text.Written.Length > 0 && (_bodies is null || _bodies.Count < 8))
        {
            (_bodies ??= new(2)).Add((rank, text));
        }
    }

    /// <param name="person">Null if nobody was named.</param>
    public void AddAuthor(FeedPerson? person) => Add(ref _authors, person);

    public void AddPublisher(FeedPerson? person) => Add(ref _publishers, person);

    public void AddContributor(FeedPerson? person) => Add(ref _contributors, person);

    public void AddCategory(string? category) => Add(ref _categories, category is { Length: > 0 and < 200 } ? OneLine(category) : null);

    public void AddLink(FeedLink? link) => Add(ref _links, link);

    public void AddEnclosure(Uri? url, string? type, string? length, int rank)
    {
        if (url is null)
        {
            return;
        }

        Add(ref _enclosures, new FeedEnclosure(url, type, long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null));
        if (type?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) is true)
        {
            Image.Offer(url, rank);
        }
    }

    /// <summary>Minutes; nobody may ask for more than a week.</summary>
    public void SetTimeToLive(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
        {
            TimeToLive = TimeSpan.FromMinutes(Math.Min(minutes, 7 * 24 * 60));
        }
    }

    public FeedItem ToItem(string? language) => new()
    {
        Id = Id.Value,
        Link = Link.Value,
        Title = PlainTitle,
        Summary = FirstBody,
        Content = Content,
        Authors = Authors,
        Contributors = Contributors,
        Publishers = Publishers,
        Published = Published.Value ?? Updated.Value,
        Updated = Updated.Value ?? Published.Value,
        Created = Created,
        Expires = Expires,
        Language = Language.Value ?? language,
        Categories = Categories,
        Links = Links,
        Enclosures = Enclosures,
        Image = Image.Value,
        Comments = Comments,
        Rights = Rights.Value,
        SourceTitle = SourceTitle,
        SourceLink = SourceLink,
    };

    public static string OneLine(string text) => text.AsSpan().IndexOfAny('\n', '\r', '\t') < 0 && !text.Contains("  ", StringComparison.Ordinal) ? text : PlainText.Tidy(text).Replace('\n', ' ');

    /// <summary>One of each, and no more than anybody needs.</summary>
    private static void Add<T>(ref List<T>? list, T? value)
        where T : class
    {
        const int Most = 64;
        if (value is not null && (list is null || (list.Count < Most && !list.Contains(value))))
        {
            (list ??= []).Add(value);
        }
    }
}

/// <summary>The best of several values for one thing: the lowest rank, among equals the last.</summary>
internal struct Best<T>
{
    private int _above;

    public T? Value { get; private set; }

    public void Offer(T? value, int rank)
    {
        // A fresh one holds nothing: ranks are kept from above.
        var above = int.MaxValue - rank;
        if (value is not null && above >= _above)
        {
            (Value, _above) = (value, above);
        }
    }

    /// <summary>Among equals the first.</summary>
    public void OfferFirst(T? value, int rank)
    {
        if (int.MaxValue - rank > _above)
        {
            Offer(value, rank);
        }
    }
}
