using System.Text.Json;
using Monitoring.App.Hosting;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Commands;

/// <summary>What <c>watchlist check</c>, <c>import</c> and <c>explain</c> say about names.</summary>
public sealed class WatchlistAdviceTests : IDisposable
{
    private const string List = """
        version: 1
        persons:
          - { id: aminov, name: Бахыт Аминов }
          - { name: Ерлан Амилов }
          - { id: duvanov, name: Сергей Дуванов, aliases: [Sergey Duvanov] }
        """;

    private readonly TempFolder _folder = new();
    private readonly TestClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Check_speaks_of_names_to_be_careful_with_and_of_no_others()
    {
        var check = await RunAsync("watchlist", "check", _folder.Write("list.yaml", List));

        Assert.Equal(
            """
            Good: persons 3.
            Бахыт Аминов: The surname needs the first name, an initial or a context word beside it. Why: others of the list have a name like it, the surname is common.
              surname differs by one letter: Ерлан Амилов
            Ерлан Амилов: The surname needs the first name, an initial or a context word beside it. Why: others of the list have a name like it.
              surname differs by one letter: Бахыт Аминов

            """.ReplaceLineEndings("\n"),
            check.Output);
        Assert.Equal(0, check.ExitCode);
    }

    [Fact]
    public async Task Check_says_it_completely_as_json()
    {
        var check = await RunAsync("watchlist", "check", _folder.Write("list.yaml", List), "--json");

        using var json = JsonDocument.Parse(check.Output);
        var advice = json.RootElement.GetProperty("advice")[0];
        Assert.Equal(("aminov", "surnameWithGiven", false), (advice.GetProperty("id").GetString(), advice.GetProperty("evidence").GetString(), advice.GetProperty("evidenceStated").GetBoolean()));
        Assert.Equal("collides", advice.GetProperty("grounds")[0].GetString());
        Assert.Equal(("near", "Ерлан Амилов"), (advice.GetProperty("collisions")[0].GetProperty("kind").GetString(), advice.GetProperty("collisions")[0].GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Of_very_many_names_the_screen_shows_some_and_counts_the_others()
    {
        var list = "persons:\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"  - {{ name: {(char)('А' + i)}рман Ахметов }}\n"));

        var check = await RunAsync("watchlist", "check", _folder.Write("list.yaml", list));

        Assert.Contains("  … and 17 more.\n", check.Output, StringComparison.Ordinal);
        Assert.EndsWith("… and 10 more names to be careful with; --json lists all.\n", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_query_is_told_with_a_caret_before_anything_is_stored()
    {
        var file = _folder.Write("list.yaml", "topics:\n  - { name: A, query: \"~обыск langg:ru\" }\n");

        var check = await RunAsync("watchlist", "check", file);
        var import = await StoredAsync("watchlist", "import", file);

        Assert.StartsWith($"{file}:2: topics[0].query: No field is called 'langg'; did you mean lang:?", check.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n    ~обыск langg:ru\n           ^^^^^^\n", check.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCode.BadWatchlist, check.Output.Trim()), (import.ExitCode, import.Errors.Trim()));
    }

    [Fact]
    public async Task A_name_that_is_refused_is_told_with_file_line_and_field_before_anything_is_stored()
    {
        var file = _folder.Write("list.yaml", "persons:\n  - name: Айдос\n    aliases:\n      - Ж\n");

        var check = await RunAsync("watchlist", "check", file);
        var import = await StoredAsync("watchlist", "import", file);

        Assert.Equal($"{file}:4: persons[0].aliases[0]: has only single letters, which stand in every text; a word of two letters or more is expected\n", check.Output);
        Assert.Equal((ExitCode.BadWatchlist, check.Output.Trim()), (import.ExitCode, import.Errors.Trim()));
    }

    [Fact]
    public async Task Import_speaks_of_new_and_changed_entries_only()
    {
        await StoredAsync("watchlist", "import", _folder.Write("list.yaml", List));
        var more = _folder.Write("more.yaml", List + "\n  - { name: Нурлан Абилов }\n");

        var dry = await StoredAsync("watchlist", "import", more, "--dry-run");
        var real = await StoredAsync("watchlist", "import", more);
        var again = await StoredAsync("watchlist", "import", more);

        const string Told = "Нурлан Абилов: The surname needs the first name, an initial or a context word beside it.";
        Assert.Contains(Told, dry.Output, StringComparison.Ordinal);
        Assert.Contains(Told, real.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Аминов:", real.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Told, again.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("duvanov")]
    [InlineData("сергей дуванов")]
    [InlineData("Sergey Duvanov")]
    public async Task Explain_tells_all_about_one_name(string asked)
    {
        var told = await RunAsync("watchlist", "explain", asked, "--watchlist", _folder.Write("list.yaml", List));

        Assert.Equal(0, told.ExitCode);
        Assert.StartsWith("Сергей Дуванов (duvanov)\n", told.Output, StringComparison.Ordinal);
        Assert.Contains("Sergej Duvanov", told.Output, StringComparison.Ordinal);
        Assert.Contains("Сергея Дуванова", told.Output, StringComparison.Ordinal);
        Assert.Contains("rarity:        The surname is not among the frequent ones of the region.", told.Output, StringComparison.Ordinal);
        Assert.Contains("evidence:      The surname alone is enough. Why: the surname is rare.", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_tells_what_a_name_may_be_taken_for()
    {
        var told = await RunAsync("watchlist", "explain", "aminov", "--watchlist", _folder.Write("list.yaml", List));

        Assert.Contains("taken for:     Ерлан Амилов (surname differs by one letter)", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_reads_the_stored_list_too()
    {
        await StoredAsync("watchlist", "import", _folder.Write("list.yaml", List));

        Assert.StartsWith("Бахыт Аминов (aminov)\n", (await StoredAsync("watchlist", "explain", "aminov")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_listed_is_one_line_and_its_own_code()
    {
        var file = _folder.Write("list.yaml", List);

        var told = await RunAsync("watchlist", "explain", "Никто Никтоев", "--watchlist", file);
        var json = await RunAsync("watchlist", "explain", "Никто Никтоев", "--watchlist", file, "--json");

        Assert.Equal((ExitCode.AnswerIsNo, "No person of the list has this name or id.\n"), (told.ExitCode, told.Output));
        Assert.Equal((ExitCode.AnswerIsNo, "[]\n"), (json.ExitCode, json.Output));
    }

    [Fact]
    public async Task An_entry_without_id_never_meets_one_with_it()
    {
        var file = _folder.Write("list.yaml", "persons:\n  - { id: entry-1, name: Ерлан Калиев }\n  - { name: Талгат Серик }\n");

        Assert.Equal(0, (await RunAsync("watchlist", "check", file)).ExitCode);
    }

    private Task<CommandRun> StoredAsync(params string[] args) =>
        RunAsync([.. args, "--data", _folder.File("data"), "--settings", _folder.Write("settings.json", """{ "Values": {} }""")]);

    private Task<CommandRun> RunAsync(params string[] args) => CommandRun.RunAsync(_clock, args);
}
