using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace Monitoring.Storage.AzureStorage;

/// <summary>The requests about one table, and the reading of their answers. Keys are such that they need no escaping in an address.</summary>
internal sealed class TableRequests(ServiceClient service, string table)
{
    /// <summary>The most the service gives at once.</summary>
    private const int PageRows = 1000;

    public HttpMessage Get(EntityKey key, IReadOnlyCollection<string>? columns) => Create(RequestMethod.Get, Address(key) + (columns is null ? "" : "?" + Select(columns)));

    public HttpMessage Insert(Entity entity, string writeId)
    {
        var message = Create(RequestMethod.Post, $"/{table}");
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        return WithBody(message, entity, writeId);
    }

    /// <param name="condition">Null: insert if absent.</param>
    public HttpMessage Update(RequestMethod method, Entity entity, string writeId, string? condition)
    {
        var message = Create(method, Address(entity.Key));
        if (condition is not null)
        {
            message.Request.Headers.SetValue("If-Match", condition);
        }

        return WithBody(message, entity, writeId);
    }

    public HttpMessage Delete(EntityKey key, string condition)
    {
        var message = Create(RequestMethod.Delete, Address(key));
        message.Request.Headers.SetValue("If-Match", condition);
        return message;
    }

    public HttpMessage Batch(ReadOnlyMemory<byte> body, string contentType)
    {
        var message = Create(RequestMethod.Post, "/$batch");
        message.Request.Headers.SetValue("Content-Type", contentType);
        message.Request.Content = RequestContent.Create(body);
        return message;
    }

    /// <summary>Sends once; the caller disposes of the message.</summary>
    public async Task<HttpMessage> SendAsync(string operation, HttpMessage message, CancellationToken cancellationToken)
    {
        await service.SendAsync(message, operation, table, cancellationToken);
        return message;
    }

    /// <summary>Sends; makes the table first if it turns out to be missing.</summary>
    public async Task<HttpMessage> WriteAsync(string operation, Func<HttpMessage> create, CancellationToken cancellationToken)
    {
        var message = await SendAsync(operation, create(), cancellationToken);
        if (!IsTableMissing(message.Response))
        {
            return message;
        }

        message.Dispose();
        await CreateTableAsync(cancellationToken);
        return await SendAsync(operation, create(), cancellationToken);
    }

    /// <summary>All pages of a range. A page may be empty and still not be the last.</summary>
    public async IAsyncEnumerable<Entity> PagesAsync(string? filter, IReadOnlyCollection<string>? columns, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = string.Join('&', new[] { filter, columns is null ? null : Select(columns), most < PageRows ? string.Create(CultureInfo.InvariantCulture, $"$top={most}") : null }.OfType<string>());
        string? next = "";
        while (next is not null)
        {
            using var message = await SendAsync("Table.Query", Create(RequestMethod.Get, $"/{table}()?{options}{next}"), cancellationToken);
            if (message.Response.Status is 404)
            {
                yield break;
            }

            var page = message.Response.Status is 200 ? ReadPage(message.Response.Content) : throw service.Unexpected(message.Response, "Table.Query");
            next = Continuation(message.Response);
            foreach (var entity in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entity;
            }
        }
    }

    public StoredEntity ReadOne(Response response, IReadOnlyCollection<string>? columns)
    {
        try
        {
            var reader = new Utf8JsonReader(response.Content.ToMemory().Span);
            reader.Read();
            var stored = EntityJson.Read(ref reader);
            stored.Entity.ETag ??= ETagOf(response, "Table.Get");
            return stored;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            throw service.Unreadable("Table.Get", unreadable);
        }
    }

    /// <summary>The range as an OData filter.</summary>
    public static string Filter(RangeQuery query)
    {
        var filter = new StringBuilder($"PartitionKey eq '{query.Partition}'");
        if (query.From is not null)
        {
            filter.Append(CultureInfo.InvariantCulture, $" and RowKey ge '{query.From}'");
        }

        if (query.Before is not null)
        {
            filter.Append(CultureInfo.InvariantCulture, $" and RowKey lt '{query.Before}'");
        }

        return "$filter=" + Uri.EscapeDataString(filter.ToString());
    }

    /// <summary>The tag of a row that was written or read, as sent; it goes back byte for byte.</summary>
    public string ETagOf(Response response, string operation) => response.Headers.TryGetValue("ETag", out var etag) ? etag : throw service.Unreadable(operation);

    private static bool IsTableMissing(Response response) => response.Status switch
    {
        404 => ServiceClient.Code(response) is "TableNotFound",
        202 => TableBatch.IsTableMissing(response.Content.ToMemory().Span),
        _ => false,
    };

    private async Task CreateTableAsync(CancellationToken cancellationToken)
    {
        using var message = Create(RequestMethod.Post, "/Tables");
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        message.Request.Content = RequestContent.Create(Encoding.UTF8.GetBytes($"{{\"TableName\":\"{table}\"}}"));
        var status = await service.SendAsync(message, "Table.Create", table, cancellationToken);
        if (status is not (201 or 204) && ServiceClient.Code(message.Response) is not "TableAlreadyExists")
        {
            throw service.Unexpected(message.Response, "Table.Create");
        }
    }

    private HttpMessage Create(RequestMethod method, string pathAndQuery)
    {
        var message = service.Create(method, pathAndQuery);
        message.Request.Headers.SetValue("Accept", "application/json;odata=minimalmetadata");
        message.Request.Headers.SetValue("DataServiceVersion", "3.0;NetFx");
        return message;
    }

    private static HttpMessage WithBody(HttpMessage message, Entity entity, string writeId)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        EntityJson.Write(body, entity, writeId);
        message.Request.Headers.SetValue("Content-Type", "application/json");
        message.Request.Content = RequestContent.Create(body.WrittenMemory);
        return message;
    }

    private string Address(EntityKey key) => TableBatch.Address(table, key);

    private static string Select(IReadOnlyCollection<string> columns) => "$select=" + string.Join(',', columns.Prepend("RowKey").Prepend("PartitionKey"));

    private List<Entity> ReadPage(BinaryData content)
    {
        try
        {
            return TablePage.Read(content.ToMemory().Span);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            throw service.Unreadable("Table.Query", unreadable);
        }
    }

    private static string? Continuation(Response response)
    {
        if (!response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition))
        {
            return null;
        }

        var row = response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var key) ? $"&NextRowKey={Uri.EscapeDataString(key)}" : "";
        return $"&NextPartitionKey={Uri.EscapeDataString(partition)}{row}";
    }
}
