namespace Monitoring.Languages;

/// <summary>Cuts texts without cutting a character in two: half a surrogate pair is no text.</summary>
public static class WholeCharacters
{
    /// <summary>The place itself, or the one before if the place is inside a pair: where a text may end.</summary>
    public static int UpTo(string text, int place) => IsInside(text, place) ? place - 1 : place;

    /// <summary>The place itself, or the one after if the place is inside a pair: where a text may begin.</summary>
    public static int From(string text, int place) => IsInside(text, place) ? place + 1 : place;

    /// <summary>The beginning of a text, at most so many characters.</summary>
    public static string Cut(string text, int length) => text.Length <= length ? text : text[..UpTo(text, length)];

    private static bool IsInside(string text, int place) => place > 0 && place < text.Length && char.IsSurrogatePair(text[place - 1], text[place]);
}
