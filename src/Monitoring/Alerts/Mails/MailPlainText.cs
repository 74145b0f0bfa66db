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
                    Paragraph(text, line.Text);
                    break;
                case MailBlock.Entry entry:
                    Write(text, entry, mail.Texts);
                    break;
            }
        }

        text.Append("-- \n");
        foreach (var line in mail.Footer)
        {
            Paragraph(text, line);
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Write(StringBuilder text, MailBlock.Entry entry, Texts texts)
    {
        Wrap(text, entry.Fact, "* ", "  ");
        Wrap(text, entry.Meta, "  ", "  ");
        if (entry.Headline is not null)
        {
            Wrap(text, entry.Headline, "  ", "  ");
        }

        if (entry.Passage is { } passage)
        {
            Wrap(text, string.Concat(passage.Pieces().Select(piece => piece.IsMarked ? $"*{piece.Piece}*" : piece.Piece)), "  > ", "  > ");
        }

        if (entry.Reasons.Count > 0)
        {
            Wrap(text, $"{texts["why"]}: {string.Join("; ", entry.Reasons)}.", "  ", "  ");
        }

        foreach (var link in entry.Links)
        {
            text.Append("  ").Append(link.Words).Append(":\n  ").Append(link.Url.AbsoluteUri).Append('\n');
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
