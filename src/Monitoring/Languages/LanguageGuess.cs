using System.Buffers;

namespace Monitoring.Languages;

/// <summary>
/// Which of the main languages a passage is in, by its letters: Latin reads as English, Cyrillic as Russian, Cyrillic with Kazakh letters as Kazakh.
/// </summary>
public static class LanguageGuess
{
    private static readonly SearchValues<char> KazakhLetters = SearchValues.Create("әғқңөұүһіӘҒҚҢӨҰҮҺІ");

    /// <summary>Kazakh text has one such letter in about eight; a Russian text that quotes a Kazakh name far fewer.</summary>
    private const double KazakhShare = 0.04;

    /// <summary><c>kk</c>, <c>ru</c> or <c>en</c>; null if there are too few letters to tell.</summary>
    public static string? Of(string text)
    {
        int cyrillic = 0, kazakh = 0, latin = 0;
        foreach (var c in text)
        {
            if (c is >= '\u0400' and <= '\u04ff')
            {
                cyrillic++;
                kazakh += c is < 'А' or > 'я' && KazakhLetters.Contains(c) ? 1 : 0;
            }
            else
            {
                latin += char.IsAsciiLetter(c) ? 1 : 0;
            }
        }

        return (cyrillic + latin, cyrillic >= latin) switch
        {
            ( < 3, _) => null,
            (_, false) => "en",
            _ => kazakh >= KazakhShare * cyrillic ? "kk" : "ru",
        };
    }
}
