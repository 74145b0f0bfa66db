using Monitoring.Names;
using Monitoring.Names.Advice;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Names.Advice;

public sealed class NameAdvisorTests
{
    [Theory]
    [InlineData("Бахыт Аминов", "Ерлан Амилов", CollisionKind.Near)]
    [InlineData("Ерлан Амилов", "Нурлан Абилов", CollisionKind.Near)]
    [InlineData("Ескендир Ергалиев", "Гульжан Ергалиева", CollisionKind.OneFamily)]
    [InlineData("Ерлан Калиев", "Yerlan Kaliyev", CollisionKind.Namesake)]
    [InlineData("Евгений Жовтис", "Eugene Zhovtis", CollisionKind.Namesake)] // equivalents
    [InlineData("Ерлан Калиев", "Талгат Калиев", CollisionKind.SameSurname)]
    [InlineData("Жанар Сапаргали", "Ерлан Сапаргалиев", CollisionKind.Prefix)]
    [InlineData("Марат Қожахмет", "Ерлан Кужахмет", CollisionKind.Near)]
    public void Two_persons_collide(string one, string other, CollisionKind kind)
    {
        var (first, second) = (Person("p-one", one), Person("p-two", other));
        var advisor = new NameAdvisor([first, second], []);

        Assert.Equal([new Collision(kind, second)], advisor.For(first).Collisions);
        Assert.Equal([new Collision(kind, first)], advisor.For(second).Collisions);
    }

    [Theory]
    [InlineData("Мирас Кыранбеков", "Айсулу Бозторгаева")]
    [InlineData("Бахыт Аминов", "Нурлан Абилов")] // two letters apart
    [InlineData("Нам Ли", "Роза Ан")] // too short to be near
    public void Names_that_are_far_apart_do_not(string one, string other)
    {
        var first = Person("p-one", one);

        Assert.Empty(new NameAdvisor([first, Person("p-two", other)], []).For(first).Collisions);
    }

    /// <summary>Everybody of one list, with whom each may be taken for.</summary>
    [Theory]
    [InlineData("aminov", "amilov Near")]
    [InlineData("amilov", "aminov Near", "abilov Near")]
    [InlineData("abilov", "amilov Near")]
    [InlineData("ergaliev", "ergalieva OneFamily")]
    [InlineData("ergalieva", "ergaliev OneFamily")]
    [InlineData("kaliev", "kaliev-namesake Namesake", "kaliev-talgat SameSurname", "kalieva OneFamily")]
    [InlineData("sapargali", "sapargaliev Prefix")]
    [InlineData("sapargaliev", "sapargali Prefix")]
    [InlineData("zharshin", "zharshyn-press OutletWord")]
    [InlineData("duvanov")]
    public void Each_of_a_list_is_told_whom_they_may_be_taken_for(string id, params string[] expected)
    {
        Person[] persons =
        [
            Person("aminov", "Бахыт Аминов"), Person("amilov", "Ерлан Амилов"), Person("abilov", "Нурлан Абилов"),
            Person("ergaliev", "Ескендир Ергалиев"), Person("ergalieva", "Гульжан Ергалиева"),
            Person("kaliev", "Ерлан Калиев"), Person("kaliev-namesake", "Yerlan Kaliyev"), Person("kaliev-talgat", "Талгат Калиев"), Person("kalieva", "Роза Калиева"),
            Person("sapargali", "Жанар Сапаргали"), Person("sapargaliev", "Марат Сапаргалиев"),
            Person("zharshin", "Ержан Жаршин"), Person("duvanov", "Сергей Дуванов"),
        ];
        var advisor = new NameAdvisor(persons, [new Outlet { Id = "zharshyn-press", Name = "Жаршин Пресс" }, new Outlet { Id = "other", Name = "Новости" }]);

        Assert.Equal(expected, advisor.For(persons.Single(person => person.Id == id)).Collisions.Select(collision => $"{collision.Other.Id} {collision.Kind}"));
    }

    [Fact]
    public void An_outlet_with_the_word_collides()
    {
        var (person, outlet) = (Person("p-one", "Ержан Жаршин"), new Outlet { Id = "o-one", Name = "Радио Жаршин" });

        Assert.Equal([new Collision(CollisionKind.OutletWord, outlet)], new NameAdvisor([person], [outlet]).For(person).Collisions);
    }

    [Fact]
    public void Namesakes_need_context_words()
    {
        var (one, other) = (Person("p-one", "Ерлан Калиев"), Person("p-two", "Ерлан Калиев") with { Context = ["Караганда"] });
        var advisor = new NameAdvisor([one, other], []);

        Assert.True(advisor.For(one).NeedsContext);
        Assert.False(advisor.For(other).NeedsContext);
    }

    [Theory]
    [InlineData("Мирас Кыранбеков", MinimumEvidence.Surname, EvidenceGround.Rare)]
    [InlineData("Ерлан Ахметов", MinimumEvidence.SurnameWithGiven, EvidenceGround.VeryCommon)]
    [InlineData("Anna Ivanova", MinimumEvidence.SurnameWithGiven, EvidenceGround.VeryCommon)]
    [InlineData("Ерлан Сарсенбаев", MinimumEvidence.SurnameWithGiven, EvidenceGround.Common)]
    [InlineData("Ермек Мамай", MinimumEvidence.SurnameWithGiven, EvidenceGround.Word)]
    [InlineData("Виктор Ли", MinimumEvidence.Full, EvidenceGround.ShortSurname, EvidenceGround.Word, EvidenceGround.Common)]
    [InlineData("Кайрат Болат", MinimumEvidence.Full, EvidenceGround.GivenName)]
    [InlineData("Кокпарова", MinimumEvidence.Surname, EvidenceGround.OneWord, EvidenceGround.Rare)]
    public void The_evidence_asked_for_follows_from_the_surname(string name, MinimumEvidence chosen, params EvidenceGround[] grounds)
    {
        var person = Person("p-one", name);
        var rule = new NameAdvisor([person], []).For(person).Evidence;

        Assert.Equal((chosen, false), (rule.Chosen, rule.IsStated));
        Assert.Equal(grounds, rule.Grounds);
    }

    [Fact]
    public void A_rare_surname_that_collides_is_not_enough()
    {
        var person = Person("p-one", "Мирас Кыранбеков");

        Assert.Equal(MinimumEvidence.SurnameWithGiven, new NameAdvisor([person, Person("p-two", "Айжан Кыранбекова")], []).For(person).Evidence.Chosen);
    }

    [Fact]
    public void What_the_entry_states_counts()
    {
        var person = Person("p-one", "Мирас Кыранбеков") with { Evidence = MinimumEvidence.Full };
        var rule = new NameAdvisor([person], []).For(person).Evidence;

        Assert.Equal((MinimumEvidence.Full, true), (rule.Chosen, rule.IsStated));
    }

    [Theory]
    [InlineData("Мирас Қыранбеков", "Miras Kyranbekov", "Miras Qyranbekov", "Мирас Кыранбеков")]
    [InlineData("Евгений Жовтис", "Evgenii Zhovtis", "Evgeniy Zhovtis", "Evgenij Žovtis", "Evgenii Jovtis")]
    [InlineData("Lukpan Akhmedyarov", "Лукпан Ахмедяров")]
    public void Names_are_written_by_every_system(string name, params string[] expected)
    {
        Assert.Subset(NameAdvisor.WaysToWrite(Person("p-one", name)).Spellings.ToHashSet(), expected.ToHashSet());
    }

    [Theory]
    [InlineData("Мирас Кыранбеков", "Мираса Кыранбекова", "Мирасу Кыранбекову", "Мирасом Кыранбековым", "Мирасе Кыранбекове", "Мирас Кыранбековтің", "Мирас Кыранбековке")]
    [InlineData("Айсулу Бозторгаева", "Айсулу Бозторгаевой", "Айсулу Бозторгаеву", "Айсулу Бозторгаеваның", "Айсулу Бозторгаеваға")]
    [InlineData("Дина Смаилова", "Дины Смаиловой", "Дину Смаилову")]
    [InlineData("Евгений Жовтис", "Евгения Жовтиса", "Евгению Жовтису", "Евгений Жовтистің")]
    public void Case_forms_are_written_as_grammar_says(string name, params string[] expected)
    {
        Assert.Subset(NameAdvisor.WaysToWrite(Person("p-one", name)).Forms.ToHashSet(), expected.ToHashSet());
    }

    [Theory]
    [InlineData("Никита Дуванов", "Никиту Дуванов")]
    [InlineData("Любовь Иванова", "Любови Иванову")]
    public void Cases_are_not_mixed(string name, string wrong) => Assert.DoesNotContain(wrong, NameAdvisor.WaysToWrite(Person("p-one", name)).Forms);

    [Theory]
    [InlineData("Мирас Қыранбеков")]
    [InlineData("Сергей Дуванов")]
    [InlineData("Гульжан Ергалиева")]
    [InlineData("Игорь Луговской")]
    [InlineData("Жанболат Мамай")]
    [InlineData("Dina Smailova")]
    [InlineData("Володимир Шевченко")]
    public void Every_derived_way_to_write_a_name_is_found_in_a_text(string name)
    {
        var person = Person("p-one", name);
        var matcher = NameMatcher.Compile([person], []);
        var (spellings, forms) = NameAdvisor.WaysToWrite(person);

        Assert.NotEmpty(spellings);
        Assert.All(spellings.Concat(forms), way => Assert.Contains(matcher.Find($"Вчера {way} был в суде."), mention => mention.Surface == way && mention.Band is Band.Certain));
    }

    private static Person Person(string id, string name) => new() { Id = id, Name = name };
}
