using Monitoring.Languages;

namespace Monitoring.Items;

/// <summary>What the page of an item's article says; null for what it does not say.</summary>
public sealed record FoundArticle
{
    private const int MaxAuthor = 300;
    private const int MaxAddress = 2000;

    public required string Title { get; init; }

    public required string Text { get; init; }

    public DateTimeOffset? Published { get; init; }

    public string? Author { get; init; }

    /// <summary>As the page says.</summary>
    public string? Language { get; init; }

    /// <summary>The address that the page calls its own; of the same registrable domain.</summary>
    public Uri? Canonical { get; init; }

    /// <summary>Without what no page or mail should be given, and what is too long.</summary>
    public FoundArticle Clean() => this with
    {
        Title = ReadableText.Of(Title),
        Text = ReadableText.Of(Text),
        Author = Author is null ? null : WholeCharacters.Cut(ReadableText.Of(Author), MaxAuthor),
        Canonical = Canonical?.AbsoluteUri.Length <= MaxAddress ? Canonical : null,
    };

    /// <summary>The item with the article. What the source tells wins: the page fills what is missing.</summary>
    public Item Complete(Item item, string captureId, DateTimeOffset now) => item with
    {
        Summary = item.Summary.Length > 0 ? item.Summary : Intake.Beginning(Text),
        Language = item.Language ?? LanguageDetector.Detect(Text)?.Language ?? Language,

        // A date in the future is a mistake, of the page or of the time zone that it does not name.
        Published = item.Published ?? (Published <= now ? Published : null),
        ContentSeen = now,
        ArticleAt = now,
        ArticleCaptureId = captureId,
        EarlierCaptures = Intake.Earlier(item, item.ArticleCaptureId == captureId ? null : item.ArticleCaptureId),
    };
}
