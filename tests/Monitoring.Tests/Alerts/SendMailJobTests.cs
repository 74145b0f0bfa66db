using Monitoring.Alerts.Delivery;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.Alerts;

public sealed class SendMailJobTests : IAsyncLifetime
{
    private MailKit _kit = null!;

    public async Task InitializeAsync()
    {
        _kit = await MailKit.CreateAsync(People.Reader());
        await _kit.Router.TellAsync(People.Item(), [People.Reader()], CancellationToken.None);
    }

    public async Task DisposeAsync() => await _kit.DisposeAsync();

    [Fact]
    public async Task A_mail_is_sent_and_noted_as_sent()
    {
        Assert.Equal(new JobResult.Done("sent"), await _kit.SendAsync());

        var mail = await _kit.MailAsync();
        Assert.Equal((MailState.Sent, 1, null), (mail.State, mail.Attempts, mail.Reason));
        Assert.Equal(0, await _kit.PendingAsync());
    }

    [Fact]
    public async Task The_transport_gets_addresses_subject_both_parts_and_our_id()
    {
        await _kit.SendAsync();

        var (sent, mail) = (Assert.Single(_kit.Taken), await _kit.MailAsync());
        Assert.Equal((mail.MailId, "monitoring@localhost.localdomain", "Monitoring"), (sent.Id, sent.From, sent.FromName));
        Assert.Equal(("recipient-1@example.org", "Reader", "en"), (sent.To, sent.ToName, sent.Language));
        Assert.Equal("[KZ] Detention: Мирас Кыранбеков (not yet reviewed)", sent.Subject);
        Assert.StartsWith("Not yet reviewed:", sent.Text, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", sent.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_job_sends_nothing_more()
    {
        await _kit.SendAsync();

        Assert.Equal(new JobResult.NothingDue(), await _kit.SendAsync());

        Assert.Single(_kit.Taken);
    }

    [Fact]
    public async Task Telling_again_after_it_was_sent_sends_nothing_more()
    {
        await _kit.SendAsync();
        await _kit.Router.TellAsync(People.Item(), [People.Reader()], CancellationToken.None);

        await _kit.SendAsync();

        Assert.Single(_kit.Taken);
        Assert.Equal(0, await _kit.PendingAsync());
    }

    [Fact]
    public async Task While_one_worker_sends_another_waits()
    {
        await _kit.Outbox.SaveAsync(await _kit.MailAsync() with { State = MailState.Sending, Attempts = 1 }, CancellationToken.None);
        _kit.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(new JobResult.NotNow(TimeSpan.FromMinutes(3)), await _kit.SendAsync());

        Assert.Empty(_kit.Taken);
    }

    [Fact]
    public async Task What_a_dead_worker_left_is_sent_again_under_the_same_id()
    {
        await _kit.Outbox.SaveAsync(await _kit.MailAsync() with { State = MailState.Sending, Attempts = 1 }, CancellationToken.None);
        _kit.Clock.Advance(TimeSpan.FromMinutes(5));

        await _kit.SendAsync();

        Assert.Equal((await _kit.MailAsync()).MailId, Assert.Single(_kit.Taken).Id);
        Assert.Equal(2, (await _kit.MailAsync()).Attempts);
    }

    [Fact]
    public async Task Of_two_workers_at_once_one_sends()
    {
        _kit.Before = async call =>
        {
            if (call is { Table: "Mails", Method: "ReplaceAsync" })
            {
                _kit.Before = _ => Task.CompletedTask;
                await _kit.SendAsync();
            }
        };

        Assert.Equal(new JobResult.NothingDue(), await _kit.SendAsync());

        Assert.Single(_kit.Taken);
        Assert.Equal(MailState.Sent, (await _kit.MailAsync()).State);
    }

    [Fact]
    public async Task A_failing_transport_is_tried_again_after_growing_pauses_and_at_last_given_up_visibly()
    {
        _kit.Answer = _ => new DeliveryResult.Failed("the pickup folder cannot be written");
        var pauses = new List<double>();
        while (await _kit.SendAsync() is JobResult.NotNow wait)
        {
            pauses.Add(wait.After.TotalMinutes);
            Assert.Equal((MailState.Pending, 1), ((await _kit.MailAsync()).State, await _kit.PendingAsync()));
            _kit.Clock.Advance(wait.After);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60], pauses);
        var mail = await _kit.MailAsync();
        Assert.Equal((MailState.Failed, 12, "the pickup folder cannot be written", 0), (mail.State, mail.Attempts, mail.Reason, await _kit.PendingAsync()));
    }

    [Fact]
    public async Task A_refused_mail_has_failed_at_once()
    {
        _kit.Answer = _ => new DeliveryResult.Refused("no such address");

        Assert.Equal(new JobResult.Done("failed"), await _kit.SendAsync());

        var mail = await _kit.MailAsync();
        Assert.Equal((MailState.Failed, 1, "no such address", 0), (mail.State, mail.Attempts, mail.Reason, await _kit.PendingAsync()));
    }

    [Fact]
    public async Task A_success_after_failures_leaves_no_reason()
    {
        _kit.Answer = _ => new DeliveryResult.Failed("later");
        await _kit.SendAsync();
        _kit.Clock.Advance(TimeSpan.FromMinutes(1));
        _kit.Answer = _ => new DeliveryResult.Sent();
        await _kit.SendAsync();

        var mail = await _kit.MailAsync();
        Assert.Equal((MailState.Sent, 2, null), (mail.State, mail.Attempts, mail.Reason));
    }

    [Fact]
    public async Task A_recipient_who_was_retired_gets_nothing_more()
    {
        await using var kit = await MailKit.CreateAsync();
        await kit.Router.TellAsync(People.Item(), [People.Reader()], CancellationToken.None);

        await kit.SendAsync();

        Assert.Empty(kit.Taken);
        Assert.Equal((MailState.Failed, "the recipient was retired"), ((await kit.MailAsync()).State, (await kit.MailAsync()).Reason));
    }

    [Theory]
    [InlineData("recipient-1.nothing")]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("../etc.passwd")]
    [InlineData("")]
    public async Task A_work_item_that_names_no_mail_is_nothing(string subject)
    {
        Assert.Equal(new JobResult.NothingDue(), await _kit.Job.RunAsync(subject, CancellationToken.None));
    }

    [Fact]
    public async Task A_fresh_mail_is_not_asked_for_again_and_a_forgotten_one_is()
    {
        Assert.Equal(new JobResult.NothingDue(), await _kit.Knock.RunAsync(CancellationToken.None));
        _kit.Clock.Advance(TimeSpan.FromMinutes(7));

        Assert.Equal(new JobResult.Done("1 mails asked for again"), await _kit.Knock.RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_pending_row_left_by_a_crash_after_sending_is_removed_without_sending()
    {
        await _kit.Outbox.SaveAsync(await _kit.MailAsync() with { State = MailState.Sent }, CancellationToken.None);

        await _kit.SendAsync();

        Assert.Empty(_kit.Taken);
        Assert.Equal(0, await _kit.PendingAsync());
    }
}
