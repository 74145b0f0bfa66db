using System.Globalization;
using System.Net;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Web;

public sealed class WatchlistPagesTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private SmallWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await SmallWorld.StartAsync();
        await _world.LiveAsync();
        await _world.Station.ImportAsync(_folder, """
            version: 1
            persons:
              - { id: miras, name: Мирас Кыранбеков }
              - { id: aijan, name: Айжан Кыранбекова }
              - { id: akhmetov, name: Ерлан Ахметов, aliases: ["<b>Ерлан</b> Ахмет"] }
            sites: [{ id: site-9, name: Қум, url: "https://qum.test/", openAfter: 5, maintenance: [{ day: sunday, from: "02:00", to: "04:00", timeZone: Asia/Almaty }] }]
            vantages: [{ id: direct, name: direct, via: direct }]
            outlets: [{ id: qum-press, name: Qum Press, domains: [qum-press.test] }]
            topics: [{ id: topic-detention, name: Detention, severity: critical, keywords: ["задержан*"] }]
            """, overwrite: true);
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_list_is_searched_by_name_and_spelling()
    {
        var page = await _world.PageAsync("/watchlist?q=" + Uri.EscapeDataString("ахмет"));

        Assert.Contains("href=\"/watchlist/person/akhmetov\">Ерлан Ахметов</a>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Ерлан&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/watchlist/person/miras", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_tells_spellings_collisions_and_the_evidence_asked_for()
    {
        var page = await _world.PageAsync("/watchlist/person/miras");

        Assert.Contains("Miras Kyranbekov", page, StringComparison.Ordinal);
        Assert.Contains("Мираса Кыранбекова", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/watchlist/person/aijan\">Айжан Кыранбекова</a>", page, StringComparison.Ordinal);
        Assert.Contains("Why: others of the list have a name like it.", page, StringComparison.Ordinal);
        Assert.Contains("qum-press.test", await _world.PageAsync("/watchlist/outlet/qum-press"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_tells_its_own_thresholds_and_when_its_owners_work_on_it()
    {
        var page = await _world.PageAsync("/watchlist/site/site-9");

        Assert.Contains("<dd>5</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dd>3, as the settings say</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dd>every sunday 02:00 to 04:00 (Asia/Almaty)</dd>", page, StringComparison.Ordinal);
        Assert.Contains("Undecided: reached from 0 of 0 networks", await _world.PageAsync("/availability/site-9"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/watchlist/person/nobody")]
    [InlineData("/watchlist/topic/miras")]
    public async Task An_unknown_entry_is_not_found(string path)
    {
        using var answer = await _world.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_text_is_shown_with_its_marks_bands_and_reasons()
    {
        var page = await TryAsync("<i>Вчера</i> задержан Мирас Кыранбеков.");

        Assert.Contains("<mark>Мирас Кыранбеков</mark>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;Вчера&lt;/i&gt;", page, StringComparison.Ordinal);
        Assert.Contains("Certain", page, StringComparison.Ordinal);
        Assert.Contains("An item with this text would be flagged. 3 found.", page, StringComparison.Ordinal);
        Assert.Contains("class=\"reasons\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/watchlist/person/miras\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topics_are_found_as_the_command_finds_them_and_say_how_urgent_it_would_be()
    {
        var page = await TryAsync("Вчера задержан Мирас Кыранбеков.");
        var topic = await TryAsync("Вчера задержан прохожий.");

        Assert.Contains("«задержан»: Detention", page, StringComparison.Ordinal);
        Assert.Contains("keyword «задержан*» of the topic «Detention»", page, StringComparison.Ordinal);
        Assert.Contains("Critical</span>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/watchlist/topic/", page, StringComparison.Ordinal);
        Assert.Contains("Medium</span>", topic, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_without_anything_of_the_list_says_so() =>
        Assert.Contains("Nothing of the list stands in this text.", await TryAsync("Синоптики ждут снег."), StringComparison.Ordinal);

    [Fact]
    public async Task The_longest_text_is_tried_and_of_very_many_mentions_only_the_first_are_told()
    {
        var page = await TryAsync(string.Concat(Enumerable.Repeat("Мирас Кыранбеков.\n", 5_000)) + new string('ж', 10_000));

        Assert.Contains("5,000 found.", page, StringComparison.Ordinal);
        Assert.Contains("… and 4,800 more.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_surname_alone_is_a_candidate_below()
    {
        var page = await TryAsync("Депутат Ахметов выступил.");

        Assert.Contains("Nothing would be flagged.", page, StringComparison.Ordinal);
        Assert.Contains("Would not be flagged", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<mark>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_and_kept()
    {
        var page = await TryAsync(string.Create(CultureInfo.InvariantCulture, $"begin {new string('x', 100_000)}"));

        Assert.Contains("The text has 100,006 characters. At most 100,000 can be tried at once.", page, StringComparison.Ordinal);
        Assert.Contains(">begin xxx", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("Text", "x"), KeyValuePair.Create("_handler", "match")]);
        using var answer = await _world.Client.PostAsync("/match", form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task<string> TryAsync(string text)
    {
        using var answer = await _world.PostAsync("/match", "/match", ("_handler", "match"), ("Text", text));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
