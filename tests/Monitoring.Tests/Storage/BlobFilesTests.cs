using System.Text;
using Monitoring.Storage;
using Monitoring.Storage.Files;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

/// <summary>The contract on a folder, and what only a folder can meet.</summary>
public sealed class BlobFilesTests : BlobContract
{
    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Fact]
    public void A_folder_below_a_file_cannot_be_made()
    {
        using var folder = new TempFolder();
        var root = Path.Combine(folder.Write("file", "content"), "blobs");

        var failure = Assert.Throws<StorageUnavailableException>(() => new BlobFiles(root, Clock));

        Assert.Equal((StorageProblem.NotWritable, $"The folder {root} cannot be written to."), (failure.Problem, failure.Message));
    }

    [Fact]
    public async Task What_stands_in_the_way_of_a_put_is_a_broken_environment()
    {
        using var folder = new TempFolder();
        var blobs = new BlobFiles(folder.Path, Clock);
        folder.Write("a", "a file, so no folder 'a' can be made");

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => PutAsync(blobs, "a/b"));

        Assert.Equal((StorageProblem.Failed, $"Writing in the folder {folder.Path} failed (IOException)."), (failure.Problem, failure.Message));
    }

    [Fact]
    public async Task What_a_killed_put_left_is_never_a_blob_and_goes_after_a_day()
    {
        using var folder = new TempFolder();
        await PutAsync(new BlobFiles(folder.Path, Clock), "a");
        Directory.CreateDirectory(folder.File(".unfinished"));
        var (old, young) = (folder.Write(".unfinished/1-1", "half"), folder.Write(".unfinished/1-2", "half"));
        File.SetLastWriteTimeUtc(old, Clock.GetUtcNow().UtcDateTime.AddHours(-25));
        File.SetLastWriteTimeUtc(young, Clock.GetUtcNow().UtcDateTime.AddHours(-23));

        var reopened = new BlobFiles(folder.Path, Clock);

        Assert.Equal((false, true), (File.Exists(old), File.Exists(young)));
        Assert.Equal(["a"], await reopened.ListAsync("", CancellationToken.None).Select(blob => blob.Name).ToListAsync());
    }

    [Fact]
    public async Task A_finished_put_leaves_no_temporary_file()
    {
        using var folder = new TempFolder();
        var blobs = new BlobFiles(folder.Path, Clock);
        await PutAsync(blobs, "a");
        await PutAsync(blobs, "a");
        await blobs.PutAsync("a", new MemoryStream(), BlobCondition.IfMatch("1-1"), CancellationToken.None);

        Assert.Empty(Directory.GetFiles(folder.File(".unfinished")));
    }

    private static Task<PutBlobResult> PutAsync(BlobFiles blobs, string name) =>
        blobs.PutAsync(name, new MemoryStream(Encoding.UTF8.GetBytes("content")), BlobCondition.CreateOnly, CancellationToken.None);
}
