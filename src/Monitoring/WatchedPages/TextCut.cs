namespace Monitoring.WatchedPages;

/// <summary>The beginning of a text that is too long.</summary>
internal static class TextCut
{
    /// <summary>Cut between two words, if there are any; never inside a character.</summary>
    /// <param name="text">Longer than <paramref name="longest"/>.</param>
    public static string At(string text, int longest)
    {
        var blank = text.AsSpan(0, longest + 1).LastIndexOfAny(' ', '\n');
        return text[..(blank > 0 ? blank : char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
    }
}
