using Monitoring.Items;
using Monitoring.Violations;
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

    [Fact]
    public void An_act_beside_a_name_is_as_severe_as_its_kind() => Assert.Equal(
        (Severity.Critical, "Мирас задержан.", "name,act,reason.same_sentence"), Tell(Together, Person("Мирас"), Act("ARREST", "задержан", Victim.Listed)));

    [Theory]
    [InlineData("ARREST", Severity.High)]
    [InlineData("DETENTION", Severity.Medium)]
    public void An_act_against_the_press_without_a_listed_name_is_one_step_less(string code, Severity severity) => Assert.Equal(
        (severity, "Другой задержан.", "act,reason.topic_only"), Tell(Apart, Act(code, "задержан", Victim.Press)));

    [Fact]
    public void An_act_against_others_is_no_flag_by_itself() => Assert.Null(Assess(Apart, Act("ARREST", "задержан", Victim.Civic)));

    [Fact]
    public void The_act_that_decided_stands_before_other_acts()
    {
        var assessed = Assess("Обыск. Мирас задержан.", Person("Мирас"), Act("CENSORSHIP", "Обыск", Victim.Press), Act("ARREST", "задержан", Victim.Listed))!;

        Assert.Equal(["person-1", "ARREST", "CENSORSHIP"], assessed.Subjects.Select(subject => subject.Id));
        Assert.Equal("ARREST", assessed.Act?.SubjectId);
        Assert.True(assessed.IsTogether);
    }

    private static Func<string, Finding> Person(string word) => Make(FindingKind.Person, "person-1", word);

    private static Func<string, Finding> Outlet(string id, string word) => Make(FindingKind.Outlet, id, word);

    private static Func<string, Finding> Topic(Severity severity, string word) => Make(FindingKind.Topic, $"topic-{severity}", word);

    private static Func<string, Finding> Act(string code, string word, Victim victim) => text => Make(FindingKind.Violation, code, word)(text) with { Victim = victim, Score = 300 };

    private static Func<string, Finding> Make(FindingKind kind, string id, string word) => text =>
        new(kind, id, id, text.IndexOf(word, StringComparison.Ordinal), word.Length, word, [Reason.Of(kind switch { FindingKind.Topic => "topic", FindingKind.Violation => "act", _ => "name" })]);

    private static Assessed? Assess(string text, params Func<string, Finding>[] findings) => Assessment.Assess(
        text, [.. findings.Select(make => make(text))], ownOutletId: "own", act => act.Kind is FindingKind.Violation ? ViolationType.Find(act.SubjectId)!.Severity : Enum.Parse<Severity>(act.SubjectId["topic-".Length..]));

    private static (Severity Severity, string Passage, string Reasons) Tell(string text, params Func<string, Finding>[] findings)
    {
        var assessed = Assess(text, findings)!;
        return (assessed.Severity, text.Substring(assessed.Passage.Start, assessed.Passage.Length).Trim(), string.Join(',', assessed.Reasons.Select(reason => reason.Text)));
    }
}
