namespace Monitoring.Feeds.Reading.Xml;

/// <summary>The inside of an element as HTML: XHTML is one in all but name, CDATA inside it is escaped.</summary>
internal static class InnerMarkup
{
    /// <param name="at">Where the content stands in the document.</param>
    public static string Read(ReadOnlySpan<byte> content, XmlText text, int at)
    {
        text.Clear(at);
        if (content.IndexOf("<![CDATA["u8) < 0)
        {
            text.AppendBare(content);
            return text.Take();
        }

        var tokens = new XmlTokens(content, new RepairLog());
        while (tokens.Read())
        {
            if (tokens.Token == XmlToken.CData)
            {
                text.AppendEscaped(tokens.Value);
            }
            else
            {
                text.AppendBare(content[tokens.Start..tokens.Next]);
            }
        }

        return text.Take();
    }

    /// <summary>The element that Atom demands around XHTML is no part of it (RFC 4287 section 3.1.1.3), unless it says what the links inside are relative to.</summary>
    public static ReadOnlySpan<byte> WithoutDivision(ReadOnlySpan<byte> content)
    {
        var trimmed = content.Trim(" \t\r\n"u8);
        var (open, close) = (trimmed.IndexOf((byte)'>') + 1, trimmed.LastIndexOf("</"u8));
        var isPlain = trimmed[..open].IndexOf("xml:base"u8) < 0;
        return open > 0 && isPlain && close >= open && trimmed.StartsWith("<div"u8) && trimmed[close..].StartsWith("</div"u8) && trimmed.LastIndexOf("<div"u8) == 0 ? trimmed[open..close] : content;
    }
}
