using System.Buffers;

namespace Monitoring.Feeds.Reading;

internal enum HtmlTagKind
{
    Start,

    /// <summary>A start that is its own end: <c>&lt;br/&gt;</c>.</summary>
    Empty,
    End,

    /// <summary>A comment, a declaration, or a bare less-than sign.</summary>
    None,
}

/// <summary>Walks through one tag of HTML, attribute by attribute. What is not closed ends with the text.</summary>
internal ref struct HtmlTag
{
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\f");

    private static readonly SearchValues<char> BetweenAttributes = SearchValues.Create(" \t\r\n\f/");

    private static readonly SearchValues<char> NameEnd = SearchValues.Create(" \t\r\n\f/>=");

    private static readonly SearchValues<char> ValueEnd = SearchValues.Create(" \t\r\n\f>");

    private readonly ReadOnlySpan<char> _html;

    /// <param name="at">Where its less-than sign is.</param>
    public HtmlTag(ReadOnlySpan<char> html, int at)
    {
        _html = html;
        var rest = html[(at + 1)..];
        Kind = rest is ['/', ..] ? HtmlTagKind.End : rest is [var first, ..] && char.IsAsciiLetter(first) ? HtmlTagKind.Start : HtmlTagKind.None;
        End = Kind switch
        {
            HtmlTagKind.Start => After(at + 1, NameEnd),
            _ when rest.StartsWith("!--") => rest.IndexOf("-->") is var end and >= 0 ? at + 1 + end : html.Length,
            _ => at + 1,
        };
    }

    /// <summary>Known when all attributes are read.</summary>
    public HtmlTagKind Kind { get; private set; }

    /// <summary>Behind what was read of it.</summary>
    public int End { get; private set; }

    public Range Name { get; private set; }

    /// <summary>Without quotation marks, as written.</summary>
    public Range Value { get; private set; }

    public bool ReadAttribute()
    {
        if (Kind is not HtmlTagKind.Start)
        {
            return false;
        }

        var start = AfterAll(End, BetweenAttributes);
        if (start == _html.Length || _html[start] == '>')
        {
            Kind = start > 0 && start < _html.Length && _html[start - 1] == '/' ? HtmlTagKind.Empty : Kind;
            End = start;
            return false;
        }

        // An equals sign without a name before it begins one (HTML standard, "before attribute name state").
        var nameEnd = After(start + 1, NameEnd);
        Name = start..nameEnd;
        var equals = AfterAll(nameEnd, Blanks);
        (Value, End) = equals < _html.Length && _html[equals] == '=' ? ReadValue(AfterAll(equals + 1, Blanks)) : (nameEnd..nameEnd, nameEnd);
        return true;
    }

    private readonly (Range Value, int End) ReadValue(int start)
    {
        if (start < _html.Length && _html[start] is '"' or '\'')
        {
            var length = _html[(start + 1)..].IndexOf(_html[start]);
            return length < 0 ? (_html.Length.._html.Length, _html.Length) : ((start + 1)..(start + 1 + length), start + 2 + length);
        }

        var end = After(start, ValueEnd);
        return (start..end, end);
    }

    private readonly int After(int at, SearchValues<char> ends) => at >= _html.Length || _html[at..].IndexOfAny(ends) is not (>= 0 and var length) ? _html.Length : at + length;

    private readonly int AfterAll(int at, SearchValues<char> blanks) => at >= _html.Length || _html[at..].IndexOfAnyExcept(blanks) is not (>= 0 and var length) ? _html.Length : at + length;
}
