using System.CommandLine;
using Monitoring.App.Commands;
using Monitoring.App.Hosting;
using Monitoring.Network;
using Spectre.Console;

namespace Monitoring.Tests.Support;

/// <summary>What a command answered, run in this process.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Errors)
{
    public static async Task<CommandRun> RunAsync(TimeProvider time, params string[] args)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var screen = new Screen(output, errors, Console(output), Console(TextWriter.Null));
        try
        {
            var root = Cli.Build(new CommandContext(new OutsideWorld(AddressGuard.PublicAndLoopback, TrustPolicy.System, time), screen));
            var code = await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = errors });
            return new CommandRun(code, output.ToString(), errors.ToString());
        }
        catch (StartException start)
        {
            return new CommandRun(start.ExitCode, output.ToString(), start.Message);
        }
    }

    private static IAnsiConsole Console(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Interactive = InteractionSupport.No, Ansi = AnsiSupport.No });
}
