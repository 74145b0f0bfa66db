using System.Xml;
using System.Xml.Linq;

namespace Monitoring.Storage.AzureStorage;

/// <summary>The XML of the services, read without document types.</summary>
internal static class SafeXml
{
    /// <exception cref="XmlException">It is no XML, or cut off.</exception>
    public static XElement Read(ReadOnlyMemory<byte> xml)
    {
        // Characters that XML may not have come as they are in messages.
        using var reader = XmlReader.Create(new MemoryStream(xml.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = false });
        return XDocument.Load(reader).Root!;
    }
}
