using Monitoring.Items;
using Monitoring.Queries;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;
using Monitoring.Watchlist.Files;

namespace Monitoring.Tests.Queries;

/// <summary>Queries of topics: in a file, in the store, in an item.</summary>
public sealed class TopicQueriesTests
{
    [Fact]
    public void A_topic_needs_keywords_or_a_query()
    {
        Assert.Equal("~обыск", ((Topic)Assert.Single(ListFile.Read("topics: [{ name: A, query: ~обыск }]")).Entry).Query);
        Assert.Equal(["list.yaml:1: topics[0].keywords: is missing; a list of texts is expected"], ListFile.Problems("topics: [{ name: A }]"));
        Assert.Equal(["list.yaml:1: topics[0].keywords: a list of texts is expected, an empty one was found"], ListFile.Problems("topics: [{ name: A, keywords: [] }]"));
    }

    [Fact]
    public void A_wrong_query_is_told_with_file_line_field_and_place()
    {
        const string Yaml = "topics:\n  - { name: A, keywords: [a] }\n  - { name: B, query: \"суд AND\" }\n";

        var result = WatchlistCheck.Check(new StringReader(Yaml), "list.yaml", TopicRules.ProblemsOf);

        Assert.Equal("list.yaml:3: topics[1].query: AND needs something on both sides.\n    суд AND\n        ^^^", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public async Task A_query_is_stored_and_exported_as_it_was_written()
    {
        await using var list = new StoredList();
        const string Query = "обыск  -\"на суде\" [x]";
        await list.ImportAsync($"topics: [{{ id: topic-1, name: A, query: '{Query}' }}]");

        var stored = await list.Store.LoadAsync(CancellationToken.None);
        using var text = new StringWriter();
        WatchlistExport.Write(stored, text);

        Assert.Equal(Query, Assert.Single(stored.Topics).Query);
        Assert.Equal(Query, ((Topic)Assert.Single(ListFile.Read(text.ToString())).Entry).Query);
    }

    [Fact]
    public void A_topic_of_persons_is_found_where_they_are_named()
    {
        var compiled = new CompiledList(new WatchlistSnapshot("1",
        [
            new Person { Id = "miras", Name = "Мирас Кыранбеков" },
            new Topic { Id = "about", Name = "About", Query = "person:miras -спорт" },
        ]));

        Assert.Equal([("Мирас Кыранбеков", FindingKind.Person), ("Мирас Кыранбеков", FindingKind.Topic)], compiled.Find("Вот Мирас Кыранбеков").Select(finding => (finding.Surface, finding.Kind)));
        Assert.DoesNotContain(compiled.Find("Мирас Кыранбеков\nо спорте и спорт"), finding => finding.Kind is FindingKind.Topic);
    }

    [Fact]
    public async Task Source_language_and_age_of_an_item_are_known_when_it_is_understood()
    {
        await using var desk = await NewsDesk.OpenAsync(more: "");
        await desk.Station.Get<WatchlistImport>().RunAsync(
            ListFile.Read("""topics: [{ id: topic-2, name: Search, severity: high, query: "title:~обыск source:feed-1 country:KZ since:7d" }]"""), dryRun: false, overwrite: true, onlyAdd: true, CancellationToken.None);
        await desk.VisitAsync(
            NewsDesk.Item("new", "Обыски") with { Published = desk.Clock.GetUtcNow().AddDays(-6) },
            NewsDesk.Item("old", "Об обысках") with { Published = desk.Clock.GetUtcNow().AddDays(-8) });
        await desk.UnderstandAsync();

        Assert.NotNull(await desk.FlagAsync("new"));
        Assert.Null(await desk.FlagAsync("old"));
    }
}
