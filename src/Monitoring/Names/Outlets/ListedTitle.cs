namespace Monitoring.Names.Outlets;

/// <summary>A place of a text that reads like a title.</summary>
/// <param name="Repaired">How its disguised word reads; null if it is as it stands.</param>
internal sealed record TitleHit(ListedTitle Title, int Start, int End, IReadOnlyList<WordFit> Words, string? Repaired);

/// <summary>One listed spelling of an outlet's title: its words, and what is listed between them.</summary>
internal sealed class ListedTitle
{
    private readonly TitleWord[] _words;
    private readonly string[] _gaps;
    private readonly int _anchor;
    private readonly bool _isHashtag;

    private ListedTitle(int outlet, string spelling, string? source, TitleWord[] words, string[] gaps, bool isHashtag)
    {
        (Outlet, Spelling, Source, _words, _gaps, _isHashtag) = (outlet, spelling, source, words, gaps, isHashtag);
        _anchor = words.Length == 0 ? 0 : words.Index().MaxBy(word => word.Item.IsDigits ? 0 : word.Item.Letters.Length).Index;
    }

    /// <summary>Number of the listed outlet.</summary>
    public int Outlet { get; }

    public string Spelling { get; }

    /// <summary>Where the spelling is attested.</summary>
    public string? Source { get; }

    /// <summary>The word that the title is found by: the longest one, for it is the rarest.</summary>
    public TitleWord Anchor => _words[_anchor];

    /// <summary>A title of one letter, or of digits only, is found nowhere, nor is one with a word that is too long.</summary>
    public bool IsFindable => _words.Length > 0 && Anchor is { IsDigits: false, Letters.Length: >= 2 } && _words.All(word => word.Letters.Length <= Signs.MostLetters);

    public bool IsOneWord => _words.Length == 1 && !_isHashtag;

    /// <summary>It is listed with a capital.</summary>
    public bool IsCapital => Signs.Of(_words.First(word => !word.IsDigits).Letters[0]).HasFlag(SignFlags.Upper);

    /// <summary>Listed in capitals only: КТК.</summary>
    public bool IsAllCapitals => _words.All(word => word.Letters.All(c => !char.IsLower(c)));

    /// <summary>A title as it is listed, and as a hashtag joins it.</summary>
    public static IEnumerable<ListedTitle> Of(int outlet, string spelling, string? source)
    {
        var (words, gaps) = Split(spelling);
        yield return new ListedTitle(outlet, spelling, source, [.. words.Select(word => new TitleWord(word, isDeclined: true))], gaps, isHashtag: false);
        if (words.Count > 1)
        {
            yield return new ListedTitle(outlet, spelling, source, [new TitleWord(string.Concat(words), isDeclined: false)], [], isHashtag: true);
        }
    }

    /// <param name="word">The text's word that is this title's longest one.</param>
    public TitleHit? Fit(string text, Word word, string? repaired)
    {
        var words = new WordFit[_words.Length];
        if (Anchor.Fit(repaired ?? word.In(text)) is not { } fit)
        {
            return null;
        }

        words[_anchor] = fit;
        var (start, end) = (word.Start, word.End);
        for (var i = _anchor - 1; i >= 0; i--)
        {
            if (TitleToken.Before(text, start) is not { } token || !Joins(text.AsSpan(token.End, start - token.End), _gaps[i]) || _words[i].Fit(token.In(text)) is not { } left)
            {
                return null;
            }

            (words[i], start) = (left, token.Start);
        }

        for (var i = _anchor + 1; i < _words.Length; i++)
        {
            if (TitleToken.After(text, end) is not { } token || !Joins(text.AsSpan(end, token.Start - end), _gaps[i - 1]) || _words[i].Fit(token.In(text)) is not { } right)
            {
                return null;
            }

            (words[i], end) = (right, token.End);
        }

        if (TitleWord.EndingAfterHyphen(text, end) is { } ending)
        {
            words[^1] = ending;
            end += ending.Rest.Length;
        }

        return IsWhole(text, start, end) ? new TitleHit(this, start, end, words, repaired) : null;
    }

    /// <summary>Neither part of a longer word nor of a host, a path or a file's name.</summary>
    private bool IsWhole(string text, int start, int end)
    {
        var (before, after) = (start == 0 ? ' ' : text[start - 1], end == text.Length ? ' ' : text[end]);
        var isInHost = (after is '.' or '@' or '_' && end + 1 < text.Length && (char.IsLower(text[end + 1]) || char.IsAsciiDigit(text[end + 1])))
            || (before is '.' or '_' && start > 1 && char.IsLetterOrDigit(text[start - 2]) && !char.IsUpper(text[start]));
        return !char.IsLetterOrDigit(before) && !char.IsLetterOrDigit(after) && !isInHost && (!_isHashtag || before is '#' or '@');
    }

    /// <summary>Blanks, hyphens and the end of a line join the words of a title; another character only where it is listed.</summary>
    private static bool Joins(ReadOnlySpan<char> gap, string listed)
    {
        var (at, lines) = (0, 0);
        foreach (var c in gap)
        {
            lines += c == '\n' ? 1 : 0;
            if (!IsJoint(c) && (at == listed.Length || listed[at++] != c))
            {
                return false;
            }
        }

        return lines <= 1;
    }

    private static bool IsJoint(char c) => char.IsWhiteSpace(c) || c == '_' || NameGap.IsHyphen(c) || Signs.Of(c).HasFlag(SignFlags.Silent);

    /// <summary>The words, and what stands between them without what joins by itself.</summary>
    private static (List<string> Words, string[] Gaps) Split(string spelling)
    {
        var (words, gaps, end) = (new List<string>(), new List<string>(), -1);
        for (var at = 0; at < spelling.Length; at++)
        {
            if ((char.IsAsciiDigit(spelling[at]) || Signs.IsLetter(spelling[at])) && TitleToken.After(spelling, at) is { } token)
            {
                if (end >= 0)
                {
                    gaps.Add(string.Concat(spelling[end..token.Start].Where(c => !IsJoint(c))));
                }

                words.Add(token.In(spelling).ToString());
                end = token.End;
                at = end - 1;
            }
        }

        return (words, [.. gaps]);
    }
}
