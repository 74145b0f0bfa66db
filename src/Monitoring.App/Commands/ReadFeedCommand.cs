using System.CommandLine;
using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Feeds;
using Monitoring.Fetching;

namespace Monitoring.App.Commands;

/// <summary><c>read-feed</c>: what the reader makes of a feed, from a file or from the network. Stores nothing.</summary>
internal static class ReadFeedCommand
{
    public static Command Create(CommandContext context)
    {
        var where = new Argument<string>("url-or-file") { Description = "An address, or the path of a file." };
        var discover = new Option<bool>("--discover") { Description = "Look for the feeds of the site at this address, and show the newest items of each." };
        var command = new Command("read-feed", "Read one feed and show its items and what had to be mended; or find the feeds of a site.") { where, discover, CommonOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(discover))
            {
                return await FeedDiscoveryRun.RunAsync(context, parsed.LoadSettings(), WebAddress.Need(parsed.GetRequiredValue(where)), parsed.GetValue(CommonOptions.Json), cancellationToken);
            }

            var reading = await ReadAsync(context, parsed.LoadSettings(), parsed.GetRequiredValue(where), cancellationToken);
            return Show(context.Screen, reading, parsed.GetValue(CommonOptions.Json));
        });
        return command;
    }

    private static async Task<FeedReading> ReadAsync(CommandContext context, Settings settings, string where, CancellationToken cancellationToken)
    {
        if (File.Exists(where))
        {
            return FeedReader.Read(await File.ReadAllBytesAsync(where, cancellationToken), new Uri("file:///"));
        }

        var url = WebAddress.Need(where);
        await using var services = new ServiceCollection().AddMonitoring(settings, context.World).AddLogging().BuildServiceProvider();
        var fetched = await services.GetRequiredService<Fetcher>().FetchAsync(new FetchRequest(url, new FeedSourceReader().Accept, Validators: null), cancellationToken);
        return fetched switch
        {
            FetchResult.Fetched answer => FeedReader.Read(answer.Content, FeedReadContext.Of(answer.Exchange)),
            FetchResult.Refused refused => new FeedReading.NotAFeed(string.Create(CultureInfo.InvariantCulture, $"HTTP {refused.Exchange.Status}")),
            FetchResult.Failed failed => new FeedReading.NotAFeed(failed.Failure),
            _ => new FeedReading.NotAFeed("nothing"),
        };
    }

    public static string Date(FeedItem item) => item.Published?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "undated";

    private static int Show(Screen screen, FeedReading reading, bool json)
    {
        if (reading is FeedReading.NotAFeed { What: var what })
        {
            if (json)
            {
                screen.WriteJson(new { feed = false, what });
            }
            else
            {
                screen.Line($"This is no feed: {what}.");
            }

            return ExitCode.AnswerIsNo;
        }

        var feed = ((FeedReading.Read)reading).Document;
        if (json)
        {
            screen.WriteJson(new
            {
                feed = true,
                feed.Format,
                feed.Version,
                feed.Encoding,
                feed.Title,
                feed.Description,
                feed.Link,
                feed.Id,
                feed.Language,
                feed.Authors,
                feed.Contributors,
                feed.Publishers,
                feed.Published,
                feed.Updated,
                feed.TimeToLive,
                feed.Rights,
                feed.Generator,
                feed.Image,
                feed.Icon,
                feed.Categories,
                feed.Links,
                Repairs = feed.Repairs.Select(repair => repair.ToString()),
                feed.Items,
            });
            return ExitCode.Success;
        }

        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{feed.Format} feed «{feed.Title}», {feed.Items.Count} items{(feed.Language is null ? "" : ", language " + feed.Language)}"));
        foreach (var repair in feed.Repairs)
        {
            screen.Line($"  mended: {repair}");
        }

        foreach (var item in feed.Items)
        {
            screen.Line($"{Date(item),-16}  {item.Title}");
            screen.Line($"{"",-16}  {item.Link?.AbsoluteUri ?? "without link"}");
        }

        return ExitCode.Success;
    }
}
