using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Storage.AzureStorage;

/// <summary>Writes of blobs, leases and messages that took effect and whose answer was lost.</summary>
public sealed class LostBlobAndQueueAnswerTests : IAsyncLifetime
{
    private const string Kind = "visit-source";
    private const string Name = "captures/one";

    private RelayedAccount? _account;

    /// <summary>More than one block.</summary>
    public static TheoryData<Loss, int> Sizes => new()
    {
        { Loss.Broken, 0 },
        { Loss.Broken, 100 },
        { Loss.Broken, 5 * 1024 * 1024 },
        { Loss.Silent, 100 },
        { Loss.Silent, 5 * 1024 * 1024 },
    };

    private RelayedAccount Account => _account!;

    public async Task InitializeAsync()
    {
        _account = await RelayedAccount.TakeAsync();
        await PutAsync("first", 1, BlobCondition.CreateOnly);
        await Account.Queue.CreateAsync(Kind, CancellationToken.None);
    }

    public async Task DisposeAsync() => await Account.DisposeAsync();

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_new_blob_of_ours_is_stored(Loss loss, int length)
    {
        Account.BlobRelay.Lose(loss, "PUT", Commit(length));

        Assert.Equal(PutBlobResult.Stored, await PutAsync(Name, length, BlobCondition.CreateOnly));
        Assert.Equal(length, (await Account.Blobs.GetPropertiesAsync(Name, CancellationToken.None))?.Length);
        Assert.Equal(1, Account.BlobRelay.Lost);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_new_blob_that_another_wrote_over_is_not_stored(Loss loss, int length)
    {
        Account.BlobRelay.Lose(loss, "PUT", Commit(length), () => ReplaceAsync(Name));

        Assert.Equal(PutBlobResult.AlreadyThere, await PutAsync(Name, length, BlobCondition.CreateOnly));
        Assert.Equal(1, Account.BlobRelay.Lost);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_replaced_blob_of_ours_is_stored(Loss loss, int length)
    {
        var before = await Account.Blobs.GetPropertiesAsync("first", CancellationToken.None);
        Account.BlobRelay.Lose(loss, "PUT", Commit(length, "first"));

        Assert.Equal(PutBlobResult.Stored, await PutAsync("first", length, BlobCondition.IfMatch(before!.ETag)));
        Assert.Equal(1, Account.BlobRelay.Lost);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task A_replaced_blob_that_another_wrote_over_is_not_stored(Loss loss, int length)
    {
        var before = await Account.Blobs.GetPropertiesAsync("first", CancellationToken.None);
        Account.BlobRelay.Lose(loss, "PUT", Commit(length, "first"), () => ReplaceAsync("first"));

        Assert.Equal(PutBlobResult.ChangedMeanwhile, await PutAsync("first", length, BlobCondition.IfMatch(before!.ETag)));
        Assert.Equal(1, Account.BlobRelay.Lost);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task A_block_is_sent_again_and_the_blob_is_whole(Loss loss)
    {
        Account.BlobRelay.Lose(loss, "PUT", "comp=block&");

        Assert.Equal(PutBlobResult.Stored, await PutAsync(Name, 5 * 1024 * 1024, BlobCondition.CreateOnly));
        Assert.Equal(5 * 1024 * 1024, (await Account.Blobs.GetPropertiesAsync(Name, CancellationToken.None))?.Length);
        Assert.Equal(1, Account.BlobRelay.Lost);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task A_lease_is_had_renewed_and_released(Loss loss)
    {
        Account.BlobRelay.Lose(loss, "PUT", "comp=lease");
        var lease = await AcquireAsync("one");
        Account.BlobRelay.Lose(loss, "PUT", "comp=lease");

        Assert.True(await lease!.RenewAsync(CancellationToken.None));
        Assert.Null(await AcquireAsync("two"));

        Account.BlobRelay.Lose(loss, "PUT", "comp=lease");
        await lease.ReleaseAsync(CancellationToken.None);

        Assert.NotNull(await AcquireAsync("two"));
        Assert.Equal(3, Account.BlobRelay.Lost);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task A_message_is_put_at_least_once(Loss loss)
    {
        Account.QueueRelay.Lose(loss, "POST", "/messages");

        await Account.Queue.EnqueueAsync(new WorkItem(Kind, "one"), TimeSpan.Zero, CancellationToken.None);

        Assert.Equal(2, (await ReceiveAsync()).Count);
        Assert.Equal(1, Account.QueueRelay.Lost);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task A_renewal_whose_receipt_was_lost_counts_as_lost(Loss loss)
    {
        var work = await ReceivedAsync();
        Account.QueueRelay.Lose(loss, "PUT", "/messages/");

        Assert.Null(await Account.Queue.RenewAsync(work, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Empty(await ReceiveAsync());
        Assert.Equal(1, Account.QueueRelay.Lost);
    }

    [Theory]
    [InlineData(Loss.Broken)]
    [InlineData(Loss.Silent)]
    public async Task A_message_that_we_removed_is_completed(Loss loss)
    {
        var work = await ReceivedAsync();
        Account.QueueRelay.Lose(loss, "DELETE", "/messages/");

        Assert.True(await Account.Queue.CompleteAsync(work, CancellationToken.None));
        Assert.Empty(await Account.Queue.GetStateAsync(CancellationToken.None));
        Assert.Equal(1, Account.QueueRelay.Lost);
    }

    /// <summary>The request that makes a blob of this length be there.</summary>
    private static string Commit(int length, string name = Name) => name + (length > 4 * 1024 * 1024 ? "?comp=blocklist" : "");

    private Task<PutBlobResult> PutAsync(string name, int length, BlobCondition condition) =>
        Account.Blobs.PutAsync(name, new MemoryStream(new byte[length]), condition, CancellationToken.None);

    private async Task ReplaceAsync(string name)
    {
        var stored = await Account.TheirBlobs.GetPropertiesAsync(name, CancellationToken.None);
        Assert.Equal(PutBlobResult.Stored, await Account.TheirBlobs.PutAsync(name, new MemoryStream([1, 2, 3]), BlobCondition.IfMatch(stored!.ETag), CancellationToken.None));
    }

    private Task<ILease?> AcquireAsync(string holder) => Account.Blobs.Leases.TryAcquireAsync("scheduler", holder, TimeSpan.FromSeconds(60), CancellationToken.None);

    private Task<IReadOnlyList<ReceivedWork>> ReceiveAsync() => Account.Queue.ReceiveAsync(Kind, 10, TimeSpan.FromMinutes(5), CancellationToken.None);

    private async Task<ReceivedWork> ReceivedAsync()
    {
        await Account.Queue.EnqueueAsync(new WorkItem(Kind, "one"), TimeSpan.Zero, CancellationToken.None);
        return Assert.Single(await ReceiveAsync());
    }
}
