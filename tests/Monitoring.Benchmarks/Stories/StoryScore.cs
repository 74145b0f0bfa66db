using System.Globalization;
using Monitoring.Items;
using Monitoring.Items.Stories;

namespace Monitoring.Benchmarks.Stories;

/// <summary>
/// Copies found again among everything a week holds, by kind and degree of editing; and what was joined that is another event: other articles of the same desk,
/// forms filled in anew, the next day's article. The goals are recall 0.95 up to 20 % edited, precision 0.98.
/// </summary>
internal static class StoryScore
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    public static int Run()
    {
        var made = new MadeArticles(seed: 20261123);
        var news = (MadeArticle[])[.. made.News(240), .. MadeArticles.Public()];
        var others = (MadeArticle[])[.. made.Forms(240), .. news.Where(article => article.Sentences.Length > 5).Select(made.NextDay)];
        var vocabulary = news.SelectMany(article => article.Text.Split(' ', '\n')).Where(word => word.Length > 2).Distinct(StringComparer.Ordinal).ToArray();
        var edits = new TextEdits(seed: 7, vocabulary);

        var week = new Week();
        var falseJoins = new SortedDictionary<string, (int False, int All)>(StringComparer.Ordinal);
        foreach (var (article, i) in news.Concat(others).Select((article, i) => (article, i)))
        {
            var (isJoined, all) = (week.File(article.Text) is not null, falseJoins.GetValueOrDefault(article.Kind));
            falseJoins[article.Kind] = (all.False + (isJoined ? 1 : 0), all.All + 1);
        }

        var recall = new Dictionary<string, (int Right, int Wrong, int All)>(StringComparer.Ordinal);
        for (var i = 0; i < news.Length; i++)
        {
            foreach (var (kind, text) in edits.Of(news[i]))
            {
                var (joined, counts) = (week.Find(text), recall.GetValueOrDefault(kind));
                recall[kind] = (counts.Right + (joined == i ? 1 : 0), counts.Wrong + (joined is not null && joined != i ? 1 : 0), counts.All + 1);
            }
        }

        Console.WriteLine($"{news.Length} articles, {others.Length} that resemble them; each edit is looked up among all");
        foreach (var (kind, (right, wrong, all)) in recall)
        {
            Write($"{kind,-42} recall {(double)right / all:0.000}  precision {(double)right / Math.Max(1, right + wrong):0.000}");
        }

        foreach (var (kind, (wrong, all)) in falseJoins)
        {
            Write($"{kind,-42} {wrong} of {all} joined to another event");
        }

        var (allRight, allWrong) = (recall.Values.Sum(counts => counts.Right), recall.Values.Sum(counts => counts.Wrong) + falseJoins.Values.Sum(counts => counts.False));
        var precision = (double)allRight / (allRight + allWrong);
        var isReached = precision >= 0.98 && recall.Take(4).All(pair => pair.Value.Right >= 0.95 * pair.Value.All);
        Write($"precision of all joins {precision:0.0000}; goals {(isReached ? "reached" : "MISSED")}");
        return (isReached ? 0 : 1) + StorySpeed.Run(news, vocabulary);
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>What was filed in a week, in memory.</summary>
    private sealed class Week
    {
        private readonly CandidateIndex _index = new();
        private readonly List<(StoryMember Member, TextSketch Sketch)> _filed = [];

        /// <summary>Files it, and gives the number of what it was joined to.</summary>
        public int? File(string text)
        {
            var joined = Find(text);
            _index.Add(Entry(text, out var member, out var sketch));
            _filed.Add((member, sketch));
            return joined;
        }

        public int? Find(string text)
        {
            var entry = Entry(text, out var member, out var sketch);
            var best = _index.Candidates(entry, StoryFiling.MostCompared)
                .Select(candidate => (Place: (int)candidate.Number - 1, Match: StoryMatching.Of(member, sketch, _filed[(int)candidate.Number - 1].Member, _filed[(int)candidate.Number - 1].Sketch)))
                .FirstOrDefault(pair => pair.Match is not null);
            return best.Match is null ? null : best.Place;
        }

        private IndexEntry Entry(string text, out StoryMember member, out TextSketch sketch)
        {
            var number = _filed.Count + 1;
            var item = new StoryItem { Key = new ItemKey("feed", $"item{number}"), Title = "", Text = text, Publisher = "feed", PublisherName = "Feed", FirstSeen = Now };
            (member, sketch) = (StoryMember.Of(item, "story"), TextSketch.Of(text));
            return IndexEntry.Of(number, member, sketch, Now);
        }
    }
}
