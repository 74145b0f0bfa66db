namespace Monitoring.Names;

/// <summary>Letters and digits that look like letters of the other alphabet, and how a disguised word reads.</summary>
internal static class Homoglyphs
{
    private const string Latin = "aceopxykmtbhiAKMHOPCTXBEYI";
    private const string Cyrillic = "асеорхукмтвніАКМНОРСТХВЕУІ";
    private const string Digits = "03461";
    private const string CyrillicForDigits = "ОЗЧБІ";
    private const string LatinForDigits = "OEABI";

    /// <summary>The readings of a word that mixes alphabets or holds digits; of a Latin word all of whose letters look Cyrillic the Cyrillic one.</summary>
    public static IEnumerable<string> Readings(string word)
    {
        var (latin, cyrillic) = (word.Count(c => Signs.Of(c).HasFlag(SignFlags.Latin)), word.Count(c => Signs.Of(c).HasFlag(SignFlags.Cyrillic)));
        if (cyrillic > 0 || Array.TrueForAll(word.ToCharArray(), c => !Signs.IsLetter(c) || Latin.Contains(c, StringComparison.Ordinal)))
        {
            yield return Swap(word, Latin + Digits, Cyrillic + CyrillicForDigits);
        }

        if (latin > 0 && (latin > cyrillic || cyrillic == 0) && word.Any(c => !Signs.Of(c).HasFlag(SignFlags.Latin)))
        {
            yield return Swap(word, Cyrillic + Digits, Latin + LatinForDigits);
        }
    }

    private static string Swap(string word, string from, string to) =>
        string.Concat(word.Select(c => from.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? to[at] : c));
}
