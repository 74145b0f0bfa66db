using System.Text;

namespace Monitoring.Alerts.Mails;

/// <summary>The plain-text part: complete in itself, wrapped at 76 characters, links on lines of their own. Marked words stand between asterisks.</summary>
internal static class MailPlainText
{
    private const int Width = 76;

    public static string Write(MailDocument mail)
    {
        var text = new StringBuilder();
        Paragraph(text, mail.Caution);
        Paragraph(text, mail.Summary);
        foreach (var block in mail.Blocks)
        {
            switch (block)
            {
                case MailBlock.Heading heading:
                    text.Append(heading.Text.ToUpper(mail.Texts.Culture)).Append("\n\n");
                    break;
                case MailBlock.Line line:
                    Write(text, line);
                    break;
                case MailBlock.Group group:
                    text.Append(group.Name).Append(" (").Append(group.Count).Append(")\n\n");
                    break;
                case MailBlock.Bars bars:
                    Write(text, bars);
                    break;
                case MailBlock.Entry entry:
                    Write(text, entry);
                    break;
            }
        }

        text.Append("-- \n");
        foreach (var line in mail.Footer)
        {
            Paragraph(text, line);
        }

        foreach (var link in mail.FooterLinks)
        {
            text.Append(link.Words).Append(link.Words.EndsWith('?') ? "\n" : ":\n").Append(link.Url.AbsoluteUri).Append("\n\n");
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>The same mail with a paragraph before it.</summary>
    public static string Before(string mail, string paragraph)
    {
        var text = new StringBuilder();
        Paragraph(text, paragraph);
        return text.Append(mail).ToString();
    }

    /// <summary>Below its fact, where it has one, it is indented.</summary>
    private static void Write(StringBuilder text, MailBlock.Entry entry)
    {
        var indent = entry.Fact is null ? "" : "  ";
        if (entry.Fact is not null)
        {
            Wrap(text, entry.Fact, "* ", indent);
        }

        Wrap(text, entry.Meta, indent, indent);
        foreach (var note in entry.Notes)
        {
            Wrap(text, note, indent, indent);
        }

        if (entry.Headline is not null)
        {
            Wrap(text, entry.Headline, indent, indent);
        }

        if (entry.Passage is { } passage)
        {
            Wrap(text, string.Concat(passage.Pieces().Select(piece => piece.IsMarked ? $"*{piece.Piece}*" : piece.Piece)), indent + "> ", indent + "> ");
        }

        if (entry.Reasons.Count > 0)
        {
            Wrap(text, $"{entry.ReasonsAre}: {string.Join("; ", entry.Reasons)}.", indent, indent);
        }

        foreach (var link in entry.Links)
        {
            text.Append(indent).Append(link.Words).Append(":\n").Append(indent).Append(link.Url.AbsoluteUri).Append('\n');
        }

        text.Append('\n');
    }

    private static void Write(StringBuilder text, MailBlock.Line line)
    {
        Wrap(text, line.Text, "", "");
        text.Append(line.Link is null ? "" : line.Link.Url.AbsoluteUri + "\n").Append('\n');
    }

    /// <summary>The longest bar is half a line.</summary>
    private static void Write(StringBuilder text, MailBlock.Bars bars)
    {
        text.Append(bars.Title).Append('\n');
        var (widest, most) = (bars.Rows.Max(row => row.Label.Length), bars.Rows.Max(row => row.Count));
        foreach (var (label, count) in bars.Rows)
        {
            text.Append("  ").Append(label.PadRight(Math.Min(widest, Width / 3))).Append("  ").Append('█', MailHtml.Share(count, most, Width / 2)).Append(' ').Append(count).Append('\n');
        }

        text.Append('\n');
    }

    private static void Paragraph(StringBuilder text, string? paragraph)
    {
        if (paragraph is not null)
        {
            Wrap(text, paragraph, "", "");
            text.Append('\n');
        }
    }

    /// <summary>Breaks at blanks; a word longer than a line keeps a line to itself.</summary>
    private static void Wrap(StringBuilder text, string paragraph, string first, string other)
    {
        var line = new StringBuilder(first);
        var isEmpty = true;
        foreach (var word in paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(other);
                isEmpty = true;
            }

            line.Append(isEmpty ? "" : " ").Append(word);
            isEmpty = false;
        }

        text.Append(line).Append('\n');
    }
}
