using System.Text.RegularExpressions;

namespace Monitoring.Feeds.Reading.Xml;

/// <summary>
/// The entities that a document type declares inside the document, if their value is a text without references to others: nothing can grow. External
/// ones and those with references or markup are not known.
/// </summary>
internal static partial class InternalEntities
{
    /// <summary>Document types beyond this length are not looked at.</summary>
    private const int Longest = 64 * 1024;

    public static void Define(ReadOnlySpan<byte> documentType, XmlText text)
    {
        if (documentType.Length > Longest || documentType.IndexOf("<!ENTITY"u8) < 0)
        {
            return;
        }

        foreach (Match declaration in Declaration().Matches(System.Text.Encoding.Latin1.GetString(documentType)))
        {
            var (name, value) = (declaration.Groups[1], declaration.Groups[2]);
            text.Define(documentType.Slice(name.Index, name.Length), documentType.Slice(value.Index, value.Length));
        }
    }

    [GeneratedRegex("<!ENTITY\\s+([A-Za-z0-9_]+)\\s+[\"']((?:&#x?[0-9A-Fa-f]{1,6};|[^&<\"'%])*)[\"']\\s*>", RegexOptions.NonBacktracking)]
    private static partial Regex Declaration();
}
