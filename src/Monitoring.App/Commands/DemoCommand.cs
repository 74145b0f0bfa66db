using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Monitoring.Alerts;
using Monitoring.App.Demo;
using Monitoring.App.Hosting;
using Monitoring.Fetching;
using Spectre.Console;

namespace Monitoring.App.Commands;

/// <summary>The whole main job on one machine, in a world the program starts itself. Its output names nobody: it is scanned for names by a test.</summary>
internal static class DemoCommand
{
    private const string Marker = ".monitoring-demo";

    public static Command Create(CommandContext context)
    {
        var once = new Option<bool>("--once") { Description = "End when everything planted was found, with exit code 0, or 20 if something is missing or too much." };
        var port = new Option<int>("--port") { Description = "Port of the pages; 0 takes a free one.", DefaultValueFactory = _ => 7071 };
        var command = new Command("demo", "A small press, sites and censors on loopback, and the program at work on them. Leaves its data in ./data-demo.") { once, port, CommonOptions.Json };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed, parsed.GetValue(once), parsed.GetValue(port), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, ParseResult parsed, bool once, int port, CancellationToken cancellationToken)
    {
        MachineCheck.Run();
        var (screen, time) = (context.Screen, context.World.Time);
        var started = Stopwatch.GetTimestamp();
        var folder = CleanFolder(parsed.GetValue(CommonOptions.Data) ?? "data-demo");
        var articles = DemoArticle.ReadAll();
        await using var world = await DemoWorld.StartAsync(articles, DemoSettings.Factor, time, cancellationToken);
        var settings = Settings.Load(await EmptySettingsAsync(folder, cancellationToken), DemoSettings.Make(folder, world.Resolver.Endpoint, port));
        var (station, app) = Station.OpenWithPages(settings, world.Outside);
        await using (station)
        {
            using var worker = await station.BecomeWorkerAsync(cancellationToken);
            await RunCommand.StartAsync(app, cancellationToken);

            // Mails lead to these pages; where they are is known only now if the port was free to choose.
            station.Get<AlertsOptions>().PublicUrl = new Uri(RunCommand.AddressOf(app));
            screen.Line($"Pages: {RunCommand.AddressOf(app)}   Data: {station.Data.Place}");
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"A world on loopback: {DemoPress.Sources.Count - 1} feeds and a page with {articles.Count} articles, {DemoSite.All.Count} sites, two networks that censor. Time runs {1 / DemoSettings.Factor:0} times faster."));
            await ImportAsync(screen, station, world, time, cancellationToken);

            var rows = await new DemoRun(station, world, new DemoFacts(station, world, articles), screen, time).PlayAsync(cancellationToken);
            Summarise(screen, rows, Stopwatch.GetElapsedTime(started), parsed.GetValue(CommonOptions.Json));
            if (!once)
            {
                screen.Line("The pages stay, and the world goes on. Stop with Ctrl-C.");
                await RunCommand.WorkAsync(station, cancellationToken);
            }

            await app.StopAsync(CancellationToken.None);
            return rows.All(row => row.IsGood) ? ExitCode.Success : ExitCode.AnswerIsNo;
        }
    }

    /// <summary>A data folder of an earlier demo is emptied; any other folder is left alone.</summary>
    private static string CleanFolder(string folder)
    {
        var path = Path.GetFullPath(folder);
        try
        {
            if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            {
                if (!File.Exists(Path.Combine(path, Marker)))
                {
                    throw new StartException(ExitCode.NotWritable, $"{path} holds something that no demo made: choose another folder with --data.");
                }

                Directory.Delete(path, recursive: true);
            }

            PrivateFolder.Create(path);
            File.WriteAllText(Path.Combine(path, Marker), "Made by the demo, and emptied by the next one.\n");
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartException(ExitCode.NotWritable, $"The data folder {path} cannot be written to.");
        }
    }

    /// <summary>The demo reads no settings of the user's: its world is complete in itself.</summary>
    private static async Task<string> EmptySettingsAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(file, "{ \"Values\": {} }\n", cancellationToken);
        return file;
    }

    private static async Task ImportAsync(Screen screen, Station station, DemoWorld world, TimeProvider time, CancellationToken cancellationToken)
    {
        // A first handshake compiles and loads for longer than the demo's fast time allows; it is made before the clock counts.
        await station.Get<Fetcher>().FetchAsync(new FetchRequest(world.Canary, "*/*", Validators: null), cancellationToken);

        var digestAt = time.GetUtcNow() + DemoSettings.Every * 6;
        var file = Path.Combine(station.Data.Place, "watchlist.yaml");
        await File.WriteAllTextAsync(file, DemoList.Write(world, DemoSettings.Every, digestAt), cancellationToken);
        var total = WatchlistSource.NeedGood(file, time.GetUtcNow()).Counts.Values.Sum();
        await WatchlistCommand.ImportAsync(screen, station, file, total, dryRun: false, overwrite: false, _ => true, cancellationToken);
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"Watch list imported: {total} entries."));
    }

    private static void Summarise(Screen screen, IReadOnlyList<FactRow> rows, TimeSpan took, bool json)
    {
        if (json)
        {
            screen.WriteJson(new { good = rows.All(row => row.IsGood), seconds = took.TotalSeconds, rows });
            return;
        }

        var table = new Table().AddColumns("Planted", "How many", "Found", "Too much", "");
        foreach (var row in rows)
        {
            var word = row.IsGood ? "good" : "MISSED " + string.Join(" ", row.Missing.Take(10));
            table.AddRow(row.What, row.Planted.ToString(CultureInfo.InvariantCulture), row.Found.ToString(CultureInfo.InvariantCulture), row.Surplus.ToString(CultureInfo.InvariantCulture), Markup.Escape(word));
        }

        screen.Results.Write(table);
        var verdict = rows.All(row => row.IsGood) ? "Everything planted was found, and nothing else" : "Something is missing or too much";
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"{verdict}; {took.TotalSeconds:0.0} s."));
    }
}
