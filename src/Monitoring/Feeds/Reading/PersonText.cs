using Monitoring.Items;

namespace Monitoring.Feeds.Reading;

/// <summary>Persons as RSS writes them in one text: <c>Name (mail)</c>, <c>mail (Name)</c>, <c>Name &lt;mail&gt;</c>.</summary>
internal static class PersonText
{
    /// <summary>A longer text is no name.</summary>
    private const int Longest = 200;

    /// <summary>Null if the text names nobody.</summary>
    public static FeedPerson? Read(string text)
    {
        if (text.Length is 0 or >= Longest)
        {
            return null;
        }

        // Escaped once too often.
        text = MarkupGuess.IsHtml(text) ? PlainText.OfHtml(text) : text;
        var (start, length) = FindMail(text);
        if (length == 0)
        {
            return Name(text) is { } only ? new FeedPerson(only, null, null) : null;
        }

        var rest = string.Concat(text.AsSpan(0, start), text.AsSpan(start + length)).Replace("mailto:", "", StringComparison.OrdinalIgnoreCase);
        return new FeedPerson(Name(rest), text.Substring(start, length), null);
    }

    private static string? Name(string text)
    {
        var name = text.Replace("()", "", StringComparison.Ordinal).Replace("<>", "", StringComparison.Ordinal).Replace("[]", "", StringComparison.Ordinal).Trim(' ', ',', ';', '\t', '\n', '"');
        if (name is ['(', .. var inside, ')'])
        {
            name = inside;
        }

        return name.Trim() is { Length: > 0 } trimmed ? FieldSet.OneLine(trimmed) : null;
    }

    private static (int Start, int Length) FindMail(string text)
    {
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var (start, end) = (at, at + 1);
            while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_' or '-' or '+'))
            {
                start--;
            }

            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '-'))
            {
                end++;
            }

            if (start < at && text.AsSpan(at, end - at).TrimEnd('.').Contains('.'))
            {
                return (start, end - start);
            }
        }

        return (0, 0);
    }
}
