using Monitoring.Network;

namespace Monitoring.Blocking.Analysis;

/// <summary>bd-22 to bd-29: the vantage failed where the control did not. A failure alone is suspected; a contrast, the same thing asked a little otherwise and answered, is proof.</summary>
internal static class FailureRules
{
    /// <summary>Where filters of the region freeze a transfer, in bytes (net4people/bbs#490).</summary>
    private const int StallFrom = 10 * 1024;

    private const int StallTo = 64 * 1024;
    private const int StallTries = 3;

    public static Verdict Judge((Layer Layer, string Failure) failed, CheckFacts facts, Measurement control) => failed switch
    {
        (Layer.Dns, var failure) => DnsRules.Failed(failure, facts, control),
        (Layer.Tcp, var failure) => Tcp(failure, facts.Vantage, control),
        (Layer.Tls, var failure) => Tls(failure, facts.Vantage, control),
        var (_, failure) => Stall(facts, control) ?? Http(failure, facts.Vantage, control),
    };

    private static Verdict Tcp(string failure, Measurement vantage, Measurement control)
    {
        // 4xx is the proxy's own rule (of ports, of what its owner permits), not what its network does.
        if (vantage.Last.Tcp[^1].ProxyStatus is >= 400 and < 500)
        {
            return Say.Undecided("bd-22", vantage, control);
        }

        return Seen.IsAtForeignAddress(vantage, control) ? Foreign(vantage, control) : Say.Blocked("tcp_" + Kind(failure), Grade.Suspected, "bd-22", vantage, control);
    }

    private static Verdict Tls(string failure, Measurement vantage, Measurement control)
    {
        var verdict = Say.Blocked("tls_" + Kind(failure), Grade.Suspected, "bd-26", vantage, control);
        var isForeign = Seen.IsAtForeignAddress(vantage, control);
        // A server that turns down the site's own name so is no filter.
        var isName = failure is not Failure.SslFailedHandshake && vantage.Answers(ContrastKind.NeutralServerName);
        if (vantage.Contrast(ContrastKind.SameServerNameElsewhere) is { } elsewhere)
        {
            // With its name another address of the site answers: then the name is not what is filtered. Either this server of the site is out of order, or it is none.
            return elsewhere.IsAnswered() ? (isForeign ? Foreign(vantage, control) : verdict).With(Because(elsewhere))
                : isName ? verdict with { Grade = Grade.Confirmed, Rule = "bd-25", Reasons = [.. verdict.Reasons, Because(vantage.Contrast(ContrastKind.NeutralServerName)!), Because(elsewhere)] }
                : isForeign ? Foreign(vantage, control) : verdict;
        }

        // A server that the control does not know may be no server of the site any more (ooni/probe#2517).
        return isName && !isForeign
            ? verdict.With(Because(vantage.Contrast(ContrastKind.NeutralServerName)!)) with { Grade = Grade.Confirmed, Rule = "bd-25" }
            : isForeign && !isName ? Foreign(vantage, control) : verdict;
    }

    private static Verdict Http(string failure, Measurement vantage, Measurement control)
    {
        var verdict = Say.Blocked("http_" + Kind(failure), Grade.Suspected, "bd-28", vantage, control);
        return vantage.Contrast(ContrastKind.NeutralHost) is { Failed: null } contrast
            ? verdict.With(Because(contrast)) with { Grade = Grade.Confirmed, Rule = "bd-27" }
            : verdict;
    }

    /// <summary>bd-29: the body freezes at a size typical of filters, again and again, and a canary's body of that size comes through.</summary>
    private static Verdict? Stall(CheckFacts facts, Measurement control)
    {
        var vantage = facts.Vantage;
        if (vantage.Last.Http is not { Failure: Failure.Timeout, BodyLength: >= StallFrom and <= StallTo } page)
        {
            return null;
        }

        var tries = 1 + vantage.Attempts.Count(attempt => attempt is { Failed: Layer.Http, Failure: Failure.Timeout, Bytes: >= StallFrom and <= StallTo });
        var isSure = tries >= StallTries && vantage.Answers(ContrastKind.CanaryTransfer);
        return new Verdict(
            Verdict.Stalled, isSure ? Grade.Likely : Grade.Suspected, "bd-29", [Say.Both(vantage, control), Reason.Of("reason.stall", Say.Number(page.BodyLength), Say.Number(tries))]);
    }

    /// <summary>It failed at an address that the control does not know: before its mechanism the name is in question (bd-13).</summary>
    private static Verdict Foreign(Measurement vantage, Measurement control) => Say.Blocked("dns", Grade.Suspected, "bd-13", vantage, control)
        .With(Reason.Of("reason.addresses", string.Join(", ", vantage.Last.Dns!.Addresses)));

    private static Reason Because(Contrast contrast) => Reason.Of(
        contrast.IsAnswered() ? "reason.contrast.answered" : "reason.contrast.failed", "@contrast." + contrast.Kind.ToString().ToLowerInvariant(), contrast.Name, contrast.Endpoint);

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
