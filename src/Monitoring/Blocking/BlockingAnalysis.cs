using System.Globalization;
using Monitoring.Network;

namespace Monitoring.Blocking;

/// <summary>
/// The pure verdict: one vantage's measurement against the control's, taken at the same time. Rule names are rows of the decision table in the project's
/// facts on blocking; the first that fits decides:
/// bd-1 the vantage or its canary fails · bd-4 the control fails alike, bd-5 otherwise · bd-11, 12 DNS · bd-22 TCP · bd-26 TLS · bd-28 HTTP ·
/// bd-7, 9, 13 a wrong certificate · bd-31 redirects without end · bd-16 a redirect elsewhere · bd-2 the same page · bd-6 the control is refused ·
/// bd-18, 19 refusals · bd-13, 20, 21 another page.
/// Cannot tell is an answer; without a control nothing is blocked, and nothing that the site itself said over TLS is a block.
/// </summary>
public static class BlockingAnalysis
{
    /// <summary>Stored with every verdict; raised when a rule changes.</summary>
    public const string RulesVersion = "bd-v1";

    /// <param name="vantage">What the vantage saw.</param>
    /// <param name="control">What the direct vantage saw of the same site, at the same time.</param>
    /// <param name="canary">What the vantage saw of its canary; null if it has none.</param>
    public static Verdict Judge(Measurement vantage, Measurement control, Measurement? canary)
    {
        if (vantage.VantageFailure is { } fault)
        {
            return new Verdict(Verdict.VantageFault, Grade.Insufficient, "bd-1", [Reason.Of("reason.vantage", fault)]);
        }

        if (canary is not null && Fault(canary) is { } broken)
        {
            return new Verdict(Verdict.VantageFault, Grade.Insufficient, "bd-1", [Reason.Of("reason.canary", broken)]);
        }

        return (Trouble(vantage), Trouble(control)) switch
        {
            (null, { }) => WithoutControl(vantage, control),
            ({ } mine, { } theirs) => IsAlike(vantage, mine, theirs) ? Down(theirs, vantage, control) : Undecided("bd-5", vantage, control),
            (_, null) when vantage.Last.Failed is { } failed => HasMet(control, vantage.Last.Url)
                ? Failed(failed, vantage, control, hasCanary: canary is not null)
                : FailedElsewhere(vantage, control),
            _ => Answered(vantage, control),
        };
    }

    /// <summary>The control's own verdict, by what the other vantages saw at the same time.</summary>
    public static Verdict JudgeControl(Measurement control, IReadOnlyList<Measurement> others)
    {
        var seen = Reason.Of("reason.direct", CertificateFault(control) ?? Seen(control));
        if (Trouble(control) is { } layer)
        {
            return Unreached(control, layer, others, seen);
        }

        if (IsRedirect(control.Last))
        {
            return new Verdict(Verdict.BrokenRedirect, Grade.Suspected, "bd-31", [seen]);
        }

        return CertificateFault(control) is null
            ? new Verdict(Verdict.Reachable, Grade.Confirmed, "bd-2", [seen])
            : new Verdict(Verdict.SiteMisconfigured, Grade.Likely, "bd-7", [seen]);
    }

    /// <summary>A few words on what a measurement came to: the failure of its last hop, or the status of its page.</summary>
    public static string Seen(Measurement measurement) =>
        measurement.Last.Failed is { } failed ? $"{Name(failed.Layer)}: {failed.Failure}" : $"HTTP {measurement.Last.Http!.Status}";

    private static Verdict Unreached(Measurement control, Layer layer, IReadOnlyList<Measurement> others, Reason seen)
    {
        var usable = others.Where(other => other.VantageFailure is null).ToList();
        if (usable.Find(IsAnswered) is { } reached)
        {
            return new Verdict(Verdict.Undecided, Grade.Insufficient, "bd-6", [Reason.Of("reason.verdict", Seen(reached), Seen(control))]);
        }

        var grade = usable.Count switch { >= 2 => Grade.Confirmed, 1 => Grade.Likely, _ => Grade.Suspected };
        return new Verdict(Verdict.DownPrefix + Name(layer), grade, "bd-4", [seen]);
    }

    private static Verdict Failed((Layer Layer, string Failure) failed, Measurement vantage, Measurement control, bool hasCanary) => failed switch
    {
        (Layer.Dns, Failure.DnsBogon) => Blocked("dns", Grade.Confirmed, "bd-11", vantage, control),
        (Layer.Dns, Failure.DnsNxdomain or Failure.DnsNoAnswer) => Blocked("dns", Grade.Likely, "bd-12", vantage, control),
        // A resolver that refuses or is silent may do so to every name we ask for, unless it resolved the canary's.
        (Layer.Dns, _) when !hasCanary => Undecided("bd-12", vantage, control),
        (Layer.Dns, Failure.DnsRefused or Failure.DnsServfail) => Blocked("dns", Grade.Likely, "bd-12", vantage, control),
        (Layer.Dns, _) => Blocked("dns", Grade.Suspected, "bd-12", vantage, control),
        // 4xx is the proxy's own rule (of ports, of what its owner permits), not what its network does.
        (Layer.Tcp, _) when vantage.Last.Tcp[^1].ProxyStatus is >= 400 and < 500 => Undecided("bd-22", vantage, control),
        (Layer.Tcp, var failure) => Blocked("tcp_" + Kind(failure), Grade.Suspected, "bd-22", vantage, control),
        (Layer.Tls, var failure) => Blocked("tls_" + Kind(failure), Grade.Suspected, "bd-26", vantage, control),
        var (_, failure) => Blocked("http_" + Kind(failure), Grade.Suspected, "bd-28", vantage, control),
    };

    /// <summary>The vantage failed on a way that the control did not go: only who sent it there can be judged.</summary>
    private static Verdict FailedElsewhere(Measurement vantage, Measurement control) =>
        IsLedAway(vantage, control) && !IsLedBySite(vantage)
            ? new Verdict(Verdict.BlockedPrefix + "http_redirect", Grade.Likely, "bd-16", [Away(vantage, control)])
            : Undecided("bd-5", vantage, control);

    /// <summary>The control failed. Over TLS the site itself answered the vantage, whatever the control met; over plain HTTP anybody may have.</summary>
    private static Verdict WithoutControl(Measurement vantage, Measurement control) =>
        IsEncrypted(vantage.Last) && IsAtHome(vantage) && !IsRedirect(vantage.Last) && CertificateFault(vantage) is null
            ? Other(Verdict.Reachable, Grade.Confirmed, "bd-2", vantage, control)
            : Undecided("bd-5", vantage, control);

    private static Verdict Answered(Measurement vantage, Measurement control)
    {
        var faulty = vantage.Hops.FirstOrDefault(hop => hop.Tls?.CertificateFailure is not null);
        if (faulty is not null && control.Hops.Where(hop => hop.Tls is not null && IsSameHost(hop.Url, faulty.Url)).ToList() is [_, ..] theirs)
        {
            return WrongCertificate(faulty, theirs, control);
        }

        if (IsRedirect(vantage.Last))
        {
            return IsRedirect(control.Last) ? Down(Layer.Http, vantage, control, "bd-31") : Other(Verdict.BrokenRedirect, Grade.Suspected, "bd-31", vantage, control);
        }

        if (IsLedAway(vantage, control))
        {
            return IsLedBySite(vantage)
                ? new Verdict(Verdict.PageChanged, Grade.Suspected, "bd-16", [Away(vantage, control)])
                : new Verdict(Verdict.BlockedPrefix + "http_redirect", Grade.Likely, "bd-16", [Away(vantage, control)]);
        }

        // A certificate of a host that the control did not meet: nothing to compare it with.
        return faulty is null ? Compared(vantage, control) : Undecided("bd-5", vantage, control);
    }

    private static Verdict Compared(Measurement vantage, Measurement control)
    {
        var (mine, theirs, isEncrypted) = (vantage.Last.Http!, control.Last.Http!, IsEncrypted(vantage.Last));
        var comparison = PageComparison.Of(mine, theirs);
        if (comparison.IsSame)
        {
            return Other(Verdict.Reachable, Grade.Confirmed, "bd-2", vantage, control);
        }

        if (comparison.Status is null)
        {
            // The site refuses the control, as data centres are often refused: there is no page to compare with.
            return isEncrypted && mine.Status is >= 200 and < 300 ? Other(Verdict.Reachable, Grade.Confirmed, "bd-6", vantage, control) : Undecided("bd-6", vantage, control);
        }

        return isEncrypted ? AnotherFromSite(mine, theirs, vantage, control) : AnotherFromAnybody(comparison, vantage, control);
    }

    /// <summary>Over TLS: whatever it says, it is the site or its CDN that says it, 451 too.</summary>
    private static Verdict AnotherFromSite(HttpObservation mine, HttpObservation theirs, Measurement vantage, Measurement control) =>
        mine.Status is 403 or 429 or 451 or 503
            ? Other(Verdict.RefusedBySite, Grade.Likely, "bd-19", vantage, control)
            : new Verdict(Verdict.PageChanged, Grade.Suspected, "bd-21", [Another(mine, theirs)]);

    /// <summary>Over plain HTTP: the site, or somebody on the way.</summary>
    private static Verdict AnotherFromAnybody(PageComparison comparison, Measurement vantage, Measurement control)
    {
        var (mine, theirs) = (vantage.Last.Http!, control.Last.Http!);
        return mine.Status switch
        {
            451 => Blocked("http_451", Grade.Likely, "bd-18", vantage, control),
            403 or 429 or 503 when comparison.Headers || IsSameServer(mine, theirs) => Other(Verdict.RefusedBySite, Grade.Suspected, "bd-19", vantage, control),
            // A server in trouble, or a page of much the same length or of none: no page that somebody put in its place.
            429 or >= 500 => new Verdict(Verdict.PageChanged, Grade.Suspected, "bd-21", [Another(mine, theirs)]),
            _ when comparison.Length is not false => new Verdict(Verdict.PageChanged, Grade.Suspected, "bd-21", [Another(mine, theirs)]),
            // Another page from an address that the control does not know: the name leads elsewhere.
            _ when AddressesDiffer(vantage.Last, control.Last) => new Verdict(Verdict.BlockedPrefix + "dns", Grade.Likely, "bd-13", [Another(mine, theirs)]),
            _ => new Verdict(Verdict.BlockedPrefix + "http_blockpage", Grade.Likely, "bd-20", [Another(mine, theirs)]),
        };
    }

    /// <param name="mine">The vantage's first hop with a wrong certificate.</param>
    /// <param name="theirs">The control's hops to the same host.</param>
    private static Verdict WrongCertificate(Hop mine, IReadOnlyList<Hop> theirs, Measurement control)
    {
        var fault = mine.Tls!.CertificateFailure!;
        if (theirs.FirstOrDefault(hop => Leaf(hop) is { } leaf && leaf == Leaf(mine))?.Tls!.CertificateFailure is { } same)
        {
            return new Verdict(Verdict.SiteMisconfigured, Grade.Confirmed, "bd-7", [Reason.Of("reason.verdict", fault, same)]);
        }

        if (theirs.Select(hop => hop.Tls!.CertificateFailure).FirstOrDefault(other => other is not null) is { } alsoWrong)
        {
            return new Verdict(Verdict.Undecided, Grade.Insufficient, "bd-7", [Reason.Of("reason.verdict", fault, alsoWrong)]);
        }

        var why = Reason.Of("reason.verdict", fault, Seen(control));
        return fault switch
        {
            // From a known authority and for this name, but expired: only the site's own servers have one.
            Failure.SslInvalidCertificate => new Verdict(Verdict.SiteMisconfigured, Grade.Suspected, "bd-7", [why]),
            _ when theirs.All(hop => AddressesDiffer(mine, hop)) => new Verdict(Verdict.BlockedPrefix + "dns", Grade.Likely, "bd-13", [why]),
            _ => new Verdict(Verdict.BlockedPrefix + "tls_mitm", Grade.Likely, "bd-9", [why]),
        };
    }

    private static Verdict Blocked(string kind, Grade grade, string rule, Measurement vantage, Measurement control) =>
        Other(Verdict.BlockedPrefix + kind, grade, rule, vantage, control);

    private static Verdict Down(Layer layer, Measurement vantage, Measurement control, string rule = "bd-4") =>
        Other(Verdict.DownPrefix + Name(layer), Grade.Likely, rule, vantage, control);

    private static Verdict Undecided(string rule, Measurement vantage, Measurement control) => Other(Verdict.Undecided, Grade.Insufficient, rule, vantage, control);

    private static Verdict Other(string verdict, Grade grade, string rule, Measurement vantage, Measurement control) =>
        new(verdict, grade, rule, [Reason.Of("reason.verdict", Seen(vantage), Seen(control))]);

    private static Reason Away(Measurement vantage, Measurement control) => Reason.Of("reason.redirect", vantage.Last.Url.Host, control.Last.Url.Host);

    private static Reason Another(HttpObservation mine, HttpObservation theirs) => Reason.Of(
        "reason.page",
        mine.BodyLength.ToString(CultureInfo.InvariantCulture),
        mine.Title ?? "@untitled",
        theirs.BodyLength.ToString(CultureInfo.InvariantCulture),
        theirs.Title ?? "@untitled");

    /// <summary>What is wrong with a canary: a certificate too, because then somebody between it and us makes certificates for every site. Null if it is well.</summary>
    private static string? Fault(Measurement canary) => canary.VantageFailure ?? CertificateFault(canary) ?? (IsAnswered(canary) ? null : Seen(canary));

    /// <summary>The layer that failed, or HTTP if the server answered with an error of its own; null for any other answer.</summary>
    private static Layer? Trouble(Measurement measurement) => measurement.Last.Failed?.Layer ?? (measurement.Last.Http!.Status >= 500 ? Layer.Http : null);

    /// <summary>The same layer fails on both sides. What the control meets as a missing name, a line that resolves at its far end meets as a failed connection.</summary>
    private static bool IsAlike(Measurement vantage, Layer mine, Layer theirs) => mine == theirs || (mine is Layer.Tcp && theirs is Layer.Dns && vantage.Last.Dns is null);

    private static bool IsAnswered(Measurement measurement) => Trouble(measurement) is null;

    private static bool IsEncrypted(Hop hop) => hop.Url.Scheme == Uri.UriSchemeHttps;

    private static string? CertificateFault(Measurement measurement) => measurement.Hops.Select(hop => hop.Tls?.CertificateFailure).FirstOrDefault(fault => fault is not null);

    private static string? Leaf(Hop hop) => hop.Tls!.Chain is [var leaf, ..] ? leaf.Sha256 : null;

    private static bool IsRedirect(Hop hop) => hop.Http?.Status is 301 or 302 or 303 or 307 or 308;

    private static bool IsSameServer(HttpObservation mine, HttpObservation theirs) => mine.Header("Server") is { } server && string.Equals(server, theirs.Header("Server"), StringComparison.Ordinal);

    private static bool HasMet(Measurement control, Uri url) => control.Hops.Any(hop => hop.Url.Scheme == url.Scheme && IsSameHost(hop.Url, url));

    /// <summary>Redirected to a domain that is neither the site's nor where the control came to.</summary>
    private static bool IsLedAway(Measurement vantage, Measurement control) => !IsAtHome(vantage) && !AreRelated(vantage.Last.Url, control.Last.Url);

    /// <summary>The redirect to the other domain came over a good certificate: from the site itself, as where it has a domain for each country.</summary>
    private static bool IsLedBySite(Measurement vantage) => vantage.Hops.Last(hop => AreRelated(hop.Url, vantage.Hops[0].Url)).Tls is { CertificateFailure: null };

    /// <summary>The last hop is of the same domain as the first.</summary>
    private static bool IsAtHome(Measurement measurement) => AreRelated(measurement.Hops[0].Url, measurement.Last.Url);

    private static bool IsSameHost(Uri a, Uri b) => string.Equals(a.IdnHost, b.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static bool AreRelated(Uri a, Uri b) => string.Equals(Domains.Registrable(a.IdnHost), Domains.Registrable(b.IdnHost), StringComparison.OrdinalIgnoreCase);

    /// <summary>Both sides know the addresses, and none is shared.</summary>
    private static bool AddressesDiffer(Hop vantage, Hop control) =>
        vantage.Dns is { Addresses.Count: > 0 } mine && control.Dns is { Addresses.Count: > 0 } theirs && !mine.Addresses.Intersect(theirs.Addresses, StringComparer.Ordinal).Any();

    private static string Name(Layer layer) => layer.ToString().ToLowerInvariant();

    private static string Kind(string failure) => failure switch
    {
        Failure.Timeout => "timeout",
        Failure.ConnectionReset or Failure.ConnectionAborted => "reset",
        Failure.Eof => "eof",
        Failure.ConnectionRefused => "refused",
        Failure.HostUnreachable or Failure.NetworkUnreachable => "unreachable",
        _ => "failure",
    };
}
