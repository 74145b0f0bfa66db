using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Monitoring.Alerts;
using Monitoring.Alerts.Delivery;
using Monitoring.Alerts.Mails;
using Monitoring.Digests;
using Monitoring.Watchlist;

namespace Monitoring.Benchmarks;

/// <summary>
/// Alerts rendered as text and HTML on one core, beside the least that can be done: the same words put together in a string builder, HTML-encoded, neither wrapped nor in a language. Then a
/// digest of 5,000 items.
/// </summary>
internal static class MailSpeed
{
    private const int Alerts = 10_000;
    private const int DigestItems = 5_000;
    private const int Rounds = 7;

    private static readonly Recipient Reader = new()
    {
        Id = "recipient-1",
        Name = "Дана",
        Address = "dana@example.org",
        Language = "ru",
        TimeZone = "Asia/Almaty",
        Digest = new TimeOnly(7, 30),
    };

    private static readonly AlertsOptions Options = new() { PublicUrl = new Uri("https://monitoring.example/") };

    private static readonly MailContext Context = new(new RecipientState("recipient-1", "token", AlertsStopped: null, DigestsStopped: null, Suspended: null, Why: null), "mail-1", Reason.Of("why.severity"));

    public static int Run()
    {
        var composer = new AlertMail(Options);
        var records = Enumerable.Range(0, Alerts).Select(Item).ToList();
        var (ours, bare) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            ours.Add(Measure(() => records.Sum(record => Length(composer.Compose(record, Reader, Context).Render()))));
            bare.Add(Measure(() => records.Sum(record => Length(Bare(record)))));
        }

        // The first round compiles.
        var (mine, theirs) = (Median(ours.Skip(1)), Median(bare.Skip(1)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Alerts / mine:N0} alerts a second, text and HTML; a bare string builder {Alerts / theirs:N0} ({mine / theirs:0.0} times its time; goal 10,000 a second)"));

        var digest = new DigestMail(composer);
        var candidates = Enumerable.Range(0, DigestItems)
            .Select(number => new DigestCandidate(new QueuedAlert { Lane = DigestLane.Daily, Record = Item(number) }, MailFate.None, MailedAt: null, MailFate.None)).ToList();
        var content = default(MailContent);
        double took;
        long most;
        using (var peak = new HeapPeak())
        {
            took = Measure(() => Length(content = digest.Compose(Reader, new DigestContent(new DateOnly(2026, 11, 22), DigestEntries.Of(candidates), [], new SourceHealth(96, 96, [], [])), Context).Render()));
            most = peak.Bytes;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"A digest of {DigestItems:N0} items: {took * 1000:N0} ms, {most / 1e6:N0} MB (goals 2,000 ms, 100 MB); {content!.Text.Length / 1000:N0} thousand characters of text"));
        return 0;
    }

    private static int Length(MailContent content) => content.Text.Length + content.Html.Length;

    private static double Measure(Func<int> work)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        return work() > 0 ? Stopwatch.GetElapsedTime(started).TotalSeconds : throw new InvalidOperationException("Nothing was written.");
    }

    private static double Median(IEnumerable<double> figures) => figures.Order().ElementAt(Rounds / 2);

    private static AlertRecord Item(int number) => new()
    {
        Key = $"item.feed-{number % 96}.{number}",
        Kind = AlertKind.Item,
        Review = AlertReview.Unreviewed,
        Severity = (Severity)(number % 4),
        Country = "KZ",
        At = new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero).AddSeconds(number),
        Subjects = [$"person-{number % 300}", $"Мирас Кыранбеков {number % 300}"],
        Fact = Reason.Of("fact.topic_about", "Задержание", $"Мирас Кыранбеков {number % 300}"),
        Headline = $"Редактор Мирас Кыранбеков {number} задержан в Алматы после публикации о закупках",
        Language = "ru",
        Outlet = "Лента",
        Link = new Uri($"https://example.org/news/{number}"),
        Passage = new MarkedText($"Сегодня вечером редактор Мирас Кыранбеков {number} был задержан у входа в редакцию, сообщили его коллеги.", [new Mark(25, 16), new Mark(46, 8)]),
        Reasons = [Reason.Of("reason.listed", "Мирас Кыранбеков"), Reason.Of("reason.same_sentence")],
        Mute = $"story.{number}",
        Page = $"items/feed-1.{number}",
    };

    private static MailContent Bare(AlertRecord record)
    {
        var (text, html) = (new StringBuilder(), new StringBuilder("<html><body>"));
        foreach (var part in (string?[])[record.Fact.Values[0], record.Fact.Values[1], record.Headline, record.Outlet, record.Passage!.Text, record.Reasons[0].Values[0], record.Link!.AbsoluteUri, Reader.Name])
        {
            text.Append(part).Append('\n');
            html.Append("<p>").Append(WebUtility.HtmlEncode(part)).Append("</p>\n");
        }

        return new MailContent(text.ToString(), html.Append("</body></html>").ToString(), "ru");
    }
}
