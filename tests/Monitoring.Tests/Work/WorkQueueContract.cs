using System.Globalization;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Work;

/// <summary>What every engine owes for work: delivered at least once, to one at a time, and given up after five times.</summary>
public abstract class WorkQueueContract : EngineContract
{
    private const string Kind = "visit-source";

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private IWorkQueue Queue => Engine.Queue;

    [Fact]
    public async Task An_unused_queue_is_empty()
    {
        Assert.Empty(await Queue.ReceiveAsync(Kind, 10, Lease, CancellationToken.None));
        Assert.Empty(await Queue.GetStateAsync(CancellationToken.None));
        Assert.Empty(await PoisonAsync());
    }

    [Fact]
    public async Task A_message_is_received_as_it_was_enqueued()
    {
        var enqueued = Clock.GetUtcNow();
        await EnqueueAsync("source-1");
        Clock.Advance(TimeSpan.FromSeconds(7));

        var work = await ReceiveOneAsync();

        Assert.Equal(new WorkItemReading.Read(new WorkItem(Kind, "source-1")), WorkItem.Read(work.Body));
        Assert.Equal((1, enqueued, Clock.GetUtcNow() + Lease), (work.DequeueCount, work.EnqueuedAt, work.LeasedUntil));
    }

    [Fact]
    public async Task Each_kind_has_its_own_queue()
    {
        await EnqueueAsync("source-1");

        Assert.Empty(await Queue.ReceiveAsync("check-site", 10, Lease, CancellationToken.None));
    }

    [Fact]
    public async Task A_delayed_message_is_visible_when_its_time_has_come()
    {
        await EnqueueAsync("source-1", after: TimeSpan.FromSeconds(30));

        Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(await ReceiveAsync());

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await ReceiveAsync());
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(10, 5)]
    public async Task At_most_so_many_are_received_as_were_asked_for(int max, int expected)
    {
        await EnqueueAsync("1", "2", "3", "4", "5");

        Assert.Equal(expected, (await Queue.ReceiveAsync(Kind, max, Lease, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_leased_message_is_hidden_until_the_lease_ends()
    {
        await EnqueueAsync("source-1");
        var first = await ReceiveOneAsync();

        Clock.Advance(Lease - TimeSpan.FromTicks(1));
        Assert.Empty(await ReceiveAsync());

        Clock.Advance(TimeSpan.FromTicks(1));
        var second = await ReceiveOneAsync();
        Assert.Equal((first.Id, first.Body, 2, first.EnqueuedAt), (second.Id, second.Body, second.DequeueCount, second.EnqueuedAt));
        Assert.NotEqual(first.Receipt, second.Receipt);
    }

    [Fact]
    public async Task Receivers_at_the_same_time_never_get_the_same_message()
    {
        await EnqueueAsync([.. Enumerable.Range(0, 100).Select(i => i.ToString(CultureInfo.InvariantCulture))]);

        var received = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Queue.ReceiveAsync(Kind, 10, Lease, CancellationToken.None))));

        var ids = received.SelectMany(batch => batch).Select(work => work.Id).ToList();
        Assert.Equal(100, ids.Count);
        Assert.Equal(100, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_renewed_lease_runs_from_now()
    {
        await EnqueueAsync("source-1");
        var work = await ReceiveOneAsync();
        Clock.Advance(TimeSpan.FromMinutes(4));

        var renewed = await Queue.RenewAsync(work, Lease, CancellationToken.None);

        Assert.Equal(Clock.GetUtcNow() + Lease, renewed!.LeasedUntil);
        Clock.Advance(Lease - TimeSpan.FromTicks(1));
        Assert.Empty(await ReceiveAsync());
        Assert.True(await Queue.CompleteAsync(renewed, CancellationToken.None));
    }

    [Fact]
    public async Task A_lost_lease_is_not_renewed()
    {
        var (lost, holder) = await LoseLeaseAsync();

        Assert.Null(await Queue.RenewAsync(lost, Lease, CancellationToken.None));
        Assert.True(await Queue.CompleteAsync(holder, CancellationToken.None));
    }

    [Fact]
    public async Task A_completed_message_is_gone()
    {
        await EnqueueAsync("source-1");

        Assert.True(await Queue.CompleteAsync(await ReceiveOneAsync(), CancellationToken.None));

        Clock.Advance(Lease);
        Assert.Empty(await ReceiveAsync());
        Assert.Empty(await Queue.GetStateAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Whoever_lost_the_lease_cannot_complete_release_defer_or_poison()
    {
        var (lost, holder) = await LoseLeaseAsync();

        Assert.False(await Queue.CompleteAsync(lost, CancellationToken.None));
        await Queue.ReleaseAsync(lost, TimeSpan.Zero, "late", CancellationToken.None);
        await Queue.DeferAsync(lost, TimeSpan.Zero, CancellationToken.None);
        await Queue.PoisonAsync(lost, "late", CancellationToken.None);

        Assert.Empty(await PoisonAsync());
        Assert.Empty(await ReceiveAsync());
        Assert.True(await Queue.CompleteAsync(holder, CancellationToken.None));
    }

    [Fact]
    public async Task A_released_message_comes_again_after_the_pause()
    {
        await EnqueueAsync("source-1");
        await Queue.ReleaseAsync(await ReceiveOneAsync(), TimeSpan.FromSeconds(4), "failed", CancellationToken.None);

        Assert.Empty(await ReceiveAsync());

        Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(2, (await ReceiveOneAsync()).DequeueCount);
    }

    [Fact]
    public async Task A_deferred_message_comes_again_without_being_counted()
    {
        await EnqueueAsync("source-1");
        var enqueued = Clock.GetUtcNow();
        for (var i = 0; i < 10; i++)
        {
            await Queue.DeferAsync(await ReceiveOneAsync(), TimeSpan.FromMinutes(10), CancellationToken.None);
            Assert.Empty(await ReceiveAsync());
            Clock.Advance(TimeSpan.FromMinutes(10));
        }

        var work = await ReceiveOneAsync();
        Assert.Equal((1, enqueued), (work.DequeueCount, work.EnqueuedAt));
    }

    [Fact]
    public async Task The_fifth_release_poisons_with_its_reason()
    {
        await EnqueueAsync("source-1");
        for (var i = 1; i <= IWorkQueue.MaxDequeueCount; i++)
        {
            Assert.Empty(await PoisonAsync());
            await Queue.ReleaseAsync(await ReceiveOneAsync(), TimeSpan.Zero, $"failure {i}", CancellationToken.None);
        }

        Assert.Empty(await ReceiveAsync());
        var poisoned = Assert.Single(await PoisonAsync());
        Assert.Equal((Kind, new WorkItem(Kind, "source-1").Write(), "failure 5", Clock.GetUtcNow()), (poisoned.Kind, poisoned.Body, poisoned.Reason, poisoned.PoisonedAt));
    }

    [Fact]
    public async Task A_message_whose_workers_died_five_times_is_poisoned()
    {
        await EnqueueAsync("source-1");
        for (var i = 0; i < IWorkQueue.MaxDequeueCount; i++)
        {
            await ReceiveOneAsync();
            Clock.Advance(Lease);
        }

        Assert.Empty(await ReceiveAsync());
        Assert.Equal("its worker died five times", Assert.Single(await PoisonAsync()).Reason);
    }

    [Fact]
    public async Task A_message_that_is_poisoned_on_receiving_does_not_hide_the_next()
    {
        await EnqueueAsync("deadly");
        for (var i = 0; i < IWorkQueue.MaxDequeueCount; i++)
        {
            await ReceiveOneAsync();
            Clock.Advance(Lease);
        }

        await EnqueueAsync("good");

        var work = Assert.Single(await Queue.ReceiveAsync(Kind, 1, Lease, CancellationToken.None));
        Assert.Equal(new WorkItem(Kind, "good").Write(), work.Body);
    }

    [Fact]
    public async Task A_poisoned_message_is_not_received_and_listed_once()
    {
        await EnqueueAsync("source-1");
        var work = await ReceiveOneAsync();

        await Queue.PoisonAsync(work, "malformed", CancellationToken.None);
        await Queue.PoisonAsync(work, "malformed", CancellationToken.None);

        Clock.Advance(Lease);
        Assert.Empty(await ReceiveAsync());
        Assert.Equal("malformed", Assert.Single(await PoisonAsync()).Reason);
        Assert.Empty(await Queue.GetStateAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_requeued_message_starts_with_a_fresh_count()
    {
        await EnqueueAsync("source-1");
        await Queue.PoisonAsync(await ReceiveOneAsync(), "failed", CancellationToken.None);
        Clock.Advance(TimeSpan.FromDays(3));

        Assert.True(await Queue.RequeuePoisonAsync((await PoisonAsync())[0].Id, CancellationToken.None));

        var work = await ReceiveOneAsync();
        Assert.Equal((new WorkItem(Kind, "source-1").Write(), 1, Clock.GetUtcNow()), (work.Body, work.DequeueCount, work.EnqueuedAt));
        Assert.Empty(await PoisonAsync());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("")]
    [InlineData("no such")]
    [InlineData("99999999999999999999")]
    public async Task Only_a_poisoned_message_can_be_requeued(string id)
    {
        await EnqueueAsync("source-1");

        Assert.False(await Queue.RequeuePoisonAsync(id, CancellationToken.None));

        Assert.Equal(1, Assert.Single(await Queue.GetStateAsync(CancellationToken.None)).Length);
    }

    [Fact]
    public async Task A_long_list_of_poisoned_messages_comes_whole()
    {
        var subjects = Enumerable.Range(0, 250).Select(i => i.ToString("D3", CultureInfo.InvariantCulture)).ToArray();
        await EnqueueAsync(subjects);
        foreach (var work in await Queue.ReceiveAsync(Kind, 250, Lease, CancellationToken.None))
        {
            await Queue.PoisonAsync(work, "failed", CancellationToken.None);
        }

        Assert.Equal(subjects.Select(subject => new WorkItem(Kind, subject).Write()), (await PoisonAsync()).Select(poisoned => poisoned.Body).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_state_counts_leased_messages_and_names_the_oldest_visible_one()
    {
        await EnqueueAsync("leased");
        await ReceiveOneAsync();
        Clock.Advance(TimeSpan.FromMinutes(1));
        var oldest = Clock.GetUtcNow();
        await EnqueueAsync("visible");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await EnqueueAsync("younger");
        await EnqueueAsync("delayed", after: TimeSpan.FromHours(1));
        await Queue.EnqueueAsync(new WorkItem("check-site", "delayed"), TimeSpan.FromHours(1), CancellationToken.None);

        Assert.Equal(
            [new QueueState("check-site", 1, OldestSince: null), new QueueState(Kind, 4, oldest)],
            await Queue.GetStateAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_message_is_at_most_48_KiB_long()
    {
        var fitting = new WorkItem(Kind, new string('x', WorkItem.MaxBytes - new WorkItem(Kind, "").Write().Length));
        await Queue.EnqueueAsync(fitting, TimeSpan.Zero, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<ArgumentException>(() =>
            Queue.EnqueueAsync(fitting with { Subject = fitting.Subject + "x" }, TimeSpan.Zero, CancellationToken.None));

        Assert.StartsWith("A work item is at most 49152 bytes long.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(fitting.Write(), (await ReceiveOneAsync()).Body);
    }

    private async Task EnqueueAsync(string subject, TimeSpan after) => await Queue.EnqueueAsync(new WorkItem(Kind, subject), after, CancellationToken.None);

    private async Task EnqueueAsync(params string[] subjects)
    {
        foreach (var subject in subjects)
        {
            await EnqueueAsync(subject, TimeSpan.Zero);
        }
    }

    private Task<IReadOnlyList<ReceivedWork>> ReceiveAsync() => Queue.ReceiveAsync(Kind, 10, Lease, CancellationToken.None);

    private async Task<ReceivedWork> ReceiveOneAsync() => Assert.Single(await ReceiveAsync());

    private async Task<(ReceivedWork Lost, ReceivedWork Holder)> LoseLeaseAsync()
    {
        await EnqueueAsync("source-1");
        var lost = await ReceiveOneAsync();
        Clock.Advance(Lease);
        return (lost, await ReceiveOneAsync());
    }

    private async Task<IReadOnlyList<PoisonedWork>> PoisonAsync() => await Queue.ListPoisonAsync(CancellationToken.None).ToListAsync();
}
