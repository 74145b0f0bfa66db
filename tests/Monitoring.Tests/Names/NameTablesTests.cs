using Monitoring.Names;
using Monitoring.Names.Advice;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Tests.Names;

/// <summary>
/// What the tables say of a name, the matcher finds: every spelling of every system, and every ending of every language that the name's class has. Names are
/// made of all letters of Russian and Kazakh, the same on every run.
/// </summary>
public sealed class NameTablesTests
{
    private const int Names = 150;

    private static readonly string[] Languages = ["ru", "uk", "kk", "ky", "uz", "tk", "tg", "en"];
    private static readonly string[] Onsets = ["б", "в", "г", "ғ", "д", "ж", "з", "к", "қ", "л", "м", "н", "п", "р", "с", "т", "ф", "х", "ц", "ч", "ш"];
    private static readonly string[] Vowels = ["а", "ә", "о", "ө", "у", "ұ", "ү", "и", "і", "ы", "е", "я", "ю"];
    private static readonly string[] Ends = ["ов", "ев", "ин", "ский", "ко", "бек", "бай", "ян", "ұлы", "швили"];
    private static readonly string[] Given = ["Мурат", "Руслан", "Тимур", "Роман", "Вадим", "Ержан", "Асхат"];

    [Fact]
    public void Every_spelling_of_every_system_is_found()
    {
        var lost = from name in MadeNames()
                   let matcher = Matcher(name)
                   from spelling in OtherSpellings.Of(name)
                   where !IsFound(matcher, spelling)
                   select $"{name}: {spelling}";

        Assert.Empty(lost);
    }

    [Fact]
    public void Every_ending_of_the_surnames_class_is_found()
    {
        var lost = from name in MadeNames()
                   let matcher = Matcher(name)
                   from form in Forms(name.Split(' ')[1])
                   where !IsFound(matcher, $"{name.Split(' ')[0]} {form}")
                   select $"{name}: {form}";

        Assert.Empty(lost);
    }

    /// <summary>Each language's endings of its class, and those that only add. A plural beside one first name is somebody else's surname.</summary>
    private static IEnumerable<string> Forms(string surname)
    {
        var (cut, puts, endings) = NamePart.Paradigm(surname, PartRole.Surname, Gender.Male);
        return Endings(EndingClass.Of(endings)).Select(ending => surname[..^cut.Length] + puts + ending)
            .Concat(Endings(EndingClass.Of(EndingClass.Any)).Select(ending => surname + ending))
            .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Endings(EndingClass all) => Languages.SelectMany(all.In).Where(ending => ending.Case is not "plural").Select(ending => ending.Letters);

    private static bool IsFound(NameMatcher matcher, string name) => matcher.Find($"Вчера {name} был здесь").Any(mention => mention.Band > Band.Candidate && mention.Length == name.Length);

    private static IEnumerable<string> MadeNames() => Enumerable.Range(0, Names).Select(seed =>
    {
        var random = new RandomText(seed);
        var stem = random.Of(Onsets) + random.Of(Vowels) + random.Of(Onsets) + random.Of(Vowels) + random.Of(Onsets);
        return $"{random.Of(Given)} {char.ToUpperInvariant(stem[0])}{stem[1..]}{random.Of(Ends)}";
    });

    private static NameMatcher Matcher(string name) => NameMatcher.Compile([new Person { Id = "one", Name = name, Gender = Gender.Male }], []);
}
