using System.Buffers;

namespace Monitoring.Feeds.Reading.Xml;

internal enum XmlToken
{
    /// <summary>Characters with references, as written.</summary>
    Text,

    /// <summary>The inside of a CDATA section, where nothing is a reference.</summary>
    CData,
    Start,
    End,
    DocumentType,
}

/// <summary>
/// Splits bytes into tags and texts. Never refuses: what begins no markup is text, what has no end ends with its line of markup or the document.
/// Works on any encoding whose bytes below 128 are ASCII. Comments and processing instructions are left out. One pass, no copies.
/// </summary>
internal ref struct XmlTokens(ReadOnlySpan<byte> document, RepairLog repairs)
{
    private static readonly SearchValues<byte> NameEnd = SearchValues.Create(" \t\r\n/><"u8);

    private static readonly SearchValues<byte> TagMarks = SearchValues.Create("><\"'"u8);

    private readonly ReadOnlySpan<byte> _document = document;
    private int _at;

    // A mark that was searched in vain is not searched again: otherwise a document of openings costs the square of its length.
    private bool _noCommentEnd;
    private bool _noInstructionEnd;
    private bool _noSubsetEnd;
    private bool _noQuote;
    private bool _noApostrophe;

    /// <summary>Where the next CDATA section ends, or the document, as far as that is known.</summary>
    private int _cDataEnd;

    public XmlToken Token { get; private set; }

    /// <summary>The name of a tag, prefix and all.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>What stands in a start tag behind its name, or the inside of a text or of a document type.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether the start tag is the end as well.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Where the token begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where the next one begins.</summary>
    public int Next
    {
        readonly get => _at;
        set => _at = value;
    }

    /// <returns>False at the end.</returns>
    public bool Read()
    {
        while (_at < _document.Length)
        {
            Start = _at;
            var rest = _document[_at..];
            if (rest[0] != '<')
            {
                var end = rest.IndexOf((byte)'<');
                return Found(XmlToken.Text, 0, end < 0 ? rest.Length : end, after: 0);
            }

            var second = rest.Length > 1 ? rest[1] : (byte)0;
            if (IsNameStart(second))
            {
                return StartTag(rest);
            }

            switch (second)
            {
                case (byte)'/':
                    return EndTag(rest);
                case (byte)'?':
                    SkipInstruction(rest);
                    continue;
                case (byte)'!' when rest.StartsWith("<!--"u8):
                    SkipComment(rest);
                    continue;
                case (byte)'!' when rest.StartsWith("<![CDATA["u8):
                    return CData(rest);
                case (byte)'!' when rest.Length > 2 && (char.IsAsciiLetter((char)rest[2]) || rest[2] == '['):
                    return DocumentType(rest);
                default:
                    repairs.Note(FeedRepairKind.BareLessThan, _at);
                    var next = rest[1..].IndexOf((byte)'<');
                    return Found(XmlToken.Text, 0, next < 0 ? rest.Length : next + 1, after: 0);
            }
        }

        return false;
    }

    private bool Found(XmlToken token, int from, int length, int after)
    {
        Token = token;
        Value = _document.Slice(_at + from, length);
        _at += from + length + after;
        return true;
    }

    private bool StartTag(ReadOnlySpan<byte> rest)
    {
        var nameEnd = rest[1..].IndexOfAny(NameEnd) + 1;
        var name = nameEnd == 0 ? rest[1..] : rest[1..nameEnd];
        var end = nameEnd == 0 ? rest.Length : rest[nameEnd] == '>' ? nameEnd : TagEnd(rest, nameEnd);
        var isClosed = end < rest.Length && rest[end] == '>';
        if (!isClosed)
        {
            repairs.Note(end == rest.Length ? FeedRepairKind.CutDocument : FeedRepairKind.BrokenTag, _at);
        }

        Name = name;
        IsEmpty = end > name.Length + 1 && rest[end - 1] == '/';
        var from = 1 + name.Length;
        return Found(XmlToken.Start, from, Math.Max(0, end - from - (IsEmpty ? 1 : 0)), after: (IsEmpty ? 1 : 0) + (isClosed ? 1 : 0));
    }

    /// <summary>The sign that ends the tag, or the less-than sign of the next one where it is missing.</summary>
    private int TagEnd(ReadOnlySpan<byte> rest, int from)
    {
        for (var at = from; ; at++)
        {
            var next = rest[at..].IndexOfAny(TagMarks);
            if (next < 0)
            {
                return rest.Length;
            }

            at += next;
            if (rest[at] is (byte)'>' or (byte)'<')
            {
                return at;
            }

            at = QuoteEnd(rest, at);
        }
    }

    /// <returns>The position of the closing mark, or of the opening one if it closes nowhere in this tag.</returns>
    private int QuoteEnd(ReadOnlySpan<byte> rest, int open)
    {
        ref var none = ref rest[open] == '"' ? ref _noQuote : ref _noApostrophe;
        var length = none ? -1 : rest[(open + 1)..].IndexOf(rest[open]);
        none |= length < 0;
        if (length < 0)
        {
            return open;
        }

        // A value over the end of the tag and the begin of another was not closed.
        var value = rest.Slice(open + 1, length);
        var end = value.IndexOf((byte)'>');
        var isOpen = end >= 0 && value[end..].IndexOf((byte)'<') >= 0;
        if (isOpen)
        {
            repairs.Note(FeedRepairKind.BrokenTag, _at);
        }

        return isOpen ? open : open + 1 + length;
    }

    private bool EndTag(ReadOnlySpan<byte> rest)
    {
        var end = rest[2..].IndexOfAny((byte)'>', (byte)'<');
        var isClosed = end >= 0 && rest[end + 2] == '>';
        if (!isClosed)
        {
            repairs.Note(end < 0 ? FeedRepairKind.CutDocument : FeedRepairKind.BrokenTag, _at);
        }

        var inside = end < 0 ? rest[2..] : rest.Slice(2, end);
        var name = inside.IndexOfAny(NameEnd);
        Name = name < 0 ? inside : inside[..name];
        return Found(XmlToken.End, 2, inside.Length, after: isClosed ? 1 : 0);
    }

    private bool CData(ReadOnlySpan<byte> rest)
    {
        const int Opening = 9;
        var start = _at + Opening;
        if (_cDataEnd < start)
        {
            var next = rest[Opening..].IndexOf("]]>"u8);
            _cDataEnd = next < 0 ? _document.Length : start + next;
        }

        var isCut = _cDataEnd == _document.Length;
        var value = _document[start.._cDataEnd];

        // One that holds the end of its element and another's begin was not closed.
        var isOpen = isCut || value.IndexOf("<![CDATA["u8) >= 0;
        if (isOpen && ElementEnd(value) is var element and >= 0)
        {
            repairs.Note(FeedRepairKind.OpenCData, _at);
            return Found(XmlToken.CData, Opening, element, after: 0);
        }

        if (isCut)
        {
            repairs.Note(FeedRepairKind.CutDocument, _at);
        }

        return Found(XmlToken.CData, Opening, value.Length, after: isCut ? 0 : 3);
    }

    /// <summary>Where the element whose start was read last ends.</summary>
    private readonly int ElementEnd(ReadOnlySpan<byte> value)
    {
        for (var at = 0; Name.Length > 0 && value[at..].IndexOf("</"u8) is var next and >= 0; at += next + 2)
        {
            if (value[(at + next + 2)..].StartsWith(Name))
            {
                return at + next;
            }
        }

        return -1;
    }

    private void SkipComment(ReadOnlySpan<byte> rest)
    {
        var end = _noCommentEnd ? -1 : rest[4..].IndexOf("-->"u8);
        _noCommentEnd |= end < 0;
        if (end >= 0)
        {
            _at += 4 + end + 3;
            return;
        }

        repairs.Note(FeedRepairKind.BrokenTag, _at);
        SkipTag(rest);
    }

    /// <summary>One that is not closed as such ends like a tag.</summary>
    private void SkipInstruction(ReadOnlySpan<byte> rest)
    {
        var end = _noInstructionEnd ? -1 : rest.IndexOf("?>"u8);
        _noInstructionEnd |= end < 0;
        if (end >= 0)
        {
            _at += end + 2;
        }
        else
        {
            SkipTag(rest);
        }
    }

    private void SkipTag(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'>');
        _at += end < 0 ? rest.Length : end + 1;
    }

    private bool DocumentType(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'>');
        var subset = end < 0 ? -1 : rest[..end].IndexOf((byte)'[');
        if (subset > 2 && !_noSubsetEnd)
        {
            var close = rest[subset..].IndexOf("]>"u8);
            _noSubsetEnd = close < 0;
            end = close < 0 ? end : subset + close + 1;
        }

        var length = end < 0 ? rest.Length - 2 : end - 2;
        return Found(XmlToken.DocumentType, 2, length, after: end < 0 ? 0 : 1);
    }

    private static bool IsNameStart(byte b) => char.IsAsciiLetter((char)b) || b is (byte)'_' or (byte)':' or >= 128;
}
