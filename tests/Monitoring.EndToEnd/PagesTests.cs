using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Monitoring.EndToEnd.Support;

namespace Monitoring.EndToEnd;

/// <summary>The pages of the running demo in a real browser: accessible, whole under their own content policy, usable by keyboard and on a phone.</summary>
[Collection(RunningDemo.Collection)]
public sealed class PagesTests(RunningDemo demo)
{
    private const int Phone = 360;

    private static string Today => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Pages by the link that leads to them: selectors on the pages before it, or nothing.</summary>
    public static TheoryData<string, string?> Pages => new()
    {
        { "/", null },
        { "/review", null },
        { "/review?state=confirmed", null },
        { "/review", "ol.queue h2 a" },
        { "/availability", null },
        { "/fingerprints", null },
        { "/availability", "main th a[href^='/availability/']" },
        { "/availability", "main a[href='/availability/report']" },
        { $"/availability/report?from={Today}&to={Today}", null },
        { $"/availability/report?from=yesterday&to={Today}", null },
        { $"/availability/report?from={Today}&to={Today}", "main th a[href^='/availability/']" },
        { "/sources", null },
        { "/watchlist", null },
        { "/watchlist", "main a[href^='/watchlist/person/']" },
        { "/watchlist", "main a[href^='/watchlist/topic/']" },
        { "/watchlist", "main a[href^='/watchlist/recipient/']:not([href$='/new'])" },
        { "/watchlist", "main a[href^='/watchlist/recipient/']:not([href$='/new']) then main a[href$='/edit']" },
        { "/watchlist", "main a[href^='/watchlist/recipient/']:not([href$='/new']) then main a[href^='/mails?to=']" },
        { "/watchlist/recipient/new", null },
        { "/match", null },
        { "/search", null },
        { "/search?q=~%D0%B6%D1%83%D1%80%D0%BD%D0%B0%D0%BB%D0%B8%D1%81%D1%82", null },
        { "/mails", null },
        { "/mails", "main a[href^='/mails/']" },
        { "/operations", null },
        { "/access", null },
        { "/no-such-page", null },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_in_light_and_dark(string path, string? link)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await OpenAsync(path, link, scheme: scheme);

            // What is in a frame without script cannot be looked at from inside; the mail has a test of its own.
            await page.EvaluateAsync("document.querySelectorAll('iframe').forEach(frame => frame.remove())");
            var found = await page.RunAxe();

            Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(v => $"{scheme} {v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Select(node => node.Html))}")));
            Assert.NotEmpty(found.Passes);
        }
    }

    [Fact]
    public async Task A_tried_text_is_accessible_and_fits_a_phone()
    {
        var page = await demo.Browser.OpenAsync(demo.Home, Phone);

        await page.TryTextAsync();
        var found = await page.RunAxe();

        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Select(node => node.Html))}")));
        Assert.Equal(Phone, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task A_reader_mutes_a_story_by_the_link_of_its_mail_on_a_page_that_is_accessible_and_needs_no_script()
    {
        var mails = await OpenAsync("/mails", "main a[href^='/mails/']:has-text('(ещё не проверено)')", Phone);
        var mail = await mails.APIRequest.GetAsync((await mails.Locator("iframe").GetAttributeAsync("src"))!);
        var link = System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(await mail.TextAsync(), "href=\"([^\"]*/unsubscribe/alerts/[^\"]*mute=[^\"]*)\"").Groups[1].Value);
        var page = await demo.Browser.OpenAsync(demo.Home, Phone, hasScript: false);

        await page.GotoAsync(link);
        Assert.Equal("ru", await page.Locator("main [lang]").GetAttributeAsync("lang"));
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Больше не сообщать об этой истории" }).ClickAsync();

        await Assertions.Expect(page.Locator("[role=status]")).ToContainTextAsync("Вы больше не получите новостей об этом");
        var shown = await OpenAsync(new Uri(link).AbsolutePath, link: null, Phone);
        Assert.Empty((await shown.RunAxe()).Violations);
        Assert.Equal(Phone, await shown.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task The_mail_itself_is_accessible()
    {
        var shown = await OpenAsync("/mails", "main a[href^='/mails/']:has-text('(not yet reviewed)')");
        var address = await shown.Locator("iframe").GetAttributeAsync("src");
        var response = await shown.APIRequest.GetAsync(address!);
        var mail = await demo.Browser.OpenAsync(demo.Home);
        await mail.SetContentAsync(await response.TextAsync());

        // A mail is shown inside a page of the reader's: landmarks are that page's.
        var found = await mail.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] } });

        Assert.Empty(found.Violations);
        Assert.True(await mail.Locator("mark").CountAsync() > 0);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_breaks_no_rule_of_its_content_policy_and_fits_a_phone(string path, string? link)
    {
        var complaints = new List<string>();

        var page = await OpenAsync(path, link, Phone, complaints: complaints);

        // The status of a missing page is the browser's to remark on.
        Assert.DoesNotContain(complaints, complaint => !complaint.Contains("404", StringComparison.Ordinal));
        Assert.Equal(Phone, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_one_heading_and_names_itself(string path, string? link)
    {
        var page = await OpenAsync(path, link);

        Assert.Equal(1, await page.Locator("h1").CountAsync());
        Assert.Matches("^.+ – Monitoring$", await page.TitleAsync());
    }

    [Fact]
    public async Task A_flag_is_confirmed_and_taken_back_by_keyboard_without_script()
    {
        var page = await demo.Browser.OpenAsync(demo.Home, hasScript: false);
        await page.GotoAsync("/review");
        var title = await page.Locator("ol.queue h2").First.InnerTextAsync();

        await PressUntilAsync(page, "Tab", "Confirm");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("form.quiet")).ToContainTextAsync("Confirmed: " + title);
        await Assertions.Expect(page.GetByText(title, new PageGetByTextOptions { Exact = true })).ToHaveCountAsync(1);

        // The next flag's button has the focus; the line about the last decision stands above.
        await PressUntilAsync(page, "Shift+Tab", "Undo");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("ol.queue h2").First).ToHaveTextAsync(title);
    }

    [Fact]
    public async Task The_first_tab_stop_leads_to_the_content()
    {
        var page = await demo.Browser.OpenAsync(demo.Home);
        await page.GotoAsync("/");

        await page.Keyboard.PressAsync("Tab");

        Assert.Equal("#content", await page.Locator(":focus").GetAttributeAsync("href"));
    }

    private async Task<IPage> OpenAsync(string path, string? link, int width = 1280, ColorScheme scheme = ColorScheme.Light, List<string>? complaints = null)
    {
        var page = await demo.Browser.OpenAsync(demo.Home, width, scheme);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints?.Add(message.Text);
            }
        };
        await page.GotoAsync(path);
        foreach (var step in link?.Split(" then ") ?? [])
        {
            await page.Locator(step).First.ClickAsync();
        }

        return page;
    }

    private static async Task PressUntilAsync(IPage page, string key, string button)
    {
        for (var presses = 0; presses < 30; presses++)
        {
            await page.Keyboard.PressAsync(key);
            if (await page.Locator("button:focus").CountAsync() == 1 && await page.Locator("button:focus").InnerTextAsync() == button)
            {
                return;
            }
        }

        Assert.Fail($"No button '{button}' within 30 times {key}.");
    }
}
