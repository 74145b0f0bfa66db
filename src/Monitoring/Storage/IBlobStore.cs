namespace Monitoring.Storage;

/// <summary>What a put answers.</summary>
public enum PutBlobResult
{
    /// <summary>The blob is stored as a whole and durable.</summary>
    Stored,

    /// <summary>Create only: a blob with this name exists and was left untouched.</summary>
    AlreadyThere,

    /// <summary>Replace: the stored blob has another ETag, or is gone.</summary>
    ChangedMeanwhile,
}

/// <summary>When a put may write.</summary>
public abstract record BlobCondition
{
    private BlobCondition()
    {
    }

    /// <summary>Only if no blob has the name.</summary>
    public static BlobCondition CreateOnly { get; } = new MustBeAbsent();

    /// <summary>Only if the stored blob still has this ETag.</summary>
    public static BlobCondition IfMatch(string etag) => new MustMatch(etag);

    public sealed record MustBeAbsent : BlobCondition;

    public sealed record MustMatch(string ETag) : BlobCondition;
}

/// <param name="Name">The blob's name.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ETag">Opaque; the condition of a later replace.</param>
/// <param name="ModifiedAt">UTC.</param>
public sealed record BlobProperties(string Name, long Length, string ETag, DateTimeOffset ModifiedAt);

/// <summary>
/// Named bytes. Names are lower-case ASCII letters, digits and <c>. _ - /</c>, at most 512 characters, no empty or dot segments.
/// Engines: a folder, Azure Blobs.
/// </summary>
public interface IBlobStore
{
    /// <summary>Stores the whole content or nothing. A crash before the answer may have stored it.</summary>
    Task<PutBlobResult> PutAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken);

    /// <summary>A stream to read, owned by the caller; null if no blob has this name.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken);

    Task<BlobProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken);

    /// <summary>Blobs whose name starts with <paramref name="prefix"/>, in ordinal order of names.</summary>
    IAsyncEnumerable<BlobProperties> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>False if there was none.</summary>
    Task<bool> DeleteAsync(string name, CancellationToken cancellationToken);
}
