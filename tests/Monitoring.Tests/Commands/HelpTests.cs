using System.CommandLine;
using Monitoring.App.Commands;
using Monitoring.App.Hosting;
using Monitoring.Network;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Commands;

public sealed class HelpTests
{
    private static readonly RootCommand Root = Cli.Build(new CommandContext(
        new OutsideWorld(AddressGuard.PublicOnly, TrustPolicy.System, new TestClock()), Screen.Console()));

    public static TheoryData<string> Commands => [.. Below(Root).Select(HelpWithExamples.PathOf)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_examples_that_it_understands(string command)
    {
        var examples = Help(command).Split('\n').SkipWhile(line => line != "Examples:").Skip(1).Where(line => line.Length > 0).Select(line => line.Trim()).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.StartsWith($"Monitoring.App {command}", example, StringComparison.Ordinal));
        Assert.All(examples, example => Assert.Empty(Root.Parse(example["Monitoring.App ".Length..]).Errors));
    }

    [Fact]
    public void The_programs_help_tells_its_exit_codes()
    {
        Assert.Contains(ExitCode.Help.ReplaceLineEndings("\n").Split('\n')[1].Trim(), Help(""), StringComparison.Ordinal);
    }

    private static string Help(string command)
    {
        var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(0, Root.Parse($"{command} --help".TrimStart()).Invoke(new InvocationConfiguration { Output = output }));
        return output.ToString();
    }

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(child => Below(child).Prepend(child));
}
