using Monitoring.Names;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Names;

/// <summary>Names made of syllables, in the cases of Russian and Kazakh and in three romanisations. The same on every run.</summary>
public sealed class GeneratedNamesTests
{
    private const string Letters = "абвгдежзиклмнопрстуфхчшюя";

    private static readonly string[] Onsets = ["б", "в", "г", "д", "ж", "з", "к", "л", "м", "н", "п", "р", "с", "т", "ш"];
    private static readonly string[] Vowels = ["а", "о", "у", "и"];
    private static readonly string[] Ends = ["ов", "ин", "ский", "бек"];

    private static readonly string[][] Romanisations =
    [
        ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ch", "sh", "yu", "ya"],
        ["a", "b", "v", "g", "d", "e", "ž", "z", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "x", "č", "š", "ju", "ja"],
        ["a", "b", "v", "g", "d", "e", "zh", "z", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ch", "sh", "iu", "ia"],
    ];

    private static readonly string[] Given = ["Мурат", "Руслан", "Тимур", "Роман", "Вадим"];
    private static readonly string[] GivenEndings = ["", "а", "у", "ом"];
    private static readonly string[] KazakhEndings = ["тің", "тың", "ке", "қа", "ті", "тан", "пен", "мен"];
    private static readonly string[] OtherGiven = ["Олег", "Борис", "Степан", "Антон"];

    [Fact]
    public void A_name_is_certain_in_every_case_and_romanisation()
    {
        var lost = new List<string>();
        for (var seed = 0; seed < 700; seed++)
        {
            var random = new RandomText(seed);
            var (given, surname) = (random.Of(Given), Surname(random));
            var matcher = Matcher($"{given} {surname}");
            var form = random.Number(4);
            var texts = Romanisations.Select(table => $"{Romanise(given, table)} {Romanise(surname, table)}")
                .Append($"{given}{GivenEndings[form]} {Declined(surname, form)}")
                .Append($"{given} {surname}{random.Of(KazakhEndings)}");
            lost.AddRange(texts.Where(text => matcher.Find($"Вчера {text} был здесь").All(mention => mention.Band < Band.Certain)).Select(text => $"{seed}: {given} {surname}: {text}"));
        }

        Assert.Empty(lost);
    }

    [Fact]
    public void Other_names_are_not_mentions()
    {
        var found = new List<string>();
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new RandomText(seed);
            var (surname, other) = (Surname(random), Surname(random));
            if (Signs.Of(surname) != Signs.Of(other))
            {
                var given = random.Of(Given);
                found.AddRange(Matcher($"{given} {surname}").Find($"{given} {other} и {random.Of(OtherGiven)} {surname}").Where(mention => mention.Band > Band.Candidate).Select(mention => $"{seed}: {given} {surname}: {other}: {mention.Surface}"));
            }
        }

        Assert.Empty(found);
    }

    [Fact]
    public void Ten_thousand_names_compile_and_the_last_is_found()
    {
        var random = new RandomText(1);
        var persons = Enumerable.Range(0, 10_000).Select(i => Person($"p{i}", $"{random.Of(Given)} {Surname(random)}")).ToList();

        var matcher = NameMatcher.Compile(persons, []);

        Assert.Contains(matcher.Find(persons[^1].Name), mention => mention.SubjectId == "p9999" && mention.Band is Band.Certain);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("\u0301\u0306", 50_000)]
    [InlineData("\u202e\u202d", 50_000)]
    [InlineData("j", 100_000)]
    [InlineData("слово ", 1_700_000)] // ten million characters
    public void Bad_texts_hold_nothing(string part, int times)
    {
        Assert.Empty(Matcher("Евгений Жовтис").Find(string.Concat(Enumerable.Repeat(part, times))));
    }

    [Theory]
    [InlineData("Марат Козлов", "Марат Козловский", "Марат Козловский", "2")] // one is the beginning of the other
    [InlineData("Марат Козлов", "Марат Козловский", "Марат Козлов", "1")]
    [InlineData("Марат Козлов", "Марат Козлов", "Марат Козлов", "1,2")] // two of one name
    public void Names_alike_are_kept_apart(string first, string second, string text, string expected)
    {
        var found = NameMatcher.Compile([Person("1", first), Person("2", second)], []).Find(text);

        Assert.Equal(expected, string.Join(',', found.Select(mention => mention.SubjectId).Order(StringComparer.Ordinal)));
    }

    private static string Surname(RandomText random)
    {
        var stem = random.Of(Onsets) + random.Of(Vowels) + random.Of(Onsets) + random.Of(Vowels) + random.Of(Onsets);
        return char.ToUpperInvariant(stem[0]) + stem[1..] + random.Of(Ends);
    }

    private static string Declined(string surname, int form) => surname switch
    {
        [.. var stem, 'и', 'й'] => stem + new[] { "ий", "ого", "ому", "им" }[form],
        [.., 'в'] or [.., 'н'] => surname + new[] { "", "а", "у", "ым" }[form],
        _ => surname + GivenEndings[form],
    };

    private static string Romanise(string name, string[] table)
    {
        var latin = string.Concat(name.ToLowerInvariant().Select(c => c == 'й' ? "y" : table[Letters.IndexOf(c, StringComparison.Ordinal)]));
        return char.ToUpperInvariant(latin[0]) + latin[1..];
    }

    private static NameMatcher Matcher(string name) => NameMatcher.Compile([Person("one", name)], []);

    private static Person Person(string id, string name) => new() { Id = id, Name = name };
}
