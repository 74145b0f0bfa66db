using Monitoring.Alerts.Mails;
using Monitoring.Queries;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Queries;

public sealed class TopicMatcherTests
{
    private static readonly TopicMatcher Matcher = TopicMatcher.Compile(
        [
            new Topic { Id = "detention", Name = "Detention", Severity = Severity.Critical, Keywords = ["задержан*", "взят под стражу", "ұсталды", "detained"] },
            new Topic { Id = "trial", Name = "Trial", Severity = Severity.High, Keywords = ["приговор", "суд", "вынес* приговор"] },
            new Topic { Id = "search", Name = "Search", Query = "~обыск NEAR/3 (~газета OR ~редакция) -~розыск" },
            new Topic { Id = "odd", Name = "Odd", Keywords = ["в", "*", "…", "а*"], Query = "(" },
        ]);

    [Theory]
    [InlineData("журналист задержан", "detention: задержан")]
    [InlineData("ЗАДЕРЖАННЫЙ журналист", "detention: ЗАДЕРЖАННЫЙ")]
    [InlineData("он взят под стражу в зале", "detention: взят под стражу")]
    [InlineData("взята под стражу", "detention: взята под стражу")] // an ending inside a phrase
    [InlineData("кеше ұсталды", "detention: ұсталды")]
    [InlineData("оглашение приговора", "trial: приговора")]
    [InlineData("суд вынесет приговор", "trial: суд, trial: вынесет приговор, trial: приговор")] // overlapping ones too
    [InlineData("суд: задержан", "trial: суд, detention: задержан")] // in the order of the text
    [InlineData("взят, под стражу", "")]
    [InlineData("судья", "")]
    [InlineData("в суде", "trial: суде")]
    [InlineData("подзадержан", "")]
    [InlineData("приговорили", "")]
    [InlineData("обыски в газете", "search: обыски, search: газете")] // each hit of a query
    [InlineData("обыски в газете, розыски", "")]
    [InlineData("в а …", "")] // a single letter is no keyword, and what is no query finds nothing
    [InlineData("", "")]
    public void Keywords_are_found(string text, string expected)
    {
        Assert.Equal(expected, string.Join(", ", Find(text).Select(hit => $"{hit.TopicId}: {hit.Surface}")));
    }

    [Fact]
    public void A_hit_tells_its_topic_its_place_and_why()
    {
        var hit = Assert.Single(Find("Нет приговора"));

        Assert.Equal(("trial", "Trial", Severity.High, 4, 9), (hit.TopicId, hit.TopicName, hit.Severity, hit.Start, hit.Length));
        Assert.Equal(["keyword «приговор» of the topic «Trial»"], hit.Reasons.Select(Texts.English.Say));
    }

    [Fact]
    public void A_hit_of_a_query_tells_which_part_of_it()
    {
        Assert.Equal(
            ["part «~обыск» of the query of the topic «Search»", "part «~редакция» of the query of the topic «Search»"],
            Find("Обыск редакции").SelectMany(hit => hit.Reasons).Select(Texts.English.Say));
    }

    private static IReadOnlyList<TopicHit> Find(string text) => Matcher.Find(QueryDocument.OfText(text), now: default);
}
