using System.Text.Json;
using Monitoring.Advice;
using Monitoring.App.Hosting;
using Monitoring.Queries;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Commands;

public sealed class SearchCommandTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private NewsDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _desk = await NewsDesk.OpenAsync();
        await TellAsync("old", "Обыск в газете");
        _desk.Clock.Advance(TimeSpan.FromDays(40));
        await TellAsync("first", "Новости", "В редакции прошли обыски. Больше ничего.");
        _desk.Clock.Advance(TimeSpan.FromDays(1));
        await TellAsync("second", "Мирас Кыранбеков об обыске");
        await TellAsync("other", "Погода");
    }

    public async Task DisposeAsync()
    {
        await _desk.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Counts_and_marked_examples_of_the_last_thirty_days_are_shown()
    {
        var run = await RunAsync("~обыск");

        var (today, yesterday) = (_desk.Clock.GetUtcNow(), _desk.Clock.GetUtcNow().AddDays(-1));
        Assert.Equal(
            $"""
            Query:  ~обыск
            Found:  2 of 3 items since {today.AddDays(-30):yyyy-MM-dd}.
              {yesterday:yyyy-MM-dd}  1
              {today:yyyy-MM-dd}  1
                   2  Лента
            {today:yyyy-MM-dd} Лента: Мирас Кыранбеков об обыске
              Мирас Кыранбеков об [обыске]
              https://example.org/second
            {yesterday:yyyy-MM-dd} Лента: Новости
              В редакции прошли [обыски].
              https://example.org/first

            """.ReplaceLineEndings("\n"),
            run.Output);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
    }

    [Fact]
    public async Task Names_of_the_list_can_be_asked_for_and_an_earlier_day()
    {
        Assert.Contains("Found:  1 of 3 items", (await RunAsync("person:\"мирас кыранбеков\" ~обыск")).Output, StringComparison.Ordinal);
        Assert.Contains("Found:  3 of 4 items", (await RunAsync("~обыск", "--since", "2000-01-01")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_of_it_is_given_as_json()
    {
        var run = await RunAsync("title:~обыск source:лента", "--json");

        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        Assert.Equal(("title:~обыск AND source:лента", 4, 3, 1), (root.GetProperty("query").GetString(), root.GetProperty("read").GetInt32(), root.GetProperty("inPeriod").GetInt32(), root.GetProperty("found").GetInt32()));
        Assert.Equal("Мирас Кыранбеков об [обыске]", root.GetProperty("examples")[0].GetProperty("passage").GetString());
        Assert.Equal(1, root.GetProperty("perDay")[0].GetProperty("found").GetInt32());
        Assert.Equal("Лента", root.GetProperty("perSource")[0].GetProperty("source").GetString());
    }

    [Fact]
    public async Task Examples_are_paged_from_the_newest_on_and_the_counts_stay()
    {
        for (var i = 0; i < 45; i++)
        {
            _desk.Clock.Advance(TimeSpan.FromMinutes(i % 3));
            await _desk.VisitAsync(NewsDesk.Item($"paged{i}", $"Суд {i}") with { Published = _desk.Clock.GetUtcNow() });
        }

        var (shown, after, pages) = (new List<string>(), (string?)null, 0);
        do
        {
            var scope = new SearchScope(_desk.Clock.GetUtcNow() - StoredSearch.UsualPeriod) { After = after };
            var report = await _desk.Station.Get<StoredSearch>().RunAsync(QueryParser.Parse("~суд").Query!, scope, (_, _, _) => { }, CancellationToken.None);
            Assert.Equal(45, report.Found);
            shown.AddRange(report.Examples.Select(example => example.Item.Title));
            (after, pages) = (report.Next, pages + 1);
        }
        while (after is not null);

        Assert.Equal((3, 45, 45), (pages, shown.Count, shown.Distinct().Count()));
        Assert.Equal(("Суд 44", "Суд 0"), (shown[0], shown[^1]));
    }

    [Fact]
    public async Task Nothing_found_is_an_answer()
    {
        Assert.Equal(ExitCode.AnswerIsNo, (await RunAsync("штраф")).ExitCode);
    }

    [Fact]
    public async Task What_is_wrong_with_a_query_is_shown_under_it()
    {
        var run = await RunAsync("~обыск langg:ru");

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Equal(
            """
            No field is called 'langg'; did you mean lang:? The fields are title, body, source, lang, country, person, outlet, type, since.
                ~обыск langg:ru
                       ^^^^^^

            """.ReplaceLineEndings("\n"),
            run.Errors);
    }

    private async Task TellAsync(string guid, string title, string text = "")
    {
        await _desk.VisitAsync(NewsDesk.Item(guid, title, text) with { Published = _desk.Clock.GetUtcNow() });
        await _desk.UnderstandAsync();
    }

    private Task<CommandRun> RunAsync(params string[] more) =>
        CommandRun.RunAsync(_desk.Clock, ["search", .. more, "--data", _desk.Station.Data.Place, "--settings", _folder.Write("settings.json", """{ "Values": {} }""")]);
}
