using System.IO.Compression;

namespace Monitoring.Fetching;

/// <summary>Undoes the Content-Encoding of a body (RFC 9110 section 8.4), with a limit on what comes out: a small bomb must not become a large one.</summary>
internal static class ContentCoding
{
    private const int MaxCodings = 3;

    /// <summary>
    /// Null if a coding is unknown, the body is damaged, or the result is longer than <paramref name="maxBytes"/>. A body that ends too early is taken as far as
    /// it goes.
    /// </summary>
    public static ReadOnlyMemory<byte>? Decode(ReadOnlyMemory<byte> body, string? contentEncoding, int maxBytes)
    {
        var codings = (contentEncoding ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (codings.Length > MaxCodings)
        {
            return null;
        }

        ReadOnlyMemory<byte>? decoded = body;
        foreach (var coding in codings.Reverse())
        {
            decoded = decoded is { } input ? DecodeOne(input, coding, maxBytes) : null;
        }

        // A compressed file (sitemap.xml.gz), or a server that forgets to say what it did.
        return decoded is { Span: [0x1f, 0x8b, 0x08, ..] } packed ? Inflate(input => new GZipStream(input, CompressionMode.Decompress), packed, maxBytes) : decoded;
    }

    private static ReadOnlyMemory<byte>? DecodeOne(ReadOnlyMemory<byte> body, string coding, int maxBytes)
    {
        // Some servers announce gzip and send plain text: the magic number decides.
        switch (coding.ToUpperInvariant())
        {
            case "IDENTITY":
                return body;
            case "GZIP" or "X-GZIP":
                return body.Span.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) ? Inflate(input => new GZipStream(input, CompressionMode.Decompress), body, maxBytes) : body;
            case "DEFLATE":
                // The name means zlib; some servers send the bare stream.
                return Inflate(input => new ZLibStream(input, CompressionMode.Decompress), body, maxBytes)
                    ?? Inflate(input => new DeflateStream(input, CompressionMode.Decompress), body, maxBytes);
            case "BR":
                return Inflate(input => new BrotliStream(input, CompressionMode.Decompress), body, maxBytes);
            default:
                return null;
        }
    }

    private static ReadOnlyMemory<byte>? Inflate(Func<Stream, Stream> open, ReadOnlyMemory<byte> body, int maxBytes)
    {
        try
        {
            using var stream = open(new MemoryStream(body.ToArray(), writable: false));
            using var inflated = new MemoryStream();
            var buffer = new byte[32 * 1024];
            while (stream.Read(buffer) is > 0 and var length)
            {
                if (inflated.Length + length > maxBytes)
                {
                    return null;
                }

                inflated.Write(buffer, 0, length);
            }

            return inflated.ToArray();
        }
        catch (Exception damaged) when (damaged is IOException or InvalidDataException or InvalidOperationException)
        {
            // Brotli calls invalid data an invalid operation.
            return null;
        }
    }
}
