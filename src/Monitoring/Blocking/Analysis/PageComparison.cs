using System.Numerics;
using System.Text;

namespace Monitoring.Blocking.Analysis;

/// <summary>
/// Compares the page a vantage got with the control's, as OONI's Web Connectivity does (ooni/spec ts-017), with its known gaps closed. Each value is
/// null where it cannot be told.
/// </summary>
/// <param name="Status">Both statuses are equal; null unless the control's is 2xx.</param>
/// <param name="Length">The shorter body has more than 70 % of the longer one; null if one is empty or cut.</param>
/// <param name="Headers">An uncommon header name is shared.</param>
/// <param name="Title">All longer words of both titles are the same, or the vantage's title is one the site is known by; null if neither has one.</param>
/// <param name="Structure">Both are built alike, or as the site's page usually is; null if not noted.</param>
public sealed record PageComparison(bool? Status, bool? Length, bool Headers, bool? Title, bool? Structure)
{
    /// <summary>Bits of 64 in which the similarity hashes of one template with other words differ at most.</summary>
    public const int SameTemplateBits = 8;

    private const double LeastProportion = 0.7;
    private const int LongWordBytes = 5;

    /// <summary>OONI's 25 names and those that any two servers share (content-length and the like).</summary>
    private static readonly HashSet<string> CommonHeaders = new(
        [
            "date", "content-type", "server", "cache-control", "vary", "set-cookie", "location", "expires", "x-powered-by", "content-encoding", "last-modified",
            "accept-ranges", "pragma", "x-frame-options", "etag", "x-content-type-options", "age", "via", "p3p", "x-xss-protection", "content-language", "cf-ray",
            "strict-transport-security", "link", "x-varnish", "content-length", "connection", "alt-svc", "x-cache", "keep-alive", "transfer-encoding",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The same page, as far as can be told: equal status, and one of title, structure, length and headers agrees. Of a much shorter page that is built otherwise headers
    /// prove nothing: whoever stands before the site sends them too.
    /// </summary>
    public bool IsSame => Status is not false && (Title is true || Structure is true || Length is true || (Headers && !(Length is false && Structure is false)));

    public static PageComparison Of(HttpObservation vantage, HttpObservation control, PageProfile? profile = null) => new(
        control.Status is >= 200 and < 300 ? vantage.Status == control.Status : null,
        CompareLength(vantage, control),
        Uncommon(vantage).Overlaps(Uncommon(control)),
        CompareTitles(vantage.Title, control.Title) is var titles && titles is not true && vantage.Title is { Length: > 0 } title && profile?.Titles.Contains(title, StringComparer.Ordinal) is true ? true : titles,
        CompareStructures(vantage.Structure, [.. (profile?.Structures ?? []).Append(control.Structure).OfType<string>()]));

    private static bool? CompareStructures(string? vantage, List<string> known) => vantage is null || known.Count == 0
        ? null
        : known.Exists(structure => BitOperations.PopCount(Convert.ToUInt64(structure, 16) ^ Convert.ToUInt64(vantage, 16)) <= SameTemplateBits);

    private static bool? CompareLength(HttpObservation vantage, HttpObservation control)
    {
        if (vantage.IsTruncated && control.IsTruncated)
        {
            return true;
        }

        var (shorter, longer) = (Math.Min(vantage.BodyLength, control.BodyLength), Math.Max(vantage.BodyLength, control.BodyLength));
        return shorter == 0 || vantage.IsTruncated || control.IsTruncated ? null : (double)shorter / longer > LeastProportion;
    }

    private static bool? CompareTitles(string? vantage, string? control)
    {
        var (mine, others) = (LongWords(vantage), LongWords(control));
        return mine.Count == 0 && others.Count == 0 ? null : mine.SetEquals(others);
    }

    private static HashSet<string> LongWords(string? title) =>
        (title ?? "").ToLowerInvariant().Split(' ').Where(word => Encoding.UTF8.GetByteCount(word) >= LongWordBytes).ToHashSet(StringComparer.Ordinal);

    private static HashSet<string> Uncommon(HttpObservation page) =>
        page.Headers.Select(header => header.Key).Where(name => !CommonHeaders.Contains(name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
}
