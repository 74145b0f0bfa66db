using System.Text;

namespace Monitoring.Feeds.Reading.Xml;

/// <summary>The attributes that mean something on some element of a feed.</summary>
internal readonly record struct ElementAttributes
{
    private const int LongestName = 24;

    public string? Type { get; init; }

    public string? Mode { get; init; }

    public string? Relation { get; init; }

    /// <summary>href, url, src or rdf:resource.</summary>
    public string? Address { get; init; }

    public string? Title { get; init; }

    /// <summary>A category: label, term or text.</summary>
    public string? Label { get; init; }

    /// <summary>rdf:about.</summary>
    public string? About { get; init; }

    public string? IsPermaLink { get; init; }

    public string? Length { get; init; }

    public string? Medium { get; init; }

    public string? Version { get; init; }

    /// <summary>CDF writes the date of an item so.</summary>
    public string? LastModified { get; init; }

    /// <param name="at">Where the tag begins.</param>
    public static ElementAttributes Read(ReadOnlySpan<byte> tag, XmlText text, int at)
    {
        var read = default(ElementAttributes);
        var attributes = new XmlAttributes(tag);
        Span<char> name = stackalloc char[LongestName];
        while (attributes.Read())
        {
            if (attributes.Name.Length > LongestName)
            {
                continue;
            }

            Ascii.ToLower(attributes.Name, name, out var length);
            var value = attributes.Value;
            read = name[..length] switch
            {
                "type" => read with { Type = text.Read(value, at) },
                "mode" => read with { Mode = text.Read(value, at) },
                "rel" => read with { Relation = text.Read(value, at) },
                "href" or "url" or "src" or "rdf:resource" => read with { Address = text.Read(value, at) },
                "title" => read with { Title = text.Read(value, at) },
                "label" => read with { Label = text.Read(value, at) },
                "term" or "text" => read with { Label = read.Label ?? text.Read(value, at) },
                "about" or "rdf:about" => read with { About = text.Read(value, at) },
                "ispermalink" => read with { IsPermaLink = text.Read(value, at) },
                "length" => read with { Length = text.Read(value, at) },
                "medium" => read with { Medium = text.Read(value, at) },
                "version" => read with { Version = text.Read(value, at) },
                "lastmod" => read with { LastModified = text.Read(value, at) },
                _ => read,
            };
        }

        return read;
    }
}
