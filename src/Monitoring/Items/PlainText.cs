using System.Buffers;
using System.Collections.Frozen;

namespace Monitoring.Items;

/// <summary>
/// The text of a piece of HTML as a reader sees it: markup gone, references decoded, blocks on lines of their own, scripts and styles left out. One pass
/// over the characters, without a tree: any markup, however broken or deep, takes a time that grows with its length.
/// </summary>
public static class PlainText
{
    /// <summary>More input than this is cut.</summary>
    private const int MaxInput = 2_000_000;

    /// <summary>Elements whose content no reader sees. What stands inside a frame or an object is shown where these are not.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Hidden =
        FrozenSet.ToFrozenSet(["script", "style", "template", "head", "svg"], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Blocks = FrozenSet.ToFrozenSet(
        [
            "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "caption", "table", "dl", "dt", "dd", "blockquote", "section",
            "article", "aside", "header", "footer", "main", "nav", "address", "figure", "figcaption", "details", "summary", "option", "center", "form", "hr", "pre",
        ],
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static string OfHtml(string html)
    {
        var input = html.AsSpan(0, html.Length > MaxInput ? MaxInput - (char.IsHighSurrogate(html[MaxInput - 1]) ? 1 : 0) : html.Length);

        // No reference and no tag is shorter than what it becomes.
        var buffer = ArrayPool<char>.Shared.Rent(input.Length);
        var lines = new TidyLines(buffer);
        Write(input, ref lines);
        var text = lines.Text.SequenceEqual(html) ? html : lines.Text.ToString();
        ArrayPool<char>.Shared.Return(buffer);
        return text;
    }

    /// <summary>A text without markup: runs of blanks become one, lines are trimmed, empty lines go.</summary>
    public static string Tidy(string text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var lines = new TidyLines(buffer);
        lines.Append(text);
        var tidy = lines.Text.SequenceEqual(text) ? text : lines.Text.ToString();
        ArrayPool<char>.Shared.Return(buffer);
        return tidy;
    }

    private static void Write(ReadOnlySpan<char> html, ref TidyLines lines)
    {
        Span<char> characters = stackalloc char[2];
        while (html.Length > 0)
        {
            var plain = html.IndexOfAny('<', '&');
            lines.Append(plain < 0 ? html : html[..plain]);
            html = plain < 0 ? [] : html[plain..];
            if (html is ['&', ..])
            {
                var (read, written) = CharacterReference.Read(html[1..], characters);
                lines.Append(read == 0 ? "&" : written == 1 && char.IsSurrogate(characters[0]) ? "\ufffd" : characters[..written]);
                html = html[(read + 1)..];
            }
            else if (html is ['<', ..])
            {
                html = html[Tag(html, ref lines)..];
            }
        }
    }

    /// <returns>The length of the tag that begins here, with what it hides; 1 for a bare less-than sign, which is text.</returns>
    private static int Tag(ReadOnlySpan<char> html, ref TidyLines lines)
    {
        if (html is ['<', '!', '-', '-', ..])
        {
            return End(html, html.IndexOf("-->"), 3);
        }

        var start = html is ['<', '/', ..] ? 2 : 1;
        if (html.Length <= start || !(char.IsAsciiLetter(html[start]) || html is ['<', '?', ..] or ['<', '!', '-' or '[' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'), ..]))
        {
            lines.Append("<");
            return 1;
        }

        var name = html[start..];
        var length = name.IndexOfAnyExcept(NameCharacters);
        name = length < 0 ? name : name[..length];
        if (Blocks.Contains(name))
        {
            lines.Break();
        }

        var end = TagEnd(html);
        return start == 1 && Hidden.Contains(name) && html[end - 1] == '>' && html[end - 2] != '/' ? end + HiddenLength(html[end..], name) : end;
    }

    /// <summary>A quoted value may hold the sign that ends a tag; a quotation mark that follows no equals sign is none.</summary>
    private static int TagEnd(ReadOnlySpan<char> html)
    {
        for (var at = 1; at < html.Length; at++)
        {
            var next = html[at..].IndexOfAny('>', '"', '\'');
            at = next < 0 ? html.Length : at + next;
            if (next < 0 || html[at] == '>')
            {
                return Math.Min(at + 1, html.Length);
            }

            if (html[..at].TrimEnd() is [.., '='])
            {
                var close = html[(at + 1)..].IndexOf(html[at]);
                at = close < 0 ? html.Length : at + 1 + close;
            }
        }

        return html.Length;
    }

    private static int HiddenLength(ReadOnlySpan<char> html, ReadOnlySpan<char> name)
    {
        for (var at = 0; html[at..].IndexOf("</") is var next and >= 0; at += next + 2)
        {
            var close = html[(at + next)..];
            if (close[2..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return at + next + TagEnd(close);
            }
        }

        return html.Length;
    }

    private static int End(ReadOnlySpan<char> html, int found, int length) => found < 0 ? html.Length : found + length;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>Runs of blanks become one, lines are trimmed, empty lines go.</summary>
    private ref struct TidyLines(Span<char> buffer)
    {
        private readonly Span<char> _buffer = buffer;
        private int _length;
        private char _pending;

        public readonly ReadOnlySpan<char> Text => _buffer[.._length];

        public void Break() => _pending = '\n';

        public void Append(scoped ReadOnlySpan<char> text)
        {
            foreach (var c in text)
            {
                if (_pending == 0 && IsPlain(c))
                {
                    _buffer[_length++] = c;
                    continue;
                }

                if (char.IsWhiteSpace(c))
                {
                    _pending = c is '\n' or '\r' || _pending == '\n' ? '\n' : ' ';
                    continue;
                }

                if (char.IsControl(c))
                {
                    continue;
                }

                if (_pending != 0 && _length > 0)
                {
                    _buffer[_length++] = _pending;
                }

                _pending = '\0';
                _buffer[_length++] = c;
            }
        }

        /// <summary>For certain neither blank nor control character: most of every text.</summary>
        private static bool IsPlain(char c) => c is (> ' ' and < '\u007f') or (> '\u00a0' and < '\u1680');
    }
}
