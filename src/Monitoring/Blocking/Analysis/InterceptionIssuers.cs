using System.Collections.Frozen;

namespace Monitoring.Blocking.Analysis;

/// <summary>Issuers known for intercepting TLS: <c>interception-issuers.csv</c>, parts of distinguished names and SHA-256 of certificates.</summary>
internal static class InterceptionIssuers
{
    private static readonly List<(string Part, string Name)> Parts = [.. Rows("issuer")];
    private static readonly FrozenDictionary<string, string> Certificates = Rows("sha256").ToFrozenDictionary(row => row.Value, row => row.Name, StringComparer.Ordinal);

    /// <returns>What it is known as; null if it is not.</returns>
    public static string? Find(CertificateFacts certificate) =>
        Certificates.GetValueOrDefault(certificate.Sha256)
        ?? Parts.Find(row => certificate.Issuer.Contains(row.Part, StringComparison.OrdinalIgnoreCase) || certificate.Subject.Contains(row.Part, StringComparison.OrdinalIgnoreCase)).Name;

    private static IEnumerable<(string Value, string Name)> Rows(string kind) =>
        DataFile.Rows(typeof(InterceptionIssuers), "interception-issuers.csv", '|').Where(row => row[0] == kind).Select(row => (row[1], row[2]));
}
