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
            var settings = parsed.LoadSettings();
            if (settings.Get<WebOptions>().AccessToken.Length > 0)
            {
                throw new StartException(ExitCode.BadSettings, "Web__AccessToken: the token stands in the settings; change it there.");
            }

            await using var station = await context.OpenStationAsync(settings, cancellationToken);
            context.Screen.Line(await ActivatorUtilities.CreateInstance<AccessToken>(station.Services).RenewAsync(cancellationToken));
            return ExitCode.Success;
        });
        return command;
    }
}
