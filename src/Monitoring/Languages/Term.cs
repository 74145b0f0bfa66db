namespace Monitoring.Languages;

public enum TermKind
{
    /// <summary>The word as it stands, whatever its capitals.</summary>
    Exact,

    /// <summary>Any inflected form of the word (<see cref="Inflection"/>).</summary>
    Inflected,

    /// <summary>Any word that begins so.</summary>
    Prefix,
}

/// <summary>One word that is looked for.</summary>
/// <param name="Word">Folded (<see cref="FoldedText.Fold(string)"/>); an inflected one in its dictionary form.</param>
/// <param name="Language">Whose endings an inflected word takes: <c>ru</c>, <c>kk</c> or <c>en</c>; null: told by its letters.</param>
public readonly record struct Term(string Word, TermKind Kind, string? Language = null);

/// <summary>A term found at a token.</summary>
/// <param name="Id">As the index's builder gave it.</param>
public readonly record struct TermHit(int Token, int Id);
