using Monitoring.Items;
using Monitoring.Review;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Items;

/// <summary>Stored items meet a changed list: what changes waits for review, what does not is left alone, and what is not news is not mailed.</summary>
public sealed class RematchTests : IAsyncLifetime
{
    private const string Arrest = "Дина Сапарова задержана";
    private const string Added = """persons: [{ id: person-1, name: Мирас Кыранбеков }, { id: person-2, name: Дина Сапарова }]""";
    private const string Emptied = """persons: []""";
    private const string Renamed = """persons: [{ id: person-1, name: Мирас Кыранбеков, aliases: ["Мирас К."] }]""";

    private readonly List<TableCall> _calls = [];
    private Func<TableCall, Task> _before = _ => Task.CompletedTask;
    private NewsDesk _desk = null!;

    public async Task InitializeAsync() => _desk = await NewsDesk.OpenAsync(call =>
    {
        lock (_calls)
        {
            _calls.Add(call);
        }

        return _before(call);
    });

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task An_empty_store_is_done_at_once()
    {
        Assert.Equal(0, (await RunAsync()).Read);
    }

    [Fact]
    public async Task Last_months_item_is_flagged_for_somebody_new_and_nobody_is_mailed()
    {
        await TellAsync("1", Arrest);
        _desk.Clock.Advance(TimeSpan.FromDays(30));
        var told = (await MailsAsync(), await DigestsAsync());
        await ListAsync(Added);

        Assert.Equal(1, (await RunAsync())[Rematched.Changed]);

        var flag = (await _desk.FlagAsync("1"))!;
        Assert.Contains("person-2", flag.Subjects.Select(subject => subject.Id));
        Assert.Equal(told, (await MailsAsync(), await DigestsAsync()));
    }

    [Fact]
    public async Task An_item_without_a_flag_says_why_it_was_not_mailed()
    {
        await TellAsync("1", "Дина Сапарова дала интервью");
        _desk.Clock.Advance(TimeSpan.FromDays(30));
        await ListAsync(Added);

        Assert.Equal(1, (await RunAsync())[Rematched.Flagged]);

        Assert.Equal("reason.known_before", (await _desk.FlagAsync("1"))!.Reasons[^1].Text);
        Assert.Equal((0, 0), (await MailsAsync(), await DigestsAsync()));
        Assert.Equal(1, (await RunAsync(all: true))[Rematched.Unchanged]);
    }

    [Fact]
    public async Task News_of_today_is_told()
    {
        await TellAsync("1", Arrest);
        Assert.Equal(0, await MailsAsync());
        await ListAsync(Added);

        await RunAsync();

        Assert.Equal(1, await MailsAsync());
    }

    [Fact]
    public async Task An_unchanged_flag_is_not_touched_and_each_item_is_read_once()
    {
        for (var i = 0; i < 20; i++)
        {
            await TellAsync($"{i}", i % 2 == 0 ? "Мирас Кыранбеков задержан" : "Погода");
        }

        var before = (await _desk.FlagAsync("0"))!;
        await ListAsync(Renamed);
        _calls.Clear();

        Assert.Equal(20, (await RunAsync())[Rematched.Unchanged]);

        Assert.Equal(before.ETag, (await _desk.FlagAsync("0"))!.ETag);
        string[] quiet = ["Flags", "FlagQueues", "Audit", "Mails", "DigestQueue", "DigestTold", "Pending"];
        Assert.DoesNotContain(_calls, call => call.IsWrite && quiet.Contains(call.Table));
        Assert.Equal(20, _calls.Count(call => call is { Table: "ItemTexts", Method: "GetAsync" }));
        Assert.Equal(0, _calls.Count(call => call is { Table: "Items", Method: "GetAsync" }));
    }

    [Fact]
    public async Task What_lost_its_last_mention_leaves_the_queue_and_a_decided_one_says_so()
    {
        await TellAsync("1", "Мирас Кыранбеков дал интервью");
        await TellAsync("2", "Мирас Кыранбеков выступил");
        await DismissAsync("2");
        await ListAsync(Emptied);

        var report = await RunAsync();

        Assert.Equal((1, 1), (report[Rematched.Withdrawn], report[Rematched.Changed]));
        Assert.Null(await _desk.FlagAsync("1"));
        Assert.Equal(0, await _desk.Flags.CountAsync(FlagState.New, 10, CancellationToken.None));
        var decided = (await _desk.FlagAsync("2"))!;
        Assert.Equal((FlagState.Dismissed, "reason.no_longer_found"), (decided.State, decided.Reasons[^1].Text));
        Assert.Equal(2, (await RunAsync(all: true))[Rematched.Unchanged]);
    }

    [Fact]
    public async Task Somebody_new_after_a_decision_puts_it_back_to_review()
    {
        await TellAsync("1", "Мирас Кыранбеков и Дина Сапарова дали интервью");
        await DismissAsync("1");
        await ListAsync(Added);

        Assert.Equal(1, (await RunAsync())[Rematched.Reopened]);

        var flag = (await _desk.FlagAsync("1"))!;
        Assert.Equal(FlagState.New, flag.State);
        Assert.Equal(["Дина Сапарова"], flag.Reasons.Single(reason => reason.Text == "reason.new_since").Values);
        Assert.Equal(1, (await RunAsync(all: true))[Rematched.Unchanged]);
    }

    [Fact]
    public async Task A_decision_stays_when_an_entry_was_renamed()
    {
        await TellAsync("1", "Мирас Кыранбеков задержан");
        await DismissAsync("1");
        await ListAsync("""persons: [{ id: person-1, name: М. Кыранбеков, aliases: ["Мирас Кыранбеков"] }]""");

        await RunAsync();

        var flag = (await _desk.FlagAsync("1"))!;
        Assert.Equal((FlagState.Dismissed, "М. Кыранбеков"), (flag.State, flag.Named.Single().Name));
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        await TellAsync("1", Arrest);
        await ListAsync(Added);
        _calls.Clear();

        Assert.Equal(1, (await RunAsync(dryRun: true))[Rematched.Changed]);

        Assert.DoesNotContain(_calls, call => call.IsWrite);
    }

    [Fact]
    public async Task Killed_before_every_write_it_goes_on_to_the_same_end()
    {
        var isDead = true;
        var dieBefore = 0;
        while (isDead)
        {
            dieBefore++;
            await DisposeAsync();
            await InitializeAsync();
            await TellAsync("1", Arrest);
            await ListAsync(Added);
            (isDead, var writes) = (false, 0);
            _before = call =>
            {
                isDead |= call.IsWrite && Interlocked.Increment(ref writes) == dieBefore;
                return isDead ? throw new StorageUnavailableException(StorageProblem.Full, "dead") : Task.CompletedTask;
            };
            await Record.ExceptionAsync(() => RunAsync());
            _before = _ => Task.CompletedTask;

            await RunAsync();
            await _desk.UnderstandAsync();
            Assert.Equal(Severity.Critical, (await _desk.FlagAsync("1"))!.Severity);
            Assert.Single((await _desk.Flags.ListAsync(FlagState.New, after: null, 10, CancellationToken.None)).Flags);
            Assert.Equal(1, await MailsAsync());
            Assert.Empty(await _desk.PendingAsync());
            Assert.Equal(1, (await RunAsync(all: true))[Rematched.Unchanged]);
        }

        Assert.InRange(dieBefore, 8, 50);
    }

    [Fact]
    public async Task Two_at_once_and_intake_beside_them_come_to_one_end()
    {
        for (var i = 0; i < 10; i++)
        {
            await TellAsync($"{i}", $"{Arrest} {i}");
        }

        await ListAsync(Added);
        var intake = TellAsync("new", $"{Arrest} в Астане");
        await Task.WhenAll(RunAsync(), RunAsync(), intake);
        await _desk.UnderstandAsync();

        Assert.Equal(11, await _desk.Flags.CountAsync(FlagState.New, 100, CancellationToken.None));
        Assert.Equal(11, await MailsAsync());
        Assert.Empty(await _desk.PendingAsync());
        Assert.Equal(11, (await RunAsync(all: true))[Rematched.Unchanged]);
    }

    private Task<RematchReport> RunAsync(bool all = false, bool dryRun = false) =>
        _desk.Station.Get<Rematch>().RunAsync(new RematchScope(all, DryRun: dryRun), (_, _, _) => { }, CancellationToken.None);

    private Task ListAsync(string persons) => _desk.ReplacePersonsAsync(persons);

    private async Task TellAsync(string guid, string title)
    {
        var now = _desk.Clock.GetUtcNow();
        await _desk.VisitAsync(NewsDesk.Item(guid, title) with { Published = now });
        await _desk.UnderstandAsync();
    }

    private Task<DecisionResult> DismissAsync(string guid) => _desk.Station.Get<Decisions>().DismissAsync(NewsDesk.Key(guid), "editor", note: null, CancellationToken.None);

    private async Task<int> MailsAsync() => await CountAsync("Mails");

    private async Task<int> DigestsAsync() => await CountAsync("DigestQueue");

    private async Task<int> CountAsync(string table) => await _desk.Station.Get<ITables>().Open(table).EnumerateAllAsync(CancellationToken.None).CountAsync();
}
