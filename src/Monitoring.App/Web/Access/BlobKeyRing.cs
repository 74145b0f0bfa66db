using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Monitoring.Storage;

namespace Monitoring.App.Web.Access;

/// <summary>Keeps the keys of cookies and forms in the blob store, so that every instance and every start has the same: blobs <c>keys/&lt;n&gt;.xml</c>.</summary>
internal sealed class BlobKeyRing(IBlobStore blobs) : IXmlRepository
{
    // The framework's interface is synchronous; it reads and writes a few times a day.
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => WriteAsync(element, friendlyName).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        var keys = new List<XElement>();
        await foreach (var blob in blobs.ListAsync("keys/", CancellationToken.None))
        {
            await using var stream = await blobs.OpenAsync(blob.Name, CancellationToken.None);
            if (stream is not null)
            {
                keys.Add(await XElement.LoadAsync(stream, LoadOptions.None, CancellationToken.None));
            }
        }

        return keys;
    }

    private async Task WriteAsync(XElement element, string name)
    {
        using var content = new MemoryStream();
        await element.SaveAsync(content, SaveOptions.None, CancellationToken.None);
        content.Position = 0;
        await blobs.PutAsync($"keys/{Keys.Safe(name).ToLowerInvariant()}.xml", content, BlobCondition.CreateOnly, CancellationToken.None);
    }
}
