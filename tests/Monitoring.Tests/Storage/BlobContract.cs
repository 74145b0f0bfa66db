using System.Text;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Storage;

/// <summary>What every engine owes for blobs: whole or not at all, conditions that hold, names in order.</summary>
public abstract class BlobContract : EngineContract
{
    private IBlobStore Blobs => Engine.Blobs;

    [Fact]
    public async Task A_missing_blob_has_neither_content_nor_properties()
    {
        Assert.Null(await Blobs.OpenAsync("none", CancellationToken.None));
        Assert.Null(await Blobs.GetPropertiesAsync("none", CancellationToken.None));
        Assert.Null(await Blobs.OpenAsync("no/such/folder", CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Задержана журналистка")]
    public async Task A_stored_blob_reads_as_it_was_put(string content)
    {
        Assert.Equal(PutBlobResult.Stored, await PutAsync("runs/2026/a_b-c.json", content));

        Assert.Equal(content, await ReadAsync("runs/2026/a_b-c.json"));
        var properties = await Blobs.GetPropertiesAsync("runs/2026/a_b-c.json", CancellationToken.None);
        Assert.Equal(("runs/2026/a_b-c.json", (long)Encoding.UTF8.GetByteCount(content)), (properties!.Name, properties.Length));
    }

    [Fact]
    public async Task A_large_blob_reads_as_it_was_put()
    {
        var content = new byte[5 * 1024 * 1024];
        new Random(7).NextBytes(content);
        await Blobs.PutAsync("large", new MemoryStream(content), BlobCondition.CreateOnly, CancellationToken.None);

        await using var stored = (await Blobs.OpenAsync("large", CancellationToken.None))!;
        using var copy = new MemoryStream();
        await stored.CopyToAsync(copy);

        Assert.True(content.AsSpan().SequenceEqual(copy.ToArray()));
    }

    [Fact]
    public async Task Create_only_leaves_a_stored_blob_untouched()
    {
        await PutAsync("b", "first");

        Assert.Equal(PutBlobResult.AlreadyThere, await PutAsync("b", "second"));

        Assert.Equal("first", await ReadAsync("b"));
    }

    [Fact]
    public async Task Of_many_concurrent_creations_exactly_one_stores()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => PutAsync("b", $"{i}"))));

        var winner = Assert.Single(Enumerable.Range(0, 16), i => answers[i] == PutBlobResult.Stored);
        Assert.Equal($"{winner}", await ReadAsync("b"));
    }

    [Fact]
    public async Task A_replace_with_the_stored_etag_stores()
    {
        await PutAsync("b", "first");

        Assert.Equal(PutBlobResult.Stored, await ReplaceAsync("b", await ETagAsync("b"), "second"));

        Assert.Equal("second", await ReadAsync("b"));
    }

    [Fact]
    public async Task A_replace_with_an_old_etag_leaves_the_blob()
    {
        await PutAsync("b", "first");
        var stale = await ETagAsync("b");
        await ReplaceAsync("b", stale, "second");

        Assert.Equal(PutBlobResult.ChangedMeanwhile, await ReplaceAsync("b", stale, "third"));

        Assert.Equal("second", await ReadAsync("b"));
    }

    [Fact]
    public async Task A_replace_of_a_missing_blob_stores_nothing()
    {
        Assert.Equal(PutBlobResult.ChangedMeanwhile, await ReplaceAsync("b", "1-1", "content"));

        Assert.Null(await Blobs.OpenAsync("b", CancellationToken.None));
    }

    [Fact]
    public async Task Every_content_has_an_etag_of_its_own_however_fast_they_follow()
    {
        var etags = new HashSet<string>();
        await PutAsync("b", "0");
        for (var i = 0; i < 50; i++)
        {
            Assert.True(etags.Add(await ETagAsync("b")));
            await ReplaceAsync("b", await ETagAsync("b"), $"{i % 10}");
        }
    }

    [Fact]
    public async Task A_blob_that_was_deleted_and_created_again_never_has_an_old_etag()
    {
        var etags = new HashSet<string>();
        for (var life = 0; life < 20; life++)
        {
            await PutAsync("b", "same");
            Assert.True(etags.Add(await ETagAsync("b")));
            await Blobs.DeleteAsync("b", CancellationToken.None);
        }
    }

    [Fact]
    public async Task An_open_reader_keeps_the_content_it_began_with()
    {
        await PutAsync("b", "first");
        await using var reader = (await Blobs.OpenAsync("b", CancellationToken.None))!;

        Assert.Equal(PutBlobResult.Stored, await ReplaceAsync("b", await ETagAsync("b"), "second"));

        using var text = new StreamReader(reader);
        Assert.Equal("first", await text.ReadToEndAsync());
    }

    [Fact]
    public async Task Names_are_listed_by_prefix_in_ordinal_order()
    {
        foreach (var name in new[] { "b", "a/2", "a/10", "a/1", "a-", "a/b/c", "a.b", "a_", "aa/1" })
        {
            await PutAsync(name, "content");
        }

        Assert.Equal("a-,a.b,a/1,a/10,a/2,a/b/c,a_,aa/1,b", await ListAsync(""));
        Assert.Equal("a-,a.b,a/1,a/10,a/2,a/b/c,a_,aa/1", await ListAsync("a"));
        Assert.Equal("a/1,a/10,a/2,a/b/c", await ListAsync("a/"));
        Assert.Equal("a/1,a/10", await ListAsync("a/1"));
        Assert.Equal("a/b/c", await ListAsync("a/b"));
        Assert.Equal("", await ListAsync("c"));
        Assert.Equal("", await ListAsync("no/such/folder/"));
    }

    [Fact]
    public async Task A_listed_blob_has_the_properties_of_a_single_look()
    {
        await PutAsync("a/b", "content");

        var listed = Assert.Single(await Blobs.ListAsync("a/", CancellationToken.None).ToListAsync());

        Assert.Equal(await Blobs.GetPropertiesAsync("a/b", CancellationToken.None), listed);
    }

    [Fact]
    public async Task An_unfinished_put_is_invisible()
    {
        var content = new GatedStream("content");
        var put = Blobs.PutAsync("b", content, BlobCondition.CreateOnly, CancellationToken.None);
        await content.Started;

        Assert.Null(await Blobs.OpenAsync("b", CancellationToken.None));
        Assert.Equal("", await ListAsync(""));

        content.Finish();
        Assert.Equal(PutBlobResult.Stored, await put);
        Assert.Equal("content", await ReadAsync("b"));
    }

    [Fact]
    public async Task A_put_whose_content_breaks_off_leaves_nothing()
    {
        var content = new GatedStream("content");
        var put = Blobs.PutAsync("b", content, BlobCondition.CreateOnly, CancellationToken.None);
        await content.Started;
        content.Break(new InvalidDataException("broken"));

        await Assert.ThrowsAsync<InvalidDataException>(() => put);

        Assert.Null(await Blobs.OpenAsync("b", CancellationToken.None));
        Assert.Equal(PutBlobResult.Stored, await PutAsync("b", "again"));
    }

    [Fact]
    public async Task A_deleted_blob_is_gone()
    {
        await PutAsync("a/b", "content");

        Assert.True(await Blobs.DeleteAsync("a/b", CancellationToken.None));

        Assert.Null(await Blobs.GetPropertiesAsync("a/b", CancellationToken.None));
        Assert.Equal("", await ListAsync(""));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("no/such/folder")]
    public async Task Deleting_what_is_not_there_says_so(string name)
    {
        Assert.False(await Blobs.DeleteAsync(name, CancellationToken.None));
    }

    [Fact]
    public async Task The_beginning_of_a_name_is_no_blob()
    {
        await PutAsync("a/b", "content");

        Assert.Null(await Blobs.OpenAsync("a", CancellationToken.None));
        Assert.Null(await Blobs.GetPropertiesAsync("a", CancellationToken.None));
        Assert.False(await Blobs.DeleteAsync("a", CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData(".hidden")]
    [InlineData(".unfinished/1-1")]
    [InlineData("Upper")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("имя")]
    [InlineData("a%2e")]
    [InlineData("c:a")]
    public async Task Other_names_are_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(name, "content"));
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs.OpenAsync(name, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs.GetPropertiesAsync(name, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => Blobs.DeleteAsync(name, CancellationToken.None));
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public async Task A_name_has_at_most_512_characters(int length, bool isLegal)
    {
        // In segments that every file system takes.
        var name = string.Concat(Enumerable.Repeat("0123456789/", length))[..(length - 1)].TrimEnd('/') + "abc";
        name = name[..(length - 1)] + "z";

        if (isLegal)
        {
            Assert.Equal(PutBlobResult.Stored, await PutAsync(name, "content"));
        }
        else
        {
            await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(name, "content"));
        }
    }

    private Task<PutBlobResult> PutAsync(string name, string content) =>
        Blobs.PutAsync(name, new MemoryStream(Encoding.UTF8.GetBytes(content)), BlobCondition.CreateOnly, CancellationToken.None);

    private Task<PutBlobResult> ReplaceAsync(string name, string etag, string content) =>
        Blobs.PutAsync(name, new MemoryStream(Encoding.UTF8.GetBytes(content)), BlobCondition.IfMatch(etag), CancellationToken.None);

    private async Task<string> ETagAsync(string name) => (await Blobs.GetPropertiesAsync(name, CancellationToken.None))!.ETag;

    private async Task<string> ReadAsync(string name)
    {
        using var text = new StreamReader((await Blobs.OpenAsync(name, CancellationToken.None))!);
        return await text.ReadToEndAsync();
    }

    private async Task<string> ListAsync(string prefix) =>
        string.Join(',', await Blobs.ListAsync(prefix, CancellationToken.None).Select(blob => blob.Name).ToListAsync());
}
