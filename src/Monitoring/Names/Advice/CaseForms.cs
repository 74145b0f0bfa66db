using Monitoring.Watchlist;

namespace Monitoring.Names.Advice;

/// <summary>A name in the cases that texts have most often: Russian ones of all its words, Kazakh ones of the last.</summary>
internal static class CaseForms
{
    private static readonly string[] Russian = ["genitive", "dative", "accusative", "instrumental", "prepositional"];

    /// <summary>Letters after which ы is not written, and those after which о is not.</summary>
    private const string NoY = "гкхжчшщ";
    private const string NoO = "жчшщц";

    /// <returns>Empty for a name that is not in Cyrillic.</returns>
    public static IEnumerable<string> Of(PersonName name, Gender gender)
    {
        var (given, surname) = (string.Join('-', name.Given), string.Join('-', name.Surname));
        if (!(given + surname).All(c => c == '-' || Signs.Of(c).HasFlag(SignFlags.Cyrillic)))
        {
            return [];
        }

        var russian = Russian.Select(@case => Join(
            string.Join('-', name.Given.Select(part => Decline(part, PartRole.Given, gender, @case))),
            string.Join('-', name.Surname.Select(part => Decline(part, PartRole.Surname, gender, @case)))));
        var kazakh = Kazakh(surname).Select(form => Join(given, form));
        return russian.Concat(kazakh).Where(form => form != Join(given, surname)).Distinct(StringComparer.Ordinal);
    }

    private static string Join(string given, string surname) => given.Length == 0 ? surname : $"{given} {surname}";

    private static string Decline(string word, PartRole role, Gender gender, string @case)
    {
        var (cut, puts, name) = NamePart.Paradigm(word, role, gender);

        // In letters й and ь give way to the ending; in skeletons they leave no trace.
        cut = name switch { "ij" => "й", "soft" or "softf" when cut.Length == 0 && word.EndsWith('ь') => "ь", _ => cut };
        var endings = EndingClass.Of(name).In("ru").Concat(name == "glidecut" ? EndingClass.Of("glide").In("ru") : []).ToList();
        var ofCase = endings.Where(ending => ending.Case.Split(" or ").Contains(@case)).ToList();

        // Where the table has one row for cases that look alike, the genitive stands for them; an accusative without a row looks like the name.
        ofCase = ofCase.Count > 0 || @case == "accusative" ? ofCase : [.. endings.Where(ending => ending.Case == "genitive")];
        var stem = word[..^cut.Length] + puts;
        var last = Signs.Fold(stem[^1]);
        var chosen = ofCase.Find(ending => !(ending.Letters.StartsWith('ы') && NoY.Contains(last, StringComparison.Ordinal)) && !(ending.Letters.StartsWith('о') && name is "cons" or "a" && NoO.Contains(last, StringComparison.Ordinal)));
        return chosen is null || name == "fixed" ? word : stem + chosen.Letters;
    }

    /// <summary>Genitive, dative, accusative, by vowel harmony and by what the word ends in.</summary>
    private static IEnumerable<string> Kazakh(string word)
    {
        // The Russian -ов, -ев take no part in the harmony: Қыранбековтің.
        var harmonic = word.EndsWith("ов", StringComparison.Ordinal) || word.EndsWith("ев", StringComparison.Ordinal) ? word[..^2] : word;
        var vowel = harmonic.Select(Signs.Fold).LastOrDefault(c => "аәеёиіоөуұүыэюя".Contains(c, StringComparison.Ordinal));
        var (y, a) = "аоуұыюяё".Contains(vowel, StringComparison.Ordinal) ? ('ы', 'а') : ('і', 'е');
        var last = Signs.Fold(word[^1]);
        var (genitive, dative, accusative) = last switch
        {
            'а' or 'ә' or 'е' or 'и' or 'і' or 'о' or 'ө' or 'ұ' or 'ү' or 'ы' or 'э' or 'я' => ('н', a == 'а' ? 'ғ' : 'г', 'н'),
            'м' or 'н' or 'ң' => ('н', a == 'а' ? 'ғ' : 'г', 'д'),
            'р' or 'л' or 'й' or 'у' or 'з' or 'ж' or 'ю' => ('д', a == 'а' ? 'ғ' : 'г', 'д'),
            _ => ('т', a == 'а' ? 'қ' : 'к', 'т'),
        };
        return [$"{word}{genitive}{y}ң", $"{word}{dative}{a}", $"{word}{accusative}{y}"];
    }
}
