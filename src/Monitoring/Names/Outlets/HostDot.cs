using System.Buffers;

namespace Monitoring.Names.Outlets;

/// <summary>The dots of host names, also those of other scripts and those that keep an address from being clicked: <c>[.]</c>, <c>(dot)</c>, <c> dot </c>.</summary>
internal static class HostDot
{
    private static readonly SearchValues<string> Marks = SearchValues.Create([".", "\u3002", "\uff0e", "\uff61", "dot"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The next dot between two labels: where the left label ends and where the right one begins.</summary>
    public static (int Start, int End)? Next(string text, int from)
    {
        while (from < text.Length && text.AsSpan(from).IndexOfAny(Marks) is >= 0 and var found)
        {
            var at = from + found;
            if (Around(text, at) is { } dot)
            {
                return dot;
            }

            from = at + 1;
        }

        return null;
    }

    /// <summary>The dot that begins where a label ends.</summary>
    public static (int Start, int End)? After(string text, int labelEnd)
    {
        var at = labelEnd;
        while (at < text.Length && at - labelEnd < 2 && text[at] is ' ' or '[' or '(' or '{')
        {
            at++;
        }

        return at < text.Length && Around(text, at) is { } dot && dot.Start == labelEnd ? dot : null;
    }

    private static (int Start, int End)? Around(string text, int at)
    {
        var isWord = text[at] is 'd' or 'D';
        if (isWord ? !text.AsSpan(at).StartsWith("dot", StringComparison.OrdinalIgnoreCase) : text[at] is not ('.' or '\u3002' or '\uff0e' or '\uff61'))
        {
            return null;
        }

        var (start, end) = (at, at + (isWord ? 3 : 1));
        var isBracketed = start > 0 && end < text.Length && (text[start - 1], text[end]) is ('[', ']') or ('(', ')') or ('{', '}');
        (start, end) = isBracketed ? (start - 1, end + 1) : (start, end);
        if (isBracketed || isWord)
        {
            var (before, after) = (start > 0 && text[start - 1] == ' ', end < text.Length && text[end] == ' ');
            if (isWord && !isBracketed && !(before && after))
            {
                return null;
            }

            (start, end) = (start - (before ? 1 : 0), end + (after ? 1 : 0));
        }

        return start > 0 && end < text.Length && HostName.IsLabel(text[start - 1]) && char.IsLetterOrDigit(text[end]) ? (start, end) : null;
    }
}
