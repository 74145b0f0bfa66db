using Monitoring.Languages;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Languages;

public sealed class LanguageDetectorTests
{
    private static readonly IReadOnlyList<TestPassage> Passages = LanguagePassageFile.Read();

    [Fact]
    public void The_passages_are_as_many_as_is_promised()
    {
        var counts = Passages.Where(passage => passage.IsListed).GroupBy(passage => (passage.Language, passage.Script)).ToList();

        Assert.Equal(11, counts.Count);
        Assert.All(counts, group => Assert.True(group.Count(passage => passage.Letters is >= 80 and <= 300) >= 25 && group.Count(passage => passage.Letters is >= 30 and < 80) >= 10, group.Key.ToString()));
    }

    [Fact]
    public void Of_long_passages_99_in_100_are_right()
    {
        var longOnes = Passages.Where(passage => passage is { IsListed: true, Letters: >= 80 }).ToList();

        Assert.True(longOnes.Count(passage => passage.IsRight) >= 0.99 * longOnes.Count, LanguagePassageFile.Confusion(longOnes));
    }

    [Fact]
    public void Of_short_passages_95_in_100_are_right()
    {
        var shortOnes = Passages.Where(passage => passage is { IsListed: true, Letters: < 80 }).ToList();

        Assert.True(shortOnes.Count(passage => passage.IsRight) >= 0.95 * shortOnes.Count, LanguagePassageFile.Confusion(shortOnes));
    }

    [Fact]
    public void Of_passages_in_other_languages_90_in_100_are_taken_for_none()
    {
        var foreign = Passages.Where(passage => !passage.IsListed).ToList();

        Assert.True(foreign.Count(passage => passage.IsRight) >= 0.9 * foreign.Count, LanguagePassageFile.Confusion(foreign));
    }

    [Theory]
    [InlineData("В Алматы задержан журналист", "ru")]
    [InlineData("Алматыда журналист ұсталды, оны түнде босатты", "kk")]
    [InlineData("A journalist was detained in Almaty", "en")]
    [InlineData("Президент жарлыққа қол қойды", "kk")]
    [InlineData("ӘҢГІМЕ АЙТЫП ОТЫР", "kk")] // capitals
    [InlineData("Qum Press пишет о суде", "ru")] // a Latin name in Russian text
    [InlineData("The outlet Заря was fined", "en")]
    [InlineData("нет", "ru")] // three letters are enough
    [InlineData("Журналист Айсұлу Бозторғаева рассказала, что её вызвали на допрос в полицию города и отпустили только вечером", "ru")] // one Kazakh name
    [InlineData("Әкім Бауыржан Өтегенұлы, судья Гүлнәр Әлімқұлова и прокурор Дәурен Сүлейменұлы не пришли на заседание", "ru")] // full of Kazakh names
    [InlineData("В Шымкенте Ерболат Турсынбаев и Нургуль Жаксыбекова встретились с Кайратом Абдрахмановым", "ru")]
    [InlineData("Кала акимдиги тургындардын арызына жауап кайтармай отыр, сондыктан олар енди министрликке хат жазбак", "kk")] // without the special letters
    [InlineData("Олар сотка шагым тусирип, шешимнин кушин жоюды сурап отыр, бирак жауап эли келген жок", "kk")]
    [InlineData("Шаардын тургундары арызына жооп ала албай жатат, ошондуктан министрликке кат жазганы турушат", "ky")]
    [InlineData("qamauga alyndy, biraq advokaty ony kore almady", "kk")]
    [InlineData("kamauga alyndy, birak advokaty ony kore almady", "kk")]
    [InlineData("O'zbekistonda bloger qo'lga olindi, uning o'g'li bu haqda ma'lum qildi", "uz")] // ASCII apostrophes
    [InlineData("O‘zbekistonda bloger qo‘lga olindi, uning o‘g‘li bu haqda ma’lum qildi", "uz")] // typographic ones
    [InlineData("Ozbekistonda bloger qolga olindi, uning ogli bu haqda malum qildi", "uz")] // none
    [InlineData("Суд відмовив, тому що захист не надав доказів", "uk")]
    [InlineData("Суд отказал, потому что защита не представила доказательств", "ru")]
    [InlineData("Сот бул ишти кайра кароого жөнөттү", "ky")]
    [InlineData("Сот бұл істі қайта қарауға жіберді", "kk")]
    [InlineData("Суд ишни қайта кўриб чиқиш учун юборди", "uz")]
    [InlineData("Суд парвандаро барои баррасии дубора фиристод", "tg")]
    [InlineData("Kazyýet işi täzeden seretmek üçin yzyna iberdi", "tk")]
    [InlineData("Смотрите https://example.kz/kk/zhangalyqtar/qazaqstan/qogam и пишите на @qazaqstan_tv или news@zhana.kz", "ru")] // addresses do not decide
    [InlineData("The paper «Егемен Қазақстан» and the weekly «Жас Алаш» were both fined by a court in the capital on Monday", "en")] // quoted names
    [InlineData("Ол «The New York Times» пен «Washington Post» басылымдарына сұхбат беріп, елдегі жағдайды айтты", "kk")]
    [InlineData("Журналист қамауға алынды, адвокат задержание незаконным деп отыр, ал полиция түсініктеме берген жоқ", "kk")] // two languages in one sentence
    [InlineData("🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥🔥 Сот журналисті қамады", "kk")] // pictures are no letters
    [InlineData("The state body informed about the carrying out of measures on the ensuring of the security of the citizens", "en")] // as a machine translates
    public void Language_is_told(string text, string expected)
    {
        Assert.Equal(expected, LanguageDetector.Detect(text)?.Language);
    }

    [Theory]
    [InlineData("да!")]
    [InlineData("12.11.2026 – 100 %")]
    [InlineData("新闻报道")]
    [InlineData("")]
    [InlineData(" \n\t\r\u00a0\u200b")]
    [InlineData("\0\0\0\u0001")]
    [InlineData("'''' ’’’’ ʻʻʻʻ")]
    [InlineData("https://example.kz/news @someone #тег")]
    [InlineData("asdkjh qwlekj zxmcnb qpwoei alskdj zmxncb wqpoei laksjd")]
    public void Nothing_is_told_where_nothing_can_be(string text)
    {
        Assert.Null(LanguageDetector.Detect(text));
    }

    [Fact]
    public void A_long_text_is_certain_and_a_word_that_many_languages_have_is_not()
    {
        Assert.True(LanguageDetector.Detect(string.Join(' ', Passages.Where(passage => passage.Language == "uk").Take(5).Select(passage => passage.Text)))?.Certainty > 0.999);
        Assert.InRange(LanguageDetector.Detect("президент")!.Value.Certainty, 0.2, 0.9);
    }

    [Fact]
    public void A_letter_and_its_mark_may_stand_apart()
    {
        var passages = Passages.Where(passage => passage is { IsListed: true, Letters: >= 80 }).Select(passage => passage with { Text = passage.Text.Normalize(System.Text.NormalizationForm.FormD) }).ToList();

        Assert.True(passages.Count(passage => passage.IsRight) >= 0.98 * passages.Count, LanguagePassageFile.Confusion(passages));
    }

    [Fact]
    public void All_of_a_long_text_is_looked_at_and_not_only_its_beginning()
    {
        var text = string.Concat(Enumerable.Repeat("Читайте также на нашем сайте. ", 100)) + string.Concat(Enumerable.Repeat("Сот журналистің шағымын қарап, оны босату туралы шешім шығарды. ", 200));

        Assert.Equal("kk", LanguageDetector.Detect(text)?.Language);
    }

    [Fact]
    public void Of_a_text_of_1_MB_no_more_is_read_than_of_a_page()
    {
        var text = string.Concat(Enumerable.Repeat("Суд перенёс заседание на вторник. ", 30_000));

        Assert.InRange(new LetterSample(text, new char[LetterSample.MostLetters]).Letters.Length, 1_000, LetterSample.MostLetters);
        Assert.Equal("ru", LanguageDetector.Detect(text)?.Language);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var text = string.Join('\n', Passages.Take(30).Select(passage => passage.Text));
        LanguageDetector.Detect(text);
        var before = GC.GetAllocatedBytesForCurrentThread();

        LanguageDetector.Detect(text);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Any_text_is_taken()
    {
        var random = new RandomText(31);
        for (var round = 0; round < 3000; round++)
        {
            var text = random.Next(round % 300) + random.Next(40, "\ud800\udc00\udfff'ʻ.@/\n әҢñŞء\u0301");
            var passages = LanguageDetector.Passages(text);
            Assert.InRange(LanguageDetector.Detect(text)?.Certainty ?? 1, 0, 1);
            Assert.All(passages, passage => Assert.InRange(passage.Start + passage.Length, 1, text.Length));
        }
    }

    [Theory]
    [InlineData("\ud83d")]
    [InlineData("a")]
    [InlineData("ң")]
    [InlineData(".")]
    [InlineData("'")]
    [InlineData("\n")]
    [InlineData("ە ")]
    [InlineData("Ой! ")]
    public void A_megabyte_of_the_same_is_taken(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));

        LanguageDetector.Detect(text);

        Assert.InRange(LanguageDetector.Passages(text).Count, 0, 301);
    }
}
