using Monitoring.Languages;

namespace Monitoring.Benchmarks.Languages;

/// <summary>How often each run of three letters and each special letter stands in the training text of one class, as shares.</summary>
internal sealed class LanguageCounts(int script)
{
    private readonly Dictionary<string, double> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _letters = new(StringComparer.Ordinal);
    private double _weight;
    private long _read;

    public void Add(string text, double weight)
    {
        var runs = new Dictionary<string, double>(StringComparer.Ordinal);
        var letters = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var word in Words(text))
        {
            var edged = "_" + string.Concat(word.Select(c => ScriptLetters.PlainOf(script, ScriptLetters.LetterOf(ScriptLetters.CodeOf(c))))) + "_";
            for (var i = 0; i + 3 <= edged.Length; i++)
            {
                runs[edged.Substring(i, 3)] = runs.GetValueOrDefault(edged.Substring(i, 3)) + 1;
            }

            foreach (var c in word)
            {
                var letter = char.ToLowerInvariant(c).ToString();
                letters[letter] = letters.GetValueOrDefault(letter) + 1;
            }
        }

        var count = runs.Values.Sum();
        _read += (long)count;
        // Little text says little: a few pages of news must not outweigh a hundred of anything else.
        weight *= Math.Sqrt(count);
        _weight += weight;
        Blend(_runs, runs, weight);
        Blend(_letters, letters, weight);
    }

    /// <summary>The share of each run; what was not seen gets a part of the others' share (Witten and Bell), the larger the less was read.</summary>
    public Func<string, double> Runs(IReadOnlyList<LanguageCounts> all) => Smooth(_runs, [.. all.Select(other => (other._runs, other._weight))]);

    public Func<string, double> Letters(IReadOnlyList<LanguageCounts> all) => Smooth(_letters, [.. all.Select(other => (other._letters, other._weight))]);

    public IEnumerable<string> SeenRuns => _runs.Keys;

    public IEnumerable<string> SeenLetters => _letters.Keys;

    private Func<string, double> Smooth(Dictionary<string, double> own, IReadOnlyList<(Dictionary<string, double> Shares, double Weight)> all)
    {
        var rest = (double)own.Count / (own.Count + _read);
        return key => ((1 - rest) * own.GetValueOrDefault(key) / _weight) + (rest * all.Average(other => other.Shares.GetValueOrDefault(key) / other.Weight));
    }

    private static void Blend(Dictionary<string, double> into, Dictionary<string, double> counts, double weight)
    {
        var sum = counts.Values.Sum();
        foreach (var (key, count) in counts)
        {
            into[key] = into.GetValueOrDefault(key) + (weight * count / sum);
        }
    }

    private IEnumerable<string> Words(string text)
    {
        var word = new List<char>();
        foreach (var c in text.Append(' '))
        {
            var code = ScriptLetters.CodeOf(c);
            if (ScriptLetters.ScriptOf(code) == script || (script == ScriptLetters.Latin && word.Count > 0 && ScriptLetters.IsApostrophe(code)))
            {
                word.Add(c);
            }
            else if (word.Count > 0 && !ScriptLetters.IsInvisible(code) && !ScriptLetters.IsApostrophe(code))
            {
                yield return string.Concat(word);
                word.Clear();
            }
        }
    }
}
