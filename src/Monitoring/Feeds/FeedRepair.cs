using System.Globalization;

namespace Monitoring.Feeds;

/// <summary>What may be wrong with a feed and is mended in reading it.</summary>
public enum FeedRepairKind
{
    Encoding,
    InvalidBytes,
    IllegalCharacter,
    HtmlEntity,
    BareAmpersand,
    BareLessThan,
    BrokenTag,
    OpenCData,
    OpenElement,
    StrayEndTag,
    UndeclaredNamespace,
    CutDocument,
    CutValue,
    TooDeep,
    TooManyItems,
    HalfCharacter,
}

/// <summary>One kind of repair.</summary>
/// <param name="Line">Where it was needed first, from 1.</param>
public sealed record FeedRepair(FeedRepairKind Kind, int Count, int Line)
{
    private string What => Kind switch
    {
        FeedRepairKind.Encoding => "the encoding is not the declared one",
        FeedRepairKind.InvalidBytes => "bytes that are not valid in the encoding were replaced",
        FeedRepairKind.IllegalCharacter => "characters that XML does not allow were removed",
        FeedRepairKind.HtmlEntity => "HTML entities were replaced by their characters",
        FeedRepairKind.BareAmpersand => "bare ampersands were taken as text",
        FeedRepairKind.BareLessThan => "bare less-than signs were taken as text",
        FeedRepairKind.BrokenTag => "broken tags were read as far as they go",
        FeedRepairKind.OpenCData => "CDATA sections without end were closed",
        FeedRepairKind.OpenElement => "elements without end tag were closed",
        FeedRepairKind.StrayEndTag => "end tags without start were left out",
        FeedRepairKind.UndeclaredNamespace => "prefixes without namespace were understood by name",
        FeedRepairKind.CutDocument => "the document breaks off; complete items were kept",
        FeedRepairKind.CutValue => "texts and items that are too long were cut",
        FeedRepairKind.TooDeep => "elements that are nested too deeply were left out",
        FeedRepairKind.TooManyItems => "items beyond the limit were left out, the newest kept",
        FeedRepairKind.HalfCharacter => "half characters were replaced",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A short sentence for people.</summary>
    public override string ToString() => Kind is FeedRepairKind.Encoding or FeedRepairKind.CutDocument
        ? string.Create(CultureInfo.InvariantCulture, $"{What} (line {Line})")
        : string.Create(CultureInfo.InvariantCulture, $"{Count} {What} (first in line {Line})");
}
