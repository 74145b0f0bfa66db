using System.Globalization;
using Monitoring.Languages;

namespace Monitoring.Queries;

/// <summary>Reads what stands between blanks or in quotes as words, in the same way as a text's.</summary>
internal static class QueryWords
{
    public const int ShortestPrefix = 4;
    private const int MostWords = 20;
    private const int LongestWord = 60;

    /// <summary>Null, with a report, if these are no words.</summary>
    public static Query.Phrase? Read(QueryToken token, Action<int, int, string> report)
    {
        var text = TokenizedText.Of(token.Text);
        var words = WordsOf(text);
        var problem = ProblemOf(token, text, words);
        if (problem is var (start, length, message))
        {
            report(start, length, message);
            return null;
        }

        // A prefix finds every ending anyhow.
        return new Query.Phrase(words, token.IsAnyForm && words.Exists(word => !word.IsPrefix));
    }

    public static List<QueryWord> WordsOf(TokenizedText text)
    {
        var words = new List<QueryWord>(text.Tokens.Count);
        for (var i = 0; i < text.Tokens.Count; i++)
        {
            words.Add(new QueryWord(text[i].ToString(), IsPrefix(text, i), i > 0 && !Gap.Joins(WithoutStar(text, i - 1, Gap.Before(text, i)))));
        }

        return words;
    }

    private static ReadOnlySpan<char> WithoutStar(TokenizedText text, int before, ReadOnlySpan<char> gap) => IsPrefix(text, before) ? gap[1..] : gap;

    private static bool IsPrefix(TokenizedText text, int token)
    {
        var (start, length) = (text.Tokens[token].Start, text.Tokens[token].Length);
        return start + length < text.Folded.Length && text.Folded.Letters[start + length] == '*';
    }

    private static (int, int, string)? ProblemOf(QueryToken token, TokenizedText text, List<QueryWord> words)
    {
        var stars = token.Text.Count(c => c == '*');
        var tilde = token.Text.IndexOf('~', StringComparison.Ordinal);
        var shortest = words.FindIndex(word => word.IsPrefix && word.Text.Length < ShortestPrefix);
        var longest = words.FindIndex(word => word.Text.Length > LongestWord);
        return (words, shortest, longest) switch
        {
            ([], _, _) when stars > 0 => (token.Start, token.Length, "'*' needs at least four letters before it."),
            ([], _, _) => (token.Start, token.Length, "No letter and no digit stands here."),
            (_, >= 0, _) => At(shortest, $"'*' needs at least four letters before it; did you mean ~{words[shortest].Text}?"),
            (_, _, >= 0) => At(longest, string.Create(CultureInfo.InvariantCulture, $"A word has at most {LongestWord} letters.")),
            _ when stars != words.Count(word => word.IsPrefix) || EndsInWord(text) =>
                (token.TextStart + token.Text.IndexOf('*', StringComparison.Ordinal), 1, "'*' stands at the end of a word."),
            _ when tilde >= 0 => (token.TextStart + tilde, 1, "'~' stands before a word, or before the quotes of a phrase: ~\"…\"."),
            ([{ IsPrefix: true } only], _, _) when token.IsAnyForm => (token.Start, 1, $"'~' and '*' do not go together, a prefix finds every ending; did you mean {only.Text}*?"),
            _ when words.Count > MostWords => (token.Start, token.Length, string.Create(CultureInfo.InvariantCulture, $"A phrase has at most {MostWords} words.")),
            _ => null,
        };

        (int, int, string) At(int word, string message)
        {
            var (start, length) = text.Origin(word, word);
            return (token.TextStart + start, length + (words[word].IsPrefix ? 1 : 0), message);
        }
    }

    /// <summary>A star with a letter right after it: <c>за*ан</c>.</summary>
    private static bool EndsInWord(TokenizedText text) =>
        Enumerable.Range(1, Math.Max(0, text.Tokens.Count - 1)).Any(i => IsPrefix(text, i - 1) && Gap.Before(text, i).Length == 1);
}
