namespace Monitoring.Blocking.Analysis;

/// <summary>bd-2, bd-6, bd-13, bd-18 to bd-21: both sides got a page. Over TLS it is the site's, over plain HTTP anybody's.</summary>
internal static class PageRules
{
    /// <summary>A page much smaller than the site's own, which only says that there is nothing to see.</summary>
    private const double SmallShare = 0.3;

    private const int SmallBytes = 16 * 1024;

    public static Verdict Judge(CheckFacts facts, Measurement control)
    {
        var (vantage, mine, theirs) = (facts.Vantage, facts.Vantage.Last.Http!, control.Last.Http!);
        var comparison = PageComparison.Of(mine, theirs, facts.Profile);
        if (comparison.IsSame)
        {
            return SpeedRules.Judge(facts, control) ?? Reached(vantage, control);
        }

        if (PageMarks.IsParked(theirs))
        {
            // The domain is the site's no more; what the vantage gets is somebody's answer for the old one.
            return Say.Blocked("dns", Grade.Likely, "bd-15", vantage, control) with { Notes = [Verdict.SiteGone] };
        }

        if (comparison.Status is null)
        {
            // The site refuses the control, as data centres are often refused: there is no page to compare with.
            return vantage.Last.IsEncrypted() && mine.Status is >= 200 and < 300
                ? Say.Verdict(Verdict.Reachable, Grade.Confirmed, "bd-6", vantage, control) with { Notes = [Verdict.ControlRefused] }
                : Say.Undecided("bd-6", vantage, control);
        }

        return vantage.Last.IsEncrypted() ? FromSite(mine, theirs, comparison, vantage, control) : FromAnybody(comparison, facts, control);
    }

    private static Verdict Reached(Measurement vantage, Measurement control)
    {
        var verdict = Say.Verdict(Verdict.Reachable, Grade.Confirmed, "bd-2", vantage, control);
        return !vantage.Last.IsEncrypted() && Seen.IsAtForeignAddress(vantage, control)
            ? verdict.With(Reason.Of("reason.addresses", string.Join(", ", vantage.Last.Dns!.Addresses))) with { Notes = [Verdict.DnsTampered] }
            : verdict;
    }

    /// <summary>Over TLS: whatever it says, it is the site or its CDN that says it, 451 too.</summary>
    private static Verdict FromSite(HttpObservation mine, HttpObservation theirs, PageComparison comparison, Measurement vantage, Measurement control)
    {
        if (mine.Status is 403 or 429 or 451 or 503)
        {
            return Refused(PageMarks.RefusalOf(mine)!, Grade.Likely, vantage, control);
        }

        if (PageMarks.StatedRefusalOf(mine) is { } stated)
        {
            return Refused(stated, Grade.Likely, vantage, control);
        }

        if (mine.Status is >= 200 and < 300 && mine.BodyLength > theirs.BodyLength)
        {
            // A front page grows on days with news; nobody replaces a page by a longer one.
            return Reached(vantage, control);
        }

        return comparison.Status is true && IsSmall(mine, theirs) && Seen.IsSameServer(mine, theirs)
            ? Refused(PageMarks.Geo, Grade.Suspected, vantage, control)
            : new Verdict(Verdict.PageChanged, Grade.Suspected, "bd-21", [Another(mine, theirs)]);
    }

    /// <summary>Over plain HTTP: the site, or somebody on the way.</summary>
    private static Verdict FromAnybody(PageComparison comparison, CheckFacts facts, Measurement control)
    {
        var (vantage, mine, theirs) = (facts.Vantage, facts.Vantage.Last.Http!, control.Last.Http!);
        return mine.Status switch
        {
            451 when Seen.IsSameServer(mine, theirs) => Refused(PageMarks.Geo, Grade.Likely, vantage, control),
            451 => Say.Blocked("http_451", Grade.Confirmed, "bd-18", vantage, control),
            403 or 429 or 503 when comparison.Headers || Seen.IsSameServer(mine, theirs) => Refused(PageMarks.RefusalOf(mine)!, Grade.Suspected, vantage, control),
            // A server in trouble, or a page of much the same length or of none: no page that somebody put in its place.
            429 or >= 500 => Changed(mine, theirs),
            _ when comparison.Length is not false => Changed(mine, theirs),
            // Another page from an address that the control does not know: the name leads elsewhere.
            _ when Seen.AddressesDiffer(vantage.Last, control.Last) => new Verdict(Verdict.BlockedPrefix + "dns", Grade.Likely, "bd-13", [Another(mine, theirs)]),
            _ => BlockPage(facts, mine, theirs),
        };
    }

    private static Verdict BlockPage(CheckFacts facts, HttpObservation mine, HttpObservation theirs)
    {
        var verdict = new Verdict(Verdict.BlockedPrefix + "http_blockpage", Grade.Likely, "bd-20", [Another(mine, theirs)]);
        return mine.BodySha256 is { } hash && facts.Neighbourhood.Bodies.GetValueOrDefault(hash) is > 0 and var others
            ? verdict.With(Reason.Of("reason.neighbours.page", Say.Number(others)))
            : verdict;
    }

    private static Verdict Changed(HttpObservation mine, HttpObservation theirs) => new(Verdict.PageChanged, Grade.Suspected, "bd-21", [Another(mine, theirs)]);

    private static Verdict Refused(string kind, Grade grade, Measurement vantage, Measurement control) =>
        Say.Verdict($"{Verdict.RefusedBySite}.{kind}", grade, "bd-19", vantage, control);

    private static bool IsSmall(HttpObservation mine, HttpObservation theirs) => mine.BodyLength <= Math.Min(SmallBytes, theirs.BodyLength * SmallShare);

    private static Reason Another(HttpObservation mine, HttpObservation theirs) => Reason.Of(
        "reason.page", Say.Number(mine.BodyLength), mine.Title ?? "@untitled", Say.Number(theirs.BodyLength), theirs.Title ?? "@untitled");
}
