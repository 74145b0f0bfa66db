using Monitoring.Alerts;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Alerts;

public sealed class RuleIndexTests
{
    [Theory]
    [InlineData(Severity.Critical, Severity.Info, true)]
    [InlineData(Severity.High, Severity.High, true)]
    [InlineData(Severity.Medium, Severity.High, false)]
    [InlineData(Severity.Critical, null, false)] // wants nothing at once
    public void An_item_is_mailed_at_once_if_it_is_severe_enough(Severity severity, Severity? least, bool atOnce)
    {
        var routing = Route(People.Item(severity: severity), People.Reader() with { AtOnce = least });

        Assert.Equal((atOnce, true, atOnce ? "why.severity" : "why.digest"), Said(routing));
    }

    [Fact]
    public void Old_news_stands_in_the_digest_and_is_not_mailed_at_once()
    {
        var routing = Route(People.Item() with { MayBeImmediate = false }, People.Reader());

        Assert.Equal((false, true, "why.digest"), Said(routing));
    }

    [Theory]
    [InlineData(AlertKind.SiteTrouble, true, true)]
    [InlineData(AlertKind.SiteRecovered, true, true)]
    [InlineData(AlertKind.Vantage, true, true)]
    [InlineData(AlertKind.Certificate, true, true)]
    [InlineData(AlertKind.SiteTrouble, false, false)]
    [InlineData(AlertKind.SiteRecovered, false, false)]
    public void A_site_is_mailed_at_once_to_those_who_want_sites_however_severe(AlertKind kind, bool wantsSites, bool atOnce)
    {
        var routing = Route(People.Site(kind: kind) with { Severity = Severity.Info }, People.Reader() with { AtOnce = Severity.Critical, Sites = wantsSites });

        Assert.Equal((atOnce, true, atOnce ? "why.sites" : "why.digest"), Said(routing));
    }

    [Fact]
    public void A_site_that_was_told_of_enough_stands_in_the_digest_only()
    {
        Assert.Equal((false, true, "why.digest"), Said(Route(People.Site() with { MayBeImmediate = false }, People.Reader())));
    }

    [Fact]
    public void What_concerns_all_is_told_to_those_too_who_chose_subjects()
    {
        Assert.True(Route(People.Site() with { ConcernsAll = true }, People.Reader() with { Only = ["person-1"] })?.AtOnce);
    }

    [Theory]
    [InlineData("KZ", "KZ", true)]
    [InlineData("KZ", "KG,KZ", true)]
    [InlineData("KZ", "KG", false)]
    [InlineData("kz", "KZ", false)] // codes are compared as written
    [InlineData(null, "KZ", false)] // belongs to no country
    [InlineData(null, "", true)] // all countries
    public void A_recipient_of_some_countries_hears_of_those_only(string? country, string countries, bool isTold)
    {
        var recipient = People.Reader() with { Countries = countries.Split(',', StringSplitOptions.RemoveEmptyEntries) };

        Assert.Equal(isTold, Route(People.Item() with { Country = country }, recipient) is not null);
    }

    [Theory]
    [InlineData("person-1", true)] // by id
    [InlineData("Мирас Кыранбеков", true)] // by name
    [InlineData("person-2,topic-1", true)] // one of several
    [InlineData("person-2", false)]
    [InlineData("Мирас", false)] // part of a name
    public void A_recipient_of_chosen_subjects_hears_of_those_only(string only, bool isTold)
    {
        var routing = Route(People.Item(), People.Reader() with { Only = only.Split(',') });

        Assert.Equal((isTold, isTold), (routing is not null, routing?.AtOnce ?? false));
    }

    [Fact]
    public void Who_wants_no_digest_gets_none()
    {
        Assert.Equal((true, false, "why.severity"), Said(Route(People.Item(), People.Reader() with { Digest = null })));
    }

    private static Routing? Route(AlertRecord record, Recipient recipient) => RuleIndex.Of([recipient]).Match(record).SingleOrDefault();

    private static (bool AtOnce, bool Daily, string Why) Said(Routing? routing) => (routing!.AtOnce, routing.Daily, routing.Why.Text);
}
