using System.CommandLine;
using Monitoring.App.Hosting;
using Monitoring.App.Web.Access;

namespace Monitoring.App.Commands;

/// <summary>Makes a new access token; works beside a running service.</summary>
internal static class AccessTokenCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("access-token", "Make a new access token for the pages. The old one and its sessions end.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var station = await context.OpenStationAsync(parsed.LoadSettings(), cancellationToken);
            context.Screen.Line(await ActivatorUtilities.CreateInstance<AccessToken>(station.Services).RenewAsync(cancellationToken));
            return ExitCode.Success;
        });
        return command;
    }
}
