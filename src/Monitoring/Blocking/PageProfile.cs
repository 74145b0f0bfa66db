namespace Monitoring.Blocking;

/// <summary>
/// What a site's page usually is, learned from good checks over TLS and from the control: a small set of each mark, because front pages come in languages and change.
/// </summary>
/// <param name="Structures">Similarity hashes of how the page is built, newest last.</param>
/// <param name="Titles">Titles seen.</param>
/// <param name="Headers">Names of uncommon headers seen in most good answers, lower case.</param>
/// <param name="LeastLength">Bytes of the shortest good body.</param>
/// <param name="MostLength">Bytes of the longest good body.</param>
public sealed record PageProfile(IReadOnlyList<string> Structures, IReadOnlyList<string> Titles, IReadOnlyList<string> Headers, int LeastLength, int MostLength);
