using System.CommandLine;
using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Retention;
using Spectre.Console;

namespace Monitoring.App.Commands;

/// <summary><c>retention</c>: one whole pass now, whatever the timer's has done. Works beside a running service.</summary>
internal static class RetentionCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Report what would be removed; change nothing." };

    public static Command Create(CommandContext context)
    {
        var command = new Command("retention", "Remove what is old and nobody's evidence, as the settings Retention__… say.") { DryRun, CommonOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isDryRun = parsed.GetValue(DryRun);
            await using var station = await context.OpenStationAsync(parsed.LoadSettings(), cancellationToken);
            var report = await RunAsync(context.Screen, station, isDryRun, cancellationToken);
            if (parsed.GetValue(CommonOptions.Json))
            {
                context.Screen.WriteJson(new { dryRun = isDryRun, removed = report.Removed.Select(kind => new { kind = kind.Key, kind.Value.Count, kind.Value.Bytes }) });
            }
            else
            {
                Write(context.Screen, report, isDryRun);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Task<RetentionReport> RunAsync(Screen screen, Station station, bool isDryRun, CancellationToken cancellationToken) =>
        screen.Progress.Progress().AutoClear(true).StartAsync(progress =>
        {
            var task = progress.AddTask("Retention");
            return station.Get<RetentionPass>().RunAsync(
                isDryRun,
                from: null,
                (done, all, place) =>
                {
                    task.MaxValue(all).Value(done).Description(place.Rule!);
                    return Task.FromResult(true);
                },
                cancellationToken);
        });

    private static void Write(Screen screen, RetentionReport report, bool isDryRun)
    {
        if (report.Removed.Count == 0)
        {
            screen.Line(isDryRun ? "Nothing would be removed." : "Nothing to remove.");
            return;
        }

        var table = new Table().AddColumn(isDryRun ? "Would be removed" : "Removed").AddColumn(new TableColumn("Count").RightAligned()).AddColumn(new TableColumn("Bytes").RightAligned());
        foreach (var (kind, (count, bytes)) in report.Removed)
        {
            table.AddRow(Words(kind), count.ToString(CultureInfo.InvariantCulture), bytes > 0 ? bytes.ToString(CultureInfo.InvariantCulture) : "");
        }

        screen.Results.Write(table);
    }

    private static string Words(RemovedKind kind) => kind switch
    {
        RemovedKind.UnflaggedItems => "items never flagged",
        RemovedKind.DismissedItems => "dismissed items",
        RemovedKind.Tombstones => "traces of removed items",
        RemovedKind.Captures => "captures",
        RemovedKind.CaptureBodies => "bodies of captures",
        RemovedKind.GoodMeasurements => "good measurements",
        RemovedKind.OtherMeasurements => "other measurements",
        RemovedKind.CheckHours => "hours of check facts",
        RemovedKind.Mails => "contents of mails",
        RemovedKind.Digests => "drafts of digests",
        RemovedKind.RetiredStates => "states of retired sources and sites",
        RemovedKind.IdleHosts => "gates of idle hosts",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
