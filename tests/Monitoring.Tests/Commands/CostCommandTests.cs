using System.Text.Json;
using Monitoring.App.Hosting;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Commands;

public sealed class CostCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_day_is_told_function_by_function_with_its_bill_and_what_was_assumed()
    {
        var told = await RunAsync("cost");

        Assert.Equal((0, ""), (told.ExitCode, told.Errors));
        Assert.Matches("CheckSite +│ 54,000 │", told.Output);
        Assert.Matches("PollFeeds +│ +2,880 │", told.Output);
        Assert.Contains("the host (estimated)", told.Output, StringComparison.Ordinal);
        Assert.Contains("200 sites every 00:05:00 from 3 vantages", told.Output, StringComparison.Ordinal);
        Assert.Contains("Prices, unless given: US dollars, pay as you go, East US", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_makes_no_store()
    {
        await RunAsync("cost");

        Assert.Equal(["settings.json"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Settings_and_options_change_the_answer()
    {
        var usual = await BillAsync();
        var seldom = await BillAsync("--set", "Availability__Interval=01:00:00");
        var few = await BillAsync("--sites", "10");
        var free = await BillAsync("--price-gb-second", "0", "--price-executions", "0", "--price-tables", "0", "--price-blob-writes", "0", "--price-blob-reads", "0", "--price-queues", "0");

        Assert.InRange(seldom, 1, usual * 0.9);
        Assert.InRange(few, 1, usual * 0.7);
        Assert.Equal(0, free);
    }

    [Theory]
    [InlineData("--feeds", "many", "--feeds many: a whole number from 0 to 1000000 is expected.")]
    [InlineData("--feeds", "2.5", "--feeds 2.5: a whole number from 0 to 1000000 is expected.")]
    [InlineData("--vantages", "0", "--vantages 0: a whole number from 1 to 100 is expected.")]
    [InlineData("--trouble", "1.1", "--trouble 1.1: a number from 0 to 1 is expected.")]
    [InlineData("--memory", "256", "--memory 256: a whole number from 512 to 4096 is expected.")]
    [InlineData("--check-seconds", "NaN", "--check-seconds NaN: a number from 0 to 600 is expected.")]
    [InlineData("--price-tables", "-1", "--price-tables -1: a number from 0 to 1000 is expected.")]
    public void A_bad_option_says_what_was_expected(string option, string value, string message)
    {
        var root = App.Commands.Cli.Build(new App.Commands.CommandContext(TestStation.World(new TestClock()), App.Commands.Screen.Console()));

        Assert.Equal([message], root.Parse(["cost", option, value]).Errors.Select(error => error.Message));
    }

    private async Task<double> BillAsync(params string[] options)
    {
        var told = await RunAsync(["cost", "--json", .. options]);
        using var json = JsonDocument.Parse(told.Output);
        return json.RootElement.GetProperty("bill").GetProperty("month").GetDouble();
    }

    private Task<Terminal> RunAsync(params string[] args)
    {
        var settings = _folder.Write("settings.json", """{ "Values": {} }""");
        return Terminal.RunAsync(OutsideWorld.Real, [.. args, "--settings", settings, "--data", _folder.File("data")]);
    }
}
