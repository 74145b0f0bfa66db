using Microsoft.VisualBasic.FileIO;
using Monitoring.Tests.Support;

namespace Monitoring.Tests.Violations;

/// <summary>A text and what an experienced monitor says of it.</summary>
/// <param name="Kind">press, civic, context, other.</param>
/// <param name="First">The code that comes first; NONE for ordinary news.</param>
public sealed record LabelledSentence(string Language, string Kind, string First, IReadOnlyList<string> Others, string Status, string Text)
{
    /// <summary>The rules were made with these.</summary>
    public static IReadOnlyList<LabelledSentence> Tuning { get; } = [.. Read("tuning.csv"), .. Read("tuning-2.csv"), .. Read("tuning-3.csv")];

    /// <summary>Nothing was made with these.</summary>
    public static IReadOnlyList<LabelledSentence> KeptApart { get; } = Read("kept-apart.csv");

    private static IReadOnlyList<LabelledSentence> Read(string name) => ReadFile(Repository.Path("tests", "Monitoring.Tests", "Violations", name));

    /// <summary>Rows of a file like those.</summary>
    public static IReadOnlyList<LabelledSentence> ReadFile(string path)
    {
        using var parser = new TextFieldParser(path) { CommentTokens = ["#"], Delimiters = [","], HasFieldsEnclosedInQuotes = true };
        var rows = new List<LabelledSentence>();
        parser.ReadFields();
        while (parser.ReadFields() is { } fields)
        {
            rows.Add(new LabelledSentence(fields[0], fields[1], fields[2], fields[3].Split(' ', StringSplitOptions.RemoveEmptyEntries), fields[4], fields[5]));
        }

        return rows;
    }
}
