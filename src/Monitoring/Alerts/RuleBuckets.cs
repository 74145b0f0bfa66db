using Monitoring.Watchlist;

namespace Monitoring.Alerts;

/// <summary>
/// Numbers of rules by what they choose, so that a record finds its own without asking the others: a rule stands once for each combination of what it
/// lists. Rules that choose by the same fields share a table, so that a record is looked up by those fields only that somebody chooses by. A bucket
/// begins with its least severe rules and is left at the first that is too severe.
/// </summary>
internal sealed class RuleBuckets
{
    /// <summary>A rule that lists much would stand too often: then it stands without what chooses least, and is asked.</summary>
    private const int MostKeys = 256;

    private static readonly string?[] Any = [null];

    private readonly Dictionary<Fields, Dictionary<Key, List<(Severity Least, int Rule)>>> _tables = [];

    /// <summary>Which fields a table is looked up by.</summary>
    private readonly record struct Fields(bool Subject, bool Violation, bool Language, bool Country);

    private readonly record struct Key(string? Subject, string? Violation, string? Language, string? Country);

    private readonly bool _areItems;
    private readonly bool _concernAll;

    private RuleBuckets(bool areItems, bool concernAll) => (_areItems, _concernAll) = (areItems, concernAll);

    /// <param name="areItems">Whether these are asked about items; of sites nobody asks for languages.</param>
    /// <param name="concernAll">Whether these are asked about what concerns all, whatever subjects were chosen.</param>
    public static RuleBuckets Of(IEnumerable<CompiledRule> rules, bool areItems, bool concernAll)
    {
        var buckets = new RuleBuckets(areItems, concernAll);
        foreach (var (number, rule) in rules.Index())
        {
            buckets.Add(number, rule);
        }

        foreach (var bucket in buckets._tables.Values.SelectMany(table => table.Values))
        {
            bucket.Sort();
        }

        return buckets;
    }

    private void Add(int number, CompiledRule rule)
    {
        var chooses = rule.Chooses;
        if (chooses.About == (_areItems ? TellingScope.Sites : TellingScope.Items))
        {
            return;
        }

        var subjects = _concernAll && !rule.IsFollowing ? Any : Keys(chooses.Subjects);
        var violations = Keys(chooses.Violations);
        var countries = Keys(chooses.Countries);
        var languages = _areItems ? Keys(chooses.Languages) : Any;
        languages = IsMuch(subjects, violations, countries, languages) ? Any : languages;
        countries = IsMuch(subjects, violations, countries, languages) ? Any : countries;
        violations = IsMuch(subjects, violations, countries, languages) ? Any : violations;
        var buckets = TableOf(new Fields(subjects != Any, violations != Any, languages != Any, countries != Any));
        foreach (var key in Combine(subjects, violations, languages, countries))
        {
            if (!buckets.TryGetValue(key, out var bucket))
            {
                buckets.Add(key, bucket = []);
            }

            bucket.Add((chooses.Severity, number));
        }
    }

    /// <summary>The rules that may choose a record, in their order, each once.</summary>
    public List<int> Find(AlertRecord record)
    {
        var found = new List<int>();
        var asked = 0;
        foreach (var (fields, buckets) in _tables)
        {
            var keys = Combine(
                fields.Subject ? Values(record.Subjects) : Any,
                fields.Violation ? Values(record.Violations) : Any,
                fields.Language ? Values(record.Language) : Any,
                fields.Country ? Values(record.Country) : Any);
            foreach (var key in keys)
            {
                if (buckets.TryGetValue(key, out var bucket))
                {
                    AddTo(found, bucket, record.Severity);
                    asked++;
                }
            }
        }

        found.Sort();
        return asked < 2 ? found : WithoutTwins(found);
    }

    private static void AddTo(List<int> found, List<(Severity Least, int Rule)> bucket, Severity severity)
    {
        foreach (var (least, rule) in bucket)
        {
            if (least > severity)
            {
                return;
            }

            found.Add(rule);
        }
    }

    private static List<int> WithoutTwins(List<int> sorted)
    {
        var length = 0;
        for (var i = 0; i < sorted.Count; i++)
        {
            if (length == 0 || sorted[length - 1] != sorted[i])
            {
                sorted[length++] = sorted[i];
            }
        }

        sorted.RemoveRange(length, sorted.Count - length);
        return sorted;
    }

    private Dictionary<Key, List<(Severity Least, int Rule)>> TableOf(Fields fields)
    {
        if (!_tables.TryGetValue(fields, out var buckets))
        {
            _tables.Add(fields, buckets = []);
        }

        return buckets;
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

    private static string?[] Values(IReadOnlyList<string> values) => [.. values];

    private static string?[] Values(string? value) => value is null ? [] : [value];

    private static List<Key> Combine(string?[] subjects, string?[] violations, string?[] languages, string?[] countries)
    {
        var keys = new List<Key>(subjects.Length * violations.Length * languages.Length * countries.Length);
        foreach (var subject in subjects)
        {
            foreach (var violation in violations)
            {
                foreach (var language in languages)
                {
                    foreach (var country in countries)
                    {
                        keys.Add(new Key(subject, violation, language, country));
                    }
                }
            }
        }

        return keys;
    }
}
