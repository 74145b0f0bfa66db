using System.Globalization;
using System.Text.Json;
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
        News(Path.Combine(folder, "factrueval", "factrueval2016_devset_persons.jsonl"));
        Kazakh(Path.Combine(folder, "kaznerd", "IOB2_valid.txt"));
        return 0;
    }

    /// <summary>Everybody whose full name a text gives is listed; their mentions in that text are to be found, by full name and by surname.</summary>
    private static void News(string path)
    {
        var documents = File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement).Select(document => (
            Text: document.GetProperty("text").GetString()!,
            Persons: document.GetProperty("persons").EnumerateArray().Select(person => (
                Start: person.GetProperty("start").GetInt32(), End: person.GetProperty("end").GetInt32(),
                First: Norm(person, "firstname "), Last: Norm(person, "lastname "))).ToList())).ToList();
        var listed = documents.SelectMany(document => document.Persons).Where(person => person is { First: not null, Last: not null })
            .Select(person => $"{person.First} {person.Last}").Distinct(StringComparer.Ordinal).ToList();
        var matcher = NameMatcher.Compile(listed.Select((name, i) => new Person { Id = $"p{i}", Name = name }), []);
        var (right, all, full, anchored) = (0, 0, (Right: 0, All: 0), (Right: 0, All: 0));
        var missed = new List<string>();
        var wrong = new List<string>();
        foreach (var (text, persons) in documents)
        {
            // Named in full in this very text, not only known to be so.
            var here = persons.Where(person => person is { First: not null, Last: not null } && text[person.Start..person.End].Trim().Contains(' ', StringComparison.Ordinal)).Select(person => $"{person.First} {person.Last}").ToHashSet(StringComparer.Ordinal);
            var found = matcher.Find(text).Where(mention => mention.Band is not Band.Candidate).ToList();
            foreach (var person in persons.Where(person => person.Last is not null && here.Any(name => name.EndsWith(" " + person.Last, StringComparison.Ordinal) && (person.First is null || name.StartsWith(person.First, StringComparison.Ordinal)))))
            {
                all++;
                if (found.Exists(mention => mention.Start < person.End && mention.Start + mention.Length > person.Start && mention.ListedName.EndsWith(" " + person.Last, StringComparison.Ordinal)))
                {
                    right++;
                }
                else
                {
                    missed.Add($"{text[person.Start..person.End]} ({person.First} {person.Last}): ...{Around(text, person.Start, person.End)}");
                }
            }

            foreach (var mention in found)
            {
                var isRight = persons.Exists(person => mention.Start < person.End && mention.Start + mention.Length > person.Start && person.Last is not null && mention.ListedName.EndsWith(" " + person.Last, StringComparison.Ordinal)
                    && (person.First is null || mention.ListedName.StartsWith(person.First, StringComparison.Ordinal)));
                var isFull = mention.Reasons.Any(reason => reason.Text.StartsWith("reason.given", StringComparison.Ordinal));
                (full, anchored) = isFull ? ((full.Right + (isRight ? 1 : 0), full.All + 1), anchored) : (full, (anchored.Right + (isRight ? 1 : 0), anchored.All + 1));
                if (!isRight)
                {
                    wrong.Add($"{(isFull ? "full" : "bare")} {mention.Surface} as {mention.ListedName}, {mention.Score}: ...{Around(text, mention.Start, mention.Start + mention.Length)}");
                }
            }
        }

        Say("Russian news, mentions of those named in full", right, all, missed);
        Say("  right of those found by full name", full.Right, full.All, []);
        Say("  right of those found otherwise", anchored.Right, anchored.All, wrong);
    }

    /// <summary>First name and surname of every fifth person that is named so in the nominative are listed; whatever else is found is wrong.</summary>
    private static void Kazakh(string path)
    {
        var sentences = File.ReadAllText(path).Split("\n\n").Select(sentence => sentence.Split('\n').Select(line => line.Split(' ')).Where(row => row.Length == 2).ToList()).ToList();
        var persons = sentences.SelectMany(Persons).ToList();
        var listed = persons.Where(name => name.Split(' ').Length == 2).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Where((_, i) => i % 2 == 0).Take(500).ToList();
        var matcher = NameMatcher.Compile(listed.Select((name, i) => new Person { Id = $"p{i}", Name = name }), []);
        var (found, all, tokens, wrong) = (0, 0, 0, new List<string>());
        foreach (var sentence in sentences)
        {
            tokens += sentence.Count;
            var text = string.Join(' ', sentence.Select(row => row[0]));
            var named = Persons(sentence).ToList();
            var mentions = matcher.Find(text).Where(mention => mention.Band is not Band.Candidate).ToList();
            foreach (var name in named.Where(listed.Contains))
            {
                all++;
                found += mentions.Exists(mention => mention.ListedName == name) ? 1 : 0;
            }

            wrong.AddRange(mentions.Where(mention => !named.Exists(name => name.Contains(mention.Surface.Split(' ')[^1], StringComparison.Ordinal))).Select(mention => $"{mention.Surface} as {mention.ListedName}, {mention.Score}"));
        }

        Say("Kazakh news, persons as they stand", found, all, []);
        Say("  false hits among tokens", wrong.Count, tokens, wrong);
    }

    private static IEnumerable<string> Persons(List<string[]> sentence)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence[i][1] == "B-PERSON")
            {
                yield return string.Join(' ', sentence.Skip(i).TakeWhile((row, j) => j == 0 || row[1] == "I-PERSON").Select(row => row[0]));
            }
        }
    }

    private static string Around(string text, int start, int end) => text[Math.Max(0, start - 30)..Math.Min(text.Length, end + 30)].Replace('\n', ' ');

    private static string? Norm(JsonElement person, string role) =>
        person.GetProperty("norm").EnumerateArray().Select(norm => norm.GetString()!).FirstOrDefault(norm => norm.StartsWith(role, StringComparison.Ordinal))?[role.Length..];

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
        foreach (var example in examples.Where((_, i) => i % Math.Max(1, examples.Count / 60) == 0).Take(60))
        {
            Console.WriteLine($"  {example}");
        }
    }

    /// <summary>The woman's form of a man's surname; it is another lemma of the same family.</summary>
    private static string Twin(string lemma) => lemma.EndsWith("ий", StringComparison.Ordinal) || lemma.EndsWith("ый", StringComparison.Ordinal) ? lemma[..^2] + "ая" : lemma + "а";

    private static string Title(string word) => word[..1] + word[1..].ToLower(CultureInfo.InvariantCulture);
}
