using System.Text.Json;
using Monitoring.App.Hosting;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Commands;

public sealed class ForgetCommandTests : IDisposable
{
    private const string List = """
        version: 1
        persons:
          - { id: person-miras, name: Мирас Кыранбеков, country: KZ }
          - { id: person-aa, name: Айгерим Ахметова, country: KZ }
          - { id: person-ab, name: Айгерим Ахметова, country: UZ }
        """;

    private readonly TempFolder _folder = new();
    private readonly TestClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Никто Никтоев", "Никто Никтоев: no person or recipient of the watch list has this id or exact name.")]
    [InlineData("Айгерим Ахметова", "Айгерим Ахметова: 2 entries are called so; give the id of one: person-aa (person, KZ), person-ab (person, UZ).")]
    public async Task Nobody_or_several_of_a_name_is_one_line_and_changes_nothing(string who, string message)
    {
        await ImportAsync();

        var run = await RunAsync("forget", who, "--confirm");

        Assert.Equal((ExitCode.Usage, message), (run.ExitCode, run.Errors));
        Assert.Contains("0 added, 0 changed, 0 retired, 3 unchanged, 0 conflicts.", (await ImportAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_confirm_it_only_tells()
    {
        await ImportAsync();

        var run = await RunAsync("forget", "person-miras");

        Assert.Equal(ExitCode.AnswerIsNo, run.ExitCode);
        Assert.Contains("entry of the watch list", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed. Run again with --confirm to do it.\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 unchanged", (await ImportAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_file_does_not_bring_the_person_back_unless_told()
    {
        await ImportAsync();
        var run = await RunAsync("forget", "Мирас Кыранбеков", "--confirm", "--by", "Operator", "--json");
        using var json = JsonDocument.Parse(run.Output);
        var pseudonym = json.RootElement.GetProperty("pseudonym").GetString();

        var again = await ImportAsync();
        var told = await ImportAsync("--bring-back");

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("Мирас", run.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Conflicts, again.ExitCode);
        Assert.EndsWith(
            $"list.yaml:3: persons[0]: asked to be forgotten on 2026-11-22 ({pseudonym}); left out. Take the entry out of the file, or import with --bring-back.\n", again.Errors, StringComparison.Ordinal);
        Assert.Contains("0 added, 0 changed, 0 retired, 2 unchanged", again.Output, StringComparison.Ordinal);
        Assert.Equal(0, told.ExitCode);
        Assert.Contains($"({pseudonym}); brought back.", told.Errors, StringComparison.Ordinal);
        Assert.Contains("1 added", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retention_tells_in_words_and_in_json_what_it_would_remove()
    {
        await ImportAsync();

        var words = await RunAsync("retention", "--dry-run");
        var json = await RunAsync("retention", "--dry-run", "--json");

        Assert.Equal((0, "Nothing would be removed.\n"), (words.ExitCode, words.Output));
        using var parsed = JsonDocument.Parse(json.Output);
        Assert.True(parsed.RootElement.GetProperty("dryRun").GetBoolean());
        Assert.Equal(0, parsed.RootElement.GetProperty("removed").GetArrayLength());
    }

    [Fact]
    public async Task Retention_removes_and_tells_the_same_as_its_dry_run()
    {
        await using var news = await KeptNews.StartAsync();
        await news.VisitAsync(KeptNews.Weather());
        news.Days(181);
        string[] store = ["--data", news.Station.Data.Place, "--settings", _folder.Write("settings.json", """{ "Values": {} }""")];

        var dry = await CommandRun.RunAsync(news.Clock, ["retention", "--dry-run", .. store]);
        var real = await CommandRun.RunAsync(news.Clock, ["retention", .. store]);
        var after = await CommandRun.RunAsync(news.Clock, ["retention", .. store]);

        Assert.Contains("items never flagged", dry.Output, StringComparison.Ordinal);
        Assert.Equal(dry.Output.Split('\n').Skip(3), real.Output.Split('\n').Skip(3));
        Assert.Equal("Nothing to remove.\n", after.Output);
    }

    private Task<CommandRun> ImportAsync(params string[] more) => RunAsync(["watchlist", "import", _folder.Write("list.yaml", List), .. more]);

    private Task<CommandRun> RunAsync(params string[] args) =>
        CommandRun.RunAsync(_clock, [.. args, "--data", _folder.File("data"), "--settings", _folder.Write("settings.json", """{ "Values": {} }""")]);
}
