using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Hosting;

/// <summary>A platform makes an entry of each line on standard output: a message is one line, whatever is in it.</summary>
public sealed class ConsoleLinesTests
{
    [Fact]
    public async Task A_message_with_a_stack_trace_is_one_line_with_time_level_and_category()
    {
        await using var world = await SmallWorld.StartAsync();
        var stack = Assert.Throws<InvalidOperationException>(() => Fail(3));

        var line = Write(world.Station.Services, $"feed-1 failed in visit-source: {stack.GetType().Name}{Environment.NewLine}{stack.StackTrace}", stack);

        Assert.Matches(@"^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ fail: Monitoring\.Work\.JobRunner\[7\] feed-1 failed in visit-source: .*Fail.*Fail.*\n$", line);
        Assert.Equal(1, line.Count(character => character == '\n'));
    }

    [Fact]
    public async Task Commands_write_the_same_lines()
    {
        using var folder = new TempFolder();
        await using var station = TestStation.Open(folder, new TestClock());

        Assert.EndsWith("one two\n", Write(station.Services, "one\ntwo", exception: null), StringComparison.Ordinal);
    }

    private static string Write(IServiceProvider services, string message, Exception? exception)
    {
        using var writer = new StringWriter();
        var entry = new LogEntry<string>(LogLevel.Error, "Monitoring.Work.JobRunner", new EventId(7), message, exception, (text, _) => text);
        services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == ConsoleFormatterNames.Simple).Write(entry, scopeProvider: null, writer);
        return writer.ToString();
    }

    private static void Fail(int depth)
    {
        if (depth == 0)
        {
            throw new InvalidOperationException("several\nlines\nhere");
        }

        Fail(depth - 1);
    }
}
