using System.Globalization;
using System.Text.RegularExpressions;
using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Digests;
using Monitoring.Items;
using Monitoring.Retention.Forgetting;
using Monitoring.Review;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Work;

namespace Monitoring.Tests.Retention;

public sealed class ForgetTests
{
    private const string More = """
        outlets: [{ id: outlet-1, name: Жаңалық }]
        """;

    private static readonly string[] Everywhere = ["person-miras", "Мирас Кыранбеков", "Miras Kyranbekov", "Кыранбеков М.", "Мирасом Кыранбековым", "Кыранбеков"];

    private static readonly ForgetScope All = new(Texts: true, Captures: true);

    [Fact]
    public async Task After_it_no_row_key_or_blob_holds_the_id_or_any_spelling_of_the_name()
    {
        await using var news = await LivedAsync();
        Assert.NotEmpty(await HitsAsync(news));

        await ForgetAsync(news, All);

        Assert.Empty(await HitsAsync(news));
    }

    [Fact]
    public async Task A_look_changes_nothing_and_tells_what_would_be_done()
    {
        await using var news = await LivedAsync();
        var before = await EverythingAsync(news);

        var look = await news.Station.Get<PersonForgetting>().LookAsync(await PersonAsync(news), All, CancellationToken.None);

        Assert.Equal(before, await EverythingAsync(news));
        var done = await ForgetAsync(news, All);
        Assert.Equal(look.Counts["items removed"], done.Counts["items removed"]);
        Assert.Equal(look.Counts["texts of items blotted"], done.Counts["texts of items blotted"]);
        Assert.Equal(look.Counts["captures"], done.Counts["captures"]);
    }

    [Fact]
    public async Task A_decided_flag_stays_as_a_fact_about_a_pseudonym_and_one_that_waits_goes()
    {
        await using var news = await LivedAsync();

        var run = await ForgetAsync(news, All);

        var flag = (await news.FlagAsync("confirmed"))!;
        Assert.Equal((FlagState.Confirmed, "editor-1"), (flag.State, flag.DecidedBy));
        Assert.Contains(flag.Subjects, subject => subject.Id == run.Erasure.Pseudonym && subject.Name == run.Erasure.Pseudonym);
        Assert.StartsWith("███", flag.Title, StringComparison.Ordinal);
        Assert.Null(await news.FlagAsync("waiting"));
        var shared = Assert.Single((await news.Flags.ListAsync(FlagState.New, null, 10, CancellationToken.None)).Flags);
        Assert.Equal(["outlet-1", run.Erasure.Pseudonym], shared.Named.Select(subject => subject.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_item_about_nobody_else_goes_and_does_not_come_back()
    {
        await using var news = await LivedAsync();
        await ForgetAsync(news, All);

        await news.VisitAsync(("waiting", "Мирас Кыранбеков задержан", news.Clock.GetUtcNow()), KeptNews.Weather());

        Assert.Null(await news.ItemAsync("waiting"));
        Assert.Equal(0, await news.CountAsync("Pending"));
    }

    [Fact]
    public async Task An_item_that_concerns_others_keeps_its_text_unless_asked_otherwise()
    {
        await using var news = await LivedAsync();

        var run = await ForgetAsync(news, new ForgetScope(Texts: false, Captures: false));

        Assert.Equal(1, run.Counts[ItemStep.KeptTexts]);
        Assert.Contains("Kyranbekov", (await news.ItemAsync("both"))!.Title, StringComparison.Ordinal);
        var findings = await news.Station.Get<FindingStore>().ListAsync(KeptNews.Key("both"), CancellationToken.None);
        Assert.Equal(["DETENTION", "outlet-1", "topic-1"], findings.Select(finding => finding.SubjectId).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Blotting_keeps_the_places_of_what_else_was_found()
    {
        await using var news = await LivedAsync();

        await ForgetAsync(news, All);

        var item = (await news.ItemAsync("both"))!;
        var text = Understanding.WholeText(item.Title, await news.TextAsync("both"));
        Assert.All(
            await news.Station.Get<FindingStore>().ListAsync(KeptNews.Key("both"), CancellationToken.None),
            finding => Assert.Equal(finding.Surface, text.Substring(finding.Start, finding.Length)));
    }

    [Fact]
    public async Task An_alert_that_waits_is_not_sent_and_its_key_stays()
    {
        await using var news = await LivedAsync();
        var mails = await news.CountAsync("Mails");

        await ForgetAsync(news, All);

        Assert.Equal(mails, await news.CountAsync("Mails"));
        var pending = await news.Station.Get<Outbox>().ListPendingAsync(CancellationToken.None).ToListAsync();
        Assert.NotEmpty(pending);
        foreach (var mail in pending)
        {
            await news.Station.Get<IEnumerable<IWorkJob>>().OfType<SendMailJob>().Single().RunAsync(mail, CancellationToken.None);
            Assert.Equal(MailState.Failed, (await news.Station.Get<Outbox>().GetAsync(mail, CancellationToken.None))!.State);
        }
    }

    [Fact]
    public async Task A_message_about_the_person_that_was_given_up_goes()
    {
        await using var news = await LivedAsync();
        var poison = news.Station.Get<PoisonStore>();
        var person = await PersonAsync(news);
        foreach (var subject in new[] { person.Id, "another" })
        {
            var work = new ReceivedWork("send-mail", subject, "1", new WorkItem("send-mail", subject).Write(), 5, news.Clock.GetUtcNow(), news.Clock.GetUtcNow());
            await poison.PutAsync(work, "failed", news.Clock.GetUtcNow(), CancellationToken.None);
        }

        var run = await ForgetAsync(news, All);

        Assert.Equal(1, run.Counts["messages that were given up"]);
        Assert.Equal(new WorkItem("send-mail", "another").Write(), Assert.Single(await poison.ListAsync(CancellationToken.None).ToListAsync()).Body);
    }

    [Fact]
    public async Task The_audit_log_proves_it_without_saying_who_it_was()
    {
        await using var news = await LivedAsync();
        var person = await PersonAsync(news);

        var run = await ForgetAsync(news, All);

        var entry = Assert.Single(await news.Station.Get<AuditLog>().ListAsync(run.Erasure.Pseudonym, CancellationToken.None).ToListAsync());
        Assert.Equal(("operator-1", "forgotten", true, news.Clock.GetUtcNow()), (entry.Who, entry.What, entry.Applied, entry.At));
        Assert.Contains("items removed", entry.Note, StringComparison.Ordinal);
        var trace = Assert.Single(await news.Station.Get<ForgottenTraces>().ListAsync(CancellationToken.None));
        Assert.Contains(Convert.ToHexStringLower(trace.Salt), entry.Note, StringComparison.Ordinal);
        Assert.True(trace.IsOf(person));
        Assert.True(trace.IsOf(new Person { Id = "another-id", Name = "miras  KYRANBEKOV" }));
        Assert.False(trace.IsOf(new Person { Id = "person-2", Name = "Серик Ахметов" }));
    }

    [Fact]
    public async Task A_recipient_who_chose_only_this_person_does_not_get_everything()
    {
        await using var news = await LivedAsync();

        var run = await ForgetAsync(news, All);

        var list = await news.Station.Get<WatchlistReader>().GetAsync(CancellationToken.None);
        var recipient = list.Find<Recipient>(EntryKind.Recipient, "reader-2")!;
        var rule = Assert.Single(recipient.Rules);
        Assert.Equal([run.Erasure.Pseudonym], recipient.Only);
        Assert.Equal([run.Erasure.Pseudonym], recipient.Follow);
        Assert.Equal([run.Erasure.Pseudonym, "Жаңалық"], rule.Subjects);
        Assert.Equal($"About {run.Erasure.Pseudonym}", rule.Name);
        Assert.Null(list.Find<Person>(EntryKind.Person, "person-miras"));
    }

    [Fact]
    public async Task A_recipient_is_forgotten_with_address_mails_and_digests()
    {
        await using var news = await LivedAsync();
        await news.Station.Get<AlertRouter>().TellAsync(People.Item("item.feed-1.zz"), [People.Reader("reader-1")], CancellationToken.None);
        await news.Station.Get<DigestStore>().GetStateAsync("reader-1", news.Clock.GetUtcNow(), CancellationToken.None);
        await news.Station.Get<DigestQueue>().RemoveAsync("reader-1", [Queued("item.feed-1.zz")], CancellationToken.None);
        var mails = await news.CountAsync("Mails");
        var forgetting = news.Station.Get<PersonForgetting>();
        var reader = Assert.Single(await forgetting.FindAsync("reader@example.org", CancellationToken.None));

        var run = await forgetting.ForgetAsync(reader, All, "operator-1", _ => { }, CancellationToken.None);

        Assert.Empty(await HitsAsync(news, "reader-1", "reader@example.org"));
        Assert.Equal(mails, await news.CountAsync("Mails"));
        Assert.All(
            await news.Tables.Open("Mails").QueryAsync(new RangeQuery(run.Erasure.Pseudonym), CancellationToken.None).ToListAsync(),
            mail => Assert.Equal(("", "Failed"), (mail.GetText("Subject"), mail.GetText("State"))));
    }

    [Fact]
    public async Task A_crash_before_any_write_is_finished_by_running_it_again()
    {
        int writes;
        await using (var whole = await LivedAsync())
        {
            whole.CountWrites(out var count);
            await ForgetAsync(whole, All);
            writes = count();
        }

        Assert.InRange(writes, 20, 200);
        await Parallel.ForEachAsync(Enumerable.Range(1, writes), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (write, _) =>
        {
            await using var news = await LivedAsync();
            news.DieBefore(write);
            await Assert.ThrowsAsync<SimulatedCrashException>(() => ForgetAsync(news, All));
            await news.RestartAsync();
            if (await news.Station.Get<PersonForgetting>().FindAsync("person-miras", CancellationToken.None) is [var left])
            {
                await news.Station.Get<PersonForgetting>().ForgetAsync(left, All, "operator-1", _ => { }, CancellationToken.None);
            }

            var hits = await HitsAsync(news);
            Assert.True(hits.Count == 0, $"Write {write} of {writes}: {string.Join('\n', hits)}");
            Assert.Single(await news.Station.Get<ForgottenTraces>().ListAsync(CancellationToken.None));
            Assert.Equal(FlagState.Confirmed, (await news.FlagAsync("confirmed"))!.State);
        });
    }

    /// <summary>A person in items decided, waiting and shared, in mails, digests, notes and captures.</summary>
    private static async Task<KeptNews> LivedAsync()
    {
        var news = await KeptNews.StartAsync();
        await news.ImportAsync(news.List(More).Replace("name: Мирас Кыранбеков }", """name: Мирас Кыранбеков, aliases: ["Miras Kyranbekov", "Кыранбеков М."], context: [Алматы] }""", StringComparison.Ordinal)
            .Replace("recipients: [", "recipients: [{ id: reader-2, name: Second, address: second@example.org, language: ru, timeZone: UTC, digest: \"09:00\", only: [person-miras], follow: [person-miras], rules: [{ name: About Miras Kyranbekov, when: atOnce, subjects: [person-miras, Жаңалық] }], note: \"friend of Miras Kyranbekov\" }, ", StringComparison.Ordinal));
        await news.VisitAsync(KeptNews.Weather());
        var now = news.Clock.GetUtcNow();
        await news.VisitAsync(
            ("confirmed", "Мирас Кыранбеков задержан", now),
            ("waiting", "С Мирасом Кыранбековым задержан фотограф", now),
            ("both", "Редактор Жаңалық и Miras Kyranbekov задержаны", now),
            ("unmatched", "Письмо: Кыранбеков М. пишет из тюрьмы", now));
        await news.Station.Get<Decisions>().ConfirmAsync(KeptNews.Key("confirmed"), "editor-1", "Мирас Кыранбеков сам подтвердил", CancellationToken.None);
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        await news.Station.Get<DigestStore>().PlanAsync(
            "reader-2", DigestStore.Text(day), new DigestPlan("Мирас Кыранбеков", now, new MailContent("о Мирасе Кыранбекове: Мирас Кыранбеков", "<b>Мирас</b> <i>Кыранбеков</i>", "ru"), []), CancellationToken.None);
        return news;
    }

    private static QueuedAlert Queued(string key) => new() { Lane = DigestLane.Daily, Record = People.Item(key) };

    private static async Task<Entry> PersonAsync(KeptNews news) => Assert.Single(await news.Station.Get<PersonForgetting>().FindAsync("person-miras", CancellationToken.None));

    private static async Task<ForgetRun> ForgetAsync(KeptNews news, ForgetScope scope) =>
        await news.Station.Get<PersonForgetting>().ForgetAsync(await PersonAsync(news), scope, "operator-1", _ => { }, CancellationToken.None);

    private static Task<IReadOnlyList<string>> HitsAsync(KeptNews news) => HitsAsync(news, Everywhere);

    /// <summary>Every row and blob that holds one of the words, escaped or not.</summary>
    private static async Task<IReadOnlyList<string>> HitsAsync(KeptNews news, params string[] words) =>
        [.. (await EverythingAsync(news)).Where(line => words.Any(word => Unescaped(line).Contains(word, StringComparison.OrdinalIgnoreCase)))];

    private static string Unescaped(string line) =>
        Regex.Replace(line, @"\\u([0-9a-fA-F]{4})", match => ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    private static Task<IReadOnlyList<string>> EverythingAsync(KeptNews news) => news.EverythingAsync();
}
