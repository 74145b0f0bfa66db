using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Monitoring.Alerts;
using Monitoring.Alerts.Mails;
using Monitoring.Digests;
using Monitoring.EndToEnd.Support;
using Monitoring.Watchlist;

namespace Monitoring.EndToEnd;

/// <summary>Three mails in each language as a browser shows them, for the README and for whoever changes their words: an alert and a digest of the demo, and an overview of an invented week.</summary>
[Collection(RunningDemo.Collection)]
public sealed class MailPicturesTests(RunningDemo demo)
{
    private static readonly AxeRunOptions Accessible = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] } };

    [Theory]
    [InlineData("en", "(not yet reviewed)", "Press freedom –")]
    [InlineData("ru", "(ещё не проверено)", "Свобода прессы –")]
    [InlineData("kk", "(әлі тексерілмеген)", "Баспасөз еркіндігі –")]
    public async Task Three_mails_are_accessible_and_pictured_in_each_language(string language, string alert, string digest)
    {
        await ShowAsync($"mail-alert-{language}", 640, ColorScheme.Light, await HtmlOfAsync(alert));
        await ShowAsync($"mail-digest-{language}", 400, ColorScheme.Dark, await HtmlOfAsync(digest), isWhole: false);
        await ShowAsync($"mail-weekly-{language}", 640, ColorScheme.Light, Weekly(language));
    }

    /// <summary>Of the newest mail with such a subject.</summary>
    private async Task<string> HtmlOfAsync(string subject)
    {
        var list = await demo.Browser.OpenAsync(demo.Home);
        await list.GotoAsync("/mails");
        var page = await list.Locator($"main a[href^='/mails/']:has-text('{subject}')").First.GetAttributeAsync("href");
        var mail = await list.APIRequest.GetAsync($"{page}/html");
        return await mail.TextAsync();
    }

    private async Task ShowAsync(string name, int width, ColorScheme scheme, string html, bool isWhole = true)
    {
        // The rules take the ground of a page without one of its own for white, whatever the scheme.
        var light = await demo.Browser.OpenAsync(demo.Home, width);
        await light.SetContentAsync(html);
        Assert.Empty((await light.RunAxe(Accessible)).Violations);

        var page = await demo.Browser.OpenAsync(demo.Home, width, scheme);
        await page.SetContentAsync(html);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Pictures.TakeAsync(page, name, isWhole);
    }

    private static string Weekly(string language)
    {
        (int Ago, string Act, string Name, string Outlet)[] week =
        [
            (1, "DETENTION", "Мирас Кыранбеков", "Лента"), (1, "SEARCH", "Айсулу Бозторгаева", "Лента"), (2, "DETENTION", "Мирас Кыранбеков", "Жерұйық"), (3, "ASSAULT", "Жанель Кокпарова", "Лента"),
            (3, "DETENTION", "Элеонора Штернке", "Жерұйық"), (3, "CONVICTION", "Элеонора Штернке", "Лента"), (6, "ASSAULT", "Данияр Сарытерек", "Жерұйық"),
        ];
        var items = week.Select((told, i) => People.Item($"item.feed-1.{i}", Severity.High) with
        {
            At = People.Item().At.AddDays(-told.Ago),
            Violations = [told.Act],
            Outlet = told.Outlet,
            Review = AlertReview.Confirmed,
            Fact = Reason.Of("fact.topic_about", $"@violation.{told.Act}", told.Name),
        });
        var said = items.Append(People.Site()).Select(record => new DigestCandidate(new QueuedAlert { Lane = DigestLane.Weekly, Record = record }, MailFate.None, MailedAt: null, MailFate.None));
        var content = new DigestContent(new DateOnly(2026, 11, 22), DigestEntries.Of(said), [], new SourceHealth(96, 96, [], []));
        var options = new AlertsOptions { PublicUrl = new Uri("https://monitoring.example/") };
        return new WeeklyMail(new AlertMail(options)).Compose(People.Reader(language: language), content, People.Context with { Why = DigestMails.Why(DigestLane.Weekly) }).Render().Html;
    }
}
