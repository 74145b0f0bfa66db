using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Monitoring.Feeds.Reading;

/// <summary>
/// Whether a text that may be either is HTML: it closes an element, has one that needs no closing, or names a character, and nothing in it speaks
/// against. <c>2 &lt; 3</c> and <c>the &lt;blink&gt; tag</c> are text.
/// </summary>
internal static partial class MarkupGuess
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Elements = FrozenSet.ToFrozenSet(
        ("a abbr acronym address area article aside audio b big blink blockquote body br button canvas caption center cite code col colgroup dd del details dfn dialog dir div dl "
            + "dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link m main "
            + "map mark meta menu meter nav nobr noscript object ol optgroup option output p param picture pre progress q s samp script section select small source span strike "
            + "strong style sub summary sup svg table tbody td textarea tfoot th thead time tr track tt u ul var video wbr").Split(' '),
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsHtml(string text)
    {
        if (text.AsSpan().IndexOfAny('<', '&') < 0 || !Proof().IsMatch(text))
        {
            return false;
        }

        foreach (var tag in Tag().EnumerateMatches(text))
        {
            if (!Elements.Contains(text.AsSpan(tag.Index, tag.Length).TrimStart('<').TrimStart('/')))
            {
                return false;
            }
        }

        Span<char> characters = stackalloc char[2];
        foreach (var reference in Reference().EnumerateMatches(text))
        {
            if (CharacterReference.Read(text.AsSpan(reference.Index + 1, reference.Length - 1), characters).Read == 0)
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex("</[A-Za-z][A-Za-z0-9]*|<(?:br|hr|wbr|img)(?:\\s[^<>]*)?/?>|&(?:#?[A-Za-z0-9]+);", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Proof();

    [GeneratedRegex("</?[A-Za-z][A-Za-z0-9]*", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex("&[A-Za-z][A-Za-z0-9]*;", RegexOptions.NonBacktracking)]
    private static partial Regex Reference();
}
