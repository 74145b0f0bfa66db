using Monitoring.Items;
using Monitoring.Items.Stories;

namespace Monitoring.Tests.Items.Stories;

/// <summary>Which two items tell of one event, and why.</summary>
public sealed class StoryMatchingTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void One_link_is_one_event()
    {
        var link = new Uri("https://orda.kz/news/1?utm_source=a");

        Assert.Equal("SameLink reason.story_link()", Match(Some("одно") with { Link = link }, Some("другое") with { Link = new Uri("https://www.orda.kz/news/1") }));
        Assert.Null(Match(Some("одно") with { Link = new Uri("https://orda.kz/") }, Some("другое") with { Link = new Uri("https://orda.kz/") }));
    }

    [Fact]
    public void The_same_words_are_one_event()
    {
        Assert.Equal("SameText reason.story_same_text()", Match(Some(StoryTexts.Russian), Some(StoryTexts.Russian.ToUpperInvariant())));
    }

    [Theory]
    [InlineData(0, "SameText reason.story_same_text()")]
    [InlineData(3, null)]
    public void A_headline_alone_is_one_event_of_one_day(int laterDays, string? match)
    {
        const string Headline = "Суд в Алматы оштрафовал редактора газеты";

        Assert.Equal(match, Match(Some(Headline), Some(Headline) with { FirstSeen = Day.AddDays(laterDays) }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Видео дня")]
    public void What_says_nothing_joins_nothing(string text)
    {
        Assert.Null(Match(Some(text), Some(text)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(10)]
    [InlineData(5)]
    public void An_edited_copy_is_one_event_and_says_how_much_is_the_same(int everyNth)
    {
        Assert.Matches("^NearCopy reason.story_near_copy\\([0-9]+\\)$", Match(Some(StoryTexts.Russian), Some(StoryTexts.Change(StoryTexts.Russian, everyNth))));
    }

    [Fact]
    public void A_cut_reprint_is_a_copy()
    {
        Assert.StartsWith("NearCopy", Match(Some(StoryTexts.Russian), Some(StoryTexts.Russian[..(StoryTexts.Russian.Length / 3)])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_that_was_filled_in_anew_is_another_event()
    {
        var one = StoryTexts.Rates("22 ноября", "481,20", "523,91", "5,11", "67,40");

        Assert.Null(Match(Some(one), Some(StoryTexts.Rates("23 ноября", "479,35", "519,08", "5,02", "66,95"))));
    }

    [Fact]
    public void A_copy_that_names_other_persons_of_the_list_is_another_event()
    {
        var other = StoryTexts.Russian.Replace("Мираса Кыранбекова", "Дину Оспанову", StringComparison.Ordinal);

        Assert.StartsWith("NearCopy", Match(Some(StoryTexts.Russian), Some(other)), StringComparison.Ordinal);
        Assert.Null(Match(Some(StoryTexts.Russian) with { Persons = ["person-1"] }, Some(other) with { Persons = ["person-2"] }));
    }

    [Fact]
    public void A_week_later_it_is_another_event()
    {
        Assert.Null(Match(Some(StoryTexts.Russian), Some(StoryTexts.Russian) with { FirstSeen = Day.AddDays(7.1) }));
    }

    [Theory]
    [InlineData(StoryTexts.Kazakh, "kk")]
    [InlineData(StoryTexts.English, "en")]
    public void The_same_person_place_and_day_in_another_language_is_one_event(string text, string language)
    {
        Assert.Equal("SameMatter reason.story_same_persons(Almaty)", Match(Told(StoryTexts.Russian, "ru"), Told(text, language)));
    }

    [Fact]
    public void Another_person_place_day_or_kind_of_act_is_another_event()
    {
        var (one, other) = (Told(StoryTexts.Russian, "ru") with { Acts = ["DETENTION"] }, Told(StoryTexts.English, "en") with { Acts = ["DETENTION"] });

        Assert.Equal("SameMatter reason.story_same_persons(Almaty) reason.story_same_act(@violation.DETENTION)", Match(one, other));
        Assert.Null(Match(one, other with { Persons = ["person-2"] }));
        Assert.Null(Match(one, other with { Persons = ["person-1", "person-2", "person-3"] }));
        Assert.Null(Match(one, other with { Text = other.Text.Replace("Almaty", "Taraz", StringComparison.Ordinal) }));
        Assert.Null(Match(one, other with { FirstSeen = Day.AddDays(1) }));
        Assert.Null(Match(one, other with { Acts = ["ADMIN_PENALTY"] }));
    }

    [Fact]
    public void An_outlet_counts_only_with_a_city_or_region()
    {
        var (one, other) = (Told(StoryTexts.Russian, "ru") with { Persons = [], Outlets = ["outlet-1"] }, Told(StoryTexts.English, "en") with { Persons = [], Outlets = ["outlet-1"] });

        Assert.Equal("SameMatter reason.story_same_outlet(Almaty)", Match(one, other));
        Assert.Null(Match(one with { Text = "Сайт закрыт в Казахстане" }, other with { Text = "The site was closed in Kazakhstan" }));
    }

    [Fact]
    public void In_one_language_other_words_need_the_same_act_and_another_publisher()
    {
        var (one, other) = (Told("Мирас Кыранбеков задержан в Алматы", "ru"), Told("В Алматы полиция увезла Мираса Кыранбекова", "ru") with { Publisher = "outlet-2" });

        Assert.Null(Match(one, other));
        Assert.StartsWith("SameMatter", Match(one with { Acts = ["detention"] }, other with { Acts = ["detention"] }), StringComparison.Ordinal);
        Assert.Null(Match(one with { Acts = ["detention"] }, other with { Acts = ["detention"], Publisher = one.Publisher }));
    }

    [Theory]
    [InlineData("Его увезли из Шымкента в Караганду", "shymkent karaganda")]
    [InlineData("Қарағандыда және Ақтөбеде", "karaganda aktobe")]
    [InlineData("Reported from Bishkek, Kyrgyzstan", "bishkek")]
    [InlineData("Қазақстанда да, Ресейде де", "KZ RU")]
    [InlineData("Погода", "")]
    public void Places_are_found_in_any_case_and_language(string text, string places)
    {
        Assert.Equal(places, string.Join(' ', PlaceTable.Find(text)));
    }

    private static StoryItem Some(string text) => new() { Key = new ItemKey("feed", "item"), Title = "", Text = text, Publisher = "feed", PublisherName = "Лента", FirstSeen = Day };

    private static StoryItem Told(string text, string language) => Some(text) with { Persons = ["person-1"], Language = language };

    private static string? Match(StoryItem one, StoryItem other) =>
        StoryMatching.Of(StoryMember.Of(one, "1"), TextSketch.Of(one.Text), StoryMember.Of(other, "2"), TextSketch.Of(other.Text)) is { } match
            ? $"{match.Join} {string.Join(' ', match.Reasons.Select(reason => $"{reason.Text}({string.Join(", ", reason.Values)})"))}"
            : null;
}
