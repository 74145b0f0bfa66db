namespace Monitoring.Queries;

internal enum QueryTokenKind
{
    /// <summary>A word, or words in quotes.</summary>
    Words,

    /// <summary><c>name:</c></summary>
    Field,
    Open,
    Close,
    And,
    Or,
    Not,
    Near,
    Sentence,
    End,
}

/// <param name="Text">As written; of quoted words without their quotes, of a field its name.</param>
/// <param name="TextStart">Where <paramref name="Text"/> stands in the query.</param>
/// <param name="IsAnyForm">A tilde stands before it.</param>
/// <param name="Number">The distance of NEAR.</param>
internal sealed record QueryToken(QueryTokenKind Kind, int Start, int Length, string Text, int TextStart, bool IsAnyForm = false, bool IsQuoted = false, int Number = 0)
{
    public int End => Start + Length;
}
