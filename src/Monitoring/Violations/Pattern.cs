using Monitoring.Languages;

namespace Monitoring.Violations;

/// <summary>One word of a pattern.</summary>
/// <param name="Term">In the lexicon's index.</param>
/// <param name="Case">How it must be written.</param>
internal readonly record struct PatternWord(int Term, LetterCase Case);

internal enum LetterCase
{
    Any,

    /// <summary>БАҚ (the media), not бақ (luck).</summary>
    Capital,

    /// <summary>ақтау (to acquit), not Ақтау (the city).</summary>
    Small,
}

/// <summary>One of the ways an element may stand in a text: words side by side, or a word class. Exactly one of the two is given.</summary>
internal readonly record struct Alternative(PatternWord[]? Words, int Class);

/// <summary>One place of a part, and how many words may stand before it.</summary>
internal readonly record struct Element(Alternative[] Alternatives, int Gap);

/// <summary>
/// What the lexicon's rows look for in one sentence. Parts stand anywhere in it, each a row of elements in their order. Written: <c>word</c> any form;
/// <c>=word</c> as it stands; <c>word*</c> what begins so; <c>^word</c> with a capital; <c>.word</c> with a small letter; <c>one_two</c> side by side;
/// <c>a/b</c> either; <c>@class</c>; <c>~3</c> up to three words between; <c>&amp;</c> between parts.
/// </summary>
internal sealed record Pattern(Element[][] Parts, string Source)
{
    private const int MostGap = 14;

    public static Pattern Parse(string text, string language, TermIndex.Builder terms, IReadOnlyDictionary<string, int> classes) => new(
        [.. text.Split('&', StringSplitOptions.TrimEntries).Select(part => ParsePart(part, language, terms, classes))],
        text);

    private static Element[] ParsePart(string part, string language, TermIndex.Builder terms, IReadOnlyDictionary<string, int> classes)
    {
        var elements = new List<Element>();
        var gap = 0;
        foreach (var piece in part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (piece[0] == '~')
            {
                gap = int.Parse(piece.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(gap, MostGap, part);
                continue;
            }

            elements.Add(new Element([.. piece.Split('/').Select(alternative => ParseAlternative(alternative, language, terms, classes))], gap));
            gap = 0;
        }

        return elements.Count > 0 ? [.. elements] : throw new FormatException($"A pattern has an empty part: {part}.");
    }

    private static Alternative ParseAlternative(string text, string language, TermIndex.Builder terms, IReadOnlyDictionary<string, int> classes) => text[0] == '@'
        ? new Alternative(null, classes.TryGetValue(text[1..], out var known) ? known : throw new FormatException($"A pattern names an unknown class: {text}."))
        : new Alternative([.. text.Split('_').Select(word => ParseWord(word, language, terms))], -1);

    private static PatternWord ParseWord(string text, string language, TermIndex.Builder terms)
    {
        var letterCase = text[0] switch { '^' => LetterCase.Capital, '.' => LetterCase.Small, _ => LetterCase.Any };
        var word = letterCase is LetterCase.Any ? text : text[1..];
        var (kind, bare) = word switch
        {
            ['=', .. var exact] => (TermKind.Exact, exact),
            [.. var prefix, '*'] => (TermKind.Prefix, prefix),
            _ => (TermKind.Inflected, word),
        };
        return new PatternWord(terms.Add(new Term(FoldedText.Fold(bare), kind, kind is TermKind.Inflected ? language : null)), letterCase);
    }
}
