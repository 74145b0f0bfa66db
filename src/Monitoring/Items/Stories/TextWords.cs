using Monitoring.Languages;

namespace Monitoring.Items.Stories;

/// <summary>
/// The words of a text as stories compare them: folded, cut to their first letters, so that Russian and Kazakh endings make no other word. Work is bounded:
/// of a long text only the beginning counts.
/// </summary>
internal sealed class TextWords
{
    /// <summary>Longer articles are told apart by their first words too.</summary>
    public const int MostWords = 3000;

    private const int MostCharacters = 40_000;

    /// <summary>"журнал-истами", "қамау-ға": what follows is mostly ending.</summary>
    private const int Stem = 5;

    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private TextWords(List<uint> words, HashSet<uint> numbers, HashSet<uint> names, ulong hash)
    {
        (Words, Numbers, Names, Hash) = (words, [.. numbers.Order()], [.. names.Order()], hash);
    }

    /// <summary>A hash of each word's stem, in order.</summary>
    public IReadOnlyList<uint> Words { get; }

    /// <summary>Of the words that begin with a digit, without repetitions, in order.</summary>
    public uint[] Numbers { get; }

    /// <summary>Of the words with a capital that begin no sentence, likewise.</summary>
    public uint[] Names { get; }

    /// <summary>Of all words whole: equal for texts that differ in marks, blanks and case only.</summary>
    public ulong Hash { get; }

    public static TextWords Of(string text)
    {
        var (words, numbers, names, hash) = (new List<uint>(), new HashSet<uint>(), new HashSet<uint>(), Offset);
        var begins = true;
        text = WholeCharacters.Cut(text, MostCharacters);
        var folded = FoldedText.Of(text);
        var letters = folded.Letters;
        for (var at = 0; at < letters.Length && words.Count < MostWords;)
        {
            if (!char.IsLetterOrDigit(letters[at]))
            {
                begins |= letters[at] is '.' or '!' or '?' or '\n' or '…';
                at++;
                continue;
            }

            var end = at;
            while (end < letters.Length && char.IsLetterOrDigit(letters[end]))
            {
                end++;
            }

            var word = letters[at..end];
            var isNumber = char.IsDigit(word[0]);
            var stem = Fold(Mix(Offset, isNumber ? word : word[..Math.Min(Stem, word.Length)]));
            words.Add(stem);
            _ = isNumber ? numbers.Add(stem) : !begins && word.Length > 2 && char.IsUpper(text[folded.Origin(at, 1).Start]) && names.Add(stem);
            hash = Mix(Mix(hash, word), " ");
            (begins, at) = (false, end);
        }

        return new TextWords(words, numbers, names, hash);
    }

    private static ulong Mix(ulong hash, ReadOnlySpan<char> letters)
    {
        unchecked
        {
            foreach (var c in letters)
            {
                hash = (hash ^ c) * Prime;
            }
        }

        return hash;
    }

    private static uint Fold(ulong hash) => unchecked((uint)(hash ^ (hash >> 32)));
}
