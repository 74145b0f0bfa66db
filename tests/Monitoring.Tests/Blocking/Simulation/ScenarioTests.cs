using Monitoring.Tests.Support;

namespace Monitoring.Tests.Blocking.Simulation;

/// <summary>Every scenario file ends as it says.</summary>
public sealed class ScenarioTests
{
    private static readonly string Folder = Repository.Path("tests", "Monitoring.Tests", "Blocking", "Simulation", "Scenarios");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Ends_as_it_says(string file)
    {
        var scenario = Scenario.Read(await File.ReadAllTextAsync(Path.Combine(Folder, file + ".json")));

        var played = new ScenarioRun(scenario).Play();

        Assert.NotEmpty(played);
        Assert.All(played, step =>
        {
            Assert.NotEmpty(step.Step.Expect);
            Assert.Equal(Lines(step.Step.Expect), Lines(step.Step.Expect.Keys.ToDictionary(vantage => vantage, vantage => step.Verdicts[vantage])));
            Assert.Equal(step.Step.Episodes ?? [], step.Episodes);
        });
    }

    [Fact]
    public void There_are_scenarios_of_every_technique_and_their_names_are_told_once()
    {
        var scenarios = Directory.EnumerateFiles(Folder, "*.json").Select(file => Scenario.Read(File.ReadAllText(file))).ToList();

        Assert.True(scenarios.Count >= 90, $"{scenarios.Count} scenarios");
        Assert.Equal(scenarios.Count, scenarios.Select(scenario => scenario.Name).Distinct(StringComparer.Ordinal).Count());
    }

    private static string Lines(IReadOnlyDictionary<string, string> told) => string.Join('\n', told.Select(each => $"{each.Key}: {each.Value}"));
}
