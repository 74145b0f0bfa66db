using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Alerts.Mails;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Alerts;

/// <summary>What recipients' own rules, whom they follow, weekly overviews and sensitive recipients come to.</summary>
public sealed class TellingRuleTests
{
    /// <summary>Asks for nothing but its own rules.</summary>
    private static readonly Recipient Nobody = People.Reader() with { Digest = null, AtOnce = null, Sites = false };

    public static TheoryData<string, TellingRule, bool> Choices => new()
    {
        { "nothing in particular", All, true },
        { "items", All with { About = TellingScope.Items }, true },
        { "sites", All with { About = TellingScope.Sites }, false },
        { "as severe", All with { Severity = Severity.Critical }, true },
        { "by id", All with { Subjects = ["person-1"] }, true },
        { "by name", All with { Subjects = ["person-2", "Мирас Кыранбеков"] }, true },
        { "another person", All with { Subjects = ["person-2"] }, false },
        { "one of its acts", All with { Violations = ["FINE", "TRIAL"] }, true },
        { "another act", All with { Violations = ["KILLING"] }, false },
        { "its language", All with { Languages = ["kk", "ru"] }, true },
        { "another language", All with { Languages = ["kk"] }, false },
        { "its country", All with { Countries = ["KG", "KZ"] }, true },
        { "another country", All with { Countries = ["KG"] }, false },
        { "all but one hold", All with { Subjects = ["person-1"], Violations = ["FINE"], Languages = ["ru"], Countries = ["KG"] }, false },
    };

    private static TellingRule All => new() { When = TellingTime.AtOnce };

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_rule_chooses_by(string what, TellingRule rule, bool isChosen)
    {
        var item = People.Item() with { Violations = ["DETENTION", "FINE"] };

        Assert.Equal((what, isChosen), (what, Route(item, Nobody with { Rules = [rule] }) is { AtOnce: true }));
    }

    [Fact]
    public void A_rule_about_more_severe_things_is_silent() => Assert.Null(Route(People.Item(severity: Severity.Medium), Nobody with { Rules = [All with { Severity = Severity.High }] }));

    [Fact]
    public void Of_a_site_no_language_is_asked_and_no_kind_of_act_found()
    {
        Assert.True(Route(People.Site(), Nobody with { Rules = [All with { Languages = ["kk"] }] })?.AtOnce);
        Assert.Null(Route(People.Site(), Nobody with { Rules = [All with { Violations = ["DETENTION"] }] }));
    }

    [Fact]
    public void What_belongs_to_no_country_or_language_is_chosen_by_rules_without_them()
    {
        var item = People.Item() with { Country = null, Language = null };

        Assert.True(Route(item, Nobody with { Rules = [All] })?.AtOnce);
        Assert.Null(Route(item, Nobody with { Rules = [All with { Countries = ["KZ"] }] }));
        Assert.Null(Route(item, Nobody with { Rules = [All with { Languages = ["ru"] }] }));
    }

    [Theory]
    [InlineData(TellingTime.AtOnce, "AtOnce Daily")] // so that nothing is lost
    [InlineData(TellingTime.Reviewed, "WhenReviewed Daily")]
    [InlineData(TellingTime.Hourly, "Hourly")]
    [InlineData(TellingTime.Daily, "Daily")]
    [InlineData(TellingTime.Weekly, "Weekly")]
    public void A_rule_is_not_limited_by_the_recipients_countries_and_subjects(TellingTime when, string told)
    {
        var recipient = People.Reader() with { Weekly = DayOfWeek.Monday, Countries = ["KG"], Only = ["person-2"], Rules = [All with { When = when }] };

        Assert.Equal(told, Said(Route(People.Item(), recipient)));
    }

    [Theory]
    [InlineData(TellingTime.AtOnce, "Daily")]
    [InlineData(TellingTime.Reviewed, "Daily")]
    [InlineData(TellingTime.Hourly, "Hourly")]
    [InlineData(TellingTime.Weekly, "Weekly")]
    public void Old_news_is_never_mailed_at_once_nor_when_it_is_reviewed(TellingTime when, string told)
    {
        var recipient = Nobody with { Digest = new TimeOnly(9, 0), Countries = ["KG"], Rules = [All with { When = when }] };

        Assert.Equal(told, Said(Route(People.Item() with { MayBeImmediate = false }, recipient)));
    }

    [Fact]
    public void Old_news_is_not_told_to_those_without_a_digest() => Assert.Null(Route(People.Item() with { MayBeImmediate = false }, Nobody with { Rules = [All], Follow = ["person-1"] }));

    [Fact]
    public void Sites_are_not_reviewed() => Assert.Equal("AtOnce", Said(Route(People.Site(), Nobody with { Rules = [All with { When = TellingTime.Reviewed }] })));

    [Fact]
    public void What_is_mailed_at_once_is_mailed_neither_again_when_reviewed_nor_hourly()
    {
        var recipient = Nobody with { Rules = [All with { When = TellingTime.Hourly }, All with { When = TellingTime.Reviewed }, All] };

        Assert.Equal("AtOnce", Said(Route(People.Item(), recipient)));
    }

    [Fact]
    public void Who_is_followed_is_told_at_once_whatever_else_was_chosen()
    {
        var recipient = People.Reader() with { AtOnce = null, Countries = ["KG"], Only = ["person-2"], Follow = ["Мирас Кыранбеков"] };

        var routing = Route(People.Item(severity: Severity.Info), recipient);

        Assert.Equal(("AtOnce Daily", "you follow Мирас Кыранбеков"), (Said(routing), Why(routing)));
    }

    [Fact]
    public void What_concerns_all_concerns_not_whoever_is_followed()
    {
        var outage = People.Site() with { ConcernsAll = true };

        Assert.Null(Route(outage, Nobody with { Follow = ["person-1"] }));
        Assert.True(Route(outage, Nobody with { Rules = [All with { Subjects = ["person-1"] }] })?.AtOnce);
    }

    [Fact]
    public void The_weekly_overview_tells_everything_unless_a_rule_says_what()
    {
        var recipient = Nobody with { Digest = new TimeOnly(9, 0), Weekly = DayOfWeek.Monday };

        Assert.Equal("Daily Weekly", Said(Route(People.Item(), recipient)));
        Assert.Equal("Daily", Said(Route(People.Item(), recipient with { Rules = [All with { When = TellingTime.Weekly, Severity = Severity.High, Countries = ["KG"] }] })));
    }

    [Fact]
    public void A_sensitive_recipient_is_told_once_a_day_and_not_why()
    {
        var recipient = People.Reader() with { Sensitive = true, Weekly = DayOfWeek.Monday, Follow = ["person-1"], Rules = [All with { When = TellingTime.Hourly }, All with { When = TellingTime.Daily, Name = "Мирас" }] };

        var routing = Route(People.Item(), recipient);

        Assert.Equal(("Daily", "you asked for a daily digest"), (Said(routing), Why(routing)));
    }

    [Fact]
    public void The_rule_that_tells_soonest_is_named()
    {
        var recipient = People.Reader() with { AtOnce = null, Rules = [All with { When = TellingTime.Hourly, Name = "Later" }, All with { Name = "Now" }, All with { Name = "Now too" }] };

        Assert.Equal("your rule «Now» asks for it", Why(Route(People.Item(), recipient)));
    }

    [Fact]
    public void A_rule_without_a_name_is_called_after_what_it_chooses()
    {
        Assert.Equal("your rule «person-1, ru, KZ» asks for it", Why(Route(People.Item(), Nobody with { Rules = [All with { Subjects = ["person-1"], Languages = ["ru"], Countries = ["KZ"] }] })));
        Assert.Equal("one of your rules asks for it", Why(Route(People.Item(), Nobody with { Rules = [All] })));
    }

    [Fact]
    public void Everybody_is_told_once_in_the_order_of_the_list()
    {
        Recipient[] recipients = [.. Enumerable.Range(0, 40).Select(i => Nobody with { Id = i.ToString(CultureInfo.InvariantCulture), Rules = [All, All with { Severity = (Severity)(i % 4), Subjects = ["person-1"] }] })];

        Assert.Equal(recipients, RuleIndex.Of(recipients).Match(People.Item()).Select(routing => routing.Recipient));
    }

    [Fact]
    public void A_rule_that_lists_as_much_as_a_file_may_is_found_by_each_of_them()
    {
        string[] many = [.. Enumerable.Range(0, 500).Select(i => $"X{i}")];
        var recipient = Nobody with { Rules = [All with { Subjects = [.. many, "person-1"], Violations = [.. many, "DETENTION"], Languages = [.. many, "ru"], Countries = [.. many, "KZ"] }] };

        Assert.NotNull(Route(People.Item() with { Violations = ["DETENTION"] }, recipient));
        Assert.Null(Route(People.Item() with { Violations = ["FINE"] }, recipient));
    }

    private static Routing? Route(AlertRecord record, Recipient recipient) => RuleIndex.Of([recipient]).Match(record).SingleOrDefault();

    private static string Why(Routing? routing) => Texts.English.Say(routing!.Why);

    private static string Said(Routing? routing) => string.Join(' ', new[]
    {
        routing!.AtOnce ? "AtOnce" : null,
        routing.WhenReviewed ? "WhenReviewed" : null,
        routing.Hourly ? "Hourly" : null,
        routing.Daily ? "Daily" : null,
        routing.Weekly ? "Weekly" : null,
    }.OfType<string>());
}
