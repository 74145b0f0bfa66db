namespace Monitoring.Blocking;

/// <summary>
/// What a site's page usually is, learned from good checks over TLS and from the control: a small set of each mark, because front pages come in languages and change.
/// </summary>
/// <param name="Structures">Similarity hashes of how the page is built, newest last.</param>
/// <param name="Titles">Titles seen.</param>
/// <param name="LeastLength">Bytes of the shortest good body.</param>
/// <param name="MostLength">Bytes of the longest good body.</param>
public sealed record PageProfile(IReadOnlyList<string> Structures, IReadOnlyList<string> Titles, int LeastLength, int MostLength)
{
    /// <summary>Languages, editions and days with and without news; what is older is forgotten.</summary>
    private const int Most = 8;

    /// <summary>The profile with one more good page.</summary>
    /// <param name="page">A page of status 2xx that is certainly the site's.</param>
    public static PageProfile Learn(PageProfile? known, HttpObservation page) => new(
        Add(known?.Structures ?? [], page.Structure),
        Add(known?.Titles ?? [], page.Title),
        Math.Min(known?.LeastLength ?? page.BodyLength, page.BodyLength),
        Math.Max(known?.MostLength ?? page.BodyLength, page.BodyLength));

    private static IReadOnlyList<string> Add(IReadOnlyList<string> known, string? seen) =>
        string.IsNullOrEmpty(seen) || known.Contains(seen, StringComparer.Ordinal) ? known : [.. known.TakeLast(Most - 1), seen];

    public bool Equals(PageProfile? other) =>
        other is not null && LeastLength == other.LeastLength && MostLength == other.MostLength && Structures.SequenceEqual(other.Structures) && Titles.SequenceEqual(other.Titles);

    public override int GetHashCode() => HashCode.Combine(LeastLength, MostLength, Structures.Count, Titles.Count);
}
