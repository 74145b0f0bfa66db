using System.Globalization;

namespace Monitoring.Names.Outlets;

/// <summary>Host names in one form: small letters, Unicode labels, without what is invisible.</summary>
internal static class HostName
{
    /// <summary>Of a name on the wire (RFC 1035).</summary>
    public const int Longest = 253;
    public const int LongestLabel = 63;

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    /// <summary>A listed name; <c>www.</c> is not part of what an outlet is found by.</summary>
    public static string Listed(string domain)
    {
        var host = Unicode(string.Concat(domain.Trim().TrimEnd('.').Where(c => !IsInvisible(c)).Select(Signs.Fold)));
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    /// <summary>The title of an outlet is often its host: Vlast.kz.</summary>
    public static bool IsOne(string title) =>
        title.Length <= Longest && title.LastIndexOf('.') is > 0 and var dot && title.Length - dot > 2 && title.AsSpan(dot + 1).IndexOfAnyInRange('0', '9') < 0
        && title.All(c => IsLabel(c) || c == '.') && title.Split('.').All(label => label.Length is > 0 and <= LongestLabel);

    /// <summary>Punycode labels read; a name that cannot be read stays as it is and is nobody's.</summary>
    public static string Unicode(string host)
    {
        if (!host.Contains("xn--", StringComparison.Ordinal))
        {
            return host;
        }

        try
        {
            return Idn.GetUnicode(host);
        }
        catch (ArgumentException)
        {
            return host;
        }
    }

    public static bool IsLabel(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' || IsInvisible(c) || IsMark(c);

    /// <summary>Soft hyphens, marks of direction, joiners of no width.</summary>
    public static bool IsInvisible(char c) => c >= '\u0080' && char.GetUnicodeCategory(c) is UnicodeCategory.Format;

    private static bool IsMark(char c) => c >= '\u0300' && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
