using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Monitoring.Storage.AzureStorage;

/// <summary>One page of a container's list.</summary>
/// <param name="NextMarker">Null on the last page.</param>
internal sealed record BlobListPage(IReadOnlyList<BlobProperties> Blobs, string? NextMarker)
{
    public static BlobListPage Empty { get; } = new([], null);

    /// <summary>Null if it is no such page.</summary>
    public static BlobListPage? TryRead(ReadOnlyMemory<byte> xml)
    {
        try
        {
            var root = SafeXml.Read(xml);
            return root.Name.LocalName is "EnumerationResults" && root.Element("Blobs") is { } blobs
                ? new BlobListPage([.. blobs.Elements("Blob").Select(Blob)], root.Element("NextMarker")?.Value is { Length: > 0 } marker ? marker : null)
                : null;
        }
        catch (Exception unreadable) when (unreadable is XmlException or FormatException or OverflowException)
        {
            return null;
        }
    }

    private static BlobProperties Blob(XElement blob)
    {
        var properties = Need(blob, "Properties");
        var etag = Need(properties, "Etag").Value;
        return new BlobProperties(
            Need(blob, "Name").Value,
            long.Parse(Need(properties, "Content-Length").Value, CultureInfo.InvariantCulture),

            // The list leaves out the quotes that the header has.
            etag.StartsWith('"') ? etag : $"\"{etag}\"",
            DateTimeOffset.Parse(Need(properties, "Last-Modified").Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }

    private static XElement Need(XElement parent, string name) => parent.Element(name) ?? throw new FormatException();
}
