namespace Monitoring.Languages;

/// <summary>A word or a number: letters and digits, with an apostrophe inside. Parts of a hyphenated word are words of their own.</summary>
/// <param name="Start">In the folded letters.</param>
/// <param name="Length">In the folded letters.</param>
/// <param name="Sentence">Counted from 0; a line break ends a sentence too.</param>
public readonly record struct Token(int Start, int Length, int Sentence);

/// <summary>A text read once, for all who look for words in it.</summary>
public sealed class TokenizedText
{
    private readonly List<Token> _tokens;

    private TokenizedText(FoldedText folded, List<Token> tokens)
    {
        (Folded, _tokens) = (folded, tokens);
    }

    public string Text => Folded.Original;

    public FoldedText Folded { get; }

    public IReadOnlyList<Token> Tokens => _tokens;

    public int Count => _tokens.Count;

    public int Sentences => _tokens.Count == 0 ? 0 : _tokens[^1].Sentence + 1;

    public static TokenizedText Of(string text)
    {
        var folded = FoldedText.Of(text);
        var letters = folded.Letters;
        var tokens = new List<Token>((letters.Length / 6) + 1);
        var (sentence, gap) = (0, 0);
        for (var i = 0; i < letters.Length;)
        {
            if (!char.IsLetterOrDigit(letters[i]))
            {
                i++;
                continue;
            }

            sentence += tokens.Count > 0 && EndsSentence(folded, gap, i) ? 1 : 0;
            var end = EndOf(letters, i);
            tokens.Add(new Token(i, end - i, sentence));
            (i, gap) = (end, end);
        }

        return new TokenizedText(folded, tokens);
    }

    /// <summary>The folded letters of a token.</summary>
    public ReadOnlySpan<char> this[int token] => Folded.Letters.Slice(_tokens[token].Start, _tokens[token].Length);

    /// <summary>The sentence a token stands in.</summary>
    public int SentenceAt(int token) => _tokens[token].Sentence;

    /// <summary>Start and length in the original text of what stands from one token to another, both included.</summary>
    public (int Start, int Length) Origin(int first, int last) =>
        Folded.Origin(_tokens[first].Start, _tokens[last].Start + _tokens[last].Length - _tokens[first].Start);

    /// <summary>The first and the last token that begin in a range of the original text; the last is before the first if none does.</summary>
    public (int First, int Last) TokensIn(int start, int length) => (FirstFrom(start), FirstFrom(start + length) - 1);

    /// <summary>Whether a token begins with a capital letter.</summary>
    public bool IsCapital(int token) => char.IsUpper(Text[Folded.Origin(_tokens[token].Start, 1).Start]);

    private int FirstFrom(int start)
    {
        var (low, high) = (0, _tokens.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Folded.OriginOf(_tokens[middle].Start) < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int EndOf(ReadOnlySpan<char> letters, int start)
    {
        var end = start + 1;
        while (end < letters.Length && (char.IsLetterOrDigit(letters[end]) || (letters[end] == '\'' && end + 1 < letters.Length && char.IsLetter(letters[end + 1]))))
        {
            end++;
        }

        return end;
    }

    private static bool EndsSentence(FoldedText folded, int from, int to)
    {
        if (to - from == 1 && folded.Letters[from] == ' ')
        {
            return false;
        }

        for (var i = from; i < to; i++)
        {
            if (Languages.Sentences.EndsAt(folded.Original, folded.OriginOf(i)))
            {
                return true;
            }
        }

        return false;
    }
}
