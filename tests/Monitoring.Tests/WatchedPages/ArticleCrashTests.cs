using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Feeds;
using Monitoring.Items;
using Monitoring.Storage;
using Monitoring.Tests.Support;
using Monitoring.Work;

namespace Monitoring.Tests.WatchedPages;

/// <summary>
/// Wherever the process dies, the next one ends with the same items, texts, flags and events: the whole way of an article is walked once undisturbed, and
/// then once for every write, dying before it.
/// </summary>
public sealed class ArticleCrashTests
{
    [Fact]
    public async Task A_crash_before_any_write_loses_no_article_and_doubles_nothing()
    {
        var (undisturbed, writes) = await RunAsync(dieBefore: null, ReadAsync);
        Assert.Contains("задержан у здания суда", undisturbed, StringComparison.Ordinal);
        Assert.InRange(writes, 20, 100);

        for (var write = 1; write <= writes; write++)
        {
            Compare(undisturbed, (await RunAsync(write, ReadAsync)).State, write);
        }
    }

    [Fact]
    public async Task A_crash_before_any_write_neither_loses_nor_invents_that_an_article_was_taken_away()
    {
        var (undisturbed, writes) = await RunAsync(dieBefore: null, TakeAwayAsync);
        Assert.Contains("reason.gone", undisturbed, StringComparison.Ordinal);
        Assert.InRange(writes, 20, 100);

        for (var write = 1; write <= writes; write++)
        {
            Compare(undisturbed, (await RunAsync(write, TakeAwayAsync)).State, write);
        }
    }

    private static void Compare(string undisturbed, string disturbed, int write) =>
        Assert.True(undisturbed == disturbed, string.Create(CultureInfo.InvariantCulture, $"After a crash before write {write}:\n{disturbed}\nUndisturbed:\n{undisturbed}"));

    private static async Task<(string State, int Writes)> RunAsync(int? dieBefore, Func<ArticleWorld, Action, Task> walkAsync)
    {
        await using var world = await ArticleWorld.StartAsync();
        world.Web.On("/1", ArticleWorld.Html(ArticleWorld.Title, ArticleWorld.Body()));
        world.Publishes(world.Item("1"));
        await walkAsync(world, () => world.Faults.Arm(dieBefore));
        var writes = world.Faults.Writes;
        world.Faults.Arm(dieBefore: null);
        await SettleAsync(world);
        return (await DumpAsync(world), writes);
    }

    private static async Task ReadAsync(ArticleWorld world, Action arm)
    {
        arm();
        await TryAsync(world, () => world.Station.Get<IEnumerable<IWorkJob>>().OfType<VisitSourceJob>().Single().RunAsync(ArticleWorld.Feed, CancellationToken.None));
        await StepsAsync(world);
    }

    private static async Task TakeAwayAsync(ArticleWorld world, Action arm)
    {
        await SettleAsync(world);
        world.Web.On("/1", "", 404);
        world.Clock.Advance(TimeSpan.FromHours(23));
        arm();
        await StepsAsync(world);
        for (var day = 0; day < 3; day++)
        {
            // What a dead process has put off until tomorrow is done on the days after.
            world.Clock.Advance(TimeSpan.FromHours(25));
            await StepsAsync(world);
        }
    }

    /// <summary>The sweep and its messages, three times within minutes.</summary>
    private static async Task StepsAsync(ArticleWorld world)
    {
        for (var step = 0; step < 3; step++)
        {
            await TryAsync(world, () => world.Station.Get<IEnumerable<IKnock>>().OfType<HousekeepingKnock>().Single().RunAsync(CancellationToken.None));
            world.Clock.Advance(TimeSpan.FromSeconds(10));
            await TryAsync(world, () => world.Station.Get<WorkPump>().DrainAsync(CancellationToken.None));
        }
    }

    /// <summary>Dead, the next process begins.</summary>
    private static async Task TryAsync(ArticleWorld world, Func<Task> workAsync)
    {
        try
        {
            await workAsync();
        }
        catch (SimulatedCrashException)
        {
            await world.RestartAsync();
        }
    }

    /// <summary>Longer than any lease or claim of a dead process.</summary>
    private static async Task SettleAsync(ArticleWorld world)
    {
        for (var quarter = 0; quarter < 5; quarter++)
        {
            await world.LiveAsync(rounds: 2);
        }
    }

    private static async Task<string> DumpAsync(ArticleWorld world)
    {
        var lines = new List<string>();
        async Task AddAsync(string table, Func<Entity, string> line)
        {
            await foreach (var row in world.Station.Get<ITables>().Open(table).EnumerateAllAsync(CancellationToken.None))
            {
                lines.Add($"{table} {line(row)}");
            }
        }

        await AddAsync("Items", row => $"{row.Key} {row.GetText("UnderstoodBy")} {row.GetText("GoneHow")} read={row.GetTime("ArticleAt") is not null}");
        await AddAsync("ArticleTexts", row => $"{row.Key} {row.GetText("Text0")}");
        await AddAsync("Mentions", row => $"{row.Key} {row.GetText("Surface")}");
        await AddAsync("Flags", row => $"{row.Key} {row.GetText("State")} {row.GetText("Severity")} {string.Join(' ', row.GetText("Reasons")!.Split('"').Where(text => text.StartsWith("reason.", StringComparison.Ordinal)))}");
        await AddAsync("Mails", row => $"{row.GetText("Kind")} {row.GetText("Tells")!.Split('.')[0]} {row.GetText("State")}");
        await AddAsync("Articles", row => $"{row.Key} {row.GetText("Reading")} second={row.GetTime("SecondAt") is not null}");
        lines.Sort(StringComparer.Ordinal);
        lines.Add($"pending={await world.CountAsync("Pending")}");
        return string.Join('\n', lines);
    }
}
