namespace Monitoring.Tests.Items.Stories;

/// <summary>Small texts of our own.</summary>
internal static class StoryTexts
{
    public const string Russian = """
        В Алматы задержали журналиста Мираса Кыранбекова, когда он снимал очередь у здания городского акимата. По словам адвоката, полицейские не представились
        и не объяснили причину. У журналиста изъяли телефон, камеру и два ноутбука. В департаменте полиции заявили, что проводится проверка по 14 обращениям
        граждан. Редакция считает, что дело связано с расследованием о закупках для районной больницы на 340 миллионов тенге. Коллеги записали обращение к
        генеральному прокурору. Правозащитники из Астаны призвали освободить его до суда, который назначен на 25 ноября.
        """;

    public const string Kazakh = """
        Алматыда журналист Мирас Қыранбеков қалалық әкімдік ғимаратының жанында кезекті түсіріп жүргенде ұсталды. Адвокаттың айтуынша, полиция қызметкерлері
        өздерін таныстырмаған және себебін түсіндірмеген. Журналистің телефоны, камерасы және екі ноутбугі тәркіленген.
        """;

    public const string English = """
        Police in Almaty detained journalist Miras Kyranbekov while he was filming a queue outside the city hall. His lawyer said the officers gave no reason
        for the arrest. A phone, a camera and two laptops were taken from him.
        """;

    /// <summary>Every so many words another one; those of other forms keep their endings.</summary>
    public static string Change(string text, int everyNth) => string.Join(' ', text.Split(' ').Select((word, i) => i % everyNth == everyNth - 1 ? $"слово{(char)('а' + i % 30)}" : word));

    /// <summary>Words that no other number has.</summary>
    public static string Own(int number) => string.Join(' ', Enumerable.Range(0, 25).Select(i => $"{(char)('а' + number / 30)}{(char)('а' + number % 30)}{(char)('а' + i)}слово"));

    public static string Rates(string day, string dollar, string euro, string rouble, string yuan) =>
        $"Курс доллара на {day}. Национальный банк установил официальный курс тенге на {day}. Доллар стоит {dollar} тенге, евро {euro} тенге, российский рубль {rouble} тенге, "
        + $"китайский юань {yuan} тенге. Мировые цены на нефть марки Brent остаются одним из главных факторов для национальной валюты, говорят аналитики.";
}
