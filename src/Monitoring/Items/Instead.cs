using Monitoring.Evidence;

namespace Monitoring.Items;

/// <summary>What servers send with a good status where news is expected.</summary>
public enum InsteadKind
{
    /// <summary>A protection service wants proof of a browser.</summary>
    Challenge,

    /// <summary>Somebody forbids the page. For this program that may be news itself.</summary>
    Block,

    /// <summary>The name is for sale, or the hosting was suspended.</summary>
    Parked,

    Maintenance,

    Login,

    /// <summary>Nothing that a reader without scripts would see.</summary>
    Empty,
}

/// <summary>
/// Recognises pages that are not what was asked for, so that nobody takes them for news, for silence or for a change. Only short pages are judged by
/// their words: an article may quote a block page, and pages behind protection services carry their scripts always. Table: <c>instead.csv</c>.
/// </summary>
public static class Instead
{
    /// <summary>Characters that a reader sees; news pages have more.</summary>
    private const int ShortPage = 1500;

    private static readonly Mark[] Marks = [.. DataFile.Rows(typeof(Instead), "instead.csv").Select(row => new Mark(Enum.Parse<InsteadKind>(row[0], ignoreCase: true), row[1], row[2]))];

    /// <summary>Null: nothing speaks against the page.</summary>
    public static InsteadKind? Of(HttpExchange exchange, string html)
    {
        if (Marks.FirstOrDefault(mark => mark.Where == "header" && mark.IsIn(exchange)) is { } told)
        {
            return told.Kind;
        }

        var text = PlainText.OfHtml(html);
        if (string.IsNullOrWhiteSpace(text))
        {
            return html.Contains("<frameset", StringComparison.OrdinalIgnoreCase) ? null : MarkIn("source", html) ?? InsteadKind.Empty;
        }

        if (text.Length > ShortPage)
        {
            return null;
        }

        using var page = HtmlTree.Parse(html);
        return MarkIn("title", page?.Title ?? "") ?? MarkIn("source", html) ?? MarkIn("text", text)
            ?? (page?.QuerySelector("input[type=password i]") is null ? null : InsteadKind.Login);
    }

    /// <summary>For operators, after "unreadable:".</summary>
    public static string Say(InsteadKind kind) => kind switch
    {
        InsteadKind.Challenge => "a challenge to prove a browser",
        InsteadKind.Block => "a block page",
        InsteadKind.Parked => "a parked or suspended site",
        InsteadKind.Maintenance => "a maintenance page",
        InsteadKind.Login => "a login page",
        _ => "a page without text",
    };

    private static InsteadKind? MarkIn(string where, string text) =>
        Marks.FirstOrDefault(mark => mark.Where == where && text.Contains(mark.What, StringComparison.OrdinalIgnoreCase))?.Kind;

    private sealed record Mark(InsteadKind Kind, string Where, string What)
    {
        public bool IsIn(HttpExchange exchange) => What.Split(": ", 2) is [var name, var value] && string.Equals(exchange.Header(name), value, StringComparison.OrdinalIgnoreCase);
    }
}
