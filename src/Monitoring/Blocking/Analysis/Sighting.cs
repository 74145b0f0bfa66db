namespace Monitoring.Blocking.Analysis;

/// <summary>What is counted over sites.</summary>
public enum SightingKind
{
    Issuer,
    RedirectHost,
    Body,
}

/// <summary>Something a vantage met at a site that, met at many unrelated sites, is one hand's work.</summary>
public sealed record Sighting(SightingKind Kind, string Value)
{
    /// <summary>A page that only says no is short.</summary>
    private const int SmallBody = 16 * 1024;

    /// <returns>Nothing for a measurement without untrusted issuer, foreign end and small page that is not the control's.</returns>
    public static IReadOnlyList<Sighting> Of(CheckFacts facts)
    {
        var vantage = facts.Vantage;
        var seen = new List<Sighting>();
        foreach (var hop in vantage.Hops)
        {
            if (hop.Tls is { CertificateFailure: not null, Chain: [{ Issuer: var issuer }, ..] })
            {
                seen.Add(new Sighting(SightingKind.Issuer, issuer));
            }
        }

        if (!vantage.IsAtHome())
        {
            seen.Add(new Sighting(SightingKind.RedirectHost, vantage.Last.Url.IdnHost));
        }

        if (vantage.Last is { Failed: null, Http: { BodyLength: > 0 and < SmallBody, BodySha256: { } hash } } && hash != facts.Control?.Last.Http?.BodySha256)
        {
            seen.Add(new Sighting(SightingKind.Body, hash));
        }

        return seen;
    }
}
