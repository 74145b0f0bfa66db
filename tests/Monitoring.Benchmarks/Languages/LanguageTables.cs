using System.Globalization;
using System.Text;
using Monitoring.Languages;
using Monitoring.Tests.Support;

namespace Monitoring.Benchmarks.Languages;

/// <summary>Makes <c>languages.csv</c> from a folder of plain text. News weighs more than legal prose, and that more than the words of programs.</summary>
internal static class LanguageTables
{
    public const string Help = """
        language-tables FOLDER: makes src/Monitoring/Languages/languages.csv again from a folder of plain text, UTF-8, that holds
          CLASS.KIND.txt   CLASS is language and script, kk-Cyrl, or for languages that are not listed other-SCRIPT-NAME, other-Latn-turkish; at most 16 of a script;
                           KIND is news, law or interface. Kazakh in Latin and Arabic letters, Uzbek in its other script and Russian in Latin letters are made from
                           kk-Cyrl, uz-Latn, uz-Cyrl and ru-Cyrl;
          sources.txt      one line: the sources, their licences and the date.
        """;

    private const int MostRows = 2_700;

    private static readonly Dictionary<string, double> Weights = new(StringComparer.Ordinal) { ["news"] = 6, ["law"] = 2, ["interface"] = 1 };

    public static int Run(string folder)
    {
        var classes = Count(folder);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# How usual runs of three letters are in languages. Source: {File.ReadAllText(Path.Combine(folder, "sources.txt")).Trim()}\n");
        text.Append("# Made by: dotnet run --project tests/Monitoring.Benchmarks -- language-tables FOLDER (its help tells what the folder holds). Not to be edited by hand.\n");
        text.Append("# After a line script,NAME,LANES: run of plain letters (_ = edge of a word) or one special letter, then one digit per lane, 0 to 9 and a to v:\n");
        text.Append("# the natural logarithm of its share in steps of 0.25 above that of 0.00001 (0.0001 for a letter).\n");
        foreach (var script in classes.Keys.GroupBy(name => name.Split('-')[1]).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Write(text, script.Key, [.. script.OrderBy(name => name.StartsWith("other", StringComparison.Ordinal)).ThenBy(name => name, StringComparer.Ordinal)], classes);
        }

        var path = Path.Combine(Repository.Path(), "src", "Monitoring", "Languages", "languages.csv");
        File.WriteAllText(path, text.ToString());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {Encoding.UTF8.GetByteCount(text.ToString()) / 1000} KB, {classes.Count} classes"));
        return 0;
    }

    private static Dictionary<string, LanguageCounts> Count(string folder)
    {
        var classes = new Dictionary<string, LanguageCounts>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*.*.txt").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path).Split('.');
            var text = File.ReadAllText(path);
            foreach (var (spelling, spelled) in Spellings.Of(name[0], text).Prepend((name[0], text)))
            {
                if (!classes.TryGetValue(spelling, out var counts))
                {
                    classes.Add(spelling, counts = new LanguageCounts(ScriptLetters.Find(spelling.Split('-')[1])));
                }

                counts.Add(spelled, Weights[name[1]]);
            }
        }

        return classes;
    }

    private static void Write(StringBuilder text, string script, IReadOnlyList<string> names, Dictionary<string, LanguageCounts> classes)
    {
        IReadOnlyList<LanguageCounts> counts = [.. names.Select(name => classes[name])];
        text.Append(CultureInfo.InvariantCulture, $"script,{script},{string.Join(' ', names)}\n");
        var plain = Enumerable.Range(0, ScriptLetters.CountOf(ScriptLetters.Find(script))).Select(number => ScriptLetters.PlainOf(ScriptLetters.Find(script), number).ToString()).ToHashSet(StringComparer.Ordinal);
        var letters = counts.Select(one => one.Letters(counts)).ToList();
        foreach (var letter in counts.SelectMany(one => one.SeenLetters).Distinct(StringComparer.Ordinal).Where(letter => !plain.Contains(letter)).Order(StringComparer.Ordinal))
        {
            Row(text, letter, letters, LanguageTable.LetterFloor);
        }

        var runs = counts.Select(one => one.Runs(counts)).ToList();
        var kept = counts.SelectMany(one => one.SeenRuns).Distinct(StringComparer.Ordinal).OrderByDescending(run => Worth(run, runs)).Take(MostRows);
        foreach (var run in kept.Order(StringComparer.Ordinal))
        {
            Row(text, run, runs, LanguageTable.Floor);
        }
    }

    /// <summary>How much a run tells: the more usual it is somewhere, and the more the languages differ in it.</summary>
    private static double Worth(string run, IReadOnlyList<Func<string, double>> languages)
    {
        var shares = languages.Select(share => Math.Max(share(run), LanguageTable.Floor)).ToList();
        var mean = shares.Average(Math.Log);
        return shares.Max(share => share * (Math.Log(share) - mean));
    }

    private static void Row(StringBuilder text, string key, IEnumerable<Func<string, double>> languages, double floor)
    {
        var levels = languages.Select(share => Math.Clamp((int)Math.Round(Math.Log(Math.Max(share(key), floor) / floor) / LanguageTable.Step), 0, LanguageTable.MostLevel)).ToList();
        if (levels.Exists(level => level > 0))
        {
            text.Append(key).Append(',').Append(string.Concat(levels.Select(LanguageTable.Digit))).Append('\n');
        }
    }
}
