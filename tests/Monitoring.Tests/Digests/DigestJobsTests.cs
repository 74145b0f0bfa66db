using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.Digests;

/// <summary>The clock starts at 08:00 in Almaty; the reader's digest is at 09:00 there.</summary>
public sealed class DigestJobsTests : IAsyncLifetime
{
    private readonly Recipient _reader = People.Reader();

    private MailKit _kit = null!;

    public async Task InitializeAsync()
    {
        _kit = await MailKit.CreateAsync(_reader, People.Reader("recipient-2") with { Digest = null });
        Assert.Equal(new JobResult.NothingDue(), await _kit.DigestKnock.RunAsync(CancellationToken.None));
    }

    public async Task DisposeAsync() => await _kit.DisposeAsync();

    [Fact]
    public async Task The_knock_asks_for_a_digest_at_its_hour_and_not_again_when_it_is_made()
    {
        _kit.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new JobResult.Done("1 digests are due"), await _kit.DigestKnock.RunAsync(CancellationToken.None));
        await RunAsync();

        Assert.Equal(new JobResult.NothingDue(), await _kit.DigestKnock.RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_digest_says_everything_that_waited_and_empties_the_queue()
    {
        await AddAsync("item.1");
        await AddAsync("item.2");
        _kit.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new JobResult.Done("2 records"), await RunAsync());

        Assert.Equal((MailKind.Digest, "2026-11-22"), ((await _kit.MailAsync()).Kind, (await _kit.MailAsync()).Tells));
        Assert.Empty(await WaitingAsync());
    }

    [Fact]
    public async Task What_came_while_a_recipient_wanted_no_digests_is_not_said_later_and_nothing_is_asked_for_again()
    {
        await AddAsync("item.1");
        await _kit.States.StopAsync("recipient-1", MailList.Digests, _kit.Clock.GetUtcNow(), CancellationToken.None);
        _kit.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new JobResult.Done("nothing to say"), await RunAsync());
        Assert.Equal(new JobResult.NothingDue(), await _kit.DigestKnock.RunAsync(CancellationToken.None));
        Assert.Empty(await _kit.MailsAsync());

        await _kit.States.ResumeAsync("recipient-1", MailList.Digests, CancellationToken.None);
        await AddAsync("item.2");
        _kit.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(new JobResult.Done("1 records"), await RunAsync());
    }

    [Fact]
    public async Task What_was_mailed_and_nobody_reviewed_for_a_day_is_said_each_day_for_a_week_or_until_somebody_does()
    {
        const string Said = "MAILED, AND NO EDITOR HAS LOOKED FOR A DAY\n\nDetention: Мирас Кыранбеков (mailed 22 Nov 2026, 08:00 (Almaty))";
        await _kit.Router.TellAsync(People.Item(), [_reader], CancellationToken.None);
        await _kit.Router.TellAsync(People.Item("item.feed-1.2") with { Subjects = ["person-2", "Айсулу Бозторгаева"], Fact = Reason.Of("fact.mentioned", "Айсулу Бозторгаева") }, [_reader], CancellationToken.None);
        await _kit.SendAllAsync();

        var saidOn = new List<int>();
        for (var day = 22; day <= 30; day++)
        {
            _kit.Clock.Advance(day == 22 ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1));
            await RunAsync();
            await _kit.SendAllAsync();
            var text = _kit.Taken.Last(mail => mail.List == "digests").Text;
            saidOn.AddRange(text.Contains(Said, StringComparison.Ordinal) ? [day] : []);
            Assert.Equal(day == 23, text.Contains("In the news: Айсулу Бозторгаева (mailed 22 Nov 2026", StringComparison.Ordinal));

            // One of the two is judged on the second day.
            await (day == 23 ? _kit.Router.TellAsync(People.Item("item.feed-1.2") with { Review = AlertReview.Dismissed }, [_reader], CancellationToken.None) : Task.CompletedTask);
        }

        Assert.Equal([23, 24, 25, 26, 27, 28, 29], saidOn);
    }

    [Fact]
    public async Task Before_its_hour_there_is_none()
    {
        await AddAsync("item.1");
        _kit.Clock.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(new JobResult.NothingDue(), await RunAsync());

        Assert.Equal(["item.1"], await WaitingAsync());
    }

    [Fact]
    public async Task A_repeated_job_makes_no_second_digest_of_a_day()
    {
        _kit.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync();
        await AddAsync("item.1");

        Assert.Equal(new JobResult.NothingDue(), await RunAsync());

        await _kit.MailAsync();
        Assert.Equal(["item.1"], await WaitingAsync());
    }

    [Fact]
    public async Task What_comes_after_a_digest_is_said_in_the_next_one_and_an_empty_day_is_said_too()
    {
        _kit.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync();
        await AddAsync("item.1");
        _kit.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync();
        _kit.Clock.Advance(TimeSpan.FromDays(1));
        await RunAsync();

        Assert.Equal(
            [
                "Press freedom – 24 Nov: 0 urgent, 0 new, 0 site changes",
                "Press freedom – 23 Nov: 1 urgent, 0 new, 0 site changes",
                "Press freedom – 22 Nov: 0 urgent, 0 new, 0 site changes",
            ],
            (await _kit.MailsAsync()).Select(mail => mail.Subject));
    }

    [Fact]
    public async Task After_days_of_silence_one_digest_says_everything()
    {
        await AddAsync("item.1");
        _kit.Clock.Advance(TimeSpan.FromDays(5) + TimeSpan.FromHours(3));

        await RunAsync();

        Assert.Equal(("2026-11-27", "Press freedom – 27 Nov: 1 urgent, 0 new, 0 site changes"), ((await _kit.MailAsync()).Tells, (await _kit.MailAsync()).Subject));
    }

    [Theory]
    [InlineData("Mails", "AddAsync")]
    [InlineData("MailsPending", "PutAsync")]
    [InlineData("DigestQueue", "BatchAsync")]
    [InlineData("DigestStates", "ReplaceAsync")]
    public async Task A_crash_anywhere_loses_nothing_and_tells_nothing_twice(string table, string method)
    {
        await AddAsync("item.1");
        _kit.Clock.Advance(TimeSpan.FromHours(1));
        _kit.Before = call => call.Table == table && call.Method == method ? throw new SimulatedCrashException() : Task.CompletedTask;
        await Assert.ThrowsAsync<SimulatedCrashException>(RunAsync);
        _kit.Before = _ => Task.CompletedTask;

        // Something new comes before the job is run again: the plan of the first run stands, the new one waits.
        await AddAsync("item.2");
        await RunAsync();

        Assert.Equal("Press freedom – 22 Nov: 1 urgent, 0 new, 0 site changes", (await _kit.MailAsync()).Subject);
        Assert.Equal(["item.2"], await WaitingAsync());
    }

    [Fact]
    public async Task A_record_that_comes_while_a_digest_is_made_waits_for_the_next()
    {
        await AddAsync("item.1");
        _kit.Clock.Advance(TimeSpan.FromHours(1));
        _kit.Before = async call =>
        {
            if (call is { Table: "Mails", Method: "AddAsync" })
            {
                _kit.Before = _ => Task.CompletedTask;
                await AddAsync("item.2");
            }
        };

        await RunAsync();

        Assert.Equal(["item.2"], await WaitingAsync());
    }

    [Fact]
    public async Task More_records_than_fit_a_batch_are_all_said_and_removed()
    {
        foreach (var number in Enumerable.Range(1, 250))
        {
            await AddAsync($"item.{number}");
        }

        _kit.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new JobResult.Done("250 records"), await RunAsync());
        Assert.Empty(await WaitingAsync());
    }

    [Theory]
    [InlineData("recipient-2")] // wants no digest
    [InlineData("recipient-9")] // is not on the list
    public async Task Who_gets_no_digest_is_passed_over(string recipient)
    {
        _kit.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(new JobResult.NothingDue(), await _kit.DigestJob.RunAsync(recipient, CancellationToken.None));
    }

    private Task<JobResult> RunAsync() => _kit.DigestJob.RunAsync(_reader.Id, CancellationToken.None);

    private Task AddAsync(string key) => _kit.QueueAsync(_reader.Id, People.Item(key));

    private async Task<IReadOnlyList<string>> WaitingAsync() => [.. (await _kit.WaitingAsync(_reader.Id)).Select(record => record.Key)];
}
