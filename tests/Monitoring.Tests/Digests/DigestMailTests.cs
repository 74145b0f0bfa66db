using Monitoring.Alerts;
using Monitoring.Alerts.Mails;
using Monitoring.Digests;
using Monitoring.Feeds;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Digests;

public sealed class DigestMailTests
{
    private static readonly DateOnly Day = new(2026, 11, 22);
    private static readonly SourceHealth Healthy = new(2, 2, [], []);

    [Fact]
    public void An_empty_day_is_said_with_the_health_of_the_sources()
    {
        var document = Compose([], new SourceHealth(1, 2, [new SilentSource("Лента", Since: null, "not visited yet")], []));

        Assert.Equal("Press freedom – 22 Nov: 0 urgent, 0 new, 0 site changes", document.Subject);
        Assert.Equal((null, "No new items, and no site changed."), (document.Caution, document.Summary));
        Assert.Equal(
            [
                new MailBlock.Heading("Sources"),
                new MailBlock.Line("1 of 2 sources answered at their last visit."),
                new MailBlock.Line("Лента: has not answered yet (not visited yet)."),
            ],
            document.Blocks);
    }

    [Fact]
    public void Urgent_items_come_first_then_new_ones_then_sites()
    {
        var document = Compose([People.Site(), People.Item("b", Severity.Medium), People.Item("a", Severity.High), People.Item("c", Severity.Info)], Healthy);

        Assert.Equal(["Urgent", "New for review", "Sites", "Sources"], document.Blocks.OfType<MailBlock.Heading>().Select(heading => heading.Text));
        Assert.Equal("Press freedom – 22 Nov: 1 urgent, 2 new, 1 site changes", document.Subject);
        Assert.Equal("Since the last digest: 1 urgent, 2 other new items, 1 changes of sites.", document.Summary);
        Assert.StartsWith("Some of this is not yet reviewed", document.Caution, StringComparison.Ordinal);
    }

    [Fact]
    public void Within_a_section_the_most_severe_come_first_and_then_the_newest()
    {
        var document = Compose(
            [Named("1", Severity.High, 0), Named("2", Severity.High, 5), Named("3", Severity.Critical, 0)], Healthy);

        Assert.Equal(["3", "2", "1"], document.Blocks.OfType<MailBlock.Entry>().Select(entry => entry.Headline));
    }

    [Fact]
    public void Sites_come_in_the_order_in_which_it_happened()
    {
        var document = Compose(
            [People.Site("b", AlertKind.SiteRecovered) with { At = Some.Time.AddHours(2), Headline = "second" }, People.Site("a") with { Headline = "first" }], Healthy);

        Assert.Equal(["first", "second"], document.Blocks.OfType<MailBlock.Entry>().Select(entry => entry.Headline));
        Assert.Null(document.Caution);
    }

    [Fact]
    public void A_reader_of_one_country_sees_it_in_the_subject()
    {
        var document = Compose(People.Reader(language: "ru") with { Countries = ["KZ"] }, [], Healthy);

        Assert.Equal("KZ свобода прессы – 22 нояб.: срочных 0, новых 0, изменений сайтов 0", document.Subject);
    }

    [Fact]
    public void Of_many_silent_sources_twenty_are_named_and_the_others_counted()
    {
        var silent = Enumerable.Range(1, 23).Select(number => new SilentSource($"Лента {number}", Some.Time, "HTTP 500")).ToList();

        var lines = Compose([], new SourceHealth(0, 23, silent, [])).Blocks.OfType<MailBlock.Line>().Select(line => line.Text).ToList();

        Assert.Equal(22, lines.Count);
        Assert.Equal(("Лента 1: no answer since 22 Nov 2026, 08:00 (Almaty) (HTTP 500).", "And 3 more."), (lines[1], lines[^1]));
    }

    [Theory]
    [InlineData("en", "Лента: answers, but has told nothing new since 14 November; usually 12.5 items a day.")]
    [InlineData("ru", "Лента: отвечает, но с 14 ноября ничего нового; обычно 12,5 материала в день.")]
    [InlineData("kk", "Лента: жауап береді, бірақ 14 қараша бері жаңа ештеңе жоқ; әдетте күніне 12,5 материал.")]
    public void A_source_that_went_quiet_is_told_though_it_answers(string language, string line)
    {
        var health = new SourceHealth(2, 2, [], [new QuietSource("Лента", new GoneQuiet(new DateOnly(2026, 11, 14), 12.5))]);

        var document = Compose(People.Reader(language: language), [], health);

        Assert.Equal(line, document.Blocks.OfType<MailBlock.Line>().Last().Text);
    }

    private static AlertRecord Named(string headline, Severity severity, int minute) =>
        People.Item(headline, severity) with { Headline = headline, At = Some.Time.AddMinutes(minute) };

    private static MailDocument Compose(IReadOnlyList<AlertRecord> records, SourceHealth health) => Compose(People.Reader(), records, health);

    private static MailDocument Compose(Recipient recipient, IReadOnlyList<AlertRecord> records, SourceHealth health)
    {
        var candidates = records.Select(record => new DigestCandidate(new QueuedAlert { Lane = DigestLane.Daily, Record = record }, MailFate.None, MailedAt: null, MailFate.None));
        return new DigestMail(new AlertMail(new AlertsOptions())).Compose(recipient, new DigestContent(Day, DigestEntries.Of(candidates), [], health), People.Context);
    }
}
