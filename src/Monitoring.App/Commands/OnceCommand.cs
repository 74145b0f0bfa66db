using System.CommandLine;
using System.Globalization;
using Monitoring.App.Hosting;
using Spectre.Console;

namespace Monitoring.App.Commands;

/// <summary>One cycle, then the end: for cron jobs and for trying things out.</summary>
internal static class OnceCommand
{
    private static readonly TimeSpan WaitAtMost = TimeSpan.FromMinutes(2);

    public static Command Create(CommandContext context)
    {
        var command = new Command("once", "One cycle: visit what is due, check what is due, send what is to be sent, then exit.") { CommonOptions.Json };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed.LoadSettings(), parsed.GetValue(CommonOptions.Json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, Settings settings, bool json, CancellationToken cancellationToken)
    {
        await using var station = await context.OpenStationAsync(settings, cancellationToken);
        using var worker = await station.BecomeWorkerAsync(cancellationToken);
        var done = 0;
        var waiting = await context.Screen.Progress.Status().StartAsync("Working", status => station.Get<Cycle>().RunAsync(
            WaitAtMost,
            (count, left) =>
            {
                done = count;
                status.Status(string.Create(CultureInfo.InvariantCulture, $"{count} jobs done, {left} wait"));
            },
            cancellationToken));
        if (json)
        {
            context.Screen.WriteJson(new { done, waiting });
        }
        else
        {
            context.Screen.Line(string.Create(CultureInfo.InvariantCulture, $"{done} jobs done, {waiting} left for later."));
        }

        return ExitCode.Success;
    }
}
