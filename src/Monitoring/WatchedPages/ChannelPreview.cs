using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Monitoring.Items;

namespace Monitoring.WatchedPages;

/// <summary>
/// The last messages of a public Telegram channel as anybody can read them at <c>t.me/s/name</c>: what often remains of an outlet whose site is blocked.
/// Messages have dates, so they may be mailed at once as any news.
/// </summary>
internal static class ChannelPreview
{
    /// <summary>A preview shows 20.</summary>
    private const int MaxMessages = 200;

    /// <summary>A longer first line is no title.</summary>
    private const int LongestTitle = 200;

    private const string Message = ".tgme_widget_message";

    private static readonly HashSet<string> Hosts = new(["t.me", "telegram.me", "telegram.dog"], StringComparer.OrdinalIgnoreCase);

    public static bool IsAt(Uri url) => Hosts.Contains(url.Host) && url.Segments is ["/", "s/", { Length: > 1 }, ..];

    /// <summary>A channel may have no messages; one that hides its preview leads to a page that only invites.</summary>
    public static bool IsOne(IHtmlDocument document) => document.QuerySelector($"{Message}, .tgme_channel_info") is not null;

    /// <summary>Notices of the service ("pinned a message") are no items.</summary>
    public static IReadOnlyList<IncomingItem> Items(IHtmlDocument document, Uri url, Func<string, DateTimeOffset?> readDate) =>
        [.. PageParts.Outermost(document, Message).Where(message => !message.ClassList.Contains("service_message")).Take(MaxMessages).Select(message => Item(message, url, readDate)).OfType<IncomingItem>()];

    private static IncomingItem? Item(IElement message, Uri url, Func<string, DateTimeOffset?> readDate)
    {
        var post = message.GetAttribute("data-post");
        var link = WebLink.Resolve(url, message.QuerySelector("a.tgme_widget_message_date")?.GetAttribute("href") ?? (post is null ? null : "/" + post));
        if (link is null)
        {
            return null;
        }

        var words = Words(message);
        var isTitled = words is [{ Length: <= LongestTitle }, ..];
        return new IncomingItem
        {
            SourceGuid = post,
            Link = link,
            Title = isTitled ? words[0] : words is [var first, ..] ? TextCut.At(first, LongestTitle) + "…" : Wordless(message),
            Text = string.Join('\n', words.Skip(isTitled ? 1 : 0).Concat(Around(message))),
            Authors = [.. new[] { Line(message, ".tgme_widget_message_owner_name"), Line(message, ".tgme_widget_message_from_author") }.OfType<string>().Distinct()],
            Published = message.QuerySelectorAll("time[datetime]").Select(time => readDate(time.GetAttribute("datetime")!)).LastOrDefault(date => date is not null),
        };
    }

    /// <summary>What the channel wrote, a line for each paragraph; not the message it answers to.</summary>
    private static List<string> Words(IElement message) =>
        [.. PageParts.Outermost(message, ".tgme_widget_message_text, .tgme_widget_message_poll_question").Where(text => text.Closest(".tgme_widget_message_reply") is null)
            .SelectMany(text => ArticleBody.Chosen(text).Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>What others wrote: whom it was forwarded from, and the article it links to.</summary>
    private static IEnumerable<string> Around(IElement message)
    {
        if (Line(message, ".tgme_widget_message_forwarded_from_name") is { } other)
        {
            yield return $"Forwarded from {other}";
        }

        foreach (var part in (string[])[".link_preview_title", ".link_preview_description"])
        {
            if (Line(message, part) is { } line)
            {
                yield return line;
            }
        }
    }

    private static string? Line(IElement message, string selector) =>
        message.QuerySelector(selector) is { } part && ArticleBody.Chosen(part).Replace('\n', ' ') is { Length: > 0 } line ? line : null;

    private static string Wordless(IElement message) =>
        message.QuerySelector(".tgme_widget_message_photo_wrap") is not null ? "Photo without words"
        : message.QuerySelector(".tgme_widget_message_video_player, .tgme_widget_message_roundvideo_player") is not null ? "Video without words"
        : "Message without words";
}
