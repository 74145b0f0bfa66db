namespace Monitoring.Feeds.Reading;

/// <summary>Escapes of half a surrogate pair, which end texts that were cut in the middle of an emoji.</summary>
internal static class JsonHalves
{
    private const int EscapeLength = 6;

    /// <summary>The same bytes if there are none; a copy with U+FFFD in their places otherwise.</summary>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> json, RepairLog repairs)
    {
        byte[]? copy = null;
        var text = json.Span;
        for (var at = 0; text[at..].IndexOf((byte)'\\') is var next and >= 0;)
        {
            at += next;
            var kind = Kind(text[at..]);
            if (kind == Half.None)
            {
                at = Math.Min(at + 2, text.Length);
                continue;
            }

            if (kind == Half.High && Kind(text[Math.Min(at + EscapeLength, text.Length)..]) == Half.Low)
            {
                at += 2 * EscapeLength;
                continue;
            }

            copy ??= json.ToArray();
            "\\ufffd"u8.CopyTo(copy.AsSpan(at));
            repairs.Note(FeedRepairKind.HalfCharacter, at);
            at += EscapeLength;
        }

        return copy ?? json;
    }

    private static Half Kind(ReadOnlySpan<byte> text)
    {
        var isHalf = text is [(byte)'\\', (byte)'u', (byte)'d' or (byte)'D', var second, var third, var fourth, ..]
            && char.IsAsciiHexDigit((char)second) && char.IsAsciiHexDigit((char)third) && char.IsAsciiHexDigit((char)fourth);
        return !isHalf ? Half.None : (char)text[3] switch
        {
            '8' or '9' or 'a' or 'b' or 'A' or 'B' => Half.High,
            >= '0' and <= '7' => Half.None,
            _ => Half.Low,
        };
    }

    private enum Half
    {
        None,
        High,
        Low,
    }
}
