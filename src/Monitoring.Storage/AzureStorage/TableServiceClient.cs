using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;

namespace Monitoring.Storage.AzureStorage;

/// <summary>The tables of a storage account. Tables of the Functions host in the same account are not ours and not listed.</summary>
public sealed class TableServiceClient : ITables, IDisposable
{
    private const string List = "Table.List";

    private readonly ServiceClient _service;
    private readonly Func<string> _nextWriteId;

    public TableServiceClient(StorageAccount account, StorageClientOptions options, TimeProvider time)
    {
        _service = new ServiceClient(StorageServiceKind.Table, account.Tables, account.Credential, options, time);
        _nextWriteId = options.NextWriteId ?? WriteIds.Random;
    }

    public IEntityTable Open(string name) => new TableClient(_service, name, _nextWriteId);

    /// <summary>In ordinal order, which is the service's.</summary>
    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            using var message = _service.Create(RequestMethod.Get, next is null ? "/Tables" : $"/Tables?NextTableName={Uri.EscapeDataString(next)}");
            message.Request.Headers.SetValue("Accept", "application/json;odata=nometadata");
            if (await _service.SendAsync(message, List, "Tables", cancellationToken) is not 200)
            {
                throw _service.Unexpected(message.Response, List);
            }

            next = message.Response.Headers.TryGetValue("x-ms-continuation-NextTableName", out var name) ? name : null;
            foreach (var table in Names(message.Response.Content).Where(IsOurs))
            {
                yield return table;
            }
        }
        while (next is not null);
    }

    public void Dispose() => _service.Dispose();

    private static bool IsOurs(string table) =>
        !table.StartsWith("AzureFunctions", StringComparison.OrdinalIgnoreCase) && !table.StartsWith("AzureWebJobs", StringComparison.OrdinalIgnoreCase) && char.IsAsciiLetter(table[0]);

    private static string Name(JsonElement table) => table.GetProperty("TableName").GetString() is { Length: > 0 } name ? name : throw new JsonException();

    private List<string> Names(BinaryData content)
    {
        try
        {
            using var page = JsonDocument.Parse(content.ToMemory());
            return [.. page.RootElement.GetProperty("value").EnumerateArray().Select(Name)];
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw _service.Unreadable(List, unreadable);
        }
    }
}
