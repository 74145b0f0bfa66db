using System.CommandLine;
using System.Globalization;
using Monitoring.App.Hosting;
using Monitoring.Items;
using Spectre.Console;

namespace Monitoring.App.Commands;

/// <summary><c>rematch</c>: stored items are understood by the present watch list and rules. Works beside a running service.</summary>
internal static class RematchCommand
{
    private static readonly Option<bool> All = new("--all") { Description = "Items too that the present list and rules have understood." };

    private static readonly Option<DateOnly?> Since = new("--since") { Description = "Only items whose text was first seen on this day (UTC, YYYY-MM-DD) or later." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Report what would change; change nothing." };

    public static Command Create(CommandContext context)
    {
        var command = new Command(
            "rematch",
            "Look for the names, keywords and queries of the present watch list in stored items of its sources, after the list or the rules changed. What is not news "
            + "waits for review and is not mailed. Interrupted, it goes on when it is run again.") { All, Since, DryRun, CommonOptions.Json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var since = parsed.GetValue(Since) is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : (DateTimeOffset?)null;
            var scope = new RematchScope(parsed.GetValue(All), since, parsed.GetValue(DryRun));
            await using var station = await context.OpenStationAsync(parsed.LoadSettings(), cancellationToken);
            var report = await RunAsync(context.Screen, station, scope, cancellationToken);
            Write(context.Screen, report, scope, parsed.GetValue(CommonOptions.Json));
            return report[Rematched.Failed] == 0 ? ExitCode.Success : ExitCode.AnswerIsNo;
        });
        return command;
    }

    private static Task<RematchReport> RunAsync(Screen screen, Station station, RematchScope scope, CancellationToken cancellationToken) =>
        screen.Progress.Progress().AutoClear(true).StartAsync(progress =>
        {
            var task = progress.AddTask("Rematch");
            return station.Get<Rematch>().RunAsync(
                scope,
                (done, all, read) => task.MaxValue(all).Value(done).Description(string.Create(CultureInfo.InvariantCulture, $"{read} items read")),
                cancellationToken);
        });

    private static void Write(Screen screen, RematchReport report, RematchScope scope, bool json)
    {
        if (json)
        {
            screen.WriteJson(new
            {
                scope.DryRun,
                report.Read,
                unchanged = report[Rematched.Unchanged],
                flagged = report[Rematched.Flagged],
                changed = report[Rematched.Changed],
                reopened = report[Rematched.Reopened],
                withdrawn = report[Rematched.Withdrawn],
                failed = report[Rematched.Failed],
            });
            return;
        }

        screen.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Read} items read. {(scope.DryRun ? "Would be" : "Now")}: {report[Rematched.Flagged]} newly flagged, {report[Rematched.Changed]} flags changed, "
            + $"{report[Rematched.Reopened]} back in review, {report[Rematched.Withdrawn]} withdrawn from it."));
        if (report[Rematched.Failed] is > 0 and var failed)
        {
            screen.Error(string.Create(CultureInfo.InvariantCulture, $"{failed} items could not be understood; the log says why. Run rematch again to try them again."));
        }
    }
}
