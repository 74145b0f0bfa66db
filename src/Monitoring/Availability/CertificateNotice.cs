using System.Globalization;
using Monitoring.Alerts;
using Monitoring.Availability.Telling;
using Monitoring.Blocking;
using Monitoring.Watchlist;

namespace Monitoring.Availability;

/// <summary>
/// That a site's certificate, as the control was shown it, expires within 14 days, within 3 days, or has expired. Pure. One notice for each certificate and threshold: the first in
/// digests only, the others at once. Of a certificate that lives for days only, thresholds that are more than a third of its life give none: its owner renews it later than that.
/// </summary>
/// <param name="Days">The threshold: 14, 3 or 0.</param>
public sealed record CertificateNotice(CertificateFacts Certificate, int Days)
{
    private const int AtOnceFrom = 3;

    private static readonly int[] Thresholds = [0, 3, 14];

    /// <summary>Of this certificate and this threshold.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Certificate.Sha256}.{Days}");

    /// <summary>Null: nothing to tell.</summary>
    /// <param name="control">What the direct vantage saw.</param>
    public static CertificateNotice? Of(Measurement control, DateTimeOffset now)
    {
        if (control.Hops[0].Tls is not { Failure: null, Chain: [var leaf, ..] })
        {
            return null;
        }

        var (left, life) = (leaf.NotAfter - now, leaf.NotAfter - leaf.NotBefore);
        return Thresholds.Where(days => left <= TimeSpan.FromDays(days) && life >= TimeSpan.FromDays(3 * days)).Select(days => new CertificateNotice(leaf, days)).FirstOrDefault();
    }

    public AlertRecord Record(Site site, DateTimeOffset now) => new()
    {
        Key = $"certificate.{site.Id}.{Name}",
        Kind = AlertKind.Certificate,
        Severity = Days <= AtOnceFrom ? Severity.Medium : Severity.Info,
        Country = site.Country,
        At = now,
        Subjects = EpisodeRecords.SubjectsOf(site),
        MayBeImmediate = Days <= AtOnceFrom,
        Fact = Days == 0
            ? Reason.Of("fact.certificate_expired", site.Name)
            : Reason.Of("fact.certificate_expires", site.Name, Reason.Duration(Certificate.NotAfter - now)),
        Outlet = site.Outlet,
        Link = site.Url,
        Reasons = [Reason.Of("reason.certificate", Certificate.Subject, Certificate.Issuer, Certificate.NotAfter.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))],
        Page = $"availability/{site.Id}",
    };
}
