using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitoring.App.Hosting;
using Monitoring.Feeds.Discovery;
using Monitoring.Languages;

namespace Monitoring.App.Commands;

/// <summary><c>read-feed --discover</c>: the feeds of a site, each proved by its newest items before anybody lists it.</summary>
internal static class FeedDiscoveryRun
{
    private const int ShownItems = 5;
    private const int LongestName = 200;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(CommandContext context, Settings settings, Uri url, bool json, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection().AddMonitoring(settings, context.World).AddLogging().BuildServiceProvider();
        var discovery = ActivatorUtilities.CreateInstance<FeedDiscovery>(services);
        var steps = new List<DiscoveryStep>();
        await foreach (var step in discovery.FindAsync(url, cancellationToken))
        {
            steps.Add(step);
            if (!json)
            {
                Show(context.Screen, step);
            }
        }

        var found = steps.Where(step => step.Feed is not null).ToList();
        if (json)
        {
            context.Screen.WriteJson(new { feeds = found.Select(step => new { step.Url, step.Feed!.Format, step.Feed.Title, step.Feed.Language, items = step.Feed.Items.Take(ShownItems), doubt = step.What }), asked = steps.Select(step => new { step.Url, step.What }) });
        }
        else
        {
            Suggest(context.Screen, found);
        }

        return found.Count > 0 ? ExitCode.Success : ExitCode.AnswerIsNo;
    }

    private static void Show(Screen screen, DiscoveryStep step)
    {
        if (step.Feed is not { } feed)
        {
            screen.Line($"no     {step.Url.AbsoluteUri}  ({step.What})");
            return;
        }

        screen.Line(string.Create(CultureInfo.InvariantCulture, $"FOUND  {step.Url.AbsoluteUri}  {feed.Format} «{feed.Title}», {feed.Items.Count} items{(step.What.Length > 0 ? "; doubtful: " + step.What : "")}"));
        foreach (var item in feed.Items.OrderByDescending(item => item.Published ?? item.Updated).Take(ShownItems))
        {
            screen.Line($"       {ReadFeedCommand.Date(item),-16}  {item.Title}");
        }
    }

    private static void Suggest(Screen screen, List<DiscoveryStep> found)
    {
        if (found.Count == 0)
        {
            screen.Line("No feed was found. The page itself can be watched: see \"pages\" in the sample watch list.");
            return;
        }

        screen.Line("For the watch list:");
        screen.Line("feeds:");
        foreach (var step in found)
        {
            screen.Line($"  - name: {Quoted(step.Feed!.Title is { Length: > 0 } title ? title : step.Url.IdnHost)}");
            screen.Line($"    url: {Quoted(step.Url.AbsoluteUri)}");
        }
    }

    /// <summary>A JSON string is a YAML one too; titles come from the network.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(WholeCharacters.Cut(text, LongestName), Readable);
}
