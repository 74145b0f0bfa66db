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
                Aliases = [new Alias("Miras Kyranbekov", "passport"), new Alias("М. К.", "@miras_kyranbekov"), new Alias("@kyranbekov", Source: null)],
            },
        ],
        [new Outlet { Id = "vestnik", Name = "Степной вестник", Domains = ["stepnoy-vestnik.test"] }]);

    [Theory]
    [InlineData("Мирас Кыранбеков", "listed as «Мирас Кыранбеков»")]
    [InlineData(
        "Мирасом Кыранбековым", "listed as «Мирас Кыранбеков»; мирас + ом: Russian instrumental; кыранбеков + ым: Russian instrumental")]
    [InlineData("Miras Kyranbekov’s", "listed as «Miras Kyranbekov» (passport); kyranbekov + s: English possessive or plural")]
    [InlineData("stepnoy-vestnik.test", "listed as «stepnoy-vestnik.test» (its domain)")]
    [InlineData("М. К.", "listed as «М. К.» (@miras_kyranbekov)")] // a source that looks like the name of a text
    [InlineData("kyranbekov", "listed as «@kyranbekov»")] // a spelling that does
    public void A_mention_is_explained(string text, string expected)
    {
        Assert.Equal(expected, string.Join("; ", Assert.Single(Matcher.Find(text)).Reasons.Select(Texts.English.Say)));
    }
}
