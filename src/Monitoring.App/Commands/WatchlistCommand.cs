using System.CommandLine;
using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Items;
using Monitoring.Retention.Forgetting;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;
using Spectre.Console;

namespace Monitoring.App.Commands;

/// <summary><c>watchlist check|import|export|import-sites|explain</c>: the file of what is watched, in and out of the store. They work beside a running service.</summary>
internal static class WatchlistCommand
{
    private static readonly Argument<string> File = new("file") { Description = "The watch list, YAML; or feeds from a feed reader, OPML." };

    public static Command Create(CommandContext context) =>
        new("watchlist", "Check, import, export or explain the watch list.") { Check(context), Import(context), Export(context), WatchlistSitesCommand.Create(context), WatchlistExplainCommand.Create(context) };

    private static Command Check(CommandContext context)
    {
        var command = new Command("check", "Say what is wrong with a file, or that nothing is. Stores nothing.") { File, CommonOptions.Json };
        command.SetAction(parsed =>
        {
            var file = parsed.GetRequiredValue(File);
            var result = WatchlistSource.Check(file, context.World.Time.GetUtcNow());
            var advice = result.IsGood ? WatchlistAdvice.Of(WatchlistSource.Load(file), _ => true) : [];
            if (parsed.GetValue(CommonOptions.Json))
            {
                context.Screen.WriteJson(new { good = result.IsGood, result.Counts, result.Problems, result.MoreProblems, advice = advice.Select(WatchlistAdvice.Json) });
            }
            else
            {
                WriteCheck(context.Screen, result);
                WatchlistAdvice.Show(context.Screen, advice);
            }

            return result.IsGood ? ExitCode.Success : ExitCode.BadWatchlist;
        });
        return command;
    }

    private static Command Import(CommandContext context)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Report what would change; change nothing." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Where an entry was edited on pages and differs in the file, take the file's." };
        var bringBack = new Option<bool>("--bring-back") { Description = "List people again who asked to be forgotten; without this they are left out." };
        var command = new Command("import", "Make the stored list what the file says. Entries missing from the file are retired, never deleted. An OPML file only adds.") { File, dryRun, overwrite, bringBack, CommonOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = parsed.LoadSettings();
            var file = parsed.GetRequiredValue(File);
            var total = WatchlistSource.NeedGood(file, context.World.Time.GetUtcNow()).Counts.Values.Sum();
            await using var station = await context.OpenStationAsync(settings, cancellationToken);
            var forgotten = new ForgottenEntries(await station.Get<ForgottenTraces>().ListAsync(cancellationToken));
            var warnings = forgotten.Warnings(file, parsed.GetValue(bringBack)).ToList();
            warnings.ForEach(context.Screen.Error);
            var report = await ImportAsync(
                context.Screen, station, file, total, parsed.GetValue(dryRun), parsed.GetValue(overwrite), entry => parsed.GetValue(bringBack) || !forgotten.Holds(entry), cancellationToken);
            var changed = report.Changes.Where(change => change.Kind is EntryKind.Person && change.Change is EntryChange.Added or EntryChange.Changed).Select(change => change.Name).ToHashSet(StringComparer.Ordinal);
            var list = parsed.GetValue(dryRun) ? WatchlistSource.Load(file) : await station.Get<WatchlistStore>().LoadAsync(cancellationToken);
            var advice = WatchlistAdvice.Of(list, person => changed.Contains(person.Name));
            if (parsed.GetValue(CommonOptions.Json))
            {
                context.Screen.WriteJson(new
                {
                    dryRun = parsed.GetValue(dryRun),
                    changes = report.Changes.Select(change => new { change.Change, change.Kind, change.Id, change.Name }),
                    report.Unchanged,
                    forgotten = warnings,
                    advice = advice.Select(WatchlistAdvice.Json),
                });
            }
            else
            {
                WriteReport(context.Screen, report, parsed.GetValue(dryRun));
                WatchlistAdvice.Show(context.Screen, advice);
                await (parsed.GetValue(dryRun) ? Task.CompletedTask : HintAsync(context.Screen, station, cancellationToken));
            }

            return report.HasConflicts || (warnings.Count > 0 && !parsed.GetValue(bringBack)) ? ExitCode.Conflicts : ExitCode.Success;
        });
        return command;
    }

    private static Command Export(CommandContext context)
    {
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; without it the list goes to standard output." };
        var opml = new Option<bool>("--opml") { Description = "Feeds and pages only, as OPML for feed readers." };
        var command = new Command("export", "Write the stored list as a file that imports to the same list, ids included.") { output, opml };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var station = await context.OpenStationAsync(parsed.LoadSettings(), cancellationToken);
            var store = station.Get<WatchlistStore>();
            var list = await store.LoadAsync(cancellationToken);
            int Write(TextWriter text) => parsed.GetValue(opml) ? OpmlExport.Write(list, text) : WatchlistExport.Write(list, text);
            if (parsed.GetValue(output) is not { } file)
            {
                Write(context.Screen.Output);
                return ExitCode.Success;
            }

            var count = ExportedFile.Write(file, Write);
            if (!parsed.GetValue(opml))
            {
                // Marked after the file is complete: a list that was not written has not been exported.
                await store.MarkExportedAsync(list, cancellationToken);
            }

            context.Screen.Line(string.Create(CultureInfo.InvariantCulture, $"{count} entries written to {file}."));
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Imports a checked file with a progress bar.</summary>
    public static Task<ImportReport> ImportAsync(Screen screen, Station station, string file, int total, bool dryRun, bool overwrite, Func<FileEntry, bool> isTaken, CancellationToken cancellationToken) =>
        screen.Progress.Progress().AutoClear(true).StartAsync(async progress =>
        {
            // An import reads the file twice.
            var task = progress.AddTask("Entries", maxValue: Math.Max(2 * total, 1));
            var entries = WatchlistSource.Read(file).Select(entry =>
            {
                task.Increment(1);
                return entry;
            }).Where(isTaken);
            return await station.Get<WatchlistImport>().RunAsync(entries, dryRun, overwrite, WatchlistSource.IsOpml(file), cancellationToken);
        });

    private static async Task HintAsync(Screen screen, Station station, CancellationToken cancellationToken)
    {
        if (await station.Get<StoredItemsAge>().GetAsync(cancellationToken) is not null)
        {
            screen.Line("Items that are stored already have not met this list: run rematch.");
        }
    }

    private static void WriteCheck(Screen screen, CheckResult result)
    {
        foreach (var line in WatchlistSource.Lines(result))
        {
            screen.Line(line);
        }

        if (result.IsGood)
        {
            var counts = result.Counts.Where(count => count.Value > 0).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key.ToString().ToLowerInvariant()}s {count.Value}"));
            screen.Line($"Good: {string.Join(", ", counts)}.");
        }
    }

    private static void WriteReport(Screen screen, ImportReport report, bool dryRun)
    {
        const int MostShown = 200;
        foreach (var (change, kind, _, name) in report.Changes.Take(MostShown))
        {
            screen.Line($"{Word(change),-10} {kind.ToString().ToLowerInvariant(),-10} {name}");
        }

        if (report.Changes.Count > MostShown)
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"… and {report.Changes.Count - MostShown} more; --json lists all."));
        }

        screen.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{(dryRun ? "Would be: " : "")}{report.Count(EntryChange.Added)} added, {report.Count(EntryChange.Changed)} changed, {report.Count(EntryChange.Retired)} retired, {report.Unchanged} unchanged, {report.Count(EntryChange.Conflict)} conflicts."));
        if (report.Count(EntryChange.Conflict) > 0)
        {
            screen.Line("Conflicts were edited on pages since the last export and were left as they are: export first and merge, or import with --overwrite.");
        }

        if (report.Count(EntryChange.ChangedMeanwhile) > 0)
        {
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{report.Count(EntryChange.ChangedMeanwhile)} entries were changed by somebody else during the import: import again."));
        }
    }

    private static string Word(EntryChange change) => change switch
    {
        EntryChange.Added => "added",
        EntryChange.Changed => "changed",
        EntryChange.Retired => "retired",
        EntryChange.Conflict => "conflict",
        _ => "not done",
    };
}
