using Monitoring.Items;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Items;

/// <summary>The rules of flagging, in their order.</summary>
public sealed class AssessmentTests
{
    private const string Together = "Мирас задержан. Погода.";
    private const string Apart = "Мирас дал интервью. Другой задержан.";

    [Fact]
    public void Nothing_found_is_no_flag() => Assert.Null(Assess("Погода."));

    [Fact]
    public void The_outlet_that_published_it_is_no_flag_and_another_outlet_is_info()
    {
        Assert.Null(Assess("Жаңалық сообщает.", Outlet("own", "Жаңалық")));
        Assert.Equal((Severity.Info, "Жаңалық сообщает.", "name"), Tell("Жаңалық сообщает.", Outlet("other", "Жаңалық")));
    }

    [Theory]
    [InlineData(Severity.Critical)]
    [InlineData(Severity.Info)]
    public void A_name_and_a_keyword_in_one_sentence_are_as_severe_as_the_topic(Severity severity) => Assert.Equal(
        (severity, "Мирас задержан.", "name,topic,reason.same_sentence"), Tell(Together, Person("Мирас"), Topic(severity, "задержан")));

    [Theory]
    [InlineData(Severity.Critical, Severity.High)]
    [InlineData(Severity.Medium, Severity.Info)]
    [InlineData(Severity.Info, Severity.Info)]
    public void Further_apart_they_are_one_step_less(Severity topic, Severity severity) => Assert.Equal(
        (severity, "Другой задержан.", "name,topic,reason.other_sentence"), Tell(Apart, Person("Мирас"), Topic(topic, "задержан")));

    [Fact]
    public void A_graver_topic_apart_is_worth_more_than_a_light_one_together()
    {
        const string Text = "Мирас на суде. Другой убит.";

        Assert.Equal((Severity.High, "Другой убит.", "name,topic,reason.other_sentence"), Tell(Text, Person("Мирас"), Topic(Severity.Info, "суде"), Topic(Severity.Critical, "убит")));
        Assert.Equal((Severity.High, "Мирас на суде.", "name,topic,reason.same_sentence"), Tell(Text, Person("Мирас"), Topic(Severity.High, "суде"), Topic(Severity.Critical, "убит")));
    }

    [Fact]
    public void A_person_alone_is_medium_wherever_an_outlet_stands_before() =>
        Assert.Equal((Severity.Medium, "Мирас дал интервью.", "name"), Tell("Жаңалық молчит. " + Apart, Outlet("other", "Жаңалық"), Person("Мирас")));

    [Theory]
    [InlineData(Severity.Critical, Severity.Medium)] // one less would be high: at most medium
    [InlineData(Severity.High, Severity.Medium)]
    [InlineData(Severity.Medium, Severity.Info)]
    [InlineData(Severity.Info, Severity.Info)]
    public void A_keyword_alone_is_one_step_less_than_the_topic_and_at_most_medium(Severity topic, Severity severity) => Assert.Equal(
        (severity, "Другой задержан.", "topic,reason.topic_only"), Tell(Apart, Topic(topic, "задержан")));

    [Fact]
    public void Subjects_are_named_once_persons_first()
    {
        var assessed = Assess("Мирас задержан. Мирас задержан. Жаңалық.", Topic(Severity.High, "задержан"), Outlet("other", "Жаңалық"), Person("Мирас"), Person("Мирас"))!;

        Assert.Equal(["person-1", "other", "topic-High"], assessed.Subjects.Select(subject => subject.Id));
    }

    private static Func<string, Finding> Person(string word) => Make(FindingKind.Person, "person-1", word);

    private static Func<string, Finding> Outlet(string id, string word) => Make(FindingKind.Outlet, id, word);

    private static Func<string, Finding> Topic(Severity severity, string word) => Make(FindingKind.Topic, $"topic-{severity}", word);

    private static Func<string, Finding> Make(FindingKind kind, string id, string word) => text =>
        new(kind, id, id, text.IndexOf(word, StringComparison.Ordinal), word.Length, word, [Reason.Of(kind is FindingKind.Topic ? "topic" : "name")]);

    private static Assessed? Assess(string text, params Func<string, Finding>[] findings) => Assessment.Assess(
        text, [.. findings.Select(make => make(text))], ownOutletId: "own", topic => Enum.Parse<Severity>(topic["topic-".Length..]));

    private static (Severity Severity, string Passage, string Reasons) Tell(string text, params Func<string, Finding>[] findings)
    {
        var assessed = Assess(text, findings)!;
        return (assessed.Severity, text.Substring(assessed.Passage.Start, assessed.Passage.Length).Trim(), string.Join(',', assessed.Reasons.Select(reason => reason.Text)));
    }
}
