namespace Monitoring.App.Costs;

/// <summary>Requests to a storage account, by what its price list tells apart. A batch of rows is one request, and so is a page of a query.</summary>
/// <param name="Tables">Everything about rows: one price.</param>
/// <param name="BlobWrites">Blobs written, and pages of lists of them: one price.</param>
/// <param name="BlobReads">Blobs read, their properties, leases: one price. Removing is free and not counted.</param>
/// <param name="Queues">Everything about messages: one price.</param>
internal readonly record struct StorageUse(double Tables = 0, double BlobWrites = 0, double BlobReads = 0, double Queues = 0)
{
    public double All => Tables + BlobWrites + BlobReads + Queues;

    public static StorageUse operator +(StorageUse one, StorageUse other) =>
        new(one.Tables + other.Tables, one.BlobWrites + other.BlobWrites, one.BlobReads + other.BlobReads, one.Queues + other.Queues);

    public static StorageUse operator *(double times, StorageUse use) => new(times * use.Tables, times * use.BlobWrites, times * use.BlobReads, times * use.Queues);
}
