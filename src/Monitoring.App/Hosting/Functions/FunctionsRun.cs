using Monitoring.App.Commands;

namespace Monitoring.App.Hosting.Functions;

/// <summary>
/// The program as the Functions host runs it: no scheduler and no workers of its own. It listens at once, because the host waits for that, and opens the
/// store behind that. The host kills it without a word; nothing is left for the end.
/// </summary>
internal static class FunctionsRun
{
    /// <returns>Never success: for the host, 0 is a handler that ended well and need not be started again.</returns>
    public static async Task<int> RunAsync(CommandContext context, Settings settings, FunctionsHost host, CancellationToken cancellationToken)
    {
        var (station, app) = Station.OpenWithPages(settings, context.World, host);
        await using (station)
        {
            await RunCommand.StartAsync(app, cancellationToken);
            if (settings.Get<WebOptions>().IsTokenUnresolved)
            {
                context.Screen.Line("Web__AccessToken: the key vault's secret could not be read, so no token opens the pages. Is it there, and has the identity the role Key Vault Secrets User?");
            }

            using var worker = await station.Get<StoreOpening>().OpenAsync(station.OpenAsWorkerAsync, cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
        }

        return ExitCode.Cancelled;
    }

    public static IServiceCollection AddFunctions(this IServiceCollection services) => services
        .AddSingleton<StoreOpening>()
        .AddSingleton<QueueRun>()
        .AddSingleton<FunctionRuns>();
}
