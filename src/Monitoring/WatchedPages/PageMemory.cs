using System.Globalization;

namespace Monitoring.WatchedPages;

/// <summary>What is known of a page's text between visits.</summary>
/// <param name="Of">Names the page and the part of it.</param>
/// <param name="Text">The last that counted; empty: none yet.</param>
/// <param name="Waiting">The hash of another text that was met and does not count yet.</param>
/// <param name="Since">When that one was first met.</param>
internal sealed record PageMemory(string Of, string Text, string? Waiting, DateTimeOffset Since)
{
    /// <summary>Whatever is no memory of this part is none: the page is read as if for the first time.</summary>
    public static PageMemory Parse(string? written, string of) =>
        written?.Split('\n', 4) is [var known, var waiting, var since, var text] && known == of && DateTimeOffset.TryParseExact(since, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new PageMemory(of, text, waiting.Length == 0 ? null : waiting, time)
            : new PageMemory(of, "", Waiting: null, DateTimeOffset.UnixEpoch);

    /// <summary>A line each for the part, what waits and since when, then the text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Of}\n{Waiting}\n{Since:O}\n{Text}");
}
