using Monitoring.App;
using Monitoring.App.Commands;
using Monitoring.App.Hosting;
using Spectre.Console;

namespace Monitoring.Tests.Support;

/// <summary>The program as a script sees it: exit code, standard output, and standard error without the bars of progress.</summary>
internal sealed record Terminal(int ExitCode, string Output, string Errors)
{
    public static async Task<Terminal> RunAsync(OutsideWorld world, params string[] args)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var screen = new Screen(output, errors, Console(output), Console(TextWriter.Null));
        var code = await MonitoringProgram.RunAsync(args, world, screen);
        return new Terminal(code, output.ToString(), errors.ToString());
    }

    private static IAnsiConsole Console(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = 200;
        return console;
    }
}
