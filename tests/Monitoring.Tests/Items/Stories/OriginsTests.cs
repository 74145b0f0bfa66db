using Monitoring.Items;
using Monitoring.Items.Stories;

namespace Monitoring.Tests.Items.Stories;

/// <summary>Who copied whom, and how many sources there are.</summary>
public sealed class OriginsTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Задержан журналист, сообщает КазТАГ.", "agency:kaztag")]
    [InlineData("Журналист ұсталды, деп хабарлайды ҚазАқпарат.", "agency:kazinform")]
    [InlineData("A reporter was detained, according to Reuters.", "agency:reuters")]
    [InlineData("Журналист ұсталды, деп хабарлады Азаттық.", "agency:rferl")]
    [InlineData("Задержан журналист. Об этом передаёт корреспондент Интерфакс.", "agency:interfax")]
    [InlineData("Корреспондента КазТАГ задержали. Полиция не сообщает подробностей.", null)]
    [InlineData("Задержан журналист.", null)]
    [InlineData("", null)]
    public void A_credit_is_a_name_beside_a_word_of_telling(string text, string? credit)
    {
        Assert.Equal(credit, Credits.Find(Item(text)));
    }

    [Fact]
    public void A_listed_outlet_is_credited_by_its_id_and_nobody_credits_himself()
    {
        const string Text = "Источник: Orda. Задержан журналист, сообщает КазТАГ.";
        var named = Item(Text) with { NamedOutlets = [new NamedSource("outlet-orda", Text.IndexOf("Orda", StringComparison.Ordinal), 4)] };

        Assert.Equal("outlet-orda", Credits.Find(named));
        Assert.Equal("agency:kaztag", Credits.Find(named with { Publisher = "outlet-orda" }));
        Assert.Null(Credits.Find(Item("Задержан журналист, сообщает КазТАГ.") with { PublisherName = "КазТАГ" }));
    }

    [Fact]
    public void Reprints_of_one_agency_count_once()
    {
        var members = Story(Member("a", credit: "agency:kaztag"), Member("b", copyOf: "a"), Member("c", copyOf: "b"));

        Assert.Equal("a Reprint agency:kaztag, b Reprint agency:kaztag, c Reprint agency:kaztag", members);
    }

    [Fact]
    public void The_first_published_that_credits_nobody_is_the_original()
    {
        Assert.Equal("a Original a, b Reprint a, c OwnTelling c", Story(Member("b", hour: 1, copyOf: "a"), Member("a"), Member("c", hour: 2)));
    }

    [Fact]
    public void Whom_others_credit_is_the_original_even_if_it_came_later()
    {
        Assert.Equal("a Reprint b, b Original b, c OwnTelling c", Story(Member("a", credit: "b"), Member("b", hour: 1, copyOf: "a"), Member("c", hour: 2)));
    }

    [Fact]
    public void Who_tells_in_other_words_what_an_agency_told_is_not_independent()
    {
        Assert.Equal("a Reprint agency:kaztag, b Reprint agency:kaztag", Story(Member("a", credit: "agency:kaztag"), Member("b", hour: 1, credit: "agency:kaztag")));
        Assert.Equal(1, Origins.CountIndependent(Origins.Of([Member("a", credit: "agency:kaztag"), Member("b", hour: 1, credit: "agency:kaztag")])));
    }

    [Fact]
    public void Own_tellings_count_each()
    {
        Assert.Equal(3, Origins.CountIndependent(Origins.Of([Member("a"), Member("b", hour: 1), Member("c", hour: 2), Member("d", hour: 3, copyOf: "c")])));
    }

    private static string Story(params StoryMember[] members) => string.Join(", ", Origins.Of(members).Select(told => $"{told.Member.Publisher} {told.Role} {told.Origin}"));

    private static StoryItem Item(string text) => new() { Key = new ItemKey("feed", "item"), Title = "", Text = text, Publisher = "feed", PublisherName = "Лента", FirstSeen = Day };

    private static StoryMember Member(string publisher, int hour = 0, string? copyOf = null, string? credit = null) => new()
    {
        Item = new ItemKey(publisher, "item"),
        Home = "story",
        Join = copyOf is null ? StoryJoin.First : StoryJoin.NearCopy,
        JoinedTo = copyOf is null ? null : new ItemKey(copyOf, "item"),
        Title = "",
        Publisher = publisher,
        PublisherName = publisher,
        At = Day.AddHours(hour),
        Credit = credit,
    };
}
