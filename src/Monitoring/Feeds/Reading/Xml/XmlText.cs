using System.Text;

namespace Monitoring.Feeds.Reading.Xml;

/// <summary>
/// Puts a value together from pieces of a document: decodes bytes, resolves references, normalises line ends, removes characters that XML does not
/// allow. One buffer for all values of a document.
/// </summary>
internal sealed class XmlText(Encoding encoding, RepairLog repairs)
{
    /// <summary>Longer values are cut: no text of people is so long.</summary>
    private const int Longest = 2_000_000;

    private readonly Dictionary<string, string> _entities = new(StringComparer.Ordinal);
    private char[] _buffer = new char[1024];
    private int _length;
    private int _start;
    private bool _hasHalves;

    /// <summary>Entities of the document type; at most 64, and short: a document has no right to grow.</summary>
    public void Define(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (_entities.Count < 64 && name.Length <= CharacterReference.LongestName && value.Length <= 256)
        {
            Clear(at: 0);
            Append(value, at: 0);
            _entities[Encoding.ASCII.GetString(name)] = Take();
        }
    }

    public string Read(ReadOnlySpan<byte> value, int at)
    {
        Clear(at);
        Append(value, at);
        return Take();
    }

    /// <param name="at">Where the next value begins.</param>
    public void Clear(int at)
    {
        _length = 0;
        _start = at;
        _hasHalves = false;
    }

    public void AppendBare(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Room(bytes.Length)];
        Grow(encoding.GetMaxCharCount(bytes.Length));
        _length += encoding.GetChars(bytes, _buffer.AsSpan(_length));
    }

    public void Append(ReadOnlySpan<byte> bytes, int at)
    {
        while (bytes.IndexOf((byte)'&') is var next and >= 0)
        {
            AppendBare(bytes[..next]);
            var after = bytes[(next + 1)..];
            at += next;
            var read = AppendReference(after, at);
            at += read + 1;
            bytes = after[read..];
        }

        AppendBare(bytes);
    }

    /// <summary>For markup that is put together: characters that XML escapes, escaped again.</summary>
    public void AppendEscaped(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOfAny((byte)'&', (byte)'<', (byte)'>') is var next and >= 0)
        {
            AppendBare(bytes[..next]);
            AppendText(bytes[next] switch { (byte)'&' => "&amp;", (byte)'<' => "&lt;", _ => "&gt;" });
            bytes = bytes[(next + 1)..];
        }

        AppendBare(bytes);
    }

    /// <summary>The value without blanks around it.</summary>
    public string Take()
    {
        var value = LegalCharacters.Clean(_buffer.AsSpan(0, _length), _hasHalves, out var removed);
        if (removed > 0)
        {
            repairs.Note(FeedRepairKind.IllegalCharacter, _start, removed);
        }

        return value.Trim().ToString();
    }

    private void AppendText(scoped ReadOnlySpan<char> text)
    {
        text = text[..Room(text.Length)];
        Grow(text.Length);
        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    /// <returns>How many bytes behind the ampersand belong to the reference.</returns>
    private int AppendReference(ReadOnlySpan<byte> after, int at)
    {
        switch (after)
        {
            case [(byte)'l', (byte)'t', (byte)';', ..]:
                return Predefined('<', 3);
            case [(byte)'g', (byte)'t', (byte)';', ..]:
                return Predefined('>', 3);
            case [(byte)'a', (byte)'m', (byte)'p', (byte)';', ..]:
                return Predefined('&', 4);
            case [(byte)'q', (byte)'u', (byte)'o', (byte)'t', (byte)';', ..]:
                return Predefined('"', 5);
            default:
                return OtherReference(after, at);
        }
    }

    private int Predefined(char c, int length)
    {
        AppendText([c]);
        return length;
    }

    /// <returns>How many of so many more characters fit.</returns>
    private int Room(int more)
    {
        if (more <= Longest - _length)
        {
            return more;
        }

        repairs.Note(FeedRepairKind.CutValue, _start);
        return Math.Max(0, Longest - _length);
    }

    private int OtherReference(ReadOnlySpan<byte> after, int at)
    {
        Span<char> text = stackalloc char[CharacterReference.LongestName + 2];
        Ascii.ToUtf16(after[..Math.Min(after.Length, text.Length)], text, out var length);
        text = text[..length];
        if (_entities.Count > 0 && text.IndexOf(';') is var end and > 0 && _entities.TryGetValue(text[..end].ToString(), out var value))
        {
            AppendText(value);
            return end + 1;
        }

        Span<char> characters = stackalloc char[2];
        var (read, written) = CharacterReference.Read(text, characters);
        if (read == 0)
        {
            repairs.Note(FeedRepairKind.BareAmpersand, at);
            AppendText("&");
            return 0;
        }

        if (text[0] != '#' && !text.StartsWith("apos;"))
        {
            repairs.Note(FeedRepairKind.HtmlEntity, at);
        }

        _hasHalves |= written == 1 && char.IsSurrogate(characters[0]);
        AppendText(characters[..written]);
        return read;
    }

    private void Grow(int more)
    {
        if (_buffer.Length - _length < more)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + more));
        }
    }
}
