namespace Monitoring.Languages;

/// <summary>
/// Which language a text is in, by how usual its runs of three letters are in each: Kazakh in its three scripts, Russian, Ukrainian, Kyrgyz, Tajik, Uzbek in
/// two, Turkmen and English. Reads a bounded sample, so that a text of 1 MB costs no more than one of 2 KB; never throws.
/// </summary>
public static class LanguageDetector
{
    /// <summary>Fewer letters tell nothing.</summary>
    private const int FewestLetters = 3;

    /// <summary>Neighbouring runs share letters: one counts as this part of an independent observation.</summary>
    private const double Independence = 0.35;

    /// <summary>What a listed language has before the first letter, in levels: sources are nearly always in one of them.</summary>
    private const double ListedAhead = 48;

    /// <summary>The mean level of a run below which no language fits. Plain text has 11 to 20, letters typed at random 3.</summary>
    private const double LeastFit = 7;

    /// <summary>The same where <see cref="RunsThatTell"/>: odd words no longer weigh much.</summary>
    private const double LeastFitOfMany = 10;

    /// <summary>Fewer runs may well be one odd name.</summary>
    private const int FewestRunsToFit = 8;

    /// <summary>So many runs of a listed language leave no doubt; where they do, it is another language.</summary>
    private const int RunsThatTell = 60;

    private const double LeastCertainty = 0.8;

    /// <summary>All that can be found, ISO 639-1.</summary>
    public static IReadOnlyCollection<string> Languages { get; } = LanguageTable.AllLanguages;

    /// <returns>Null if there are too few letters, or if a language that is not listed fits better, or none fits.</returns>
    public static DetectedLanguage? Detect(ReadOnlySpan<char> text)
    {
        var sample = new LetterSample(text, stackalloc char[LetterSample.MostLetters]);
        var script = sample.Script;
        return sample.Count < FewestLetters || script is ScriptLetters.Foreign ? null : Judge(sample.Letters, script);
    }

    /// <summary>
    /// The text cut where its language changes: between paragraphs, or between sentences where a paragraph mixes languages. Short pieces (a name, "BBC") take
    /// the language of their surroundings. At most some 300 passages.
    /// </summary>
    public static IReadOnlyList<LanguagePassage> Passages(string text) => LanguagePassages.Of(text);

    private static DetectedLanguage? Judge(ReadOnlySpan<char> letters, int script)
    {
        var table = LanguageTable.Of(script);
        var score = new LaneScore(table, script);
        score.Read(letters);
        Span<double> lanes = stackalloc double[LanguageTable.Lanes];
        var runs = score.Sum(lanes);
        var best = Best(lanes, table, but: "");
        if (table.Languages[best] is not { } language || lanes[best] < LeastFitOf(runs) * runs)
        {
            return null;
        }

        var margin = Ahead(lanes, table, best) - Ahead(lanes, table, Best(lanes, table, but: language));
        var certainty = 1 / (1 + Math.Exp(-margin * LanguageTable.Step * Independence));
        return runs >= RunsThatTell && certainty < LeastCertainty ? null : new DetectedLanguage(language, ScriptLetters.NameOf(script), certainty);
    }

    private static double LeastFitOf(double runs) => runs >= RunsThatTell ? LeastFitOfMany : runs >= FewestRunsToFit ? LeastFit : 0;

    private static int Best(ReadOnlySpan<double> lanes, LanguageTable table, string but)
    {
        var best = -1;
        for (var lane = 0; lane < table.Languages.Count; lane++)
        {
            if (table.Languages[lane] != but && (best < 0 || Ahead(lanes, table, lane) > Ahead(lanes, table, best)))
            {
                best = lane;
            }
        }

        return best;
    }

    private static double Ahead(ReadOnlySpan<double> lanes, LanguageTable table, int lane) => lanes[lane] + (table.Languages[lane] is null ? 0 : ListedAhead);
}
