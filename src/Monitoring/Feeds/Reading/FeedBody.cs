using System.Text;

namespace Monitoring.Feeds.Reading;

/// <summary>A document that is ready to be read.</summary>
/// <param name="Bytes">Below 128 they are ASCII, whatever the encoding.</param>
/// <param name="Name">Of the encoding in which the document came.</param>
/// <param name="Base">Of relative links.</param>
internal sealed record FeedBody(ReadOnlyMemory<byte> Bytes, Encoding Encoding, string Name, Uri Base, string? Language, RepairLog Repairs)
{
    public static FeedBody Create(ReadOnlyMemory<byte> body, Encoding encoding, FeedReadContext context, RepairLog repairs)
    {
        var isReadAsIs = encoding is UTF8Encoding || (encoding.IsSingleByte && encoding.GetString("<a"u8) == "<a");
        var location = string.IsNullOrWhiteSpace(context.ContentLocation) ? null : WebLink.Resolve(context.Url, context.ContentLocation);
        return new FeedBody(
            isReadAsIs ? body : Transcoded(body.Span, encoding),
            isReadAsIs ? encoding : Encoding.UTF8,
            encoding.WebName,
            location ?? context.Url,
            context.ContentLanguage?.Split(',')[0].Trim() is { Length: > 0 } language ? language : null,
            repairs);
    }

    /// <summary>Piece by piece: the text as a whole would stand in memory twice.</summary>
    private static byte[] Transcoded(ReadOnlySpan<byte> body, Encoding encoding)
    {
        const int Piece = 64 * 1024;
        using var bytes = new MemoryStream(body.Length + body.Length / 4);
        var decoder = encoding.GetDecoder();
        var characters = new char[encoding.GetMaxCharCount(Piece)];
        var encoder = Encoding.UTF8.GetEncoder();
        var encoded = new byte[Encoding.UTF8.GetMaxByteCount(characters.Length)];
        for (var at = 0; at < body.Length || at == 0; at += Piece)
        {
            var isLast = at + Piece >= body.Length;
            var count = decoder.GetChars(body[at..(isLast ? body.Length : at + Piece)], characters, isLast);
            var length = encoder.GetBytes(characters.AsSpan(0, count), encoded, isLast);
            bytes.Write(encoded, 0, length);
        }

        return bytes.ToArray();
    }
}
