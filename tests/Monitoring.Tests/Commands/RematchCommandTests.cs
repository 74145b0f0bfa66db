using System.Text.Json;
using Monitoring.App.Hosting;
using Monitoring.Storage;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Commands;

public sealed class RematchCommandTests : IAsyncLifetime
{
    private const string Added = """persons: [{ id: person-1, name: Мирас Кыранбеков }, { id: person-2, name: Дина Сапарова }]""";

    private readonly TempFolder _folder = new();
    private NewsDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _desk = await NewsDesk.OpenAsync();
        await TellAsync("old");
        _desk.Clock.Advance(TimeSpan.FromDays(10));
        await TellAsync("new");
        await _desk.ReplacePersonsAsync(Added);
    }

    public async Task DisposeAsync()
    {
        await _desk.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_says_what_it_did_and_before_what_it_would_do()
    {
        var dry = await RunAsync("--dry-run");
        var real = await RunAsync();
        var again = await RunAsync();

        Assert.Equal((0, "2 items read. Would be: 2 newly flagged, 0 flags changed, 0 back in review, 0 withdrawn from it.\n", ""), (dry.ExitCode, dry.Output, dry.Errors));
        Assert.Equal((0, "2 items read. Now: 2 newly flagged, 0 flags changed, 0 back in review, 0 withdrawn from it.\n"), (real.ExitCode, real.Output));
        Assert.Equal("2 items read. Now: 0 newly flagged, 0 flags changed, 0 back in review, 0 withdrawn from it.\n", again.Output);
    }

    [Fact]
    public async Task Since_a_day_only_later_texts_are_understood()
    {
        var run = await RunAsync("--since", $"{_desk.Clock.GetUtcNow():yyyy-MM-dd}", "--json");

        var json = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal((2, 1), (json.GetProperty("read").GetInt32(), json.GetProperty("flagged").GetInt32()));
        Assert.False(json.GetProperty("dryRun").GetBoolean());
        Assert.NotNull(await _desk.FlagAsync("new"));
        Assert.Null(await _desk.FlagAsync("old"));
    }

    [Fact]
    public async Task A_day_that_is_none_is_told_and_nothing_is_done()
    {
        Assert.NotEqual(0, (await RunAsync("--since", "yesterday")).ExitCode);

        Assert.Null(await _desk.FlagAsync("new"));
    }

    [Fact]
    public async Task An_item_that_cannot_be_understood_stops_no_other_and_is_tried_again()
    {
        var flags = _desk.Station.Get<ITables>().Open("Flags");
        await flags.PutAsync(new Entity(NewsDesk.Key("old").Row).Set("State", "Unheard of"), CancellationToken.None);

        var run = await RunAsync();

        Assert.Equal((ExitCode.AnswerIsNo, "1 items could not be understood; the log says why. Run rematch again to try them again.\n"), (run.ExitCode, run.Errors));
        Assert.NotNull(await _desk.FlagAsync("new"));
        await flags.DeleteAsync(NewsDesk.Key("old").Row, etag: null, CancellationToken.None);
        Assert.Equal(0, (await RunAsync()).ExitCode);
        Assert.NotNull(await _desk.FlagAsync("old"));
    }

    [Fact]
    public async Task An_import_says_that_stored_items_have_not_met_the_list()
    {
        const string Hint = "Items that are stored already have not met this list: run rematch.\n";
        var list = _folder.Write("list.yaml", """
            version: 1
            feeds: [{ id: feed-1, name: Лента, url: "https://example.org/feed", country: KZ }]
            """);

        Assert.DoesNotContain(Hint, (await CommandAsync("watchlist", "import", list, "--dry-run")).Output, StringComparison.Ordinal);
        Assert.EndsWith(Hint, (await CommandAsync("watchlist", "import", list)).Output, StringComparison.Ordinal);
        await RunAsync();
        Assert.DoesNotContain(Hint, (await CommandAsync("watchlist", "import", list)).Output, StringComparison.Ordinal);
    }

    private async Task TellAsync(string guid)
    {
        await _desk.VisitAsync(NewsDesk.Item(guid, "Дина Сапарова дала интервью") with { Published = _desk.Clock.GetUtcNow() });
        await _desk.UnderstandAsync();
    }

    private Task<CommandRun> RunAsync(params string[] more) => CommandAsync(["rematch", .. more]);

    private Task<CommandRun> CommandAsync(params string[] args) =>
        CommandRun.RunAsync(_desk.Clock, [.. args, "--data", _desk.Station.Data.Place, "--settings", _folder.Write("settings.json", """{ "Values": {} }""")]);
}
