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
    [InlineData("судья", "")] // short words take no endings
    [InlineData("подзадержан", "")]
    [InlineData("приговорили", "")]
    [InlineData("", "")]
    public void Keywords_are_found(string text, string expected)
    {
        Assert.Equal(expected, string.Join(", ", Matcher.Find(text).Select(hit => $"{hit.TopicId}: {hit.Surface}")));
    }

    [Fact]
    public void A_hit_tells_its_topic_its_place_and_why()
    {
        var hit = Assert.Single(Matcher.Find("Нет приговора"));

        Assert.Equal(("trial", "Trial", Severity.High, 4, 9), (hit.TopicId, hit.TopicName, hit.Severity, hit.Start, hit.Length));
        Assert.Equal(["keyword «приговор» of the topic «Trial»", "приговор + а: Russian genitive"], hit.Reasons.Select(Texts.English.Say));
    }
}
