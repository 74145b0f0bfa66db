using System.Diagnostics;
using System.Globalization;
using Monitoring.Languages;
using Monitoring.Tests.Support;

namespace Monitoring.Benchmarks.Languages;

/// <summary>How often the detector is right on the test passages, by language and by length, and how long an article takes beside a plain reading of the same tables.</summary>
internal static class LanguageScore
{
    private const int Article = 3_000;
    private const int Rounds = 9;
    private const int Times = 500;
    private const int Warming = 2_000;
    private const double Goal = 25;

    /// <returns>0 if the article takes no longer than the goal.</returns>
    public static int Run()
    {
        var passages = LanguagePassageFile.Read();
        var listed = passages.Where(passage => passage.IsListed).ToList();
        Console.WriteLine(LanguagePassageFile.Confusion(passages));
        Say("right, passages of 80 letters and more", [.. listed.Where(passage => passage.Letters >= 80)]);
        Say("right, shorter ones", [.. listed.Where(passage => passage.Letters < 80)]);
        Say("languages that are not listed taken for none", [.. passages.Where(passage => !passage.IsListed)]);
        foreach (var letters in new[] { 20, 40, 80, 160 })
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"right, cut to {letters} letters"), [.. Cut(listed, letters)]);
        }

        return Speed(listed) <= Goal ? 0 : 1;
    }

    /// <summary>The passages of one language one after the other, cut anew after so many letters, at a blank.</summary>
    private static IEnumerable<TestPassage> Cut(IEnumerable<TestPassage> passages, int letters)
    {
        foreach (var group in passages.GroupBy(passage => (passage.Language, passage.Script)))
        {
            var words = string.Join(' ', group.Select(passage => passage.Text)).Split(' ');
            var piece = new TestPassage(group.Key.Language, group.Key.Script, "");
            foreach (var word in words)
            {
                piece = piece with { Text = $"{piece.Text} {word}" };
                if (piece.Letters >= letters)
                {
                    yield return piece;
                    piece = piece with { Text = "" };
                }
            }
        }
    }

    private static double Speed(IReadOnlyList<TestPassage> listed)
    {
        for (var warming = Stopwatch.StartNew(); warming.ElapsedMilliseconds < Warming;)
        {
            LanguageDetector.Passages(listed[0].Text);
        }

        var slowest = 0.0;
        foreach (var (language, script) in new[] { ("kk", "Cyrl"), ("ru", "Cyrl"), ("kk", "Arab"), ("uz", "Latn"), ("en", "Latn") })
        {
            var text = string.Join(' ', Enumerable.Repeat(listed.Where(passage => passage.Language == language && passage.Script == script).Select(passage => passage.Text), 3).SelectMany(texts => texts))[..Article];
            var naive = new NaiveLanguage(script);
            var (ours, plain, passages) = (Median(() => LanguageDetector.Detect(text)), Median(() => naive.Detect(text)), Median(() => LanguageDetector.Passages(text)));
            slowest = Math.Max(slowest, ours);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{language}-{script}, {Article} characters: ours {ours:0.0} us, goal {Goal:0}; cut out and looked up in a dictionary {plain:0.0} us; cut into passages {passages:0.0} us"));
        }

        var huge = string.Concat(Enumerable.Repeat(listed[0].Text + "\n", 1_000_000 / listed[0].Text.Length));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"1 MB: {Median(() => LanguageDetector.Detect(huge)):0.0} us"));
        return slowest;
    }

    private static double Median(Action read)
    {
        var rounds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            for (var time = 0; time < Times; time++)
            {
                read();
            }

            rounds.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds / Times);
        }

        return rounds.Order().ElementAt(Rounds / 2);
    }

    private static void Say(string what, IReadOnlyList<TestPassage> passages)
    {
        var right = passages.Count(passage => passage.IsRight);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {right} of {passages.Count}, {100.0 * right / passages.Count:0.00} %"));
    }
}
