using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>
/// Numbers of rules by what they choose, so that a record finds its own without asking the others: a rule stands once for each combination of what it
/// lists, and where it lists nothing under "any". A bucket begins with its least severe rules and is left at the first that is too severe.
/// </summary>
/// <param name="areItems">Whether these are asked about items; of sites nobody asks for languages.</param>
/// <param name="concernAll">Whether these are asked about what concerns all, whatever subjects were chosen.</param>
internal sealed class RuleBuckets(bool areItems, bool concernAll)
{
    /// <summary>A rule that lists much would stand too often: then it stands under "any" of what chooses least, and is asked.</summary>
    private const int MostKeys = 256;

    private static readonly string?[] Any = [null];

    private readonly Dictionary<Key, List<(Severity Least, int Rule)>> _buckets = [];

    private readonly record struct Key(string? Subject, string? Violation, string? Language, string? Country);

    public void Add(int number, CompiledRule rule)
    {
        var chooses = rule.Chooses;
        if (chooses.About == (areItems ? TellingScope.Sites : TellingScope.Items))
        {
            return;
        }

        var subjects = concernAll && !rule.IsFollowing ? Any : Keys(chooses.Subjects);
        var violations = Keys(chooses.Violations);
        var countries = Keys(chooses.Countries);
        var languages = areItems ? Keys(chooses.Languages) : Any;
        languages = IsMuch(subjects, violations, countries, languages) ? Any : languages;
        countries = IsMuch(subjects, violations, countries, languages) ? Any : countries;
        violations = IsMuch(subjects, violations, countries, languages) ? Any : violations;
        foreach (var key in Combine(subjects, violations, languages, countries))
        {
            if (!_buckets.TryGetValue(key, out var bucket))
            {
                _buckets.Add(key, bucket = []);
            }

            bucket.Add((chooses.Severity, number));
        }
    }

    /// <summary>To be called once, after the last rule.</summary>
    public void Sort()
    {
        foreach (var bucket in _buckets.Values)
        {
            bucket.Sort();
        }
    }

    /// <summary>The rules that may choose a record, some of them more than once.</summary>
    public List<int> Find(AlertRecord record)
    {
        var found = new List<int>();
        foreach (var key in Combine(AnyOr(record.Subjects), AnyOr(record.Violations), AnyOr(areItems ? record.Language : null), AnyOr(record.Country)))
        {
            if (_buckets.TryGetValue(key, out var bucket))
            {
                foreach (var (least, rule) in bucket)
                {
                    if (least > record.Severity)
                    {
                        break;
                    }

                    found.Add(rule);
                }
            }
        }

        return found;
    }

    private static bool IsMuch(params ReadOnlySpan<string?[]> lists)
    {
        var keys = 1L;
        foreach (var list in lists)
        {
            keys *= list.Length;
        }

        return keys > MostKeys;
    }

    private static string?[] Keys(IReadOnlyList<string> chosen) => chosen.Count == 0 ? Any : [.. chosen.Distinct(StringComparer.Ordinal)];

    private static string?[] AnyOr(IReadOnlyList<string> values) => [null, .. values.Distinct(StringComparer.Ordinal)];

    private static string?[] AnyOr(string? value) => value is null ? Any : [null, value];

    private static IEnumerable<Key> Combine(string?[] subjects, string?[] violations, string?[] languages, string?[] countries) =>
        from subject in subjects
        from violation in violations
        from language in languages
        from country in countries
        select new Key(subject, violation, language, country);
}
