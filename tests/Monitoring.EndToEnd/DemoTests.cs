using System.Text.Json;
using Monitoring.EndToEnd.Support;

namespace Monitoring.EndToEnd;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_finds_everything_planted_and_its_output_names_nobody()
    {
        using var folder = new TempFolder();

        var demo = await ProgramProcess.RunAsync(folder.Path, "demo", "--once", "--port", "0");

        Assert.True(demo.ExitCode == 0, demo.Output + demo.Errors);
        Assert.Contains("Everything planted was found, and nothing else", demo.Output, StringComparison.Ordinal);
        Assert.Equal("", demo.Errors.Trim());
        Assert.DoesNotContain(PlantedNames.All, secret => (demo.Output + demo.Errors).Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_demo_leaves_a_folder_that_the_next_demo_empties_and_no_other()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.File("data-demo"));
        File.WriteAllText(folder.File("data-demo/thesis.txt"), "the only copy");

        var demo = await ProgramProcess.RunAsync(folder.Path, "demo", "--once", "--port", "0");

        Assert.Equal(9, demo.ExitCode);
        Assert.Contains("holds something that no demo made", demo.Errors, StringComparison.Ordinal);
        Assert.Equal("the only copy", File.ReadAllText(folder.File("data-demo/thesis.txt")));
    }

    [Fact]
    public async Task The_summary_can_be_read_by_another_program()
    {
        using var folder = new TempFolder();

        var demo = await ProgramProcess.RunAsync(folder.Path, "demo", "--once", "--port", "0", "--json", "--data", "elsewhere");

        using var json = JsonDocument.Parse(demo.Output[demo.Output.IndexOf('{', StringComparison.Ordinal)..]);
        Assert.True(json.RootElement.GetProperty("good").GetBoolean());
        Assert.Equal(10, json.RootElement.GetProperty("rows").GetArrayLength());
        Assert.True(File.Exists(folder.File("elsewhere/monitoring.db")));
    }
}
