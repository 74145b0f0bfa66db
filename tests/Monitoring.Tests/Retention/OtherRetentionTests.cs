using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Availability;
using Monitoring.Blocking;
using Monitoring.Digests;
using Monitoring.Evidence;
using Monitoring.Feeds;
using Monitoring.Fetching;
using Monitoring.Retention;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.Retention;

/// <summary>Everything but items.</summary>
public sealed class OtherRetentionTests
{
    private const string Sites = """
        sites: [{ id: site-1, name: Сайт, url: "https://site.kz/" }]
        vantages: [{ id: vantage-0, name: direct, via: direct }, { id: vantage-1, name: proxy, via: proxy, proxy: "http://127.0.0.1:1" }]
        """;

    [Fact]
    public async Task A_capture_goes_30_days_after_the_last_item_that_named_it_and_its_body_with_it()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(KeptNews.Weather());
        news.Days(181);
        await news.RetainAsync();
        news.Days(29);
        Assert.DoesNotContain("Captures", await news.RetainAsync(), StringComparison.Ordinal);
        news.Days(1);

        var dry = await news.RetainAsync(dryRun: true);

        Assert.StartsWith("1 Captures, 1 CaptureBodies (", dry, StringComparison.Ordinal);
        Assert.Equal(dry, await news.RetainAsync());
        Assert.Equal((0, 0), (await news.CountAsync("Captures"), await news.Blobs.ListAsync("captures/", CancellationToken.None).CountAsync()));
    }

    [Fact]
    public async Task Captures_of_kept_items_stay_also_those_of_earlier_texts()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(news.Arrest());
        await news.ConfirmAsync("1");
        await news.VisitAsync(("1", $"{KeptNews.Person} на свободе", news.Clock.GetUtcNow()));
        Assert.Equal(2, await news.CountAsync("Captures"));
        news.Days(100);
        await news.RetainAsync();
        news.Days(100);

        Assert.DoesNotContain("Capture", await news.RetainAsync(), StringComparison.Ordinal);
        Assert.Equal(2, await news.Blobs.ListAsync("captures/", CancellationToken.None).CountAsync());
    }

    [Fact]
    public async Task A_body_that_another_capture_needs_stays()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(KeptNews.Weather());
        var captures = news.Station.Get<CaptureStore>();
        var old = await captures.ListAsync(KeptNews.Feed, 10, CancellationToken.None).SingleAsync();
        await using (var body = (await captures.OpenBodyAsync(old, CancellationToken.None))!)
        {
            using var bytes = new MemoryStream();
            await body.CopyToAsync(bytes);
            await captures.AddAsync("site-1", Exchange(news.Clock.GetUtcNow(), bytes.ToArray()), keepBody: true, CancellationToken.None);
        }

        news.Days(181);
        await news.RetainAsync();
        news.Days(31);

        Assert.Equal("1 Captures", await news.RetainAsync(dryRun: true));
        Assert.Equal("1 Captures", await news.RetainAsync());
        var other = await captures.ListAsync("site-1", 10, CancellationToken.None).SingleAsync();
        Assert.NotNull(await captures.OpenBodyAsync(other, CancellationToken.None));
    }

    [Fact]
    public async Task A_body_that_is_captured_again_while_it_goes_is_there_afterwards()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(KeptNews.Weather());
        var captures = news.Station.Get<CaptureStore>();
        var old = await captures.ListAsync(KeptNews.Feed, 10, CancellationToken.None).SingleAsync();
        using var bytes = new MemoryStream();
        await (await captures.OpenBodyAsync(old, CancellationToken.None))!.CopyToAsync(bytes);
        news.Days(181);
        await news.RetainAsync();
        news.Days(31);
        news.Before = async call =>
        {
            if (call is { Table: "Captures", Method: "BatchAsync" })
            {
                news.Before = _ => Task.CompletedTask;
                await captures.AddAsync("site-1", Exchange(news.Clock.GetUtcNow(), bytes.ToArray()), keepBody: true, CancellationToken.None);
            }
        };

        await news.RetainAsync();

        var other = await captures.ListAsync("site-1", 10, CancellationToken.None).SingleAsync();
        Assert.NotNull(await captures.OpenBodyAsync(other, CancellationToken.None));
    }

    [Fact]
    public async Task Good_measurements_go_after_30_days_others_after_two_years_evidence_never()
    {
        await using var news = await KeptNews.StartAsync(more: Sites);
        var start = news.Clock.GetUtcNow();
        var good = await MeasureAsync(news, start, "reachable");
        var bad = await MeasureAsync(news, start.AddMinutes(5), "blocked.dns_nxdomain");
        var evidence = await MeasureAsync(news, start.AddMinutes(10), "blocked.dns_nxdomain");
        var unknown = await news.Station.Get<MeasurementStore>().AddAsync(Some.Measurement() with { Started = start.AddMinutes(15) }, CancellationToken.None);
        await news.Station.Get<EpisodeStore>().PutAsync(
            new Episode { SiteId = "site-1", VantageId = "vantage-1", Opened = start, Closed = start.AddHours(1), Verdict = EpisodeWalk.VerdictOf('d'), Grade = Grade.Likely, Evidence = [evidence] },
            CancellationToken.None);

        news.Days(31);
        Assert.StartsWith("1 GoodMeasurements (", await news.RetainAsync(dryRun: true), StringComparison.Ordinal);
        Assert.StartsWith("1 GoodMeasurements (", await news.RetainAsync(), StringComparison.Ordinal);
        Assert.Equal([bad, evidence, unknown], await NamesAsync(news));
        news.Days(700);
        Assert.StartsWith("2 OtherMeasurements (", await news.RetainAsync(), StringComparison.Ordinal);

        Assert.Equal([evidence], await NamesAsync(news));
        Assert.DoesNotContain(good, await NamesAsync(news));
    }

    [Fact]
    public async Task Facts_of_checks_go_by_whole_hours_after_three_years()
    {
        await using var news = await KeptNews.StartAsync(more: Sites);
        var start = news.Clock.GetUtcNow();
        for (var hour = 0; hour < 150; hour++)
        {
            await news.Station.Get<CheckHistory>().AddAsync("site-1", "vantage-1", new CheckFact(start.AddHours(hour), "reachable", 100), CancellationToken.None);
        }

        news.Clock.Advance(TimeSpan.FromDays(1100) + TimeSpan.FromHours(120));

        Assert.Equal("120 CheckHours, 0 left", $"{await news.RetainAsync(dryRun: true)}, {150 - await news.CountAsync("CheckHours")} left");
        Assert.Equal("120 CheckHours", await news.RetainAsync());
        Assert.Equal(30, await news.CountAsync("CheckHours"));
    }

    [Fact]
    public async Task What_a_mail_said_goes_after_400_days_and_it_is_never_told_again()
    {
        await using var news = await KeptNews.StartAsync();
        var recipient = People.Reader("reader-1");
        var router = news.Station.Get<AlertRouter>();
        var outbox = news.Station.Get<Outbox>();
        await router.TellAsync(People.Item(), [recipient], CancellationToken.None);
        var mail = Assert.Single((await outbox.ListAsync(null, 10, CancellationToken.None)).Mails);
        await news.Station.Get<IEnumerable<IWorkJob>>().OfType<SendMailJob>().Single().RunAsync(mail.Key, CancellationToken.None);
        news.Days(399);
        Assert.Equal("nothing to remove", await news.RetainAsync());
        news.Days(1);

        Assert.StartsWith("1 Mails (", await news.RetainAsync(dryRun: true), StringComparison.Ordinal);
        Assert.StartsWith("1 Mails (", await news.RetainAsync(), StringComparison.Ordinal);
        await router.TellAsync(People.Item(), [recipient], CancellationToken.None);

        var left = (await outbox.GetAsync(mail.Key, CancellationToken.None))!;
        Assert.Equal((MailState.Sent, ""), (left.State, left.Subject));
        Assert.Null(await outbox.GetContentAsync(left, CancellationToken.None));
        Assert.Empty((await outbox.ListAsync(null, 10, CancellationToken.None)).Mails);
        Assert.Equal(0, await news.CountAsync("MailsPending"));
        Assert.Equal("nothing to remove", await news.RetainAsync());
        Assert.Equal(0, await news.CountAsync("MailsUnreviewed"));
    }

    [Fact]
    public async Task A_mail_that_still_waits_to_be_sent_is_not_touched()
    {
        await using var news = await KeptNews.StartAsync();
        await news.Station.Get<AlertRouter>().TellAsync(People.Item(), [People.Reader("reader-1")], CancellationToken.None);
        news.Days(1000);

        Assert.Equal("nothing to remove", await news.RetainAsync());
    }

    [Fact]
    public async Task Drafts_of_old_digests_go_and_what_they_told_stays_told()
    {
        await using var news = await KeptNews.StartAsync();
        var (digests, queue) = (news.Station.Get<DigestStore>(), news.Station.Get<DigestQueue>());
        var day = DateOnly.FromDateTime(news.Clock.GetUtcNow().UtcDateTime);
        await digests.PlanAsync("reader-1", DigestStore.Text(day), new DigestPlan("s", news.Clock.GetUtcNow(), new MailContent("t", "h", "en"), ["item.feed-1.1"]), CancellationToken.None);
        var alert = new QueuedAlert { Lane = DigestLane.Daily, Record = People.Item("item.feed-1.1") };
        await queue.RemoveAsync("reader-1", [alert], CancellationToken.None);
        news.Days(402);

        Assert.StartsWith("1 Digests (", await news.RetainAsync(), StringComparison.Ordinal);

        await queue.AddAsync("reader-1", alert, CancellationToken.None);
        Assert.Equal(0, await news.CountAsync("DigestQueue"));
    }

    [Fact]
    public async Task States_of_what_left_the_list_go_after_90_days_and_those_of_what_is_listed_stay()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(news.Arrest());
        await news.Station.Get<HostGate>().LeaveAsync("old.example.org", news.Clock.GetUtcNow(), CancellationToken.None);
        news.Days(91);
        Assert.Equal("2 IdleHosts", await news.RetainAsync());
        Assert.NotNull(await news.Station.Get<SourceStateStore>().GetAsync(EntryKind.Feed, KeptNews.Feed, CancellationToken.None));

        await news.ImportAsync("version: 1\npersons: [{ id: person-miras, name: Aa Bb }]\n");
        news.Days(89);
        Assert.Equal("nothing to remove", await news.RetainAsync());
        news.Days(1);

        Assert.Equal("1 RetiredStates", await news.RetainAsync(dryRun: true));
        Assert.Equal("1 RetiredStates", await news.RetainAsync());
    }

    [Fact]
    public async Task The_timers_pass_stops_in_time_and_goes_on_from_there()
    {
        await using var news = await KeptNews.StartAsync(more: Sites);
        var stations = news.Station;
        var knock = new RetentionKnock(
            stations.Get<RetentionPass>(), stations.Get<RetentionPlaceStore>(), new RetentionOptions { LongestRun = TimeSpan.FromSeconds(1) }, news.Clock);
        var queried = new List<string>();
        news.Before = call =>
        {
            queried.Add(call.Table);
            news.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        };

        var (first, runs) = (await SummaryAsync(knock), 1);
        while ((await SummaryAsync(knock)).EndsWith("to be continued", StringComparison.Ordinal))
        {
            runs++;
        }

        Assert.Equal("nothing to remove; to be continued", first);
        Assert.True(runs > 3, $"{runs}");
        Assert.Single(queried, "Items");
        Assert.IsType<JobResult.NothingDue>(await knock.RunAsync(CancellationToken.None));
        news.Days(1);
        Assert.EndsWith("to be continued", await SummaryAsync(knock), StringComparison.Ordinal);
    }

    private static async Task<string> SummaryAsync(RetentionKnock knock) => Assert.IsType<JobResult.Done>(await knock.RunAsync(CancellationToken.None)).Summary;

    private static async Task<string> MeasureAsync(KeptNews news, DateTimeOffset at, string verdict)
    {
        await news.Station.Get<CheckHistory>().AddAsync("site-1", "vantage-1", new CheckFact(at, verdict, 100), CancellationToken.None);
        return await news.Station.Get<MeasurementStore>().AddAsync(Some.Measurement() with { Started = at }, CancellationToken.None);
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(KeptNews news) =>
        await news.Station.Get<MeasurementStore>().ListAsync("site-1", CancellationToken.None).Select(measurement => measurement.Name).ToListAsync();

    private static HttpExchange Exchange(DateTimeOffset at, byte[] body) => new()
    {
        RequestUrl = new Uri("https://site.kz/"),
        FinalUrl = new Uri("https://site.kz/"),
        Status = 200,
        RequestHeaders = [],
        ResponseHeaders = [],
        Body = body,
        At = at,
        Duration = TimeSpan.Zero,
    };
}
