using System.Globalization;
using System.Runtime.CompilerServices;

namespace Monitoring.Storage.Files;

/// <summary>
/// Blobs as files below one folder. A put writes a temporary file, flushes it to the disk and renames it: a reader sees the whole blob or none.
/// The ETag is made of length and modification time (100 ns).
/// </summary>
public sealed class BlobFiles : IBlobStore
{
    /// <summary>Where unfinished puts stand; no blob name can begin with a dot.</summary>
    private const string Unfinished = ".unfinished";

    /// <summary>What a killed process left there is removed when it is older than any put lasts.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string _root;

    private long _puts;

    private long _lastStamp;

    /// <summary>Conditions are checked and renames done by one put of this process at a time.</summary>
    private readonly Lock _rename = new();

    /// <exception cref="StorageUnavailableException">The folder cannot be created or written to.</exception>
    public BlobFiles(string root, TimeProvider time)
    {
        _root = root;
        try
        {
            var unfinished = Directory.CreateDirectory(Path.Combine(root, Unfinished));
            foreach (var left in unfinished.EnumerateFiles().Where(file => file.LastWriteTimeUtc < time.GetUtcNow().UtcDateTime - Abandoned))
            {
                left.Delete();
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Translate(failure, root);
        }
    }

    public async Task<PutBlobResult> PutAsync(string name, Stream content, BlobCondition condition, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        if (condition is BlobCondition.MustBeAbsent && File.Exists(path))
        {
            return PutBlobResult.AlreadyThere;
        }

        try
        {
            return await WriteAsync(path, content, condition, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Translate(failure, _root);
        }
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
        {
            return Task.FromResult<Stream?>(null);
        }

        try
        {
            return Task.FromResult<Stream?>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 16 * 1024, useAsync: true));
        }
        catch (FileNotFoundException)
        {
            // Deleted since the look above, which is there for folders: they are no blobs.
            return Task.FromResult<Stream?>(null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Translate(failure, _root);
        }
    }

    public Task<BlobProperties?> GetPropertiesAsync(string name, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(name));
        return Task.FromResult(file.Exists ? Properties(name, file) : null);
    }

    public async IAsyncEnumerable<BlobProperties> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var name in Names(prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (new FileInfo(PathOf(name)) is { Exists: true } file)
            {
                yield return Properties(name, file);
            }
        }
    }

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
        {
            return Task.FromResult(false);
        }

        try
        {
            File.Delete(path);
            return Task.FromResult(true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Translate(failure, _root);
        }
    }

    private async Task<PutBlobResult> WriteAsync(string path, Stream content, BlobCondition condition, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = Path.Combine(_root, Unfinished, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Interlocked.Increment(ref _puts)}"));
        try
        {
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 16 * 1024, useAsync: true))
            {
                await content.CopyToAsync(file, cancellationToken);
                await file.FlushAsync(cancellationToken);
                RandomAccess.FlushToDisk(file.SafeFileHandle);
            }

            var result = Rename(part, path, condition);
            // After the lock: other puts need not wait for the disk. Also where another put made the blob, whose own flush may still be under way.
            DirectoryFlush.Flush(Path.GetDirectoryName(path)!);
            return result;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private PutBlobResult Rename(string part, string path, BlobCondition condition)
    {
        lock (_rename)
        {
            var stored = new FileInfo(path);
            switch (condition)
            {
                case BlobCondition.MustBeAbsent when stored.Exists:
                    return PutBlobResult.AlreadyThere;
                case BlobCondition.MustMatch match when !stored.Exists || !string.Equals(ETag(stored), match.ETag, StringComparison.Ordinal):
                    return PutBlobResult.ChangedMeanwhile;
                default:
                    Stamp(part);
                    File.Move(part, path, overwrite: true);
                    return PutBlobResult.Stored;
            }
        }
    }

    /// <summary>
    /// Gives each put a time of its own: the clock of a file system may stand still for 4 ms (a jiffy of Linux), and two contents of one length must not
    /// share an ETag.
    /// </summary>
    private void Stamp(string part)
    {
        _lastStamp = Math.Max(File.GetLastWriteTimeUtc(part).Ticks, _lastStamp + 1);
        File.SetLastWriteTimeUtc(part, new DateTime(_lastStamp, DateTimeKind.Utc));
    }

    /// <summary>The names below the folder that the prefix names, in ordinal order. Listing is for maintenance: the names of that folder are held in memory.</summary>
    private List<string> Names(string prefix)
    {
        var slash = prefix.LastIndexOf('/');
        var folder = slash < 0 ? _root : PathOf(prefix[..slash]);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && !name.StartsWith(Unfinished, StringComparison.Ordinal))
            .ToList();
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private string PathOf(string name) => Path.Combine(_root, BlobNames.Check(name).Replace('/', Path.DirectorySeparatorChar));

    private static BlobProperties Properties(string name, FileInfo file) => new(name, file.Length, ETag(file), new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero));

    private static string ETag(FileInfo file) => string.Create(CultureInfo.InvariantCulture, $"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}");
}
