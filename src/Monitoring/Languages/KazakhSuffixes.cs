namespace Monitoring.Languages;

/// <summary>
/// Chains of Kazakh suffixes (<c>kazakh-suffixes.csv</c>): each slot gives one, in the order of the slots, any may be left out. Vowel harmony is not asked
/// for: what breaks it is written by nobody.
/// </summary>
internal sealed class KazakhSuffixes : WordEndings
{
    /// <summary>No word has more letters of suffixes.</summary>
    private const int Longest = 24;

    private const int ShortestNoun = 2;

    /// <summary>A shorter root alone is mostly another word.</summary>
    private const int ShortestRoot = 3;

    private static readonly KazakhSuffixes Noun = new("noun", mayBeEmpty: true);
    private static readonly KazakhSuffixes Verb = new("verb", mayBeEmpty: true);
    private static readonly KazakhSuffixes ShortVerb = new("verb", mayBeEmpty: false);

    private readonly (string[] Suffixes, string How)[] _slots;
    private readonly bool _mayBeEmpty;

    private KazakhSuffixes(string partOfSpeech, bool mayBeEmpty)
    {
        _slots = [.. DataFile.Rows(typeof(KazakhSuffixes), "Tables.kazakh-suffixes.csv").Where(row => row[0] == partOfSpeech).Select(row => (row[3].Split('|'), row[2]))];
        _mayBeEmpty = mayBeEmpty;
    }

    /// <summary>A verb is listed by its noun of action: <c>ұстау</c>, <c>соғу</c>, <c>қою</c>.</summary>
    public static IEnumerable<InflectedStem> Of(string word)
    {
        if (word.Length < ShortestNoun)
        {
            yield break;
        }

        foreach (var stem in Sounds(word))
        {
            yield return new InflectedStem(stem, Noun);
        }

        var root = word switch
        {
            [.., 'у'] => word[..^1],
            [.., 'ю'] => word[..^1] + 'й',
            _ => "",
        };
        foreach (var stem in root.Length >= 2 ? Sounds(root) : [])
        {
            yield return new InflectedStem(stem, root.Length < ShortestRoot ? ShortVerb : Verb);
        }
    }

    public override bool Accept(ReadOnlySpan<char> rest) => rest.IsEmpty ? _mayBeEmpty : rest.Length <= Longest && Accept(rest, 0);

    /// <summary>
    /// The last consonant is voiced before a vowel and voiceless before others: <c>қамақ, қамағы</c>; <c>соғу, соқты</c>. Of -ст the т may fall:
    /// <c>журналистер</c>.
    /// </summary>
    private static string[] Sounds(string stem) => stem[^1] switch
    {
        'к' => [stem, stem[..^1] + 'г'],
        'қ' => [stem, stem[..^1] + 'ғ'],
        'п' => [stem, stem[..^1] + 'б'],
        'г' => [stem, stem[..^1] + 'к'],
        'ғ' => [stem, stem[..^1] + 'қ'],
        'б' => [stem, stem[..^1] + 'п'],
        'т' when stem.EndsWith("ст", StringComparison.Ordinal) => [stem, stem[..^1]],
        _ => [stem],
    };

    private bool Accept(ReadOnlySpan<char> rest, int from)
    {
        for (var slot = from; slot < _slots.Length; slot++)
        {
            var (suffixes, how) = _slots[slot];
            foreach (var suffix in how == "next" && (slot > from || slot == 0) ? [] : suffixes)
            {
                if (rest.StartsWith(suffix, StringComparison.Ordinal) && (rest.Length == suffix.Length || Accept(rest[suffix.Length..], how == "repeatable" ? slot : slot + 1)))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
