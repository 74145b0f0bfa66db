using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Work;

/// <summary>What the rows answer to a hint decides what becomes of the hint; a subject is never in no slot.</summary>
public sealed class DueWorkTests : EngineContract
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 0, 30, TimeSpan.Zero);

    private DueIndex Index => new(Engine.Tables);

    private protected override Task<IEngine> CreateAsync(TestClock clock) => Task.FromResult<IEngine>(new SqliteEngine(clock));

    [Fact]
    public async Task A_claimed_subject_is_enqueued_once_and_hinted_at_the_end_of_its_claim()
    {
        await HintAsync("source-1", Now);

        Assert.Equal(1, await PassAsync(Now, (_, _) => new Claim.Claimed()));

        Assert.Equal(["source-1"], await QueuedAsync());
        Assert.Equal([("source-1", DueIndex.Floor(Now.AddMinutes(15)))], await HintsAsync(Now.AddHours(1)));
    }

    [Fact]
    public async Task The_claim_is_asked_for_the_subject_with_the_times_of_the_pass()
    {
        await HintAsync("source-1", Now);
        var asked = new List<(string, DateTimeOffset, DateTimeOffset)>();

        await new DueWork(Index, Engine.Queue, new WorkOptions { ClaimFor = TimeSpan.FromMinutes(7) }).EnqueueDueAsync(
            "feed",
            "visit-source",
            Now,
            (id, now, until, _) =>
            {
                asked.Add((id, now, until));
                return Task.FromResult<Claim>(new Claim.Retired());
            },
            CancellationToken.None);

        Assert.Equal([("source-1", Now, Now.AddMinutes(7))], asked);
    }

    [Fact]
    public async Task A_subject_that_is_due_later_is_hinted_then_and_not_enqueued()
    {
        await HintAsync("source-1", Now);

        Assert.Equal(0, await PassAsync(Now, (_, _) => new Claim.Later(Now.AddMinutes(40))));

        Assert.Empty(await QueuedAsync());
        Assert.Equal([("source-1", DueIndex.Floor(Now.AddMinutes(40)))], await HintsAsync(Now.AddHours(1)));
    }

    [Fact]
    public async Task A_subject_that_is_due_later_in_the_same_slot_keeps_its_hint()
    {
        await HintAsync("source-1", Now);

        await PassAsync(Now, (_, _) => new Claim.Later(Now.AddSeconds(20)));

        Assert.Equal([("source-1", DueIndex.Floor(Now))], await HintsAsync(Now));
        Assert.Equal(1, await PassAsync(Now.AddSeconds(20), (_, _) => new Claim.Claimed()));
    }

    [Fact]
    public async Task A_claim_that_ends_in_the_slot_of_its_hint_keeps_the_hint()
    {
        await HintAsync("source-1", Now);
        var options = new WorkOptions { ClaimFor = TimeSpan.FromSeconds(10) };

        await new DueWork(Index, Engine.Queue, options).EnqueueDueAsync("feed", "visit-source", Now, (_, _, _, _) => Task.FromResult<Claim>(new Claim.Claimed()), CancellationToken.None);

        Assert.Equal([("source-1", DueIndex.Floor(Now))], await HintsAsync(Now.AddHours(1)));
    }

    [Fact]
    public async Task The_hint_of_a_retired_subject_is_let_go()
    {
        await HintAsync("source-1", Now);

        await PassAsync(Now, (_, _) => new Claim.Retired());

        Assert.Empty(await QueuedAsync());
        Assert.Empty(await HintsAsync(Now.AddHours(1)));
    }

    [Fact]
    public async Task A_subject_another_worker_took_keeps_its_hint_and_the_cursor_its_place()
    {
        await HintAsync("source-1", Now.AddMinutes(-50));
        await HintAsync("source-2", Now);

        await PassAsync(Now, (id, _) => id == "source-1" ? new Claim.Taken() : new Claim.Claimed());

        Assert.Equal(["source-2"], await QueuedAsync());
        Assert.Equal(1, await PassAsync(Now.AddMinutes(10), (id, _) => id == "source-1" ? new Claim.Claimed() : new Claim.Later(Now.AddHours(1))));
    }

    [Fact]
    public async Task The_hint_of_a_subject_whose_work_is_under_way_stays_until_the_work_has_ended()
    {
        await HintAsync("source-1", Now.AddMinutes(-50));

        Assert.Equal(0, await PassAsync(Now, (_, _) => new Claim.Queued()));

        Assert.Equal(1, await PassAsync(Now.AddMinutes(10), (_, _) => new Claim.Claimed()));
    }

    [Fact]
    public async Task A_hint_that_a_job_writes_during_the_pass_is_kept()
    {
        await HintAsync("source-1", Now);

        await new DueWork(Index, Engine.Queue, new WorkOptions()).EnqueueDueAsync(
            "feed",
            "visit-source",
            Now,
            async (id, _, _, _) =>
            {
                await Index.PutAsync("feed", id, Now.AddSeconds(20), CancellationToken.None);
                return new Claim.Later(Now.AddHours(1));
            },
            CancellationToken.None);

        Assert.Contains(("source-1", DueIndex.Floor(Now)), await HintsAsync(Now));
    }

    [Fact]
    public async Task A_complete_pass_moves_the_cursor_to_the_overlap()
    {
        await Index.BeginAsync("feed", Now.AddHours(-1), CancellationToken.None);

        await PassAsync(Now, (_, _) => new Claim.Claimed());

        await HintAsync("too-late", Now.AddMinutes(-4));
        await HintAsync("clock-behind", Now.AddMinutes(-3));
        Assert.Equal(["clock-behind"], (await HintsAsync(Now)).Select(hint => hint.Id));
    }

    [Fact]
    public async Task Passing_again_over_the_overlap_does_not_multiply_work()
    {
        await HintAsync("source-1", Now);
        var queuedUntil = Now;
        Claim Answer(string id, DateTimeOffset now)
        {
            if (Claim.Refuse(Now, queuedUntil, now) is { } refused)
            {
                return refused;
            }

            queuedUntil = now.AddMinutes(15);
            return new Claim.Claimed();
        }

        for (var minute = 0; minute < 15; minute++)
        {
            await PassAsync(Now.AddMinutes(minute), Answer);
        }

        Assert.Equal(["source-1"], await QueuedAsync());
    }

    [Fact]
    public async Task A_hint_written_before_the_first_pass_is_found_after_a_day_of_downtime()
    {
        await Index.BeginAsync("feed", Now, CancellationToken.None);
        await HintAsync("source-1", Now);

        Assert.Equal(1, await PassAsync(Now.AddDays(1), (_, _) => new Claim.Claimed()));
    }

    [Fact]
    public async Task A_claim_that_fails_keeps_its_hint_holds_up_no_other_and_ends_the_pass()
    {
        await HintAsync("a", Now.AddMinutes(-50));
        await HintAsync("b", Now.AddMinutes(-50));
        await HintAsync("c", Now.AddMinutes(-50));

        await Assert.ThrowsAsync<InvalidOperationException>(() => PassAsync(Now, (id, _) => id == "b" ? throw new InvalidOperationException() : new Claim.Claimed()));

        Assert.Equal(["a", "c"], await QueuedAsync());
        Assert.Equal(["b"], (await HintsAsync(Now)).Select(hint => hint.Id));
        Assert.Equal(1, await PassAsync(Now, (_, _) => new Claim.Claimed()));
    }

    [Fact]
    public async Task A_subject_with_hints_in_several_slots_is_claimed_once_and_keeps_only_the_new_one()
    {
        await HintAsync("source-1", Now.AddMinutes(-20));
        await HintAsync("source-1", Now.AddMinutes(-5));
        var asked = 0;

        Assert.Equal(1, await PassAsync(Now, (_, _) => ++asked == 1 ? new Claim.Claimed() : new Claim.Queued()));

        Assert.Equal(["source-1"], await QueuedAsync());
        Assert.Equal([("source-1", DueIndex.Floor(Now.AddMinutes(15)))], await HintsAsync(Now.AddHours(1)));
    }

    [Fact]
    public async Task A_subject_that_is_due_later_in_one_of_its_slots_keeps_that_hint_alone()
    {
        await HintAsync("source-1", Now.AddMinutes(-20));
        await HintAsync("source-1", Now);

        await PassAsync(Now, (_, _) => new Claim.Later(Now.AddSeconds(20)));

        Assert.Equal([("source-1", DueIndex.Floor(Now))], await HintsAsync(Now.AddHours(1)));
    }

    [Fact]
    public async Task More_subjects_than_a_batch_holds_are_each_enqueued_once_with_few_writes_of_hints()
    {
        var ids = Enumerable.Range(0, 250).Select(number => $"source-{number:000}").ToList();
        await Index.BeginAsync("feed", Now.AddHours(-1), CancellationToken.None);
        await Index.PutAsync("feed", ids, Now, CancellationToken.None);
        var writes = 0;
        var tables = new HookedTables(Engine.Tables, call =>
        {
            Interlocked.Add(ref writes, call.IsWrite ? 1 : 0);
            return Task.CompletedTask;
        });

        var enqueued = await new DueWork(new DueIndex(tables), Engine.Queue, new WorkOptions()).EnqueueDueAsync(
            "feed", "visit-source", Now, (_, _, _, _) => Task.FromResult<Claim>(new Claim.Claimed()), CancellationToken.None);

        Assert.Equal(250, enqueued);
        Assert.Equal(ids, ((string[])[.. await QueuedAsync(), .. await QueuedAsync(), .. await QueuedAsync()]).Order(StringComparer.Ordinal));
        Assert.Equal(250, (await HintsAsync(Now.AddHours(1))).Count);
        Assert.Equal(3 + 3 + 1, writes);
    }

    private async Task HintAsync(string id, DateTimeOffset due)
    {
        await Index.BeginAsync("feed", Now.AddHours(-1), CancellationToken.None);
        await Index.PutAsync("feed", id, due, CancellationToken.None);
    }

    private Task<int> PassAsync(DateTimeOffset now, Func<string, DateTimeOffset, Claim> answer) =>
        new DueWork(Index, Engine.Queue, new WorkOptions()).EnqueueDueAsync("feed", "visit-source", now, (id, at, _, _) => Task.FromResult(answer(id, at)), CancellationToken.None);

    private async Task<IReadOnlyList<(string Id, DateTimeOffset Slot)>> HintsAsync(DateTimeOffset now) =>
        await Index.ReadAsync("feed", now, CancellationToken.None).Select(hint => (hint.Id, hint.Slot)).ToListAsync();

    private async Task<IReadOnlyList<string>> QueuedAsync()
    {
        var received = await Engine.Queue.ReceiveAsync("visit-source", 100, TimeSpan.FromMinutes(5), CancellationToken.None);
        return [.. received.Select(work => Assert.IsType<WorkItemReading.Read>(WorkItem.Read(work.Body)).Item.Subject)];
    }
}
