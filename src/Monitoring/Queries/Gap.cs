using System.Buffers;
using Monitoring.Languages;

namespace Monitoring.Queries;

/// <summary>What stands between two words of a text.</summary>
internal static class Gap
{
    /// <summary>Hyphens, quotation marks, and the stop of an abbreviation or an initial. Commas, brackets and dashes part what stands around them.</summary>
    private static readonly SearchValues<char> Joints = SearchValues.Create("-\u2010\u2011\"'«»“”„‟.&/");

    /// <summary>Of the folded letters.</summary>
    public static ReadOnlySpan<char> Before(TokenizedText text, int token)
    {
        var before = text.Tokens[token - 1];
        return text.Folded.Letters[(before.Start + before.Length)..text.Tokens[token].Start];
    }

    /// <summary>Whether the words around it stand side by side.</summary>
    public static bool Joins(ReadOnlySpan<char> gap)
    {
        foreach (var c in gap)
        {
            if (!char.IsWhiteSpace(c) && !Joints.Contains(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a word may follow another in a phrase: side by side in one sentence, or, if the phrase has a mark there, on one line.</summary>
    public static bool Fits(TokenizedText text, int token, bool mayHaveMark) => mayHaveMark
        ? !Before(text, token).Contains('\n')
        : text.Tokens[token].Sentence == text.Tokens[token - 1].Sentence && Joins(Before(text, token));
}
