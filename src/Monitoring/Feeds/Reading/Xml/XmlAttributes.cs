using System.Buffers;

namespace Monitoring.Feeds.Reading.Xml;

/// <summary>The attributes of a start tag one after the other, however they are written: quotes, equals signs and blanks may be missing.</summary>
internal ref struct XmlAttributes(ReadOnlySpan<byte> tag)
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n"u8);

    private static readonly SearchValues<byte> NameEnd = SearchValues.Create(" \t\r\n=\"'"u8);

    private ReadOnlySpan<byte> _rest = tag;

    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>With references, as written.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public bool Read()
    {
        SkipBlanks();
        while (_rest is [(byte)'"' or (byte)'\'' or (byte)'=', ..])
        {
            _rest = _rest[1..];
            SkipBlanks();
        }

        if (_rest.IsEmpty)
        {
            return false;
        }

        Name = Cut(_rest.IndexOfAny(NameEnd), after: 0);
        SkipBlanks();
        Value = default;
        if (_rest is not [(byte)'=', ..])
        {
            return true;
        }

        _rest = _rest[1..];
        SkipBlanks();
        if (_rest is [(byte)'"' or (byte)'\'', ..])
        {
            var quote = _rest[0];
            _rest = _rest[1..];
            Value = Cut(_rest.IndexOf(quote), after: 1);
        }
        else
        {
            Value = Cut(_rest.IndexOfAny(Blanks), after: 0);
        }

        return true;
    }

    private ReadOnlySpan<byte> Cut(int end, int after)
    {
        var piece = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + after)..];
        return piece;
    }

    private void SkipBlanks()
    {
        var next = _rest.IndexOfAnyExcept(Blanks);
        _rest = next < 0 ? default : _rest[next..];
    }
}
