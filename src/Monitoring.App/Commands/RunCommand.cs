using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Monitoring.App.Hosting;
using Monitoring.App.Hosting.Functions;
using Monitoring.App.Web.Access;

namespace Monitoring.App.Commands;

/// <summary>The service: scheduler, workers and pages in one process, until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create(CommandContext context)
    {
        var port = new Option<int?>("--port") { Description = "Port of the pages; wins over Web__Port." };
        var command = new Command("run", "Run as a service: visit sources, check sites, send mails, serve the pages. The default.") { port };
        command.SetAction((parsed, cancellationToken) =>
        {
            IEnumerable<KeyValuePair<string, string?>> more = parsed.GetValue(port) is { } number ? [KeyValuePair.Create("Web__Port", (string?)$"{number}")] : [];
            return RunAsync(context, parsed.LoadSettings(more), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        if (FunctionsHost.Find(settings) is { } host)
        {
            return await FunctionsRun.RunAsync(context, settings, host, cancellationToken);
        }

        var (station, app) = await context.OpenStationWithPagesAsync(settings, cancellationToken);
        await using (station)
        {
            using var worker = await station.BecomeWorkerAsync(cancellationToken);
            await TellTokenAsync(context, station, cancellationToken);
            await StartAsync(app, cancellationToken);
            context.Screen.Line($"Pages: {AddressOf(app)}   Data: {station.Data.Place}   Stop with Ctrl-C.");
            await WorkAsync(station, cancellationToken);
            await app.StopAsync(CancellationToken.None);
        }

        context.Screen.Line("Stopped.");
        return ExitCode.Success;
    }

    /// <exception cref="StartException">The port is taken, or the address is not this machine's.</exception>
    public static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            throw new StartException(ExitCode.PortInUse, $"The pages cannot be served on {app.Services.GetRequiredService<Listening>().Endpoint}: another program uses the port, or the address is not this machine's. Choose another with --port.");
        }
    }

    public static string AddressOf(WebApplication app) => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Scheduler and workers, until the token asks to stop.</summary>
    public static async Task WorkAsync(Station station, CancellationToken cancellationToken)
    {
        using var scheduler = ActivatorUtilities.CreateInstance<Scheduler>(station.Services);
        var pump = station.Get<WorkPump>();
        await scheduler.StartAsync(cancellationToken);
        await pump.StartAsync(cancellationToken);
        try
        {
            await Task.WhenAll(scheduler.ExecuteTask!, pump.ExecuteTask!).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop: jobs under way give their messages back.
            await scheduler.StopAsync(CancellationToken.None);
            await pump.StopAsync(CancellationToken.None);
        }
    }

    private static async Task TellTokenAsync(CommandContext context, Station station, CancellationToken cancellationToken)
    {
        if (station.Get<Listening>().DemandsToken && await station.Get<AccessToken>().CreateOnceAsync(cancellationToken) is { } token)
        {
            context.Screen.Line($"Access token, shown this once: {token}");
        }
    }
}
