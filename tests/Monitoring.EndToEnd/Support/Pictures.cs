using Microsoft.Playwright;

namespace Monitoring.EndToEnd.Support;

/// <summary>
/// Pictures of pages and mails. They differ from run to run (times, free ports), so those in the repository are replaced only when <c>MONITORING_PICTURES=write</c> says so; otherwise they
/// go to the artifacts.
/// </summary>
internal static class Pictures
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("MONITORING_PICTURES") == "write"
        ? Repository.Path("tests", "Monitoring.EndToEnd", "Pictures")
        : Repository.Path("artifacts", "pictures");

    /// <param name="isWhole">Also what is seen only by scrolling.</param>
    public static async Task TakeAsync(IPage page, string name, bool isWhole = true)
    {
        // Frames too.
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        var picture = await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, $"{name}.png"), FullPage = isWhole });

        Assert.True(picture.Length > 10_000, $"{name} is nearly empty");
    }
}
