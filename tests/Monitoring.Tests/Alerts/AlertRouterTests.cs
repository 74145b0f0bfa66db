using Monitoring.Alerts;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Alerts;

public sealed class AlertRouterTests : IAsyncLifetime
{
    private MailKit _kit = null!;

    public async Task InitializeAsync() => _kit = await MailKit.CreateAsync();

    public async Task DisposeAsync() => await _kit.DisposeAsync();

    [Fact]
    public async Task Each_recipient_is_told_in_their_language()
    {
        await TellAsync(People.Site(), People.Reader("recipient-1", "en"), People.Reader("recipient-2", "ru"), People.Reader("recipient-3", "kk"));

        Assert.Equal(
            ["[KZ] Blocked: Сайт from AS64500 (DNS)", "[KZ] Заблокирован: Сайт, сеть AS64500 (DNS)", "[KZ] Бұғатталған: Сайт, желі AS64500 (DNS)"],
            (await _kit.MailsAsync()).OrderBy(mail => mail.RecipientId).Select(mail => mail.Subject));
    }

    [Fact]
    public async Task The_same_event_told_again_is_one_mail_and_one_entry_of_the_digest()
    {
        await TellAsync(People.Item(), People.Reader());
        _kit.Clock.Advance(TimeSpan.FromHours(1));
        await TellAsync(People.Item(), People.Reader());

        await _kit.MailAsync();
        Assert.Single(await _kit.WaitingAsync("recipient-1"));
    }

    [Fact]
    public async Task Two_events_are_two_mails()
    {
        await TellAsync(People.Item("item.feed-1.1"), People.Reader());
        await TellAsync(People.Item("item.feed-1.2"), People.Reader());

        Assert.Equal(["item.feed-1.1", "item.feed-1.2"], (await _kit.MailsAsync()).Select(mail => mail.Tells).Order());
    }

    [Fact]
    public async Task An_old_item_is_in_the_digest_and_in_no_mail()
    {
        await TellAsync(People.Item() with { MayBeImmediate = false }, People.Reader());

        Assert.Empty(await _kit.MailsAsync());
        Assert.Single(await _kit.WaitingAsync("recipient-1"));
    }

    [Fact]
    public async Task Who_joins_later_is_told_when_it_is_told_again()
    {
        await TellAsync(People.Item(), People.Reader());

        await TellAsync(People.Item(), People.Reader(), People.Reader("recipient-2"));

        Assert.Equal(["recipient-1", "recipient-2"], (await _kit.MailsAsync()).Select(mail => mail.RecipientId).Order());
    }

    [Theory]
    [InlineData("MailList")]
    [InlineData("MailsPending")]
    public async Task What_a_crash_left_undone_is_finished_by_telling_again(string table)
    {
        _kit.Before = call => call.Table == table ? throw new SimulatedCrashException() : Task.CompletedTask;
        await Assert.ThrowsAsync<SimulatedCrashException>(() => TellAsync(People.Item(), People.Reader()));
        _kit.Before = _ => Task.CompletedTask;

        await TellAsync(People.Item(), People.Reader());

        Assert.Equal("item.feed-1.1", (await _kit.MailAsync()).Tells);
        Assert.Equal(1, await _kit.PendingAsync());
    }

    [Fact]
    public async Task A_record_comes_back_from_the_digest_queue_as_it_was_put_in()
    {
        var record = People.Item() with { Headline = "Қызметкер «ұсталды» \ud83d\ude00 <b>", Severity = Severity.Medium, At = Some.Time.AddTicks(1) };

        await _kit.QueueAsync("recipient-1", record);

        var stored = Assert.Single(await _kit.WaitingAsync("recipient-1"));
        Assert.Equal((record.Key, record.Headline, record.Severity, record.At, record.Link), (stored.Key, stored.Headline, stored.Severity, stored.At, stored.Link));
        Assert.Equal((record.Passage!.Text, record.Fact.Text), (stored.Passage!.Text, stored.Fact.Text));
        Assert.Equal(record.Passage.Marks, stored.Passage.Marks);
    }

    [Fact]
    public async Task What_a_digest_has_said_is_not_queued_again()
    {
        await TellAsync(People.Item(), People.Reader());
        await _kit.Digests.RemoveAsync("recipient-1", await _kit.Digests.ListAsync("recipient-1", DigestLane.Daily, CancellationToken.None).ToListAsync(), CancellationToken.None);

        await TellAsync(People.Item(), People.Reader());

        Assert.Empty(await _kit.WaitingAsync("recipient-1"));
    }

    [Fact]
    public async Task Mails_are_listed_newest_first_page_by_page()
    {
        foreach (var number in Enumerable.Range(1, 5))
        {
            await TellAsync(People.Item($"item.{number}"), People.Reader());
            _kit.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var (first, next) = await _kit.Outbox.ListAsync(after: null, take: 2, CancellationToken.None);
        var (rest, end) = await _kit.Outbox.ListAsync(next, take: 3, CancellationToken.None);

        Assert.Equal(["item.5", "item.4", "item.3", "item.2", "item.1"], first.Concat(rest).Select(mail => mail.Tells));
        Assert.Null(end);
    }

    private Task TellAsync(AlertRecord record, params Recipient[] recipients) => _kit.Router.TellAsync(record, recipients, CancellationToken.None);
}
