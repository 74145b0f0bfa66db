using Monitoring.Languages;

namespace Monitoring.Tests.Languages;

/// <summary>A word and its forms in a text.</summary>
public sealed class TermIndexTests
{
    [Theory]
    [InlineData("задержать", "задержан задержана задержали задержит задержанного задержавший задержаны")]
    [InlineData("арестовать", "арестован арестовали арестует арестуют арестованную арестовано")]
    [InlineData("избить", "избили избит избита изобьют избитого избив")]
    [InlineData("осудить", "осудили осужден осуждённого осудят осужу")]
    [InlineData("запретить", "запретил запрещено запрещённая запрещу")]
    [InlineData("допросить", "допросили допрошен допрошу")]
    [InlineData("обыскать", "обыскали обыщут обысканы")]
    [InlineData("изъять", "изъяли изъят изъяты изымут изъятого")]
    [InlineData("закрыть", "закрыли закрыта закроют закрытого")]
    [InlineData("увезти", "увезли увез увезут увезен")]
    [InlineData("напасть", "напали напал напала нападут")]
    [InlineData("поджечь", "подожгли поджег подожжен")]
    [InlineData("похитить", "похитили похищен похищена")]
    [InlineData("отозвать", "отозвали отзовут отозвана")]
    [InlineData("признаться", "признался призналась признались")]
    [InlineData("исчезнуть", "исчез исчезла исчезнувший исчезнут")]
    [InlineData("обыск", "обыски обыском обысков обыска")]
    [InlineData("газета", "газеты газете газету газет газетами")]
    [InlineData("редакция", "редакции редакцию редакцией редакций")]
    [InlineData("следствие", "следствия следствию следствием")]
    [InlineData("блокировка", "блокировки блокировок блокировкой")]
    [InlineData("уголовный", "уголовное уголовного уголовную уголовных")]
    [InlineData("владелец", "владельца владельцу владельцев")]
    [InlineData("ұстау", "ұсталды ұстады ұсталған ұстап ұсталғандар ұсталмады ұстауы")]
    [InlineData("қамау", "қамады қамалды қамаған қамауға қамап қамалғаны")]
    [InlineData("соғу", "соқты соғып соғылды соққан")]
    [InlineData("өлтіру", "өлтірді өлтірілген өлтіріп өлтірмек")]
    [InlineData("бұғаттау", "бұғатталды бұғаттаған бұғатталмаған бұғаттауға")]
    [InlineData("жүргізу", "жүргізді жүргізілуде жүргізген жүргізіп")]
    [InlineData("қою", "қойды қойған қойып")]
    [InlineData("қамақ", "қамаққа қамағы қамағынан")]
    [InlineData("журналист", "журналистер журналистің журналистерді журналиста журналистам")]
    [InlineData("сот", "соты сотқа соттың соттар сотында")]
    [InlineData("arrest", "arrest arrests arrested arresting")]
    [InlineData("seize", "seized seizes seizing")]
    [InlineData("deny", "denied denies denying")]
    [InlineData("ban", "banned bans banning")]
    public void Forms_of_a_word_are_found(string word, string forms) =>
        Assert.All(forms.Split(' '), form => Assert.True(IsFound(new Term(word, TermKind.Inflected), form), form));

    [Theory]
    [InlineData("задержать", "задержка")]
    [InlineData("признаться", "признан")]
    [InlineData("избить", "избирательный")]
    [InlineData("иск", "поиск искусство")]
    [InlineData("суд", "судьба судно")]
    [InlineData("тінту", "тінтуір")]
    [InlineData("сот", "сотка")]
    [InlineData("ұстау", "ұстаз")]
    [InlineData("бас", "бастады")]
    [InlineData("arrest", "arrestor")]
    public void Other_words_are_not(string word, string others) =>
        Assert.All(others.Split(' '), other => Assert.False(IsFound(new Term(word, TermKind.Inflected), other), other));

    [Fact]
    public void An_exact_term_is_found_as_it_stands_and_a_prefix_in_whatever_begins_so()
    {
        Assert.True(IsFound(new Term("суд", TermKind.Exact), "СУД"));
        Assert.False(IsFound(new Term("суд", TermKind.Exact), "суда"));
        Assert.True(IsFound(new Term("блокир", TermKind.Prefix), "заблокирован Блокировка"));
        Assert.False(IsFound(new Term("блокир", TermKind.Prefix), "заблокирован"));
    }

    [Fact]
    public void Equal_terms_share_an_id_and_every_token_tells_its_terms_once()
    {
        var builder = new TermIndex.Builder();
        var (one, same, other) = (builder.Add(new Term("суд", TermKind.Inflected)), builder.Add(new Term("суд", TermKind.Inflected)), builder.Add(new Term("суд", TermKind.Exact)));
        var hits = new List<TermHit>();

        builder.Build().Find(TokenizedText.Of("Суд и суды"), hits);

        Assert.Equal(one, same);
        Assert.Equal([new TermHit(0, one), new TermHit(0, other), new TermHit(2, one)], hits.OrderBy(hit => hit.Token).ThenBy(hit => hit.Id));
    }

    [Fact]
    public void An_empty_index_and_an_empty_text_find_nothing()
    {
        Assert.False(IsFound(new Term("суд", TermKind.Exact), ""));
        var hits = new List<TermHit>();
        new TermIndex.Builder().Build().Find(TokenizedText.Of("Суд"), hits);
        Assert.Empty(hits);
    }

    private static bool IsFound(Term term, string text)
    {
        var builder = new TermIndex.Builder();
        builder.Add(term);
        var hits = new List<TermHit>();
        builder.Build().Find(TokenizedText.Of(text), hits);
        return hits.Count > 0;
    }
}
