using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Monitoring.WatchedPages;

/// <summary>What an element is by its name, role, class and id, as far as pages tell it. Table: <c>article-hints.csv</c>.</summary>
internal static partial class ArticleHints
{
    private const int LongestClass = 1000;

    /// <summary>Longer lines that begin like a cue are sentences of an article.</summary>
    private const int LongestCue = 120;

    private static readonly ILookup<string, string> Table = DataFile.Rows(typeof(ArticleHints), "article-hints.csv").ToLookup(row => row[0], row => row[1]);
    private static readonly HashSet<string> OutsideWords = new(Table["outside"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> NearWords = new(Table["near"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> LeadWords = new(Table["lead"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> BodyWords = new(Table["body"], StringComparer.OrdinalIgnoreCase);
    private static readonly string[] Cues = [.. Table["cue"]];

    /// <summary>Their classes tell of the whole page: <c>with-sidebar</c>, <c>comments-open</c>.</summary>
    private static readonly HashSet<string> Whole = new(["html", "body", "article", "main"], StringComparer.Ordinal);

    private static readonly HashSet<string> OutsideElements = new(["nav", "footer", "aside", "dialog", "menu"], StringComparer.Ordinal);

    private static readonly HashSet<string> OutsideRoles =
        new(["navigation", "contentinfo", "complementary", "search", "dialog", "alertdialog", "banner"], StringComparer.OrdinalIgnoreCase);

    /// <summary>A class that begins so says what the whole is like, not what the part is.</summary>
    private static readonly HashSet<string> Saying = new(["has", "with", "no", "is", "not", "without", "hide", "show", "js"], StringComparer.OrdinalIgnoreCase);

    public static bool IsOutside(IElement element) =>
        OutsideElements.Contains(element.LocalName)
        || (element.GetAttribute("role") is { } role && OutsideRoles.Contains(role))
        || element.HasAttribute("hidden")
        || element.GetAttribute("aria-hidden") == "true"
        || (!Whole.Contains(element.LocalName) && Names(element).Any(name => Words(name).Any(OutsideWords.Contains)));

    public static bool IsNear(IElement element) =>
        !Whole.Contains(element.LocalName) && Names(element).Any(name => Words(name) is [.., var last] && NearWords.Contains(last));

    public static bool IsLead(IElement element) => Names(element).Any(name => Words(name).Any(LeadWords.Contains));

    public static bool IsBody(IElement element) => element.LocalName is "article" or "main" || Names(element).Any(name => Words(name).Any(BodyWords.Contains));

    /// <summary>The line opens a list of other articles, or asks the reader for something.</summary>
    public static bool IsCue(string line) =>
        line.Length <= LongestCue && Array.Exists(Cues, cue => line.AsSpan().TrimStart("«\"“—-–•* ").StartsWith(cue, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Names(IElement element)
    {
        var (names, id) = (element.ClassName ?? "", element.Id ?? "");
        return names.Length + id.Length is 0 or > LongestClass ? [] : names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Append(id);
    }

    /// <summary><c>news_list-item</c> and <c>newsListItem</c> are three words.</summary>
    private static string[] Words(string name)
    {
        string[] words = [.. Word().Matches(name).Select(match => match.Value)];
        return words is [var first, ..] && Saying.Contains(first) ? [] : words;
    }

    [GeneratedRegex(@"\p{Lu}?\p{Ll}+|\p{Lu}+")]
    private static partial Regex Word();
}
