using System.Text;

namespace Monitoring.Fetching;

/// <summary>
/// Which Cyrillic encoding bytes are in that say nothing about it, by how often each letter occurs in Russian. In a wrong encoding the same bytes become
/// capitals, rare letters and frames. Kazakh letters decide between windows-1251 and KZ-1048, which differ in nothing else.
/// </summary>
internal static class CyrillicGuess
{
    /// <summary>Shorter texts prove nothing.</summary>
    private const int FewestBytes = 6;

    /// <summary>More is not read: the letters of the first articles are those of all.</summary>
    private const int MostBytes = 256 * 1024;

    /// <summary>Mean weight of a letter: Russian texts reach about 55, Kazakh ones 45, other languages and encodings stay below 30.</summary>
    private const int LeastWeight = 35;

    /// <summary>Letters by how many of a thousand they are in Russian texts; those of Kazakh with their share in Kazakh ones, halved.</summary>
    private static readonly Dictionary<char, int> Frequencies = new()
    {
        ['о'] = 110,
        ['е'] = 85,
        ['а'] = 80,
        ['и'] = 74,
        ['н'] = 67,
        ['т'] = 63,
        ['с'] = 55,
        ['р'] = 47,
        ['в'] = 45,
        ['л'] = 44,
        ['к'] = 35,
        ['м'] = 32,
        ['д'] = 30,
        ['п'] = 28,
        ['у'] = 26,
        ['я'] = 20,
        ['ы'] = 19,
        ['ь'] = 17,
        ['г'] = 17,
        ['з'] = 17,
        ['б'] = 16,
        ['ч'] = 14,
        ['й'] = 12,
        ['х'] = 10,
        ['ж'] = 9,
        ['ш'] = 7,
        ['ю'] = 6,
        ['ц'] = 5,
        ['щ'] = 4,
        ['э'] = 3,
        ['ф'] = 3,
        ['ъ'] = 1,
        ['ё'] = 1,
        ['і'] = 20,
        ['қ'] = 20,
        ['ғ'] = 10,
        ['ә'] = 10,
        ['ң'] = 10,
        ['ө'] = 6,
        ['ұ'] = 6,
        ['ү'] = 6,
        ['һ'] = 1,
    };

    private static readonly (Encoding Encoding, int[] Weights)[] Candidates =
        [.. new[] { "windows-1251", "kz-1048", "koi8-r", "koi8-u", "cp866", "iso-8859-5", "x-mac-cyrillic" }.Select(name => EncodingLabel.Find(name)!).Select(encoding => (encoding, Weights(encoding)))];

    /// <summary>Null if the bytes are too few or do not read as Russian or Kazakh in any of the encodings.</summary>
    public static Encoding? Of(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, MostBytes)];
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        var (high, inWords) = (0, 0);
        for (var at = bytes.IndexOfAnyInRange((byte)128, (byte)255); at >= 0 && at < bytes.Length; at++)
        {
            if (bytes[at] >= 128)
            {
                counts[bytes[at] - 128]++;
                high++;
                inWords += at > 0 && bytes[at - 1] >= 128 ? 1 : 0;
            }
        }

        // Accents of Western languages stand alone.
        return high < FewestBytes || inWords * 2 < high ? null : Best(counts, high);
    }

    private static Encoding? Best(ReadOnlySpan<int> counts, int high)
    {
        Encoding? best = null;
        var most = (long)high * LeastWeight - 1;
        foreach (var (encoding, weights) in Candidates)
        {
            var sum = 0L;
            for (var i = 0; i < counts.Length; i++)
            {
                sum += (long)counts[i] * weights[i];
            }

            (best, most) = sum > most ? (encoding, sum) : (best, most);
        }

        return best;
    }

    private static int[] Weights(Encoding encoding) => [.. Enumerable.Range(128, 128).Select(code => Weight(encoding.GetString([(byte)code])[0]))];

    private static int Weight(char c)
    {
        if (Frequencies.TryGetValue(c, out var frequency))
        {
            return frequency;
        }

        return Frequencies.TryGetValue(char.ToLowerInvariant(c), out var lower) ? lower / 10 : char.IsLetter(c) ? -30 : IsTypography(c) ? 0 : -50;
    }

    private static bool IsTypography(char c) => c is '«' or '»' or '„' or '“' or '”' or '‘' or '’' or '–' or '—' or '…' or '№' or '•' or '§' or '©' or '®' or '°' or '€' or '\u00a0' or '\u00ad';
}
