using System.Globalization;
using Monitoring.Names;
using Monitoring.Tests.Support;
using Monitoring.Watchlist;

namespace Monitoring.Benchmarks.Names;

/// <summary>Scores the matcher on public sets of names, if these lie beside the repository.</summary>
internal static class NameScore
{
    public static int Run(string? folder = null)
    {
        folder ??= Path.Combine(Repository.Path(), "..", "shared", "data", "names");
        if (!Directory.Exists(folder))
        {
            Console.WriteLine("names: skipped: data not present");
            return 0;
        }

        Surnames(Path.Combine(folder, "petrovich", "surnames.2013-05-05.tsv"));
        Pairs(Path.Combine(folder, "kazakh", "kaz_rus_name_pairs_apertium.csv"));
        return 0;
    }

    /// <summary>Every lemma is listed as a person with this surname alone; every form is a text.</summary>
    private static void Surnames(string path)
    {
        var rows = File.ReadLines(path).Skip(1).Select(line => line.Split('\t')).Select(row => (Lemma: Title(row[0]), Form: Title(row[1]), IsFemale: row[2].StartsWith("жр", StringComparison.Ordinal))).ToList();
        var lemmas = rows.Select(row => row.Lemma).Distinct(StringComparer.Ordinal).ToList();
        var matcher = NameMatcher.Compile(lemmas.Select(lemma => new Person { Id = lemma, Name = lemma }), []);
        var (own, foreign) = (0, 0);
        var missed = new List<string>();
        var wrong = new List<string>();
        foreach (var (lemma, form, _) in rows)
        {
            var found = matcher.Find(form).Select(mention => mention.SubjectId).ToHashSet(StringComparer.Ordinal);
            if (found.Contains(lemma))
            {
                own++;
            }
            else
            {
                missed.Add($"{form} ({lemma})");
            }

            if (found.Any(other => other != lemma && other != Twin(lemma) && Twin(other) != lemma))
            {
                foreign++;
                wrong.Add($"{form} ({lemma}): {string.Join(", ", found.Where(other => other != lemma))}");
            }
        }

        Say("Russian surnames, own lemma", own, rows.Count, missed);
        Say("Russian surnames, unrelated lemma", foreign, rows.Count, wrong);
    }

    private static void Pairs(string path)
    {
        var rows = File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Where(row => row[0] != row[1]).ToList();
        foreach (var (from, to, name) in new[] { (0, 1, "listed in Kazakh, told in Russian"), (1, 0, "listed in Russian, told in Kazakh") })
        {
            var missed = rows.Where(row => !NameMatcher.Compile([new Person { Id = "1", Name = row[from] }], []).Find(row[to]).Any()).Select(row => $"{row[from]} {row[to]}").ToList();
            Say(name, rows.Count - missed.Count, rows.Count, missed);
        }
    }

    private static void Say(string what, int count, int of, IReadOnlyList<string> examples)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {count} of {of}, {100.0 * count / of:0.00} %"));
        foreach (var example in examples.Where((_, i) => i % Math.Max(1, examples.Count / 25) == 0).Take(25))
        {
            Console.WriteLine($"  {example}");
        }
    }

    /// <summary>The woman's form of a man's surname; it is another lemma of the same family.</summary>
    private static string Twin(string lemma) => lemma.EndsWith("ий", StringComparison.Ordinal) || lemma.EndsWith("ый", StringComparison.Ordinal) ? lemma[..^2] + "ая" : lemma + "а";

    private static string Title(string word) => word[..1] + word[1..].ToLower(CultureInfo.InvariantCulture);
}
