using Monitoring.Alerts.Mails;
using Monitoring.Languages;
using Monitoring.Queries;
using Monitoring.Tests.Support;
using Monitoring.Violations;

namespace Monitoring.Tests.Violations;

/// <summary>Kinds of act in a text: what is one, what only looks like one, and how it is told.</summary>
public sealed class ViolationFinderTests
{
    [Theory]
    [InlineData("Журналист задержан у здания суда.", "DETENTION")]
    [InlineData("В редакции газеты прошёл обыск, изъяты компьютеры.", "SEARCH")]
    [InlineData("Сайт издания заблокирован на территории Казахстана.", "BLOCKING")]
    [InlineData("Суд приговорил блогера к трём годам ограничения свободы.", "CONVICTION")]
    [InlineData("Активиста арестовали на 15 суток за пикет.", "ADMIN_PENALTY")]
    [InlineData("Редактора отпустили из СИЗО.", "RELEASE")]
    [InlineData("Тілші алаңда ұсталды.", "DETENTION")]
    [InlineData("Редакцияда тінту жүргізілді.", "SEARCH")]
    [InlineData("Журналистің үйқамақ мерзімі ұзартылды.", "ARREST")]
    [InlineData("The editor was remanded in custody for two months.", "ARREST")]
    [InlineData("Two men beat the reporter with baseball bats.", "ASSAULT")]
    [InlineData("The newspaper was suspended for three months.", "CLOSURE")]
    [InlineData("The outlet was ordered to pay 5 million tenge in moral damages.", "CIVIL_SUIT")]
    public void An_act_against_the_press_is_told(string text, string code) => Assert.Equal(code, Codes(text)[0]);

    [Theory]
    [InlineData("Рейс журналистов задержан на два часа.", "DETENTION")]
    [InlineData("Судоисполнитель наложил арест на счета редакции.", "ARREST")]
    [InlineData("ООН осудила нападение на журналиста.", "CONVICTION")]
    [InlineData("Повестка дня заседания редакции.", "SUMMONS")]
    [InlineData("Поиск журналиста по базе и искусство редактора.", "CIVIL_SUIT")]
    [InlineData("Нападающий забил гол, пишет газета.", "ASSAULT")]
    [InlineData("Избирательный штаб пригласил журналистов.", "ASSAULT")]
    [InlineData("Журналист плакат ұстап тұрды.", "DETENTION")]
    [InlineData("Тілші Ақтау қаласына барды.", "RELEASE")]
    [InlineData("Редактор компьютер тінтуірін сатып алды.", "SEARCH")]
    [InlineData("БАҚ өкілдері қоғамдық тыңдауға келді.", "SURVEILLANCE")]
    [InlineData("Басшы қызметінен босатылды, деп жазды газет.", "RELEASE")]
    [InlineData("The newspaper issued a press release.", "RELEASE")]
    [InlineData("The columnist died of cardiac arrest.", "ARREST")]
    [InlineData("The beat reporter moved to another newspaper.", "ASSAULT")]
    [InlineData("The journalist was not arrested.", "ARREST")]
    [InlineData("The site suffered a DDoS attack.", "ASSAULT")]
    public void What_only_looks_like_it_is_not(string text, string code) => Assert.DoesNotContain(code, Codes(text));

    [Theory]
    [InlineData("Two men attempted to abduct the editor.", "ABDUCTION", ViolationStatus.Attempted)]
    [InlineData("The police will search the newsroom.", "SEARCH", ViolationStatus.Planned)]
    [InlineData("Неизвестные пытались поджечь офис редакции.", "PROPERTY", ViolationStatus.Attempted)]
    [InlineData("Журналиста, по словам адвоката, избили в отделе.", "ASSAULT", ViolationStatus.Alleged)]
    [InlineData("Журналиста избили.", "ASSAULT", ViolationStatus.Occurred)]
    public void How_it_is_told(string text, string code, ViolationStatus status) => Assert.Equal(status, Find(text).First(violation => violation.Type.Code == code).Status);

    [Fact]
    public void A_listed_name_makes_it_one_of_ours_and_the_places_are_those_of_the_original()
    {
        const string Text = "Погода. Мирас Кыранбеков за\u00adдержан утром.";

        var violation = Assert.Single(ViolationFinder.Find(TokenizedText.Of(Text), [new Mark(8, 16)]));

        Assert.Equal(Victim.Listed, violation.Victim);
        Assert.Equal("за\u00adдержан", Text.Substring(violation.Cue.Start, violation.Cue.Length));
        Assert.Equal("Мирас Кыранбеков за\u00adдержан утром", Text.Substring(violation.Sentence.Start, violation.Sentence.Length));
        Assert.Equal(["Short detention: «за\u00adдержан»", "somebody of the watch list stands in the same sentence"], violation.Reasons.Select(Texts.English.Say));
    }

    [Fact]
    public void A_comment_on_an_act_is_context_and_ordinary_crime_is_nothing()
    {
        Assert.Equal([ViolationType.Context], Codes("The OSCE representative condemned the arrest of the blogger."));
        Assert.Empty(Codes("Police detained a man suspected of car theft."));
    }

    [Theory]
    [InlineData("A court in Almaty fined blogger Aidar Serikov for an article about torture in a prison.", "ADMIN_PENALTY")]
    [InlineData("В Алматы оштрафовали блогера Айдара Серикова за статью о пытках в колонии.", "ADMIN_PENALTY")]
    [InlineData("Police detained reporter Dina Ospanova at a rally. She was let go at the station two hours after that.", "DETENTION")]
    [InlineData("Reporter Dina Ospanova was set free on bail. Police had detained her in May.", "RELEASE")]
    [InlineData("Mobile internet was cut off in the whole region on Tuesday.", "SHUTDOWN")]
    public void What_a_publication_is_about_is_not_done_and_a_short_detention_stays_one(string text, string first) => Assert.Equal(first, Codes(text)[0]);

    [Fact]
    public void Labelled_texts_that_the_rules_were_made_with_stay_right()
    {
        var rows = LabelledSentence.Tuning;
        var acts = rows.Where(row => row.Kind is "press" or "civic").ToList();
        var nothing = rows.Where(row => row.Kind is "context" or "other").ToList();

        Assert.Equal(1330, rows.Count);
        Assert.InRange(acts.Count(row => Codes(row.Text).FirstOrDefault() == row.First), acts.Count * 88 / 100, acts.Count);
        Assert.InRange(nothing.Count(row => Codes(row.Text).All(code => code == ViolationType.Context)), nothing.Count * 85 / 100, nothing.Count);
    }

    [Fact]
    public void Of_labelled_texts_that_no_rule_was_made_with_most_are_right()
    {
        var press = LabelledSentence.KeptApart.Where(row => row.Kind == "press").ToList();
        var grave = press.Where(row => row.First is "ASSAULT" or "DETENTION" or "ARREST" or "SEARCH" or "BLOCKING" or "CLOSURE").ToList();

        Assert.Equal((229, 67), (press.Count, grave.Count));
        Assert.InRange(press.Count(row => Codes(row.Text).FirstOrDefault() == row.First), press.Count * 70 / 100, press.Count);
        Assert.InRange(grave.Count(row => Codes(row.Text).Contains(row.First)), grave.Count * 90 / 100, grave.Count);
    }

    [Fact]
    public void Every_kind_has_a_label_in_every_language_and_is_known_to_queries()
    {
        Assert.Equal(31, ViolationType.All.Count);
        foreach (var texts in (Texts[])[Texts.English, Texts.Of("ru"), Texts.Of("kk")])
        {
            Assert.All(ViolationType.All, type => Assert.NotEqual(type.Label, texts.Say(Reason.Of(type.Label))));
        }

        Assert.All(ViolationType.All, type => Assert.Empty(QueryParser.Parse($"type:{type.Code}").Errors));
        Assert.Null(ViolationType.Find("NONE"));
    }

    [Fact]
    public void Whatever_weighs_on_a_cue_is_said_in_words()
    {
        var parts = Enum.GetNames<Victim>().Select(victim => "reason.victim." + victim.ToLowerInvariant())
            .Concat(Enum.GetValues<Modifier>().Where(modifier => modifier is not Modifier.Negated).Select(modifier => "reason.modifier." + modifier.ToString().ToLowerInvariant()));

        Assert.Empty(parts.Except(Texts.English.Keys));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n \u0000")]
    [InlineData("😀😀😀")]
    public void Nothing_is_found_in_nothing(string text) => Assert.Empty(Codes(text));

    [Fact]
    public void Any_text_and_a_long_one_are_read()
    {
        var random = new RandomText(41);
        for (var round = 0; round < 500; round++)
        {
            var text = random.Next(80) + " журналист задержан " + random.Next(80);
            Assert.All(Find(text), violation => Assert.InRange(violation.Cue.Start + violation.Cue.Length, 1, text.Length));
        }

        Assert.Equal("DETENTION", Codes(string.Concat(Enumerable.Repeat("Журналист задержан. Journalist detained. Тілші ұсталды. ", 20_000)))[0]);
        Assert.Empty(Codes(new string('ж', 1_000_000)));
    }

    private static IReadOnlyList<Violation> Find(string text) => ViolationFinder.Find(TokenizedText.Of(text), []);

    private static List<string> Codes(string text) => [.. Find(text).Select(violation => violation.Type.Code)];
}
