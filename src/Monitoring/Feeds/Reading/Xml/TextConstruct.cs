using System.Text;

namespace Monitoring.Feeds.Reading.Xml;

/// <summary>
/// Whether a text is HTML, by what its element says of it (RFC 4287 section 3.1 and the drafts of Atom 0.3), by what the format takes for granted, and
/// otherwise by looking at it: RSS never said whether its titles are escaped once or twice.
/// </summary>
internal static class TextConstruct
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="isMarkup">There are elements inside, so <paramref name="value"/> is HTML already.</param>
    /// <param name="place">What its links are relative to, and whether this is Atom.</param>
    public static FeedText? Read(FeedTerm term, ElementAttributes attributes, string value, bool isMarkup, (Uri Base, bool IsAtom) place)
    {
        var type = attributes.Type?.Trim().ToLowerInvariant() ?? "";
        if (isMarkup)
        {
            return new FeedText(value, isHtml: true, place.Base);
        }

        if (attributes.Mode is "base64" || IsBinary(type))
        {
            return Decoded(value) is { } decoded ? new FeedText(decoded, type.Contains("html", StringComparison.Ordinal) || MarkupGuess.IsHtml(decoded), place.Base)
                : type.Length == 0 || attributes.Mode is null ? Guessed(value, place.Base) : null;
        }

        var isHtml = type switch
        {
            "html" or "text/html" => true,
            "" when term is FeedTerm.Description or FeedTerm.HtmlContent or FeedTerm.FullText => true,
            "" or "text" or "text/plain" or "plain" when place.IsAtom => false,
            _ => MarkupGuess.IsHtml(value),
        };
        return new FeedText(value, isHtml, place.Base);
    }

    private static FeedText Guessed(string value, Uri baseUrl) => new(value, MarkupGuess.IsHtml(value), baseUrl);

    private static bool IsBinary(string type) =>
        type.Contains('/', StringComparison.Ordinal) && !type.StartsWith("text/", StringComparison.Ordinal) && !type.EndsWith("xml", StringComparison.Ordinal);

    /// <summary>Null if this is no Base64, or no text.</summary>
    private static string? Decoded(string value)
    {
        var bytes = new byte[value.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(value, bytes, out var length))
        {
            return null;
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length).Trim();
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
