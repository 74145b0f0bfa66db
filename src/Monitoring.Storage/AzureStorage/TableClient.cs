using System.Runtime.CompilerServices;
using Azure.Core;

namespace Monitoring.Storage.AzureStorage;

/// <summary>
/// One table of the service. A table is made when the first write finds it missing; reads of a missing table find nothing.
/// Each write carries a mark (<see cref="EntityJson.WriteId"/>). When an attempt ended without an answer and a later one is told that the row exists or has
/// changed, the row is read back: with our mark in it the write was ours and has happened; otherwise another's was first. A delete leaves no mark: one that
/// then finds nothing says <see cref="SaveResult.Gone"/>.
/// </summary>
internal sealed class TableClient(ServiceClient service, string name, Func<string> nextWriteId) : IEntityTable
{
    /// <summary>A condition that no row fulfils, for ETags that are not of this service: it would call them malformed.</summary>
    private const string NeverMatches = "W/\"datetime'1601-01-01T00%3A00%3A00Z'\"";

    private readonly TableRequests _requests = new(service, name);

    public string Name => name;

    public async Task<Entity?> GetAsync(EntityKey key, IReadOnlyCollection<string>? columns, CancellationToken cancellationToken) =>
        (await FindAsync(key, columns, cancellationToken))?.Entity;

    public async Task<AddResult> AddAsync(Entity entity, CancellationToken cancellationToken)
    {
        var writeId = nextWriteId();
        using var message = await _requests.WriteAsync("Table.Insert", () => _requests.Insert(entity, writeId), cancellationToken);
        switch (message.Response.Status)
        {
            case 201 or 204:
                entity.ETag = _requests.ETagOf(message.Response, "Table.Insert");
                return AddResult.Added;
            case 409 when ServiceClient.Code(message.Response) is "EntityAlreadyExists":
                return AttemptsPolicy.WasUnsure(message) && await IsOursAsync(entity, writeId, cancellationToken) ? AddResult.Added : AddResult.AlreadyThere;
            default:
                throw service.Unexpected(message.Response, "Table.Insert");
        }
    }

    public Task<SaveResult> ReplaceAsync(Entity entity, CancellationToken cancellationToken) => UpdateAsync(RequestMethod.Put, "Table.Replace", entity, cancellationToken);

    public Task<SaveResult> MergeAsync(Entity entity, CancellationToken cancellationToken) => UpdateAsync(RequestMethod.Patch, "Table.Merge", entity, cancellationToken);

    public async Task PutAsync(Entity entity, CancellationToken cancellationToken)
    {
        var writeId = nextWriteId();
        using var message = await _requests.WriteAsync("Table.Put", () => _requests.Update(RequestMethod.Put, entity, writeId, condition: null), cancellationToken);
        entity.ETag = message.Response.Status is 204 ? _requests.ETagOf(message.Response, "Table.Put") : throw service.Unexpected(message.Response, "Table.Put");
    }

    public async Task<SaveResult> DeleteAsync(EntityKey key, string? etag, CancellationToken cancellationToken)
    {
        using var message = await _requests.SendAsync("Table.Delete", _requests.Delete(key, Condition(etag)), cancellationToken);
        return message.Response.Status switch
        {
            204 => SaveResult.Saved,
            404 => SaveResult.Gone,
            412 => SaveResult.ChangedMeanwhile,
            _ => throw service.Unexpected(message.Response, "Table.Delete"),
        };
    }

    public async IAsyncEnumerable<Entity> QueryAsync(RangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = query.Take ?? int.MaxValue;
        if (left <= 0)
        {
            yield break;
        }

        await foreach (var entity in _requests.PagesAsync(TableRequests.Filter(query), query.Columns, left, cancellationToken))
        {
            yield return entity;
            if (--left == 0)
            {
                yield break;
            }
        }
    }

    public IAsyncEnumerable<Entity> EnumerateAllAsync(CancellationToken cancellationToken) => _requests.PagesAsync(filter: null, columns: null, int.MaxValue, cancellationToken);

    public async Task<BatchResult> BatchAsync(IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        var writeId = nextWriteId();
        var body = TableBatch.Write(service.Endpoint, name, writeId, operations, operation => operation.Kind switch
        {
            TableOperationKind.Add or TableOperationKind.Put => null,
            TableOperationKind.Delete => Condition(operation.Entity.ETag),
            _ => Needed(operation.Entity.ETag),
        });
        using var message = await _requests.WriteAsync("Table.Batch", () => _requests.Batch(body, TableBatch.ContentType(writeId)), cancellationToken);
        if (message.Response.Status is not 202)
        {
            throw service.Unexpected(message.Response, "Table.Batch");
        }

        switch (TableBatch.Read(message.Response.Content.ToMemory().Span, operations.Count))
        {
            case TableBatchAnswer.Done done:
                SetETags(operations, done.ETags);
                return new BatchResult.Saved();
            case TableBatchAnswer.Refused { Code: "EntityAlreadyExists" or "UpdateConditionNotSatisfied" or "ConditionNotMet" or "ResourceNotFound" or "TableNotFound" } refused:
                return AttemptsPolicy.WasUnsure(message) && await HasHappenedAsync(operations, writeId, cancellationToken)
                    ? new BatchResult.Saved()
                    : new BatchResult.Refused(refused.Index);
            case TableBatchAnswer.Refused refused:
                throw service.Unexpected(refused.Status, refused.Code, "Table.Batch");
            default:
                throw service.Unreadable("Table.Batch");
        }
    }

    private async Task<SaveResult> UpdateAsync(RequestMethod method, string operation, Entity entity, CancellationToken cancellationToken)
    {
        var writeId = nextWriteId();
        var condition = Needed(entity.ETag);
        using var message = await _requests.SendAsync(operation, _requests.Update(method, entity, writeId, condition), cancellationToken);
        switch (message.Response.Status)
        {
            case 204:
                entity.ETag = _requests.ETagOf(message.Response, operation);
                return SaveResult.Saved;
            case 404:
                return SaveResult.Gone;
            case 412:
                return AttemptsPolicy.WasUnsure(message) && await IsOursAsync(entity, writeId, cancellationToken) ? SaveResult.Saved : SaveResult.ChangedMeanwhile;
            default:
                throw service.Unexpected(message.Response, operation);
        }
    }

    /// <summary>Reads back after a lost answer. The entity gets the ETag of our write if that still stands.</summary>
    private async Task<bool> IsOursAsync(Entity entity, string writeId, CancellationToken cancellationToken)
    {
        var stored = await FindAsync(entity.Key, [EntityJson.WriteId], cancellationToken);
        entity.ETag = IsOurs(stored, writeId) ? stored!.Value.Entity.ETag : entity.ETag;
        return IsOurs(stored, writeId);
    }

    /// <summary>
    /// A batch happened as a whole or not at all: one row with our mark tells it of all; where it only deletes, the absence of all rows. A row that another
    /// has written since gets an ETag that no longer matches.
    /// </summary>
    private async Task<bool> HasHappenedAsync(IReadOnlyList<TableOperation> operations, string writeId, CancellationToken cancellationToken)
    {
        var rows = new List<StoredEntity?>(operations.Count);
        foreach (var (_, entity) in operations)
        {
            rows.Add(await FindAsync(entity.Key, [EntityJson.WriteId], cancellationToken));
        }

        var onlyDeletes = operations.All(operation => operation.Kind == TableOperationKind.Delete);
        if (onlyDeletes ? rows.Exists(row => row is not null) : !rows.Exists(row => IsOurs(row, writeId)))
        {
            return false;
        }

        SetETags(operations, rows.ConvertAll(row => IsOurs(row, writeId) ? row!.Value.Entity.ETag : NeverMatches));
        return true;
    }

    private static bool IsOurs(StoredEntity? stored, string writeId) => string.Equals(stored?.WriteId, writeId, StringComparison.Ordinal);

    private async Task<StoredEntity?> FindAsync(EntityKey key, IReadOnlyCollection<string>? columns, CancellationToken cancellationToken)
    {
        using var message = await _requests.SendAsync("Table.Get", _requests.Get(key, columns), cancellationToken);
        return message.Response.Status switch
        {
            200 => _requests.ReadOne(message.Response, columns),
            404 => null,
            _ => throw service.Unexpected(message.Response, "Table.Get"),
        };
    }

    private static void SetETags(IReadOnlyList<TableOperation> operations, List<string?> etags)
    {
        for (var i = 0; i < operations.Count; i++)
        {
            operations[i].Entity.ETag = operations[i].Kind == TableOperationKind.Delete ? operations[i].Entity.ETag : etags[i];
        }
    }

    /// <summary>Null deletes whatever is there.</summary>
    private static string Condition(string? etag) => etag is null ? "*" : IsOfTables(etag) ? etag : NeverMatches;

    private static bool IsOfTables(string etag) =>
        etag is ['W', '/', '"', _, .., '"'] && !etag.AsSpan(3, etag.Length - 4).Contains('"') && !etag.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static string Needed(string? etag) =>
        etag is null ? throw new InvalidOperationException("A replace or merge needs the ETag of the row as it was read.") : Condition(etag);
}
