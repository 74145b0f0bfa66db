using Monitoring.Network;

namespace Monitoring.Blocking.Analysis;

/// <summary>What can be read from measurements and hops without judging them.</summary>
internal static class Seen
{
    /// <summary>The layer that failed, or HTTP if the server answered with an error of its own; null for any other answer.</summary>
    public static Layer? Trouble(this Measurement measurement) => measurement.Last.Failed?.Layer ?? (measurement.Last.Http!.Status >= 500 ? Layer.Http : null);

    /// <summary>The site answered, and refused: as data centres are often refused.</summary>
    public static bool IsRefused(this Measurement measurement) => measurement.Last is { Failed: null, Http.Status: 401 or 403 or 429 or 451 };

    public static string? CertificateFault(this Measurement measurement) => measurement.Hops.Select(hop => hop.Tls?.CertificateFailure).FirstOrDefault(fault => fault is not null);

    /// <summary>Its own resolver fails at the name, and another resolver, asked from the same place, knows it: the failure is the resolver's, not the site's.</summary>
    public static bool IsItsResolvers(this Measurement control) =>
        control.Last.Failed is (Layer.Dns, _) && control.FurtherDns.Any(other => other.Failure is null && other.Addresses.Count > other.Bogons.Count);

    public static bool HasMet(this Measurement control, Uri url) => control.Hops.Any(hop => hop.Url.Scheme == url.Scheme && hop.Url.IsSameHost(url));

    /// <summary>The last hop is of the same domain as the first.</summary>
    public static bool IsAtHome(this Measurement measurement) => AreRelated(measurement.Hops[0].Url, measurement.Last.Url);

    public static Contrast? Contrast(this Measurement measurement, ContrastKind kind) => measurement.Contrasts.FirstOrDefault(contrast => contrast.Kind == kind);

    /// <summary>It was asked otherwise, and answered: a server that turns a name down in so many words (a TLS alert) is there and was reached.</summary>
    public static bool IsAnswered(this Contrast contrast) => contrast is { Failed: null } or { Failed: Layer.Tls, Failure: Failure.SslFailedHandshake };

    public static bool Answers(this Measurement measurement, ContrastKind kind) => measurement.Contrast(kind)?.IsAnswered() is true;

    public static bool IsEncrypted(this Hop hop) => hop.Url.Scheme == Uri.UriSchemeHttps;

    public static bool IsRedirect(this Hop hop) => hop.Http?.Status is 301 or 302 or 303 or 307 or 308;

    public static string? Leaf(this Hop hop) => hop.Tls!.Chain is [var leaf, ..] ? leaf.Sha256 : null;

    public static bool IsSameHost(this Uri a, Uri b) => string.Equals(a.IdnHost, b.IdnHost, StringComparison.OrdinalIgnoreCase);

    public static bool AreRelated(Uri a, Uri b) => string.Equals(Domains.Registrable(a.IdnHost), Domains.Registrable(b.IdnHost), StringComparison.OrdinalIgnoreCase);

    public static bool IsSameServer(HttpObservation mine, HttpObservation theirs) => mine.Header("Server") is { } server && string.Equals(server, theirs.Header("Server"), StringComparison.Ordinal);

    /// <summary>Both sides know the addresses, and none is shared.</summary>
    public static bool AddressesDiffer(Hop vantage, Hop control) =>
        vantage.Dns is { Addresses.Count: > 0 } mine && control.Dns is { Addresses.Count: > 0 } theirs && !mine.Addresses.Intersect(theirs.Addresses, StringComparer.Ordinal).Any();

    /// <summary>The vantage went to addresses of this host that the control, which was there too, does not know.</summary>
    public static bool IsAtForeignAddress(Measurement vantage, Measurement control) =>
        control.Hops.Where(hop => hop.Url.IsSameHost(vantage.Last.Url)).ToList() is [_, ..] theirs && theirs.TrueForAll(hop => AddressesDiffer(vantage.Last, hop));
}
