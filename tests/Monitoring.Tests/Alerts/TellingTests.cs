using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.Alerts;

/// <summary>What one recipient hears of a story as it goes on. The clock starts at 08:00 in Almaty, where the reader is.</summary>
public sealed class TellingTests : IAsyncLifetime
{
    private static readonly string[] Arrest = ["who:person-1", "act:detention", "level:Critical"];

    private Recipient _reader = People.Reader();
    private MailKit _kit = null!;

    public async Task InitializeAsync() => _kit = await MailKit.CreateAsync(_reader, People.Reader("recipient-2"));

    public async Task DisposeAsync() => await _kit.DisposeAsync();

    [Fact]
    public async Task Of_ten_copies_of_one_story_one_is_mailed_and_one_stands_in_the_digest()
    {
        for (var copy = 1; copy <= 10; copy++)
        {
            await TellAsync(Item(copy));
        }

        Assert.Equal(["item.feed-1.1"], await MailedAsync());
        Assert.Single(await _kit.WaitingAsync("recipient-1"));
    }

    [Fact]
    public async Task What_says_more_is_an_update_in_the_thread_of_the_first_mail()
    {
        await TellAsync(Item(1));
        await _kit.SendAllAsync();
        _kit.Clock.Advance(TimeSpan.FromMinutes(5));

        await TellAsync(Item(2) with { Facts = [.. Arrest, "act:search"] });

        var (first, update) = ((await _kit.MailsAsync())[^1], (await _kit.MailsAsync())[0]);
        Assert.Equal(("[KZ] Update: Detention: Мирас Кыранбеков (not yet reviewed)", first.MailId), (update.Subject, update.InReplyTo));
        await _kit.SendAllAsync();
        Assert.Equal((null, first.MailId), (_kit.Taken[0].InReplyTo, _kit.Taken[1].InReplyTo));
    }

    [Fact]
    public async Task Told_once_more_after_it_grew_nothing_more_is_said()
    {
        await TellAsync(Item(1));
        await TellAsync(Item(1) with { Facts = [.. Arrest, "act:search"] });
        await TellAsync(Item(1) with { Facts = [.. Arrest, "act:search"] });
        await TellAsync(Item(1));

        Assert.Equal(["item.feed-1.1", "item.feed-1.1~1"], (await MailedAsync()).Take(2));
    }

    [Fact]
    public async Task What_was_old_and_becomes_news_is_mailed_once()
    {
        await TellAsync(Item(1) with { MayBeImmediate = false });
        Assert.Empty(await MailedAsync());

        await TellAsync(Item(1));
        await TellAsync(Item(1));

        Assert.Single(await MailedAsync());
    }

    [Fact]
    public async Task A_dismissal_is_told_to_exactly_those_who_were_mailed()
    {
        var quiet = People.Reader("recipient-2") with { AtOnce = null };
        await TellAsync(Item(1), _reader, quiet);
        await _kit.SendAllAsync();

        await TellAsync(Item(1) with { Review = AlertReview.Dismissed }, _reader, quiet);
        await TellAsync(Item(1) with { Review = AlertReview.Dismissed }, _reader, quiet);
        await _kit.SendAllAsync();

        var correction = _kit.Taken[1];
        Assert.Equal(("recipient-1@example.org", "[KZ] Correction, dismissed: Detention: Мирас Кыранбеков", _kit.Taken[0].Id), (correction.To, correction.Subject, correction.InReplyTo));
        Assert.StartsWith("Correction: an editor looked at what we told you and dismissed it.", correction.Text, StringComparison.Ordinal);
        Assert.Equal(2, _kit.Taken.Count);
    }

    [Fact]
    public async Task What_was_dismissed_before_it_was_sent_is_not_sent_and_not_corrected()
    {
        await TellAsync(Item(1));

        await TellAsync(Item(1) with { Review = AlertReview.Dismissed });
        await _kit.SendAllAsync();

        Assert.Empty(_kit.Taken);
        Assert.Equal(MailState.Withdrawn, (await _kit.MailAsync()).State);
    }

    [Fact]
    public async Task What_was_dismissed_before_it_was_sent_and_holds_after_all_is_mailed_as_news()
    {
        foreach (var review in (AlertReview[])[AlertReview.Unreviewed, AlertReview.Dismissed, AlertReview.Unreviewed])
        {
            await TellAsync(Item(1) with { Review = review });
        }

        await _kit.SendAllAsync();

        Assert.Equal("[KZ] Detention: Мирас Кыранбеков (not yet reviewed)", Assert.Single(_kit.Taken).Subject);
    }

    [Fact]
    public async Task A_dismissal_taken_back_is_told_and_so_is_a_confirmation_taken_back_and_a_withdrawal()
    {
        AlertReview[] course = [AlertReview.Unreviewed, AlertReview.Dismissed, AlertReview.Unreviewed, AlertReview.Confirmed, AlertReview.Unreviewed, AlertReview.Withdrawn];
        foreach (var review in course)
        {
            await TellAsync(Item(1) with { Review = review });
            await _kit.SendAllAsync();
        }

        Assert.Equal(
            [
                "[KZ] Detention: Мирас Кыранбеков (not yet reviewed)",
                "[KZ] Correction, dismissed: Detention: Мирас Кыранбеков",
                "[KZ] Holds after all: Detention: Мирас Кыранбеков (not yet reviewed)",
                "[KZ] Correction, not confirmed any more: Detention: Мирас Кыранбеков (not yet reviewed)",
                "[KZ] Correction, withdrawn: Detention: Мирас Кыранбеков",
            ],
            _kit.Taken.Select(mail => mail.Subject));
    }

    [Fact]
    public async Task What_the_source_no_longer_says_is_corrected()
    {
        await TellAsync(Item(1) with { Facts = [.. Arrest, "who:person-2"] });
        await _kit.SendAllAsync();

        await TellAsync(Item(1));
        await TellAsync(Item(1));
        await _kit.SendAllAsync();

        Assert.Equal(["[KZ] Correction: Detention: Мирас Кыранбеков (not yet reviewed)"], _kit.Taken.Skip(1).Select(mail => mail.Subject));
    }

    [Fact]
    public async Task Who_waits_for_review_is_mailed_when_it_is_confirmed()
    {
        _reader = _reader with { AtOnce = null, Rules = [new TellingRule { When = TellingTime.Reviewed, Severity = Severity.High }] };
        await TellAsync(Item(1));
        Assert.Empty(await MailedAsync());

        await TellAsync(Item(1) with { Review = AlertReview.Confirmed });
        await TellAsync(Item(2) with { Review = AlertReview.Confirmed });

        Assert.Equal("[KZ] Confirmed: Detention: Мирас Кыранбеков", (await _kit.MailAsync()).Subject);
    }

    [Fact]
    public async Task Of_what_is_known_for_long_only_corrections_are_told()
    {
        await TellAsync(Item(1));
        await _kit.SendAllAsync();

        await _kit.Router.TellAsync(Item(2) with { Facts = [.. Arrest, "act:search"] }, [_reader], CancellationToken.None, isNews: false);
        await _kit.Router.TellAsync(Item(1) with { Review = AlertReview.Dismissed }, [_reader], CancellationToken.None, isNews: false);

        Assert.Equal(["item.feed-1.1", "item.feed-1.1~1"], await MailedAsync());
    }

    [Fact]
    public async Task What_is_muted_is_told_no_more_but_corrected()
    {
        await TellAsync(Item(1));
        await _kit.SendAllAsync();
        await _kit.States.MuteAsync("recipient-1", "story.1", _kit.Clock.GetUtcNow(), CancellationToken.None);

        await TellAsync(Item(2) with { Facts = [.. Arrest, "act:search"] });
        await TellAsync(Item(1) with { Review = AlertReview.Dismissed });

        Assert.Equal(["item.feed-1.1", "item.feed-1.1~1"], await MailedAsync());
    }

    [Fact]
    public async Task Who_wants_no_mails_at_once_finds_it_in_the_digest()
    {
        await _kit.States.StopAsync("recipient-1", MailList.Alerts, _kit.Clock.GetUtcNow(), CancellationToken.None);

        await TellAsync(Item(1));

        Assert.Empty(await MailedAsync());
        Assert.Single(await _kit.WaitingAsync("recipient-1"));
    }

    [Theory]
    [InlineData(Severity.High, 2)] // 08:00 in Almaty; quiet until ten
    [InlineData(Severity.Critical, null)]
    public async Task In_quiet_hours_a_mail_waits_for_their_end_unless_it_is_critical(Severity severity, int? hours)
    {
        _reader = _reader with { Quiet = new QuietHours(new TimeOnly(22, 0), new TimeOnly(10, 0)) };
        await TellAsync(Item(1) with { Severity = severity });

        Assert.Equal(hours is null ? new JobResult.Done("sent") : new JobResult.NotNow(TimeSpan.FromHours(hours.Value)), await _kit.SendAsync());

        _kit.Clock.Advance(TimeSpan.FromHours(hours ?? 0));
        await _kit.SendAsync();
        Assert.Single(_kit.Taken);
    }

    [Fact]
    public async Task Ten_thousand_hits_in_a_minute_are_a_few_mails_and_one_that_sums_up_all_others()
    {
        for (var hit = 1; hit <= 10_000; hit++)
        {
            await TellAsync(Item(hit) with { Matter = $"story.{hit}", Mute = $"story.{hit}", Headline = $"Hit {hit}" });
        }

        Assert.Equal(_kit.Options.MostPerHour, (await MailedAsync()).Count);
        Assert.Equal(new JobResult.NotNow(TimeSpan.FromMinutes(10)), await SumUpAsync());
        _kit.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(new JobResult.Done("9980 records"), await SumUpAsync());
        Assert.Equal(new JobResult.NothingDue(), await SumUpAsync());

        await _kit.SendAllAsync();
        Assert.Equal(21, _kit.Taken.Count);
        var summary = _kit.Taken.Single(mail => mail.Subject == "9980 alerts in one mail");
        Assert.Equal(9_980, summary.Text.Split("Detention: Мирас Кыранбеков").Length - 1);
    }

    [Fact]
    public async Task After_a_storm_the_next_part_is_summed_up_an_hour_later()
    {
        _reader = _reader with { MostPerHour = 1 };
        await StoryAsync(1);
        await StoryAsync(2);
        _kit.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(new JobResult.Done("1 records"), await SumUpAsync());
        await StoryAsync(3);

        Assert.Equal(new JobResult.NotNow(TimeSpan.FromHours(1)), await SumUpAsync());
        _kit.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new JobResult.Done("1 records"), await SumUpAsync());
        await StoryAsync(4);
        Assert.Equal(4, (await _kit.MailsAsync()).Count);
    }

    private static AlertRecord Item(int number) => People.Item($"item.feed-1.{number}") with { Matter = "story.1", Mute = "story.1", Facts = Arrest };

    private Task StoryAsync(int number) => TellAsync(Item(number) with { Matter = $"story.{number}" });

    private Task<JobResult> SumUpAsync() => _kit.DigestJob.RunAsync("recipient-1.summary", CancellationToken.None);

    private Task TellAsync(AlertRecord record) => TellAsync(record, _reader);

    private Task TellAsync(AlertRecord record, params Recipient[] recipients) => _kit.Router.TellAsync(record, recipients, CancellationToken.None);

    /// <summary>What mails tell, in the order of their keys.</summary>
    private async Task<IReadOnlyList<string>> MailedAsync() => [.. (await _kit.MailsAsync()).Select(mail => mail.Tells).Order(StringComparer.Ordinal)];
}
