using System.Text;
using Monitoring.Watchlist;

namespace Monitoring.Benchmarks.Names;

/// <summary>Names and news made of syllables, always the same ones: no list of real people ships with the project.</summary>
internal static class MadeNames
{
    private static readonly string[] Given =
    [
        "Евгений", "Айсулу", "Мирас", "Ержан", "Динара", "Сергей", "Гульнара", "Тимур", "Асель", "Нурлан", "Ольга", "Бауыржан", "Жанар", "Виктор", "Сауле", "Данияр", "Марина", "Кайрат", "Лариса", "Азамат",
    ];

    private static readonly string[] Beginnings = ["Бай", "Жан", "Кар", "Тур", "Сап", "Ерм", "Ора", "Даул", "Кож", "Мур", "Алп", "Тлеу", "Нур", "Бек", "Жум", "Рах", "Сул", "Кен", "Шай", "Омар"];
    private static readonly string[] Middles = ["ба", "гали", "мухан", "тур", "жано", "сеи", "келди", "бер", "ме", "ши", "лы", "ра", "до", "ни", "ку"];
    private static readonly string[] Ends = ["баев", "беков", "ханов", "галиев", "шин", "ский", "енко", "улы", "тов", "мов", "нов", "ков", "дин", "рин", "вич", "кин"];

    private static readonly string[] Words =
    [
        "суд", "города", "продлил", "арест", "журналисту", "адвокат", "обжаловал", "решение", "в", "среду", "редакция", "сообщила", "что", "сайт", "недоступен", "у", "некоторых", "операторов",
        "министерство", "не", "ответило", "на", "запрос", "Алматы", "Казахстан", "президент", "заявил", "полиция", "провела", "обыск", "дома", "изъята", "техника", "прокурор", "попросил", "срок",
        "соттың", "шешімі", "бойынша", "журналист", "қамауға", "алынды", "редакцияның", "сайты", "бұғатталды", "Астана", "қаласында", "наурыз", "айында",
    ];

    public static IReadOnlyList<Person> Persons(int count)
    {
        var random = new Random(20261122);
        var met = new HashSet<string>(StringComparer.Ordinal);
        while (met.Count < count)
        {
            met.Add($"{Given[random.Next(Given.Length)]} {Beginnings[random.Next(Beginnings.Length)]}{Middles[random.Next(Middles.Length)]}{Middles[random.Next(Middles.Length)]}{Ends[random.Next(Ends.Length)]}");
        }

        return [.. met.Select((name, i) => new Person { Id = $"p{i}", Name = name })];
    }

    public static string News(IReadOnlyList<Person> persons, int characters, int rareOneIn)
    {
        var random = new Random(1);
        var text = new StringBuilder(characters + 200);
        for (var sentence = 1; text.Length < characters; sentence++)
        {
            for (var word = 0; word < 12; word++)
            {
                text.Append(Words[random.Next(Words.Length)]).Append(' ');
            }

            text.Append(sentence % rareOneIn == 0 ? persons[random.Next(persons.Count)].Name : Words[random.Next(Words.Length)]).Append(". ");
        }

        return text.ToString(0, characters);
    }
}
