namespace Monitoring.Names;

/// <summary>A word, or some joined by hyphens, that is a listed surname in one of its cases.</summary>
/// <param name="Person">Number of the listed person.</param>
/// <param name="Stem">How much of the last word is the listed part.</param>
/// <param name="Endings">What follows it.</param>
/// <param name="Repaired">How a disguised word reads; null if it is as it stands.</param>
internal sealed record SurnameHit(int Person, int Start, int End, string Stem, IReadOnlyList<Ending> Endings, bool IsCapital, bool IsAllCapitals, string? Repaired)
{
    /// <summary>Spelled as it is listed, not only alike.</summary>
    public bool IsExact { get; init; }

    /// <summary>So short that many other words look like it: it counts only beside a first name.</summary>
    public bool IsShort => Stem.Length < 4;

    /// <summary>Only nearly the listed surname: it counts beside the listed first name alone.</summary>
    public bool IsNearly { get; init; }

    /// <summary>What follows the stem, as it stands in the text.</summary>
    public required string Rest { get; init; }

    /// <summary>The ending is spelled as its language spells it: "қа", not "ка", with which places end.</summary>
    public bool IsEndingExact => string.Equals(Ending.Letters, Rest.TrimStart('-', '\'', '’'), StringComparison.OrdinalIgnoreCase);

    /// <summary>Of those that sound alike the one that is written so.</summary>
    public Ending Ending => Endings.FirstOrDefault(ending => string.Equals(ending.Letters, Rest, StringComparison.OrdinalIgnoreCase)) ?? Endings[0];

    /// <summary>A woman's surname as men bear it, in letters in which women's have their own end: beside her first name only.</summary>
    public bool IsMansForm => IsCyrillic && Endings.All(ending => ending.Case == "without the feminine ending");

    public bool IsCyrillic { get; init; }

    /// <summary>It can be nothing else: Матаевы.</summary>
    public bool IsPlural => Endings.All(ending => ending.Case == "plural");
}
