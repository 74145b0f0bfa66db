using Microsoft.Extensions.DependencyInjection;
using Monitoring.Alerts.Delivery;
using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.Items;

public sealed class UnderstandJobTests : IAsyncLifetime
{
    private const string Arrest = "Мирас Кыранбеков задержан";

    private Func<TableCall, Task> _before = _ => Task.CompletedTask;
    private NewsDesk _desk = null!;

    public async Task InitializeAsync() => _desk = await NewsDesk.OpenAsync(call => _before(call));

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task An_item_that_names_somebody_and_an_act_is_flagged_and_mailed()
    {
        await _desk.VisitAsync(News("1", Arrest));

        Assert.Equal(new JobResult.Done("1 items understood, 1 flagged"), await _desk.UnderstandAsync());

        var flag = (await _desk.FlagAsync("1"))!;
        Assert.Equal((FlagState.New, Severity.Critical, Arrest, "Жаңалық"), (flag.State, flag.Severity, flag.Title, flag.Outlet));
        Assert.Equal(["person-1", "topic-1", "DETENTION"], flag.Subjects.Select(subject => subject.Id));
        Assert.StartsWith("[KZ] Short detention: Мирас Кыранбеков", Assert.Single(await MailsAsync()).Subject, StringComparison.Ordinal);
        Assert.Empty(await _desk.PendingAsync());
        Assert.Equal(flag.UnderstoodBy, (await _desk.GetAsync("1"))!.UnderstoodBy);
    }

    [Fact]
    public async Task An_item_about_nobody_is_understood_and_not_flagged()
    {
        await _desk.VisitAsync(News("1", "Погода на завтра"));

        Assert.Equal(new JobResult.Done("1 items understood, 0 flagged"), await _desk.UnderstandAsync());
        Assert.Null(await _desk.FlagAsync("1"));
        Assert.Empty(await _desk.PendingAsync());
    }

    [Fact]
    public async Task Without_items_waiting_nothing_is_due() => Assert.Equal(new JobResult.NothingDue(), await _desk.UnderstandAsync());

    [Fact]
    public async Task Understanding_an_item_again_makes_no_second_flag_and_no_second_mail()
    {
        await _desk.VisitAsync(News("1", Arrest));
        await _desk.UnderstandAsync();
        await _desk.Items.AddPendingAsync([NewsDesk.Key("1")], CancellationToken.None);

        await _desk.UnderstandAsync();

        Assert.Single(await MailsAsync());
        Assert.Single((await _desk.Flags.ListAsync(FlagState.New, after: null, 10, CancellationToken.None)).Flags);
    }

    [Fact]
    public async Task One_item_that_cannot_be_understood_does_not_stop_the_others_and_goes_on_waiting()
    {
        await _desk.VisitAsync(News("1", Arrest), News("2", Arrest), News("3", Arrest));
        _before = call => call.Table == "Mentions" && call.Partition == NewsDesk.Key("2").ToString() ? throw new InvalidOperationException("odd") : Task.CompletedTask;

        var failure = await Assert.ThrowsAsync<ItemsFailedException>(() => _desk.UnderstandAsync());

        Assert.Equal("1 items could not be understood.", failure.Message);
        Assert.Equal([NewsDesk.Key("2")], await _desk.PendingAsync());
        _before = _ => Task.CompletedTask;
        Assert.Equal(new JobResult.Done("1 items understood, 1 flagged"), await _desk.UnderstandAsync());
    }

    [Fact]
    public async Task A_version_that_comes_while_the_old_one_is_understood_goes_on_waiting()
    {
        await _desk.VisitAsync(News("1", "Погода на завтра"));
        _before = async call =>
        {
            if (call is { Table: "Pending", Method: nameof(IEntityTable.DeleteAsync) })
            {
                _before = _ => Task.CompletedTask;
                await _desk.VisitAsync(News("1", Arrest));
            }
        };

        await _desk.UnderstandAsync();

        Assert.Equal([NewsDesk.Key("1")], await _desk.PendingAsync());
        await _desk.UnderstandAsync();
        Assert.Equal(Severity.Critical, (await _desk.FlagAsync("1"))!.Severity);
    }

    [Fact]
    public async Task An_item_that_is_gone_no_longer_waits()
    {
        await _desk.Items.AddPendingAsync([NewsDesk.Key("1")], CancellationToken.None);

        await _desk.UnderstandAsync();

        Assert.Empty(await _desk.PendingAsync());
    }

    [Theory]
    [InlineData(true, -1, "reason.baseline")]
    [InlineData(false, null, "reason.undated")]
    [InlineData(false, -73, "reason.old")]
    [InlineData(false, -72, null)]
    [InlineData(false, 5, null)] // a date in the future is now
    public async Task Old_news_is_flagged_but_not_mailed_at_once(bool isBaseline, int? hours, string? reason)
    {
        var published = hours is { } h ? _desk.Clock.GetUtcNow().AddHours(h) : (DateTimeOffset?)null;
        await _desk.VisitAsync(isBaseline, NewsDesk.Item("1", Arrest) with { Published = published });

        await _desk.UnderstandAsync();

        var why = (await _desk.FlagAsync("1"))!.Reasons.Select(given => given.Text).Where(code => code is "reason.baseline" or "reason.undated" or "reason.old").SingleOrDefault();
        Assert.Equal((reason, reason is null ? 1 : 0), (why, (await MailsAsync()).Count));
    }

    [Fact]
    public async Task A_decision_stays_when_the_text_changes_without_saying_more()
    {
        await DecideAsync(Arrest);

        await _desk.VisitAsync(News("1", Arrest, "Исправлена опечатка."));
        await _desk.UnderstandAsync();

        var flag = (await _desk.FlagAsync("1"))!;
        Assert.Equal((FlagState.Dismissed, "editor", "why"), (flag.State, flag.DecidedBy, flag.Note));
    }

    [Fact]
    public async Task A_decision_is_asked_for_again_when_the_text_says_more()
    {
        await DecideAsync("Мирас Кыранбеков дал интервью");

        await _desk.VisitAsync(News("1", Arrest));
        await _desk.UnderstandAsync();

        var flag = (await _desk.FlagAsync("1"))!;
        Assert.Equal((FlagState.New, null, Severity.Critical, true), (flag.State, flag.DecidedBy, flag.Severity, flag.Reasons.Any(reason => reason.Text == "reason.reopened")));
        Assert.Empty((await _desk.Flags.ListAsync(FlagState.Dismissed, after: null, 10, CancellationToken.None)).Flags);
    }

    [Fact]
    public async Task The_sweep_asks_once_for_every_source_that_has_items_waiting()
    {
        await _desk.Items.AddPendingAsync([new("feed-2", "a"), new("feed-1", "a"), new("feed-1", "b")], CancellationToken.None);
        var sweep = _desk.Station.Services.GetServices<IKnock>().OfType<HousekeepingKnock>().Single();

        Assert.Equal(new JobResult.Done("2 sources had items waiting"), await sweep.RunAsync(CancellationToken.None));

        var work = await _desk.Station.Get<IWorkQueue>().ReceiveAsync(UnderstandJob.WorkKind, 10, TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Equal(["feed-1", "feed-2"], work.Select(received => Assert.IsType<WorkItemReading.Read>(WorkItem.Read(received.Body)).Item.Subject).Order());
    }

    private IncomingItem News(string guid, string title, string text = "") => NewsDesk.Item(guid, title, text) with { Published = _desk.Clock.GetUtcNow() };

    private async Task<IReadOnlyList<Mail>> MailsAsync() => (await _desk.Station.Get<Outbox>().ListAsync(after: null, take: 100, CancellationToken.None)).Mails;

    private async Task DecideAsync(string title)
    {
        await _desk.VisitAsync(News("1", title));
        await _desk.UnderstandAsync();
        var flag = (await _desk.FlagAsync("1"))!;
        await _desk.Flags.SaveAsync(flag with { State = FlagState.Dismissed, DecidedBy = "editor", DecidedAt = _desk.Clock.GetUtcNow(), Note = "why" }, flag, CancellationToken.None);
    }
}
