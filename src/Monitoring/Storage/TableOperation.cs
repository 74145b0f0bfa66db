namespace Monitoring.Storage;

/// <summary>What one operation of a batch does; the meanings are those of the methods of <see cref="IEntityTable"/>.</summary>
public enum TableOperationKind
{
    Add,
    Replace,
    Merge,
    Put,
    Delete,
}

/// <summary>One operation of a batch. Replace and merge use the entity's ETag as their condition; delete does if it has one.</summary>
public readonly record struct TableOperation(TableOperationKind Kind, Entity Entity)
{
    public static TableOperation Add(Entity entity) => new(TableOperationKind.Add, entity);

    public static TableOperation Replace(Entity entity) => new(TableOperationKind.Replace, entity);

    public static TableOperation Merge(Entity entity) => new(TableOperationKind.Merge, entity);

    public static TableOperation Put(Entity entity) => new(TableOperationKind.Put, entity);

    /// <param name="etag">The condition; null deletes whatever stands there.</param>
    public static TableOperation Delete(EntityKey key, string? etag) => new(TableOperationKind.Delete, new Entity(key) { ETag = etag });

    public static TableOperation Delete(EntityKey key) => Delete(key, etag: null);
}
