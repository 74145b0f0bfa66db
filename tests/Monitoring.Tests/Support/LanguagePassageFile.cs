using System.Globalization;
using Monitoring.Languages;

namespace Monitoring.Tests.Support;

/// <param name="Language">ISO 639-1.</param>
/// <param name="Script">ISO 15924.</param>
internal sealed record TestPassage(string Language, string Script, string Text)
{
    public bool IsListed => LanguageDetector.Languages.Contains(Language);

    public int Letters => Text.Count(char.IsLetter);

    public DetectedLanguage? Found => LanguageDetector.Detect(Text);

    /// <summary>One that is not listed is to be found as none.</summary>
    public bool IsRight => IsListed ? Found is { } found && (found.Language, found.Script) == (Language, Script) : Found is null;
}

/// <summary><c>passages.tsv</c>, on which the detector is measured.</summary>
internal static class LanguagePassageFile
{
    public static IReadOnlyList<TestPassage> Read() =>
    [
        .. File.ReadLines(Repository.Path("tests", "Monitoring.Tests", "Languages", "passages.tsv")).Where(line => line is not ['#', ..])
            .Select(line => line.Split('\t')).Select(row => new TestPassage(row[0].Split('-')[0], row[0].Split('-')[1], row[1])),
    ];

    /// <summary>How often each language was found as which; <c>-</c> is none.</summary>
    public static string Confusion(IEnumerable<TestPassage> passages) => string.Join('\n', passages
        .GroupBy(passage => $"{passage.Language}-{passage.Script}")
        .Select(group => group.Key + ": " + string.Join(", ", group
            .CountBy(passage => passage.Found is { } found ? $"{found.Language}-{found.Script}" : "-")
            .OrderByDescending(pair => pair.Value)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")))));
}
