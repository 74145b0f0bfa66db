using Microsoft.Playwright;
using Monitoring.EndToEnd.Support;

namespace Monitoring.EndToEnd;

/// <summary>Pages of the demo in pictures, some of which the README shows.</summary>
[Collection(RunningDemo.Collection)]
public sealed class PicturesTests(RunningDemo demo)
{
    private static readonly (string Suffix, int Width, ColorScheme Scheme)[] Looks = [("wide", 1280, ColorScheme.Light), ("narrow", 400, ColorScheme.Dark)];

    [Theory]
    [InlineData("overview", "/", null)]
    [InlineData("review", "/review", null)]
    [InlineData("item", "/review", "ol.queue h2 a")]
    [InlineData("availability", "/availability", null)]
    [InlineData("site", "/availability", "tr:has-text('Blocked') a[href^='/availability/']")]
    [InlineData("sources", "/sources", null)]
    [InlineData("watchlist", "/watchlist", null)]
    [InlineData("entry", "/watchlist", "main a[href^='/watchlist/person/']")]
    [InlineData("topic", "/watchlist", "main a[href^='/watchlist/topic/']")]
    [InlineData("search", "/search?q=~%D0%B6%D1%83%D1%80%D0%BD%D0%B0%D0%BB%D0%B8%D1%81%D1%82%20OR%20journalist*", null)]
    [InlineData("recipient", "/watchlist", "main a[href^='/watchlist/recipient/']:not([href$='/new'])")]
    [InlineData("recipient-edit", "/watchlist/recipient/new", null)]
    [InlineData("mails", "/mails", null)]
    [InlineData("mail", "/mails", "main a[href^='/mails/']:has-text('(not yet reviewed)')")]
    [InlineData("operations", "/operations", null)]
    public async Task Pages_are_pictured_wide_and_light_and_narrow_and_dark(string name, string path, string? link)
    {
        foreach (var (suffix, width, scheme) in Looks)
        {
            var page = await demo.Browser.OpenAsync(demo.Home, width, scheme);
            await page.GotoAsync(path);
            if (link is not null)
            {
                await page.Locator(link).First.ClickAsync();
            }

            await Pictures.TakeAsync(page, $"{name}-{suffix}", isWhole: false);
        }
    }

    [Fact]
    public async Task A_tried_text_is_pictured_with_what_was_found_in_it()
    {
        foreach (var (suffix, width, scheme) in Looks)
        {
            var page = await demo.Browser.OpenAsync(demo.Home, width, scheme);
            await page.TryTextAsync();

            await Pictures.TakeAsync(page, $"match-{suffix}");
        }
    }
}
