using Monitoring.App.Hosting;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Commands;

public sealed class WatchlistSitesCommandTests : IDisposable
{
    private const string List = """
        url,category_code,category_description,date_added,source,notes
        https://news.example.kz/,NEWS,News Media,2020-01-02,somebody,
        https://law.example.kz/,HUMR,Human Rights Issues,2020-01-02,somebody,"aid, for free"
        not an address,NEWS,,,,
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_written_can_be_put_into_a_watch_list()
    {
        var output = _folder.File("sites.yaml");

        var run = await RunAsync("--country", "kz", "--category", "NEWS,HUMR", "--output", output);
        var whole = await File.ReadAllTextAsync(output) + "\nvantages:\n- name: direct\n  via: direct\n";
        var check = await CommandRun.RunAsync(new TestClock(), "watchlist", "check", _folder.Write("list.yaml", whole));

        Assert.Equal((ExitCode.Conflicts, ""), (run.ExitCode, run.Output));
        Assert.Contains(":4: url: an absolute http or https address", run.Errors, StringComparison.Ordinal);
        Assert.Contains("2 sites written, 0 of other categories left out, 1 refused. Source: Citizen Lab test lists, CC BY-NC-SA 4.0.", run.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, check.ExitCode);
    }

    [Fact]
    public async Task Without_an_output_the_sites_go_where_they_can_be_piped()
    {
        var run = await RunAsync("--country", "KZ", "--category", "humr");

        Assert.StartsWith("# Sites of Citizen Lab test lists", run.Output, StringComparison.Ordinal);
        Assert.Contains("law.example.kz", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("news.example.kz", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_category_that_no_row_has_is_told_with_those_there_are()
    {
        var run = await RunAsync("--country", "KZ", "--category", "GAME");

        Assert.Equal(ExitCode.BadWatchlist, run.ExitCode);
        Assert.Contains("no site of GAME; it has HUMR 1, NEWS 2.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_countries_and_missing_files_are_refused()
    {
        Assert.Equal(ExitCode.Usage, (await RunAsync("--country", "Kazakhstan")).ExitCode);
        Assert.Equal(ExitCode.NoInput, (await CommandRun.RunAsync(new TestClock(), "watchlist", "import-sites", _folder.File("none.csv"), "--country", "KZ")).ExitCode);
    }

    private Task<CommandRun> RunAsync(params string[] args) => CommandRun.RunAsync(new TestClock(), ["watchlist", "import-sites", _folder.Write("list.csv", List), .. args]);
}
