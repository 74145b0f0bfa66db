using Microsoft.Playwright;
using Monitoring.EndToEnd.Support;

namespace Monitoring.EndToEnd;

/// <summary>
/// Makes the pictures that the README shows. Pictures differ from run to run (times, free ports), so those in the repository are replaced only when
/// <c>MONITORING_PICTURES=write</c> says so; otherwise they go to the artifacts.
/// </summary>
[Collection(RunningDemo.Collection)]
public sealed class PicturesTests(RunningDemo demo)
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("MONITORING_PICTURES") == "write"
        ? Repository.Path("tests", "Monitoring.EndToEnd", "Pictures")
        : Repository.Path("artifacts", "pictures");

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

            await TakeAsync(page, $"{name}-{suffix}", isWhole: false);
        }
    }

    [Fact]
    public async Task A_tried_text_is_pictured_with_what_was_found_in_it()
    {
        foreach (var (suffix, width, scheme) in Looks)
        {
            var page = await demo.Browser.OpenAsync(demo.Home, width, scheme);
            await page.TryTextAsync();

            await TakeAsync(page, $"match-{suffix}", isWhole: true);
        }
    }

    private static async Task TakeAsync(IPage page, string name, bool isWhole)
    {
        // Frames too.
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        var picture = await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, $"{name}.png"), FullPage = isWhole });

        Assert.True(picture.Length > 10_000, $"{name} is nearly empty");
    }
}
