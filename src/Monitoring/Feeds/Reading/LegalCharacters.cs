using System.Buffers;

namespace Monitoring.Feeds.Reading;

/// <summary>Which characters a text may hold (XML 1.0 section 2.2, without the control characters of Latin-1, which windows-1252 means otherwise).</summary>
internal static class LegalCharacters
{
    /// <summary>The line end of Windows is legal, but two characters instead of one (XML 1.0 section 2.11).</summary>
    private static readonly SearchValues<char> Unwanted = SearchValues.Create(
        [.. Enumerable.Range(0, 0xa0).Concat([0xfffe, 0xffff]).Where(code => code is not ('\t' or '\n') && code is < 0x20 or >= 0x7f).Select(code => (char)code)]);

    /// <summary>Mends in place.</summary>
    /// <param name="hasHalves">Halves of surrogate pairs may be among them.</param>
    /// <param name="removed">How many were left out.</param>
    /// <returns>What remains.</returns>
    public static Span<char> Clean(Span<char> value, bool hasHalves, out int removed)
    {
        removed = 0;
        var length = hasHalves ? 0 : value.IndexOfAny(Unwanted);
        if (length < 0)
        {
            return value;
        }

        for (var i = length; i < value.Length; i++)
        {
            var c = CharacterReference.FromWindows1252(value[i]);
            if (c == '\r')
            {
                c = i + 1 < value.Length && value[i + 1] == '\n' ? '\0' : '\n';
            }
            else if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                value[length++] = c;
                c = value[++i];
            }
            else if (char.IsSurrogate(c) || Unwanted.Contains(c))
            {
                removed++;
                c = '\0';
            }

            value[length] = c;
            length += c == '\0' ? 0 : 1;
        }

        return value[..length];
    }

    /// <inheritdoc cref="Clean(Span{char}, bool, out int)"/>
    public static string Clean(string value, RepairLog repairs)
    {
        if (value.AsSpan().IndexOfAny(Unwanted) < 0)
        {
            return value;
        }

        var clean = Clean(value.ToCharArray(), hasHalves: false, out var removed).ToString();
        if (removed > 0)
        {
            repairs.Note(FeedRepairKind.IllegalCharacter, 0, removed);
        }

        return clean;
    }
}
