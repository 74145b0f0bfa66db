using System.Globalization;
using Monitoring.Network;

namespace Monitoring.Blocking;

/// <summary>
/// The pure verdict: one vantage's measurement against the control's, taken at the same time. Rule names are rows of the decision table in the project's
/// facts on blocking; the first that fits decides:
/// bd-1 the vantage or its canary fails · bd-7, 9, 13 a wrong certificate · bd-31 redirects without end · bd-4 the control fails too · bd-11, 12 DNS ·
/// bd-22 TCP · bd-26 TLS · bd-28 HTTP · bd-16 a redirect elsewhere · bd-18, 19 refusals · bd-20, 21 another page · bd-2 the same page.
/// Cannot tell is an answer; without a control nothing is blocked.
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

        if (canary is not null && !IsAnswered(canary))
        {
            return new Verdict(Verdict.VantageFault, Grade.Insufficient, "bd-1", [Reason.Of("reason.canary", Seen(canary))]);
        }

        return (Trouble(vantage), Trouble(control)) switch
        {
            (null, var controlTrouble) => Answered(vantage, control, controlTrouble is not null),
            (_, { } both) => Down(both, Grade.Likely, vantage, control),
            (_, null) when vantage.Last.Failed is { } failed => Failed(failed, vantage, control),
            _ => Answered(vantage, control, controlFailed: false),
        };
    }

    /// <summary>The control's own verdict, by what the other vantages saw at the same time.</summary>
    public static Verdict JudgeControl(Measurement control, IReadOnlyList<Measurement> others)
    {
        var usable = others.Where(other => other.VantageFailure is null).ToList();
        var seen = Reason.Of("reason.direct", CertificateFault(control) ?? Seen(control));
        if (Trouble(control) is { } layer)
        {
            var grade = usable.Count switch { >= 2 => Grade.Confirmed, 1 => Grade.Likely, _ => Grade.Suspected };
            return usable.Find(IsAnswered) is { } reached
                ? new Verdict(Verdict.Undecided, Grade.Insufficient, "bd-6", [Reason.Of("reason.verdict", Seen(reached), Seen(control))])
                : new Verdict(Verdict.DownPrefix + Name(layer), grade, "bd-4", [seen]);
        }

        return CertificateFault(control) is null
            ? new Verdict(Verdict.Reachable, Grade.Confirmed, "bd-2", [seen])
            : new Verdict(Verdict.SiteMisconfigured, Grade.Likely, "bd-7", [seen]);
    }

    /// <summary>A few words on what a measurement came to: the failure of its last hop, or the status of its page.</summary>
    public static string Seen(Measurement measurement) =>
        measurement.Last.Failed is { } failed ? $"{Name(failed.Layer)}: {failed.Failure}" : $"HTTP {measurement.Last.Http!.Status}";

    private static Verdict Failed((Layer Layer, string Failure) failed, Measurement vantage, Measurement control)
    {
        var (kind, grade, rule) = failed switch
        {
            (Layer.Dns, Failure.DnsBogon) => ("dns", Grade.Confirmed, "bd-11"),
            (Layer.Dns, _) => ("dns", Grade.Likely, "bd-12"),
            (Layer.Tcp, var failure) => ("tcp_" + Kind(failure), Grade.Suspected, "bd-22"),
            (Layer.Tls, var failure) => ("tls_" + Kind(failure), Grade.Suspected, "bd-26"),
            var (_, failure) => ("http_" + Kind(failure), Grade.Suspected, "bd-28"),
        };
        return Blocked(kind, grade, rule, vantage, control);
    }

    private static Verdict Answered(Measurement vantage, Measurement control, bool controlFailed)
    {
        if (CertificateFault(vantage) is { } fault)
        {
            return WrongCertificate(fault, vantage, control);
        }

        if (IsRedirect(vantage.Last))
        {
            return IsRedirect(control.Last)
                ? Down(Layer.Http, Grade.Likely, vantage, control, "bd-31")
                : Other(Verdict.BrokenRedirect, Grade.Suspected, "bd-31", vantage, control);
        }

        var isEncrypted = vantage.Last.Url.Scheme == Uri.UriSchemeHttps;
        if (controlFailed)
        {
            // Over TLS the site itself answered, whatever the control met; over plain HTTP anybody may have answered.
            return isEncrypted && IsAtHome(vantage)
                ? Other(Verdict.Reachable, Grade.Confirmed, "bd-2", vantage, control)
                : Other(Verdict.Undecided, Grade.Insufficient, "bd-5", vantage, control);
        }

        return AreRelated(vantage.Last.Url, control.Last.Url) || IsAtHome(vantage)
            ? Compared(vantage, control, isEncrypted)
            : new Verdict(Verdict.BlockedPrefix + "http_redirect", Grade.Likely, "bd-16", [Reason.Of("reason.redirect", vantage.Last.Url.Host, control.Last.Url.Host)]);
    }

    private static Verdict Compared(Measurement vantage, Measurement control, bool isEncrypted)
    {
        var (mine, theirs) = (vantage.Last.Http!, control.Last.Http!);
        var controlIsGood = theirs.Status is >= 200 and < 300;
        if (PageComparison.Of(mine, theirs).IsSame)
        {
            return Other(Verdict.Reachable, Grade.Confirmed, "bd-2", vantage, control);
        }

        var another = Reason.Of(
            "reason.page",
            mine.BodyLength.ToString(CultureInfo.InvariantCulture),
            mine.Title ?? "@untitled",
            theirs.BodyLength.ToString(CultureInfo.InvariantCulture),
            theirs.Title ?? "@untitled");
        return (mine.Status, isEncrypted) switch
        {
            (451, _) when controlIsGood => Blocked("http_451", Grade.Likely, "bd-18", vantage, control),
            (403 or 429 or 503, true) when controlIsGood => Other(Verdict.RefusedBySite, Grade.Likely, "bd-19", vantage, control),
            (_, true) => new Verdict(Verdict.PageChanged, Grade.Suspected, "bd-21", [another]),
            // Another page from an address that the control does not know: the name leads elsewhere.
            _ when AddressesDiffer(vantage.Last, control.Last) => new Verdict(Verdict.BlockedPrefix + "dns", Grade.Likely, "bd-13", [another]),
            _ => new Verdict(Verdict.BlockedPrefix + "http_blockpage", Grade.Likely, "bd-20", [another]),
        };
    }

    private static Verdict WrongCertificate(string fault, Measurement vantage, Measurement control)
    {
        var (mine, theirs) = (Encrypted(vantage), Encrypted(control));
        return theirs?.Tls switch
        {
            null or { Failure: not null } => Other(Verdict.Undecided, Grade.Insufficient, "bd-5", vantage, control),
            { Chain: [var leaf, ..], CertificateFailure: { } same } when mine!.Tls!.Chain is [var presented, ..] && presented.Sha256 == leaf.Sha256 =>
                new Verdict(Verdict.SiteMisconfigured, Grade.Confirmed, "bd-7", [Reason.Of("reason.verdict", fault, same)]),
            { CertificateFailure: { } alsoWrong } => new Verdict(Verdict.Undecided, Grade.Insufficient, "bd-7", [Reason.Of("reason.verdict", fault, alsoWrong)]),
            _ when AddressesDiffer(mine!, theirs) => new Verdict(Verdict.BlockedPrefix + "dns", Grade.Likely, "bd-13", [Reason.Of("reason.verdict", fault, Seen(control))]),
            _ => new Verdict(Verdict.BlockedPrefix + "tls_mitm", Grade.Likely, "bd-9", [Reason.Of("reason.verdict", fault, Seen(control))]),
        };
    }

    private static Verdict Blocked(string kind, Grade grade, string rule, Measurement vantage, Measurement control) =>
        Other(Verdict.BlockedPrefix + kind, grade, rule, vantage, control);

    private static Verdict Down(Layer layer, Grade grade, Measurement vantage, Measurement control, string rule = "bd-4") =>
        Other(Verdict.DownPrefix + Name(layer), grade, rule, vantage, control);

    private static Verdict Other(string verdict, Grade grade, string rule, Measurement vantage, Measurement control) =>
        new(verdict, grade, rule, [Reason.Of("reason.verdict", Seen(vantage), Seen(control))]);

    /// <summary>The layer that failed, or HTTP if the server answered with an error of its own; null for any other answer.</summary>
    private static Layer? Trouble(Measurement measurement) => measurement.Last.Failed?.Layer ?? (measurement.Last.Http!.Status >= 500 ? Layer.Http : null);

    private static bool IsAnswered(Measurement measurement) => Trouble(measurement) is null;

    private static Hop? Encrypted(Measurement measurement) => measurement.Hops.LastOrDefault(hop => hop.Tls is not null);

    private static string? CertificateFault(Measurement measurement) => measurement.Hops.Select(hop => hop.Tls?.CertificateFailure).FirstOrDefault(fault => fault is not null);

    private static bool IsRedirect(Hop hop) => hop.Http?.Status is 301 or 302 or 303 or 307 or 308;

    /// <summary>The last hop is of the same domain as the first.</summary>
    private static bool IsAtHome(Measurement measurement) => AreRelated(measurement.Hops[0].Url, measurement.Last.Url);

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
