using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Monitoring.App.Commands;
using Monitoring.App.Hosting;
using Monitoring.Storage;

namespace Monitoring.App;

/// <summary>The program: one command line for everything. Every failure that an operator can mend ends in one line and its own exit code.</summary>
internal static class MonitoringProgram
{
    /// <summary>How long a running command has to end by itself after Ctrl-C.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(10);

    public static Task<int> RunAsync(string[] args, OutsideWorld world) => RunAsync(args, world, Screen.Console());

    public static async Task<int> RunAsync(string[] args, OutsideWorld world, Screen screen)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var parsed = Cli.Build(new CommandContext(world, screen)).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            if (parsed.Action is ParseErrorAction mistake)
            {
                mistake.ShowHelp = false;
            }

            await parsed.InvokeAsync(new InvocationConfiguration { Output = Console.Error, Error = Console.Error });
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToEnd });
        }
        catch (StartException start)
        {
            screen.Error(start.Message);
            return start.ExitCode;
        }
        catch (StorageUnavailableException unavailable)
        {
            screen.Error(unavailable.Message);
            return ExitCode.Of(unavailable.Problem);
        }
        catch (OperationCanceledException)
        {
            screen.Error("Interrupted.");
            return ExitCode.Cancelled;
        }
        catch (Exception bug)
        {
            // The boundary of the process: a bug ends it with its own code, and with where it was.
            screen.Error($"This is a bug: {bug.GetType().Name}{Environment.NewLine}{bug.StackTrace}");
            return ExitCode.Unexpected;
        }
    }
}
