using Monitoring.Alerts.Mails;
using Monitoring.Names;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Names;

/// <summary>Why a mention is one, as people read it.</summary>
public sealed class NameReasonsTests
{
    private static readonly NameMatcher Matcher = NameMatcher.Compile(
        [
            new Person
            {
                Id = "miras",
                Name = "Мирас Кыранбеков",
                Aliases = [new Alias("Miras Kyranbekov", "passport"), new Alias("@kyranbekov", Source: null)],
            },
        ],
        [new Outlet { Id = "vestnik", Name = "Степной вестник", Domains = ["stepnoy-vestnik.test"] }]);

    [Theory]
    [InlineData("Мирас Кыранбеков", "surname «Кыранбеков»; first name «Мирас» beside it")]
    [InlineData("Мирасом Кыранбековым", "Кыранбеков + ым: Russian instrumental; first name «Мирасом» beside it")]
    [InlineData("Miras Kyranbekov’s", "Kyranbekov + ’s: English possessive or plural; first name «Miras» beside it")]
    [InlineData("stepnoy-vestnik.test", "listed as «stepnoy-vestnik.test» (its domain)")]
    [InlineData("Miras Kyranbekov", "surname «Kyranbekov»; first name «Miras» beside it; listed as «Miras Kyranbekov» (passport)")]
    [InlineData("Мирас Қыранбековтің", "Қыранбеков + тің: Kazakh genitive; first name «Мирас» beside it")]
    [InlineData("kyranbekov", "surname «kyranbekov»; written with a small letter")] // a spelling that looks like the name of a text
    public void A_mention_is_explained(string text, string expected)
    {
        Assert.Equal(expected, string.Join("; ", Assert.Single(Matcher.Find(text)).Reasons.Select(Texts.English.Say)));
    }

    [Theory]
    [InlineData("en", "Кыранбеков + ым: Russian instrumental; Мирас Кыранбеков is named in full in the same document")]
    [InlineData("ru", "Кыранбеков + ым: русский творительный падеж; Мирас Кыранбеков упоминается полностью в том же документе")]
    [InlineData("kk", "Кыранбеков + ым: орысша көмектес септігі; Мирас Кыранбеков осы құжатта толық аталған")]
    public void A_surname_alone_says_where_its_owner_is_named(string language, string expected)
    {
        var mention = Matcher.Find("Мирас Кыранбеков задержан. Суд над Кыранбековым")[^1];

        Assert.Equal(expected, string.Join("; ", mention.Reasons.Select(Texts.Of(language).Say)));
    }
}
