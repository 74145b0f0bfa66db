using Monitoring.Languages;

namespace Monitoring.Queries;

/// <summary>Something found in an item: a listed person or outlet, or a violation type.</summary>
/// <param name="Id">The watch-list entry's, or the type's code.</param>
/// <param name="Name">The entry's, or the type's code.</param>
/// <param name="Start">In the item's text.</param>
public sealed record FoundInItem(QueryField Kind, string Id, string Name, int Start, int Length);

/// <summary>What queries are asked of: an item's words, and what else is known of it.</summary>
/// <param name="Text">Title, line break, body.</param>
/// <param name="TitleLength">Letters of the title in <paramref name="Text"/>.</param>
public sealed record QueryDocument(TokenizedText Text, int TitleLength)
{
    /// <summary>Id and name of each source that tells of it.</summary>
    public IReadOnlyList<(string Id, string Name)> Sources { get; init; } = [];

    /// <summary>ISO 639, small letters.</summary>
    public string? Language { get; init; }

    /// <summary>ISO 3166-1, capitals.</summary>
    public string? Country { get; init; }

    public IReadOnlyList<FoundInItem> Found { get; init; } = [];

    /// <summary>Null: unknown, and since no day.</summary>
    public DateTimeOffset? Published { get; init; }

    public static QueryDocument Of(string title, string body) => new(TokenizedText.Of($"{title}\n{body}"), title.Length);

    /// <summary>A text whose first line is its title.</summary>
    public static QueryDocument OfText(string text) => new(TokenizedText.Of(text), text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : text.Length);
}
