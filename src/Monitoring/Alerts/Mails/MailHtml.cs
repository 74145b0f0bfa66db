using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Monitoring.Alerts.Mails;

/// <summary>
/// The HTML part: one column of 600 px in a table for layout, inline styles only, no images, nothing remote. Colours are readable on light and dark
/// backgrounds, and no meaning hangs on them.
/// </summary>
internal static class MailHtml
{
    private const int WidestBar = 260;

    private const string Opening = "<table role=\"presentation\" align=\"center\" width=\"600\" style=\"width:100%;max-width:600px;border-collapse:collapse\"><tr><td>\n";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Write(MailDocument mail)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(mail.Texts.Language).Append("\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\"><title>")
            .Append(Encode(mail.Subject))
            .Append("</title></head>\n<body style=\"margin:0;padding:16px;font-family:system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif;font-size:16px;line-height:1.5\">\n")
            .Append(Opening);
        if (mail.Caution is not null)
        {
            html.Append(Boxed(mail.Caution));
        }

        html.Append("<h1 style=\"margin:0 0 16px;font-size:19px;line-height:1.4\">").Append(Encode(mail.Summary)).Append("</h1>\n");

        // Screen readers walk by headings: no level is left out where a mail has no sections.
        var entryHeading = mail.Blocks.Any(block => block is MailBlock.Heading) ? "h3" : "h2";
        foreach (var block in mail.Blocks)
        {
            Write(html, block, entryHeading);
        }

        html.Append("<hr style=\"border:0;border-top:1px solid #888;margin:24px 0 8px\">\n");
        foreach (var line in mail.Footer)
        {
            html.Append("<p style=\"margin:0 0 8px;font-size:13px\">").Append(Encode(line)).Append("</p>\n");
        }

        foreach (var link in mail.FooterLinks)
        {
            html.Append("<p style=\"margin:0 0 4px;font-size:13px\"><a href=\"").Append(Encode(link.Url.AbsoluteUri)).Append("\">").Append(Encode(link.Words)).Append("</a></p>\n");
        }

        return html.Append("</td></tr></table>\n</body></html>\n").ToString();
    }

    /// <summary>The same mail with a paragraph before it.</summary>
    public static string Before(string mail, string paragraph)
    {
        var at = mail.IndexOf(Opening, StringComparison.Ordinal) is >= 0 and var opening ? opening + Opening.Length : 0;
        return mail.Insert(at, Boxed(paragraph));
    }

    private static string Boxed(string paragraph) => $"<p style=\"margin:0 0 12px;padding:8px 12px;border:1px solid #a86b00\"><strong>{Encode(paragraph)}</strong></p>\n";

    private static void Write(StringBuilder html, MailBlock block, string entryHeading)
    {
        switch (block)
        {
            case MailBlock.Heading heading:
                html.Append("<h2 style=\"margin:24px 0 8px;font-size:16px;border-bottom:1px solid #888\">").Append(Encode(heading.Text)).Append("</h2>\n");
                break;
            case MailBlock.Line line:
                html.Append("<p style=\"margin:0 0 8px\">").Append(Encode(line.Text));
                if (line.Link is { } more)
                {
                    html.Append(" – <a href=\"").Append(Encode(more.Url.AbsoluteUri)).Append("\">").Append(Encode(more.Words)).Append("</a>");
                }

                html.Append("</p>\n");
                break;
            case MailBlock.Group group:
                html.Append("<p style=\"margin:12px 0 4px\"><strong>").Append(Encode(group.Name)).Append("</strong> (").Append(group.Count).Append(")</p>\n");
                break;
            case MailBlock.Bars bars:
                Write(html, bars);
                break;
            case MailBlock.Entry entry:
                Write(html, entry, entryHeading);
                break;
        }
    }

    private static void Write(StringBuilder html, MailBlock.Entry entry, string heading)
    {
        html.Append("<div style=\"margin:0 0 20px\">");
        if (entry.Fact is not null)
        {
            html.Append(CultureInfo.InvariantCulture, $"<{heading} style=\"margin:0;font-size:16px\">{Encode(entry.Fact)}</{heading}>\n");
        }

        html.Append("<p style=\"margin:0;font-size:13px\">").Append(Encode(entry.Meta)).Append("</p>\n");
        foreach (var note in entry.Notes)
        {
            html.Append("<p style=\"margin:0;font-size:13px\"><em>").Append(Encode(note)).Append("</em></p>\n");
        }

        if (entry.Headline is not null)
        {
            html.Append("<p style=\"margin:4px 0\"").Append(Lang(entry.Language)).Append('>').Append(Encode(entry.Headline)).Append("</p>\n");
        }

        if (entry.Passage is { } passage)
        {
            html.Append("<blockquote style=\"margin:4px 0;padding:0 0 0 12px;border-left:3px solid #888\"").Append(Lang(entry.Language)).Append('>');
            foreach (var (piece, isMarked) in passage.Pieces())
            {
                html.Append(isMarked ? "<mark style=\"background:#ffe08a;color:#1a1a1a;font-weight:600\">" : "").Append(Encode(piece)).Append(isMarked ? "</mark>" : "");
            }

            html.Append("</blockquote>\n");
        }

        if (entry.Reasons.Count > 0)
        {
            html.Append("<p style=\"margin:4px 0;font-size:13px\">").Append(Encode($"{entry.ReasonsAre}: {string.Join("; ", entry.Reasons)}.")).Append("</p>\n");
        }

        foreach (var link in entry.Links)
        {
            html.Append("<p style=\"margin:4px 0\"><a href=\"").Append(Encode(link.Url.AbsoluteUri)).Append("\">").Append(Encode(link.Words)).Append("</a></p>\n");
        }

        html.Append("</div>\n");
    }

    /// <summary>Bars are cells with a colour: a table shows them wherever it shows words, and each has its number beside it.</summary>
    private static void Write(StringBuilder html, MailBlock.Bars bars)
    {
        var most = bars.Rows.Max(row => row.Count);
        html.Append("<table style=\"border-collapse:collapse;margin:0 0 16px;font-size:13px\"><caption style=\"text-align:left;font-weight:600\">").Append(Encode(bars.Title)).Append("</caption>\n");
        foreach (var (label, count) in bars.Rows)
        {
            html.Append("<tr><th scope=\"row\" style=\"text-align:left;font-weight:400;padding:2px 8px 2px 0\">").Append(Encode(label)).Append("</th><td style=\"padding:2px 8px 2px 0;text-align:right\">")
                .Append(count).Append("</td><td style=\"padding:2px 0\">");
            if (Share(count, most, WidestBar) is > 0 and var width)
            {
                html.Append(CultureInfo.InvariantCulture, $"<table role=\"presentation\" width=\"{width}\" style=\"border-collapse:collapse\"><tr><td bgcolor=\"#2f6db5\" style=\"height:10px;line-height:10px;font-size:1px\">&nbsp;</td></tr></table>");
            }

            html.Append("</td></tr>\n");
        }

        html.Append("</table>\n");
    }

    /// <summary>Of the widest bar, for a count of the most; what is there at all has something to see.</summary>
    internal static int Share(int count, int most, int widest) => count == 0 ? 0 : Math.Max(1, (int)((long)count * widest / most));

    private static string Lang(string? language) => language is null ? "" : $" lang=\"{Encode(language)}\"";

    private static string Encode(string text) => Encoder.Encode(text);
}
